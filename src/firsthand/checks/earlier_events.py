"""Which of the events told of were there before, and so could be what the footage shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from firsthand.evidence.firms import FireFile
from firsthand.measure.earth import distance
from firsthand.origins import ChronologyRow, chronology, days
from firsthand.records import Claim, Incident, Place, Report, Where, Window

__all__ = ["NEAR_M", "Earlier", "earlier_events"]

NEAR_M: Final = 2000.0
"""Added to the claimed place's radius: how far off a position in somebody's list commonly is."""

_ZONES: Final = timedelta(days=1)
"""A window is stored in UTC, an event dated by the day of the place: up to a day lies between."""
Order = Literal["before", "perhaps", "after"]

_ARTICLE: Final = re.compile(r"^(?:the|al|el|as|ash|ar)[ -]", re.I)


@dataclass(frozen=True)
class Earlier:
    """`rows`: the whole chronology. `there`: surely earlier, at the place, and a camera could see
    it; `perhaps`: the same, but it may be the claimed event itself; `unplaced`: either, without a
    place. `fire_days`: earlier days with a satellite fire there; `perhaps_days`: those that may be
    of the claimed event."""

    rows: tuple[ChronologyRow, ...]
    there: tuple[ChronologyRow, ...]
    perhaps: tuple[ChronologyRow, ...]
    unplaced: tuple[ChronologyRow, ...]
    fire_days: tuple[date, ...]
    perhaps_days: tuple[date, ...]

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
    told under a name that the footage's place has. It is earlier if the last day that it can mean
    is more than a day before the claimed window, and later if its first is more than a day after
    it; what lies between, or has no date, may be the claimed event itself. Without a window
    everything counts as earlier that need not have begun after the last report was published.
    """
    held = tuple(incidents)
    names = _names(place, claims)
    until = _until(reports)
    by_id = {one.id: one for one in held}
    rows = chronology(held)
    there: dict[Order, list[ChronologyRow]] = {"before": [], "perhaps": []}
    unplaced: list[ChronologyRow] = []
    for row in rows:
        order = _order(_bounds(row), until, window)
        if row.sight == "none" or order == "after":
            continue
        wheres = [by_id[name].where for name in row.incidents]
        known = [where for where in wheres if where is not None]
        if any(_is_there(where, place, names) for where in known):
            there[order].append(row)
        elif not known:
            unplaced.append(row)
    fires = {day: _order((day, day), until, window) for day in _fire_days(fire_files, place)}
    if window is None:  # the day of the report itself is none before it
        fires = {day: order for day, order in fires.items() if until is None or day < until}
    return Earlier(
        rows=rows,
        there=tuple(there["before"]),
        perhaps=tuple(there["perhaps"]),
        unplaced=tuple(unplaced),
        fire_days=tuple(day for day, order in fires.items() if order == "before"),
        perhaps_days=tuple(day for day, order in fires.items() if order == "perhaps"),
    )


def _key(name: str) -> str:
    return _ARTICLE.sub("", " ".join(name.casefold().split()))


def _names(place: Place | None, claims: Iterable[Claim]) -> frozenset[str]:
    found = [place.name] if place and place.name else []
    found += [claim.where.text for claim in claims if claim.footage and claim.where]
    return frozenset(_key(name) for name in found)


def _until(reports: Sequence[Report]) -> date | None:
    stamps = [
        bounds[1]
        for report in reports
        for stamp in (report.updated or report.published,)
        if stamp and (bounds := days(stamp.date))
    ]
    return max(stamps, default=None)


def _bounds(row: ChronologyRow) -> tuple[date | None, date | None]:
    """The first and the last day that the event can have been on, each as far as it is told."""
    first, last = days(row.earliest), days(row.latest)
    return first[0] if first else None, last[1] if last else None


def _order(
    bounds: tuple[date | None, date | None], until: date | None, window: Window | None
) -> Order:
    first, last = bounds
    if window is None:
        return "after" if first and until and first > until else "before"
    if last and last < window.start.date() - _ZONES:
        return "before"
    return "after" if first and first > window.end.date() + _ZONES else "perhaps"


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


def _fire_days(files: Sequence[FireFile], place: Place | None) -> tuple[date, ...]:
    if place is None:
        return ()
    found = {
        point.at.date()
        for file in files
        for point in file.points
        if abs(point.latitude_deg - place.latitude_deg) <= (place.radius_m + NEAR_M) / 100_000
        if distance(
            place.latitude_deg, place.longitude_deg, point.latitude_deg, point.longitude_deg
        ).low
        <= place.radius_m + NEAR_M / 2
    }
    return tuple(sorted(found))
