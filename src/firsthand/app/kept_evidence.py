"""What others recorded, as a case keeps it: which file is what, and what checks are given of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from firsthand import __version__
from firsthand.app.fires import watch_of
from firsthand.app.given import NOTHING, Given
from firsthand.app.wind import field_reader, winds_of
from firsthand.case import Case, CaseState
from firsthand.errors import InputError
from firsthand.evidence.elements import read_elements
from firsthand.evidence.firms import read_firms
from firsthand.evidence.ground import FieldWinds, GroundLines
from firsthand.evidence.incidents import IncidentList
from firsthand.evidence.track import is_track
from firsthand.evidence.weather import records_of_fields
from firsthand.records import Item, ItemRef, Made, Place, Shot, Window

__all__ = [
    "FIELDS_READ",
    "INCIDENTS_READ",
    "LABEL",
    "TERRAIN_READ",
    "evidence_kind",
    "evidence_providers",
    "fields_made",
    "terrain_made",
]

EvidenceKind = Literal["fires", "elements", "weather", "fields", "terrain", "track"]

LABEL: Final = "evidence: "
"""What an item's label begins with; the kind follows."""

INCIDENTS_READ: Final = "incidents as read"
"""The label of what was read from somebody's list of incidents by its mapping."""

FIELDS_READ: Final = "winds as read at a place"
TERRAIN_READ: Final = "ground as read under lines of sight"

_GEOTIFF: Final = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")

_SNIFFED: Final = 64 * 1024


def evidence_kind(path: Path) -> EvidenceKind:
    """What an evidence file is, by its content alone.

    Raises:
        InputError: nothing that any check here can use.
    """
    with path.open("rb") as file:
        head = file.read(_SNIFFED)
    if head.startswith(_GEOTIFF):
        return "terrain"
    if field_reader(path) is not None:
        return "fields"
    text = head.decode("utf-8-sig", "replace").lower()
    if is_track(text):
        return "track"
    first = text.partition("\n")[0]
    if "latitude" in first and "acq_date" in first:
        return "fires"
    lines = text.splitlines()
    if any(line.startswith("1 ") and len(line) >= 60 for line in lines):
        return "elements"
    is_metar = any(re.match(r"(METAR |SPECI )?[A-Z]{4} \d{6}Z", line.upper()) for line in lines)
    if is_metar or '"hourly"' in text:
        return "weather"
    raise InputError(
        f"{path.name} is no evidence that is known here.",
        "Give FIRMS fires (CSV), element sets (TLE), METAR lines, Open-Meteo's JSON, ERA5 as GRIB "
        "or NetCDF, an elevation model (GeoTIFF), or a track.",
    )


def fields_made(item: Item, place: Place) -> Made:
    """How the winds of gridded fields were read at a place."""
    return _read_by("firsthand wind", item, {"at": _position(place)})


def terrain_made(item: Item, place: Place, camera: Place) -> Made:
    """How the ground between two places, each as wide as it may be, was read."""
    asked = {
        "camera": f"{_position(camera)} +- {camera.radius_m:g} m",
        "target": f"{_position(place)} +- {place.radius_m:g} m",
    }
    return _read_by("firsthand sightline", item, asked)


def _position(place: Place) -> str:
    return f"{place.latitude_deg:.6f},{place.longitude_deg:.6f}"


def _read_by(tool: str, item: Item, arguments: dict[str, str]) -> Made:
    return Made(
        tool=tool,
        version=__version__,
        arguments=arguments,
        inputs=(item.id,),
        input_sha256=(item.sha256,),
    )


def evidence_providers(
    case: Case,
    state: CaseState,
    place: Callable[[Shot | None], Given],
    window: Callable[[Shot | None], Given],
    camera: Callable[[Shot | None], Given],
) -> dict[str, Callable[[Shot | None], Given]]:
    """What gives each input that comes from kept evidence; place and window as set or claimed."""

    def items(kind: EvidenceKind) -> tuple[Item, ...]:
        return tuple(item for item in state.items.values() if item.label == LABEL + kind)

    def refs(kept: tuple[Item, ...]) -> tuple[ItemRef, ...]:
        return tuple(ItemRef(id=item.id, sha256=item.sha256) for item in kept)

    def fire_files(_shot: Shot | None) -> Given:
        kept = items("fires")
        if not kept:
            return NOTHING
        return Given(tuple(read_firms(case.read_item(item)) for item in kept), items=refs(kept))

    def fire_watch(shot: Shot | None) -> Given:
        kept = items("elements")
        where, when = place(shot), window(shot)
        if not kept or not isinstance(where.value, Place) or not isinstance(when.value, Window):
            return NOTHING
        text = "\n".join(case.read_item(item).decode("utf-8", "replace") for item in kept)
        read_elements(text)
        return Given(
            watch_of(text, where.value, when.value),
            claims=(*where.claims, *when.claims),
            settings=(*where.settings, *when.settings),
            items=refs(kept),
        )

    def readings(made: list[Made]) -> tuple[Item, ...]:
        return tuple(item for item in state.items.values() if item.made in made)

    def weather(shot: Shot | None) -> Given:
        kept = items("weather")
        where, when = place(shot), window(shot)
        if not isinstance(when.value, Window):
            return NOTHING
        records = [
            record for item in kept for record in winds_of(case.read_item(item), when.value.start)
        ]
        fields: tuple[Item, ...] = ()
        if isinstance(where.value, Place):
            fields = readings([fields_made(item, where.value) for item in items("fields")])
        for item in fields:
            found = FieldWinds.parse(case.read_item(item))
            records += records_of_fields([one.plain() for one in found.winds])
        if not records:
            return NOTHING
        return Given(
            tuple(records),
            claims=when.claims + (where.claims if fields else ()),
            settings=when.settings + (where.settings if fields else ()),
            items=refs((*kept, *fields)),
        )

    def ground(shot: Shot | None) -> Given:
        where, whence = place(shot), camera(shot)
        if not (isinstance(where.value, Place) and isinstance(whence.value, Place)):
            return NOTHING
        asked = [terrain_made(item, where.value, whence.value) for item in items("terrain")]
        kept = readings(asked)[:1]
        if not kept:
            return NOTHING
        return Given(
            GroundLines.parse(case.read_item(kept[0])),
            claims=(*where.claims, *whence.claims),
            settings=(*where.settings, *whence.settings),
            items=refs(kept),
        )

    def incident_lists(_shot: Shot | None) -> Given:
        kept = tuple(item for item in state.items.values() if item.label == INCIDENTS_READ)
        if not kept:
            return NOTHING
        lists = tuple(IncidentList.parse(case.read_item(item)) for item in kept)
        return Given(lists, items=refs(kept))

    return {
        "incident_lists": incident_lists,
        "fire_files": fire_files,
        "fire_watch": fire_watch,
        "weather": weather,
        "ground": ground,
    }
