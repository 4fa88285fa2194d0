"""What one decoded frame tells: how it is to be turned, and its luma, small."""

from __future__ import annotations

from typing import Any

import numpy as np
from av.video.frame import VideoFrame

__all__ = ["small_luma", "turn_of"]

SMALL_SIDE = 96
"""Luma is sampled down to about this many rows for light and change."""
PLANAR_8_BIT = frozenset(
    f"{kind}{sub}p"
    for kind in ("yuv", "yuvj")
    for sub in ("420", "422", "444", "440", "411", "410")
) | {"nv12", "nv21", "gray"}
DISPLAY_MATRIX = "DISPLAYMATRIX"
TURNS = {
    (1, 0, 0, 1): (0, False), (0, 1, -1, 0): (1, False), (-1, 0, 0, -1): (2, False),
    (0, -1, 1, 0): (3, False), (-1, 0, 0, 1): (0, True), (0, 1, 1, 0): (1, True),
    (1, 0, 0, -1): (2, True), (0, -1, -1, 0): (3, True),
}  # fmt: skip
"""Signs of the matrix's a, b, c, d -> quarter turns clockwise, then a flip left to right."""
ONE = 1 << 16
FULL_RANGE = 2
"""AVCOL_RANGE_JPEG."""


def turn_of(frame: VideoFrame) -> tuple[int, bool, str]:
    """(quarter turns clockwise, flip after them, remark) from the frame's display matrix.

    The matrix maps stored to shown pixels in 16.16 fixed point (ISO/IEC 14496-12, 8.4.2.3).
    """
    matrix = frame.side_data.get(DISPLAY_MATRIX)
    if matrix is None:
        return 0, False, ""
    a, b, _, c, d, *_ = np.frombuffer(bytes(matrix), dtype=np.int32).tolist()
    signs = (_sign(a), _sign(b), _sign(c), _sign(d))
    if signs in TURNS:
        return *TURNS[signs], ""
    return 0, False, "The file asks to be shown at a slant or a scale, which was not applied."


def _sign(value: int) -> int:
    """-1, 0, 1, or 2 for a matrix entry that is none of them (scaled or slanted)."""
    if abs(value) < ONE // 64:
        return 0
    return (1 if value > 0 else -1) if abs(abs(value) - ONE) < ONE // 64 else 2


def small_luma(frame: VideoFrame) -> Any:
    """Luma of about SMALL_SIDE rows, 0 to 1, as stored (not yet upright)."""
    step = max(min(frame.width, frame.height) // SMALL_SIDE, 1)
    if frame.format.name in PLANAR_8_BIT:
        plane = frame.planes[0]
        rows = np.frombuffer(plane, dtype=np.uint8)[: plane.line_size * frame.height]
        array = rows.reshape(frame.height, plane.line_size)[::step, : frame.width : step]
        full = frame.format.name.startswith("yuvj") or int(frame.color_range) == FULL_RANGE
        if full or frame.format.name == "gray":
            return array.astype(np.float32) / 255
        return np.clip((array.astype(np.float32) - 16) / 219, 0, 1)
    size = (max(frame.width // step, 1), max(frame.height // step, 1))
    small = frame.reformat(width=size[0], height=size[1], format="rgb24").to_ndarray()
    weights = np.array([0.299, 0.587, 0.114], dtype=np.float32)
    return (small.astype(np.float32) @ weights) / 255
