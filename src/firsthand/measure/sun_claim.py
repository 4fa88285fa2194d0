"""A measured sun against a claimed place and time: does any point of the claim fit, and when would?

What is measured are the sun's azimuth, its elevation, or a shadow's length over its object's
height, each with a standard deviation. A claim is a place with a radius and a window of time; its
best point is what is tested, so a true claim is called inconsistent no more often than stated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2 as chi2_law
from scipy.stats import ncx2

from firsthand.errors import InputError
from firsthand.measure.sun import sun_position
from firsthand.records import Place, Quantity, Window, quantity

__all__ = [
    "ALPHA",
    "ClaimTest",
    "Span",
    "SunSeen",
    "allowed_spans",
    "hold_claim",
    "misfit",
    "ratio_off",
]

Array = NDArray[np.float64]

ALPHA: Final = 0.01
"""A true claim is called inconsistent at most so often."""

EDGE_SD_DEG: Final = 0.1
"""A shadow has no sharp end: a part of the sun's half width of 0.27 degrees."""

_METRES_PER_DEG: Final = 111_195.0
_STEP_S: Final = 60.0
_FEWEST: Final = 3
_MOST: Final = 20_000
_YEAR_SAMPLES: Final = 1500
_LOWEST_SHADOW_DEG: Final = 1.0


@dataclass(frozen=True)
class SunSeen:
    """What was measured; None is what was not. All with standard deviations.

    `azimuth` is the sun's own, clockwise from true north (a shadow's is 180 degrees off);
    `ratio` is a shadow's length over its object's height.
    """

    azimuth: tuple[float, float] | None = None
    elevation: tuple[float, float] | None = None
    ratio: tuple[float, float] | None = None

    @property
    def count(self) -> int:
        """How many independent figures there are."""
        return sum(one is not None for one in (self.azimuth, self.elevation, self.ratio))


@dataclass(frozen=True)
class ClaimTest:
    """`p` at the claim's best point; `power` against the same place at another time of the year."""

    p: float
    power: Quantity
    best_unix_s: float
    azimuth_deg: Quantity
    elevation_deg: Quantity


@dataclass(frozen=True)
class Span:
    """A span of instants that the measurement allows, Unix seconds."""

    start_unix_s: float
    end_unix_s: float


def misfit(seen: SunSeen, azimuth_deg: Array, elevation_deg: Array) -> Array:
    """Chi square of what was measured, for a sun that stands so; infinite where it casts none."""
    total = np.zeros(np.broadcast_shapes(azimuth_deg.shape, elevation_deg.shape))
    if seen.azimuth is not None:
        off = (azimuth_deg - seen.azimuth[0] + 180) % 360 - 180
        total = total + (off / np.hypot(seen.azimuth[1], EDGE_SD_DEG)) ** 2
    if seen.elevation is not None:
        off = elevation_deg - seen.elevation[0]
        total = total + (off / np.hypot(seen.elevation[1], EDGE_SD_DEG)) ** 2
    if seen.ratio is not None:
        total = total + ratio_off(seen.ratio, elevation_deg) ** 2
    return np.where(elevation_deg > -0.3, total, np.inf)


def ratio_off(ratio: tuple[float, float], elevation_deg: Array, pad_deg: float = 0.0) -> Array:
    """How many standard deviations a shadow's ratio is off, for a sun that stands so.

    The blur of a shadow's end is one of angle. It is turned into one of length at the higher of
    the sun's height and that which the ratio tells, because at a sun on the horizon the length
    grows without bound and a blur of a tenth of a degree would excuse any ratio. `pad_deg` is by
    how much the height may be off for free.
    """
    value, sd = ratio
    height = np.maximum(elevation_deg, 0.05)
    told = float(np.degrees(np.arctan2(1.0, value)))
    a_degree = np.radians(1.0) / np.sin(np.radians(np.maximum(height, told))) ** 2
    off = np.abs(1 / np.tan(np.radians(height)) - value)
    return np.asarray(
        np.maximum(off - pad_deg * a_degree, 0) / np.hypot(sd, EDGE_SD_DEG * a_degree)
    )


