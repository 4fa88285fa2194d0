"""The kind of a file, or the sentence that refuses it."""

from __future__ import annotations

from typing import BinaryIO

from firsthand.errors import UnreadableMedia
from firsthand.media.kinds import HEAD, KINDS, Kind, sniff

__all__ = ["identify"]


def identify(file: BinaryIO, suffix: str) -> Kind:
    """The kind of a file that may be opened.

    Raises:
        UnreadableMedia: it may not; the sentence says what it is.
    """
    head = file.read(HEAD)
    file.seek(0)
    kind = sniff(head)
    if kind.opens is not None:
        return kind
    this = f"This {suffix} file" if suffix else "This file"
    details = {"kind": kind.name}
    if kind.name == "empty":
        raise UnreadableMedia(
            f"{this} is empty.", "Ask for it again: the transfer has failed.", details=details
        )
    if kind.playlist:
        raise UnreadableMedia(
            f"{this} is {kind.label} that would open other files; it was not opened.",
            "Ask for the recording itself. A list sent under a film's name may be an attack.",
            details=details,
        )
    wanted = next((k.label for k in KINDS.values() if k.opens and suffix in k.suffixes), "")
    but = f", not {wanted}" if wanted else ""
    if kind.name == "unknown":
        raise UnreadableMedia(
            f"{this} is of no kind that is known here{but}: it is damaged, or no footage.",
            "Ask for the file as the camera wrote it.",
            details=details,
        )
    raise UnreadableMedia(
        f"{this} is {kind.label}{but}, and is not opened: {kind.why}.",
        "Give footage as MP4, MOV, MKV, WebM, AVI, MPEG-TS, JPEG, PNG, WebP, GIF, AVIF or HEIC.",
        details=details,
    )
