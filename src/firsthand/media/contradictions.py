"""Where the file's own statements do not go together.

Each is a fact about the file, never a verdict on the footage: cameras with a wrong clock, phones
with an old fix and programs that tidy up leave the same marks as a forger. Fields of one file are
not independent, so ten that agree count no more than one. A later date contradicts nothing:
files are copied and saved again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from firsthand.media.metadata import FileMetadata
from firsthand.media.positions import PositionField
from firsthand.media.tags import Tag
from firsthand.media.times import HIGHEST_OFFSET_MIN, LOWEST_OFFSET_MIN, TimeField
from firsthand.records import Message, Part, say

__all__ = ["Contradiction", "contradictions"]

OLD_FIX = timedelta(hours=1)
"""A fix may be older than the picture; beyond an hour it is worth saying."""
ZONE_SLACK_H = 4.0
"""Zones stray up to about three and a half hours from the sun's (western China, Svalbard)."""
SAME_PLACE_KM = 1.0
COPYING = timedelta(days=1)
ZONE_MISTAKE = timedelta(hours=14, minutes=15)
UNLIKE, ALIKE_SIDE_PX = 0.5, 32
"""Correlation of thumbnail and picture below which they are called unlike, and the smallest
thumbnail compared."""
EARTH_KM = 6371.0


class Contradiction(Part):
    """`weight`: two statements cannot both be so (`contradiction`), hardly go together (`doubt`),
    or one says nothing at all (`blank`)."""

    code: Literal[
        "camera_day_against_gps_day", "zone_against_gps", "zone_against_longitude",
        "two_days_stated", "modified_before_taken", "made_before_taken", "two_positions",
        "position_zero", "position_without_hemisphere", "position_blank", "date_blank",
        "gps_time_blank", "thumbnail_unlike",
    ]  # fmt: skip
    weight: Literal["contradiction", "doubt", "blank"]
    statement: Message
    tags: tuple[Tag, ...] = ()


def contradictions(
    metadata: FileMetadata, thumbnail: dict[str, object] | None = None
) -> tuple[Contradiction, ...]:
    """All that the fields give, the gravest first."""
    found = [
        *_camera_and_gps(metadata),
        *_zones(metadata),
        *_dates(metadata.times),
        *_places(metadata.positions),
        *_blank_dates(metadata.times),
        *_thumbnail(thumbnail or {}),
    ]
    order = ("contradiction", "doubt", "blank")
    return tuple(sorted(found, key=lambda c: order.index(c.weight)))


def _taken(times: tuple[TimeField, ...]) -> TimeField | None:
    """The camera's own time of taking, else of digitising."""
    for role in ("taken", "digitised"):
        for field in times:
            if field.kind == "camera" and field.role == role and field.local and not field.blank:
                return field
    return None


def _fix(times: tuple[TimeField, ...]) -> TimeField | None:
    return next((t for t in times if t.kind == "gps" and t.instant is not None), None)


def _face(field: TimeField) -> str:
    """The clock face to the second, as a person reads it."""
    return (field.local or "").replace("T", " ").partition(".")[0]


def _moment(field: TimeField) -> datetime | None:
    """The clock face as a naive time; None where there is no full one."""
    if field.local is None or field.clock_only:
        return None
    return datetime.fromisoformat(field.local)


def _camera_and_gps(metadata: FileMetadata) -> Iterator[Contradiction]:
    camera, fix = _taken(metadata.times), _fix(metadata.times)
    if camera is None or fix is None or fix.instant is None or camera.day_only:
        return
    shown = _moment(camera)
    if shown is None:
        return
    tags = camera.tags + fix.tags
    ahead = shown - fix.instant.replace(tzinfo=None)
    fits = LOWEST_OFFSET_MIN <= ahead.total_seconds() / 60 <= HIGHEST_OFFSET_MIN
    if not fits:
        yield Contradiction(
            code="camera_day_against_gps_day",
            weight="contradiction",
            statement=say(
                "The camera clock says {camera}, GPS says {gps} UTC: {hours} h apart, which no "
                "time zone explains. One of the two clocks was wrong, or a field was changed.",
                camera=_face(camera), gps=_face(fix), hours=f"{ahead.total_seconds() / 3600:+.1f}",
            ),
            tags=tags,
        )  # fmt: skip
    elif camera.instant is not None and abs(camera.instant - fix.instant) > OLD_FIX:
        apart = (camera.instant - fix.instant).total_seconds() / 3600
        yield Contradiction(
            code="zone_against_gps",
            weight="doubt",
            statement=say(
                "With its stated zone the camera time is {hours} h from GPS time: the zone is "
                "wrong, or the fix was old.",
                hours=f"{apart:+.1f}",
            ),
            tags=tags,
        )


def _zones(metadata: FileMetadata) -> Iterator[Contradiction]:
    camera = _taken(metadata.times)
    place = next((p for p in metadata.positions if _is_place(p)), None)
    if camera is None or place is None or place.longitude_deg is None:
        return
    minutes = camera.offset_min
    if minutes is None:
        return
    apart = (minutes / 60 - place.longitude_deg / 15 + 12) % 24 - 12
    if abs(apart) > ZONE_SLACK_H:
        yield Contradiction(
            code="zone_against_longitude",
            weight="doubt",
            statement=say(
                "The camera's zone is UTC{zone}, but at longitude {longitude} the sun keeps about "
                "UTC{sun}: the camera was set to another zone, or the position is not where it was "
                "filmed.",
                zone=f"{minutes / 60:+g}", longitude=f"{place.longitude_deg:.2f}",
                sun=f"{place.longitude_deg / 15:+.1f}",
            ),
            tags=camera.tags + place.tags,
        )  # fmt: skip


