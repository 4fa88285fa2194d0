"""The chronology of what reports and lists tell: one table, and where its dates cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from firsthand.origins.edtf import days
from firsthand.records import EdtfDate, Incident, Message, Part, Report, say

__all__ = [
    "FEW_DAYS",
    "ChronologyRow",
    "chronology",
    "date_conflicts",
    "dates_in_words",
    "perhaps_one",
]

FEW_DAYS = 3
"""Two sources may date one event so far apart: the day it happened, was told of, was printed."""
Sight = Literal["attack", "other", "none"]
_SIGHT: dict[str, Sight] = {"attack": "attack", "fire": "other", "smoke": "other", "other": "other"}


class ChronologyRow(Part):
    """One event, from every report that tells of it. Unknown bounds stay unknown.

    `said_by` are those who are said to have done it; `incidents` and `sources` name what was
    merged into the row.
    """

    kind: str
    summary: str
    earliest: EdtfDate | None
    latest: EdtfDate | None
    grain: str
    place: str
    means: tuple[str, ...]
    means_kind: str = ""
    casualties: str
    said_by: tuple[str, ...] = ()
    incidents: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def sight(self) -> Sight:
        """What a camera could have seen of it: an attack, a fire or the like, or nothing."""
        return _SIGHT.get(self.kind, "none")


def chronology(incidents: Iterable[Incident]) -> tuple[ChronologyRow, ...]:
    """Events in order of time, the undated last; mentions of one event in several reports merged.

    Two incidents are one event when kind, time, place and first means agree as far as both
    state them, kind and time are stated, and so is the day, or place or means by both: two attacks
    of one month of which nothing else is known may be two.
    """
    merged: list[list[Incident]] = []
    alike: dict[tuple[str, str | None, str | None], list[list[Incident]]] = {}
    for incident in incidents:
        when = incident.when
        key = (incident.kind, when.earliest if when else None, when.latest if when else None)
        groups = alike.setdefault(key, [])
        # An undated one is one event with none: looking for its like would only cost.
        like = groups if when and when.earliest else []
        home = next((group for group in like if _one_event(group[0], incident)), None)
        if home is None:
            groups.append([incident])
            merged.append(groups[-1])
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
    places = [each.where.text.lower() for each in (one, other) if each.where]
    means = [each.means[0].kind for each in (one, other) if each.means]
    if len(set(places)) > 1 or len(set(means)) > 1:
        return False
    return one.when.grain == "day" or len(places) > 1 or len(means) > 1


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
        means_kind=next((each.means[0].kind for each in group if each.means), ""),
        casualties=_told(told.killed, told.injured, told.basis) if told else "",
        said_by=tuple(dict.fromkeys(who.name for each in group for who in each.said_to_be_by)),
        incidents=tuple(each.id for each in group),
        sources=tuple(dict.fromkeys(each.source for each in group if each.source)),
    )


def _told(killed: int | None, injured: int | None, basis: Literal["stated", "reported"]) -> str:
    if killed is None and injured is None:
        return f"none {basis}"
    parts = [f"{killed} killed"] if killed is not None else []
    parts += [f"{injured} injured"] if injured is not None else []
    return f"{', '.join(parts)} ({basis})"


def perhaps_one(rows: Iterable[ChronologyRow]) -> tuple[Message, ...]:
    """Events, in order of time, that different sources date a few days apart and may be one.

    Kind, place and first means agree as far as both state them, and one of the two is stated by
    both; the days lie at most `FEW_DAYS` apart.
    """
    dated = [row for row in rows if row.sight != "none" and row.grain == "day"]
    out: list[Message] = []
    for index, one in enumerate(dated):
        for other in dated[index + 1 :]:
            first, second = days(one.latest), days(other.earliest)
            if first is None or second is None:
                continue
            apart = (second[0] - first[1]).days
            if apart > FEW_DAYS:
                break  # rows are in order of time
            if set(one.sources) & set(other.sources):
                continue
            if 0 < apart <= FEW_DAYS and one.kind == other.kind and _agree(one, other):
                out.append(
                    say(
                        "{source} dates “{event}” {date}, {other_source} dates “{other_event}” "
                        "{other_date}: these may be one event.",
                        source=", ".join(one.sources),
                        event=one.summary,
                        date=dates_in_words(one),
                        other_source=", ".join(other.sources),
                        other_event=other.summary,
                        other_date=dates_in_words(other),
                    )
                )
    return tuple(out)


def _agree(one: ChronologyRow, other: ChronologyRow) -> bool:
    places = [row.place.lower() for row in (one, other) if row.place]
    means = [row.means_kind for row in (one, other) if row.means_kind]
    if len(set(places)) > 1 or len(set(means)) > 1:
        return False
    return len(places) > 1 or len(means) > 1


_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}


def dates_in_words(row: ChronologyRow) -> str:
    """`2021-06`, `summer 2021`, `2020-03 to 2021-01`, `by 2021-08-26`, `from 2003`, or
    `not stated`."""
    earliest, latest = _season(row.earliest), _season(row.latest)
    if earliest and latest:
        return earliest if earliest == latest else f"{earliest} to {latest}"
    if earliest:
        return f"from {earliest}"
    return f"by {latest}" if latest else "not stated"


def _season(value: EdtfDate | None) -> str:
    found = re.match(r"(\d{4})-(2[1-4])$", value or "")
    return f"{_SEASONS[found[2]]} {found[1]}" if found else value or ""


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
    out.extend(
        say(
            "A {role} is dated {date}, after the report itself ({stamp}).",
            role=line.role,
            date=line.dated or "",
            stamp=stamp,
        )
        for line in report.lines
        if stamp and line.dated and line.role in {"caption", "body"}
        if line.dated[: len(stamp)] > stamp
    )
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
