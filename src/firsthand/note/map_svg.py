"""Draws the claimed place: among the coasts round it, and close by with its radius and a bar.

Coasts are Natural Earth's (public domain). Within a panel a degree of longitude is drawn as long as
it is in its middle (plate carrée at that latitude), which at these sizes distorts by little.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from markupsafe import Markup

from firsthand.evidence.coast import coast_lines
from firsthand.note import sayings as s
from firsthand.note.pictured import MapPart, MapPlace
from firsthand.note.svg import circle, drawing, line, path, rect, text
from firsthand.note.text import number
from firsthand.records import Message, say

__all__ = ["draw_map"]

Tell = Callable[[Message], str]
Point = tuple[float, float]

PANEL, HEIGHT, BETWEEN = 384.0, 300.0, 16.0
DEGREE_M: Final = 111_195.0
"""Length of a degree of latitude on a sphere of 6,371 km."""
REGION_DEG: Final = 6.5
"""Half the height of the region: far enough that most places have a coast in it."""
CLOSE_DEG: Final = 0.045
STEPS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
BARS_M: Final = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000)


def draw_map(part: MapPart, tell: Tell = str) -> Markup | None:
    """Two panels side by side; None where there is no place to draw."""
    if not part.places:
        return None
    east, north = part.places[0].longitude_deg, part.places[0].latitude_deg
    spread = max(max(abs(_turn(one.longitude_deg - east)), abs(one.latitude_deg - north))
                 for one in part.places)  # fmt: skip
    wide = max(REGION_DEG, spread * 1.3)
    region = Panel(0, (east, north), wide)
    reach = max(one.radius_m for one in part.places) / DEGREE_M
    close = Panel(PANEL + BETWEEN, (east, north), max(CLOSE_DEG, reach * 1.6))
    parts = [
        *_grid(region),
        *_coast(region),
        *_marks(region, part.places),
        *_grid(close),
        *_circles(close, part.places),
        *_bar(close),
    ]
    first = part.places[0]
    told = [
        say(
            s.MAP_REGION,
            name=first.name,
            west=_degrees(region.west, "E", "W"),
            east=_degrees(region.east, "E", "W"),
            south=_degrees(region.south, "N", "S"),
            north=_degrees(region.north, "N", "S"),
        ),
        say(s.MAP_DETAIL, radius=number(first.radius_m), bar=_length(close.bar_m)),
    ]
    return drawing(
        "map-drawing",
        (2 * PANEL + BETWEEN, HEIGHT),
        tell(say(s.MAP_TITLE)),
        " ".join(tell(one) for one in told),
        parts,
    )


class Panel:
    """A piece of the world, `half` degrees of latitude to either side of its middle."""

    def __init__(self, left: float, middle: Point, half: float) -> None:
        self.left, self.middle, self.half = left, middle, half
        self.scale = HEIGHT / (2 * half)
        self.shrink = max(math.cos(math.radians(middle[1])), 0.05)
        self.half_wide = PANEL / (2 * self.scale * self.shrink)
        self.west, self.east = middle[0] - self.half_wide, middle[0] + self.half_wide
        self.south, self.north = middle[1] - half, middle[1] + half
        width_m = 2 * half * DEGREE_M
        self.bar_m = max((one for one in BARS_M if one <= width_m / 3), default=BARS_M[0])

    def at(self, longitude: float, latitude: float) -> Point:
        """Where a place stands on the drawing."""
        across = _turn(longitude - self.middle[0]) * self.shrink * self.scale
        return (
            self.left + PANEL / 2 + across,
            HEIGHT / 2 - (latitude - self.middle[1]) * self.scale,
        )


def _turn(degrees: float) -> float:
    return (degrees + 180) % 360 - 180


def _grid(panel: Panel) -> list[Markup]:
    """Meridians and parallels with their degrees, inside a frame."""
    step = next((one for one in STEPS if 2 * panel.half / one <= 5), STEPS[-1])
    out = [rect(panel.left + 0.5, 0.5, PANEL - 1, HEIGHT - 1, stroke=1)]
    for n in range(math.ceil(panel.south / step), math.floor(panel.north / step) + 1):
        y = panel.at(panel.middle[0], n * step)[1]
        if abs(n * step) > 90 or not 16 < y < HEIGHT - 6:
            continue
        out.append(line(panel.left, y, panel.left + PANEL, y, opacity=0.18))
        out.append(text(panel.left + 5, y - 4, _degrees(n * step, "N", "S"), soft=True, size=11))
    for n in range(math.ceil(panel.west / step), math.floor(panel.east / step) + 1):
        x = panel.at(n * step, panel.middle[1])[0]
        if not panel.left + 40 < x < panel.left + PANEL - 30:
            continue
        out.append(line(x, 0, x, HEIGHT, opacity=0.18))
        words = _degrees(_turn(n * step), "E", "W")
        out.append(text(x + 4, HEIGHT - 6, words, soft=True, size=11))
    return out


def _degrees(value: float, plus: str, minus: str) -> str:
    return f"{number(round(abs(value), 2))}° {plus if value >= 0 else minus}"


def _coast(panel: Panel) -> list[Markup]:
    """Every piece of coast that runs through the panel, cut at its edges."""
    box = (panel.left, 0.0, panel.left + PANEL, HEIGHT)
    steps: list[str] = []
    for points in coast_lines("50m"):
        if not any(abs(y - panel.middle[1]) < panel.half + 2 for _, y in points):
            continue
        last: Point | None = None
        for one, other in pairwise(panel.at(x, y) for x, y in points):
            if abs(one[0] - other[0]) > PANEL:
                continue
            cut = _cut(one, other, box)
            if cut is None:
                continue
            if cut[0] != last:
                steps.append(f"M{cut[0][0]:.1f} {cut[0][1]:.1f}")
            steps.append(f"L{cut[1][0]:.1f} {cut[1][1]:.1f}")
            last = cut[1]
    return [path("".join(steps), width=1.2, opacity=0.75)] if steps else []


def _cut(one: Point, other: Point, box: tuple[float, float, float, float]) -> (
    tuple[Point, Point] | None
):  # fmt: skip
    """The part of a line inside a box (Liang & Barsky 1984, doi:10.1145/357332.357333)."""
    (x, y), dx, dy = one, other[0] - one[0], other[1] - one[1]
    start, end = 0.0, 1.0
    for slope, room in (
        (-dx, x - box[0]), (dx, box[2] - x), (-dy, y - box[1]), (dy, box[3] - y)
    ):  # fmt: skip
        if slope == 0:
            if room < 0:
                return None
            continue
        share = room / slope
        if slope < 0:
            start = max(start, share)
        else:
            end = min(end, share)
    if start > end:
        return None
    return (x + start * dx, y + start * dy), (x + end * dx, y + end * dy)


def _marks(panel: Panel, places: Sequence[MapPlace]) -> list[Markup]:
    out: list[Markup] = []
    for place, (x, y) in ((one, panel.at(one.longitude_deg, one.latitude_deg)) for one in places):
        out.append(circle(x, y, 4, fill=1, stroke=0))
        end = x > panel.left + PANEL * 0.6
        out.append(text(x - 9 if end else x + 9, y + 4, place.name, bold=True, size=12,
                        anchor="end" if end else "start"))  # fmt: skip
    return out


def _circles(panel: Panel, places: Sequence[MapPlace]) -> list[Markup]:
    """The circle within which each place may be, and its middle as a small cross."""
    out: list[Markup] = []
    for place in places:
        x, y = panel.at(place.longitude_deg, place.latitude_deg)
        if not (panel.left < x < panel.left + PANEL and 0 < y < HEIGHT):
            continue
        radius = place.radius_m / DEGREE_M * panel.scale
        radius = min(radius, HEIGHT / 2 - 4) if place is places[0] else radius
        inside = radius <= min(x - panel.left, panel.left + PANEL - x, y, HEIGHT - y)
        if inside:
            dashes = "" if place.role == "claimed" else "4 3"
            out.append(circle(x, y, radius, fill=0.1, stroke=1.6, dashes=dashes))
        out += [line(x - 5, y, x + 5, y, width=1.4), line(x, y - 5, x, y + 5, width=1.4)]
    return out


def _bar(panel: Panel) -> list[Markup]:
    long = panel.bar_m / DEGREE_M * panel.scale
    right, y = panel.left + PANEL - 14, 24.0
    return [
        line(right - long, y, right, y, width=2),
        line(right - long, y - 4, right - long, y + 4, width=2),
        line(right, y - 4, right, y + 4, width=2),
        text(right, y - 8, _length(panel.bar_m), anchor="end", size=12),
    ]


def _length(metres: float) -> str:
    return f"{number(metres / 1000)} km" if metres >= 1000 else f"{number(metres)} m"
