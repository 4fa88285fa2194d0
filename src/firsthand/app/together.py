"""What several readings have of each other: one document, and its tables."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from firsthand.app.inventory import cell
from firsthand.app.lineage import group_rows
from firsthand.origins import (
    chronology,
    date_conflicts,
    dates_in_words,
    edges_between,
    hedge_drift,
    running_text,
    shared_text,
    timeline,
)
from firsthand.report import Reading

__all__ = ["together", "write_tables"]


def together(readings: Sequence[Reading]) -> dict[str, Any]:
    """One document of several readings, with what they have of each other.

    `chronology`: the events of all; `date_conflicts`: where a report's own dates clash; `drift`:
    how the hedges of a claim change from copy to copy; `shared_text`: texts that are one text;
    `origins`: for each lineage, which sources count as one origin until shown otherwise.
    """
    held = _Held(readings)
    document: dict[str, Any] = {"reports": [reading.report.plain() for reading in readings]}
    for field in ("claims", "incidents", "sources"):
        document[field] = [one.plain() for reading in readings for one in getattr(reading, field)]
    document["edges"] = [edge.plain() for edge in held.edges]
    document["warnings"] = [
        f"{reading.report.id}: {warning}" for reading in readings for warning in reading.warnings
    ]
    document["chronology"] = [
        row.plain() | {"when": dates_in_words(row)} for row in chronology(held.incidents)
    ]
    document["date_conflicts"] = [
        message.plain()
        for reading in readings
        for message in date_conflicts(reading.report, reading.incidents)
    ]
    document["drift"] = [one.plain() for one in hedge_drift(held.reports, held.claims)]
    texts = {report.id: running_text(report) for report in held.reports}
    document["shared_text"] = [
        pair.plain() | {"containment": pair.containment} for pair in shared_text(texts)
    ]
    document["origins"] = group_rows(held.sources, held.edges)
    return document


class _Held:
    """Several readings as one pile of records."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.reports = tuple(reading.report for reading in readings)
        self.claims = tuple(one for reading in readings for one in reading.claims)
        self.incidents = tuple(one for reading in readings for one in reading.incidents)
        self.sources = tuple(one for reading in readings for one in reading.sources)
        own = tuple(one for reading in readings for one in reading.edges)
        self.edges = (*own, *edges_between(self.reports, self.claims, self.sources, own))


def write_tables(out: Path, readings: Sequence[Reading]) -> list[str]:
    """The chronology as SVG and CSV, and the drift of hedges as CSV; names of the files."""
    held = _Held(readings)
    rows = chronology(held.incidents)
    dates = [one.published.date for one in held.reports if one.published]
    drift = hedge_drift(held.reports, held.claims)
    files = {
        "chronology.svg": timeline(rows, published=dates),
        "chronology.csv": csv_bytes(
            [
                {
                    "when": dates_in_words(row),
                    "earliest": row.earliest or "",
                    "latest": row.latest or "",
                    "kind": row.kind,
                    "what": row.summary,
                    "place": row.place,
                    "means": "; ".join(row.means),
                    "said_to_be_by": "; ".join(row.said_by),
                    "casualties": row.casualties,
                    "told_by": "; ".join(row.sources),
                }
                for row in rows
            ]
        ),
        "drift.csv": csv_bytes(
            [
                {
                    "claim": one.proposition,
                    "change": one.change,
                    "report": row.report,
                    "publisher": row.publisher,
                    "published": row.published or "",
                    "polarity": row.polarity,
                    "factuality": str(row.factuality),
                    "hedges": "; ".join(row.hedges),
                    "held_by": " <- ".join(row.holders),
                }
                for one in drift
                for row in one.rows
            ]
        ),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (out / name).write_bytes(data)
    return [str(out / name) for name in files]


def csv_bytes(rows: Sequence[dict[str, str]]) -> bytes:
    """A CSV (RFC 4180) whose cells no spreadsheet runs."""
    if not rows:
        return b""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _safe(text) for key, text in row.items()})
    return text.getvalue().encode()


def _safe(text: str) -> str:
    """A bare number stays one; anything else goes through `cell`."""
    return text if re.fullmatch(r"-?[0-9]+", text) else cell(text)
