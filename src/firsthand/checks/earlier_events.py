"""Which of the events told of were there before, and so could be what the footage shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from firsthand.evidence.firms import FireFile
from firsthand.measure.earth import distance
from firsthand.origins import ChronologyRow, chronology, days
from firsthand.records import Claim, Incident, Place, Report, Where, Window

__all__ = ["NEAR_M", "Earlier", "earlier_events"]

NEAR_M: Final = 2000.0
"""Added to the claimed place's radius: how far off a position in somebody's list commonly is."""

_ARTICLE: Final = re.compile(r"^(?:the|al|el|as|ash|ar)[ -]", re.I)


@dataclass(frozen=True)
class Earlier:
    """`rows`: the whole chronology. `there`: earlier, at the place, and a camera could see it;
    `unplaced`: the same without a place. `fire_days`: earlier days with a satellite fire there."""

    rows: tuple[ChronologyRow, ...]
    there: tuple[ChronologyRow, ...]
    unplaced: tuple[ChronologyRow, ...]
    fire_days: tuple[date, ...]

    @property
    def attacks(self) -> int:
        """How many of those there were attacks."""
        return sum(row.sight == "attack" for row in self.there)

    @property
    def other(self) -> int:
        """How many were fires, smoke or blasts that nobody calls an attack."""
        return sum(row.sight == "other" for row in self.there)


def earlier_events(
    incidents: Iterable[Incident],
    fire_files: Sequence[FireFile] = (),
    *,
    reports: Sequence[Report] = (),
    place: Place | None = None,
    window: Window | None = None,
    claims: Iterable[Claim] = (),
) -> Earlier:
    """Lay the events beside the claimed place and time.

    An event is there if its position lies within the place's radius and `NEAR_M`, or if it is
    told under a name that the footage's place has. It is earlier unless it lies in the claimed
    window or after it, or, without a window, must have begun after the last report was published;
    an undated one may be earlier.
    """
    held = tuple(incidents)
    names = _names(place, claims)
    until = _until(reports, window)
    by_id = {one.id: one for one in held}
    rows = chronology(held)
    there: list[ChronologyRow] = []
    unplaced: list[ChronologyRow] = []
    for row in rows:
        if row.sight == "none" or not _earlier(row, until, window):
            continue
        wheres = [by_id[name].where for name in row.incidents]
        known = [where for where in wheres if where is not None]
        if any(_is_there(where, place, names) for where in known):
            there.append(row)
        elif not known:
            unplaced.append(row)
    return Earlier(
        rows=rows,
        there=tuple(there),
        unplaced=tuple(unplaced),
        fire_days=_fire_days(fire_files, place, window, until),
    )


def _key(name: str) -> str:
    return _ARTICLE.sub("", " ".join(name.casefold().split()))


def _names(place: Place | None, claims: Iterable[Claim]) -> frozenset[str]:
    found = [place.name] if place and place.name else []
    found += [claim.where.text for claim in claims if claim.footage and claim.where]
    return frozenset(_key(name) for name in found)


def _until(reports: Sequence[Report], window: Window | None) -> date | None:
    if window is not None:
        return window.end.date()
    stamps = [
        bounds[1]
        for report in reports
        for stamp in (report.updated or report.published,)
        if stamp and (bounds := days(stamp.date))
    ]
    return max(stamps, default=None)


def _earlier(row: ChronologyRow, until: date | None, window: Window | None) -> bool:
    first = days(row.earliest)
    if first is None:
        return True
    if window is not None and first[0] >= window.start.date():
        return False  # in the claimed time: the event itself, or one beside it
    return until is None or first[0] <= until


def _is_there(where: Where, place: Place | None, names: frozenset[str]) -> bool:
    if _key(where.text) in names:
        return True
    if place is None:
        return False
    return any(
        distance(place.latitude_deg, place.longitude_deg, one.latitude_deg, one.longitude_deg).value
        <= place.radius_m + NEAR_M
        for one in where.candidates
        if one.kind != "city"  # a town's middle says nothing of a site in it
    )


def _fire_days(
    files: Sequence[FireFile], place: Place | None, window: Window | None, until: date | None
) -> tuple[date, ...]:
    if place is None:
        return ()
    before = window.start.date() if window else until
    found = {
        point.at.date()
        for file in files
        for point in file.points
        if before is None or point.at.date() < before
        if abs(point.latitude_deg - place.latitude_deg) <= (place.radius_m + NEAR_M) / 100_000
        if distance(
            place.latitude_deg, place.longitude_deg, point.latitude_deg, point.longitude_deg
        ).low
        <= place.radius_m + NEAR_M / 2
    }
    return tuple(sorted(found))
