"""Robust slopes over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Line", "robust_line"]

Array = NDArray[np.float64]

NORMAL_MAD = 1.4826
FLOOR = 0.006


@dataclass(frozen=True)
class Line:
    """`level` at the middle time, `slope` per second, their standard deviations, `scatter`."""

    level: float
    slope: float
    level_sd: float
    slope_sd: float
    scatter: float


def robust_line(t: Array, y: Array, middle: float) -> Line:
    """Theil-Sen line through (t, y), its level at `middle`.

    Neighbouring frames share their errors (the smoke's shape changes slowly), so the deviations
    count every third point as independent, and a scatter below FLOOR of the level as that. With
    fewer than three points the slope is 0 and its deviation infinite.
    """
    if len(t) < 3:
        level = float(np.median(y))
        return Line(level, 0.0, float(np.ptp(y)) / 2, float("inf"), float(np.ptp(y)))
    one, two = np.triu_indices(len(t), 1)
    slope = float(np.median((y[two] - y[one]) / (t[two] - t[one])))
    rest = y - slope * (t - middle)
    level = float(np.median(rest))
    scatter = float(NORMAL_MAD * np.median(np.abs(rest - level)))
    free = max(len(t) / 3, 1.5)
    scatter = max(scatter, FLOOR * abs(level))
    spread = float(np.std(t)) or 1.0
    return Line(level, slope, scatter / np.sqrt(free), scatter / (spread * np.sqrt(free)), scatter)
