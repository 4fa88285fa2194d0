"""What a person adds: settings (what the report does not say) and marks on frames."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from firsthand.records.base import Instant, Part, Record

__all__ = [
    "Angle",
    "KnownObject",
    "Length",
    "Light",
    "Mark",
    "Place",
    "Seen",
    "Setting",
    "SettingName",
    "SettingValue",
    "Window",
]

SettingName = Literal[
    "place",
    "window",
    "camera_position",
    "camera_height",
    "heading",
    "field_of_view",
    "distance",
    "wind_from",
    "shadow_azimuth",
    "sun_elevation",
    "top_height",
    "drift_angle",
    "known_object",
    "light",
    "seen",
]


class Place(Part):
    """A point (WGS 84) and a radius within which the thing may be."""

    kind: Literal["place"] = "place"
    name: str = ""
    latitude_deg: float = Field(ge=-90, le=90)
    longitude_deg: float = Field(ge=-180, le=180)
    elevation_m: float = 0.0
    radius_m: float = Field(gt=0)
    precision: Literal["exact", "vicinity", "locality"] = "exact"


class Window(Part):
    """A span of time, both ends meant: `start` <= t <= `end`."""

    kind: Literal["window"] = "window"
    start: Instant
    end: Instant


class Angle(Part):
    """An angle with its standard deviation, in degrees; headings clockwise from true north."""

    kind: Literal["angle"] = "angle"
    value_deg: float
    sd_deg: float = Field(gt=0)


class Length(Part):
    """A length with its standard deviation, in metres."""

    kind: Literal["length"] = "length"
    value_m: float = Field(gt=0)
    sd_m: float = Field(gt=0)


class KnownObject(Part):
    """An upright object of known size at a known distance: its ends in first-frame pixels."""

    kind: Literal["known_object"] = "known_object"
    start_px: tuple[float, float]
    end_px: tuple[float, float]
    size_m: float = Field(gt=0)
    distance_m: float = Field(gt=0)


class Light(Part):
    """The light in the picture as the analyst saw it."""

    kind: Literal["light"] = "light"
    seen: Literal["day", "twilight", "night", "cannot_tell"]


class Seen(Part):
    """What is to be seen, in the words of the analyst: "dark smoke; a moving camera; daylight"."""

    kind: Literal["seen"] = "seen"
    words: str = Field(min_length=1)


SettingValue = Annotated[
    Place | Window | Angle | Length | KnownObject | Light | Seen, Field(discriminator="kind")
]


class Setting(Record):
    """A fact a person put in, with who and why. `scope` is "case" or the id of a media item."""

    schema_: Literal["firsthand/setting/1"] = Field("firsthand/setting/1", alias="schema")
    id: str
    revision: int = Field(ge=1)
    name: SettingName
    scope: str = "case"
    value: SettingValue
    why: str
    by: str
    at: Instant


class Mark(Record):
    """Points or boxes a person put on one frame, in pixels (x right, y down, upright picture)."""

    schema_: Literal["firsthand/mark/1"] = Field("firsthand/mark/1", alias="schema")
    id: str
    revision: int = Field(ge=1)
    item: str
    t_s: float
    name: str
    points_px: tuple[tuple[float, float], ...]
    why: str
    by: str
    at: Instant
