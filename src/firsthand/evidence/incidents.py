"""Incident lists that others keep (Atlos, Bellingcat, Airwars exports): CSV or JSON, and a mapping.

A list is read by a mapping file that says which of its columns is what; nothing is guessed from
a column's name. What cannot be taken as it stands (a date that may be read two ways, a position
that is hidden or no position, an id used twice, a withheld source) is kept out of the field and
named in a warning with its row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from firsthand.errors import InputError, InvalidRecord
from firsthand.evidence.incident_dates import read_date, ways_of_writing
from firsthand.evidence.incident_mapping import KINDS, Kind, Mapping
from firsthand.evidence.incident_numbers import MOST_PEOPLE, count, shown
from firsthand.evidence.incident_positions import Position, joint_position, two_columns
from firsthand.evidence.incident_rows import csv_rows, json_rows
from firsthand.records import Candidate, Casualties, Holder, Incident, Part, When, Where

__all__ = ["IncidentList", "Mapping", "read_incidents"]

MAX_ROWS = 200_000
_HIDDEN = re.compile(
    r"^\W*(?:hidden|withheld|redacted|removed|obscured|private|confidential|restricted|unknown|n/?a|none|"
    r"null|not (?:public|disclosed|shown)|\[.*(?:removed|hidden|redacted).*\]|x{3,}|[-*])\W*$",
    re.I,
)
_LONGEST_HIDDEN = 500
"""A text that stands for none is short; on a long row of dashes the pattern is slow."""


class IncidentList(Part):
    """Incidents that could be read, and what could not be taken as it stands."""

    incidents: tuple[Incident, ...]
    warnings: tuple[str, ...] = ()


@dataclass
class _Row:
    number: int
    values: dict[str, str]
    mapping: Mapping
    warnings: list[str] = field(default_factory=list)

    def get(self, column: str) -> str:
        return self.values.get(column, "").strip() if column else ""

    def warn(self, what: str) -> None:
        self.warnings.append(f"Row {self.number}: {what}.")


def read_incidents(data: bytes, mapping: bytes | Mapping) -> IncidentList:
    """Read a list.

    Raises:
        InvalidRecord: the mapping breaks its schema.
        InputError: the list is neither CSV nor JSON, is empty, or lacks a mapped column.
    """
    how = mapping if isinstance(mapping, Mapping) else Mapping.parse(mapping)
    unknown = sorted(set(how.kinds.values()) - KINDS)
    if unknown:
        raise InvalidRecord(
            f"The mapping turns kinds into {', '.join(unknown)}, which is none of ours.",
            f"Use one of: {', '.join(sorted(KINDS))}.",
        )
    rows = _rows(data, how)
    warnings: list[str] = []
    if len(rows) > MAX_ROWS:
        warnings.append(f"The list has {len(rows)} rows; the first {MAX_ROWS} are read.")
        rows = rows[:MAX_ROWS]
    warnings.extend(_mixed_dates(rows, how))
    seen: dict[str, int] = {}
    incidents: list[Incident] = []
    for number, values in enumerate(rows, 1):
        row = _Row(number, values, how)
        if any("\N{REPLACEMENT CHARACTER}" in value for value in values.values()):
            row.warn("it holds a character that was broken before it was read")
        own = row.get(how.id)
        if not own:
            row.warn("it has no id and is left out")
        elif own in seen:
            row.warn(f"its id {own!r} stands in row {seen[own]} too; only the first is kept")
        else:
            seen[own] = number
            try:
                incidents.append(_incident(row, own))
            except (ArithmeticError, LookupError, ValueError) as error:
                row.warn(f"it cannot be read and is left out ({type(error).__name__})")
        warnings.extend(row.warnings)
    return IncidentList(incidents=tuple(incidents), warnings=tuple(warnings))


def _mixed_dates(rows: list[dict[str, str]], how: Mapping) -> list[str]:
    """A list that writes dates in several ways was kept by several hands, or was once converted."""
    ways = ways_of_writing(row.get(how.date, "").strip() for row in rows)
    told = ", ".join(f"{way} in {count} rows" for way, count in sorted(ways.items()))
    if {"day first", "month first"} <= set(ways):
        return [f"Dates are written both day first and month first: {told}; look at each."]
    return [f"Dates are written in several ways: {told}."] if len(ways) > 1 else []


def _rows(data: bytes, how: Mapping) -> list[dict[str, str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("This list is not UTF-8 text.", "Export it again as UTF-8.") from error
    if not text.strip():
        raise InputError("This list is empty.", "Check that the export was saved whole.")
    rows = (
        json_rows(text, how.records) if text.lstrip()[0] in "[{" else csv_rows(text, how.delimiter)
    )
    if not rows:
        raise InputError("This list has no rows.", "Check the mapping's `records` and the export.")
    columns = {column for row in rows for column in row}
    wanted = {
        name: getattr(how, name)
        for name in (
            "id",
            "date",
            "date_end",
            "summary",
            "kind",
            "place",
            "latitude",
            "longitude",
            "position",
            "source",
            "killed",
            "killed_max",
            "injured",
            "injured_max",
            "by",
        )
        if getattr(how, name)
    }
    missing = sorted(
        f"{name} -> {column!r}" for name, column in wanted.items() if column not in columns
    )
    if missing:
        raise InputError(
            f"The list has no such column: {', '.join(missing)}.",
            f"It has: {', '.join(sorted(columns))[:400]}. Mend the mapping.",
        )
    return rows


def _incident(row: _Row, own: str) -> Incident:
    how = row.mapping
    kind: Kind = _kind(row)
    source = row.get(how.source)
    if how.source and _hidden(source or "-"):
        row.warn(f"the source of {own!r} is hidden or not given")
        source = ""
    by = row.get(how.by)
    holders = (
        (Holder(name=by, kind="group", relation="believed_by"),) if by and not _hidden(by) else ()
    )
    return Incident(
        id=own,
        kind=kind,
        summary=row.get(how.summary) or own,
        when=_when(row, own),
        where=_where(row, own),
        said_to_be_by=holders,
        casualties=_casualties(row, own),
        source=f"{how.name}: {source}" if source else how.name,
    )


def _kind(row: _Row) -> Kind:
    word = row.get(row.mapping.kind)
    if not word:
        return "other"
    known = row.mapping.kinds
    listed = [part.strip() for part in word.split(",")]
    ours = known.get(word) or next((known[part] for part in listed if part in known), word.lower())
    if ours in KINDS:
        return ours  # type: ignore[return-value]
    row.warn(f"its kind {word!r} is none that the mapping knows; kept as other")
    return "other"


def _when(row: _Row, own: str) -> When | None:
    how = row.mapping
    text = row.get(how.date)
    if not text or _hidden(text):
        row.warn(f"{own!r} has no date")
        return None
    first, doubt = read_date(text, how.date_order)
    if doubt:
        row.warn(f"the date {shown(text)} of {own!r} {doubt}")
    end_text = row.get(how.date_end)
    last = first
    if end_text and not _hidden(end_text):
        last, doubt = read_date(end_text, how.date_order)
        if doubt:
            row.warn(f"the end date {shown(end_text)} of {own!r} {doubt}")
        if first and last and last < first:
            row.warn(f"{own!r} ends ({last}) before it begins ({first}); the end is left out")
            last = first
    if first is None:
        return None
    grains: dict[int, Literal["year", "month", "day"]] = {4: "year", 7: "month", 10: "day"}
    return When(
        earliest=first,
        latest=last or first,
        grain=grains[len(first)],
        rule=f"date column, {how.date_order}",
        text=text if not end_text else f"{text} - {end_text}",
    )


def _where(row: _Row, own: str) -> Where | None:
    how = row.mapping
    place = row.get(how.place)
    latitude, longitude = row.get(how.latitude), row.get(how.longitude)
    joint = row.get(how.position)
    if joint and not _hidden(joint):
        lon_first = how.position_order == "lon_lat" or _is_geojson(how.position)
        found = joint_position(joint, lon_first=lon_first)
        written = shown(joint)
    elif latitude and longitude and not _hidden(latitude):
        found = two_columns(latitude, longitude)
        written = f"{shown(latitude)}, {shown(longitude)}"
    else:
        found, written = Position(None), ""
    candidates: tuple[Candidate, ...] = ()
    if found.degrees:
        candidates = _position(row, own, place, *found.degrees)
    elif written:
        row.warn(f"the position {written} of {own!r} {found.doubt}")
    elif how.latitude or how.position:
        row.warn(f"the position of {own!r} is hidden or not given")
    if not place and not candidates:
        return None
    return Where(text=place or own, relation="at", candidates=candidates)


def _is_geojson(column: str) -> bool:
    """GeoJSON (RFC 7946, 3.1.1) puts the longitude first."""
    return column.endswith("geometry.coordinates")


def _position(row: _Row, own: str, place: str, lat: float, lon: float) -> tuple[Candidate, ...]:
    if not -90 <= lat <= 90 or not -180 <= lon <= 180:
        hint = (
            "; latitude and longitude may be swapped" if abs(lon) <= 90 and abs(lat) <= 180 else ""
        )
        row.warn(f"the position {lat:g}, {lon:g} of {own!r} is outside the globe{hint}")
        return ()
    if lat == 0 and lon == 0:
        row.warn(f"the position of {own!r} is 0, 0, which stands for a missing one")
        return ()
    if lat == int(lat) and lon == int(lon):
        row.warn(
            f"the position {lat:g}, {lon:g} of {own!r} is in whole degrees: obscured, or coarse"
        )
    return (
        Candidate(
            name=place or own,
            latitude_deg=lat,
            longitude_deg=lon,
            kind="incident",
            source=row.mapping.name,
        ),
    )


def _casualties(row: _Row, own: str) -> Casualties | None:
    how = row.mapping
    figures: dict[str, int | None] = {}
    for name in ("killed", "injured"):
        text = row.get(getattr(how, name))
        figures[name] = None
        if not text or _hidden(text):
            continue
        least, most_text = count(text), row.get(getattr(how, f"{name}_max"))
        most = count(most_text)
        if least is None:
            row.warn(f"{name} {shown(text)} of {own!r} is no single number and is left out")
        elif MOST_PEOPLE in {least, most}:
            slip = text if least == MOST_PEOPLE else most_text
            row.warn(f"{name} {shown(slip)} of {own!r} is more than there are people: left out")
        elif most is not None and most != least:
            row.warn(f"{name} of {own!r} is {least} to {most}: no single number, and left out")
        else:
            figures[name] = least
    if figures["killed"] is None and figures["injured"] is None:
        return None
    return Casualties(
        killed=figures["killed"], injured=figures["injured"], basis=how.casualties_basis
    )


def _hidden(text: str) -> bool:
    return len(text) <= _LONGEST_HIDDEN and bool(_HIDDEN.match(text))
