"""One hash over every decoded pixel: equal only where the pictures are."""

from __future__ import annotations

import hashlib
from typing import Any, BinaryIO

from firsthand.media.boxed.identify import identify
from firsthand.media.boxed.still import open_still
from firsthand.media.boxed.video import open_container

__all__ = ["pixel_hash"]


def pixel_hash(file: BinaryIO, args: dict[str, Any]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """SHA-256 over size, time stamps and samples of every picture, and how many there are.

    Raises:
        UnreadableMedia: refused or broken.
    """
    kind = identify(file, str(args.get("suffix", "")))
    digest = hashlib.sha256()
    count = 0
    if kind.opens == "ffmpeg":
        with open_container(file, kind) as container:
            for frame in container.decode(video=0):
                digest.update(
                    f"{frame.pts} {frame.width}x{frame.height} {frame.format.name};".encode()
                )
                for plane in frame.planes:
                    digest.update(plane)
                count += 1
    else:
        image = open_still(file, kind)
        image.load()
        digest.update(f"{image.size} {image.mode};".encode())
        digest.update(image.tobytes())
        count = 1
    return {"sha256": digest.hexdigest(), "pictures": count}, {}
