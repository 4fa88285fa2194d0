"""Ids inside a case: everything a report brought is told apart by the report's number.

`r2.c3` is claim 3 of report 2, for good: another report coming in renames nothing.
"""

from __future__ import annotations

from firsthand.records import Claim, Edge, Incident, Source
from firsthand.report import Reading

__all__ = ["within_report"]


def within_report(reading: Reading) -> Reading:
    """The same reading, each id carrying its report's."""
    report = reading.report.id

    def full(name: str) -> str:
        return f"{report}.{name}"

    def claim(one: Claim) -> Claim:
        incident = full(one.incident) if one.incident else None
        return one.model_copy(update={"id": full(one.id), "incident": incident})

    def incident(one: Incident) -> Incident:
        return one.model_copy(
            update={"id": full(one.id), "claims": tuple(full(name) for name in one.claims)}
        )

    def source(one: Source) -> Source:
        return one.model_copy(update={"id": full(one.id)})

    def edge(one: Edge) -> Edge:
        return one.model_copy(
            update={"id": full(one.id), "earlier": full(one.earlier), "later": full(one.later)}
        )

    return reading.model_copy(
        update={
            "claims": tuple(map(claim, reading.claims)),
            "incidents": tuple(map(incident, reading.incidents)),
            "sources": tuple(map(source, reading.sources)),
            "edges": tuple(map(edge, reading.edges)),
        }
    )