def _dates(times: tuple[TimeField, ...]) -> Iterator[Contradiction]:
    camera = _taken(times)
    shown = _moment(camera) if camera else None
    if camera is not None and shown is not None:
        for field in times:
            moment = _moment(field)
            if moment is None or field is camera or field.blank:
                continue
            earlier = shown - moment
            if field.kind == "edited" and field.role == "taken" and _days_apart(shown, moment) > 1:
                yield _two_days(camera, field)
            elif field.role == "modified" and earlier > ZONE_MISTAKE:
                yield Contradiction(
                    code="modified_before_taken",
                    weight="doubt",
                    statement=say(
                        "It says that it was changed at {changed}, before it was taken at {taken}.",
                        changed=_face(field), taken=_face(camera),
                    ),
                    tags=field.tags + camera.tags,
                )  # fmt: skip
    yield from _containers(times)


def _days_apart(one: datetime, other: datetime) -> int:
    return abs((one.date() - other.date()).days)


def _two_days(camera: TimeField, field: TimeField) -> Contradiction:
    return Contradiction(
        code="two_days_stated",
        weight="doubt",
        statement=say(
            "Two fields give different days for the taking: {one} and {other}.",
            one=_face(camera), other=_face(field),
        ),
        tags=camera.tags + field.tags,
    )  # fmt: skip


def _containers(times: tuple[TimeField, ...]) -> Iterator[Contradiction]:
    """A clip made before it was taken; made later is only copied or exported."""
    taken = next(
        (t for t in times if t.kind == "container" and t.role == "taken" and t.instant), None
    )
    made = next(
        (t for t in times if t.kind == "container" and t.role == "created" and t.instant), None
    )
    if taken is None or made is None or taken.instant is None or made.instant is None:
        return
    if taken.instant - made.instant > ZONE_MISTAKE:
        yield Contradiction(
            code="made_before_taken",
            weight="doubt",
            statement=say(
                "The container was made at {made}, before the clip's own time {taken}.",
                made=_face(made), taken=_face(taken),
            ),
            tags=made.tags + taken.tags,
        )  # fmt: skip


def _is_place(field: PositionField) -> bool:
    return field.latitude_deg is not None and not (field.blank or field.null_island)


def _places(positions: tuple[PositionField, ...]) -> Iterator[Contradiction]:
    for field in positions:
        if field.null_island:
            statement = say(
                "The position is exactly 0, 0, in the Gulf of Guinea: most often a blank that a "
                "program filled in, not a place."
            )
            yield Contradiction(
                code="position_zero", weight="blank", statement=statement, tags=field.tags
            )
        elif field.unsigned:
            statement = say(
                "Latitude and longitude stand without the letters N, S, E, W: which hemisphere is "
                "not known, so the position is not used."
            )
            yield Contradiction(
                code="position_without_hemisphere",
                weight="doubt", statement=statement, tags=field.tags,
            )  # fmt: skip
        elif field.blank:
            statement = say("There are fields for a position, but they are empty or impossible.")
            yield Contradiction(
                code="position_blank", weight="blank", statement=statement, tags=field.tags
            )
    places = [field for field in positions if _is_place(field)]
    for other in places[1:]:
        if (apart := _km(places[0], other)) > SAME_PLACE_KM:
            statement = say("Two positions in the file are {km} km apart.", km=f"{apart:.1f}")
            yield Contradiction(
                code="two_positions", weight="contradiction", statement=statement,
                tags=places[0].tags + other.tags,
            )  # fmt: skip


def _km(one: PositionField, other: PositionField) -> float:
    """Great-circle distance on a sphere (haversine)."""
    a, b = math.radians(one.latitude_deg or 0), math.radians(other.latitude_deg or 0)
    turn = math.radians((other.longitude_deg or 0) - (one.longitude_deg or 0))
    chord = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(math.sqrt(chord), 1.0))


def _blank_dates(times: tuple[TimeField, ...]) -> Iterator[Contradiction]:
    """One for GPS time, one for all the rest: a program that blanks one date blanks them all."""
    blanks = [field for field in times if field.blank]
    for field in blanks:
        if field.kind == "gps":
            place = " and ".join(tag.place for tag in field.tags)
            yield Contradiction(
                code="gps_time_blank", weight="blank", tags=field.tags,
                statement=say("GPS time is empty ({place}), which is no midnight.", place=place),
            )  # fmt: skip
    tags = tuple(field.tags[0] for field in blanks if field.kind != "gps")
    if tags:
        yield Contradiction(
            code="date_blank", weight="blank", tags=tags,
            statement=say(
                "Blank, zero or an epoch's first day, so it says nothing: {places}.",
                places=", ".join(tag.place for tag in tags),
            ),
        )  # fmt: skip


def _thumbnail(told: dict[str, object]) -> Iterator[Contradiction]:
    correlation, width = told.get("correlation"), told.get("width_px")
    if not isinstance(correlation, int | float) or not isinstance(width, int):
        return
    if correlation < UNLIKE and width >= ALIKE_SIDE_PX:
        yield Contradiction(
            code="thumbnail_unlike",
            weight="doubt",
            statement=say(
                "The small picture inside the file does not look like the picture (correlation "
                "{value}): the picture was changed after the small one was made, or a program put "
                "a wrong one in.",
                value=f"{correlation:.2f}",
            ),
        )
