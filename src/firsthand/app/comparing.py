"""Two notes as plain data, compared value by value: each difference with its place and both values.

Rows of a list are matched by what names them (`id`, `name`, `number`, `line`), so that one row more
is one difference. A figure that differs by less than a thousandth of its interval is within
tolerance: that is how far figures are rounded when they are measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

__all__ = ["Difference", "differences"]

NAMES: Final = ("id", "name", "number", "line")
FIGURES: Final = ("value", "low", "high")
ABSENT: Final = "nothing"
TOLERANCE: Final = 1e-3


@dataclass(frozen=True)
class Difference:
    """`where` is a path through the note's JSON; `within` says that it is within tolerance."""

    where: str
    noted: Any
    now: Any
    within: bool = False

    def plain(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "where": self.where,
            "noted": self.noted,
            "now": self.now,
            "within_tolerance": self.within,
        }


def differences(noted: Any, now: Any, where: str = "") -> Iterator[Difference]:
    """Every difference between what was noted and what comes out now, in the note's order."""
    if isinstance(noted, dict) and isinstance(now, dict):
        width = _width(now)
        for key in dict.fromkeys((*noted, *now)):
            path = f"{where}/{key}"
            old, new = noted.get(key, ABSENT), now.get(key, ABSENT)
            if width is not None and key in FIGURES and old != new and _close(old, new, width):
                yield Difference(path, old, new, within=True)
            else:
                yield from differences(old, new, path)
    elif isinstance(noted, list) and isinstance(now, list):
        yield from _rows(noted, now, where)
    elif noted != now or type(noted) is not type(now):
        yield Difference(where or "/", noted, now)


def _width(row: dict[str, Any]) -> float | None:
    """How wide the interval measured now is, or None: it is no measurement.

    Never the noted one: a note is a stranger's, and an endless interval would pass everything.
    """
    if all(isinstance(row.get(name), (int, float)) for name in FIGURES):
        width = float(row["high"]) - float(row["low"])
        return width if isfinite(width) else None
    return None


def _close(old: Any, new: Any, width: float) -> bool:
    numbers = isinstance(old, (int, float)) and isinstance(new, (int, float))
    return numbers and abs(float(old) - float(new)) <= TOLERANCE * width


def _rows(noted: list[Any], now: list[Any], where: str) -> Iterator[Difference]:
    old, new = _named(noted), _named(now)
    if old is None or new is None:
        old = {str(place): one for place, one in enumerate(noted)}
        new = {str(place): one for place, one in enumerate(now)}
    for key in dict.fromkeys((*old, *new)):
        yield from differences(old.get(key, ABSENT), new.get(key, ABSENT), f"{where}/{key}")


def _named(rows: list[Any]) -> dict[str, Any] | None:
    """Rows by what names them, if that tells all of them apart."""
    for name in NAMES:
        if rows and all(isinstance(one, dict) and one.get(name) is not None for one in rows):
            found = {_key(one, name): one for one in rows}
            if len(found) == len(rows):
                return found
    return None


def _key(row: dict[str, Any], name: str) -> str:
    shot = row.get("shot")
    return f"{row[name]}@{shot}" if shot else str(row[name])
