"""Look at one file: what it is, its frames upright with exact time stamps, its light."""

from __future__ import annotations

from typing import Any, BinaryIO

from firsthand.media.boxed.identify import identify
from firsthand.media.boxed.still import look_at_still
from firsthand.media.boxed.video import look_at_video

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
