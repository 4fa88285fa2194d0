"""Local features as words, so that one lookup finds the pictures that share them.

An inverted multi-index (Babenko and Lempitsky 2012, doi:10.1109/CVPR.2012.6248038): each half of a
descriptor is replaced by the nearest of 256 centres, the pair is the word. A 64-bit signature tells
apart what falls into one word (Hamming embedding; Jegou et al. 2008,
doi:10.1007/978-3-540-88682-2_24). The centres were learnt from the tuning
sources by `benchmarks/archive/codebook.py`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from firsthand.archive.picture import Bytes

__all__ = ["CENTRES", "WORDS", "mirrored", "mirrored_hashes", "signatures", "words"]

CENTRES = 256
WORDS = CENTRES * CENTRES
HALF = 64
BITS = 64


@cache
def _codebook() -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """(centres (2, 256, 64), projection (128, 64), thresholds (64,))."""
    raw = np.frombuffer(files("firsthand.archive").joinpath("codebook.bin").read_bytes(), np.uint8)
    count = 2 * CENTRES * HALF
    centres = raw[:count].astype(np.float32).reshape(2, CENTRES, HALF)
    thresholds = raw[count : count + 4 * BITS].view("<f4").astype(np.float32)
    return centres, projection(), thresholds


def projection() -> NDArray[np.float32]:
    """A fixed rotation of the descriptors: Walsh functions, so that no random source is needed."""
    walsh = np.array([[1.0]])
    while len(walsh) < 2 * HALF:
        walsh = np.block([[walsh, walsh], [walsh, -walsh]])
    shuffled = (np.arange(BITS) * 37 + 11) % (2 * HALF - 1) + 1
    turn: NDArray[np.float32] = (walsh[:, shuffled] / np.sqrt(2 * HALF)).astype(np.float32)
    return turn


def words(descriptors: Bytes, nearest: int = 1) -> NDArray[np.uint32]:
    """The `nearest` words of each descriptor, (n, nearest), best first."""
    if not len(descriptors):
        return np.zeros((0, nearest), np.uint32)
    centres, _, _ = _codebook()
    values = descriptors.astype(np.float32)
    each = int(np.ceil(np.sqrt(nearest))) + 1 if nearest > 1 else 1
    best: list[NDArray[np.int64]] = []
    cost: list[NDArray[np.float32]] = []
    for half in range(2):
        part = values[:, half * HALF : (half + 1) * HALF]
        far = (centres[half] ** 2).sum(1)[None] - 2 * part @ centres[half].T
        order = np.argpartition(far, each - 1, axis=1)[:, :each]
        best.append(order)
        cost.append(np.take_along_axis(far, order, axis=1))
    pairs = (best[0][:, :, None] * CENTRES + best[1][:, None, :]).reshape(len(values), -1)
    total = (cost[0][:, :, None] + cost[1][:, None, :]).reshape(len(values), -1)
    order = np.argsort(total, axis=1, kind="stable")[:, :nearest]
    return np.take_along_axis(pairs, order, axis=1).astype(np.uint32)


def signatures(descriptors: Bytes) -> NDArray[np.uint64]:
    """64 bits a descriptor, (n,)."""
    _, turn, thresholds = _codebook()
    bits = descriptors.astype(np.float32) @ turn > thresholds
    return np.packbits(bits, axis=1).view(np.uint64)[:, 0]


def mirrored(descriptors: Bytes) -> Bytes:
    """Descriptors as the mirrored picture would give them: rows reversed, angles negated."""
    cube = descriptors.reshape(-1, 4, 4, 8)
    turned = cube[:, ::-1][:, :, :, (-np.arange(8)) % 8]
    return np.ascontiguousarray(turned).reshape(-1, 128)


@cache
def _odd_columns() -> Bytes:
    """PDQ bits whose cosine is odd across the picture's width."""
    columns = np.tile(np.arange(16) % 2 == 1, 16)
    return np.packbits(columns)


def mirrored_hashes(hashes: Bytes) -> Bytes:
    """PDQ hashes (..., 32) as the mirrored pictures would give them, but for a few bits."""
    return hashes ^ _odd_columns()
