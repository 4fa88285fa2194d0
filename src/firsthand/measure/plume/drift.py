"""How the smoke's texture moves across the picture: its head as a whole, checked by small blocks.

The upper part of the smoke is looked for, as it is, in later frames with the camera's motion taken
out (normalised correlation); the same again with small blocks of it. Both must say the same, or no
drift is told. Dense optical flow is not used: on smoke it reads too short by half (Farneback, and
DIS, doi:10.1007/978-3-319-46493-0_29, too), since what varies slowly looks like standing still.
Across the view only: what goes away or comes near is not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from firsthand.measure.plume.find import Found
from firsthand.measure.plume.motion import FEWEST_POINTS, Step, step_between
from firsthand.measure.plume.segment import Candidate, Scene

__all__ = ["Drift", "smoke_drift"]

Array = NDArray[np.float64]
Bytes = NDArray[np.uint8]

LAGS_S: Final = (0.8, 1.2, 1.6, 2.0)
MOST_STARTS: Final = 7
HEAD: Final = 0.6
SIDE_MARGIN, TOP_MARGIN = 0.20, 0.15
"""Shares of the head's frame that the whole may move by."""
LEAST_WHOLE: Final = 0.5
BLOCK_SHARE: Final = 0.35
LEAST_CORRELATION: Final = 0.6
MOST_DISAGREEMENT: Final = 0.45
LEAST_STEPS: Final = 4


@dataclass(frozen=True)
class Drift:
    """Pixels a second to the right (+) by the whole head, and the deviation.

    `agree` whether blocks say the same within what both scatter.
    """

    px_s: float
    sd_px_s: float
    agree: bool


def _pair(
    before: Scene, after: Scene, step: Step, piece: Candidate
) -> tuple[Bytes, Bytes, NDArray[np.bool_]] | None:
    """Crops of two frames, the second laid on the first, and the smoke's mask there."""
    height, width = piece.mask.shape
    pad = round(0.03 * width)
    left, right = max(piece.left - pad, 0), min(piece.right + pad, width)
    top, bottom = max(piece.top - pad, 0), min(piece.bottom + 1, height)
    # The head moves as a whole; the stem's outline stands while smoke passes through it.
    bottom = top + max(round(HEAD * (bottom - top)), 8)
    if right - left < 16 or bottom - top < 16:
        return None
    gain = 127 / max(piece.body * 1.3, 1.0)
    moved = cv2.warpAffine(after.sky.light, step.matrix, (width, height), flags=cv2.INTER_CUBIC)

    def crop(light: Any) -> Bytes:
        part = light[top:bottom, left:right] * gain + 128
        return np.asarray(np.clip(part, 0, 255), dtype=np.uint8)

    return crop(before.sky.light), crop(moved), piece.mask[top:bottom, left:right]


def _peak(score: Any, x: int, y: int) -> float:
    """Column of a correlation's peak to a fraction of a pixel."""
    before, peak, after = score[y, x - 1 : x + 2]
    bend = before - 2 * peak + after
    return float(x + (0.5 * (before - after) / bend if bend < 0 else 0.0))


def _whole(still: Bytes, moved: Bytes) -> float:
    """How far the head as a whole went aside; NaN where it is not found again."""
    height, width = still.shape
    aside, up = max(4, round(SIDE_MARGIN * width)), max(4, round(TOP_MARGIN * height))
    part = np.ascontiguousarray(still[up : height - up, aside : width - aside])
    if min(part.shape) < 6 or part.std() < 3:
        return float("nan")
    score = cv2.matchTemplate(moved, part, cv2.TM_CCOEFF_NORMED)
    _, best, _, (x, y) = cv2.minMaxLoc(score)
    if best < LEAST_WHOLE or not 0 < x < score.shape[1] - 1:
        return float("nan")
    return float(_peak(score, x, y) - aside)


def _blocks(still: Bytes, moved: Bytes, mask: NDArray[np.bool_]) -> float:
    """Median shift of blocks within the head: a vote."""
    height, width = still.shape
    side = max(round(BLOCK_SHARE * min(height, width)), 10)
    reach = max(side // 2, 5)
    shifts = []
    for y in range(0, height - side + 1, max(side // 2, 1)):
        for x in range(0, width - side + 1, max(side // 2, 1)):
            share = mask[y : y + side, x : x + side].mean()
            block = still[y : y + side, x : x + side]
            if share < 0.3 or block.std() < 6:
                continue
            y0, x0 = max(y - reach, 0), max(x - reach, 0)
            area = moved[y0 : y + side + reach, x0 : x + side + reach]
            score = cv2.matchTemplate(area, block, cv2.TM_CCOEFF_NORMED)
            _, best, _, (at_x, at_y) = cv2.minMaxLoc(score)
            if best < LEAST_CORRELATION or not 0 < at_x < score.shape[1] - 1:
                continue
            shifts.append(_peak(score, at_x, at_y) + x0 - x)
    return float(np.median(shifts)) if len(shifts) >= 2 else float("nan")


def _middle(values: Array, weights: Array) -> tuple[float, float]:
    """Weighted median of the finite values, and their weighted scatter about it."""
    known = np.isfinite(values)
    values, weights = values[known], weights[known]
    order = np.argsort(values)
    so_far = np.cumsum(weights[order])
    middle = float(values[order][np.searchsorted(so_far, so_far[-1] / 2)])
    return middle, float(np.sqrt(np.average((values - middle) ** 2, weights=weights)))


def smoke_drift(scenes: list[Scene], t_s: Array, found: Found) -> Drift | None:
    """Drift across the view in pixels a second; None where too little can be followed.

    Frames LAGS_S apart are compared, since smoke at a distance moves a fraction of a pixel a frame;
    a longer lag weighs more. A few starts spread over the clip are enough, as neighbours agree.
    """
    frames = found.frames
    starts = np.unique(np.linspace(0, len(frames) - 1, min(MOST_STARTS, len(frames))).astype(int))
    whole, blocks, lags, travel = [], [], [], []
    for one in (frames[k] for k in starts):
        piece = found.pieces[one]
        for wanted in LAGS_S:
            later = next((k for k in frames if t_s[k] - t_s[one] >= wanted - 1e-6), None)
            if later is None or piece is None:
                continue
            step = step_between(scenes[one], scenes[later], piece.mask)
            if step is None or step.points < FEWEST_POINTS:
                continue
            pair = _pair(scenes[one], scenes[later], step, piece)
            if pair is None:
                continue
            lag = float(t_s[later] - t_s[one])
            whole.append(_whole(*pair[:2]) / lag)
            blocks.append(_blocks(*pair) / lag)
            lags.append(lag)
            travel.append(step.parallax / lag)
    by_whole, by_blocks, weights = np.array(whole), np.array(blocks), np.array(lags)
    if min(np.isfinite(by_whole).sum(), np.isfinite(by_blocks).sum()) < LEAST_STEPS:
        return None
    value, scatter = _middle(by_whole, weights)
    check, _ = _middle(by_blocks, weights)
    apart = abs(value - check)
    # The pairs overlap, so their scatter does not average out.
    sd = float(np.sqrt(scatter**2 + (apart / 2) ** 2 + np.median(travel) ** 2))
    agree = apart <= max(MOST_DISAGREEMENT * max(abs(value), abs(check)), scatter)
    return Drift(value, sd, bool(agree))
