"""Times as a file states them: with a zone, without one, or blank.

A camera's clock face is no instant: it becomes one only with a zone, stated in the file or derived
from the GPS time beside it, and a derived one is called so. Formats that count seconds from an
epoch leave a blank as that epoch, so 1904, 1970 and 0000 are blanks and no dates.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal

from firsthand.media.tags import Tag
from firsthand.records import Instant, Part

__all__ = ["TimeField", "derived_offset", "read_times"]

TimeKind = Literal["camera", "gps", "container", "edited"]
Zone = Literal["stated", "utc_by_format", "gps", "none"]

BLANK_DAYS = frozenset({(1904, 1, 1), (1970, 1, 1), (0, 0, 0)})
"""Epochs: QuickTime's (1904), Unix's (1970), and EXIF's zeros."""
YEARS = range(1826, 9999)
"""From the first photograph on; a year outside is a blank or a mistake."""
OFFSET_GRID_MIN = 15
"""Zones differ by quarter hours."""
OFFSET_TOLERANCE_S = 180
"""A GPS fix may be a little older than the picture; beyond this nothing is derived."""
LOWEST_OFFSET_MIN, HIGHEST_OFFSET_MIN = -12 * 60, 14 * 60

_DATE = re.compile(
    r"^\s*(\d{4})[:\-](\d\d)[:\-](\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?)?\s*"
    r"(Z|[+-]\d\d:?\d\d)?\s*$"
)
_CLOCK = re.compile(r"^\s*(\d\d):(\d\d):(\d\d)(\.\d+)?\s*Z?\s*$")
_OFFSET = re.compile(r"^([+-])(\d\d):?(\d\d)$")


class TimeField(Part):
    """One time of the file.

    `local` is the clock face as written (ISO 8601, no zone); `instant` is set where the zone is
    stated, is UTC by the format's rules (which some cameras break), or is GPS's. `day_only` and
    `clock_only` tell what is missing. `blank` times say nothing.
    """

    kind: TimeKind
    role: Literal["taken", "digitised", "created", "modified", "fix"]
    local: str | None = None
    instant: Instant | None = None
    zone: Zone = "none"
    offset_min: int | None = None
    day_only: bool = False
    clock_only: bool = False
    blank: bool = False
    tags: tuple[Tag, ...]


_EXIF: tuple[tuple[str, Literal["taken", "digitised", "modified"], str, str], ...] = (
    ("DateTimeOriginal", "taken", "OffsetTimeOriginal", "SubSecTimeOriginal"),
    ("CreateDate", "digitised", "OffsetTimeDigitized", "SubSecTimeDigitized"),
    ("DateTimeDigitized", "digitised", "OffsetTimeDigitized", "SubSecTimeDigitized"),
    ("ModifyDate", "modified", "OffsetTime", "SubSecTime"),
)
_CONTAINER_UTC = ("QuickTime",)
_CONTAINER_ROLES: dict[str, Literal["taken", "created", "modified"]] = {
    "CreateDate": "created",
    "ModifyDate": "modified",
    "TrackCreateDate": "created",
    "TrackModifyDate": "modified",
    "MediaCreateDate": "created",
    "MediaModifyDate": "modified",
    "CreationDate": "taken",
    "ContentCreateDate": "taken",
    "DateTimeOriginal": "taken",
    "DateCreated": "taken",
    "creation_time": "created",
    "com.apple.quicktime.creationdate": "taken",
}
_EDITOR_ROLES: dict[str, Literal["created", "modified", "taken"]] = {
    "CreateDate": "created",
    "ModifyDate": "modified",
    "MetadataDate": "modified",
    "DateCreated": "taken",
    "DateTimeOriginal": "taken",
}


def read_times(tags: tuple[Tag, ...]) -> tuple[TimeField, ...]:
    """Every time among the tags, in their order, GPS last; equal ones of tracks once."""
    found: list[TimeField] = []
    for tag in tags:
        field = _exif(tag, tags) or _container(tag) or _editor(tag)
        if field is not None and not _repeats(field, found):
            found.append(field)
    return (*found, *_gps(tags))


def _repeats(field: TimeField, found: list[TimeField]) -> bool:
    """A track's dates repeat the movie's: they are not told again."""
    return field.kind == "container" and any(
        (other.role, other.local, other.instant) == (field.role, field.local, field.instant)
        for other in found
    )


def _first(tags: tuple[Tag, ...], name: str, groups: tuple[str, ...]) -> Tag | None:
    return next((tag for tag in tags if tag.name == name and tag.group in groups), None)


def _exif(tag: Tag, tags: tuple[Tag, ...]) -> TimeField | None:
    if tag.group not in {"ExifIFD", "IFD0"}:
        return None
    for name, role, offset_name, sub_name in _EXIF:
        if tag.name == name:
            offset = _first(tags, offset_name, ("ExifIFD", "IFD0"))
            sub = _first(tags, sub_name, ("ExifIFD", "IFD0"))
            used = tuple(part for part in (tag, offset, sub) if part is not None)
            fraction = f".{sub.raw.strip()}" if sub and sub.raw.strip().isdigit() else ""
            return TimeField(
                kind="camera",
                role=role,
                tags=used,
                **_parsed(tag.raw, fraction, offset.raw.strip() if offset else ""),
            )
    return None


