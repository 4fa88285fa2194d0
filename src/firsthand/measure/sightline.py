"""Can this be seen from there? Over a smooth earth, or over terrain.

Light is bent down by the air; the usual device is an Earth of radius R / (1 - k), with Gauss's
k = 0.13 for lines well above the ground by day. Results carry an interval from k = 0 to 0.25, which
is a choice. Within two metres of grass on summer days Hirt et al. 2010 (doi:10.1029/2010JD014067)
measured -4 to +16, changing by 1 within half an hour: where most of a line grazes hot or cold
ground, or cold water, no such interval holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from firsthand.measure.earth import MEAN_RADIUS_M
from firsthand.records import Quantity, quantity

__all__ = [
    "GROUND_SD_M",
    "K_HIGH",
    "K_LOW",
    "K_USUAL",
    "Sight",
    "contrast_left",
    "drop_m",
    "hidden_bounds_m",
    "hidden_m",
    "needed_height_m",
    "over_smooth_earth",
    "over_terrain",
    "range_m",
]

Array = NDArray[np.float64]
Seen = Literal["visible", "hidden", "cannot_tell"]

K_USUAL: Final = 0.13
K_LOW: Final = 0.0
K_HIGH: Final = 0.25

GROUND_SD_M: Final = 4.0
"""Doubt of a single height in a global model (SRTM: Farr et al. 2007, doi:10.1029/2005RG000183)."""

KOSCHMIEDER: Final = 3.912
"""-ln 0.02: visibility as the distance at which 2 % of a dark thing's contrast with the sky is left
(AMS Glossary of Meteorology, "meteorological range"). The meteorological optical range of
instruments is where 5 % is left; taken for that, a reported visibility leaves more contrast, and
this asks for less."""


def _effective_radius_m(k: ArrayLike) -> Array:
    return np.asarray(MEAN_RADIUS_M / (1 - np.asarray(k, dtype=float)))


def drop_m(distance_m: ArrayLike, k: ArrayLike = K_USUAL) -> Array:
    """How far the smooth earth falls below the eye's level plane at a distance, metres."""
    return np.asarray(np.asarray(distance_m, dtype=float) ** 2 / (2 * _effective_radius_m(k)))


def hidden_m(distance_m: ArrayLike, eye_m: ArrayLike, k: ArrayLike = K_USUAL) -> Array:
    """The height hidden behind the horizon of a smooth earth at a distance, metres; 0 before it."""
    radius = _effective_radius_m(k)
    horizon = np.arccos(radius / (radius + np.asarray(eye_m, dtype=float)))
    beyond = np.maximum(np.asarray(distance_m, dtype=float) / radius - horizon, 0.0)
    return np.asarray(radius * (1 / np.cos(np.minimum(beyond, 1.5)) - 1))


def range_m(eye_m: float, top_m: float, k: float = K_USUAL) -> float:
    """How far off a top of that height is still in sight over a smooth earth, metres."""
    radius = float(_effective_radius_m(k))
    angle = np.arccos(radius / (radius + eye_m)) + np.arccos(radius / (radius + top_m))
    return radius * float(angle)


def contrast_left(distance_m: float, visibility_m: float) -> float:
    """The share of a dark thing's contrast left at a distance (Koschmieder 1924)."""
    return float(np.exp(-KOSCHMIEDER * distance_m / visibility_m))


def needed_height_m(
    distance_m: ArrayLike,
    ground_m: ArrayLike,
    eye_above_ground_m: float,
    k: float = K_USUAL,
    *,
    near_m: float = 0.0,
) -> Array:
    """Height above its own ground that a thing at the end of each profile needs to be seen, metres.

    Args:
        distance_m: Distances from the eye along the line, shape (..., n), rising.
        ground_m: Height of the ground there, same shape; the first is under the eye. NaN past the
            end of a shorter profile is not allowed: repeat its last point.
        eye_above_ground_m: The eye above the first point.
        k: Refraction coefficient.
        near_m: Ground nearer than this hides nothing: a model's cell does not tell what lies at a
            camera's feet, and whoever films has the foreground before them.

    Returns:
        0 or more, shape (...). What stands between is taken as opaque ground.
    """
    distance = np.asarray(distance_m, dtype=float)
    lowered = np.asarray(ground_m, dtype=float) - drop_m(distance, k)
    eye = lowered[..., 0] + eye_above_ground_m
    end = distance[..., -1:]
    between = (distance > near_m) & (distance < end)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.where(between, (lowered - eye[..., None]) / distance, -np.inf)
    steepest = slope.max(axis=-1)
    blocked = np.isfinite(steepest)
    line = eye + np.where(blocked, steepest, 0.0) * distance[..., -1]
    return np.asarray(np.where(blocked, np.maximum(line - lowered[..., -1], 0.0), 0.0))


