"""The top and the root of a piece of smoke, to a fraction of a pixel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from firsthand.measure.plume.segment import FLOOR, Candidate, Scene, outline

__all__ = ["Edge", "root_column", "top_edge"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

MAST: Final = 0.026
MAST_ASPECT: Final = 2.0
"""A spike narrower than this share of the width, and this much taller than wide, is no smoke."""


@dataclass(frozen=True)
class Edge:
    """The highest point of an outline in pixels, and half the smoke's width below it."""

    x: float
    y: float
    half_width: float


def top_edge(scene: Scene, candidate: Candidate, level: float) -> Edge | None:
    """The highest row of the outline at this level, interpolated between rows."""
    mask = _without_mast(outline(scene, candidate, level))
    held = np.flatnonzero(mask.any(axis=0))
    if len(held) < 3:
        return None
    first = mask[:, held].argmax(axis=0)
    # A top is three columns wide at least: one pixel of noise is none.
    steady = np.array([np.max(first[max(k - 1, 0) : k + 2]) for k in range(len(first))])
    at = int(np.argmin(steady))
    ties = np.flatnonzero(steady <= steady[at] + 1)
    columns = held[ties]
    bar = max(level * candidate.body, FLOOR * scene.noise)
    row = int(steady[at])
    distance = scene.sky.distance
    width = slice(max(int(columns[0]), 0), int(columns[-1]) + 1)
    inner = float(np.percentile(distance[min(row + 1, len(mask) - 1), width], 60))
    outer = float(np.percentile(distance[max(row - 1, 0), width], 60))
    part = (inner - bar) / (inner - outer) if inner > outer else 0.5
    y = row + 1.5 - 2 * float(np.clip(part, 0, 1))
    span = max(round(0.25 * candidate.height), 4)
    below = mask[row : row + span].sum(axis=1)
    return Edge(float(np.mean(columns)) + 0.5, y, float(np.percentile(below, 75)) / 2)


def _without_mast(mask: Mask) -> Mask:
    """Leave out a narrow, tall spike on top: a mast or a pole that stands before the smoke."""
    width = mask.shape[1]
    wide = max(round(MAST * width), 3)
    kernel = np.ones((1, wide), np.uint8)
    broad = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, kernel)
    rows, broad_rows = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(broad.any(axis=1))
    if len(broad_rows) == 0:
        return mask
    first, body = int(rows[0]), int(broad_rows[0])
    spike = mask[first:body].sum(axis=1)
    if body - first <= MAST_ASPECT * max(float(np.median(spike)) if len(spike) else 0.0, 3.0):
        return mask
    out = mask.copy()
    out[:body] = False
    return out


def root_column(scene: Scene, candidate: Candidate) -> float:
    """Column where the smoke's middle line, drawn on from its lower half, meets the ground.

    The lowest rows themselves are left out: roofs stand there.
    """
    mask = candidate.mask
    floor = candidate.bottom - 0.06 * candidate.height
    rows = np.arange(round(candidate.bottom - 0.55 * candidate.height), round(floor) + 1)
    rows = rows[mask[rows].any(axis=1)]
    middle = (candidate.left + candidate.right) / 2
    if len(rows) < 4:
        return middle
    columns = np.arange(mask.shape[1])
    weight = mask[rows] * scene.sky.distance[rows]
    centre = weight @ columns / weight.sum(axis=1) + 0.5
    lean, offset = np.polyfit(rows - rows[-1], centre, 1)
    ground = float(scene.ground[int(np.clip(centre[-1], 0, mask.shape[1] - 1))])
    at = offset + lean * (min(ground, candidate.bottom + 1.0) - rows[-1])
    reach = 0.15 * candidate.width
    return float(np.clip(at, candidate.left - reach, candidate.right + reach))
