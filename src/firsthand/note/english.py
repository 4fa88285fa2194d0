"""Dates and lists in English, and values that are nobody's sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from firsthand.records.words import Message, say

__all__ = ["data", "day", "listed", "moment", "months"]

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(edtf: str) -> str:
    """An EDTF date in words where it is a plain day, month or year; else as it is written."""
    parts = edtf.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3 or len(parts[0]) != 4:
        return edtf
    if len(parts) == 1:
        return parts[0]
    month = int(parts[1])
    if not 1 <= month <= 12:
        return edtf
    name = MONTHS[month - 1]
    return f"{name} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {name} {parts[0]}"


def moment(value: datetime) -> str:
    """`24 November 2026, 10:03 UTC`."""
    at = value.astimezone(UTC)
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}, {at.hour:02}:{at.minute:02} UTC"


def listed(names: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def months(dates: list[str]) -> str:
    """`April, May and June 2021` for months of one year; else each in full."""
    words = [day(date) for date in dates]
    years = {date[:4] for date in dates}
    if len(years) == 1 and all(
        len(date) == 7 and word != date for date, word in zip(dates, words, strict=True)
    ):
        year = f" {dates[0][:4]}"
        return listed([word.removesuffix(year) for word in words]) + year
    return listed(words)


def data(text: str) -> Message:
    """A value that is nobody's sentence: a name, a date, a figure."""
    return say("{it}", it=text)
