"""One level horizon through the clip: frames whose own line strays are given the others'."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from firsthand.measure.plume.horizon import Horizon
from firsthand.measure.plume.motion import Motion
from firsthand.measure.plume.segment import Scene

__all__ = ["steadied"]

STRAY: Final = 0.012
"""Share of the picture's height by which a line may differ from what the others say."""


def steadied(scenes: list[Scene], motion: Motion, *, marked: bool = False) -> list[Scene]:
    """Scenes with the stray horizons replaced, where the camera's motion is known well enough.

    Every frame's line is carried into the first frame; their median, carried back, is what a
    stray one gets, with a wider deviation. A line `marked` in the first frame holds in all.
    """
    height, width = scenes[0].above.shape
    ends = []
    for k, scene in enumerate(scenes):
        if scene.horizon is None or not scene.horizon.flat:
            continue
        left, right = scene.horizon.at(np.array([0.0, float(width)]), width)
        one, two = motion.into_first(k, 0.0, left), motion.into_first(k, float(width), right)
        slope = (two[1] - one[1]) / (two[0] - one[0])
        ends.append((one[1] + slope * (width / 2 - one[0]), slope))
    if not motion.enough or len(ends) < (1 if marked else 0.5 * len(scenes)):
        return scenes
    row, slope = ends[0] if marked else np.median(np.array(ends), axis=0)
    out = []
    for k, scene in enumerate(scenes):
        half = float(slope) * width / 2
        left = motion.from_first(k, 0.0, float(row) - half)
        right = motion.from_first(k, float(width), float(row) + half)
        tilt = (right[1] - left[1]) / (right[0] - left[0])
        middle = left[1] + tilt * (width / 2 - left[0])
        out.append(_given(scene, middle, tilt, height, width))
    return out


def _given(scene: Scene, row: float, slope: float, height: int, width: int) -> Scene:
    own = scene.horizon
    if own is not None and own.flat:
        x = np.array([0.0, width / 2, float(width)])
        away = np.abs(own.at(x, width) - (row + slope * (x - width / 2)))
        if away.max() <= STRAY * height:
            return scene
    skyline = own.skyline if own is not None else np.full(width, np.nan)
    horizon = Horizon(row, slope, 0.004 * height, True, skyline)
    ground = np.clip(horizon.at(np.arange(width, dtype=float), width), 1.0, height)
    above = np.arange(height)[:, None] < ground[None, :] - 0.008 * height
    return replace(scene, horizon=horizon, ground=ground, above=above)
