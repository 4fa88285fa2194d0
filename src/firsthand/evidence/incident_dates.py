"""Dates of other people's lists: what may be read two ways is not read one way in silence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal

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
    for text in texts:
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
        return text, ""
    numeric = _NUMERIC.match(text)
    if not numeric:
        return None, "cannot be read and is left out"
    a, b, c = (int(part) for part in numeric.groups())
    if len(numeric[1]) == 4:
        return _calendar(a, b, c)
    year = c if c > 99 else 2000 + c if c < 70 else 1900 + c
    if order == "dmy" or (a > 12 >= b):
        found = _calendar(year, b, a)
        swapped = order == "mdy"
    elif order == "mdy" or b > 12:
        found = _calendar(year, a, b)
        swapped = False
    elif a == b:
        return _calendar(year, a, b)
    else:
        return str(
            year
        ), f"may be day {a} of month {b} or day {b} of month {a}; only the year is kept"
    if found[0] is None and order in {"dmy", "mdy"}:
        other = _calendar(year, a, b) if order == "dmy" else _calendar(year, b, a)
        if other[0]:
            return str(
                year
            ), f"fits only with day and month swapped ({other[0]}); only the year is kept"
    if swapped:
        return str(
            year
        ), f"fits only with day and month swapped ({found[0]}); only the year is kept"
    return found


def _calendar(year: int, month: int = 0, day: int = 0) -> tuple[str | None, str]:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None, "is no day of the calendar and is left out"
    text = f"{year:04d}"
    if month:
        text += f"-{month:02d}" + (f"-{day:02d}" if day else "")
    return text, ""
