"""Hand a case over, take one in, say what may leave, and put payloads under keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from firsthand.app.progress import QUIET, Progress
from firsthand.app.sealing import key_ring, read_held
from firsthand.app.store import context_for, open_case, writing
from firsthand.case import read_trust
from firsthand.case.crypt import destroy_payload, encrypt_payload, lift_hold, set_hold
from firsthand.case.export import export_case
from firsthand.case.import_ import import_bag
from firsthand.case.redact import Release, mark_release, releases
from firsthand.errors import FirsthandError, InputError
from firsthand.media import examine
from firsthand.records import Item
from firsthand.sandbox import Box

__all__ = ["destroy", "encrypt", "export", "hide", "hold", "take_in"]


def export(
    directory: Path,
    out: Path,
    *,
    redacted: bool = False,
    unsandboxed: bool = False,
    actor: str = "",
    on: Progress = QUIET,
) -> dict[str, Any]:
    """Write the case to `out` as a bag, whole or redacted.

    Raises:
        InputError: `out` exists, or a picture that is to leave as a copy cannot be drawn.
        IntegrityError: the redacted copy would give an original's hash away.
        CaseBusy, CaseDamaged, DiskError, SandboxUnavailable: nothing was handed over.
    """
    case = open_case(directory)
    state = case.state()
    on.step(f"writing {out.name}", sum(item.size for item in state.items.values()))
    copies = redacted and "copy" in releases(state, case.payload).values()
    context = context_for(state, actor)
    if not copies:
        done = export_case(case, out, context, redacted=redacted, on_bytes=on.bytes_done)
        return done.plain()
    with Box(unsandboxed=unsandboxed) as box:

        def redraw(path: Path, item: Item) -> bytes:
            looked = examine(path, box, item=item.id, key_frames=1)
            if not looked.frames:
                raise InputError(
                    f"{item.id} cannot be drawn anew.", "Say that it stays: `firsthand case hide`."
                )
            return looked.png(looked.frames[0])

        return export_case(
            case, out, context, redacted=True, redraw=redraw, on_bytes=on.bytes_done
        ).plain()


def take_in(
    bag: Path,
    into: Path,
    *,
    checkpoint: Path | None = None,
    trust: Path | None = None,
    actor: str = "",
    on: Progress = QUIET,
) -> dict[str, Any]:
    """Audit a bag, and make a case of it if everything in it holds.

    Raises:
        IntegrityError: something does not hold; nothing was taken in.
        InputError, DiskError: as `import_bag`.
    """
    on.step(f"auditing and copying {bag.name}")
    try:
        known = open_case(bag / "data").state()
    except FirsthandError:  # the audit says what is wrong with it
        known = None
    case = import_bag(
        bag,
        into,
        context_for(known, actor),
        checkpoint=None if checkpoint is None else read_held(checkpoint),
        trust=None if trust is None else read_trust(trust),
        on_bytes=on.bytes_done,
    )
    state = case.state()
    return {
        "case": str(case.path),
        "id": case.id,
        "lines": state.last_seq,
        "head": state.head,
        "items": len(state.items),
        "withheld": len(state.withheld),
    }


def hide(
    directory: Path, ids: Sequence[str], release: Release, *, why: str, actor: str = ""
) -> dict[str, Any]:
    """Say what may leave of each of these things in a redacted export; without any, what was said.

    Raises:
        NoSuchThing, InputError: an id is unknown, or cannot be let out in this way.
    """
    if not ids:
        case = open_case(directory)
        return {"releases": releases(case.state(), case.payload), "new": []}
    with writing(directory, actor) as desk:
        new = [
            one
            for one in ids
            if mark_release(desk.writer, desk.case.payload, one, release, why=why) is not None
        ]
        return {"releases": releases(desk.writer.state, desk.case.payload), "new": new}


def encrypt(directory: Path, line: int, *, keys: Path, actor: str = "") -> dict[str, Any]:
    """Put the sensitive payload of a line under a key of its own."""
    with writing(directory, actor) as desk:
        event = encrypt_payload(desk.case, desk.writer, desk.context, key_ring(keys), line)
        return {"line": event.seq, "payload": event.subject[0], "keys": str(keys)}


def destroy(directory: Path, line: int, *, keys: Path, why: str, actor: str = "") -> dict[str, Any]:
    """Destroy the key of an encrypted payload; a legal hold blocks it."""
    with writing(directory, actor) as desk:
        event = destroy_payload(desk.case, desk.writer, key_ring(keys), line, why=why)
        return {"line": event.seq, "payload": event.subject[0], "keys": str(keys)}


def hold(directory: Path, *, lift: bool, why: str, actor: str = "") -> dict[str, Any]:
    """Set or lift a legal hold."""
    with writing(directory, actor) as desk:
        act = lift_hold if lift else set_hold
        event = act(desk.writer, why=why)
        return {"on_hold": not lift, "new": event is not None}
