"""Where on the earth a measured sun can have stood: a map of the places that are not refused.

The sun's height depends on the place through three numbers only, latitude, declination and hour
angle, so a whole grid is one outer product. The region holds the true place in 95 % of cases
wherever that place is (a test turned round, not a posterior). Doubt in time is the same as doubt in
longitude, and widens the region by just that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2 as chi2_law

from firsthand.errors import InputError
from firsthand.measure.sun import sun_position
from firsthand.measure.sun_claim import EDGE_SD_DEG, SunSeen

__all__ = ["Region", "Shot", "sun_region"]

Grid = NDArray[np.float32]
Mask = NDArray[np.bool_]

_TURN_DEG_S: Final = 360 / 86164.0905
_PLACE_ERROR_DEG: Final = 0.02
"""Parallax (0.0024) and what the refraction of the standard air leaves open above 2 degrees."""


@dataclass(frozen=True)
class Shot:
    """One measured sun with the doubt of its instant: somewhere within `slack_s` either side."""

    seen: SunSeen
    unix_s: float
    slack_s: float = 0.0


@dataclass(frozen=True)
class Region:
    """`inside`[i, j] for the cell at `latitude_deg`[i], `longitude_deg`[j] (centres)."""

    inside: Mask
    latitude_deg: NDArray[np.float64]
    longitude_deg: NDArray[np.float64]

    @property
    def share(self) -> float:
        """The region's share of the earth's surface."""
        weight = np.cos(np.radians(self.latitude_deg))
        return float(self.inside.mean(axis=1) @ weight / weight.sum())


def sun_region(
    shots: Sequence[Shot],
    *,
    step_deg: float = 0.1,
    level: float = 0.95,
    clock_ahead_h: NDArray[np.float32] | None = None,
) -> Region:
    """The places allowed by all shots together.

    Args:
        shots: One or more measured suns.
        step_deg: The grid's step.
        level: How often the region holds the true place.
        clock_ahead_h: With clock time whose zone is not known: how far clocks run ahead of UTC, one
            value for each cell of any regular grid over the globe (NaN where nobody keeps a
            clock). `unix_s` is then the clock time read as if it were UTC.

    Raises:
        InputError: nothing measured, a step that cannot be, or clock time with an azimuth or with
            several shots.
    """
    if not shots or any(shot.seen.count == 0 for shot in shots):
        raise InputError("Nothing was measured.", "Give an elevation, a ratio or an azimuth.")
    if not 0.02 <= step_deg <= 10:
        raise InputError(f"A grid step of {step_deg:g} degrees cannot be.", "Give 0.02 to 10.")
    rows, columns = round(180 / step_deg), round(360 / step_deg)
    latitude = 90 - (np.arange(rows) + 0.5) * 180 / rows
    longitude = -180 + (np.arange(columns) + 0.5) * 360 / columns
    first = shots[0]
    heights_alone = len(shots) == 1 and first.seen.azimuth is None
    if clock_ahead_h is not None and not heights_alone:
        raise InputError(
            "By the clock alone, one height of the sun can be mapped.",
            "Give the time as UTC, or one elevation or ratio.",
        )
    if heights_alone:
        inside = _band(first, latitude, longitude, level, clock_ahead_h)
        return Region(inside, latitude, longitude)
    if all(shot.slack_s == 0 for shot in shots):
        bound = float(chi2_law.ppf(level, sum(shot.seen.count for shot in shots)))
        total = _chi2(first, latitude, longitude)
        for shot in shots[1:]:
            total += _chi2(shot, latitude, longitude)
        return Region(np.asarray(total <= bound), latitude, longitude)
    # Slack moves each shot's band by itself: hold each at its own share of the level.
    each = 1 - (1 - level) / len(shots)
    inside = np.ones((rows, columns), bool)
    for shot in shots:
        bound = float(chi2_law.ppf(each, shot.seen.count))
        inside &= _widened(_chi2(shot, latitude, longitude) <= bound, _reach(shot, columns))
    return Region(inside, latitude, longitude)


def _band(
    shot: Shot,
    latitude: NDArray[np.float64],
    longitude: NDArray[np.float64],
    level: float,
    clock_ahead_h: NDArray[np.float32] | None,
) -> Mask:
    """One height alone: on each parallel, hour angles between two bounds, widened by the slack."""
    knots = np.linspace(-1, 1, 200_001)
    value = _height_curve(shot.seen, knots, _pad_deg(latitude.size))
    fine = knots[value <= chi2_law.ppf(level, shot.seen.count)]
    inside = np.zeros((latitude.size, longitude.size), bool)
    if fine.size == 0:
        return inside
    phi = np.radians(latitude)
    declination, hour0 = _sun_over_greenwich(shot.unix_s)
    slack = shot.slack_s * _TURN_DEG_S

    def rows_of(dec: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        with np.errstate(divide="ignore"):
            low = (fine[0] - np.sin(phi) * np.sin(dec)) / (np.cos(phi) * np.cos(dec))
            high = (fine[-1] - np.sin(phi) * np.sin(dec)) / (np.cos(phi) * np.cos(dec))
        nearest = np.degrees(np.arccos(np.clip(high, -1, 1))) - slack
        farthest = np.degrees(np.arccos(np.clip(low, -1, 1))) + slack
        never = (low > 1) | (high < -1)
        low = np.where(never, 2.0, np.cos(np.radians(np.minimum(farthest, 180)))) - 1e-7
        high = np.where(never, -2.0, np.cos(np.radians(np.maximum(nearest, 0)))) + 1e-7
        return low[:, None].astype("f4"), high[:, None].astype("f4")

    if clock_ahead_h is None:
        cosine = np.cos(np.radians(hour0 + longitude)).astype("f4")[None, :]
        low, high = rows_of(declination)
        return np.asarray((cosine >= low) & (cosine <= high))
    row = (np.arange(latitude.size) * clock_ahead_h.shape[0]) // latitude.size
    column = (np.arange(longitude.size) * clock_ahead_h.shape[1]) // longitude.size
    for ahead in np.unique(clock_ahead_h[np.isfinite(clock_ahead_h)]):
        where = clock_ahead_h == ahead
        tall, wide = np.flatnonzero(where.any(axis=1)), np.flatnonzero(where.any(axis=0))
        # The block of cells that can keep this clock, cut to its rows and columns.
        these = np.flatnonzero((row >= tall[0]) & (row <= tall[-1]))
        those = np.flatnonzero((column >= wide[0]) & (column <= wide[-1]))
        dec, hour = _sun_over_greenwich(shot.unix_s - 3600 * float(ahead))
        cosine = np.cos(np.radians(hour + longitude[those])).astype("f4")[None, :]
        low, high = (edge[these] for edge in rows_of(dec))
        block = (cosine >= low) & (cosine <= high)
        block &= where[np.ix_(row[these], column[those])]
        inside[these[0] : these[-1] + 1, those[0] : those[-1] + 1] |= block
    return inside


def _chi2(
    shot: Shot,
    latitude: NDArray[np.float64],
    longitude: NDArray[np.float64],
) -> Grid:
    """Misfit of one shot over the grid."""
    declination, hour0 = _sun_over_greenwich(shot.unix_s)
    hour = np.radians(hour0 + longitude).astype("f4")
    phi = np.radians(latitude).astype("f4")
    sine = np.outer(np.sin(phi), np.full(hour.size, np.sin(declination), "f4"))
    sine += np.outer(np.cos(phi) * np.float32(np.cos(declination)), np.cos(hour))
    total = np.zeros_like(sine)
    seen = shot.seen
    if seen.elevation is not None or seen.ratio is not None:
        total += _height_misfit(seen, sine, _pad_deg(latitude.size))
    if seen.azimuth is not None:
        east = np.outer(np.full(phi.size, np.cos(declination), "f4"), -np.sin(hour))
        north = np.outer(np.cos(phi), np.full(hour.size, np.sin(declination), "f4"))
        north -= np.outer(np.sin(phi) * np.float32(np.cos(declination)), np.cos(hour))
        off = np.degrees(np.arctan2(east, north)) - np.float32(seen.azimuth[0])
        off = (off + 180) % 360 - 180
        total += (off / np.float32(np.hypot(seen.azimuth[1], EDGE_SD_DEG))) ** 2
    total[sine < np.sin(np.radians(-0.8))] = np.inf
    return total


def _height_misfit(seen: SunSeen, sine: Grid, pad_deg: float) -> Grid:
    """Through a table over the sine: the grid holds millions of cells, the curve few bends."""
    value = _height_curve(seen, np.linspace(-1, 1, 4001), pad_deg)
    root = np.sqrt(np.minimum(value, 1e6)).astype("f4")
    place = (sine + np.float32(1)) * np.float32(2000)
    index = np.clip(place.astype(np.int32), 0, 3999)
    share = place - index
    return np.asarray((root[index] * (1 - share) + root[index + 1] * share) ** 2)


def _height_curve(seen: SunSeen, sine: NDArray[np.float64], pad_deg: float) -> NDArray[np.float64]:
    """Chi square of the measured height for a sun whose true height has that sine.

    It is the least within `pad_deg`: a cell is in where any point of it is, and over half a cell's
    diagonal the sun's height changes by no more than that.
    """
    true = np.degrees(np.arcsin(sine))
    apparent = true + np.where(true > -0.8, _refraction_deg(true), 0)
    value = np.zeros(sine.size)
    if seen.elevation is not None:
        sd = np.hypot(np.hypot(seen.elevation[1], EDGE_SD_DEG), _PLACE_ERROR_DEG)
        value += (np.maximum(np.abs(apparent - seen.elevation[0]) - pad_deg, 0) / sd) ** 2
    if seen.ratio is not None:
        height = np.maximum(apparent, 0.05)
        edge = np.radians(EDGE_SD_DEG) / np.sin(np.radians(height)) ** 2
        off = np.abs(1 / np.tan(np.radians(height)) - seen.ratio[0])
        off = np.maximum(off - np.radians(pad_deg) / np.sin(np.radians(height)) ** 2, 0)
        value += (off / np.hypot(seen.ratio[1], edge)) ** 2
    value[true < -0.8] = np.inf
    return value


def _pad_deg(rows: int) -> float:
    """Half the diagonal of a cell."""
    return float(np.sqrt(0.5)) * 180 / rows


def _refraction_deg(true_deg: NDArray[np.float64]) -> NDArray[np.float64]:
    """As `measure.sun` has it, at sea level and 12 C."""
    safe = np.maximum(true_deg, -0.83)
    return np.asarray(
        1013.25 / 1010 * 283 / 285 * 1.02 / (60 * np.tan(np.radians(safe + 10.3 / (safe + 5.11))))
    )


def _sun_over_greenwich(unix_s: float) -> tuple[float, float]:
    """Declination (rad) and the hour angle at longitude 0 (degrees), from the full algorithm.

    Seen from the pole the sun's height is its declination less parallax; from the equator's
    Greenwich its direction gives the hour angle.
    """
    pole = sun_position(unix_s, 90.0, 0.0)
    declination = np.radians(float(pole.elevation_deg) + 8.794 / 3600)
    here = sun_position(unix_s, 0.0, 0.0)
    azimuth, height = np.radians(here.azimuth_deg), np.radians(here.elevation_deg)
    hour = np.arctan2(-np.sin(azimuth) * np.cos(height), np.sin(height))
    return float(declination), float(np.degrees(hour))


def _reach(shot: Shot, columns: int) -> tuple[int, int]:
    """How many cells the band may lie further west and east."""
    cells = int(np.ceil(shot.slack_s * _TURN_DEG_S / (360 / columns)))
    return cells, cells


def _widened(inside: Mask, reach: tuple[int, int]) -> Mask:
    """Each row's true cells spread over `reach` cells to the west and east, round the globe."""
    west, east = reach
    if west == 0 and east == 0:
        return inside
    columns = inside.shape[1]
    if west + east + 1 >= columns:
        return np.repeat(inside.any(axis=1)[:, None], columns, axis=1)
    around = np.concatenate([inside[:, -east:] if east > 0 else inside[:, :0], inside], axis=1)
    around = np.concatenate([around, inside[:, :west] if west > 0 else inside[:, :0]], axis=1)
    sums = np.cumsum(around, axis=1, dtype=np.int32)
    sums = np.concatenate([np.zeros((inside.shape[0], 1), np.int32), sums], axis=1)
    return np.asarray(sums[:, west + east + 1 :] > sums[:, :columns])
