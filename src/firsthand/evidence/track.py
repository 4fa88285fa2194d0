"""Where a camera was, in time: GPX (https://www.topografix.com/GPX/1/1/) or CSV.

CSV has a header and the columns `t_s` (seconds of the clip) or `time` (ISO instants with a zone),
`lat` and `lon` (WGS 84 degrees) or `east_m` and `north_m`, and, where something logged it,
`heading_deg` (where the camera looked, from true north). GPX knows no such heading: `course` is
where the receiver went. GPX is a stranger's XML: nothing in it is resolved, fetched or expanded,
and a document type is refused.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import cos, isfinite, radians
from typing import Final

import lxml.etree

from firsthand.errors import InputError

__all__ = ["Fix", "Track", "is_track", "read_track"]

MAX_BYTES: Final = 16 * 2**20
MAX_FIXES: Final = 100_000
METRES_A_DEGREE: Final = 111_195.0
"""Of latitude, on the mean sphere; a clip's way is far too short for the ellipsoid to show."""
EXAMPLE: Final = "Give GPX with times, or CSV with the columns t_s,lat,lon (and heading_deg)."


@dataclass(frozen=True)
class Fix:
    """A position in metres east and north of the first; `at_s` on the track's own clock."""

    at_s: float
    east_m: float
    north_m: float
    heading_deg: float | None = None


@dataclass(frozen=True)
class Track:
    """Fixes in order of time. `absolute`: `at_s` are seconds since 1970, not of the clip."""

    fixes: tuple[Fix, ...]
    absolute: bool


@dataclass(frozen=True)
class _Row:
    at: str
    one: str
    two: str
    heading: str = ""


def is_track(head: str) -> bool:
    """Whether the beginning of a file looks like a track."""
    first = head.lstrip("\ufeff \t\r\n").lower()
    if first.startswith("<") and "<gpx" in first:
        return True
    columns = {name.strip() for name in first.partition("\n")[0].split(",")}
    return bool({"t_s", "time"} & columns) and (
        {"lat", "lon"} <= columns or {"east_m", "north_m"} <= columns
    )


def read_track(data: bytes) -> Track:
    """Read a track.

    Raises:
        InputError: too large, neither GPX nor such CSV, or fewer than two fixes with a time.
    """
    if len(data) > MAX_BYTES:
        raise InputError("This track is too large.", "Cut it down to the time of the clip.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("This track is not UTF-8 text.", EXAMPLE) from None
    if "\0" in text:
        raise InputError("This track is not text.", EXAMPLE)
    if text.lstrip().startswith("<"):
        return _track(_gpx(text), "time", degrees=True)
    return _csv(text)


def _gpx(text: str) -> Iterable[_Row]:
    if "<!doctype" in text.lower() or "<!entity" in text.lower():
        raise InputError("This GPX declares a document type; none is needed.", EXAMPLE)
    parser = lxml.etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = lxml.etree.fromstring(text.encode(), parser)
    except (lxml.etree.LxmlError, ValueError):
        raise InputError("This GPX cannot be parsed as XML.", EXAMPLE) from None
    for node in root.iter("{*}trkpt"):
        stamp = node.findtext("{*}time", default="")
        if stamp:
            yield _Row(stamp, node.get("lat", ""), node.get("lon", ""))


def _csv(text: str) -> Track:
    try:
        rows = csv.DictReader(io.StringIO(text), skipinitialspace=True)
        names = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
        clock = "t_s" if "t_s" in names else "time"
        places = ("lat", "lon") if "lat" in names else ("east_m", "north_m")
        if not {clock, *places} <= set(names):
            raise InputError("This is no track: columns are missing.", EXAMPLE)
        heading = names.get("heading_deg")
        found = (
            _Row(
                row[names[clock]] or "", row[names[places[0]]] or "", row[names[places[1]]] or "",
                (row[heading] or "") if heading else "",
            )
            for row in rows
        )  # fmt: skip
        return _track(found, clock, degrees=places[0] == "lat")
    except csv.Error:
        raise InputError("This CSV cannot be read.", EXAMPLE) from None


def _number(text: str, low: float, high: float) -> float:
    value = float(text)
    if not (isfinite(value) and low <= value <= high):
        raise ValueError(text)
    return value


def _seconds(text: str) -> float:
    at = datetime.fromisoformat(text.strip())
    if at.tzinfo is None:
        raise ValueError(text)
    return at.timestamp()


def _track(rows: Iterable[_Row], clock: str, *, degrees: bool) -> Track:
    fixes: list[Fix] = []
    origin: tuple[float, float] | None = None
    for number, row in enumerate(rows, start=1):
        if number > MAX_FIXES:
            raise InputError("This track has too many fixes.", "Cut it down to the clip's time.")
        try:
            at = _seconds(row.at) if clock == "time" else _number(row.at, -1e6, 1e6)
            heading = _number(row.heading, -360, 360) if row.heading.strip() else None
            if degrees:
                north, east = _number(row.one, -89, 89), _number(row.two, -180, 180)
                origin = origin or (north, east)
                turned = (east - origin[1] + 180) % 360 - 180
                east = turned * METRES_A_DEGREE * cos(radians(origin[0]))
                north = (north - origin[0]) * METRES_A_DEGREE
            else:
                east, north = _number(row.one, -1e7, 1e7), _number(row.two, -1e7, 1e7)
        except (ValueError, OverflowError):
            raise InputError(f"Fix {number} of this track cannot be read.", EXAMPLE) from None
        fixes.append(Fix(at, east, north, heading))
    by_time = {fix.at_s: fix for fix in fixes}
    ordered = tuple(by_time[at] for at in sorted(by_time))
    if len(ordered) < 2:
        raise InputError("A track needs two fixes with a time at least.", EXAMPLE)
    return Track(ordered, absolute=clock == "time")
