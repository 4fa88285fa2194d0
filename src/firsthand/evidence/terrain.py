"""Heights of the ground along a line, from a GeoTIFF elevation model.

`profile` runs in the sandbox: the file is opened by GDAL's GeoTIFF driver alone, because a raster
format that names other files (VRT and its like) would read them.
"""

from __future__ import annotations

from typing import Any, BinaryIO, Final

from firsthand.errors import InputError

__all__ = ["MAX_POINTS", "MAX_RASTER_BYTES", "profile"]

MAX_RASTER_BYTES: Final = 512 * 2**20
MAX_POINTS: Final = 20_000
MAX_WINDOW: Final = 36_000_000
"""Cells read at once: 6,000 by 6,000, or 144 MB as 32-bit numbers."""

LOWEST_M: Final = -500.0
HIGHEST_M: Final = 9000.0


def profile(file: BinaryIO, args: dict[str, Any]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Ground heights at `args["points"]`, a list of [latitude, longitude] in WGS 84 degrees.

    Returns:
        `heights_m`, one for each point by bilinear interpolation, None outside the raster or where
        it has no data; `cell_m`, about the size of a cell; `crs`, the raster's own.

    Raises:
        InputError: it is no GeoTIFF, has no coordinates, or holds no heights.
    """
    import numpy as np
    import rasterio
    from rasterio.errors import RasterioError, RasterioIOError
    from rasterio.warp import transform

    points = np.asarray(args["points"], dtype=float)[:MAX_POINTS]
    try:
        with rasterio.open(file, driver="GTiff") as raster:
            if raster.crs is None:
                raise InputError(
                    "This elevation model has no coordinate system.",
                    "Give a GeoTIFF with its coordinates inside.",
                )
            east, north = transform("EPSG:4326", raster.crs, points[:, 1], points[:, 0])
            columns, rows = ~raster.transform * (np.asarray(east), np.asarray(north))
            heights = _bilinear(raster, np.asarray(rows) - 0.5, np.asarray(columns) - 0.5)
            wide = abs(raster.transform.a)
            cell = wide * (111_320.0 if raster.crs.is_geographic else 1.0)
            name = raster.crs.to_string()[:80]
    except (RasterioIOError, RasterioError) as error:
        raise InputError(
            "This is no GeoTIFF that can be read.", "Give an elevation model as GeoTIFF."
        ) from error
    told = [None if np.isnan(height) else round(float(height), 3) for height in heights]
    return {"heights_m": told, "cell_m": round(cell, 1), "crs": name}, {}


def _bilinear(raster: Any, rows: Any, columns: Any) -> Any:
    """Heights between cell centres; NaN where a neighbour is missing."""
    import numpy as np
    from rasterio.windows import Window

    inside = (rows >= -0.5) & (rows <= raster.height - 0.5)
    inside &= (columns >= -0.5) & (columns <= raster.width - 0.5)
    out = np.full(rows.shape, np.nan)
    if not inside.any():
        return out
    y = np.clip(rows[inside], 0, raster.height - 1)
    x = np.clip(columns[inside], 0, raster.width - 1)
    top, left = int(np.floor(y.min())), int(np.floor(x.min()))
    tall = min(int(np.floor(y.max())) + 2, raster.height) - top
    wide = min(int(np.floor(x.max())) + 2, raster.width) - left
    if tall * wide > MAX_WINDOW:
        raise InputError(
            "The line of sight crosses more cells of this model than can be read at once.",
            "Resample the elevation model, or cut it to the line.",
        )
    data = raster.read(1, window=Window(left, top, wide, tall), masked=True).astype("float64")
    grid = data.filled(np.nan)
    grid[(grid < LOWEST_M) | (grid > HIGHEST_M)] = np.nan
    y, x = y - top, x - left
    y0 = np.minimum(np.floor(y).astype(int), max(tall - 2, 0))
    x0 = np.minimum(np.floor(x).astype(int), max(wide - 2, 0))
    y1, x1 = np.minimum(y0 + 1, tall - 1), np.minimum(x0 + 1, wide - 1)
    fy, fx = y - y0, x - x0
    upper = grid[y0, x0] * (1 - fx) + grid[y0, x1] * fx
    lower = grid[y1, x0] * (1 - fx) + grid[y1, x1] * fx
    out[inside] = upper * (1 - fy) + lower * fy
    return out
