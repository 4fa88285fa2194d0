"""Fires that satellites saw: the CSV files of NASA's FIRMS, in all their column dialects.

MODIS and VIIRS, archive ("standard") and near-real-time files name their columns differently,
write the time with or without leading zeros or a colon, the satellite by name, letter or number,
and the confidence as per cent, letter or word.
https://www.earthdata.nasa.gov/data/tools/firms/faq
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final, Literal

from firsthand.errors import InputError

__all__ = ["FireFile", "FirePoint", "read_firms"]

Confidence = Literal["low", "nominal", "high"]

MAX_ROWS: Final = 2_000_000
MAX_BYTES: Final = 256 * 2**20

_SATELLITES: Final = {
    "terra": "Terra",
    "t": "Terra",
    "aqua": "Aqua",
    "a": "Aqua",
    "n": "Suomi NPP",
    "npp": "Suomi NPP",
    "suomi npp": "Suomi NPP",
    "s-npp": "Suomi NPP",
    "1": "NOAA-20",
    "n20": "NOAA-20",
    "j1": "NOAA-20",
    "noaa-20": "NOAA-20",
    "2": "NOAA-21",
    "n21": "NOAA-21",
    "j2": "NOAA-21",
    "noaa-21": "NOAA-21",
}
_LETTERS: Final[dict[str, Confidence]] = {
    "l": "low",
    "low": "low",
    "n": "nominal",
    "nominal": "nominal",
    "h": "high",
    "high": "high",
}
_LOW_BELOW, _HIGH_FROM = 30.0, 80.0  # MODIS Collection 6 Active Fire Product User's Guide, 2.4.3


@dataclass(frozen=True)
class FirePoint:
    """One detection: the pixel's centre and size, when, by which satellite."""

    latitude_deg: float
    longitude_deg: float
    at: datetime
    satellite: str
    sensor: str
    scan_km: float | None
    track_km: float | None
    confidence: Confidence | None
    frp_mw: float | None
    kind: int | None


@dataclass(frozen=True)
class FireFile:
    """What a file holds. `refused` says which lines were not read, and why."""

    points: tuple[FirePoint, ...]
    refused: tuple[tuple[int, str], ...]
    satellites: tuple[str, ...]

    @property
    def first(self) -> date | None:
        """The day of its first detection."""
        return min((point.at.date() for point in self.points), default=None)

    @property
    def last(self) -> date | None:
        """The day of its last detection."""
        return max((point.at.date() for point in self.points), default=None)


def read_firms(data: bytes) -> FireFile:
    """All detections of a file.

    Raises:
        InputError: it is no FIRMS CSV, or longer than anything of the kind.
    """
    what = "Give the CSV that FIRMS hands out, with its header line."
    if len(data) > MAX_BYTES:
        raise InputError("This file of fires is larger than 256 MB.", "Cut it down to the place.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("This file of fires is no text in UTF-8.", what) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    points: list[FirePoint] = []
    refused: list[tuple[int, str]] = []
    try:
        head = [name.strip().lower() for name in next(reader, [])]
        lacking = [name for name in ("latitude", "longitude", "acq_date") if name not in head]
        if lacking:
            raise InputError(f"This is no FIRMS file: no column {', '.join(lacking)}.", what)
        for number, cells in enumerate(reader, 2):
            if number > MAX_ROWS:
                raise InputError(f"More than {MAX_ROWS} lines of fires.", "Cut it to the place.")
            if not any(cell.strip() for cell in cells):
                continue
            row = dict(zip(head, (cell.strip() for cell in cells), strict=False))
            try:
                points.append(_point(row))
            except (ValueError, OverflowError) as error:
                refused.append((number, str(error)[:120]))
    except csv.Error as error:
        raise InputError(f"This is no CSV: {error}.", what) from error
    satellites = tuple(sorted({point.satellite for point in points}))
    return FireFile(tuple(points), tuple(refused), satellites)


def _point(row: dict[str, str]) -> FirePoint:
    latitude, longitude = _number(row, "latitude"), _number(row, "longitude")
    if latitude is None or longitude is None:
        raise ValueError("no position")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError("a position that is not on the globe")
    satellite, sensor = _satellite(row)
    kind = row.get("type", "")
    return FirePoint(
        latitude_deg=latitude,
        longitude_deg=longitude,
        at=_instant(row.get("acq_date", ""), row.get("acq_time", "")),
        satellite=satellite,
        sensor=sensor,
        scan_km=_number(row, "scan"),
        track_km=_number(row, "track"),
        confidence=_confidence(row.get("confidence", "")),
        frp_mw=_number(row, "frp"),
        kind=int(kind) if kind.isdecimal() else None,
    )


def _number(row: dict[str, str], name: str) -> float | None:
    text = row.get(name, "")
    if not text:
        return None
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{name} is no number")
    return value


def _instant(day: str, clock: str) -> datetime:
    """`900`, `0900`, `9:00` and `09:00` are all nine o'clock UTC; no time is no midnight."""
    if ":" in clock:
        hours, minutes = clock.split(":")[:2]
    elif clock.isdecimal() and len(clock) <= 4:
        hours, minutes = clock.zfill(4)[:2], clock.zfill(4)[2:]
    else:
        raise ValueError("no time of day" if not clock else "a time of day that cannot be")
    when = date.fromisoformat(day.replace("/", "-"))
    return datetime.combine(when, time(int(hours), int(minutes)), UTC)


def _satellite(row: dict[str, str]) -> tuple[str, str]:
    told = row.get("satellite", "")
    name = _SATELLITES.get(told.lower(), told or "not stated")
    sensor = row.get("instrument", "").upper()
    if not sensor:
        # A file without the column still betrays itself by the names of its brightnesses.
        sensor = "VIIRS" if "bright_ti4" in row else "MODIS" if "brightness" in row else ""
    if not sensor and name in {"Terra", "Aqua"}:
        sensor = "MODIS"
    return name, sensor or "not stated"


def _confidence(text: str) -> Confidence | None:
    if not text:
        return None
    if text.lower() in _LETTERS:
        return _LETTERS[text.lower()]
    value = float(text)
    if not 0 <= value <= 100:
        raise ValueError("a confidence that cannot be")
    return "low" if value < _LOW_BELOW else "high" if value >= _HIGH_FROM else "nominal"
