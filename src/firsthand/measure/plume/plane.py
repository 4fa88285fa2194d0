"""Height in the vertical plane through the source that is turned into the wind.

One picture knows a direction, not a depth. Smoke leaves its source along the wind, so the top is
looked for in the vertical plane through the base that holds the wind (Snee et al. 2023,
doi:10.30909/vol.06.02.447458). Rays are the pinhole's, theirs are not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from firsthand.measure.plume.camera import Rays

__all__ = ["height_at_depth", "height_in_wind_plane"]

Array = NDArray[np.float64]


def height_in_wind_plane(
    base: Rays, top: Rays, distance_m: ArrayLike, wind_to_deg: ArrayLike
) -> Array:
    """Metres of the top above the base.

    Args:
        base, top: rays from one camera, level frame.
        distance_m: horizontal, camera to base.
        wind_to_deg: where the wind goes, degrees clockwise from the optical axis.

    Undefined (infinite or of the wrong sign) where the top's ray runs along the plane.
    """
    along = np.radians(np.asarray(wind_to_deg, float))
    wind_right, wind_forward = np.sin(along), np.cos(along)
    flat = np.hypot(base.right, base.forward)
    distance = np.asarray(distance_m, float)
    right = distance * base.right / flat
    forward = distance * base.forward / flat
    reach = (right * wind_forward - forward * wind_right) / (
        top.right * wind_forward - top.forward * wind_right
    )
    return np.asarray(reach * top.up - distance * base.up / flat)


def height_at_depth(base: Rays, top: Rays, distance_m: ArrayLike, depth_m: ArrayLike) -> Array:
    """Metres of the top above the base when the top stands `depth_m` behind the base.

    Depth is counted along the horizontal line of sight to the base; negative is nearer.
    """
    aside = np.cos(top.azimuth - base.azimuth)
    distance = np.asarray(distance_m, float)
    away = (distance + np.asarray(depth_m, float)) / aside
    return np.asarray(away * top.elevation_slope - distance * base.elevation_slope)