def _container(tag: Tag) -> TimeField | None:
    track = tag.group.startswith("Track")
    known = tag.group in {
        "QuickTime",
        "Keys",
        "UserData",
        "ItemList",
        "RIFF",
        "Matroska",
        "Container",
    }
    role = _CONTAINER_ROLES.get(tag.name)
    if role is None or not (track or known):
        return None
    utc = track or tag.group in _CONTAINER_UTC or tag.name == "creation_time"
    return TimeField(kind="container", role=role, tags=(tag,), **_parsed(tag.raw, "", "", utc=utc))


def _editor(tag: Tag) -> TimeField | None:
    if not tag.group.startswith(("XMP-xmp", "XMP-photoshop", "XMP-exif", "IPTC", "PNG")):
        return None
    role = _EDITOR_ROLES.get(tag.name)
    return role and TimeField(kind="edited", role=role, tags=(tag,), **_parsed(tag.raw, "", ""))


def _gps(tags: tuple[Tag, ...]) -> tuple[TimeField, ...]:
    day, clock = _first(tags, "GPSDateStamp", ("GPS",)), _first(tags, "GPSTimeStamp", ("GPS",))
    used = tuple(tag for tag in (day, clock) if tag is not None)
    if not used:
        return ()
    date = _DATE.match(day.raw) if day else None
    time = _CLOCK.match(clock.raw) if clock else None
    field: dict[str, Any] = {"kind": "gps", "role": "fix", "zone": "gps", "tags": used}
    if date and time:
        local = f"{date[1]}-{date[2]}-{date[3]}T{time[1]}:{time[2]}:{time[3]}{time[4] or ''}"
        told = _parsed(local, "", "Z")
        return (TimeField(**{**field, **told, "zone": "gps"}),)
    if day and date and date[4] is None:
        return (TimeField(**{**field, **_parsed(day.raw, "", ""), "zone": "gps"}),)
    if time and not (day and int(time[1]) == int(time[2]) == int(time[3]) == 0):
        local = f"{time[1]}:{time[2]}:{time[3]}{time[4] or ''}"
        if _moment(f"2000-01-01T{time[1]}:{time[2]}:{time[3]}") is not None:
            return (TimeField(**field, local=local, clock_only=True),)
    return (TimeField(**field, blank=True),)


def _blank(date: re.Match[str]) -> bool:
    day = (int(date[1]), int(date[2]), int(date[3]))
    return day in BLANK_DAYS or day[0] not in YEARS


def _moment(written: str) -> datetime | None:
    """A date and time that there can be, else None."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _parsed(raw: str, fraction: str, offset: str, *, utc: bool = False) -> dict[str, Any]:
    """local, instant, zone, offset_min, day_only and blank of a written date."""
    match = _DATE.match(raw)
    if match is None or _blank(match):
        return {"blank": True}
    if match[4] is None:
        day = f"{match[1]}-{match[2]}-{match[3]}"
        return {"local": day, "day_only": True} if _moment(day) else {"blank": True}
    fraction = match[7] or fraction
    second = match[6] or "00"
    moment = _moment(f"{match[1]}-{match[2]}-{match[3]}T{match[4]}:{match[5]}:{second}")
    if moment is None:
        return {"blank": True}
    moment += timedelta(microseconds=round(float(f"0{fraction}" if fraction else 0) * 1e6))
    told: dict[str, Any] = {"local": moment.isoformat()}
    minutes = _minutes(match[8] or offset)
    if minutes is not None:
        zone = timezone(timedelta(minutes=minutes))
        told |= {"zone": "stated", "offset_min": minutes, "instant": moment.replace(tzinfo=zone)}
    elif utc:
        told |= {"zone": "utc_by_format", "instant": moment.replace(tzinfo=UTC)}
    return told


def _minutes(offset: str) -> int | None:
    if offset == "Z":
        return 0
    match = _OFFSET.match(offset)
    if match is None:
        return None
    minutes = (int(match[2]) * 60 + int(match[3])) * (-1 if match[1] == "-" else 1)
    return minutes if LOWEST_OFFSET_MIN <= minutes <= HIGHEST_OFFSET_MIN else None


def derived_offset(times: tuple[TimeField, ...]) -> int | None:
    """The camera's offset from UTC in minutes, where GPS time allows to derive it; else None.

    Needs a camera time without a zone and GPS time of the same file. Where GPS gives no day, the
    clock alone tells the offset up to whole days, of which one at most is a possible zone.
    """
    camera = next(
        (t for t in times if t.kind == "camera" and t.role == "taken" and not t.blank), None
    )
    fix = next((t for t in times if t.kind == "gps" and not t.blank and not t.day_only), None)
    if camera is None or fix is None or camera.offset_min is not None:
        return None
    if camera.local is None or camera.day_only or fix.local is None:
        return None
    shown = datetime.fromisoformat(camera.local)
    if fix.instant is not None:
        seconds = (shown - fix.instant.replace(tzinfo=None)).total_seconds()
        return _on_grid(seconds)
    then = datetime.fromisoformat(f"{shown.date().isoformat()}T{fix.local}")
    seconds = (shown - then).total_seconds()
    fits = {_on_grid(seconds + day * 86400) for day in (-1, 0, 1)} - {None}
    return fits.pop() if len(fits) == 1 else None


def _on_grid(seconds: float) -> int | None:
    minutes = round(seconds / 60 / OFFSET_GRID_MIN) * OFFSET_GRID_MIN
    if abs(seconds - minutes * 60) > OFFSET_TOLERANCE_S:
        return None
    return minutes if LOWEST_OFFSET_MIN <= minutes <= HIGHEST_OFFSET_MIN else None
