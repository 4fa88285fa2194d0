"""Distances on the Earth."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Final

from firsthand.records import Quantity, quantity

__all__ = ["MEAN_RADIUS_M", "distance"]

MEAN_RADIUS_M: Final = 6_371_008.8
"""The mean radius (2a + b) / 3 of the WGS 84 ellipsoid."""

_SPHERE_ERROR: Final = 0.006
"""The largest relative error of a sphere of that radius for the ellipsoid, rounded up."""


def distance(
    latitude_deg: float, longitude_deg: float, other_latitude_deg: float, other_longitude_deg: float
) -> Quantity:
    """Great-circle distance between two points (WGS 84 degrees), metres, by the haversine.

    The interval covers the difference to the ellipsoid's geodesic (at most 0.6 %).
    """
    one, other = radians(latitude_deg), radians(other_latitude_deg)
    east = radians(other_longitude_deg - longitude_deg)
    square = sin((other - one) / 2) ** 2 + cos(one) * cos(other) * sin(east / 2) ** 2
    metres = 2 * MEAN_RADIUS_M * asin(min(1.0, sqrt(square)))
    low, high = metres * (1 - _SPHERE_ERROR), metres * (1 + _SPHERE_ERROR)
    return quantity(metres, low, high, "m", "great circle on the mean sphere")
