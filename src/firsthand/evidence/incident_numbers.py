"""Numbers as people write them in lists: any script's digits, of any length."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["MOST_PEOPLE", "ascii_digits", "count", "shown"]

MOST_PEOPLE: Final = 10**10
"""More than live: a larger count of people is a slip, and its digits need not be read."""
_COUNT = re.compile(r"0*(\d+)(?:\.0+)?", re.ASCII)
_SIGNS = {0x2212: "-", 0x066B: "."}
_SHOWN = 60


def ascii_digits(text: str) -> str:
    """The decimal digits of any script (Unicode category Nd) as 0 to 9.

    The minus sign U+2212 becomes `-`, the Arabic decimal separator U+066B a point.
    Superscripts and circled numbers are no decimal digits and stay as they are.
    """
    if text.isascii():
        return text
    return "".join(
        char if (value := unicodedata.decimal(char, None)) is None else str(value)
        for char in text.translate(_SIGNS)
    )


def count(text: str) -> int | None:
    """A whole number of people, or `MOST_PEOPLE` for any that is larger; None for other text."""
    found = _COUNT.fullmatch(ascii_digits(text))
    if not found:
        return None
    digits = found[1]
    return MOST_PEOPLE if len(digits) > len(str(MOST_PEOPLE)) else min(int(digits), MOST_PEOPLE)


def shown(text: str) -> str:
    """A value between quotation marks, cut where it is too long for a sentence."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
