"""The sun's height over a claimed window, as a small picture."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from firsthand.checks.base import Figure
from firsthand.measure.daylight import ASTRONOMICAL_DEG, CIVIL_DEG, NAUTICAL_DEG, Daylight
from firsthand.measure.sun import sun_position
from firsthand.records import Place, Window, format_instant, say

__all__ = ["sun_figure"]

LONGEST: Final = timedelta(days=3)
"""A curve over a longer window is a smear, and none is drawn."""

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 640, 260, 48, 12, 34
_STEPS: Final = 240


def sun_figure(place: Place, window: Window, over: Daylight) -> tuple[Figure, ...]:
    """One SVG of the sun's true height against UTC, with the horizon and the twilights marked.

    Colours follow the page (`currentColor`), so it reads in the light and in the dark. Coordinates
    are rounded to a tenth of a unit: equal inputs give equal bytes.
    """
    start, end = window.start.timestamp(), window.end.timestamp()
    if not 0 < end - start <= LONGEST.total_seconds():
        return ()
    at = np.linspace(start, end, _STEPS + 1)
    heights = sun_position(at, place.latitude_deg, place.longitude_deg).elevation_deg
    bottom = min(float(heights.min()) - 3, -6.0)
    top = max(float(heights.max()) + 3, 6.0)

    def x(share: float) -> str:
        return f"{_LEFT + share * (_WIDTH - _LEFT - 8):.1f}"

    def y(height: float) -> str:
        return f"{_TOP + (top - height) / (top - bottom) * (_HEIGHT - _TOP - _BOTTOM):.1f}"

    lines = [
        f'<line x1="{x(0)}" y1="{y(edge)}" x2="{x(1)}" y2="{y(edge)}" stroke="currentColor" '
        f'stroke-width="{1.2 if edge == 0 else 0.6}"{"" if edge == 0 else dashes}/>'
        f'<text x="{_LEFT - 6}" y="{y(edge)}" dy="4" text-anchor="end">{edge:.0f}°</text>'
        for dashes in (' stroke-dasharray="4 4"',)
        for edge in (0.0, CIVIL_DEG, NAUTICAL_DEG, ASTRONOMICAL_DEG, 30.0, 60.0)
        if bottom < edge < top
    ]
    points = " ".join(
        f"{x(index / _STEPS)},{y(float(height))}" for index, height in enumerate(heights)
    )
    anchors = ((0.0, "start"), (0.5, "middle"), (1.0, "end"))
    times = [
        f'<text x="{x(share)}" y="{_HEIGHT - 12}" text-anchor="{anchor}">'
        f"{_label(start + share * (end - start))}</text>"
        for share, anchor in anchors
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="12" fill="currentColor">'
        f"{''.join(lines)}"
        f'<polyline points="{points}" fill="none" stroke="currentColor" stroke-width="2"/>'
        f"{''.join(times)}</svg>\n"
    )
    alt = say(
        "The sun's height from {start} to {end} at the claimed place: between {low} and {high} "
        "degrees.",
        start=format_instant(window.start),
        end=format_instant(window.end),
        low=f"{over.lowest.value:.1f}",
        high=f"{over.highest.value:.1f}",
    )
    return (Figure("sun-height", "image/svg+xml", svg.encode(), alt),)


def _label(unix_s: float) -> str:
    return f"{datetime.fromtimestamp(unix_s, UTC):%Y-%m-%d %H:%M}Z"
