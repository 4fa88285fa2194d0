"""Marks that a person made on the full picture, carried to the working picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from firsthand.measure.plume.find import Wanted
from firsthand.measure.plume.given import Given
from firsthand.measure.plume.horizon import Horizon

__all__ = ["WORKING_WIDTH", "marked_horizon", "scaled", "shrunk"]

Picture = NDArray[np.uint8]

WORKING_WIDTH: Final = 640
"""Pictures are worked on no wider than this: the outline is known no better than that."""


def scaled(given: Given, scale: float) -> tuple[Wanted, Given]:
    """Marks in pixels of the working picture."""
    base = None if given.base is None else (given.base[0] * scale, given.base[1] * scale)
    box = None
    if given.box is not None:
        x, y, w, h = (value * scale for value in given.box)
        box = (x, y, w, h)
    reference = given.reference
    if reference is not None:
        reference = replace(
            reference,
            start=(reference.start[0] * scale, reference.start[1] * scale),
            end=(reference.end[0] * scale, reference.end[1] * scale),
        )
    far = given.far
    if far is not None:
        x, y, w, h = (value * scale for value in far.box)
        far = replace(far, box=(x, y, w, h))
    return Wanted(base, box), replace(given, reference=reference, far=far)


def marked_horizon(given: Given, scale: float, width: int) -> Horizon | None:
    """The horizon that a person drew, or None; `width` of the working picture."""
    if given.horizon is None:
        return None
    x1, y1, x2, y2 = (value * scale for value in given.horizon)
    slope = (y2 - y1) / (x2 - x1) if x2 != x1 else 0.0
    row = y1 + slope * (width / 2 - x1)
    return Horizon(row, slope, 1.0, True, np.full(width, np.nan))


def shrunk(frames: Sequence[Picture]) -> tuple[list[Picture], float]:
    """Pictures no wider than WORKING_WIDTH, and by what they were scaled."""
    width = frames[0].shape[1]
    if width <= WORKING_WIDTH:
        return list(frames), 1.0
    scale = WORKING_WIDTH / width
    size = (WORKING_WIDTH, round(frames[0].shape[0] * scale))
    small = [
        np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), np.uint8)
        for frame in frames
    ]
    return small, scale
