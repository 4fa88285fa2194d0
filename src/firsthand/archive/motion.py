"""What changed where, on one grid for both recordings, so that the changes can be compared.

The reference is warped into the query's picture; each picture is freed of its slow shading, and
two signals of change are taken: against the picture two steps away, and against three seconds'
mean. Steps 5 to 8 of the method in docs/explanation/footage-matching.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from firsthand.archive.geometry import Matrix, Registration, unit_map
from firsthand.archive.picture import Bytes
from firsthand.archive.stretch import Stretch

__all__ = ["GRID_SIDE", "Grid", "Signals", "common_grid", "placed", "signals"]

GRID_SIDE = 80
LEAST_SIDE = 10
SHADING, SMOOTHING = 8.0, 0.7
"""Gaussian sigmas, in grid pixels."""
TEXTURE, STILL_REACH, QUIET_REACH = 1.5, 3, 5
"""What moves shades its surroundings by way of SHADING; the noise is looked for in what is finer
than that, and not next to anything that moves."""
SPAN, MEAN_HALF = 2, 20
QUIET_SIGMAS, FULL_SIGMAS = 2.5, 4.0
SIGMA_BOUNDS = (0.3, 2.0)
"""Grey levels that the noise estimate is held within."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Grid:
    """Maps from grid pixels to pixels of the query's and the reference's small pictures."""

    width: int
    height: int
    mask: NDArray[np.bool_]
    query_map: Floats
    reference_map: Floats
    query_scale: float
    reference_scale: float
    footprint: tuple[float, float, float, float]
    """Left, top, right, bottom of the shared part in the reference, as shares."""


@dataclass(frozen=True)
class Signals:
    """Of n pictures over p shared grid pixels, each (n, p): the pictures, their finest texture, and
    two signals of change. `restless`: grey levels that the median pixel changes by, as a standard
    deviation. `still`: pixels that nothing moves through; `quiet`: nor close by."""

    pictures: Floats
    texture: Floats
    change: Floats
    slow: Floats
    still: NDArray[np.bool_]
    quiet: NDArray[np.bool_]
    restless: float


