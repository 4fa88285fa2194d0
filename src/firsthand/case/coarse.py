"""A place told no more exactly than its precision class allows.

The earth is cut into cells of 10 m, 100 m or 1 km, and what leaves is the middle of the cell: every
point of a cell gives the same answer, so asking again, or an average of answers, tells no more.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, Literal

from firsthand.case.withheld import CoarsePlace
from firsthand.records import Place

__all__ = ["CELL_M", "coarsened", "middle_of_cell"]

Precision = Literal["exact", "vicinity", "locality"]
CELL_M: Final[Mapping[Precision, float]] = {"exact": 10.0, "vicinity": 100.0, "locality": 1000.0}
"""Side of a cell, by precision class."""
METRES_PER_DEGREE: Final = 111_195.0
"""A degree of latitude on a sphere of 6,371.0 km (Moritz 2000, doi:10.1007/s001900050278)."""
DECIMALS: Final = 7


def middle_of_cell(latitude_deg: float, longitude_deg: float, cell_m: float) -> tuple[float, float]:
    """The middle of the cell that a point lies in, in degrees.

    Rows are of equal height from the equator; a row is cut into a whole number of cells of at
    least `cell_m`, by the latitude of its middle. Beyond the last row the pole's own is used.
    """
    height = cell_m / METRES_PER_DEGREE
    last = math.floor(90.0 / height - 0.5)
    row = max(-last - 1, min(math.floor(latitude_deg / height), last))
    middle = (row + 0.5) * height
    around = METRES_PER_DEGREE * 360.0 * math.cos(math.radians(middle))
    cells = max(1, math.floor(around / cell_m))
    column = math.floor((longitude_deg + 180.0) / 360.0 * cells) % cells
    longitude = (column + 0.5) * 360.0 / cells - 180.0
    return round(middle, DECIMALS), round(longitude, DECIMALS)


def coarsened(line: int, place: Place) -> CoarsePlace:
    """What may be told of a place: its cell, and a radius in whole cells; no name, no height."""
    cell_m = CELL_M[place.precision]
    latitude, longitude = middle_of_cell(place.latitude_deg, place.longitude_deg, cell_m)
    return CoarsePlace(
        line=line,
        latitude_deg=latitude,
        longitude_deg=longitude,
        radius_m=cell_m * (math.ceil(place.radius_m / cell_m) + 1),
        precision=place.precision,
    )
