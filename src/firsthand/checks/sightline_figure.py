"""The profile between a camera and what it is said to show, as a small picture."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from firsthand.checks.base import Figure
from firsthand.measure.sightline import drop_m
from firsthand.records import say

__all__ = ["sightline_figure"]

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 640, 240, 52, 14, 34
_MOST_POINTS: Final = 400


def sightline_figure(
    distance_m: NDArray[np.float64],
    ground_m: NDArray[np.float64],
    *,
    eye_m: float,
    top_m: float | None,
    hidden_m: float,
    k: float,
) -> Figure:
    """Ground as the light meets it (the Earth's curve less refraction), the sight, the top.

    Heights are relative to the eye's level plane; colours follow the page.
    """
    step = max(1, distance_m.size // _MOST_POINTS)
    index = np.unique(np.append(np.arange(0, distance_m.size, step), distance_m.size - 1))
    along = distance_m[index]
    ground = ground_m[index] - drop_m(along, k)
    eye = float(ground[0] + eye_m)
    end = float(ground[-1])
    top = end + (top_m or 0.0)
    seen = end + hidden_m
    high, low = max(float(ground.max()), eye, top, seen), min(float(ground.min()), eye)
    pad = max((high - low) * 0.08, 1.0)
    high, low = high + pad, low - pad
    length = max(float(along[-1]), 1.0)

    def at(x: float, y: float) -> str:
        across = _LEFT + x / length * (_WIDTH - _LEFT - 12)
        down = _TOP + (high - y) / (high - low) * (_HEIGHT - _TOP - _BOTTOM)
        return f"{across:.1f},{down:.1f}"

    line = " ".join(at(float(x), float(y)) for x, y in zip(along, ground, strict=True))
    floor = _HEIGHT - _BOTTOM
    x_end = at(length, end).split(",")[0]
    y_of = {name: at(length, y).split(",")[1] for name, y in (("end", end), ("top", top))}
    thing = (
        f'<line x1="{x_end}" y1="{y_of["end"]}" x2="{x_end}" y2="{y_of["top"]}" '
        'stroke="currentColor" stroke-width="4"/>'
        if top_m
        else ""
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="12" fill="currentColor">'
        f'<polygon points="{_LEFT},{floor} {line} {x_end},{floor}" fill-opacity="0.25"/>'
        f'<polyline points="{line}" fill="none" stroke="currentColor"/>'
        f'<polyline points="{at(0, eye)} {at(length, seen)}" fill="none" stroke="currentColor" '
        f'stroke-dasharray="5 4"/>{thing}'
        f'<text x="{_LEFT}" y="{_HEIGHT - 12}">camera</text>'
        f'<text x="{x_end}" y="{_HEIGHT - 12}" text-anchor="end">{length / 1000:.1f} km</text>'
        f'<text x="{_LEFT - 6}" y="{at(0, high - pad).split(",")[1]}" text-anchor="end">'
        f"{high - pad - eye:+.0f} m</text></svg>\n"
    )
    alt = say(
        "The ground along {km} km of the line of sight; what lies lower than {hidden} m above the "
        "ground at its end is hidden.",
        km=f"{length / 1000:.1f}",
        hidden=f"{hidden_m:.0f}",
    )
    return Figure("sightline", "image/svg+xml", svg.encode(), alt)
