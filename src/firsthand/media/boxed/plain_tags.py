"""Metadata without ExifTool: what Pillow and the container give, under ExifTool's names."""

from __future__ import annotations

from typing import Any, BinaryIO

from PIL import ExifTags, Image

from firsthand.media.boxed.identify import identify
from firsthand.media.boxed.still import open_still
from firsthand.media.boxed.video import open_container

__all__ = ["read"]

MOST_ROWS = 1000
EXIF_IFD, GPS_IFD = 0x8769, 0x8825
RENAMED = {
    "DateTime": "ModifyDate",
    "DateTimeDigitized": "CreateDate",
    "FocalLengthIn35mmFilm": "FocalLengthIn35mmFormat",
    "SubsecTime": "SubSecTime",
    "SubsecTimeOriginal": "SubSecTimeOriginal",
    "SubsecTimeDigitized": "SubSecTimeDigitized",
}
"""Pillow's names that differ from ExifTool's."""


def read(file: BinaryIO, args: dict[str, Any]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Rows `[group, name, value]`.

    Raises:
        UnreadableMedia: refused or broken.
    """
    kind = identify(file, str(args.get("suffix", "")))
    if kind.opens == "ffmpeg":
        with open_container(file, kind) as container:
            rows = [["Container", str(k), str(v)] for k, v in container.metadata.items()]
            for stream in container.streams:
                group = f"Track{stream.index + 1}"
                rows += [[group, str(k), str(v)] for k, v in stream.metadata.items()]
        return {"rows": rows[:MOST_ROWS]}, {}
    return {"rows": _picture(open_still(file, kind))[:MOST_ROWS]}, {}


def _picture(image: Image.Image) -> list[list[str]]:
    try:
        exif = image.getexif()
        blocks = {
            "IFD0": (dict(exif), ExifTags.TAGS),
            "ExifIFD": (exif.get_ifd(EXIF_IFD), ExifTags.TAGS),
            "GPS": (exif.get_ifd(GPS_IFD), ExifTags.GPSTAGS),
        }
    except Exception:  # a broken EXIF block is as good as none
        return []
    rows: list[list[str]] = []
    for group, (block, names) in blocks.items():
        for number, value in block.items():
            name = str(names.get(number, f"0x{number:04x}"))
            rows.append([group, RENAMED.get(name, name), _text(group, name, value)])
    return rows


def _text(group: str, name: str, value: Any) -> str:
    try:
        if group == "GPS" and name in {"GPSLatitude", "GPSLongitude"}:
            degrees, minutes, seconds = (float(part) for part in value)
            return repr(degrees + minutes / 60 + seconds / 3600)
        if group == "GPS" and name == "GPSTimeStamp":
            hours, minutes, seconds = (float(part) for part in value)
            return f"{int(hours):02d}:{int(minutes):02d}:{seconds:06.3f}".removesuffix(".000")
        if isinstance(value, bytes):
            return value.decode("ascii") if len(value) <= 40 else f"({len(value)} bytes)"
        if isinstance(value, int | str):
            return str(value).rstrip("\x00")
        if isinstance(value, tuple):
            return " ".join(str(part) for part in value[:32])
        return repr(float(value))
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return ""
