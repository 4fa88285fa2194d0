"""What a sensor sweeps: its half swath as an angle at the satellite, and its pixels.

| sensor | swath | source |
|---|---|---|
| VIIRS | +-56.28 deg, 3,060 km | Schroeder et al. 2014, doi:10.1016/j.rse.2013.12.008 |
| MODIS | +-55 deg, 2,330 km | MODIS Level 1A Earth Location ATBD (Nishihama et al. 1997) |
| MSI | 290 km | Sentinel-2 User Handbook, ESA 2015 |
| OLI | 185 km | Landsat 8 Data Users Handbook, LSDS-1574 |

VIIRS adds up detector samples along the scan, three near nadir, then two, then one, so that its
pixels grow less (zone limits at 31.72 and 44.86 degrees).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from firsthand.measure.earth import MEAN_RADIUS_M

__all__ = ["SENSORS", "Sensor", "pixel_km"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Sensor:
    """A cross-track scanner. `sees_fire`: its fire products are what FIRMS lists.

    `zones` are (outer scan angle in degrees, samples added up); `sample_rad` is the angle of one
    sample along the scan, `track_rad` of a pixel along the track; 0 where pixels are not modelled.
    """

    name: str
    half_swath_deg: float
    sees_fire: bool
    sample_rad: float = 0.0
    track_rad: float = 0.0
    zones: tuple[tuple[float, int], ...] = ((90.0, 1),)


def _half_angle(swath_km: float, height_km: float) -> float:
    """The scan angle at which a swath of that width ends, from that height, degrees."""
    radius = MEAN_RADIUS_M / 1000
    half = swath_km / 2 / radius
    return float(
        np.degrees(np.arctan2(radius * np.sin(half), radius + height_km - radius * np.cos(half)))
    )


SENSORS: Final = {
    each.name: each
    for each in (
        Sensor(
            "VIIRS",
            56.28,
            sees_fire=True,
            sample_rad=0.1295e-3 * 1.2,
            track_rad=0.359 / 829,
            zones=((31.72, 3), (44.86, 2), (90.0, 1)),
        ),
        Sensor("MODIS", 55.0, sees_fire=True, sample_rad=1 / 705, track_rad=1 / 705),
        Sensor("MSI", _half_angle(290, 786), sees_fire=False),
        Sensor("OLI", _half_angle(185, 705), sees_fire=False),
    )
}


def pixel_km(
    sensor: Sensor, scan_angle_deg: ArrayLike, height_km: ArrayLike
) -> tuple[Array, Array]:
    """A pixel's size on the ground along the scan and along the track, kilometres.

    On a sphere of the mean radius, as FIRMS states it in `scan` and `track`.
    """
    theta = np.abs(np.radians(np.asarray(scan_angle_deg, dtype=float)))
    radius = MEAN_RADIUS_M / 1000
    height = np.asarray(height_km, dtype=float)
    ratio = (radius + height) / radius
    limits = np.array([zone[0] for zone in sensor.zones])
    added = np.array([zone[1] for zone in sensor.zones])
    samples = added[np.searchsorted(limits, np.degrees(theta)).clip(max=added.size - 1)]
    edge = np.arcsin(1 / ratio) - 1e-9
    angle = np.minimum(theta, edge)
    # Ground angle per scan angle: gamma = asin(ratio sin theta) - theta.
    sine = ratio * np.sin(angle)
    rate = ratio * np.cos(angle) / np.sqrt(1 - np.minimum(sine, 1 - 1e-12) ** 2) - 1
    gamma = np.arcsin(np.minimum(sine, 1.0)) - angle
    slant = np.where(angle < 1e-9, height, radius * np.sin(gamma) / np.sin(np.maximum(angle, 1e-9)))
    return radius * rate * samples * sensor.sample_rad, slant * sensor.track_rad
