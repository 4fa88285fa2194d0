"""Incident lists that others keep (Atlos, Bellingcat, Airwars exports): CSV or JSON, and a mapping.

A list is read by a mapping file that says which of its columns is what; nothing is guessed from
a column's name. What cannot be taken as it stands (a date that may be read two ways, a position
that is hidden or no position, an id used twice, a withheld source) is kept out of the field and
named in a warning with its row.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from pydantic import Field

from firsthand.errors import InputError, InvalidRecord
from firsthand.records import Candidate, Casualties, Holder, Incident, Part, When, Where

__all__ = ["IncidentList", "Mapping", "read_incidents"]

MAX_ROWS = 200_000
Order = Literal["dmy", "mdy", "ymd", "unknown"]
Kind = Literal["attack", "fire", "smoke", "agreement", "withdrawal", "transfer", "other"]
_KINDS = frozenset({"attack", "fire", "smoke", "agreement", "withdrawal", "transfer", "other"})
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        1,
    )
    for name in names.split()
}
_HIDDEN = re.compile(
    r"^\W*(?:hidden|withheld|redacted|removed|obscured|private|confidential|restricted|unknown|n/?a|none|"
    r"null|not (?:public|disclosed|shown)|\[.*(?:removed|hidden|redacted).*\]|x{3,}|-+|\*+)\W*$",
    re.I,
)
_ISO = re.compile(r"^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ].*)?$")
_NUMERIC = re.compile(r"^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:[ ,T].*)?$")
_WORDS = re.compile(
    r"^(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([A-Za-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})$"
)


class Mapping(Part):
    """Which column is what. `records` is the dotted way to the rows of a JSON file.

    `date_order` says how numeric dates are to be read; `unknown` takes only those that can be
    read in one way. `kinds` turns the list's own words into ours.
    """

    id: str
    date: str
    name: str = "list"
    date_end: str = ""
    summary: str = ""
    kind: str = ""
    place: str = ""
    latitude: str = ""
    longitude: str = ""
    position: str = ""
    source: str = ""
    killed: str = ""
    injured: str = ""
    by: str = ""
    records: str = ""
    delimiter: str = ","
    date_order: Order = "unknown"
    kinds: dict[str, str] = Field(default_factory=dict)
    casualties_basis: Literal["stated", "reported"] = "reported"


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
    unknown = sorted(set(how.kinds.values()) - _KINDS)
    if unknown:
        raise InvalidRecord(
            f"The mapping turns kinds into {', '.join(unknown)}, which is none of ours.",
            f"Use one of: {', '.join(sorted(_KINDS))}.",
        )
    rows = _rows(data, how)
    warnings: list[str] = []
    if len(rows) > MAX_ROWS:
        warnings.append(f"The list has {len(rows)} rows; the first {MAX_ROWS} are read.")
        rows = rows[:MAX_ROWS]
    seen: dict[str, int] = {}
    incidents: list[Incident] = []
    for number, values in enumerate(rows, 1):
        row = _Row(number, values, how)
        own = row.get(how.id)
        if not own:
            row.warn("it has no id and is left out")
        elif own in seen:
            row.warn(f"its id {own!r} stands in row {seen[own]} too; only the first is kept")
        else:
            seen[own] = number
            incidents.append(_incident(row, own))
        warnings.extend(row.warnings)
    return IncidentList(incidents=tuple(incidents), warnings=tuple(warnings))


def _rows(data: bytes, how: Mapping) -> list[dict[str, str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("This list is not UTF-8 text.", "Export it again as UTF-8.") from error
    if not text.strip():
        raise InputError("This list is empty.", "Check that the export was saved whole.")
    rows = _json_rows(text, how) if text.lstrip()[0] in "[{" else _csv_rows(text, how)
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
            "injured",
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


def _csv_rows(text: str, how: Mapping) -> list[dict[str, str]]:
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=how.delimiter, strict=True)
        return [
            {str(key): value for key, value in row.items() if isinstance(value, str) and key}
            for row in reader
        ]
    except (csv.Error, TypeError) as error:
        raise InputError(
            f"This list is no CSV with {how.delimiter!r} between columns: {error}.",
            "Check the mapping's `delimiter`, or export the list again.",
        ) from error


def _json_rows(text: str, how: Mapping) -> list[dict[str, str]]:
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("This list is not valid JSON.", "Export it again.") from error
    for step in how.records.split(".") if how.records else []:
        found = found.get(step) if isinstance(found, dict) else None
    if isinstance(found, dict) and found.get("type") == "FeatureCollection":
        found = found.get("features")
    if not isinstance(found, list):
        raise InputError(
            "The JSON has no list of incidents where the mapping says.",
            "Set `records` in the mapping to the dotted way to the list.",
        )
    return [_flat(each) for each in found if isinstance(each, dict)]


def _flat(value: dict[str, Any], lead: str = "", depth: int = 0) -> dict[str, str]:
    """Nested objects as `outer.inner`; lists as their items with commas between."""
    out: dict[str, str] = {}
    for key, inner in value.items():
        name = f"{lead}{key}"
        if isinstance(inner, dict) and depth < 5:
            out |= _flat(inner, f"{name}.", depth + 1)
        elif isinstance(inner, list):
            out[name] = ", ".join(str(each) for each in inner if not isinstance(each, dict | list))
        elif inner is not None:
            out[name] = str(inner)
        else:
            out[name] = ""
    return out


def _incident(row: _Row, own: str) -> Incident:
    how = row.mapping
    kind: Kind = _kind(row)
    source = row.get(how.source)
    if how.source and _HIDDEN.match(source or "-"):
        row.warn(f"the source of {own!r} is hidden or not given")
        source = ""
    by = row.get(how.by)
    holders = (
        (Holder(name=by, kind="group", relation="believed_by"),)
        if by and not _HIDDEN.match(by)
        else ()
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
    ours = row.mapping.kinds.get(word, word.lower())
    if ours in _KINDS:
        return ours  # type: ignore[return-value]
    row.warn(f"its kind {word!r} is none that the mapping knows; kept as other")
    return "other"


def _when(row: _Row, own: str) -> When | None:
    how = row.mapping
    text = row.get(how.date)
    if not text or _HIDDEN.match(text):
        row.warn(f"{own!r} has no date")
        return None
    first, doubt = _date(text, how.date_order)
    if doubt:
        row.warn(f"the date {text!r} of {own!r} {doubt}")
    end_text = row.get(how.date_end)
    last = first
    if end_text and not _HIDDEN.match(end_text):
        last, doubt = _date(end_text, how.date_order)
        if doubt:
            row.warn(f"the end date {end_text!r} of {own!r} {doubt}")
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


def _date(text: str, order: Order) -> tuple[str | None, str]:
    """EDTF and what is in doubt; with doubt as to day and month only the year is kept."""
    iso = _ISO.match(text)
    if iso:
        parts = [int(part) for part in iso.groups() if part]
        return _calendar(*parts)
    words = _WORDS.match(text)
    if words and words[2].lower() in _MONTHS:
        day = words[1] or words[3]
        parts = [int(words[4]), _MONTHS[words[2].lower()], *([int(day)] if day else [])]
        return _calendar(*parts)
    if re.fullmatch(r"\d{4}", text):
        return text, ""
    numeric = _NUMERIC.match(text)
    if not numeric:
        return None, "cannot be read and is left out"
    a, b, c = (int(part) for part in numeric.groups())
    if len(numeric[1]) == 4:
        return _calendar(a, b, c)
    year = c if c > 99 else 2000 + c if c < 70 else 1900 + c
    if order == "dmy" or (a > 12 >= b):
        found = _calendar(year, b, a)
        swapped = order == "mdy"
    elif order == "mdy" or b > 12:
        found = _calendar(year, a, b)
        swapped = False
    elif a == b:
        return _calendar(year, a, b)
    else:
        return str(
            year
        ), f"may be day {a} of month {b} or day {b} of month {a}; only the year is kept"
    if found[0] is None and order in {"dmy", "mdy"}:
        other = _calendar(year, a, b) if order == "dmy" else _calendar(year, b, a)
        if other[0]:
            return str(
                year
            ), f"fits only with day and month swapped ({other[0]}); only the year is kept"
    if swapped:
        return str(
            year
        ), f"fits only with day and month swapped ({found[0]}); only the year is kept"
    return found


def _calendar(year: int, month: int = 0, day: int = 0) -> tuple[str | None, str]:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None, "is no day of the calendar and is left out"
    text = f"{year:04d}"
    if month:
        text += f"-{month:02d}" + (f"-{day:02d}" if day else "")
    return text, ""


def _where(row: _Row, own: str) -> Where | None:
    how = row.mapping
    place = row.get(how.place)
    latitude, longitude = row.get(how.latitude), row.get(how.longitude)
    joint = row.get(how.position)
    if joint and not _HIDDEN.match(joint):
        pieces = re.findall(r"[-+]?\d+(?:\.\d+)?", joint)
        latitude, longitude = pieces if len(pieces) == 2 else ("?", "?")
    candidates: tuple[Candidate, ...] = ()
    wanted = bool(how.latitude or how.position)
    if wanted and (not latitude or not longitude or _HIDDEN.match(latitude)):
        row.warn(f"the position of {own!r} is hidden or not given")
    elif wanted:
        candidates = _position(row, own, place, latitude, longitude)
    if not place and not candidates:
        return None
    return Where(text=place or own, relation="at", candidates=candidates)


def _position(
    row: _Row, own: str, place: str, latitude: str, longitude: str
) -> tuple[Candidate, ...]:
    try:
        lat, lon = float(latitude), float(longitude)
    except ValueError:
        row.warn(f"the position {latitude!r}, {longitude!r} of {own!r} is obscured or no number")
        return ()
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
        if not text or _HIDDEN.match(text):
            figures[name] = None
        elif re.fullmatch(r"\d+", text):
            figures[name] = int(text)
        else:
            row.warn(f"{name} {text!r} of {own!r} is no single number and is left out")
            figures[name] = None
    if figures["killed"] is None and figures["injured"] is None:
        return None
    return Casualties(
        killed=figures["killed"], injured=figures["injured"], basis=how.casualties_basis
    )
