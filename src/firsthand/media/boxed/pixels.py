"""Pixels: uprighting, light, PNG bytes, and the contact sheet."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

__all__ = ["Bytes", "Luma", "contact_sheet", "light_of", "png", "upright"]

Bytes = NDArray[np.uint8]
Luma = NDArray[np.float32]

PNG_LEVEL = 1
"""A fraction of the time of zlib's default for a tenth more bytes."""
SHEET_COLUMNS, SHEET_CELL, SHEET_QUALITY = 4, 320, 85
STAMP_POINTS = 16
FONT = ImageFont.load_default(STAMP_POINTS)


def upright(array: NDArray[Any], turns: int, mirrored: bool) -> NDArray[Any]:
    """Turn by `turns` quarter turns clockwise, then flip left to right if `mirrored`."""
    turned = np.rot90(array, -turns % 4)
    return np.ascontiguousarray(turned[:, ::-1] if mirrored else turned)


def light_of(luma: NDArray[Any]) -> tuple[float, float]:
    """Mean luma of an upright picture and of its upper third, 0 to 1, to four places."""
    third = luma[: max(luma.shape[0] // 3, 1)]
    return round(float(luma.mean()), 4), round(float(third.mean()), 4)


def png(picture: Bytes) -> tuple[bytes, str]:
    """(PNG bytes without any metadata, their SHA-256)."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "PNG", compress_level=PNG_LEVEL)
    data = out.getvalue()
    return data, hashlib.sha256(data).hexdigest()


def contact_sheet(pictures: list[tuple[str, Bytes]]) -> tuple[bytes, dict[str, Any]]:
    """One JPEG of small pictures, each with its stamp burnt in; equal input gives equal bytes."""
    cells = [_cell(picture) for _, picture in pictures]
    columns = min(SHEET_COLUMNS, len(cells))
    rows = -(-len(cells) // columns)
    width, height = max(c.width for c in cells), max(c.height for c in cells)
    sheet = Image.new("RGB", (columns * width, rows * height), "black")
    draw = ImageDraw.Draw(sheet)
    for at, (cell, (stamp, _)) in enumerate(zip(cells, pictures, strict=True)):
        left, top = at % columns * width, at // columns * height
        sheet.paste(cell, (left, top))
        if stamp:
            box = draw.textbbox((left + 6, top + 4), stamp, font=FONT)
            draw.rectangle((box[0] - 4, box[1] - 3, box[2] + 4, box[3] + 3), fill="black")
            draw.text((left + 6, top + 4), stamp, fill="white", font=FONT)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=SHEET_QUALITY, subsampling=0)
    data = out.getvalue()
    told = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "width_px": sheet.width,
        "height_px": sheet.height,
    }
    return data, told


def _cell(picture: Bytes) -> Image.Image:
    image = Image.fromarray(picture)
    scale = SHEET_CELL / max(image.size)
    if scale >= 1:
        return image
    size = (max(round(image.width * scale), 1), max(round(image.height * scale), 1))
    return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
