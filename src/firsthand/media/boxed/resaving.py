"""Was a JPEG saved as JPEG before, on the same grid and coarser?

Coefficients quantised twice leave gaps and peaks in their histograms. What they would look like had
the picture been saved once is had from the picture itself, shifted by half a block, which destroys
the old grid; what they would look like after a first saving at each quality is had by quantising
that again (Fridrich and Lukas 2003, "Estimation of primary quantization matrix in double compressed
JPEG images"). The quality that explains them best is told, with how much better it does.

Undefined (None) for pictures with few blocks or very many. Blind to an earlier saving that was
finer than the last, to one on another grid (a crop, another size), and to tables that the IJG
library would not write.
"""

from __future__ import annotations

from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from firsthand.media.boxed.still import open_still
from firsthand.media.kinds import Kind

__all__ = ["earlier_saving"]

MOST_PIXELS = 4_000_000
"""Larger ones come from cameras as a rule, and decoding them whole takes long."""
MOST_BLOCKS, FEWEST_BLOCKS = 2048, 400
REACH = 16
"""Histograms run over -REACH..REACH quantisation steps."""
QUALITIES = range(30, 99, 2)
FREQUENCIES = ((0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (1, 2), (2, 1), (2, 2))
"""Low ones, where pictures have texture; DC is left out."""
STANDARD = np.array([
    [16, 11, 10], [12, 12, 14], [14, 13, 16],
])  # fmt: skip
"""The corner of ITU-T T.81 table K.1 that these frequencies use, row by row."""

Floats = NDArray[np.float64]


def _dct() -> Floats:
    rows, columns = np.mgrid[0:8, 0:8]
    matrix: Floats = np.cos((2 * columns + 1) * rows * np.pi / 16) / 2
    matrix[0] /= np.sqrt(2)
    return matrix


DCT = _dct()
KERNELS: Floats = np.stack(
    [np.outer(DCT[row], DCT[column]).ravel() for row, column in FREQUENCIES], 1
)
"""A block of 64 values times this gives its coefficients at `FREQUENCIES`."""


def earlier_saving(file: BinaryIO, kind: Kind) -> dict[str, Any] | None:
    """`{quality, gain, distance}`, or None where the question cannot be asked of this picture.

    `distance` is how far the histograms are from those of one saving, `gain` the share of it that
    an earlier saving at `quality` explains.
    """
    if kind.name != "JPEG":
        return None
    try:
        with open_still(file, kind) as image:
            tables = getattr(image, "quantization", {})
            if image.width * image.height > MOST_PIXELS or 0 not in tables:
                return None
            image.draft("L", image.size)
            grey = image if image.mode == "L" else image.convert("L")
            grey.load()
            own, shifted = _coefficients(grey, 0), _coefficients(grey, 4)
            table = np.array(tables[0], dtype=np.float64).reshape(8, 8)
    except MemoryError:
        raise
    except Exception:  # a picture that cannot be decoded is told of elsewhere
        return None
    if own is None or shifted is None:
        return None
    return _explain(own, shifted, table)


def _coefficients(grey: Image.Image, shift: int) -> Floats | None:
    """Coefficients at `FREQUENCIES` of blocks spread over the picture, shape (frequencies, blocks).

    Strip by strip: touching fresh memory would cost more than all the arithmetic.
    """
    width, height = ((side - shift) // 8 for side in grey.size)
    if height * width < FEWEST_BLOCKS:
        return None
    step = max(int(np.ceil(np.sqrt(height * width / MOST_BLOCKS))), 1)
    strips = []
    for top in range(shift, shift + height * 8, step * 8):
        strip = np.asarray(grey.crop((shift, top, shift + width * 8, top + 8)))
        blocks = strip.reshape(8, width, 8).transpose(1, 0, 2)[::step].reshape(-1, 64)
        strips.append((blocks.astype(np.float64) - 128) @ KERNELS)
    return np.ascontiguousarray(np.concatenate(strips).T)


def _histogram(steps: Floats) -> Floats:
    return np.bincount(_bins(steps), minlength=2 * REACH + 1) / len(steps)


def _bins(steps: Floats) -> NDArray[np.intp]:
    return np.minimum(np.maximum(np.rint(steps), -REACH), REACH).astype(np.intp) + REACH


def _histograms_after(free: Floats, first: Floats, last: float) -> Floats:
    """A row for each step in `first`: the histogram had the picture been saved with it before."""
    guesses = np.rint(free / first[:, None]) * first[:, None] / last
    rows, width = len(first), 2 * REACH + 1
    bins = _bins(guesses) + np.arange(0, rows * width, width)[:, None]
    counts = np.bincount(bins.ravel(), minlength=rows * width)
    return counts.reshape(rows, width) / len(free)


def _scaled(value: int, quality: int) -> int:
    """The IJG library's entry (jcparam.c) for a standard one at a quality."""
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    return min(max((value * scale + 50) // 100, 1), 255)


def _explain(own: Floats, shifted: Floats, table: Floats) -> dict[str, Any]:
    once, twice = 0.0, np.zeros(len(QUALITIES))
    for (row, column), here, free in zip(FREQUENCIES, own, shifted, strict=True):
        last = table[row, column]
        seen = _histogram(here / last)
        once += float(np.abs(seen - _histogram(free / last)).sum())
        entries = [_scaled(int(STANDARD[row, column]), quality) for quality in QUALITIES]
        first, of_quality = np.unique(entries, return_inverse=True)
        guesses = _histograms_after(free, first.astype(np.float64), last)
        twice += np.abs(seen - guesses).sum(axis=1)[of_quality]
    best = int(twice.argmin())
    gain = 1 - float(twice[best]) / once if once else 0.0
    return {"quality": QUALITIES[best], "gain": round(gain, 3), "distance": round(once, 3)}
