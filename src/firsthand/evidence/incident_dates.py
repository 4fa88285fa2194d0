"""Dates of other people's lists: what may be read two ways is not read one way in silence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal

from firsthand.evidence.incident_numbers import ascii_digits

__all__ = ["Order", "read_date", "ways_of_writing"]

Order = Literal["dmy", "mdy", "ymd", "unknown"]
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        1,
    )
    for name in names.split()
}
_FIRST_YEAR = 1000
"""Nobody lists incidents of the years before; such a year is a slip, as in 0021 for 2021."""
_UNREADABLE = "cannot be read and is left out"
_NO_DAY = "is no day of the calendar and is left out"
_ZERO = "has 00 for its day or month; only what is surely meant is kept"
_ISO = re.compile(r"^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ].*)?$")
_NUMERIC = re.compile(r"^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:[ ,T].*)?$")
_WORDS = re.compile(
    r"^(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([A-Za-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})$"
)


def ways_of_writing(texts: Iterable[str]) -> dict[str, int]:
    """In how many ways a list writes its dates, and how often each; numeric ones by what shows.

    `day first` and `month first` are those in which a number over 12 settles it.
    """
    counted: Counter[str] = Counter()
    for text in map(ascii_digits, texts):
        numeric = _NUMERIC.match(text)
        year = numeric is not None and len(numeric[1]) == 4
        if year or _ISO.match(text) or re.fullmatch(r"\d{4}", text):
            counted["year first"] += 1
        elif numeric and int(numeric[1]) > 12:
            counted["day first"] += 1
        elif numeric and int(numeric[2]) > 12:
            counted["month first"] += 1
        elif numeric:
            counted["day or month first"] += 1
        elif _WORDS.match(text):
            counted["month as a word"] += 1
    return dict(counted)


def read_date(text: str, order: Order) -> tuple[str | None, str]:
    """EDTF and what is in doubt; with doubt as to day and month only the year is kept."""
    text = ascii_digits(text)
    iso = _ISO.match(text)
    if iso:
        parts = [int(part) for part in iso.groups() if part]
        return _calendar(*parts)
    words = _WORDS.match(text)
    if words and words[2].lower() in _MONTHS:
        day = words[1] or words[3]
        parts = [int(words[4]), _MONTHS[words[2].lower()], *([int(day)] if day else [])]
        return _calendar(*parts)
    if re.fullmatch(r"\d{4}", text):
        return _calendar(int(text))
    numeric = _NUMERIC.match(text)
    if not numeric:
        return None, _UNREADABLE
    a, b, c = (int(part) for part in numeric.groups())
    if len(numeric[1]) == 4:
        return _calendar(a, b, c)
    year = _year(numeric[3])
    if year is None:
        return None, _UNREADABLE
    return _day_and_month(year, a, b, order)


def _year(digits: str) -> int | None:
    """A year of four digits; two digits stand for 1970 to 2069, one or three for no year."""
    value = int(digits)
    if len(digits) == 2:
        return 2000 + value if value < 70 else 1900 + value
    return value if len(digits) == 4 else None


def _day_and_month(year: int, a: int, b: int, order: Order) -> tuple[str | None, str]:
    whole, doubt = _calendar(year)
    if whole is None:
        return None, doubt
    if 0 in {a, b}:
        return (None, _UNREADABLE) if a == b else (whole, _ZERO)
    if order == "dmy" or (a > 12 >= b):
        found = _calendar(year, b, a)
        swapped = order == "mdy"
    elif order == "mdy" or b > 12:
        found = _calendar(year, a, b)
        swapped = False
    elif a == b:
        return _calendar(year, a, b)
    else:
        return (
            whole,
            f"may be day {a} of month {b} or day {b} of month {a}; only the year is kept",
        )
    if found[0] is None and order in {"dmy", "mdy"}:
        found = _calendar(year, a, b) if order == "dmy" else _calendar(year, b, a)
        swapped = True
    if swapped and found[0]:
        return whole, f"fits only with day and month swapped ({found[0]}); only the year is kept"
    return found


def _calendar(
    year: int, month: int | None = None, day: int | None = None
) -> tuple[str | None, str]:
    if year < _FIRST_YEAR:
        return None, "has a year before 1000 and is left out"
    if month == 0:
        return f"{year:04d}", _ZERO
    if day == 0:
        found, doubt = _calendar(year, month)
        return found, doubt or _ZERO
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None, _NO_DAY
    text = f"{year:04d}"
    if month:
        text += f"-{month:02d}" + (f"-{day:02d}" if day else "")
    return text, ""
