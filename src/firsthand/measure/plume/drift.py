"""How the smoke's texture moves across the picture: dense flow, checked by matching blocks.

DIS flow (Kroeger et al. 2016, doi:10.1007/978-3-319-46493-0_29) inside the outline, the camera's
motion taken out; the same again by matching blocks with normalised correlation. Both must say the
same, or no drift is told. Across the view only: what goes away or comes near is not seen.
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

__all__ = ["Drift", "smoke_flow"]

Array = NDArray[np.float64]
Bytes = NDArray[np.uint8]

LAG_S: Final = 1.2
TEXTURED: Final = 60.0
HEAD: Final = 0.5
LEAST_SIDE: Final = 96
BLOCK_SHARE: Final = 0.28
LEAST_CORRELATION: Final = 0.6
MOST_DISAGREEMENT: Final = 0.45
LEAST_STEPS: Final = 3


@dataclass(frozen=True)
class Drift:
    """Pixels a second to the right (+) by flow and by blocks, and the pooled deviation.

    `agree` whether the two say the same within what they scatter.
    """

    flow_px_s: float
    blocks_px_s: float
    sd_px_s: float
    agree: bool

    @property
    def px_s(self) -> float:
        """The mean of both."""
        return (self.flow_px_s + self.blocks_px_s) / 2


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


def _flow(still: Bytes, moved: Bytes, mask: NDArray[np.bool_]) -> float:
    # Below LEAST_SIDE the method's coarsest grid has no room: OpenCV reads outside of it.
    low, aside = (max(LEAST_SIDE - side, 0) for side in still.shape)
    edge = (0, low, 0, aside, cv2.BORDER_REPLICATE)
    padded = [np.asarray(cv2.copyMakeBorder(part, *edge), np.uint8) for part in (still, moved)]
    dis: Any = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    field: Any = dis.calc(*padded, np.zeros((*padded[0].shape, 2), np.float32))
    field = field[: still.shape[0], : still.shape[1]]
    inside = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    # Where nothing varies across, flow only repeats its smoothness: it votes for no motion.
    across = np.abs(cv2.Sobel(still, cv2.CV_32F, 1, 0, ksize=3))
    inside &= across > np.percentile(across[inside], TEXTURED) if inside.any() else False
    if inside.sum() < 30:
        return float("nan")
    return float(np.average(field[..., 0][inside], weights=across[inside]))


def _blocks(still: Bytes, moved: Bytes, mask: NDArray[np.bool_]) -> float:
    """Median shift of blocks along the smoke's outline, weighted by nothing: a vote."""
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
            before, peak, after = score[at_y, at_x - 1 : at_x + 2]
            bend = before - 2 * peak + after
            part = 0.5 * (before - after) / bend if bend < 0 else 0.0
            shifts.append(at_x + part + x0 - x)
    return float(np.median(shifts)) if len(shifts) >= 3 else float("nan")


def smoke_flow(scenes: list[Scene], t_s: Array, found: Found) -> Drift | None:
    """Drift across the view in pixels a second; None where too little can be followed.

    Frames LAG_S apart are compared, since smoke at a distance moves a fraction of a pixel a frame.
    """
    frames = found.frames
    flows, blocks, travel = [], [], []
    for one in frames:
        later = [k for k in frames if t_s[k] - t_s[one] >= LAG_S]
        piece = found.pieces[one]
        if not later or piece is None:
            continue
        step = step_between(scenes[one], scenes[later[0]], piece.mask)
        if step is None or step.points < FEWEST_POINTS:
            continue
        pair = _pair(scenes[one], scenes[later[0]], step, piece)
        if pair is None:
            continue
        lag = float(t_s[later[0]] - t_s[one])
        flows.append(_flow(*pair) / lag)
        blocks.append(_blocks(*pair) / lag)
        travel.append(step.parallax / lag)
    flow, block = np.array(flows), np.array(blocks)
    if np.isfinite(flow).sum() < LEAST_STEPS or np.isfinite(block).sum() < LEAST_STEPS:
        return None
    by_flow, by_blocks = float(np.nanmedian(flow)), float(np.nanmedian(block))
    # The pairs overlap, so their scatter does not average out.
    scatter = float(max(np.nanstd(flow), np.nanstd(block)))
    apart = abs(by_flow - by_blocks)
    size = max(abs(by_flow), abs(by_blocks))
    sd = float(np.sqrt(scatter**2 + (apart / 2) ** 2 + np.median(travel) ** 2))
    return Drift(by_flow, by_blocks, sd, bool(apart <= max(MOST_DISAGREEMENT * size, scatter)))
