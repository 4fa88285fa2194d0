"""How far smoke is, from the camera's own way: the direction to its foot while the camera travels.

Positions are known from a log of the way; directions need the camera's turning as well, and that
cannot be had from the ground that goes by: an unknown lens bends near ground's flow by more than
far smoke's whole parallax. So the turning comes from headings that something logged, or from things
that a person marked as far away, whose directions hardly change.

Unknown are the direction b and u = 1 / distance, at the clip's middle; seen from a place D away
from there the foot stands in the direction of (sin b, cos b) - u D. This is fitted as it stands,
so that u may come out as nothing or less, which is what a parallax too small to tell looks like.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from firsthand.measure.plume.camera import horizon_attitude, level_rays
from firsthand.measure.plume.find import Found
from firsthand.measure.plume.given import Given, Sure
from firsthand.measure.plume.height import focal_draws
from firsthand.measure.plume.motion import Motion
from firsthand.measure.plume.segment import Scene
from firsthand.measure.plume.turning import turning
from firsthand.records import Quantity, quantity

__all__ = ["Ranged", "range_by_travel"]

Array = NDArray[np.float64]

DRAWS: Final = 2000
FEWEST_FRAMES: Final = 8
LEAST_WAY_M: Final = 5.0
BLOCK: Final = 3
"""Frames whose errors are held to be one error."""
ROOT_DRIFT: Final = 0.006
"""Standard deviation, in picture widths, of how far the foot that is seen strays over the clip."""
LOG_OFFSET_DEG: Final = 5.0
"""Of a logged heading where nothing is said: a compass in a car."""
LENS_SHARE: Final = 0.02
"""Share of the turning within the clip that a lens which is no pinhole may add or take."""
HOW: Final = "bearings of the smoke's foot from the camera's own way, Monte Carlo over all inputs"


@dataclass(frozen=True)
class Ranged:
    """A distance at the clip's middle with its interval, or `reason`, why there is none.

    `sure` is the same as a value and a standard deviation. `at_least_m` where only that is known.
    """

    distance: Quantity | None = None
    sure: Sure | None = None
    at_least_m: float | None = None
    reason: str | None = None


def range_by_travel(
    scenes: list[Scene], times: Array, found: Found, motion: Motion, given: Given
) -> Ranged:
    """Range the smoke's foot; `times` on the clip's clock, as the fixes of the way are."""
    travel = given.travel
    assert travel is not None  # noqa: S101 -- the caller has looked
    frames = [k for k in found.frames if np.isfinite(found.roots[k])]
    if len(frames) < FEWEST_FRAMES or not travel.covers(times):
        return Ranged(reason="track_does_not_cover_clip")
    places = travel.at(times[frames])
    middle = float(times[0] + times[-1]) / 2
    here = travel.at(np.array([middle]))[0]
    if np.linalg.norm(np.ptp(places, axis=0)) < LEAST_WAY_M:
        return Ranged(reason="track_too_short")
    height, width = scenes[0].above.shape
    focal = float(np.median(focal_draws(given, (width, height), np.random.default_rng(0), 999)))
    yaw, spread = _yaw(scenes, times, motion, given, focal=focal)
    if yaw is None:
        return Ranged(reason="track_needs_turning")
    foot = np.array([found.roots[k] for k in frames])
    bearings = yaw[frames] + _azimuths(scenes, frames, foot[None, :], np.array([[focal]]))[0]
    kept = _steady(bearings, places - here)
    frames = [k for k, good in zip(frames, kept, strict=True) if good]
    foot, bearings, moved = foot[kept], bearings[kept], (places - here)[kept]
    fitted = _fit(bearings[None, :], moved[None, :, :])
    if fitted is None:
        return Ranged(reason="track_parallax_too_small")
    scatter = float(np.std(bearings - _seen(*fitted, moved[None, :, :])[0]))
    rng = np.random.default_rng([given.seed, 11])
    lens = focal_draws(given, (width, height), rng, DRAWS)
    t = times[frames] - middle
    length = float(times[-1] - times[0])
    strayed = ROOT_DRIFT * width / length
    drift = rng.standard_normal(DRAWS)[:, None] * strayed * t
    blocks = rng.standard_normal((DRAWS, -(-len(frames) // BLOCK)))
    noise = scatter * np.repeat(blocks, BLOCK, axis=1)[:, : len(frames)]
    turned = yaw[frames][None, :] * np.ones((DRAWS, 1))
    if given.far is not None and travel.heading_deg is None:
        # The turning was measured with the same lens.
        start = float(np.interp(middle, times, yaw))
        turned = start + (turned - start) * focal / lens[:, None]
    turned = turned + _lens_error(yaw[frames], rng) + spread[0] * rng.standard_normal((DRAWS, 1))
    turned = turned + spread[1] * rng.standard_normal((DRAWS, 1)) * (t / length)[None, :]
    wander = travel.sd_m * rng.standard_normal((DRAWS, 1, 2)) * (t / length)[None, :, None]
    draws = turned + _azimuths(scenes, frames, foot[None, :] + drift, lens[:, None]) + noise
    drawn = _fit(draws, moved[None, :, :] + wander)
    if drawn is None:
        return Ranged(reason="track_parallax_too_small")
    near = drawn[1]
    if given.far is not None and travel.heading_deg is None:
        near = near + rng.uniform(0, 1 / given.far.metres, DRAWS)
    return _told(near)


def _told(near: Array) -> Ranged:
    """From draws of 1 / distance."""
    low, value, high = np.percentile(near, [2.5, 50, 97.5])
    if low <= 0 or high > 4 * low:
        at_least = float(f"{1 / high:.3g}") if high > 0 else None
        return Ranged(at_least_m=at_least, reason="track_parallax_too_small")
    sd = float(np.log(high / low)) / 3.92
    return Ranged(
        quantity(1 / value, 1 / high, 1 / low, "m", HOW), Sure(float(1 / value), sd / float(value))
    )


def _lens_error(yaw: Array, rng: np.random.Generator) -> Array:
    return np.asarray(LENS_SHARE * rng.standard_normal((DRAWS, 1)) * (yaw - yaw.mean())[None, :])


def _yaw(
    scenes: list[Scene], times: Array, motion: Motion, given: Given, *, focal: float
) -> tuple[Array | None, tuple[float, float]]:
    """Where the camera looks in each frame, radians; standard deviations of what all frames share
    and of the drift over the clip."""
    travel = given.travel
    assert travel is not None  # noqa: S101 -- the caller has looked
    logged = travel.headings(times)
    if logged is not None:
        return logged, (np.radians(LOG_OFFSET_DEG), np.radians(travel.heading_drift_deg))
    if given.far is None or given.heading_deg is None:
        return None, (0.0, 0.0)
    turned = turning(scenes, times, motion, given.far, focal=focal)
    if turned is None:
        return None, (0.0, 0.0)
    angles, drift = turned
    start = float(np.interp((times[0] + times[-1]) / 2, times, angles))
    yaw = angles - start + np.radians(given.heading_deg.value)
    return yaw, (float(np.radians(given.heading_deg.sd)), drift)


def _steady(bearings: Array, moved: Array) -> NDArray[np.bool_]:
    """Frames whose bearing fits with the others': a root is at times seen on a roof or a bush."""
    kept = np.ones(bearings.shape, dtype=bool)
    for _ in range(4):
        fitted = _fit(bearings[None, kept], moved[None, kept])
        if fitted is None:
            return kept
        left = bearings - _seen(*fitted, moved[None])[0]
        left = left - np.median(left[kept])
        away = 3 * 1.4826 * float(np.median(np.abs(left[kept]))) + 1e-9
        now = np.abs(left) <= away
        if now.sum() < FEWEST_FRAMES or (now == kept).all():
            break
        kept = now
    return kept


