"""Ground heights under lines of sight, and winds at a place, as a case keeps them once read.

Rasters and gridded fields are read in the sandbox before the checks run; what was read is kept as
an item of its own, so that a check's input follows from the case alone.
"""

from __future__ import annotations

from firsthand.records.base import Part

__all__ = ["FieldWind", "FieldWinds", "GroundLine", "GroundLines"]


class GroundLine(Part):
    """The ground under one geodesic, evenly spaced from the camera to the target."""

    camera_deg: tuple[float, float]
    target_deg: tuple[float, float]
    distance_m: float
    heights_m: tuple[float, ...]


class GroundLines(Part):
    """Lines from points of the camera's place to points of the claimed one."""

    cell_m: float
    crs: str
    lines: tuple[GroundLine, ...]


class FieldWind(Part):
    """One wind of a gridded field; `level` in hPa for `isobaricInhPa`, else metres."""

    kind: str
    level: int
    at: str
    u: float
    v: float


class FieldWinds(Part):
    """All winds of one file at the grid point nearest to a place."""

    winds: tuple[FieldWind, ...]
