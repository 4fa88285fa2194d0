"""The chronology of what reports and lists tell: one table, and where its dates cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from firsthand.records import EdtfDate, Incident, Message, Part, Report, say

__all__ = ["ChronologyRow", "chronology", "date_conflicts"]


class ChronologyRow(Part):
    """One event, from every report that tells of it. Unknown bounds stay unknown."""

    kind: str
    summary: str
    earliest: EdtfDate | None
    latest: EdtfDate | None
    grain: str
    place: str
    means: tuple[str, ...]
    casualties: str
    incidents: tuple[str, ...]
    sources: tuple[str, ...]


def chronology(incidents: Iterable[Incident]) -> tuple[ChronologyRow, ...]:
    """Events in order of time, the undated last; mentions of one event in several reports merged.

    Two incidents are one event when kind, time, place and first means agree as far as both
    state them, and at least time and kind are stated.
    """
    merged: list[list[Incident]] = []
    for incident in incidents:
        home = next((group for group in merged if _one_event(group[0], incident)), None)
        if home is None:
            merged.append([incident])
        else:
            home.append(incident)
    rows = [_row(group) for group in merged]
    return tuple(sorted(rows, key=lambda row: (_key(row.earliest or row.latest), row.summary)))


def _key(value: EdtfDate | None) -> str:
    """Sortable: `2021-22` (summer) after `2021-06`, undated after everything."""
    if value is None:
        return "9999"
    season = re.match(r"(\d{4})-(2[1-4])$", value)
    if season:
        return f"{season[1]}-{(int(season[2]) - 20) * 3 - 1:02d}"
    return value


def _one_event(one: Incident, other: Incident) -> bool:
    if one.kind != other.kind or one.when is None or other.when is None:
        return False
    if not one.when.earliest or one.when.earliest != other.when.earliest:
        return False
    if one.when.latest != other.when.latest or one.when.grain == "year":
        return False
    if one.where and other.where and one.where.text.lower() != other.where.text.lower():
        return False
    return not (one.means and other.means and one.means[0].kind != other.means[0].kind)


def _row(group: list[Incident]) -> ChronologyRow:
    first = group[0]
    when = first.when
    told = next((each.casualties for each in group if each.casualties), None)
    return ChronologyRow(
        kind=first.kind,
        summary=first.summary,
        earliest=when.earliest if when else None,
        latest=when.latest if when else None,
        grain=when.grain if when else "unknown",
        place=next((each.where.text for each in group if each.where), ""),
        means=tuple(means.text or means.kind for means in first.means),
        casualties=_told(told.killed, told.injured, told.basis) if told else "",
        incidents=tuple(each.id for each in group),
        sources=tuple(dict.fromkeys(each.source for each in group if each.source)),
    )


def _told(killed: int | None, injured: int | None, basis: Literal["stated", "reported"]) -> str:
    if killed is None and injured is None:
        return f"none {basis}"
    parts = [f"{killed} killed"] if killed is not None else []
    parts += [f"{injured} injured"] if injured is not None else []
    return f"{', '.join(parts)} ({basis})"


def date_conflicts(report: Report, incidents: Iterable[Incident]) -> tuple[Message, ...]:
    """Where a report's own dates cannot all be right: an event after it was published, an end
    before its beginning, an update before publication."""
    out: list[Message] = []
    published = report.published.date if report.published else None
    if report.updated and published and report.updated.date < published:
        out.append(
            say(
                "The report says that it was updated on {updated}, before it was published on "
                "{published}.",
                updated=report.updated.date,
                published=published,
            )
        )
    stamp = (report.updated.date if report.updated else None) or published
    for incident in incidents:
        when = incident.when
        if when is None or when.earliest is None:
            continue
        if (
            stamp
            and incident.kind in {"attack", "fire", "smoke"}
            and (_key(when.earliest)[: len(stamp)] > stamp)
        ):
            out.append(
                say(
                    "{event} is dated {date}, after the report itself ({stamp}).",
                    event=incident.summary,
                    date=when.earliest,
                    stamp=stamp,
                )
            )
        if when.latest and _key(when.latest) < _key(when.earliest)[: len(_key(when.latest))]:
            out.append(
                say(
                    "{event} ends ({latest}) before it begins ({earliest}).",
                    event=incident.summary,
                    latest=when.latest,
                    earliest=when.earliest,
                )
            )
    return tuple(out)
