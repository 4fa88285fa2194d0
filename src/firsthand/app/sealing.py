"""Seal a case: sign where its log stands, and have that stamped by whoever the user chose."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from firsthand.app.store import context_for, open_case
from firsthand.case import (
    Authority,
    Checkpoint,
    KeyRing,
    checkpoint_qr,
    checkpoint_text,
    http_send,
    read_checkpoint,
    seal_case,
)
from firsthand.errors import DiskError, InputError, NoSuchThing

__all__ = ["key_ring", "read_held", "seal"]

MAX_ROOTS = 1024 * 1024


def key_ring(folder: Path) -> KeyRing:
    """The user's key folder; it is made when the first key is."""
    return KeyRing(folder, os.urandom)


def seal(
    directory: Path,
    *,
    keys: Path,
    tsa: Sequence[str] = (),
    tsa_root: Path | None = None,
    send: bool = False,
    new_passphrase: Callable[[], bytes] | None = None,
    passphrase: Callable[[], bytes] | None = None,
    text_to: Path | None = None,
    qr_to: Path | None = None,
    actor: str = "",
) -> dict[str, Any]:
    """Sign a checkpoint, ask for stamps of it, and send what waits if `send` is true.

    `new_passphrase` locks a key that is made now. `text_to` and `qr_to` get the checkpoint to
    keep elsewhere; a path inside the case is refused, for there it would prove nothing.

    Raises:
        InputError: an authority without a root, or a checkpoint to be kept in the case itself.
        CaseBusy, CaseDamaged, DiskError: as for any act of writing.
    """
    authorities = _authorities(tsa, tsa_root)
    for path in (text_to, qr_to):
        _refuse_inside(directory, path)
    case = open_case(directory)
    ring = key_ring(keys)
    if new_passphrase is not None and not ring.has_signing_key:
        ring.make_signing_key(new_passphrase())
    done = seal_case(
        case,
        context_for(case.state(), actor),
        ring,
        authorities=authorities,
        send=http_send if send else None,
        passphrase=passphrase,
    )
    text = checkpoint_text(done.checkpoint)
    _write(text_to, text)
    _write(qr_to, checkpoint_qr(done.checkpoint) if qr_to else "")
    return {
        "seal": done.seal,
        "new": done.new,
        "lines": done.checkpoint.lines,
        "head": done.checkpoint.head,
        "key": done.checkpoint.key,
        "key_is_new_to_the_case": done.pinned,
        "checkpoint": text,
        "stamps": [
            {
                "seal": stamp.seal,
                "stamp": stamp.stamp,
                "authority": stamp.authority,
                "waiting": stamp.waiting,
                "why": stamp.why,
                "check": None if stamp.check is None else stamp.check.plain(),
            }
            for stamp in done.stamps
        ],
    }


def read_held(path: Path) -> Checkpoint:
    """A checkpoint that the reader kept: its text, its QR code's content, or checkpoint.json.

    Raises:
        NoSuchThing: there is no such file.
        InputError: it is no checkpoint.
    """
    try:
        return read_checkpoint(path.read_bytes()[: 1 << 16].decode("utf-8", "replace"))
    except OSError as error:
        raise NoSuchThing(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error


def _authorities(tsa: Sequence[str], root: Path | None) -> list[Authority]:
    if not tsa:
        return []
    if root is None:
        raise InputError(
            "A time-stamping authority needs its root certificate.",
            "Get it from the authority itself, and give it with --tsa-root FILE.",
        )
    try:
        roots = root.read_bytes()
    except OSError as error:
        raise NoSuchThing(f"{root} cannot be read: {error.strerror}.", "Check the path.") from error
    if len(roots) > MAX_ROOTS:
        raise InputError(f"{root} is too large for certificates.", "Give a PEM file.")
    return [Authority(url.partition("://")[2].partition("/")[0], url, roots) for url in tsa]


def _refuse_inside(directory: Path, path: Path | None) -> None:
    if path is not None and path.resolve().is_relative_to(directory.resolve()):
        raise InputError(
            "A checkpoint kept in the case itself proves nothing.",
            "Keep it where the case is not: on paper, on another disk, with somebody else.",
        )


def _write(path: Path | None, text: str) -> None:
    if path is None:
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DiskError(
            f"{path} cannot be written: {error.strerror}.",
            "The case is sealed all the same: run the same command again with another path.",
        ) from error
