"""Descriptors of one picture: perceptual hash, local features, borders. Arrays in, arrays out.

PDQ: https://github.com/facebook/ThreatExchange/blob/main/hashing/hashing.pdf.
RootSIFT: Arandjelovic and Zisserman 2012, doi:10.1109/CVPR.2012.6248018.
"""

from __future__ import annotations

import cv2
import numpy as np
import pdqhash  # type: ignore[import-untyped]
from numpy.typing import NDArray

from firsthand.archive.grid import FEATURES

__all__ = ["Bytes", "borders", "hash_of", "inside", "local_features"]

Bytes = NDArray[np.uint8]

LEAST_CONTRAST = 0.01
"""SIFT's threshold; OpenCV's .04 leaves dim or smooth scenes without a single feature."""
DESCRIPTOR_SCALE = 512.0
"""RootSIFT entries hardly pass .5; times this they fill a byte."""
QUIET = 0.12
"""A border row has less than this share of the inner rows' horizontal detail."""
LEAST_BORDER, MOST_BORDER = 0.04, 0.42
"""As shares of the side: less is no border worth removing, more would eat the picture."""
TOO_SMALL = 32


def hash_of(grey: Bytes) -> tuple[Bytes, int]:
    """PDQ of a grey picture: 32 bytes (bit 0 first), and PDQ's quality from 0 to 100."""
    bits, quality = pdqhash.compute(cv2.cvtColor(np.ascontiguousarray(grey), cv2.COLOR_GRAY2RGB))
    return np.packbits(bits.astype(bool)), int(quality)


def local_features(grey: Bytes) -> tuple[NDArray[np.float32], Bytes]:
    """RootSIFT of a grey picture: points (n, 2) in pixels, x and y; descriptors (n, 128)."""
    sift = cv2.SIFT.create(nfeatures=FEATURES, contrastThreshold=LEAST_CONTRAST)
    points, raw = sift.detectAndCompute(np.ascontiguousarray(grey), None)
    if raw is None or not len(points):
        return np.zeros((0, 2), np.float32), np.zeros((0, 128), np.uint8)
    order = sorted(range(len(points)), key=lambda at: -points[at].response)[:FEATURES]
    root = np.sqrt(raw[order] / np.maximum(raw[order].sum(axis=1, keepdims=True), 1e-6))
    where = np.array([points[at].pt for at in order], np.float32)
    return where, np.clip(root * DESCRIPTOR_SCALE, 0, 255).astype(np.uint8)


def borders(pictures: list[Bytes]) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) in pixels of what is left without bars or blurred padding.

    Bars and blur have no fine detail along a row. The detail of every row and column is averaged
    over the clip, so that a dark sky in one picture is no bar.
    """
    height, width = pictures[0].shape
    whole = (0, 0, width, height)
    if min(height, width) < TOO_SMALL:
        return whole
    rows, columns = np.zeros(height), np.zeros(width)
    for picture in pictures:
        wide = picture.astype(np.int16)
        rows += np.abs(np.diff(wide, axis=1)).mean(axis=1)
        columns += np.abs(np.diff(wide, axis=0)).mean(axis=0)
    top, bottom = _quiet_ends(rows)
    left, right = _quiet_ends(columns)
    return left, top, width - right, height - bottom


def _quiet_ends(detail: NDArray[np.float64]) -> tuple[int, int]:
    size = len(detail)
    middle = float(np.median(detail[size // 3 : size - size // 3]))
    loud = np.flatnonzero(detail > QUIET * middle)
    if middle <= 0 or not len(loud):
        return 0, 0
    ends = int(loud[0]), size - 1 - int(loud[-1])
    return tuple(end if LEAST_BORDER * size <= end <= MOST_BORDER * size else 0 for end in ends)  # type: ignore[return-value]


def inside(grey: Bytes, box: tuple[int, int, int, int]) -> Bytes:
    """The picture within `box` (left, top, right, bottom)."""
    left, top, right, bottom = box
    return grey[top:bottom, left:right]
