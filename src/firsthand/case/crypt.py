"""Sensitive payloads under a key each: to destroy the key is to destroy the payload.

The key lies in the user's key folder and never in a case; the case holds `encrypted/<payload>`: a
nonce of 12 bytes and AES-256-GCM (NIST SP 800-38D), bound to the case, the line and the payload's
commitment. The commitment itself is in the log already, and salted, so the log verifies before and
after. What lies in backups, in snapshots or in worn cells of a disk, nothing here can reach.
"""

from __future__ import annotations

from typing import Final

from firsthand.case.context import Context
from firsthand.case.disk import disk_errors
from firsthand.case.encrypted import (
    NONCE_BYTES,
    PayloadEncrypted,
    closed,
    finish_encrypting,
)
from firsthand.case.folder import Root
from firsthand.case.kept import kept_files
from firsthand.case.keys import KeyRing
from firsthand.case.layout import MAX_PAYLOAD, payload_parts
from firsthand.case.reading import damaged
from firsthand.case.state import CaseState
from firsthand.case.store import Case
from firsthand.case.withheld import payload_id
from firsthand.case.writer import Writer
from firsthand.errors import InputError, NoSuchThing
from firsthand.records import Event, sha256_hex

__all__ = [
    "destroy_payload",
    "encrypt_payload",
    "is_destroyed",
    "is_encrypted",
    "lift_hold",
    "on_hold",
    "set_hold",
]

_NEVER: Final = frozenset({"item.added", "derivative.added"})
"""An item's record says which file is which; without it the audit could account for none."""


def encrypt_payload(
    case: Case, writer: Writer, context: Context, ring: KeyRing, line: int
) -> Event:
    """Put the sensitive payload of a line under a key of its own; the readable one goes away.

    The key is on the disk first, then the encrypted payload with its line, and only then is the
    readable one removed: a crash leaves it readable, never lost.

    Raises:
        NoSuchThing: there is no such line, or it has no sensitive payload.
        InputError: the line brings an item in, or its payload is encrypted already.
        DiskError: it could not be written.
    """
    state = writer.state
    event = _line(state, line)
    if event.kind in _NEVER:
        raise InputError(
            f"Line {line} brings an item in, and its record must stay readable.",
            "Encrypt what was read from it instead, or keep the case itself on an encrypted disk.",
        )
    if is_encrypted(state, line):
        raise InputError(f"The payload of line {line} is encrypted already.", "Nothing to do.")
    root = Root(case.path)
    name = payload_id(line, "sensitive")
    try:
        encoded = root.read(payload_parts(line, "sensitive"), MAX_PAYLOAD)
    except OSError as error:
        raise damaged(f"The payload of line {line} cannot be read: {error.strerror}.") from error
    if sha256_hex(encoded) != event.payloads["sensitive"]:
        raise damaged(f"The payload of line {line} is not what the line commits to.")
    key = ring.make_payload_key(case.id, name)
    data = closed(
        encoded,
        key=key,
        nonce=context.entropy(NONCE_BYTES),
        case_id=case.id,
        event=event,
        name="sensitive",
    )
    files = {name: data}
    manifest = PayloadEncrypted(line=line, name="sensitive", files=kept_files(files))
    logged = writer.bring("payload.encrypted", (name,), manifest, files)
    with disk_errors("remove the readable payload"):
        finish_encrypting(root, (logged,))
    return logged


def destroy_payload(case: Case, writer: Writer, ring: KeyRing, line: int, *, why: str) -> Event:
    """Destroy the key of an encrypted payload, and log that it was.

    The key is set aside first (from then on it opens nothing), then the line is written, then the
    key is overwritten and removed; done again after a crash it goes on where it stopped.

    Raises:
        InputError: a legal hold stands, or the payload is not encrypted.
        NoSuchThing: there is no such line, or its key is not in this key folder.
        DiskError: it could not be written.
    """
    state = writer.state
    _line(state, line)
    name = payload_id(line, "sensitive")
    if on_hold(state):
        raise InputError(
            "A legal hold stands on this case: nothing in it may be destroyed.",
            "Have it lifted first (`firsthand case hold --lift`), by whoever may.",
        )
    if not is_encrypted(state, line):
        raise InputError(
            f"The payload of line {line} is not encrypted, so it has no key to destroy.",
            "Encrypt it first: `firsthand case encrypt`.",
        )
    if is_destroyed(state, line):
        ring.destroy(case.id, name)
        return next(event for event in reversed(state.events) if _destroys(event, name))
    if not ring.doom(case.id, name):
        raise NoSuchThing(
            f"The key of the payload {name} is not in this key folder.",
            "Do it where the key is; as long as there is a copy of it, nothing is destroyed.",
        )
    logged = writer.append(
        "payload.destroyed",
        (name,),
        open={"line": line, "name": "sensitive"},
        sensitive={"why": why},
    )
    ring.destroy(case.id, name)
    return logged


def is_encrypted(state: CaseState, line: int) -> bool:
    """Whether the sensitive payload of a line is under a key."""
    subject = (payload_id(line, "sensitive"),)
    return any(e.kind == "payload.encrypted" and e.subject == subject for e in state.events)


def is_destroyed(state: CaseState, line: int) -> bool:
    """Whether that key was destroyed."""
    name = payload_id(line, "sensitive")
    return any(_destroys(event, name) for event in state.events)


def _destroys(event: Event, name: str) -> bool:
    return event.kind == "payload.destroyed" and event.subject == (name,)


def on_hold(state: CaseState) -> bool:
    """Whether a legal hold stands."""
    held = [event.kind == "hold.set" for event in state.events if event.kind.startswith("hold.")]
    return bool(held) and held[-1]


def set_hold(writer: Writer, *, why: str) -> Event | None:
    """Set a legal hold on the case; None if one stands."""
    if on_hold(writer.state):
        return None
    return writer.append("hold.set", ("case",), sensitive={"why": why})


def lift_hold(writer: Writer, *, why: str) -> Event | None:
    """Lift the legal hold; None if none stands."""
    if not on_hold(writer.state):
        return None
    return writer.append("hold.lifted", ("case",), sensitive={"why": why})


def _line(state: CaseState, line: int) -> Event:
    if not 1 <= line <= len(state.events):
        raise NoSuchThing(f"The log has no line {line}.", f"It has {len(state.events)}.")
    event = state.events[line - 1]
    if "sensitive" not in event.payloads:
        raise NoSuchThing(f"Line {line} has no sensitive payload.", "Name one that has.")
    return event
