"""Lines of sight against GDAL's viewshed on two real elevation models: `make`-free, one process.

    python benchmarks/where_when/sightline.py SHARED_DATA

GDAL's own code is called (GDALViewshedGenerate, what `gdal_viewshed` calls, its default mode
"edge", curvature coefficient 0.87 = 1 - k). It carries heights from ring to ring of cells, and has
four ways of interpolating between them; ours walks each ray. Both see the same metric grid. Along
the eight directions in which rays run through cell centres GDAL has nothing to interpolate: there
the two must agree wholly, and what differs elsewhere is interpolation. How far GDAL's own ways
agree with one another is measured beside it.
"""

from __future__ import annotations

import ctypes
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from rasterio.warp import Resampling, calculate_default_transform, reproject

from firsthand.measure.earth import MEAN_RADIUS_M
from firsthand.measure.sightline import hidden_bounds_m

MODELS = {"luxembourg_elev_terra.tif": 32631, "pysheds_dem.tif": 32614}
EYES_M = (1.6, 10.0)
TOPS_M = (0.0, 30.0, 100.0)
OBSERVERS = 6
SEED = 8
COLUMNS = 11
GDAL_RADIUS_M = 6378137.0
CURVE = 0.87
MODES = {"diagonal": 1, "edge": 2, "max": 3, "min": 4}
"""GDALViewshedMode; `edge` is the default."""


def gdal() -> ctypes.CDLL:
    """The libgdal that rasterio brings."""
    folder = Path(rasterio.__file__).parent.parent / "rasterio.libs"
    lib = ctypes.CDLL(str(next(folder.glob("libgdal-*.so*"))))
    lib.GDALAllRegister()
    pointer, double = ctypes.c_void_p, ctypes.c_double
    lib.GDALOpen.restype, lib.GDALOpen.argtypes = pointer, [ctypes.c_char_p, ctypes.c_int]
    lib.GDALGetRasterBand.restype = pointer
    lib.GDALGetRasterBand.argtypes = [pointer, ctypes.c_int]
    lib.GDALClose.argtypes = [pointer]
    lib.GDALViewshedGenerate.restype = pointer
    lib.GDALViewshedGenerate.argtypes = [
        *(pointer, ctypes.c_char_p, ctypes.c_char_p, pointer),
        *([double] * 9),
        *(ctypes.c_int, double, pointer, pointer, ctypes.c_int, pointer),
    ]
    return lib


@dataclass
class Grid:
    """A metric grid and where it lies as a file."""

    heights: np.ndarray
    cell: tuple[float, float]
    path: Path


def metric(source: Path, epsg: int, folder: Path) -> Grid:
    """The model on a metric grid; corners without data take the lowest height."""
    with rasterio.open(source, driver="GTiff") as raster:
        crs = rasterio.crs.CRS.from_epsg(epsg)
        transform, width, height = calculate_default_transform(
            raster.crs, crs, raster.width, raster.height, *raster.bounds
        )
        grid = np.full((height, width), np.nan, "float32")
        reproject(
            rasterio.band(raster, 1),
            grid,
            dst_transform=transform,
            dst_crs=crs,
            resampling=Resampling.bilinear,
            dst_nodata=np.nan,
        )
    grid = np.where(np.isnan(grid), np.nanmin(grid), grid)
    path = folder / source.name
    plain = rasterio.Affine(transform.a, 0, 0, 0, transform.e, 0)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        height=grid.shape[0],
        width=grid.shape[1],
        count=1,
        dtype="float32",
        transform=plain,
        crs=crs,
    ) as out:
        out.write(grid, 1)
    return Grid(grid.astype(float), (transform.a, -transform.e), path)


def theirs(
    lib: ctypes.CDLL, grid: Grid, at: tuple[int, int], heights: tuple[float, float], mode: str
) -> np.ndarray:
    """GDAL's answer for every cell; `heights` are the eye's and the top's above their grounds."""
    eye, top = heights
    out = grid.path.with_suffix(".seen.tif")
    source = lib.GDALOpen(str(grid.path).encode(), 0)
    x, y = (at[1] + 0.5) * grid.cell[0], -(at[0] + 0.5) * grid.cell[1]
    done = lib.GDALViewshedGenerate(
        lib.GDALGetRasterBand(source, 1),
        *(b"GTiff", str(out).encode(), None, x, y, eye, top, 255.0, 0.0, 0.0, -1.0, CURVE),
        *(MODES[mode], 0.0, None, None, 1, None),
    )
    lib.GDALClose(done)
    lib.GDALClose(source)
    with rasterio.open(out, driver="GTiff") as raster:
        return raster.read(1) > 0


