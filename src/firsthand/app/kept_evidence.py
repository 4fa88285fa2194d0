"""What others recorded, as a case keeps it: which file is what, and what checks are given of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from firsthand.app.fires import watch_of
from firsthand.app.given import NOTHING, Given
from firsthand.app.wind import winds_of
from firsthand.case import Case, CaseState
from firsthand.errors import InputError
from firsthand.evidence.elements import read_elements
from firsthand.evidence.firms import read_firms
from firsthand.evidence.incidents import IncidentList
from firsthand.evidence.track import is_track
from firsthand.records import Item, ItemRef, Place, Shot, Window

__all__ = ["INCIDENTS_READ", "LABEL", "evidence_kind", "evidence_providers"]

EvidenceKind = Literal["fires", "elements", "weather", "track"]

LABEL: Final = "evidence: "
"""What an item's label begins with; the kind follows."""

INCIDENTS_READ: Final = "incidents as read"
"""The label of what was read from somebody's list of incidents by its mapping."""

_SNIFFED: Final = 64 * 1024


def evidence_kind(path: Path) -> EvidenceKind:
    """What an evidence file is, by its content alone.

    Raises:
        InputError: nothing that any check here can use.
    """
    with path.open("rb") as file:
        head = file.read(_SNIFFED)
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
        "Give FIRMS fires (CSV), element sets (TLE), METAR lines, Open-Meteo's JSON, or a track.",
    )


def evidence_providers(
    case: Case,
    state: CaseState,
    place: Callable[[Shot | None], Given],
    window: Callable[[Shot | None], Given],
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

    def weather(shot: Shot | None) -> Given:
        kept = items("weather")
        when = window(shot)
        if not kept or not isinstance(when.value, Window):
            return NOTHING
        records = tuple(
            record for item in kept for record in winds_of(case.read_item(item), when.value.start)
        )
        return Given(records, claims=when.claims, settings=when.settings, items=refs(kept))

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
    }
