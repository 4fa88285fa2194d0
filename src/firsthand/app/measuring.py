"""One measurement without a case."""

from __future__ import annotations

from typing import Any

from firsthand.app.asked import read_instant, read_place
from firsthand.measure.sun import sun_position
from firsthand.records import format_instant

__all__ = ["SUN_ACCURACY_DEG", "sun_at"]

SUN_ACCURACY_DEG = 0.003
"""Largest angular separation from skyfield over 2000-2030 (tests/authority/measure)."""


def sun_at(place: str, time: str) -> dict[str, Any]:
    """Azimuth and elevation of the sun's centre at `LAT,LON[,ELEV_M]` and an ISO instant.

    Angles in degrees; azimuth clockwise from true north; `elevation_deg` is airless,
    `apparent_elevation_deg` has standard refraction.
    """
    latitude, longitude, elevation = read_place(place)
    at = read_instant(time)
    sun = sun_position(at.timestamp(), latitude, longitude, elevation)
    return {
        "time": format_instant(at),
        "latitude_deg": latitude,
        "longitude_deg": longitude,
        "elevation_m": elevation,
        "azimuth_deg": round(float(sun.azimuth_deg), 5),
        "elevation_deg": round(float(sun.elevation_deg), 5),
        "apparent_elevation_deg": round(float(sun.apparent_elevation_deg), 5),
        "accuracy_deg": SUN_ACCURACY_DEG,
        "method": "SPA (Reda and Andreas 2004, doi:10.1016/j.solener.2003.12.003)",
    }