def hidden_bounds_m(
    distance_m: ArrayLike,
    ground_m: ArrayLike,
    eye_above_ground_m: float,
    *,
    ground_sd_m: float = GROUND_SD_M,
    k: float = K_USUAL,
    near_m: float = 0.0,
) -> tuple[Array, Array, Array]:
    """`needed_height_m` as lower bound, value, upper bound (95 %), each of shape (...).

    The bounds take refraction over its whole range, and the doubt of single heights: at the eye it
    is magnified by the distance beyond the obstacle, which is found by moving the eye's ground,
    what lies between, and the end's ground, one after the other.
    """
    distance = np.asarray(distance_m, dtype=float)
    ground = np.asarray(ground_m, dtype=float)

    def needed(height: Array, coefficient: float) -> Array:
        return needed_height_m(distance, height, eye_above_ground_m, coefficient, near_m=near_m)

    middle = needed(ground, k)
    square = np.zeros(ground.shape[:-1])
    at = np.arange(ground.shape[-1])
    last = distance == distance[..., -1:]
    for part in (at == 0, (at > 0) & ~last, last):
        raised = needed(ground + ground_sd_m * part, k)
        lowered = needed(ground - ground_sd_m * part, k)
        # One side may be cut off at nothing hidden; the larger half is the honest slope.
        change = np.maximum(np.abs(raised - middle), np.abs(lowered - middle))
        square += change**2
    spread = 1.96 * np.sqrt(square)
    low = np.maximum(needed(ground, max(K_HIGH, k)) - spread, 0.0)
    return low, middle, needed(ground, min(K_LOW, k)) + spread


@dataclass(frozen=True)
class Sight:
    """Whether a top is seen, and the height hidden below the line of sight, metres."""

    seen: Seen
    hidden_m: Quantity


def _verdict(hidden: Quantity, top_m: float | None, top_sd_m: float) -> Seen:
    if top_m is None:
        return "cannot_tell"
    low, high = top_m - 1.96 * top_sd_m, top_m + 1.96 * top_sd_m
    if high <= hidden.low:
        return "hidden"
    return "visible" if low > hidden.high else "cannot_tell"


def over_smooth_earth(
    distance_m: float,
    eye_m: float,
    top_m: float | None,
    *,
    top_sd_m: float = 0.0,
    k: float = K_USUAL,
) -> Sight:
    """The closed form without any terrain: what the Earth's own curve hides."""
    low, value, high = (float(hidden_m(distance_m, eye_m, each)) for each in _ks(k))
    hidden = quantity(value, low, high, "m", "smooth earth, refraction between k 0 and 0.25")
    return Sight(_verdict(hidden, top_m, top_sd_m), hidden)


def _ks(k: float) -> tuple[float, float, float]:
    return max(K_HIGH, k), k, min(K_LOW, k)


def over_terrain(
    distance_m: Array,
    ground_m: Array,
    eye_m: float,
    top_m: float | None,
    *,
    top_sd_m: float = 0.0,
    ground_sd_m: float = GROUND_SD_M,
    k: float = K_USUAL,
    near_m: float = 0.0,
) -> Sight:
    """The same along one terrain profile of shape (n,)."""
    bounds = hidden_bounds_m(
        distance_m, ground_m, eye_m, ground_sd_m=ground_sd_m, k=k, near_m=near_m
    )
    low, value, high = (float(bound) for bound in bounds)
    how = "terrain profile, refraction between k 0 and 0.25, heights doubted"
    hidden = quantity(value, low, high, "m", how)
    return Sight(_verdict(hidden, top_m, top_sd_m), hidden)
