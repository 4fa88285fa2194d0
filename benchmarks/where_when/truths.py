"""Simulated truths for the sun's studies: places, times and suns that the code under test did not
make. True suns come from pvlib's own rendering of NREL's algorithm.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
from pvlib import spa
from scipy.stats import beta

FIRST, LAST = datetime(2010, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
HIGHEST_LATITUDE = 65.0


class Truth(NamedTuple):
    """A place, an instant (Unix seconds) and the sun there (azimuth, apparent elevation)."""

    lat: float
    lon: float
    unix_s: float
    azimuth: float
    height: float


def true_sun(unix_s: np.ndarray, lat: np.ndarray, lon: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Azimuth and apparent elevation, one by one place; degrees."""
    sun = spa.solar_position_numpy(unix_s, lat, lon, 0.0, 1013.25, 12.0, 68.0, 0.5667, numthreads=1)
    return np.asarray(sun[4]), np.asarray(sun[2])


def truths(rng: np.random.Generator, n: int, lowest: float) -> list[Truth]:
    """Places spread over the earth up to 65 degrees, times over fifteen years, sun up."""
    found: list[Truth] = []
    while len(found) < n:
        m = 400
        lat = np.degrees(np.arcsin(rng.uniform(-1, 1, m) * np.sin(np.radians(HIGHEST_LATITUDE))))
        lon = rng.uniform(-180, 180, m)
        when = rng.uniform(FIRST.timestamp(), LAST.timestamp(), m)
        azimuth, height = true_sun(when, lat, lon)
        keep = height > lowest
        found += [
            Truth(*map(float, row))
            for row in zip(
                lat[keep], lon[keep], when[keep], azimuth[keep], height[keep], strict=True
            )
        ]
    return found[:n]


def interval(hits: int, n: int) -> str:
    """A share with its Clopper-Pearson interval, per cent, and the count."""
    if n == 0:
        return "none of 0"
    low = beta.ppf(0.025, hits, n - hits + 1) if hits else 0.0
    high = beta.ppf(0.975, hits + 1, n - hits) if hits < n else 1.0
    return f"{100 * hits / n:.1f} % ({100 * low:.1f} to {100 * high:.1f}; {hits} of {n})"
