"""A model of the bare sky, and how far each pixel stands from it.

Clear and hazy skies vary slowly: a quadratic surface for each colour, fitted to what lies above
the horizon, with whatever does not fit (smoke, clouds, poles) weighted down step by step. The
residual, over the noise of the fitted part, is what the segmentation works on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["Sky", "fit_sky"]

Floats = NDArray[np.float32]
Picture = NDArray[np.uint8]

SAMPLES_ACROSS: Final = 64
ROW_SAMPLES: Final = 48
ROUNDS: Final = 8
LEAST_NOISE: Final = 0.8
"""Grey levels: a coded picture's quantisation, below which no sky is quiet."""


@dataclass(frozen=True)
class Sky:
    """Residuals of one picture against its own bare sky.

    `residual` is height x width x 3 (colour less sky), smoothed; `noise` in grey levels;
    `share` the part of the area above the horizon that the model explains. `distance` is the root
    mean square of the residual over the colours, `light` its signed lightness, grey levels.
    """

    residual: Floats
    model: Floats
    noise: float
    share: float

    distance: Floats
    light: Floats


def _sky(residual: Floats, model: Floats, noise: float, share: float) -> Sky:
    squared = np.einsum("ijk,ijk->ij", residual, residual)
    weights = np.array([0.299, 0.587, 0.114], dtype=np.float32)
    return Sky(
        residual,
        model,
        noise,
        share,
        np.asarray(np.sqrt(squared / 3), dtype=np.float32),
        np.asarray(residual @ weights, dtype=np.float32),
    )


def _terms(x: Floats, y: Floats) -> Floats:
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y, y**3], axis=-1)


def fit_sky(picture: Picture, above: NDArray[np.bool_], slope: float | None = None) -> Sky | None:
    """Fit the sky of an RGB picture; `above` marks the pixels above the horizon.

    `slope` is the level horizon's, along which rows are taken to be alike; None for no such thing.

    None where too little of the picture is above the horizon.
    """
    height, width = above.shape
    smooth = cv2.GaussianBlur(picture, (0, 0), 0.9).astype(np.float32)
    step = max(width // SAMPLES_ACROSS, 1)
    ys, xs = np.nonzero(above[::step, ::step])
    if len(ys) < 200:
        return None
    ys, xs = ys * step, xs * step
    scale = np.float32(2.0 / width)
    x, y = (xs * scale - 1).astype(np.float32), (ys * scale).astype(np.float32)
    terms, colours = _terms(x, y), smooth[ys, xs]
    weight = np.ones(len(ys), dtype=np.float32)
    sigma = 0.0
    for k in range(ROUNDS):
        left = terms * weight[:, None]
        model = np.linalg.solve(
            left.T @ terms + 1e-3 * np.eye(terms.shape[1], dtype=np.float32), left.T @ colours
        )
        off = np.sqrt(np.mean((colours - terms @ model) ** 2, axis=1))
        # The middle half sets the scale while smoke may fill the rest.
        sigma = max(1.2 * float(np.percentile(off, 45)), LEAST_NOISE)
        cut = sigma * (5.0 if k < 3 else 3.0)
        weight = np.where(off < cut, (1 - (off / cut) ** 2) ** 2, 0).astype(np.float32)
    rows = (np.arange(height, dtype=np.float32) * scale)[:, None]
    columns = (np.arange(width, dtype=np.float32) * scale - 1)[None, :]
    surface = _surface(rows, columns, model.astype(np.float32))
    residual = smooth - surface
    common = np.float32(0) if slope is None else _row_common(residual, above, slope)
    residual -= common
    off = np.sqrt(np.mean(residual[ys, xs] ** 2, axis=1))
    fitted = off < 3.0 * sigma
    noise = max(float(np.sqrt(np.mean(off[fitted] ** 2))), LEAST_NOISE / 2)
    return _sky(residual, surface + common, noise, float(fitted.mean()))


def _surface(rows: Floats, columns: Floats, model: Floats) -> Floats:
    """The fitted surface on the full grid, term by term to spare memory."""
    planes = []
    for colour in range(3):
        a = model[:, colour]
        along = a[0] + a[2] * rows + a[5] * rows**2 + a[6] * rows**3
        across = a[1] * columns + a[3] * columns**2
        planes.append(along + across + a[4] * (rows * columns))
    return np.stack(planes, axis=-1).astype(np.float32)


def _row_common(residual: Floats, above: NDArray[np.bool_], slope: float) -> Floats:
    """What the sky pixels of a row have in common, broadcast back along the horizon's slope."""
    height, width = above.shape
    columns = np.arange(0, width, max(width // ROW_SAMPLES, 1))
    drop = np.round(slope * (columns - width / 2)).astype(int)
    rows = np.arange(height)[:, None] + drop[None, :]
    inside = (rows >= 0) & (rows < height)
    rows = np.clip(rows, 0, height - 1)
    inside &= above[rows, columns[None, :]]
    values = residual[rows, columns[None, :]]
    common = np.zeros((height, 3), dtype=np.float32)
    count = inside.sum(axis=1)
    whole = count == len(columns)
    common[whole] = np.median(values[whole], axis=1)
    for row in np.flatnonzero((count >= ROW_SAMPLES // 4) & ~whole):
        common[row] = np.median(values[row, inside[row]], axis=0)
    common = np.asarray(cv2.GaussianBlur(common, (1, 5), 1.0), np.float32).reshape(height, 3)
    back = np.arange(height)[:, None] - np.round(slope * (np.arange(width) - width / 2)).astype(int)
    return np.asarray(common[np.clip(back, 0, height - 1)], dtype=np.float32)
