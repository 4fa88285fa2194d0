"""The days that an EDTF date can mean, for laying events beside each other."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from firsthand.records import EdtfDate

__all__ = ["days"]

_DATE: Final = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?(?:T.*)?$")
_DECADE: Final = re.compile(r"^(\d{3})X$")
_FIRST_SEASON: Final = 21
_LAST_SEASON: Final = 41


def days(value: EdtfDate | None) -> tuple[date, date] | None:
    """First and last day that the date can mean; None for none, and for one not understood.

    A season may be either hemisphere's, and a winter runs on into the next year.
    """
    if value is None:
        return None
    decade = _DECADE.match(value)
    found = _DATE.match(value)
    try:
        if decade:
            first = int(decade[1]) * 10
            return date(first, 1, 1), date(first + 9, 12, 31)
        if not found:
            return None
        year, month, day = (int(part) if part else None for part in found.groups())
        return _calendar(year or 0, month, day)
    except (ValueError, OverflowError):
        return None


def _calendar(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if _FIRST_SEASON <= month <= _LAST_SEASON:
        return date(year, 1, 1), date(year + 1, 3, 31)
    if day is not None:
        return date(year, month, day), date(year, month, day)
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)