def on_slope(ratio: tuple[float, float], slope_deg: tuple[float, float]) -> tuple[float, float]:
    """The sun's height by a shadow on sloping ground, and its standard deviation, degrees.

    `ratio` is the shadow's length along the ground over the height of an object that stands
    plumb; `slope_deg` is how steeply the ground rises from its foot to the shadow's tip, uphill
    positive. With length L, height H and slope s the tip lies L cos s away and L sin s up, so
    tan e = (H / L - sin s) / cos s.

    Raises:
        InputError: a slope of 60 degrees or more, or so steep that no shadow could fall on it.
    """
    value, sd = ratio
    if not abs(slope_deg[0]) < 60:
        raise InputError(f"A slope of {slope_deg[0]:g} degrees cannot be.", "Give -60 to 60.")
    slope = np.radians(slope_deg[0])
    rise = (1 / value - np.sin(slope)) / np.cos(slope)
    if rise <= 0:
        raise InputError(
            "On ground that rises so, the sun that casts this shadow would be below the horizon.",
            "Check the ratio and the slope; uphill from the foot to the tip is positive.",
        )
    by_ratio = sd / value**2 / np.cos(slope)
    by_slope = np.radians(slope_deg[1]) * abs(rise * np.tan(slope) - 1)
    flat = 1 / (1 + rise**2)
    return (
        float(np.degrees(np.arctan(rise))),
        float(np.degrees(np.hypot(by_ratio, by_slope) * flat)),
    )


def _rim(place: Place) -> tuple[Array, Array]:
    """The place's middle and eight points on each of two rings, as latitudes and longitudes."""
    turn = np.radians(np.arange(0, 360, 45))
    north = np.concatenate([[0.0], *(np.cos(turn) * share for share in (0.5, 1.0))])
    east = np.concatenate([[0.0], *(np.sin(turn) * share for share in (0.5, 1.0))])
    radius = min(place.radius_m / _METRES_PER_DEG, 90.0)
    latitude = np.clip(place.latitude_deg + radius * north, -89.99, 89.99)
    wide = np.maximum(np.cos(np.radians(latitude)), 0.02)
    longitude = place.longitude_deg + np.clip(radius * east / wide, -180, 180)
    return latitude, (longitude + 180) % 360 - 180


def _sun(place: Place, times: Array) -> tuple[Array, Array]:
    """Azimuths and apparent elevations, shape (times, points of the place)."""
    if place.radius_m < 100:
        latitude, longitude = np.array([place.latitude_deg]), np.array([place.longitude_deg])
    else:
        latitude, longitude = _rim(place)
    sun = sun_position(times[:, None], latitude[None, :], longitude[None, :], place.elevation_m)
    return sun.azimuth_deg, sun.apparent_elevation_deg


def _times(window: Window) -> Array:
    start, end = window.start.timestamp(), window.end.timestamp()
    count = int(np.clip((end - start) / _STEP_S + 1, _FEWEST, _MOST))
    return np.linspace(start, end, count) if end > start else np.array([start])


def claim_p(seen: SunSeen, place: Place, window: Window) -> float:
    """How often so bad a fit comes by chance at the claim's best point; the test, no power."""
    return float(chi2_law.sf(_best_point(seen, place, window)[0], seen.count))


def _best_point(
    seen: SunSeen, place: Place, window: Window
) -> tuple[float, float, tuple[Array, Array]]:
    """The smallest chi square, its instant, and the suns that the claim allows."""
    times = _times(window)
    azimuth, elevation = _sun(place, times)
    chi2 = misfit(seen, azimuth, elevation)
    at = np.unravel_index(int(np.argmin(chi2)), chi2.shape)
    best = float(times[at[0]])
    smallest = float(chi2[at])
    if np.isfinite(smallest) and times.size > 1:
        step = times[1] - times[0]
        fine = np.clip(np.linspace(best - step, best + step, 41), times[0], times[-1])
        near = misfit(seen, *_sun(place, fine))
        smallest = min(smallest, float(near.min()))
        best = float(fine[int(np.argmin(near.min(axis=1)))])
    return smallest, best, (azimuth, elevation)


