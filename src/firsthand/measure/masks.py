"""Masks of places on regular grids over the globe: rows from the north, columns from 180 W.

On another grid a cell is in where any cell of the mask that it touches is in, so that no place is
lost by changing grids.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Mask", "cell_of", "onto_grid"]

Mask = NDArray[np.bool_]


def onto_grid(mask: Mask, rows: int, columns: int) -> Mask:
    """The mask on a grid of so many rows and columns."""
    if mask.shape == (rows, columns):
        return mask
    tall, wide = rows // mask.shape[0], columns // mask.shape[1]
    if (tall * mask.shape[0], wide * mask.shape[1]) == (rows, columns):
        return np.asarray(mask.repeat(tall, axis=0).repeat(wide, axis=1))
    top, bottom = _edges(mask.shape[0], rows, np.arange(rows))
    left, right = _edges(mask.shape[1], columns, np.arange(columns))
    sums = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), np.int32)
    sums[1:, 1:] = mask.cumsum(axis=0, dtype=np.int32).cumsum(axis=1)
    count = sums[np.ix_(bottom, right)] - sums[np.ix_(top, right)]
    count -= sums[np.ix_(bottom, left)] - sums[np.ix_(top, left)]
    return np.asarray(count > 0)


def cell_of(mask: Mask, rows: int, columns: int, cell: tuple[int, int]) -> bool:
    """One cell of `onto_grid`, without the rest."""
    top, bottom = _edges(mask.shape[0], rows, np.array(cell[0]))
    left, right = _edges(mask.shape[1], columns, np.array(cell[1]))
    return bool(mask[int(top) : int(bottom), int(left) : int(right)].any())


def _edges(
    old: int, new: int, at: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and after-last old cells that new ones touch; in whole numbers, lest rounding miss."""
    first = at * old // new
    return first, np.maximum(-(-(at + 1) * old // new), first + 1)
