"""Look at one file: what it is, its frames upright with exact time stamps, its light."""

from __future__ import annotations

from typing import Any, BinaryIO

from firsthand.errors import UnreadableMedia
from firsthand.media.boxed.still import look_at_still
from firsthand.media.boxed.video import look_at_video
from firsthand.media.kinds import HEAD, KINDS, Kind, sniff

__all__ = ["identify", "look"]


def look(file: BinaryIO, args: dict[str, Any]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Everything that `examine` records of the picture and the streams.

    `args["suffix"]` is the name's ending, for the sentence alone; `args["key_frames"]` bounds how
    many frames come back as PNG.

    Raises:
        UnreadableMedia: refused or broken.
    """
    suffix = str(args.get("suffix", ""))
    kind = identify(file, suffix)
    most = int(args["key_frames"])
    if kind.opens == "ffmpeg":
        data, blobs = look_at_video(file, kind, most)
    else:
        data, blobs = look_at_still(file, kind, most)
    if suffix and suffix not in kind.suffixes:
        data["warnings"].insert(
            0, f"The name ends in {suffix}, but by its content it is {kind.label}."
        )
    return {"kind": kind.name, "media_type": kind.media_type, **data}, blobs


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
