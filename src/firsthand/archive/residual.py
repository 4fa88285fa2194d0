"""The noise of sensor and codec: does it agree at the line more than at any other offset?

Noise is what a still pixel does from picture to picture. It belongs to one exposure, so it tells
even a perfect re-enactment apart; strong compression takes it away. One band of detail alone is
often drowned, so `pooled_noise` adds two, each over one and over four steps, before it looks for a
peak.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from firsthand.archive.align import Line
from firsthand.archive.geometry import Registration
from firsthand.archive.motion import Grid, common_grid, placed, signals
from firsthand.archive.picture import Bytes
from firsthand.archive.stretch import Stretch

__all__ = ["changes_fine", "changes_wide", "peak", "pooled_noise", "profile"]

REACH, ELSEWHERE, NEAR = 40, 4, 2
"""Grid steps round the line that are compared; from where on an offset is another one; and how far
off the line a peak still counts."""
LEAST_OVERLAP, LEAST_ELSEWHERE, LEAST_PIXELS, LEAST_STEPS = 0.6, 8, 6, 12
CLIP, LEAST_SPREAD = 3.0, 0.05
BANDS = ((0.7, 1.5), (1.5, 4.0))
"""Bands of detail, each as two Gaussian sigmas in grid pixels."""
BEFORE, ROUND = 4, 60
"""Grid steps looked at before and after the span, in the query and in the reference."""

Floats = NDArray[np.float32]
Steps = NDArray[np.int64]


def changes_fine(pictures: Floats) -> Floats:
    """Each picture against the mean of its neighbours."""
    out = np.zeros_like(pictures)
    if len(pictures) > 2:
        out[1:-1] = pictures[1:-1] - (pictures[:-2] + pictures[2:]) / 2
    return out


def changes_wide(pictures: Floats) -> Floats:
    """The picture two steps later against the one two steps before."""
    out = np.zeros_like(pictures)
    if len(pictures) > 4:
        out[2:-2] = pictures[4:] - pictures[:-4]
    return out


def profile(
    mine: Floats, theirs: Floats, still: NDArray[np.bool_], when: Steps, where: Steps
) -> NDArray[np.float64] | None:
    """Correlation of residuals (n, p) over still pixels, for offsets -REACH to REACH from the line.

    NaN where too little overlaps; None if there is nothing to compare.
    """
    if still.sum() < LEAST_PIXELS or len(when) < LEAST_STEPS:
        return None
    left, right = _normalised(mine[:, still])[when], _normalised(theirs[:, still])
    values = np.full(2 * REACH + 1, np.nan)
    for at, shift in enumerate(range(-REACH, REACH + 1)):
        moved = where + shift
        valid = (moved >= 1) & (moved < len(right) - 1)
        if valid.sum() < LEAST_OVERLAP * len(when):
            continue
        one, two = left[valid], right[moved[valid]]
        power = float(np.sqrt((one**2).sum() * (two**2).sum()))
        values[at] = float((one * two).sum()) / power if power > 0 else 0.0
    return values


def peak(values: NDArray[np.float64] | None) -> float:
    """z of the largest value near the line against those elsewhere.

    0 unless it is the largest of all, or where there is too little elsewhere.
    """
    standard = _standard(values)
    if standard is None:
        return 0.0
    near = standard[REACH - NEAR : REACH + NEAR + 1]
    if np.all(np.isnan(near)) or np.nanmax(near) < np.nanmax(standard):
        return 0.0
    return float(np.nanmax(near))


def _standard(values: NDArray[np.float64] | None) -> NDArray[np.float64] | None:
    if values is None:
        return None
    far = np.abs(np.arange(-REACH, REACH + 1)) > ELSEWHERE
    away = values[far & ~np.isnan(values)]
    spread = float(away.std()) if len(away) >= LEAST_ELSEWHERE else 0.0
    return (values - away.mean()) / spread if spread > 0 else None


def pooled_noise(
    query: Stretch,
    reference: Stretch,
    registration: Registration,
    line: Line,
    span: tuple[int, int],
) -> float:
    """z of the residuals together, at the line; 0 where nothing can be seen."""
    first, last = max(span[0] - BEFORE, 0), min(span[1] + BEFORE, query.pictures)
    ends = line.reference(np.array(span, float))
    low = max(int(ends.min()) - ROUND, 0)
    high = min(int(ends.max()) + ROUND, reference.pictures)
    when = np.arange(span[0], span[1])
    where = np.round(line.reference(when)).astype(int) - low
    valid = (where >= 0) & (where < high - low)
    steps = (when[valid] - first, where[valid])
    pictures = query.proxies(first, last), reference.proxies(low, high)
    grid = common_grid(query, reference, registration)
    if grid is None:
        return 0.0
    mine = signals(pictures[0], grid, reference=False, flipped=registration.flipped)
    theirs = signals(pictures[1], grid, reference=True)
    quiet = mine.quiet & theirs.quiet
    total: NDArray[np.float64] | None = None
    for band in BANDS:
        left = _band(pictures[0], grid, band, reference=False, flipped=registration.flipped)
        right = _band(pictures[1], grid, band, reference=True, flipped=False)
        for changes in (changes_fine, changes_wide):
            standard = _standard(profile(changes(left), changes(right), quiet, *steps))
            if standard is not None:
                total = standard if total is None else total + standard
    return peak(total)


def _band(
    pictures: Bytes, grid: Grid, band: tuple[float, float], *, reference: bool, flipped: bool
) -> Floats:
    """Detail between two sigmas, over the shared pixels."""
    weight = grid.mask.astype(np.float32)
    shade: Any = np.maximum(cv2.GaussianBlur(weight, (0, 0), band[1]), 1e-6)
    out = np.empty((len(pictures), int(grid.mask.sum())), np.float32)
    for at, picture in enumerate(pictures):
        here = placed(picture, grid, reference=reference, flipped=flipped)
        coarse = cv2.GaussianBlur(here * weight, (0, 0), band[1]) / shade
        out[at] = (cv2.GaussianBlur(here, (0, 0), band[0]) - coarse)[grid.mask]
    return out


def _normalised(residual: Floats) -> Floats:
    spread = np.maximum(np.median(np.abs(residual), axis=0), LEAST_SPREAD)
    clipped: Floats = np.clip(residual / spread, -CLIP, CLIP)
    return clipped
