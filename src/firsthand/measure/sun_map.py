"""Where on the earth a measured sun can have stood: a map of the places that are not refused.

The sun's height depends on the place through three numbers only, latitude, declination and hour
angle, so a whole grid is one outer product. The region holds the true place in 95 % of cases
wherever that place is (a test turned round, not a posterior). Doubt in time is the same as doubt in
longitude, and widens the region by just that. Masks (land, the clocks of a zone) only take places
away, whole cells of theirs at a time, so a place that they hold is never lost at a finer grid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2 as chi2_law

from firsthand.errors import InputError
from firsthand.measure.masks import Mask, cell_of, onto_grid
from firsthand.measure.sun import sun_position
from firsthand.measure.sun_claim import EDGE_SD_DEG, SunSeen, ratio_off

__all__ = ["Region", "Shot", "place_allowed", "sun_region"]

Grid = NDArray[np.float32]

_TURN_DEG_S: Final = 360 / 86164.0905
_KNOTS: Final = 20_000
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
    clock_ahead_h: Mapping[float, Mask] | None = None,
    within: Sequence[Mask] = (),
) -> Region:
    """The places allowed by all shots together.

    Args:
        shots: One or more measured suns.
        step_deg: The grid's step.
        level: How often the region holds the true place.
        clock_ahead_h: With clock time whose zone is not known: for each number of hours that clocks
            run ahead of UTC, where they may. `unix_s` is then the clock time read as if it were
            UTC, for all shots.
        within: What else is known of the place: it lies in every one of these.

    Masks are on any regular grid over the globe: rows from the north, columns from 180 degrees
    west.

    Raises:
        InputError: nothing measured, or a step that cannot be.
    """
    if not shots or any(shot.seen.count == 0 for shot in shots):
        raise InputError("Nothing was measured.", "Give an elevation, a ratio or an azimuth.")
    if not 0.02 <= step_deg <= 10:
        raise InputError(f"A grid step of {step_deg:g} degrees cannot be.", "Give 0.02 to 10.")
    rows, columns = round(180 / step_deg), round(360 / step_deg)
    latitude = 90 - (np.arange(rows) + 0.5) * 180 / rows
    longitude = -180 + (np.arange(columns) + 0.5) * 360 / columns
    known = [onto_grid(mask, rows, columns) for mask in within]
    inside = np.zeros((rows, columns), bool)
    if clock_ahead_h is None:
        inside |= _allowed(shots, latitude, longitude, level)
    else:
        for ahead, kept in clock_ahead_h.items():
            where = onto_grid(kept, rows, columns)
            tall, wide = np.flatnonzero(where.any(axis=1)), np.flatnonzero(where.any(axis=0))
            if tall.size == 0:
                continue
            # The block of cells that can keep this clock, cut to its rows and columns.
            block = np.s_[tall[0] : tall[-1] + 1, wide[0] : wide[-1] + 1]
            moved = [replace(shot, unix_s=shot.unix_s - 3600 * ahead) for shot in shots]
            seen = _allowed(moved, latitude[block[0]], longitude[block[1]], level, 180 / rows)
            inside[block] |= seen & where[block]
    for mask in known:
        inside &= mask
    return Region(inside, latitude, longitude)


def place_allowed(
    shots: Sequence[Shot],
    latitude_deg: float,
    longitude_deg: float,
    *,
    step_deg: float = 0.1,
    level: float = 0.95,
    clock_ahead_h: Mapping[float, Mask] | None = None,
) -> bool:
    """Whether the cell of a place is in the region of `sun_region`, without drawing the region."""
    rows, columns = round(180 / step_deg), round(360 / step_deg)
    row = min(int((90 - latitude_deg) * rows / 180), rows - 1)
    column = int((longitude_deg + 180) * columns / 360) % columns
    latitude = np.array([90 - (row + 0.5) * 180 / rows])
    longitude = np.array([-180 + (column + 0.5) * 360 / columns])
    aheads = [0.0]
    if clock_ahead_h is not None:
        aheads = [
            ahead
            for ahead, kept in clock_ahead_h.items()
            if cell_of(kept, rows, columns, (row, column))
        ]
    moved = ([replace(shot, unix_s=shot.unix_s - 3600 * h) for shot in shots] for h in aheads)
    return any(bool(_allowed(each, latitude, longitude, level, 180 / rows).any()) for each in moved)


def _allowed(
    shots: Sequence[Shot],
    latitude: NDArray[np.float64],
    longitude: NDArray[np.float64],
    level: float,
    step_deg: float | None = None,
) -> Mask:
    """What all shots together allow; `step_deg` is told where the cells are not the whole globe."""
    step = 180 / latitude.size if step_deg is None else step_deg
    pad = float(np.sqrt(0.5)) * step
    first = shots[0]
    if len(shots) == 1 and first.seen.azimuth is None:
        return _band(first, latitude, longitude, level, pad)
    if all(shot.slack_s == 0 for shot in shots):
        bound = float(chi2_law.ppf(level, sum(shot.seen.count for shot in shots)))
        total = _chi2(first, latitude, longitude, pad)
        for shot in shots[1:]:
            total += _chi2(shot, latitude, longitude, pad)
        return np.asarray(total <= bound)
    # Slack moves each shot's band by itself: hold each at its own share of the level.
    each = 1 - (1 - level) / len(shots)
    inside = np.ones((latitude.size, longitude.size), bool)
    for shot in shots:
        bound = float(chi2_law.ppf(each, shot.seen.count))
        reach = int(np.ceil(shot.slack_s * _TURN_DEG_S / step))
        # A block is looked at with so much round it that what is spread into it is there.
        far = min(reach, round(180 / step))
        around = longitude[0] + step * np.arange(-far, longitude.size + far)
        whole = longitude.size * step > 359
        across = longitude if whole else around
        seen = _widened(_chi2(shot, latitude, across, pad) <= bound, reach)
        inside &= seen if whole else seen[:, far : far + longitude.size]
    return inside


def _band(
    shot: Shot,
    latitude: NDArray[np.float64],
    longitude: NDArray[np.float64],
    level: float,
    pad_deg: float,
) -> Mask:
    """One height alone: on each parallel, hour angles between two bounds, widened by the slack."""
    bounds = _sine_bounds(shot.seen, level, pad_deg)
    if bounds is None:
        return np.zeros((latitude.size, longitude.size), bool)
    phi = np.radians(latitude)
    dec, hour0 = _sun_over_greenwich(shot.unix_s)
    slack = shot.slack_s * _TURN_DEG_S
    with np.errstate(divide="ignore"):
        low = (bounds[0] - np.sin(phi) * np.sin(dec)) / (np.cos(phi) * np.cos(dec))
        high = (bounds[1] - np.sin(phi) * np.sin(dec)) / (np.cos(phi) * np.cos(dec))
    nearest = np.degrees(np.arccos(np.clip(high, -1, 1))) - slack
    farthest = np.degrees(np.arccos(np.clip(low, -1, 1))) + slack
    never = (low > 1) | (high < -1)
    low = np.where(never, 2.0, np.cos(np.radians(np.minimum(farthest, 180)))) - 1e-7
    high = np.where(never, -2.0, np.cos(np.radians(np.maximum(nearest, 0)))) + 1e-7
    cosine = np.cos(np.radians(hour0 + longitude)).astype("f4")[None, :]
    return np.asarray(
        (cosine >= low[:, None].astype("f4")) & (cosine <= high[:, None].astype("f4"))
    )


@lru_cache(maxsize=4)
def _sine_bounds(seen: SunSeen, level: float, pad_deg: float) -> tuple[float, float] | None:
    """Between which sines of its true height the sun is not refused; None where there are none."""
    knots = np.linspace(-1, 1, 200_001)
    fine = knots[_height_curve(seen, knots, pad_deg) <= chi2_law.ppf(level, seen.count)]
    return None if fine.size == 0 else (float(fine[0]), float(fine[-1]))


def _chi2(
    shot: Shot,
    latitude: NDArray[np.float64],
    longitude: NDArray[np.float64],
    pad_deg: float,
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
        total += _height_misfit(seen, sine, pad_deg)
    if seen.azimuth is not None:
        east = np.outer(np.full(phi.size, np.cos(declination), "f4"), -np.sin(hour))
        north = np.outer(np.cos(phi), np.full(hour.size, np.sin(declination), "f4"))
        north -= np.outer(np.sin(phi) * np.float32(np.cos(declination)), np.cos(hour))
        off = np.degrees(np.arctan2(east, north)) - np.float32(seen.azimuth[0])
        off = np.abs((off + 180) % 360 - 180)
        # Over half a cell's diagonal the zenith moves by that, and north turns with it.
        steep = sine / np.sqrt(np.maximum(1 - sine**2, np.float32(1e-6)))
        north_turns = np.minimum(np.abs(np.tan(phi)), np.float32(1e4))[:, None]
        off = np.maximum(off - np.float32(pad_deg) * (np.abs(steep) + north_turns), 0)
        total += (off / np.float32(np.hypot(seen.azimuth[1], EDGE_SD_DEG))) ** 2
    total[sine < np.sin(np.radians(-0.8))] = np.inf
    return total


def _height_misfit(seen: SunSeen, sine: Grid, pad_deg: float) -> Grid:
    """Through a table over the sine: the grid holds millions of cells, the curve few bends."""
    value = _height_curve(seen, np.linspace(-1, 1, 2 * _KNOTS + 1), pad_deg)
    root = np.sqrt(np.minimum(value, 1e6)).astype("f4")
    place = (sine + np.float32(1)) * np.float32(_KNOTS)
    index = np.clip(place.astype(np.int32), 0, 2 * _KNOTS - 1)
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
        value += ratio_off(seen.ratio, apparent, pad_deg) ** 2
    value[true < -0.8] = np.inf
    return value


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


def _widened(inside: Mask, reach: int) -> Mask:
    """Each row's true cells spread over `reach` cells to the west and east, round the globe."""
    if reach == 0:
        return inside
    columns = inside.shape[1]
    if 2 * reach + 1 >= columns:
        return np.repeat(inside.any(axis=1)[:, None], columns, axis=1)
    around = np.concatenate([inside[:, -reach:], inside, inside[:, :reach]], axis=1)
    sums = np.cumsum(around, axis=1, dtype=np.int32)
    sums = np.concatenate([np.zeros((inside.shape[0], 1), np.int32), sums], axis=1)
    return np.asarray(sums[:, 2 * reach + 1 :] > sums[:, :columns])
