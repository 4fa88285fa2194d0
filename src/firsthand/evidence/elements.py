"""Two-line element sets from a file, and the gate that lets only sound ones in.

Sets found on the web are often wrong: mistyped, made up, or another satellite's. A set is refused
for a bad checksum, for a node that its satellite cannot have (every satellite here keeps a
sun-synchronous orbit, so the mean local time at which it crosses the equator is known), or for
its age. The format: https://celestrak.org/NORAD/documentation/tle-fmt.php
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from firsthand.errors import InputError
from firsthand.evidence.satellites import SATELLITES, Satellite

__all__ = ["MAX_AGE", "ElementSet", "Refused", "admit", "read_elements"]

MAX_AGE: Final = timedelta(days=90)
"""Between the epoch and the time asked for, either way: the error in time grows from about one
minute at 40 days to about ten at 250."""

MAX_BYTES: Final = 20 * 2**20

_LINE: Final = 69
_J2000: Final = datetime(2000, 1, 1, 12, tzinfo=UTC)
_FIRST_YEAR: Final = 57  # two-digit years from 57 are of the twentieth century


@dataclass(frozen=True)
class ElementSet:
    """One set as it stood in the file; `label` is the line above it, as data."""

    label: str
    norad: int
    line1: str
    line2: str
    epoch: datetime
    raan_deg: float

    @property
    def satellite(self) -> Satellite | None:
        """What is known of this satellite, if it is one of ours."""
        return SATELLITES.get(self.norad)

    @property
    def name(self) -> str:
        """The satellite's name, or the file's label where it is none of ours."""
        return self.satellite.name if self.satellite else self.label or str(self.norad)

    @property
    def node_hours(self) -> float:
        """Mean local time of the ascending node, hours: RAAN less the mean sun's right ascension.

        The mean sun: Meeus, Astronomical Algorithms (2nd ed.), eq. 25.2.
        """
        days = (self.epoch - _J2000) / timedelta(days=1)
        mean_sun_deg = 280.46646 + 0.98564736 * days
        return (12 + (self.raan_deg - mean_sun_deg) / 15) % 24


@dataclass(frozen=True)
class Refused:
    """A set that is not used: why in words, and `reason` for a program."""

    label: str
    norad: int | None
    reason: str
    why: str
    epoch: datetime | None = None


def read_elements(text: str) -> tuple[tuple[ElementSet, ...], tuple[Refused, ...]]:
    """All sets in a text of two-line elements, with or without title lines; `#` begins a comment.

    Raises:
        InputError: there is no element set in it at all.
    """
    if len(text) > MAX_BYTES:
        raise InputError("This file of element sets is longer than 20 MB.", "Cut it down.")
    sets: list[ElementSet] = []
    refused: list[Refused] = []
    label, first = "", ""
    for raw in text.splitlines():
        line = raw.rstrip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("1 ") and len(line) >= 60:
            first = line
        elif line.startswith("2 ") and first:
            one = _read(label, first, line)
            if isinstance(one, ElementSet):
                sets.append(one)
            else:
                refused.append(one)
            label, first = "", ""
        else:
            label, first = line.removeprefix("0 ").strip()[:80], ""
    if not sets and not refused:
        raise InputError(
            "There is no element set in this file.",
            "Give two-line elements (TLE) as text: a name, a line that begins with 1, and one "
            "that begins with 2.",
        )
    return tuple(sets), tuple(refused)


def _checksum(line: str) -> int:
    return sum(int(c) if c in "0123456789" else c == "-" for c in line[: _LINE - 1]) % 10


def _read(label: str, first: str, second: str) -> ElementSet | Refused:
    norad = int(first[2:7]) if first[2:7].strip().isdecimal() else None
    for number, line in ((1, first), (2, second)):
        if not line.isascii() or len(line) != _LINE or not line[-1].isdecimal():
            why = f"line {number} is not {_LINE} characters long"
            return Refused(label, norad, "format", why)
        if _checksum(line) != int(line[-1]):
            why = f"the checksum of line {number} is {line[-1]} and should be {_checksum(line)}"
            return Refused(label, norad, "checksum", why)
    try:
        if norad is None or norad != int(second[2:7]):
            return Refused(label, norad, "format", "its two lines are of different satellites")
        year, day = int(first[18:20]), float(first[20:32])
        if not 1 <= day < 367:
            return Refused(label, norad, "format", f"there is no day {day:g} in a year")
        century = 1900 if year >= _FIRST_YEAR else 2000
        epoch = datetime(century + year, 1, 1, tzinfo=UTC) + timedelta(days=day - 1)
        raan = float(second[17:25])
        for part in (slice(8, 16), slice(34, 42), slice(43, 51), slice(52, 63)):
            float(second[part])
        float(f"0.{second[26:33].strip()}")
    except ValueError:
        return Refused(label, norad, "format", "a field of it is no number")
    return ElementSet(label, norad, first, second, epoch, raan)


def admit(
    sets: Iterable[ElementSet], start: datetime, end: datetime
) -> tuple[tuple[ElementSet, ...], tuple[Refused, ...]]:
    """Those sets that may be used for [`start`, `end`], and the others with the reason.

    A set of a satellite that is not in our table cannot be held against its node, and is refused
    for that: what is not known cannot vouch for anything.
    """
    good: list[ElementSet] = []
    refused: list[Refused] = []
    for one in sets:
        told = _node_fault(one) or _age_fault(one, start, end)
        if told is None:
            good.append(one)
        else:
            refused.append(Refused(one.label or one.name, one.norad, *told, epoch=one.epoch))
    return tuple(good), tuple(refused)


def _clock(hours: float) -> str:
    minutes = round(hours * 60) % (24 * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _node_fault(one: ElementSet) -> tuple[str, str] | None:
    satellite = one.satellite
    if satellite is None:
        return "unknown_satellite", f"{one.norad} is no satellite whose node is known here"
    expected, tolerance = satellite.node_at(one.epoch)
    off = (one.node_hours - expected + 12) % 24 - 12
    if abs(off) > tolerance:
        return (
            "node_time",
            f"its ascending node lies at {_clock(one.node_hours)} mean local time, where "
            f"{satellite.name} crosses at {_clock(expected)} within {tolerance * 60:.0f} min",
        )
    return None


def _age_fault(one: ElementSet, start: datetime, end: datetime) -> tuple[str, str] | None:
    age = max(start - one.epoch, one.epoch - end, timedelta(0))
    if age > MAX_AGE:
        days = f"{age / timedelta(days=1):.0f}"
        return (
            "age",
            f"it is {days} days from the time asked for; more than {MAX_AGE.days} is too old",
        )
    return None
