"""GrabCut as a second opinion on where the smoke ends (Rother et al. 2004,
doi:10.1145/1015706.1015720): seeded from the residual, on a crop, on a few frames."""

from __future__ import annotations

from typing import Any, Final

import cv2
import numpy as np

from firsthand.measure.plume.segment import Candidate, Scene

__all__ = ["SEEDS", "cut_top"]

LARGEST_CROP: Final = 160
SEEDS: Final = ((0.70, 0.10), (0.50, 0.06))
"""Shares of the body's contrast that are surely smoke, and surely sky."""


def cut_top(scene: Scene, piece: Candidate, seeds: tuple[float, float], seed: int) -> float | None:
    """Row of the smoke's top by GrabCut, pixels of the scene; None where it finds none."""
    height, width = scene.above.shape
    pad = round(0.12 * height)
    top, bottom = max(piece.top - pad, 0), min(piece.bottom + 1, height)
    left, right = max(piece.left - pad, 0), min(piece.right + pad, width)
    crop = scene.picture[top:bottom, left:right]
    share = scene.sky.distance[top:bottom, left:right] / piece.body
    own = piece.mask[top:bottom, left:right].astype(np.uint8)
    scale = min(LARGEST_CROP / max(crop.shape[:2]), 1.0)
    size = (max(round(crop.shape[1] * scale), 8), max(round(crop.shape[0] * scale), 8))
    small: Any = cv2.resize(crop, size, interpolation=cv2.INTER_AREA)
    part: Any = cv2.resize(share, size, interpolation=cv2.INTER_AREA)
    grown = cv2.dilate(own, np.ones((9, 9), np.uint8))
    near: Any = np.asarray(cv2.resize(grown, size, interpolation=cv2.INTER_NEAREST)) > 0
    sure, sky = seeds
    marks = np.full(part.shape, cv2.GC_PR_BGD, dtype=np.uint8)
    marks[near & (part > 0.3)] = cv2.GC_PR_FGD
    marks[near & (part > sure)] = cv2.GC_FGD
    marks[(part < max(sky, 2 * scene.noise / piece.body)) | (~near & (part < sure))] = cv2.GC_BGD
    if (marks == cv2.GC_FGD).sum() < 12 or (marks == cv2.GC_BGD).sum() < 12:
        return None
    cv2.setRNGSeed(seed)
    cut: Any = cv2.grabCut
    cut(small, marks, None, np.zeros((1, 65)), np.zeros((1, 65)), 2, cv2.GC_INIT_WITH_MASK)
    smoke = (marks == cv2.GC_FGD) | (marks == cv2.GC_PR_FGD)
    rows = np.flatnonzero(smoke.sum(axis=1) >= 3)
    return None if len(rows) == 0 else float(top + rows[0] / scale)
