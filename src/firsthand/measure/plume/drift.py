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
from firsthand.measure.plume.motion import Motion
from firsthand.measure.plume.segment import Candidate, Scene

__all__ = ["Drift", "smoke_flow"]

Array = NDArray[np.float64]
Bytes = NDArray[np.uint8]

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
    scenes: list[Scene], motion: Motion, one: int, two: int, piece: Candidate
) -> tuple[Bytes, Bytes, NDArray[np.bool_]] | None:
    """Crops of two frames, the second laid on the first, and the smoke's mask there."""
    height, width = piece.mask.shape
    pad = round(0.03 * width)
    left, right = max(piece.left - pad, 0), min(piece.right + pad, width)
    top, bottom = max(piece.top - pad, 0), min(piece.bottom + 1, height)
    # The lowest part is smoke, roofs and heat together.
    bottom = top + max(round(0.8 * (bottom - top)), 8)
    if right - left < 16 or bottom - top < 16:
        return None
    first = np.vstack([motion.to_first[one], [0, 0, 1]])
    second = np.vstack([motion.to_first[two], [0, 0, 1]])
    step = np.linalg.solve(first, second)
    gain = 127 / max(piece.body * 1.3, 1.0)
    size = (width, height)
    moved = cv2.warpAffine(scenes[two].sky.light, step[:2], size, flags=cv2.INTER_LINEAR)
    still = scenes[one].sky.light

    def crop(light: Any) -> Bytes:
        part = light[top:bottom, left:right] * gain + 128
        return np.asarray(np.clip(part, 0, 255), dtype=np.uint8)

    return crop(still), crop(moved), piece.mask[top:bottom, left:right]


def _flow(still: Bytes, moved: Bytes, mask: NDArray[np.bool_]) -> float:
    dis = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    field: Any = dis.calc(still, moved, np.zeros((*still.shape, 2), np.float32))
    inside = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    if inside.sum() < 30:
        return float("nan")
    return float(np.median(field[..., 0][inside]))


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


def smoke_flow(scenes: list[Scene], t_s: Array, found: Found, motion: Motion) -> Drift | None:
    """Drift across the view in pixels a second; None where too little can be followed."""
    frames = found.frames
    flows, blocks = [], []
    for one, two in zip(frames[:-1], frames[1:], strict=True):
        piece = found.pieces[one]
        pair = _pair(scenes, motion, one, two, piece) if piece is not None else None
        if pair is None:
            continue
        step = float(t_s[two] - t_s[one])
        flows.append(_flow(*pair) / step)
        blocks.append(_blocks(*pair) / step)
    flow, block = np.array(flows), np.array(blocks)
    if np.isfinite(flow).sum() < LEAST_STEPS or np.isfinite(block).sum() < LEAST_STEPS:
        return None
    by_flow, by_blocks = float(np.nanmedian(flow)), float(np.nanmedian(block))
    scatter = max(
        float(np.nanstd(flow) / np.sqrt(np.isfinite(flow).sum())),
        float(np.nanstd(block) / np.sqrt(np.isfinite(block).sum())),
    )
    apart = abs(by_flow - by_blocks)
    size = max(abs(by_flow), abs(by_blocks))
    return Drift(
        by_flow,
        by_blocks,
        float(np.hypot(scatter, apart / 2)),
        bool(apart <= max(MOST_DISAGREEMENT * size, 2 * scatter)),
    )
