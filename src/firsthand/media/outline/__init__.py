"""Outlines: how a file is built, read by walkers of our own.

Pure Python, iterative, bounded in depth, count and bytes; they decode nothing. They run in the box
all the same. Whatever a file claims of itself, a walker ends, and says where it stopped.
"""

from firsthand.media.outline.outline import Outline, outline_of

__all__ = ["Outline", "outline_of"]
