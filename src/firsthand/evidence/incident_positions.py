"""Positions of other people's lists: a letter for the hemisphere is a sign, and is never dropped.

Degrees with decimals only. Whatever else stands beside the numbers (minutes, words, a second
position) makes the whole unreadable: leaving a part out would move the place in silence.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from firsthand.evidence.incident_numbers import ascii_digits

__all__ = ["Position", "joint_position", "two_columns"]

UNREADABLE: Final = "is obscured or no number"
CONTRADICTORY: Final = "contradicts itself in its letters or signs and is not taken"
_STANDARD = re.compile(r"\s*(?:SRID=\d+;\s*)?POINT\b\s*(?:Z\b)?", re.I)
_LEAD = re.compile(r"\s*geo:", re.I)
_TOKEN = re.compile(
    r"\s*(?:([NSEW])|([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?)(?![\d.]))", re.I | re.A
)
_BLANK = str.maketrans(dict.fromkeys("()[]°º˚", " "))


class Position(NamedTuple):
    """Degrees north and east, or what is in doubt."""

    degrees: tuple[float, float] | None
    doubt: str = ""


class _Half(NamedTuple):
    number: str
    letter: str = ""

    @property
    def axis(self) -> str:
        return "" if not self.letter else "lat" if self.letter[0] in "NS" else "lon"

    @property
    def contradicts(self) -> bool:
        return bool(self.letter) and (len(self.letter) > 1 or self.number[0] in "+-")

    @property
    def degrees(self) -> float:
        value = float(self.number)
        return -value if self.letter in {"S", "W"} else value


def two_columns(latitude: str, longitude: str) -> Position:
    """A column for each; a letter may stand before or after the number."""
    halves = _half(latitude), _half(longitude)
    if halves[0] is None or halves[1] is None:
        return Position(None, UNREADABLE)
    if halves[0].axis == "lon" or halves[1].axis == "lat":
        return Position(None, CONTRADICTORY)
    return _together(halves[0], halves[1])


def joint_position(text: str, *, lon_first: bool) -> Position:
    """Both in one text, perhaps with a height. Letters settle the order, else `lon_first` does.

    WKT (ISO 19125-1) puts the longitude first whatever `lon_first` says.
    """
    standard = _STANDARD.match(text)
    lead = standard or _LEAD.match(text)
    halves = _halves(text[lead.end() :] if lead else text)
    if halves is None:
        return Position(None, UNREADABLE)
    first, second = halves
    if first.axis and first.axis == second.axis:
        return Position(None, CONTRADICTORY)
    if first.axis or second.axis:
        lon_first = first.axis == "lon" or second.axis == "lat"
    elif standard:
        lon_first = True
    return _together(second, first) if lon_first else _together(first, second)


def _together(latitude: _Half, longitude: _Half) -> Position:
    if latitude.contradicts or longitude.contradicts:
        return Position(None, CONTRADICTORY)
    return Position((latitude.degrees, longitude.degrees))


def _halves(text: str) -> tuple[_Half, _Half] | None:
    """Two numbers with their letters; a third number, without a letter, is a height."""
    pieces = re.split(r"[,;/|\u060c]", text.strip().rstrip(",;/ "))
    if len(pieces) == 1:
        pieces = _unseparated(pieces[0])
    halves = [_half(piece) for piece in pieces]
    if len(halves) not in {2, 3} or halves[0] is None or halves[1] is None:
        return None
    if len(halves) == 3 and (halves[2] is None or halves[2].letter):
        return None
    return halves[0], halves[1]


def _unseparated(text: str) -> list[str]:
    """Cut where only blanks or letters are between; `33 26 S` may be degrees and minutes: uncut."""
    tokens = _tokens(text)
    shape = "".join("L" if letter else "n" for letter, _ in tokens)
    words = [letter or number for letter, number in tokens]
    if shape in {"nn", "nnn"}:
        return words
    if shape in {"nLnL", "LnLn"}:
        return [" ".join(words[:2]), " ".join(words[2:])]
    return []


def _half(text: str) -> _Half | None:
    """One number, and the letters beside it as they stand."""
    tokens = _tokens(text)
    numbers = [number for _, number in tokens if number]
    letters = "".join(letter for letter, _ in tokens).upper()
    return _Half(numbers[0], letters) if len(numbers) == 1 else None


def _tokens(text: str) -> list[tuple[str, str]]:
    """Letters and numbers, or none at all where anything else is among them."""
    rest = ascii_digits(text).translate(_BLANK).strip()
    out: list[tuple[str, str]] = []
    at = 0
    while at < len(rest):
        found = _TOKEN.match(rest, at)
        if not found:
            return []
        out.append((found[1] or "", found[2] or ""))
        at = found.end()
    return out
