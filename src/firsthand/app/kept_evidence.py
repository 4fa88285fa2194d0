"""What others recorded, as a case keeps it: which file is what, and what checks are given of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from firsthand import __version__
from firsthand.app.evidence_files import EvidenceKind, elements_in, fires_in, winds_in
from firsthand.app.fires import watch_of
from firsthand.app.given import NOTHING, Given
from firsthand.case import Case, CaseState
from firsthand.errors import InputError
from firsthand.evidence.ground import FieldWinds, GroundLines
from firsthand.evidence.incidents import IncidentList
from firsthand.evidence.weather import records_of_fields
from firsthand.records import Item, ItemRef, Made, Place, Shot, Window

__all__ = [
    "FIELDS_READ",
    "INCIDENTS_READ",
    "LABEL",
    "TERRAIN_READ",
    "evidence_providers",
    "fields_made",
    "not_used",
    "terrain_made",
]

LABEL: Final = "evidence: "
"""What an item's label begins with; the kind follows."""

INCIDENTS_READ: Final = "incidents as read"
"""The label of what was read from somebody's list of incidents by its mapping."""

FIELDS_READ: Final = "winds as read at a place"
TERRAIN_READ: Final = "ground as read under lines of sight"


def not_used(item: Item, why: str) -> str:
    """A sentence on evidence that is kept, and out of the checks."""
    name = f" ({item.acquired.original_name})" if item.acquired else ""
    return f"{item.id}{name} is kept and not used: {why}"


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


type _Read[T] = tuple[tuple[Item, ...], tuple[T, ...]]
"""The items that can be read, and what each holds."""


def _readable[T](
    case: Case,
    items: Iterable[Item],
    reader: Callable[[bytes], T],
    leave_out: Callable[[Item, str], None],
) -> _Read[T]:
    kept: list[Item] = []
    found: list[T] = []
    for item in items:
        data = case.read_item(item)
        try:
            found.append(reader(data))
        except InputError as error:
            leave_out(item, error.message)
        else:
            kept.append(item)
    return tuple(kept), tuple(found)


def evidence_providers(
    case: Case,
    state: CaseState,
    place: Callable[[Shot | None], Given],
    window: Callable[[Shot | None], Given],
    camera: Callable[[Shot | None], Given],
    *,
    leave_out: Callable[[Item, str], None],
) -> dict[str, Callable[[Shot | None], Given]]:
    """What gives each input that comes from kept evidence; place and window as set or claimed.

    Evidence that cannot be used stays in the case and out of the checks: `leave_out` is told of it
    and why. A case must go on whatever it keeps.
    """

    def items(kind: EvidenceKind) -> tuple[Item, ...]:
        return tuple(item for item in state.items.values() if item.label == LABEL + kind)

    def refs(kept: tuple[Item, ...]) -> tuple[ItemRef, ...]:
        return tuple(ItemRef(id=item.id, sha256=item.sha256) for item in kept)

    def read[T](kind: EvidenceKind, reader: Callable[[bytes], T]) -> _Read[T]:
        return _readable(case, items(kind), reader, leave_out)

    def fire_files(_shot: Shot | None) -> Given:
        kept, files = read("fires", fires_in)
        if not kept:
            return NOTHING
        return Given(files, items=refs(kept))

    def fire_watch(shot: Shot | None) -> Given:
        kept, texts = read("elements", elements_in)
        where, when = place(shot), window(shot)
        if not kept or not isinstance(where.value, Place) or not isinstance(when.value, Window):
            return NOTHING
        try:
            watch = watch_of("\n".join(texts), where.value, when.value)
        except InputError as error:
            for item in kept:
                leave_out(item, error.message)
            return NOTHING
        return Given(
            watch,
            claims=(*where.claims, *when.claims),
            settings=(*where.settings, *when.settings),
            items=refs(kept),
        )

    def readings(made: list[Made]) -> tuple[Item, ...]:
        return tuple(item for item in state.items.values() if item.made in made)

    def weather(shot: Shot | None) -> Given:
        where, when = place(shot), window(shot)
        if not isinstance(when.value, Window):
            return NOTHING
        near = when.value.start
        kept, winds = read("weather", lambda data: winds_in(data, near))
        records = [record for every in winds for record in every]
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
        there = readings(asked)
        kept, others = there[:1], there[1:]
        if not kept:
            return NOTHING
        for model in items("terrain"):
            if any(other.made and other.made.inputs == (model.id,) for other in others):
                leave_out(model, "Another elevation model of this case holds the line already.")
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
