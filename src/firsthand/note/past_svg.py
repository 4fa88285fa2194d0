"""Draws the past of the place on a line of time: attacks, fires and smoke each on a lane.

A lane on which nothing is told of stands empty and says so. A bar covers every day that a date can
mean; it is full for the claimed place, hollow for elsewhere, dashed where an end is not stated.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from markupsafe import Markup

from firsthand.note import sayings as s
from firsthand.note.pictured import Past, PastRow
from firsthand.note.svg import drawing, line, rect, text
from firsthand.origins import days
from firsthand.records import Message, say

__all__ = ["draw_past"]

Tell = Callable[[Message], str]
Days = tuple[date, date]

LANES: Final = ("attack", "fire", "smoke", "other")
WIDTH, LEFT, UNDATED, HEAD, ROW, BAR = 780.0, 88.0, 110.0, 30.0, 20.0, 9.0
TICKS: Final = 7
LETTER: Final = 7.6
LABEL: Final = 90.0
"""A word over an upright line is left out where it would stand on that of the last."""
OPEN: Final = "2 2"
"""The line of a bar whose end nobody states: short, because such a bar often is."""
YEAR, QUARTER = 365, 92


def draw_past(past: Past, tell: Tell = str) -> Markup | None:
    """The drawing; None where nothing that a camera could see is told of and nothing is dated."""
    drawn = [row for row in past.rows if row.kind in LANES]
    spans = {row.number: span for row in drawn if (span := _span(row)) is not None}
    marks = [found for one in past.published if (found := days(one)) is not None]
    window = _window(past)
    known = [*spans.values(), *marks, *([window] if window else [])]
    if not known:
        return None
    scale = Scale(min(one[0] for one in known), max(one[1] for one in known))
    parts: list[Markup] = []
    top = HEAD
    for lane in LANES:
        rows = [row for row in drawn if row.kind == lane]
        if lane == "other" and not rows:
            continue
        height, shapes = _lane(rows, spans, scale, top, tell)
        parts.append(text(0, top + 15, tell(say(s.LANE[lane])), bold=True))
        parts += shapes
        top += height
        parts.append(line(0, top, WIDTH, top, opacity=0.25))
    foot = top
    parts += _uprights(marks, window, scale, foot, tell)
    parts += _ticks(scale, foot)
    return drawing(
        "past-drawing",
        (WIDTH, foot + 24),
        tell(say(s.PAST_TITLE)),
        " ".join(
            tell(say(s.PAST_EVENT[row.kind], number=str(row.number), when=tell(row.when)))
            for row in drawn
        ),
        parts,
    )


class Scale:
    """From a day to a place on the line."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self._length = max((last - first).days, 1)
        self.right = WIDTH - UNDATED

    def x(self, day: date) -> float:
        """Where a day stands."""
        share = (day - self.first).days / self._length
        return LEFT + 8 + share * (self.right - LEFT - 24)


def _span(row: PastRow) -> Days | None:
    first, last = days(row.earliest), days(row.latest)
    begin, end = first or last, last or first
    return (min(begin[0], end[0]), max(begin[1], end[1])) if begin and end else None


def _window(past: Past) -> Days | None:
    if past.window is None:
        return None
    start, end = (date.fromisoformat(one[:10]) for one in past.window)
    return start, end


def _lane(
    rows: list[PastRow], spans: dict[int, Days], scale: Scale, top: float, tell: Tell
) -> tuple[float, list[Markup]]:
    """One kind of event: bars on as many rows as keep them apart, the undated at the end."""
    shapes: list[Markup] = []
    taken: list[float] = []
    for row in sorted(rows, key=lambda one: (spans.get(one.number, _NEVER), one.number)):
        if row.number not in spans:
            continue
        start, end = spans[row.number]
        left, right = scale.x(start), max(scale.x(end), scale.x(start) + BAR)
        over = right + 5 + LETTER * len(str(row.number))
        place = next((n for n, until in enumerate(taken) if until < left), len(taken))
        taken[place : place + 1] = [over + 4]
        y = top + 6 + place * ROW
        dashes = "" if row.earliest and row.latest else OPEN
        fill = 0.75 if row.there else 0
        shapes.append(rect(left, y, right - left, BAR, fill=fill, stroke=1, dashes=dashes))
        shapes.append(text(right + 4, y + BAR, str(row.number), size=12))
    undated = [str(row.number) for row in rows if row.number not in spans]
    if undated:
        shapes.append(text(WIDTH - UNDATED + 8, top + 15, tell(say(s.PAST_UNDATED)), soft=True,
                           size=12))  # fmt: skip
        shapes.append(text(WIDTH - UNDATED + 62, top + 15, ", ".join(undated), size=12))
    if not rows:
        shapes.append(text(LEFT + 8, top + 15, tell(say(s.PAST_NONE)), soft=True, size=12))
    return max(len(taken), 1) * ROW + 6, shapes


_NEVER: Final = (date.max, date.max)


def _uprights(
    marks: list[Days], window: Days | None, scale: Scale, foot: float, tell: Tell
) -> list[Markup]:
    """Days of publication as lines, the claimed window as a band."""
    out: list[Markup] = []
    if window:
        left, right = scale.x(window[0]), scale.x(window[1])
        out.append(rect(left - 1, HEAD - 6, max(right - left, 3), foot - HEAD + 6, fill=0.16,
                        stroke=0))  # fmt: skip
        out.append(text(left, HEAD - 11, tell(say(s.PAST_CLAIM)), anchor=_side(left), size=12))
    until = 0.0
    for day in sorted({one[1] for one in marks}):
        x = scale.x(day)
        out.append(line(x, HEAD - 6, x, foot, width=1.4, dashes="2 3"))
        if not window and x > until:
            until = x + LABEL
            out.append(text(x, HEAD - 11, tell(say(s.PAST_PUBLISHED)), anchor=_side(x), size=12))
    return out


def _side(x: float) -> str:
    return "end" if x > WIDTH / 2 else "start"


def _ticks(scale: Scale, foot: float) -> list[Markup]:
    """Years under the line; quarters of years where the whole is short."""
    length = (scale.last - scale.first).days
    if length > 3 * YEAR:
        step = max(1, -(-length // (YEAR * TICKS)))
        years = range(scale.first.year + 1, scale.last.year + 1)
        found = [(date(year, 1, 1), str(year)) for year in years if year % step == 0]
    elif length > QUARTER:
        months = 3 if length > YEAR else 1
        found = [
            (day, f"{day:%Y-%m}")
            for day in _firsts(scale.first, scale.last)
            if (day.month - 1) % months == 0
        ]
    else:
        found = [(scale.first, scale.first.isoformat()), (scale.last, scale.last.isoformat())]
    out: list[Markup] = []
    until = LEFT - 40
    for day, words in found:
        x = scale.x(day)
        out.append(line(x, foot, x, foot + 5))
        if x - len(words) * LETTER / 2 > until and x < scale.right:
            out.append(text(x, foot + 18, words, anchor="middle", soft=True, size=12))
            until = x + len(words) * LETTER / 2 + 4
    return out


def _firsts(first: date, last: date) -> list[date]:
    """The first day of each month in between."""
    out: list[date] = []
    day = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while day <= last:
        out.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return out
