"""Coast lines to draw a map with, and where land is; both shipped, both read without a network.

Coast lines: Natural Earth 4.1.0 (public domain) at 1:110 and 1:50 million, by way of the npm
package world-atlas 2.0.2. Land: a cell of a tenth of a degree counts where Natural Earth at 1:10
million touches it, the GLOBE elevation model (NOAA, 30 arc seconds, by way of the PyPI package
global-land-mask 1.0.0) has any land in it, an airport or a town lies in it, or it lies south of 60
degrees south. `scripts/write_world.py` makes both files.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["SHORE_CELLS", "coast_lines", "land_cells"]

SHORE_CELLS: Final = 2
"""How far offshore still counts as land: 0.2 degrees of latitude (22 km), and 0.2 degrees of
longitude at the equator, kept as wide in kilometres towards the poles. Islets that no map of this
scale has, piers and boats near a coast are the reason."""

_HERE: Final = Path(__file__).parent
_COLUMNS: Final = 3600

Mask = NDArray[np.bool_]


@lru_cache(maxsize=2)
def coast_lines(
    scale: Literal["110m", "50m"] = "110m",
) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Coast lines as polylines of (longitude, latitude), degrees to a hundredth, WGS 84.

    A line that closes ends where it begins. None crosses the antimeridian; edges that only close a
    polygon along it or at the pole are left out. `110m` is for a map of the world (some 5,000
    points), `50m` for one of a region (some 60,000).
    """
    with np.load(_HERE / "coast.npz", allow_pickle=False) as data:
        points, first = data[f"points_{scale}"] / 100, data[f"first_{scale}"]
    return tuple(tuple((float(x), float(y)) for x, y in points[a:b]) for a, b in pairwise(first))


@lru_cache(maxsize=1)
def land_cells() -> Mask:
    """Whether a place is on land or near a coast, for cells of a tenth of a degree.

    Shape (1800, 3600), rows from the north, columns from 180 degrees west. A cell is in where any
    cell within `SHORE_CELLS` has land.
    """
    with np.load(_HERE / "land.npz", allow_pickle=False) as data:
        land = np.unpackbits(data["land"], axis=1, count=_COLUMNS).astype(bool)
    tall = land.copy()
    for step in range(1, SHORE_CELLS + 1):
        tall[step:] |= land[:-step]
        tall[:-step] |= land[step:]
    rows = land.shape[0]
    latitude = 90 - (np.arange(rows) + 0.5) * 180 / rows
    wide = np.ceil(SHORE_CELLS / np.maximum(np.cos(np.radians(latitude)), 0.05)).astype(int)
    out = tall.copy()
    for step in range(1, int(wide.max()) + 1):
        reached = wide >= step
        out[reached] |= np.roll(tall[reached], step, axis=1) | np.roll(tall[reached], -step, axis=1)
    return out
