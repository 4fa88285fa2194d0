"""The line between sky and ground, found whole and then sharpened.

Whole: the line that best splits the picture's colours into two groups (the idea of Ettinger et al.
2003, doi:10.1163/156855303769156983), on a thumbnail sheared by each slope, so that every row of
every slope costs one cumulative sum. Sharpened: in each column the steepest step near that line,
to a fraction of a pixel, then the line that most columns agree on. Smoke, buildings and poles
stand in a minority of columns and so do not move it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["Horizon", "find_horizon"]

Array = NDArray[np.float64]
Picture = NDArray[np.uint8]

THUMB_WIDTH: Final = 96
SLOPES: Final = np.tan(np.radians(np.linspace(-14, 14, 15)))
LEAST_CONTRAST: Final = 6.0
"""Grey levels between sky and ground; below it there is no ground to be seen."""
LEAST_STEP: Final = 3.0
"""Grey levels over two rows: a fainter step is no edge of the ground."""
FLAT_SHARE: Final = 0.30
"""Of the columns, those that must lie on one straight line for it to be called level ground."""
TOLERANCE: Final = 0.0045
"""How close to the line, in picture heights, a column lies on it."""


@dataclass(frozen=True)
class Horizon:
    """`y = row + slope * (x - centre)` in pixels; `sd` in pixels.

    `flat`: enough columns lie on one line to take it for the level horizon. `skyline` is the
    lowest sky row of each column, NaN where no step was found.
    """

    row: float
    slope: float
    sd: float
    flat: bool
    skyline: Array

    def at(self, x: Array | float, width: int) -> Array:
        """Row of the line at column(s) x."""
        return np.asarray(self.row + self.slope * (np.asarray(x, float) - width / 2))


def _coarse(picture: Picture) -> tuple[float, float, float] | None:
    """Row and slope of the best splitting line, in thumbnail pixels, and its scale."""
    height, width = picture.shape[:2]
    scale = THUMB_WIDTH / width
    rows = max(round(height * scale), 8)
    thumb = np.asarray(
        cv2.resize(picture, (THUMB_WIDTH, rows), interpolation=cv2.INTER_AREA), dtype=float
    )
    columns = np.arange(THUMB_WIDTH)
    best, found = 0.0, None
    for slope in SLOPES:
        shift = np.round(slope * (columns - THUMB_WIDTH / 2)).astype(int)
        place = np.arange(rows)[:, None] + shift[None, :]
        sheared = thumb[np.clip(place, 0, rows - 1), columns[None, :]]
        sums = np.cumsum(sheared.mean(axis=1), axis=0)
        squares = np.cumsum((sheared**2).mean(axis=(1, 2)))
        above = np.arange(1, rows)[:, None]
        mean_above = sums[:-1] / above
        mean_below = (sums[-1] - sums[:-1]) / (rows - above)
        between = (above * (rows - above) / rows**2)[:, 0] * np.mean(
            (mean_above - mean_below) ** 2, axis=1
        )
        total = squares[-1] / rows - np.mean((sums[-1] / rows) ** 2)
        # A step right at the line tells a horizon from a slow gradient of the sky.
        near = max(rows // 18, 1)
        padded = np.vstack([np.zeros((1, sums.shape[1])), sums])
        row = np.arange(1, rows)
        low, high = np.clip(row - near, 0, rows), np.clip(row + near, 0, rows)
        step = (padded[high] - padded[row]) / np.maximum(high - row, 1)[:, None] - (
            padded[row] - padded[low]
        ) / np.maximum(row - low, 1)[:, None]
        score = between / max(total, 1e-9) + 2.0 * np.mean(step**2, axis=1) / max(total, 1e-9)
        score[: max(rows // 10, 1)] = 0
        score[-max(rows // 20, 1) :] = 0
        at = int(np.argmax(score))
        if score[at] > best and np.sqrt(np.mean(step[at] ** 2)) > LEAST_CONTRAST:
            best, found = float(score[at]), (at + 1.0, float(slope), scale)
    return found


def _steps(picture: Picture, guess: Array, reach: int) -> Array:
    """Sub-pixel row of the steepest colour step of each column within `reach` of the guess."""
    height, width = picture.shape[:2]
    smooth = cv2.GaussianBlur(picture, (3, 3), 0).astype(np.float32)
    offsets = np.arange(-reach, reach + 1)
    rows = np.clip(np.round(guess).astype(int)[None, :] + offsets[:, None], 1, height - 2)
    columns = np.arange(width)[None, :]
    step = np.linalg.norm(smooth[rows + 1, columns] - smooth[rows - 1, columns], axis=2)
    at = np.clip(np.argmax(step, axis=0), 1, len(offsets) - 2)
    each = np.arange(width)
    before, peak, after = step[at - 1, each], step[at, each], step[at + 1, each]
    bend = before - 2 * peak + after
    shift = np.where(np.abs(bend) > 1e-6, 0.5 * (before - after) / np.where(bend == 0, 1, bend), 0)
    found = rows[at, each] + np.clip(shift, -0.5, 0.5) + 0.5
    bar = max(0.35 * float(np.median(peak)), LEAST_STEP)
    return np.asarray(np.where(peak > bar, found, np.nan))


def _common_line(
    x: Array, y: Array, tolerance: float, slope: float
) -> tuple[float, float, NDArray[np.bool_]]:
    """The line that most points lie on: slopes near `slope`, offsets by the densest stretch."""
    best: tuple[int, float, float] = (-1, 0.0, slope)
    for trial in slope + np.linspace(-0.03, 0.03, 25):
        offsets = np.sort(y - trial * x)
        end = np.searchsorted(offsets, offsets + 2 * tolerance, side="right")
        count = end - np.arange(len(offsets))
        at = int(np.argmax(count))
        if count[at] > best[0]:
            best = (int(count[at]), float(np.median(offsets[at : end[at]])), float(trial))
    inside = np.abs(y - best[1] - best[2] * x) <= tolerance
    for _ in range(3):
        fit = np.polyfit(x[inside], y[inside], 1) if inside.sum() > 2 else (best[2], best[1])
        inside = np.abs(y - fit[1] - fit[0] * x) <= tolerance
        if inside.sum() < 3:
            return best[1], best[2], np.abs(y - best[1] - best[2] * x) <= tolerance
    return float(fit[1]), float(fit[0]), inside


def find_horizon(picture: Picture) -> Horizon | None:
    """The horizon of an RGB picture (height x width x 3), or None where no ground shows."""
    height, width = picture.shape[:2]
    coarse = _coarse(picture)
    if coarse is None:
        return None
    row, slope, scale = coarse
    columns = np.arange(width, dtype=float)
    guess = row / scale + slope * (columns - width / 2)
    skyline = _steps(picture, guess, max(round(0.045 * height), 4))
    known = np.isfinite(skyline)
    if known.sum() < width / 2:
        return None
    x, y = columns[known] - width / 2, skyline[known]
    tolerance = max(TOLERANCE * height, 0.8)
    offset, tilt, inside = _common_line(x, y, tolerance, slope)
    share = inside.sum() / width
    spread = float(np.std(y[inside] - offset - tilt * x[inside])) if inside.sum() > 2 else 5.0
    return Horizon(
        row=offset,
        slope=tilt,
        sd=max(spread / 3, 0.3) if share > FLAT_SHARE else 0.03 * height,
        flat=bool(share > FLAT_SHARE),
        skyline=skyline,
    )
