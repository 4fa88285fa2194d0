"""How a camera turned, from things far away that a person marked.

Corners inside the mark are found in the first frame and looked for in every other one (pyramidal
Lucas-Kanade, forward and back, begun where they were last or where the ground has gone since), so
that errors do not add up. The median of how far they stand aside of where they stood, as an angle,
is how far the camera turned.
"""

from __future__ import annotations

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from firsthand.measure.plume.camera import horizon_attitude, level_rays
from firsthand.measure.plume.motion import LUCAS_KANADE, Motion
from firsthand.measure.plume.segment import Scene
from firsthand.measure.plume.travel import Far

__all__ = ["turning"]

Array = NDArray[np.float64]

FEWEST: Final = 3
LEAST_FRAMES: Final = 0.7
"""Share of the frames in which they must be found again."""


def turning(
    scenes: list[Scene], times: Array, motion: Motion, far: Far, *, focal: float
) -> tuple[Array, float] | None:
    """Angles (radians, clockwise, 0 in the first frame) and the drift's standard deviation.

    None where what is marked cannot be followed.
    """
    grey = [
        np.asarray(cv2.cvtColor(scene.picture, cv2.COLOR_RGB2GRAY), np.uint8) for scene in scenes
    ]
    start = _corners(grey[0], far)
    if start is None:
        return None
    first = _azimuth(scenes[0], start, focal)
    at = start
    known, angles, scatter = [0], [0.0], []
    for k in range(1, len(scenes)):
        carried = np.array([motion.from_first(k, float(x), float(y)) for x, y in start])
        there, kept = max(
            (_again(grey[0], grey[k], start, guess) for guess in (at, carried)),
            key=lambda one: int(one[1].sum()),
        )
        if kept.sum() < FEWEST:
            continue
        at = start + np.median((there - start)[kept], axis=0)
        aside = first[kept] - _azimuth(scenes[k], there[kept], focal)
        angles.append(float(np.median(aside)))
        known.append(k)
        spread = 1.4826 * float(np.median(np.abs(aside - angles[-1])))
        scatter.append(spread / np.sqrt(kept.sum()))
    if len(known) < LEAST_FRAMES * len(scenes):
        return None
    return np.interp(times, times[known], angles), float(np.median(scatter))


def _corners(grey: NDArray[np.uint8], far: Far) -> Array | None:
    x, y, wide, tall = far.box
    height, width = grey.shape
    x0, x1 = round(max(x, 0)), round(min(x + wide, width))
    y0, y1 = round(max(y, 0)), round(min(y + tall, height))
    if x1 - x0 < 8 or y1 - y0 < 4:
        return None
    inside = np.zeros_like(grey)
    inside[y0:y1, x0:x1] = 255
    corners: Any = cv2.goodFeaturesToTrack(grey, 60, 0.01, 3, mask=inside, blockSize=5)
    if corners is None or len(corners) < FEWEST:
        return None
    return np.asarray(corners, dtype=float).reshape(-1, 2)


def _again(
    before: NDArray[np.uint8], after: NDArray[np.uint8], start: Array, guess: Array
) -> tuple[Array, NDArray[np.bool_]]:
    """Where the corners are in a later frame, and which of them are surely found."""
    one = np.asarray(start, dtype=np.float32).reshape(-1, 1, 2)
    two = np.asarray(guess, dtype=np.float32).reshape(-1, 1, 2).copy()
    lk: Any = cv2.calcOpticalFlowPyrLK
    how = {**LUCAS_KANADE, "flags": cv2.OPTFLOW_USE_INITIAL_FLOW}
    there, good, _ = lk(before, after, one, two, **how)
    back, good_back, _ = lk(after, before, there, one.copy(), **how)
    away = np.linalg.norm((back - one).reshape(-1, 2), axis=1)
    kept = (good.ravel() > 0) & (good_back.ravel() > 0) & (away < 0.8)
    return np.asarray(there.reshape(-1, 2), dtype=float), np.asarray(kept)


def _azimuth(scene: Scene, points: Array, focal: float) -> Array:
    height, width = scene.above.shape
    line = scene.horizon
    row, slope = (height / 2, 0.0) if line is None else (line.row, line.slope)
    pitch, roll = horizon_attitude(row, slope, focal, height)
    rays = level_rays(
        points[:, 0], points[:, 1], focal=focal, pitch=pitch, roll=roll, size=(width, height)
    )
    return np.asarray(rays.azimuth)
