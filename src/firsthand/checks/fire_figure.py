"""A timeline of sweeps, gaps and detections over the claimed window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from firsthand.checks.base import Figure
from firsthand.checks.fire_record import FireRecord, Watch
from firsthand.records import Window, say

__all__ = ["fire_figure"]

_WIDTH, _LEFT, _ROW, _HEAD, _FOOT = 640, 100, 22, 10, 34
_MARGIN: Final = timedelta(hours=6)


def fire_figure(record: FireRecord, window: Window, watch: Watch | None) -> Figure:
    """One row a satellite; ticks are sweeps, discs detections, the band is the claimed window."""
    start, end = window.start - _MARGIN, window.end + _MARGIN
    span = (end - start).total_seconds()
    near = [point for point in record.here if start <= point.at <= end]
    names = sorted({*(watch.names if watch else ()), *(point.satellite for point in near)})
    unknown = watch.unknown if watch else ()
    rows = [*names, *(name for name in unknown if name not in names)] or ["no sweep known"]
    height = _HEAD + _ROW * len(rows) + _FOOT

    def x(at: datetime) -> str:
        return f"{_LEFT + (at - start).total_seconds() / span * (_WIDTH - _LEFT - 12):.1f}"

    x0, x1 = x(window.start), x(window.end)
    wide = max(float(x1) - float(x0), 1.0)
    parts = [
        f'<rect x="{x0}" y="{_HEAD}" width="{wide:.1f}" height="{_ROW * len(rows)}" '
        'fill-opacity="0.15"/>'
    ]
    for index, name in enumerate(rows):
        y = _HEAD + _ROW * index + _ROW / 2
        dash = ' stroke-dasharray="2 4"' if name in unknown else ""
        parts.append(
            f'<text x="{_LEFT - 8}" y="{y:.1f}" dy="4" text-anchor="end">{name}</text>'
            f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - 12}" y2="{y:.1f}" '
            f'stroke="currentColor" stroke-width="0.5"{dash}/>'
        )
        parts.extend(_ticks(watch, name, y, x))
        parts.extend(
            f'<circle cx="{x(point.at)}" cy="{y:.1f}" r="5"/>'
            for point in near
            if point.satellite == name
        )
    for at, anchor in ((start, "start"), (end, "end")):
        parts.append(
            f'<text x="{x(at)}" y="{height - 12}" text-anchor="{anchor}">'
            f"{at:%Y-%m-%d %H:%M}Z</text>"
        )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'font-family="sans-serif" font-size="12" fill="currentColor">{"".join(parts)}</svg>\n'
    )
    alt = say(
        "Sweeps of the place by {sweeps} passes and {seen} detections, six hours round the claimed "
        "window; nothing is known of: {unknown}.",
        sweeps=str(len(watch.sweeps) if watch else 0),
        seen=str(len(near)),
        unknown=", ".join(unknown) or "none",
    )
    return Figure("fire-timeline", "image/svg+xml", svg.encode(), alt)


def _ticks(watch: Watch | None, name: str, y: float, x: Callable[[datetime], str]) -> Sequence[str]:
    if watch is None:
        return ()
    return [
        f'<line x1="{at}" y1="{y - 7:.1f}" x2="{at}" y2="{y + 7:.1f}" stroke="currentColor" '
        f'stroke-width="2"{"" if sweep.certain else dashes}/>'
        for dashes in (' stroke-dasharray="3 2"',)
        for sweep, whose in zip(watch.sweeps, watch.names, strict=True)
        if whose == name
        for at in (x(datetime.fromtimestamp(sweep.t_unix_s, UTC)),)
    ]
