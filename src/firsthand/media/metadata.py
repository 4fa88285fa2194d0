"""What the file says of itself: normalised fields, each with where it was read, raw values kept."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Any, Literal

from pydantic import Field

from firsthand.media.positions import PositionField, read_positions
from firsthand.media.tags import Tag, TextField, number, read_tags
from firsthand.media.times import TimeField, derived_offset, read_times
from firsthand.records import Part

__all__ = ["Direction", "FileMetadata", "NumberField", "normalise"]

CAMERA_GROUPS = ("IFD0", "Keys", "UserData", "ItemList", "QuickTime", "RIFF", "Container")
SOFTWARE_NAMES = frozenset({
    "Software", "Encoder", "EncodingTool", "CreatorTool", "WritingApp", "MuxingApp", "encoder",
    "software", "com.android.version", "AndroidVersion", "ProcessingSoftware",
    "com.apple.quicktime.software",
})  # fmt: skip
_SECONDS = re.compile(r"^(\d+):(\d\d):(\d\d(?:\.\d+)?)$")


class NumberField(Part):
    """A number, its unit, and the tag that it was read from."""

    value: float
    unit: str
    tag: Tag


class Direction(Part):
    """Where the camera pointed, clockwise from the north named by `reference`."""

    value_deg: float
    reference: Literal["true", "magnetic", "unknown"]
    tags: tuple[Tag, ...]


class FileMetadata(Part):
    """The file's own statements. Anyone can write them; two of one file are not independent.

    `derived_offset_min` is the camera's offset from UTC worked out from GPS time beside the camera
    clock: derived, not stated. `tags` are all raw fields.
    """

    reader: str
    exiftool: Literal["present", "absent", "failed"]
    make: tuple[TextField, ...] = ()
    model: tuple[TextField, ...] = ()
    software: tuple[TextField, ...] = ()
    lens: tuple[TextField, ...] = ()
    times: tuple[TimeField, ...] = ()
    derived_offset_min: int | None = None
    positions: tuple[PositionField, ...] = ()
    direction: Direction | None = None
    orientation: NumberField | None = None
    focal_length: tuple[NumberField, ...] = ()
    focal_length_35mm: tuple[NumberField, ...] = ()
    durations: tuple[NumberField, ...] = ()
    tags: tuple[Tag, ...] = Field(default=(), repr=False)


def normalise(
    rows: Any, *, reader: str, exiftool: Literal["present", "absent", "failed"]
) -> FileMetadata:
    """Fields from a decoder's rows `[group, name, value]`."""
    tags = read_tags(rows)
    times = read_times(tags)
    return FileMetadata(
        reader=reader,
        exiftool=exiftool,
        make=_texts(tags, {"Make", "com.apple.quicktime.make", "AndroidMake"}),
        model=_texts(tags, {"Model", "com.apple.quicktime.model", "AndroidModel"}),
        software=_texts(tags, SOFTWARE_NAMES, anywhere=True),
        lens=_texts(tags, {"LensModel", "LensID"}, anywhere=True),
        times=times,
        derived_offset_min=derived_offset(times),
        positions=read_positions(tags),
        direction=_direction(tags),
        orientation=next(iter(_numbers(tags, {"Orientation", "Rotation"}, "")), None),
        focal_length=_numbers(tags, {"FocalLength"}, "mm"),
        focal_length_35mm=_numbers(
            tags, {"FocalLengthIn35mmFormat", "FocalLengthIn35mmFilm"}, "mm"
        ),
        durations=_numbers(tags, {"Duration", "TrackDuration", "MediaDuration"}, "s"),
        tags=tags,
    )


def _texts(
    tags: tuple[Tag, ...], names: Set[str], *, anywhere: bool = False
) -> tuple[TextField, ...]:
    found: dict[tuple[str, str], TextField] = {}
    for tag in tags:
        value = tag.raw.strip()
        if tag.name in names and value and (anywhere or tag.group in CAMERA_GROUPS):
            found.setdefault((tag.place, value), TextField(value=value, tag=tag))
    return tuple(found.values())


def _numbers(tags: tuple[Tag, ...], names: set[str], unit: str) -> tuple[NumberField, ...]:
    found: dict[tuple[str, float], NumberField] = {}
    for tag in tags:
        if tag.name in names and (value := _seconds(tag.raw) if unit == "s" else number(tag.raw)):
            field = NumberField(value=value, unit=unit, tag=tag)
            found.setdefault((tag.place, value), field)
    return tuple(found.values())


def _seconds(raw: str) -> float | None:
    match = _SECONDS.match(raw)
    if match is None:
        return number(raw)
    return int(match[1]) * 3600 + int(match[2]) * 60 + float(match[3])


def _direction(tags: tuple[Tag, ...]) -> Direction | None:
    pointed = next((t for t in tags if (t.group, t.name) == ("GPS", "GPSImgDirection")), None)
    letter = next((t for t in tags if (t.group, t.name) == ("GPS", "GPSImgDirectionRef")), None)
    value = number(pointed.raw) if pointed else None
    if pointed is None or value is None or not 0 <= value <= 360:
        return None
    names: dict[str, Literal["true", "magnetic", "unknown"]] = {"T": "true", "M": "magnetic"}
    reference = names.get(letter.raw.strip()[:1].upper() if letter else "", "unknown")
    used = (pointed, letter) if letter else (pointed,)
    return Direction(value_deg=value, reference=reference, tags=used)