def _azimuths(scenes: list[Scene], frames: list[int], x: Array, focal: Array) -> Array:
    """Radians right of the optical axis, draws x frames, of points on the ground's line."""
    height, width = scenes[0].above.shape
    rows, slopes = [], []
    for k in frames:
        line = scenes[k].horizon
        rows.append(height / 2 if line is None else line.row)
        slopes.append(0.0 if line is None else line.slope)
    pitch, roll = horizon_attitude(np.array(rows), np.array(slopes), focal, height)
    y = np.array(rows) + np.array(slopes) * (x - width / 2)
    rays = level_rays(x, y, focal=focal, pitch=pitch, roll=roll, size=(width, height))
    return np.asarray(rays.azimuth)


def _seen(direction: Array, near: Array, moved: Array) -> Array:
    """Directions (draws x frames) in which the foot stands."""
    east = np.sin(direction)[:, None] - near[:, None] * moved[..., 0]
    north = np.cos(direction)[:, None] - near[:, None] * moved[..., 1]
    return np.arctan2(east, north)


def _fit(bearings: Array, moved: Array) -> tuple[Array, Array] | None:
    """Direction and 1 / distance of each draw by Gauss-Newton; None where the way has no breadth.

    `bearings` draws x frames, radians; `moved` (1 or draws) x frames x 2, metres from the middle.
    """
    direction = np.arctan2(np.sin(bearings).mean(axis=1), np.cos(bearings).mean(axis=1))
    near = np.zeros_like(direction)
    for _ in range(6):
        east = np.sin(direction)[:, None] - near[:, None] * moved[..., 0]
        north = np.cos(direction)[:, None] - near[:, None] * moved[..., 1]
        square = east**2 + north**2
        left = bearings - np.arctan2(east, north)
        left = np.arctan2(np.sin(left), np.cos(left))
        by_direction = (
            north * np.cos(direction)[:, None] + east * np.sin(direction)[:, None]
        ) / square
        by_near = (-north * moved[..., 0] + east * moved[..., 1]) / square
        a = (by_direction**2).sum(axis=1)
        b = (by_direction * by_near).sum(axis=1)
        c = (by_near**2).sum(axis=1)
        p, q = (by_direction * left).sum(axis=1), (by_near * left).sum(axis=1)
        whole = a * c - b**2
        if (whole <= 1e-9 * a * np.maximum(c, 1.0)).any():
            return None
        direction = direction + (c * p - b * q) / whole
        near = near + (a * q - b * p) / whole
    return direction, near
