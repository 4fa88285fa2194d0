"""Text whose lines were wrapped by a mail program or a wire: its paragraphs, at the same places.

A line end is taken for a wrap where the next word would not have fitted any more, in a text that
does so nearly everywhere. Such line ends are read as spaces; no place moves.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

__all__ = ["unwrapped"]

WIDEST: Final = 130
"""No program wraps wider; a longer line is a paragraph, so the text is not wrapped."""
NARROWEST: Final = 50
FEWEST: Final = 2
SHARE: Final = 0.6
"""Of the line ends inside blocks, at least so many must be wraps."""

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")


def unwrapped(value: str) -> str:
    """The text with wraps as spaces, of the same length; itself where it is not wrapped."""
    lines = [match for match in _LINE.finditer(value) if match.group().strip()]
    width = max((len(match.group().rstrip()) for match in lines), default=0)
    if not NARROWEST <= width <= WIDEST:
        return value
    ends: list[tuple[int, int, bool]] = []
    for line, following in pairwise(lines):
        gap = value[line.end() : following.start()]
        if gap not in {"\n", "\r\n", "\r"}:
            continue  # an empty line ends a paragraph
        first = following.group().split(maxsplit=1)[0]
        full = len(line.group().rstrip()) + 1 + len(first) > width
        ends.append((line.end(), following.start(), full and not following.group()[0].isspace()))
    wraps = [(start, end) for start, end, full in ends if full]
    if len(wraps) < FEWEST or len(wraps) < SHARE * len(ends):
        return value
    out = list(value)
    for start, end in wraps:
        out[start:end] = " " * (end - start)
    return "".join(out)
