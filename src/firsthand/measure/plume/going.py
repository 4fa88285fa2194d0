"""How the smoke goes on: its height in each frame, rise, drift and growth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from firsthand.measure.plume.answer import Seen, Side
from firsthand.measure.plume.camera import focal_px, horizon_attitude, level_rays
from firsthand.measure.plume.drift import smoke_drift
from firsthand.measure.plume.given import Given
from firsthand.measure.plume.height import Draws
from firsthand.measure.plume.plane import height_at_depth
from firsthand.measure.plume.rates import Line, robust_line
from firsthand.records import Quantity, quantity

__all__ = ["Drifting", "drifting", "growth", "heights_of", "rise_of"]

Array = NDArray[np.float64]

SLOWEST_SD: Final = 2.0
"""Deviations by which a drift must stand out to be told."""
FEWEST_FRAMES: Final = 5
SCALE_SD: Final = 0.15
"""Of the texture's depth within the smoke and of its own churning, relative."""


@dataclass(frozen=True)
class Drifting:
    """The side that the smoke goes to, its speed across the view, the compass range (degrees)."""

    side: Side | None = None
    speed: Quantity | None = None
    to_deg: tuple[float, float] | None = None


def heights_of(seen: Seen, draws: Draws, given: Given) -> Array:
    """Height of every frame with the inputs at their medians."""
    assert given.distance_m is not None  # noqa: S101 -- the caller has a range
    path = seen.trace
    size = path.sighting.size
    focal = focal_px(float(np.median(draws.hfov_deg)), size[0])
    depth = float(np.median(draws.depth)) * given.distance_m.value
    heights = []
    for j, k in enumerate(path.frames):
        horizon = seen.scenes[k].horizon
        if horizon is not None and horizon.flat:
            pitch, roll = horizon_attitude(horizon.row, horizon.slope, focal, size[1])
        else:
            pitch, roll = horizon_attitude(path.base[j, 1], 0.0, focal, size[1])
        base, top = (
            level_rays(*point, focal=focal, pitch=pitch, roll=roll, size=size)
            for point in (path.base[j], path.top[j])
        )
        heights.append(float(height_at_depth(base, top, given.distance_m.value, depth)))
    return np.array(heights)


def rise_of(seen: Seen, times: Array, heights: Array, draws: Draws) -> Quantity | None:
    """Rise of the top, metres a second; None where the camera's motion is not known."""
    assert draws.height_m is not None  # noqa: S101 -- the caller has a range
    t = times[seen.trace.frames]
    relative = float(np.std(np.log(np.maximum(draws.height_m, 1e-6))))
    steady = seen.motion.enough or all(
        s.horizon is not None and s.horizon.flat for s in seen.scenes
    )
    if not steady or len(t) < FEWEST_FRAMES:
        return None
    line = robust_line(t, heights, float(t.mean()))
    return _rate(line, relative, "m/s", "robust slope of the height")


def _rate(line: Line, relative: float, unit: str, how: str) -> Quantity:
    sd = float(np.hypot(line.slope_sd, relative * line.slope))
    return quantity(line.slope, line.slope - 1.96 * sd, line.slope + 1.96 * sd, unit, how)


def drifting(seen: Seen, times: Array, given: Given, draws: Draws) -> Drifting:
    """Drift across the view; nothing is told where head and blocks differ or ground is missing."""
    flow = smoke_drift(seen.scenes, times, seen.found) if seen.motion.enough else None
    if flow is None or not flow.agree:
        return Drifting()
    if abs(flow.px_s) < SLOWEST_SD * flow.sd_px_s:
        return Drifting("none")
    side: Side = "right" if flow.px_s > 0 else "left"
    to = None
    if given.heading_deg is not None:
        # One view tells the side; towards or away it does not tell.
        start = given.heading_deg.value + (0 if side == "right" else 180)
        to = (start % 360, (start + 180) % 360)
    if given.distance_m is None:
        return Drifting(side, None, to)
    focal = float(focal_px(float(np.median(draws.hfov_deg)), seen.trace.sighting.size[0]))
    metres = given.distance_m.value * (1 + float(np.median(draws.depth))) / focal
    relative = np.hypot(given.distance_m.sd / given.distance_m.value, SCALE_SD)
    speed = abs(flow.px_s) * metres
    sd = float(np.hypot(flow.sd_px_s * metres, relative * speed))
    how = "across the view: the smoke's head followed, camera motion taken out"
    low, high = max(speed - 1.96 * sd, 0.0), speed + 1.96 * sd
    return Drifting(side, quantity(speed, low, high, "m/s", how), to)


def growth(seen: Seen, times: Array) -> Quantity | None:
    """Relative growth of the smoke's area in the picture, a second."""
    kept = [
        (float(times[k]), piece) for k, piece in enumerate(seen.found.pieces) if piece is not None
    ]
    if len(kept) < FEWEST_FRAMES:
        return None
    t = np.array([at for at, _ in kept])
    logs = np.log([piece.mask.sum() for _, piece in kept])
    return _rate(robust_line(t, logs, float(t.mean())), 0.0, "1/s", "robust slope of ln(area)")
