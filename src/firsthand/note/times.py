"""Claimed times in words."""

from __future__ import annotations

from firsthand.note import phrases as p
from firsthand.note.english import data, day
from firsthand.records import Message, When, say

__all__ = ["time_words"]


def time_words(when: When | None) -> Message:
    """A claimed time in words; unknown bounds are said to be unknown, never filled in."""
    earliest, latest = (when.earliest, when.latest) if when else (None, None)
    if earliest and latest and earliest != latest:
        return say(p.BETWEEN, start=day(earliest), end=day(latest))
    if earliest:
        return data(day(earliest)) if latest else say(p.NO_EARLIER, earliest=day(earliest))
    if latest:
        return say(p.NO_LATER, latest=day(latest))
    return say(p.NOT_STATED)
