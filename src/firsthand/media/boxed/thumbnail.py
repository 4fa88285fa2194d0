"""Is the small picture inside a photo a picture of the photo?

Cameras put a small copy into the metadata; some editors leave the old one when they change the
picture. Both are brought to the same small grey square, black bars cut off, and correlated.
"""

from __future__ import annotations

import io
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image

from firsthand.media.boxed.pixels import Bytes
from firsthand.media.boxed.still import grey_of, open_still
from firsthand.media.kinds import Kind

__all__ = ["compare_thumbnail"]

SIDE = 32
BAR_LEVEL = 12.0
"""A row or column whose brightest pixel is darker than this (of 255) is a bar."""
FLAT = 4.0
"""Standard deviation (of 255) below which a picture is too plain to tell."""
TIFF_START = 6


def compare_thumbnail(file: BinaryIO, kind: Kind) -> dict[str, Any]:
    """`{correlation}` of the embedded thumbnail with the picture, or `{none: why}`."""
    if kind.name != "JPEG":
        return {"none": "not looked for in this kind"}
    try:
        with open_still(file, kind) as image:
            small = _embedded(image)
            if small is None:
                return {"none": "there is none"}
            size = small.size
            image.draft("L", (SIDE * 8, SIDE * 8))
            whole = _square(grey_of(image))
            correlation = _correlation(whole, _square(grey_of(small)))
    except MemoryError:
        raise
    except Exception:  # broken thumbnails are common and prove nothing
        return {"none": "it cannot be read"}
    if correlation is None:
        return {"none": "too plain to compare"}
    return {"correlation": round(correlation, 3), "width_px": size[0], "height_px": size[1]}


def _embedded(image: Image.Image) -> Image.Image | None:
    block = image.getexif().get_ifd(ExifTags.IFD.IFD1)
    start, length = block.get(0x0201), block.get(0x0202)
    raw = image.info.get("exif", b"")
    if not isinstance(start, int) or not isinstance(length, int) or not 0 < length < 1 << 20:
        return None
    data = raw[TIFF_START + start : TIFF_START + start + length]
    if not data.startswith(b"\xff\xd8"):
        return None
    small = Image.open(io.BytesIO(data), formats=["JPEG"])
    if small.width * small.height > 4_000_000:
        return None
    small.load()
    return small


def _square(array: Bytes) -> NDArray[np.float64]:
    rows = np.nonzero(array.max(axis=1) > BAR_LEVEL)[0]
    columns = np.nonzero(array.max(axis=0) > BAR_LEVEL)[0]
    if len(rows) < 8 or len(columns) < 8:
        return np.zeros((SIDE, SIDE))
    cut = array[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    small = Image.fromarray(cut).resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float64)


def _correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float | None:
    """The best over the four turns: some writers turn the picture and not the thumbnail."""
    if one.std() < FLAT or other.std() < FLAT:
        return None
    return max(
        float(np.corrcoef(one.ravel(), np.rot90(other, turns).ravel())[0, 1]) for turns in range(4)
    )
