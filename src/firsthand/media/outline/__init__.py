"""Outlines: how a file is built, read by walkers of our own.

Pure Python, iterative, bounded in depth, count and bytes; they decode nothing. They run in the box
all the same. Whatever a file claims of itself, a walker ends, and says where it stopped.
"""

from collections.abc import Callable
from typing import BinaryIO

from firsthand.media.outline import bmff, jpeg, matroska, png, riff
from firsthand.media.outline.outline import Outline, Source

__all__ = ["WALKERS", "Outline", "outline_of"]

WALKERS: dict[str, Callable[[Source, Outline], None]] = {
    "mov": bmff.walk,
    "heif": bmff.walk,
    "AVIF": bmff.walk,
    "avi": riff.walk,
    "wav": riff.walk,
    "WEBP": riff.walk,
    "matroska": matroska.walk,
    "JPEG": jpeg.walk,
    "PNG": png.walk,
}


def outline_of(kind: str, file: BinaryIO) -> Outline | None:
    """The outline of a file of this kind; None where there is no walker for it."""
    walker = WALKERS.get(kind)
    if walker is None:
        return None
    outline = Outline(kind)
    walker(Source(file), outline)
    return outline
