"""How high the sun stood over a place and a span of time, and how much of it was day.

Classes of the sun's height follow the U.S. Naval Observatory's "Rise, Set, and Twilight
Definitions" (https://aa.usno.navy.mil/faq/RST_defs): day from the moment the upper rim touches a
level horizon under mean refraction (the centre at -50 arc minutes), civil twilight down to -6
degrees, nautical to -12, astronomical to -18, night below.

A place is a disc. Where the sun's true height at its centre is h, the heights over a disc of
angular radius r fill [h - r, h + r], because the height of a far body changes by at most one
degree for each degree walked; r is taken with the Earth's smallest radius of curvature, so
the interval never comes out too short.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import InvalidTime
from firsthand.measure.delta_t import delta_t_seconds
from firsthand.measure.sun import sun_position
from firsthand.records import Place, Quantity, Window, quantity

__all__ = [
    "ASTRONOMICAL_DEG",
    "CIVIL_DEG",
    "NAUTICAL_DEG",
    "SUNRISE_DEG",
    "Daylight",
    "SunClass",
    "daylight",
    "sun_class",
]

SunClass = Literal["day", "civil_twilight", "nautical_twilight", "astronomical_twilight", "night"]

SUNRISE_DEG: Final = -50 / 60
CIVIL_DEG: Final = -6.0
NAUTICAL_DEG: Final = -12.0
ASTRONOMICAL_DEG: Final = -18.0
_EDGES: Final = (ASTRONOMICAL_DEG, NAUTICAL_DEG, CIVIL_DEG, SUNRISE_DEG)
_CLASSES: Final[tuple[SunClass, ...]] = (
    "night",
    "astronomical_twilight",
    "nautical_twilight",
    "civil_twilight",
    "day",
)

MIN_CURVATURE_M: Final = 6_335_439.0
"""The smallest radius of curvature of the WGS 84 ellipsoid: a(1 - e^2), north-south, equator."""

ACCURACY_DEG: Final = 0.01
"""The position's own 0.003 degrees and the search for the extremes together, rounded up."""

_COARSE_S: Final = 600.0
_COARSER_S: Final = 1800.0
_LONG_S: Final = 60 * 86400.0
_FEWEST: Final = 241
_EARTH_TURNS_DEG_S: Final = 15.1 / 3600
_SUN_DRIFTS_DEG_S: Final = 0.02 / 3600
_FINE_ENOUGH_DEG: Final = 0.002
_CYCLE_S: Final = 1461 * 86400.0
"""Four years: the sun's heights repeat over them to some hundredths of a degree."""
_CYCLE_SLACK_DEG: Final = 0.05


@dataclass(frozen=True)
class Daylight:
    """The sun over a place and a window.

    `lowest` and `highest` are the least and the greatest true height of the sun's centre at any
    instant of the window and any point of the place, degrees. `shares` gives the part of the
    window (unit "1") in each class, its value at the place's centre and its interval over the
    place. `possible` lists the classes that some instant and point fall in, highest first.
    """

    lowest: Quantity
    highest: Quantity
    shares: dict[SunClass, Quantity]

    @property
    def possible(self) -> tuple[SunClass, ...]:
        """Classes attained somewhere, some time; accuracy given to the wider side."""
        first = int(np.searchsorted(_EDGES, self.lowest.low, side="right"))
        last = int(np.searchsorted(_EDGES, self.highest.high, side="right"))
        return tuple(reversed(_CLASSES[first : last + 1]))


def sun_class(elevation_deg: float) -> SunClass:
    """The class of one true height of the sun's centre; an edge belongs to the brighter side."""
    return _CLASSES[int(np.searchsorted(_EDGES, elevation_deg, side="right"))]


def daylight(place: Place, window: Window) -> Daylight:
    """The sun's heights over `place` during `window`, and the shares of day, twilight and night.

    Windows longer than four years are answered by their last four, widened by the little that
    the sun's heights change from one such cycle to the next.

    Raises:
        InvalidTime: the window ends before it starts, or leaves the years 1950 to 2050.
    """
    start, end = window.start.timestamp(), window.end.timestamp()
    if end < start:
        raise InvalidTime("The window ends before it starts.", "Swap its two ends.")
    delta_t_seconds([start, end])
    slack = ACCURACY_DEG
    if end - start > _CYCLE_S:
        start, slack = end - _CYCLE_S, slack + _CYCLE_SLACK_DEG
    radius = float(min(np.degrees(place.radius_m / MIN_CURVATURE_M), 180.0))
    step = _COARSER_S if end - start > _LONG_S else _COARSE_S
    count = 1 if end == start else max(_FEWEST, int(np.ceil((end - start) / step)) + 1)
    at = np.linspace(start, end, count)
    heights = _heights(place, at)
    low = max(-_extreme(place, at, heights, -1.0) - radius, -90.0)
    high = min(_extreme(place, at, heights, 1.0) + radius, 90.0)
    how = "SPA at the extremes over every instant of the window and every point of the place"
    return Daylight(
        lowest=quantity(low, low - slack, low + slack, "deg", how),
        highest=quantity(high, high - slack, high + slack, "deg", how),
        shares=_shares(heights, radius + slack),
    )


def _heights(place: Place, at: NDArray[np.float64]) -> NDArray[np.float64]:
    return sun_position(
        at, place.latitude_deg, place.longitude_deg, place.elevation_m
    ).elevation_deg


def _extreme(
    place: Place, at: NDArray[np.float64], heights: NDArray[np.float64], sign: float
) -> float:
    """The greatest of sign * height between the first and the last instant.

    Between two samples the height can rise by no more than the Earth's turning, slower towards
    the poles, and the sun's own drift allow. Round every sample that could so hide the extreme
    the sampling is made finer, until nothing that matters can hide.
    """
    rate = _EARTH_TURNS_DEG_S * np.cos(np.radians(place.latitude_deg)) + _SUN_DRIFTS_DEG_S
    first, last = at[0], at[-1]
    best, step = sign * heights, (last - first) / max(at.size - 1, 1)
    while (hidden := rate * step / 2) > _FINE_ENOUGH_DEG:
        within = best >= best.max() - hidden
        fine = np.linspace(-step / 2, step / 2, 21)
        at = np.clip((at[within, None] + fine).reshape(-1), first, last)
        best, step = sign * _heights(place, at), step / 20
    return float(best.max())


def _shares(heights: NDArray[np.float64], doubt_deg: float) -> dict[SunClass, Quantity]:
    edges = np.array([-np.inf, *_EDGES, np.inf])
    how = "share of the window by the sun's true height, sampled evenly"
    crossings = np.count_nonzero(np.diff(np.searchsorted(_EDGES, heights, side="right")))
    grain = crossings / heights.size
    shares: dict[SunClass, Quantity] = {}
    for name, bottom, top in zip(_CLASSES, edges[:-1], edges[1:], strict=True):
        value = float(np.mean((heights >= bottom) & (heights < top)))
        surely = np.mean((heights - doubt_deg >= bottom) & (heights + doubt_deg < top))
        maybe = np.mean((heights + doubt_deg >= bottom) & (heights - doubt_deg < top))
        low, high = max(float(surely) - grain, 0.0), min(float(maybe) + grain, 1.0)
        shares[name] = quantity(value, low, high, "1", how)
    return dict(reversed(shares.items()))
