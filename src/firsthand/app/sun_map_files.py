"""A region of the earth as GeoJSON, PNG or SVG."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np

from firsthand.errors import InputError
from firsthand.evidence.coast import coast_lines
from firsthand.measure.sun_map import Region

__all__ = ["geojson", "png", "svg", "write_map"]


def write_map(region: Region, path: Path) -> None:
    """Write the region in the format that the file's name asks for.

    Raises:
        InputError: neither .geojson, .json, .png nor .svg.
    """
    suffix = path.suffix.lower()
    if suffix in {".geojson", ".json"}:
        data = json.dumps(geojson(region), separators=(",", ":")).encode()
    elif suffix == ".png":
        data = png(region)
    elif suffix == ".svg":
        data = svg(region)
    else:
        raise InputError(
            f"{path.name}: a map is written as .geojson, .png or .svg.", "Name it by its format."
        )
    path.write_bytes(data)


def _outlines(region: Region) -> list[Any]:
    """Polygons along the cells' edges, holes included, [longitude, latitude]."""
    from rasterio.features import shapes
    from rasterio.transform import from_origin

    rows, columns = region.inside.shape
    transform = from_origin(-180, 90, 360 / columns, 180 / rows)
    found = shapes(region.inside.astype("uint8"), mask=region.inside, transform=transform)
    return [
        [[[round(x, 6), round(y, 6)] for x, y in ring] for ring in shape["coordinates"]]
        for shape, _ in found
    ]


def geojson(region: Region) -> dict[str, Any]:
    """One MultiPolygon (RFC 7946), cut at the antimeridian as that asks."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"what": "95 % region", "share_of_earth": round(region.share, 6)},
                "geometry": {"type": "MultiPolygon", "coordinates": _outlines(region)},
            }
        ],
    }


def png(region: Region) -> bytes:
    """Plate carree, one pixel a cell; coasts, and every 30 degrees a line."""
    from PIL import Image, ImageDraw

    rows, columns = region.inside.shape
    picture = np.full((rows, columns, 3), 245, np.uint8)
    picture[region.inside] = (180, 60, 20)
    for degrees in range(30, 180, 30):
        picture[degrees * rows // 180] = picture[degrees * rows // 180] // 4 * 3
    for degrees in range(30, 360, 30):
        at = degrees * columns // 360
        picture[:, at] = picture[:, at] // 4 * 3
    drawn = Image.fromarray(picture)
    pen = ImageDraw.Draw(drawn)
    for line in coast_lines("50m" if rows > 900 else "110m"):
        pen.line(
            [((x + 180) * columns / 360, (90 - y) * rows / 180) for x, y in line], fill=(70, 70, 70)
        )
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def svg(region: Region) -> bytes:
    """The same drawn; cells of about a degree, so that the file stays small."""
    rows, columns = region.inside.shape
    factor = max(1, rows // 360)
    tall, wide = rows // factor, columns // factor
    coarse = region.inside[: tall * factor, : wide * factor]
    coarse = coarse.reshape(tall, factor, wide, factor).any(axis=(1, 3))
    latitude = 90 - (np.arange(tall) + 0.5) * 180 / tall
    longitude = -180 + (np.arange(wide) + 0.5) * 360 / wide
    rings = [ring for shape in _outlines(Region(coarse, latitude, longitude)) for ring in shape]
    path = "".join(
        "M" + "L".join(f"{x + 180:.2f},{90 - y:.2f}" for x, y in ring[:-1]) + "Z" for ring in rings
    )
    lines = "".join(
        f'<line x1="0" y1="{y}" x2="360" y2="{y}"/>' for y in range(0, 181, 30)
    ) + "".join(f'<line x1="{x}" y1="0" x2="{x}" y2="180"/>' for x in range(0, 361, 30))
    coast = "".join(
        "M" + "L".join(f"{x + 180:.2f},{90 - y:.2f}" for x, y in line) for line in coast_lines()
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 180" fill="currentColor">'
        f'<g stroke="currentColor" stroke-width="0.2" opacity="0.5">{lines}</g>'
        f'<path d="{coast}" fill="none" stroke="currentColor" stroke-width="0.3"/>'
        f'<path d="{path}" fill-rule="evenodd" opacity="0.7"/></svg>\n'
    ).encode()
