"""A chronology as a picture: one row an event, drawn from its rows alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from xml.sax.saxutils import escape

from firsthand.origins.chronology import ChronologyRow, dates_in_words
from firsthand.origins.edtf import days
from firsthand.records import EdtfDate, Message, say

__all__ = ["MAX_ROWS", "timeline", "timeline_alt"]

MAX_ROWS: Final = 60
_WIDTH, _DATES, _PLOT, _TEXT = 1000, 165, 365, 540
_ROW, _HEAD, _FOOT = 22, 34, 40
_LONGEST: Final = 66
"""Characters of a summary that fit into a row."""

Span = tuple[date, date]


def timeline(
    rows: Sequence[ChronologyRow],
    *,
    published: Sequence[EdtfDate] = (),
    window: Span | None = None,
) -> bytes:
    """An SVG of at most `MAX_ROWS` events: squares are attacks, rings fires, smoke and blasts.

    A bar runs over all days that an event's dates can mean, dashed where one of its ends is not
    stated; an upright line is a day of publication, the band the claimed window.
    """
    shown = list(rows[:MAX_ROWS])
    spans = [_span(row) for row in shown]
    marks = [found[0] for each in published if (found := days(each))]
    known = [*(one for one in spans if one), *((day, day) for day in marks)]
    known += [window] if window else []
    start = min((one[0] for one in known), default=date(2000, 1, 1))
    end = max((one[1] for one in known), default=start + timedelta(days=1))
    length = max((end - start).days, 1)
    height = _HEAD + _ROW * max(len(shown), 1) + _FOOT

    def x(day: date) -> float:
        return _DATES + (day - start).days / length * (_PLOT - 20) + 10

    parts = [
        _text(_DATES - 8, 18, "when", "end"),
        _text(_TEXT, 18, "what, as it is told"),
    ]
    if window:
        wide = max(x(window[1]) - x(window[0]), 2.0)
        parts.append(
            f'<rect x="{x(window[0]):.1f}" y="{_HEAD - 6}" width="{wide:.1f}" '
            f'height="{_ROW * len(shown) + 6}" fill-opacity="0.15"/>'
        )
    parts.extend(
        f'<line x1="{x(day):.1f}" y1="{_HEAD - 6}" x2="{x(day):.1f}" '
        f'y2="{_HEAD + _ROW * len(shown)}" stroke="currentColor" stroke-dasharray="4 3"/>'
        for day in sorted(set(marks))
    )
    for index, (row, span) in enumerate(zip(shown, spans, strict=True)):
        y = _HEAD + _ROW * index + _ROW / 2
        told = f"{row.kind}: {row.summary}"
        cut = told if len(told) <= _LONGEST else told[: _LONGEST - 1].rstrip() + "…"
        parts.append(_text(_DATES - 8, y + 4, dates_in_words(row), "end"))
        parts.append(_text(_TEXT, y + 4, cut))
        if span:
            parts.append(_bar(row, x(span[0]), x(span[1]), y))
    for day, anchor in ((start, "start"), (end, "end")):
        parts.append(_text(x(day), height - 22, day.isoformat(), anchor))
    parts.append(_text(_TEXT, height - 22, _KEY))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'font-family="sans-serif" font-size="12" fill="currentColor">{"".join(parts)}</svg>\n'
    ).encode()


_KEY: Final = "square: attack; ring: fire, smoke, blast; bar alone: nothing to see"


def timeline_alt(rows: Sequence[ChronologyRow]) -> Message:
    """What the picture shows, in words."""
    attacks = sum(row.sight == "attack" for row in rows)
    other = sum(row.sight == "other" for row in rows)
    return say(
        "A chronology of {count} events as they are told: {attacks} attacks, {other} fires, smoke "
        "or blasts of another or no stated cause, {rest} that nobody could film as smoke.",
        count=str(len(rows)),
        attacks=str(attacks),
        other=str(other),
        rest=str(len(rows) - attacks - other),
    )


def _span(row: ChronologyRow) -> Span | None:
    first, last = days(row.earliest), days(row.latest)
    begin, finish = first or last, last or first
    if begin is None or finish is None:
        return None
    return min(begin[0], finish[0]), max(begin[1], finish[1])


def _bar(row: ChronologyRow, left: float, right: float, y: float) -> str:
    dash = "" if row.earliest and row.latest else ' stroke-dasharray="3 3"'
    line = (
        f'<line x1="{left:.1f}" y1="{y:.1f}" x2="{max(right, left + 2):.1f}" y2="{y:.1f}" '
        f'stroke="currentColor" stroke-width="4" stroke-opacity="0.45"{dash}/>'
    )
    middle = (left + right) / 2
    if row.sight == "attack":
        return f'{line}<rect x="{middle - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"/>'
    if row.sight == "other":
        return (
            f'{line}<circle cx="{middle:.1f}" cy="{y:.1f}" r="4.5" fill="none" '
            'stroke="currentColor" stroke-width="2"/>'
        )
    return line


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    """Words from outside: escaped, and nothing in them can turn the direction of the row."""
    plain = "".join(char if char.isprintable() else " " for char in words)
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" direction="ltr" '
        f'unicode-bidi="isolate">{escape(plain)}</text>'
    )