def hold_claim(seen: SunSeen, place: Place, window: Window) -> ClaimTest:
    """The test at the best point of place and window, and what it could have found."""
    smallest, best, (azimuth, elevation) = _best_point(seen, place, window)
    centre = sun_position(best, place.latitude_deg, place.longitude_deg, place.elevation_m)
    how = "SPA at the claim's best instant; over the window and place"
    height = float(centre.apparent_elevation_deg)
    toward = float(centre.azimuth_deg)
    turned = (azimuth - toward + 180) % 360 - 180
    return ClaimTest(
        p=float(chi2_law.sf(smallest, seen.count)),
        power=_power(seen, place, window, (azimuth, elevation)),
        best_unix_s=best,
        azimuth_deg=quantity(
            toward,
            toward + min(float(turned.min()), 0),
            toward + max(float(turned.max()), 0),
            "deg",
            how,
        ),
        elevation_deg=quantity(
            height,
            min(float(elevation.min()), height),
            max(float(elevation.max()), height),
            "deg",
            how,
        ),
    )


def _power(seen: SunSeen, place: Place, window: Window, claim: tuple[Array, Array]) -> Quantity:
    """How often the claim would have been rejected, had it been filmed at another daylit time.

    Times are spread evenly over the year before the window's end; each casts a shadow there.
    """
    end = window.end.timestamp()
    times = end - np.linspace(0, 365.25 * 86400, _YEAR_SAMPLES, endpoint=False)
    sun = sun_position(times, place.latitude_deg, place.longitude_deg, place.elevation_m)
    lit = sun.apparent_elevation_deg > _LOWEST_SHADOW_DEG
    if not lit.any():
        return quantity(0.0, 0.0, 1.0, "1", "no daylight there in the year")
    azimuth, height = sun.azimuth_deg[lit], sun.apparent_elevation_deg[lit]
    step = max(1, claim[0].shape[0] // 200)
    claimed = (claim[0][::step].reshape(-1), claim[1][::step].reshape(-1))
    shift = np.zeros((azimuth.size, claimed[0].size))
    if seen.azimuth is not None:
        off = (azimuth[:, None] - claimed[0] + 180) % 360 - 180
        shift += (off / np.hypot(seen.azimuth[1], EDGE_SD_DEG)) ** 2
    for sd in _height_sds(seen, height):
        shift += ((height[:, None] - claimed[1]) / sd[:, None]) ** 2
    nearest = shift.min(axis=1)
    caught = ncx2.sf(chi2_law.isf(ALPHA, seen.count), seen.count, np.minimum(nearest, 1e4) + 1e-12)
    value = float(np.mean(caught))
    error = 1.96 * float(np.std(caught)) / np.sqrt(caught.size)
    how = "share of the year's daylit times at which this would be called inconsistent"
    return quantity(value, max(value - error, 0.0), min(value + error, 1.0), "1", how)


def _height_sds(seen: SunSeen, height_deg: Array) -> Sequence[Array]:
    out: list[Array] = []
    if seen.elevation is not None:
        out.append(np.full(height_deg.shape, np.hypot(seen.elevation[1], EDGE_SD_DEG)))
    if seen.ratio is not None:
        # d cot(e) = -de / sin^2 e
        out.append(
            np.hypot(np.degrees(seen.ratio[1] * np.sin(np.radians(height_deg)) ** 2), EDGE_SD_DEG)
        )
    return out


def allowed_spans(
    seen: SunSeen, place: Place, window: Window, *, level: float = 0.95
) -> tuple[Span, ...]:
    """All spans of the window in which the measurement is not refused at that level.

    With a height alone, morning and afternoon both come out.
    """
    times = _times(window)
    bound = float(chi2_law.ppf(level, seen.count))
    over = misfit(seen, *_sun(place, times)).min(axis=1) - bound
    spans: list[Span] = []
    inside = over <= 0
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(int)))
    for first, after in zip(edges[::2], edges[1::2], strict=True):
        start = _crossing(times, over, int(first) - 1, int(first))
        end = _crossing(times, over, int(after) - 1, int(after))
        spans.append(Span(start, end))
    return tuple(spans)


def _crossing(times: Array, over: Array, before: int, after: int) -> float:
    """Where the excess passes through zero between two samples; at the window's end, that end."""
    if before < 0:
        return float(times[0])
    if after >= times.size:
        return float(times[-1])
    a, b = over[before], over[after]
    if not (np.isfinite(a) and np.isfinite(b)) or a == b:
        return float(times[before] if over[before] <= 0 else times[after])
    return float(times[before] + (times[after] - times[before]) * a / (a - b))
