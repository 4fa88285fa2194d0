"""Positions as a file states them, with their reference letters."""

from __future__ import annotations

import re
from typing import Any, Literal

from firsthand.media.tags import Tag, number
from firsthand.records import Part

__all__ = ["PositionField", "read_positions"]

_ISO6709 = re.compile(r"^([+-]\d{2}(?:\.\d+)?)([+-]\d{3}(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?")
_ROLE = re.compile(r"Lat=(-?[\d.]+)\s+Lon=(-?[\d.]+)\s+Alt=(-?[\d.]+)")
_SPACED = re.compile(r"^\s*(-?\d+(?:\.\d+)?)[ ,]+(-?\d+(?:\.\d+)?)(?:[ ,]+(-?\d+(?:\.\d+)?))?\s*$")
CONTAINER_NAMES = frozenset(
    {"GPSCoordinates", "location", "com.apple.quicktime.location.ISO6709", "LocationInformation"}
)


class PositionField(Part):
    """One position (WGS 84 unless the file names another datum).

    EXIF writes latitude and longitude without a sign beside a letter N, S, E or W; without the
    letters the hemisphere is unknown, so `latitude_deg` and `longitude_deg` stay empty and
    `unsigned` says why. `null_island` is exactly 0, 0: a blank more often than a place.
    """

    kind: Literal["gps", "container", "edited"]
    latitude_deg: float | None = None
    longitude_deg: float | None = None
    latitude_ref: str = ""
    longitude_ref: str = ""
    altitude_m: float | None = None
    unsigned: bool = False
    null_island: bool = False
    blank: bool = False
    tags: tuple[Tag, ...]


def read_positions(tags: tuple[Tag, ...]) -> tuple[PositionField, ...]:
    """EXIF's position first, then the container's and the editor's."""
    found = [_exif(tags), _xmp(tags), *(_container(tag) for tag in tags)]
    return tuple(field for field in found if field is not None)


def _named(tags: tuple[Tag, ...], group: str, *names: str) -> dict[str, Tag]:
    return {
        name: tag
        for name in names
        if (tag := next((t for t in tags if t.group == group and t.name == name), None)) is not None
    }


def _exif(tags: tuple[Tag, ...]) -> PositionField | None:
    used = _named(
        tags, "GPS", "GPSLatitude", "GPSLatitudeRef", "GPSLongitude", "GPSLongitudeRef",
        "GPSAltitude", "GPSAltitudeRef",
    )  # fmt: skip
    if not used.keys() & {"GPSLatitude", "GPSLongitude"}:
        return None
    raw = {name: tag.raw.strip() for name, tag in used.items()}
    latitude, longitude = (number(raw.get(name, "")) for name in ("GPSLatitude", "GPSLongitude"))
    north, east = (raw.get(name, "")[:1].upper() for name in ("GPSLatitudeRef", "GPSLongitudeRef"))
    altitude = number(raw.get("GPSAltitude", ""))
    if altitude is not None and raw.get("GPSAltitudeRef") == "1" and altitude > 0:
        altitude = -altitude
    told: dict[str, Any] = {
        "latitude_ref": north,
        "longitude_ref": east,
        "altitude_m": altitude,
    }
    if latitude is None or longitude is None:
        told |= {"blank": True}
    elif latitude == 0 and longitude == 0:
        told |= {"latitude_deg": 0.0, "longitude_deg": 0.0, "null_island": True}
    elif north not in {"N", "S"} or east not in {"E", "W"}:
        told |= {"unsigned": True}
    else:
        signed = (latitude * (-1 if north == "S" else 1), longitude * (-1 if east == "W" else 1))
        told |= _checked(*signed)
    return PositionField(kind="gps", tags=tuple(used.values()), **told)


def _xmp(tags: tuple[Tag, ...]) -> PositionField | None:
    used = _named(tags, "XMP-exif", "GPSLatitude", "GPSLongitude")
    if len(used) < 2:
        return None
    latitude, longitude = (number(tag.raw) for tag in used.values())
    told = (
        {"blank": True} if latitude is None or longitude is None else _checked(latitude, longitude)
    )
    return PositionField(kind="edited", tags=tuple(used.values()), **told)


def _container(tag: Tag) -> PositionField | None:
    if tag.name not in CONTAINER_NAMES or tag.group in {"GPS", "XMP-exif"}:
        return None
    match = _ROLE.search(tag.raw) or _ISO6709.match(tag.raw) or _SPACED.match(tag.raw)
    if match is None:
        return PositionField(kind="container", blank=True, tags=(tag,))
    told = _checked(float(match[1]), float(match[2]))
    altitude = number(match[3] or "")
    return PositionField(kind="container", tags=(tag,), altitude_m=altitude, **told)


def _checked(latitude: float, longitude: float) -> dict[str, Any]:
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return {"blank": True}
    return {
        "latitude_deg": latitude,
        "longitude_deg": longitude,
        "null_island": latitude == 0 and longitude == 0,
    }