def ours(grid: Grid, at: tuple[int, int], eye: float) -> tuple[np.ndarray, ...]:
    """Hidden height of every cell, with its bounds; rays cross the grid's lines."""
    rows, columns = grid.heights.shape
    bounds = np.empty((3, rows, columns))
    k = 1 - CURVE * MEAN_RADIUS_M / GDAL_RADIUS_M
    for row in range(rows):
        down, right = row - at[0], np.arange(columns) - at[1]
        steps = np.maximum(np.maximum(abs(down), np.abs(right)), 1)
        share = np.minimum(np.arange(steps.max() + 1)[None, :], steps[:, None]) / steps[:, None]
        y, x = at[0] + share * down, at[1] + share * right[:, None]
        y0 = np.clip(np.floor(y).astype(int), 0, rows - 2)
        x0 = np.clip(np.floor(x).astype(int), 0, columns - 2)
        fy, fx, z = y - y0, x - x0, grid.heights
        upper = z[y0, x0] * (1 - fx) + z[y0, x0 + 1] * fx
        lower = z[y0 + 1, x0] * (1 - fx) + z[y0 + 1, x0 + 1] * fx
        along = share * np.hypot(down * grid.cell[1], right[:, None] * grid.cell[0])
        bounds[:, row] = hidden_bounds_m(along, upper * (1 - fy) + lower * fy, eye, k=k)
    return tuple(bounds)


def straight(grid: Grid, at: tuple[int, int]) -> np.ndarray:
    """Cells that lie in one of the eight directions."""
    row, column = np.indices(grid.heights.shape)
    down, right = np.abs(row - at[0]), np.abs(column - at[1])
    return (down == 0) | (right == 0) | (down == right)


def main(data: Path) -> str:
    """Run it; the section as Markdown."""
    lib, rng = gdal(), np.random.default_rng(SEED)
    rows: list[str] = []
    total = np.zeros(COLUMNS, int)
    with tempfile.TemporaryDirectory() as folder:
        for name, epsg in MODELS.items():
            grid = metric(data / "terrain" / name, epsg, Path(folder))
            counted = np.zeros(COLUMNS, int)
            for _ in range(OBSERVERS):
                at = tuple(int(rng.integers(size)) for size in grid.heights.shape)
                for eye in EYES_M:
                    low, value, high = ours(grid, at, eye)
                    for top in TOPS_M:
                        ways = {m: theirs(lib, grid, at, (eye, top), m) for m in MODES}
                        same = ways["edge"] == (value <= top)
                        told = (top > high) | (top < low)
                        firm = np.all([one == ways["edge"] for one in ways.values()], axis=0)
                        on = straight(grid, at)
                        counted += [
                            *(same.size, same.sum(), told.sum(), (same & told).sum()),
                            *(on.sum(), (same & on).sum(), firm.sum(), (same & firm).sum()),
                            *((ways[m] == ways["edge"]).sum() for m in ("diagonal", "max", "min")),
                        ]
            total += counted
            rows.append(_row(name, counted))
    rows.append(_row("both", total))
    return "\n".join(
        [
            "### Sight lines against GDAL's viewshed",
            "",
            f"{OBSERVERS} observers a model (seed {SEED}), eyes at {EYES_M} m, tops at {TOPS_M} m. "
            "*Told*: cells where the height needed lies outside our 95 % interval, so that visible "
            "or hidden is said at all; elsewhere the answer is `cannot_tell`. *Straight*: cells in "
            "the eight directions where GDAL need not interpolate. *Firm*: cells where its four "
            "ways of interpolating (edge, the default, diagonal, max, min) agree.",
            "",
            "| model | cells | agree, all | straight, agree | firm, agree | told, agree |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
            _among_themselves(total),
        ]
    )


def _row(name: str, n: np.ndarray) -> str:
    def share(part: int, whole: int) -> str:
        return f"{100 * n[part] / n[whole]:.3f} %"

    return (
        f"| {name} | {n[0]} | {share(1, 0)} | {share(5, 4)} | {share(6, 0)} of all: {share(7, 6)} "
        f"| {share(2, 0)} of all: {share(3, 2)} |"
    )


def _among_themselves(n: np.ndarray) -> str:
    told = [
        f"{name} {100 * n[at] / n[0]:.2f} %"
        for name, at in (("diagonal", 8), ("max", 9), ("min", 10))
    ]
    return f"GDAL's default agrees with its own other ways at: {', '.join(told)} of all cells."


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from benchmarks.report import write_section

    section = main(Path(sys.argv[1]))
    print(section)
    write_section("where_when.sightline", section)