def common_grid(query: Stretch, reference: Stretch, registration: Registration) -> Grid | None:
    """The grid over what both show, `GRID_SIDE` long; None if that is too little to compare."""
    corners = np.array([[0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]], np.float64)
    back = corners @ np.linalg.inv(registration.matrix).T
    if np.any(back[:, 2] * back[0, 2] <= 0):
        return None
    quad = back[:, :2] / back[:, 2:]
    low, high = np.clip(quad.min(0), 0, 1), np.clip(quad.max(0), 0, 1)
    query_size, reference_size = query.proxy_size, reference.proxy_size
    span = (high - low) * query_size
    if span.min() < LEAST_SIDE:
        return None
    middle = np.append((low + high) / 2, 1.0)
    zoom = _zoom(registration.matrix, middle, query_size, reference_size)
    size = min(float(GRID_SIDE), float(span.max()), float(span.max()) * zoom)
    width, height = (max(round(size * edge / span.max()), LEAST_SIDE) for edge in span)
    columns, rows = np.meshgrid(
        (np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height
    )
    unit = np.stack([low[0] + columns * (high[0] - low[0]), low[1] + rows * (high[1] - low[1])], -1)
    there = np.concatenate([unit, np.ones((height, width, 1))], -1) @ registration.matrix.T
    there = there[..., :2] / there[..., 2:]
    margin = 0.5 / np.array(reference_size)
    inside = np.all((there > margin) & (there < 1 - margin), axis=-1)
    eroded = cv2.erode(inside.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
    if eroded.sum() < LEAST_SIDE * LEAST_SIDE:
        return None
    left, top = there[eroded].min(0)
    right, bottom = there[eroded].max(0)
    return Grid(
        width=width,
        height=height,
        mask=eroded,
        query_map=_pixels(unit, query_size),
        reference_map=_pixels(there, reference_size),
        query_scale=float(span.max() / size),
        reference_scale=float(span.max() * zoom / size),
        footprint=(float(left), float(top), float(right), float(bottom)),
    )


def _zoom(
    matrix: Matrix, at: NDArray[np.float64], query: tuple[int, int], reference: tuple[int, int]
) -> float:
    """Reference pixels a query pixel, at a place."""
    step = np.array([[1 / query[0], 0, 0], [0, 1 / query[1], 0]]) + at
    points = np.vstack([at, step]) @ matrix.T
    moved = points[:, :2] / points[:, 2:] * np.array(reference)
    return float(np.linalg.norm(moved[1:] - moved[0], axis=1).mean())


def _pixels(unit: NDArray[np.float64], size: tuple[int, int]) -> Floats:
    back = np.linalg.inv(unit_map(*size))
    moved = unit * [back[0, 0], back[1, 1]] + [back[0, 2], back[1, 2]]
    return np.asarray(moved, np.float32)


def placed(picture: Bytes, grid: Grid, *, reference: bool, flipped: bool) -> Floats:
    """One small picture (height, width) on the grid."""
    where = grid.reference_map if reference else grid.query_map
    scale = grid.reference_scale if reference else grid.query_scale
    whole = picture[:, ::-1] if flipped else picture
    source: Any = np.ascontiguousarray(whole, dtype=np.float32)
    if scale > 1.2:
        source = cv2.GaussianBlur(source, (0, 0), 0.45 * scale)
    across, down = (np.ascontiguousarray(where[..., axis]) for axis in (0, 1))
    out = cv2.remap(source, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(out, np.float32)


def signals(pictures: Bytes, grid: Grid, *, reference: bool, flipped: bool = False) -> Signals:
    """Small pictures (n, height, width) onto the grid and into signals."""
    weight = grid.mask.astype(np.float32)
    shade = np.maximum(cv2.GaussianBlur(weight, (0, 0), SHADING), 1e-3)
    count = int(grid.mask.sum())
    out = np.empty((len(pictures), count), np.float32)
    texture = np.empty_like(out)
    for at, picture in enumerate(pictures):
        here = placed(picture, grid, reference=reference, flipped=flipped)
        slow = cv2.GaussianBlur(here * weight, (0, 0), SHADING) / shade
        fine = cv2.GaussianBlur((here - slow) * weight, (0, 0), SMOOTHING)
        out[at] = fine[grid.mask]
        texture[at] = (fine - cv2.GaussianBlur(fine, (0, 0), TEXTURE))[grid.mask]
    change, restless = _change(out)
    slow_change, _ = _clipped(out - _running_mean(out))
    moved = (np.abs(change) > 0).mean(axis=0) > 0.03
    area = np.zeros(grid.mask.shape, np.uint8)
    area[grid.mask] = moved
    still, quiet = (
        ~cv2.dilate(area, np.ones((reach, reach), np.uint8)).astype(bool)[grid.mask]
        for reach in (STILL_REACH, QUIET_REACH)
    )
    return Signals(out, texture, change, slow_change, still, quiet, restless)


def _change(pictures: Floats) -> tuple[Floats, float]:
    difference = np.zeros_like(pictures)
    if len(pictures) > 2 * SPAN:
        difference[SPAN:-SPAN] = pictures[2 * SPAN :] - pictures[: -2 * SPAN]
    return _clipped(difference)


def _clipped(difference: Floats) -> tuple[Floats, float]:
    """Softly: what stays within the noise is 0, what is far above it 1."""
    sample = np.abs(difference[:: max(len(difference) // 60, 1)])
    restless = float(1.48 * np.median(sample))
    sigma = float(np.clip(restless, *SIGMA_BOUNDS))
    size = np.clip((np.abs(difference) - QUIET_SIGMAS * sigma) / (FULL_SIGMAS * sigma), 0, 1)
    return (np.sign(difference) * size).astype(np.float32), restless


def _running_mean(pictures: Floats) -> Floats:
    count = len(pictures)
    total = np.concatenate([np.zeros((1, pictures.shape[1])), np.cumsum(pictures, 0, np.float64)])
    first = np.maximum(np.arange(count) - MEAN_HALF, 0)
    last = np.minimum(np.arange(count) + MEAN_HALF + 1, count)
    mean: Floats = ((total[last] - total[first]) / (last - first)[:, None]).astype(np.float32)
    return mean
