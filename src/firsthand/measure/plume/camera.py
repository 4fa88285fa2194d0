"""Pinhole rays: from a pixel to a direction in a frame that stands level.

An angle is never `pixel x field of view / width`: at 55 degrees that is wrong by 7 %, at 90 by
20 %. Pixels are x right, y down, of the upright picture; the principal point is taken to be its
centre. The level frame is right, forward, up: forward is the horizontal direction of the optical
axis. Every function takes scalars or arrays that broadcast (one entry a Monte Carlo draw).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Rays", "focal_px", "hfov_deg", "horizon_attitude", "level_rays"]

Array = NDArray[np.float64]

FULL_FRAME_WIDTH_MM = 36.0
"""Width of the 35 mm frame that EXIF's `FocalLengthIn35mmFilm` refers to (CIPA DC-008)."""


@dataclass(frozen=True)
class Rays:
    """Directions, not normalised: `right`, `forward`, `up`, arrays of one shape."""

    right: Array
    forward: Array
    up: Array

    @property
    def azimuth(self) -> Array:
        """Radians clockwise from forward."""
        return np.arctan2(self.right, self.forward)

    @property
    def elevation_slope(self) -> Array:
        """Tangent of the elevation angle: rise over horizontal distance."""
        return np.asarray(self.up / np.hypot(self.right, self.forward))


def focal_px(hfov: ArrayLike, width_px: float) -> Array:
    """Focal length in pixels of a horizontal field of view in degrees (0 < hfov < 180)."""
    return np.asarray(width_px / 2 / np.tan(np.radians(np.asarray(hfov, float)) / 2))


def hfov_deg(focal: ArrayLike, width_px: float) -> Array:
    """Horizontal field of view in degrees of a focal length in pixels."""
    return np.asarray(2 * np.degrees(np.arctan(width_px / 2 / np.asarray(focal, float))))


def horizon_attitude(
    row_px: ArrayLike, slope: ArrayLike, focal: ArrayLike, height_px: float
) -> tuple[Array, Array]:
    """Pitch and roll (radians) of a camera that sees the level horizon.

    The horizon is the line `y = row_px + slope * (x - centre)`. Pitch is positive looking up.
    """
    roll = np.arctan(np.asarray(slope, float))
    below = (np.asarray(row_px, float) - height_px / 2) * np.cos(roll)
    return np.arctan2(below, np.asarray(focal, float)), roll


def level_rays(
    x_px: ArrayLike,
    y_px: ArrayLike,
    *,
    focal: ArrayLike,
    pitch: ArrayLike,
    roll: ArrayLike,
    size: tuple[float, float],
) -> Rays:
    """Rays of pixels, in the level frame.

    Args:
        x_px, y_px: pixels.
        focal: focal length, pixels.
        pitch, roll: radians, as `horizon_attitude` gives them.
        size: width and height of the picture, pixels.
    """
    length = np.asarray(focal, float)
    x = (np.asarray(x_px, float) - size[0] / 2) / length
    y = (size[1] / 2 - np.asarray(y_px, float)) / length
    right = x * np.cos(roll) - y * np.sin(roll)
    above = x * np.sin(roll) + y * np.cos(roll)
    forward = np.cos(pitch) - above * np.sin(pitch)
    up = np.sin(pitch) + above * np.cos(pitch)
    right, forward, up = np.broadcast_arrays(right, forward, up)
    return Rays(right, forward, up)
