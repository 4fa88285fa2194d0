"""How dark the smoke is against the sky beside it. Described, never judged.

Smoke with the sun behind it looks black whatever burns, and light patches at the foot may be
steam, dust, white smoke, or a wall in the sun.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from firsthand.measure.plume.segment import Candidate, Scene

__all__ = ["Darkness", "darkness_of"]

Array = NDArray[np.float64]

DISPLAY_GAMMA: Final = 2.2
"""Coded values to light, near enough (Rec. 709 and sRGB differ less than cameras do)."""
LOW_PART: Final = 0.35
PATCH: Final = 12.0
"""Grey levels by which a light patch outshines the sky beside it."""
LEAST_PATCH_SHARE: Final = 0.04


@dataclass(frozen=True)
class Darkness:
    """`ratio` of the body's light to the sky's beside it (1 alike, 0 black); its spread.

    `patch_ratio` the same for light patches in the lowest third, `patch_share` the part of that
    third which they fill; None where there are none.
    """

    ratio: float
    low: float
    high: float
    patch_ratio: float | None
    patch_share: float


def _light(values: Array) -> Array:
    return np.asarray((np.clip(values, 0, 255) / 255) ** DISPLAY_GAMMA)


def darkness_of(scene: Scene, piece: Candidate) -> Darkness | None:
    """Compare inside with the sky that the model puts behind it; None for too small a piece."""
    weights = np.array([0.299, 0.587, 0.114])
    core = piece.mask & (scene.sky.distance > 0.6 * piece.body)
    if core.sum() < 20:
        return None
    sky = _light(scene.sky.model[core] @ weights)
    ratio = _light((scene.sky.model[core] + scene.sky.residual[core]) @ weights) / np.maximum(
        sky, 1e-4
    )
    low, middle, high = np.percentile(ratio, [10, 50, 90])
    rows = np.arange(piece.mask.shape[0])[:, None]
    foot = piece.mask & (rows > piece.bottom - LOW_PART * piece.height)
    bright = foot & (scene.sky.light > PATCH)
    share = float(bright.sum()) / max(int(foot.sum()), 1)
    patch = None
    if share > LEAST_PATCH_SHARE:
        inside = _light((scene.sky.model[bright] + scene.sky.residual[bright]) @ weights)
        beside = np.maximum(_light(scene.sky.model[bright] @ weights), 1e-4)
        patch = float(np.median(inside / beside))
    return Darkness(
        float(middle), float(low), float(high), patch, share if patch is not None else 0.0
    )
