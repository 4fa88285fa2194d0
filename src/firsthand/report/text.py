"""The decoded text of a report and exact places in it."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from firsthand.records import Span

__all__ = ["Text", "sentences", "trim"]

CONTEXT = 32
"""Code points kept on each side of a quote: enough to find it again after small edits
(https://www.w3.org/TR/annotation-model/#text-quote-selector)."""

_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Maj|Capt|Sgt|Sen|Rep|Gov|Pres|Prof|Rev|Jr|Sr|vs|No|"
    r"approx|etc|e\.g|i\.e|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Inc|Ltd|Co|Corp|"
    r"a\.m|p\.m|Mt|Ft))$"
)
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")


@dataclass(frozen=True)
class Text:
    """A report's text and where its lines begin, so that a place can name its line.

    `value` is what is read; `source`, where it differs, the text as it was decoded, of the same
    length: quotes are taken from it.
    """

    value: str
    starts: tuple[int, ...] = ()
    source: str = ""

    def span(self, start: int, end: int) -> Span:
        """The quote from `start` to `end` with its neighbours; `line` counts from 1."""
        line = bisect.bisect_right(self.starts, start) if self.starts else None
        words = self.source or self.value
        return Span(
            exact=words[start:end],
            prefix=words[max(0, start - CONTEXT) : start],
            suffix=words[end : end + CONTEXT],
            start=start,
            end=end,
            line=line or None,
        )


def sentences(value: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences between two places as (start, end), without the space around them.

    A full stop after an initial or a known abbreviation ends nothing, unless a capital that
    opens a new sentence can only follow a stop (that case is left whole: a sentence too long
    loses less than one cut in two).
    """
    found: list[tuple[int, int]] = []
    begin = start
    for stop in _STOP.finditer(value, start, end):
        if len(stop.group()) > 1 and value[stop.end() : stop.end() + 2].strip()[:1].islower():
            continue  # "Why?" he asked
        if stop.group().startswith(".") and len(stop.group()) == 1:
            if _ABBREVIATION.search(value, max(begin, stop.start() - 12), stop.start()):
                continue
            rest = value[stop.end() : end].lstrip()
            if rest and rest[0].islower():
                continue
        found.append((begin, stop.end()))
        begin = stop.end()
    found.append((begin, end))
    return [pair for pair in (trim(value, *each) for each in found) if pair[0] < pair[1]]


def trim(value: str, start: int, end: int) -> tuple[int, int]:
    """The same stretch without the space at its ends."""
    while start < end and value[start].isspace():
        start += 1
    while end > start and value[end - 1].isspace():
        end -= 1
    return start, end
