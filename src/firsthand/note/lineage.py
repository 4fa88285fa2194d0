"""Who had it from whom, as two graphs (of the footage, of the claim), and how caution fell away."""

from __future__ import annotations

from typing import Literal

from firsthand.note.english import day
from firsthand.note.gist import Gist
from firsthand.note.given import NoteInput
from firsthand.note.pictured import DriftPart, DriftStep, Graph, GraphEdge, GraphNode
from firsthand.note.refs import RefBook
from firsthand.note.text import anchor
from firsthand.origins import by_name, hedge_drift, origin_groups

__all__ = ["drifts", "graphs"]


def graphs(given: NoteInput) -> tuple[Graph, ...]:
    """The two lineages apart, each with the sources that an edge of it touches.

    A source that nobody links to another stands alone in the graph of the footage: that nothing is
    known of where it had it is worth seeing.
    """
    return tuple(
        found for lineage in ("footage", "claim") if (found := _graph(given, lineage)) is not None
    )


def _graph(given: NoteInput, lineage: Literal["footage", "claim"]) -> Graph | None:
    sources, every = by_name(given.sources, given.edges)
    known = {source.id for source in sources}
    every = tuple(edge for edge in every if {edge.earlier, edge.later} <= known)
    edges = [edge for edge in every if edge.lineage == lineage]
    touched = {end for edge in edges for end in (edge.earlier, edge.later)}
    linked = {end for edge in every for end in (edge.earlier, edge.later)}
    nodes = [
        source
        for source in sources
        if source.id in touched or (lineage == "footage" and source.id not in linked)
    ]
    if not nodes:
        return None
    origins = {name for one in origin_groups(nodes, edges, lineage) for name in one.origins}
    return Graph(
        lineage=lineage,
        nodes=tuple(
            GraphNode(id=source.id, name=source.name, origin=source.id in origins)
            for source in nodes
        ),
        edges=tuple(
            GraphEdge(
                id=edge.id,
                earlier=edge.earlier,
                later=edge.later,
                relation=edge.relation,
                basis=edge.basis,
            )
            for edge in edges
        ),
    )


def drifts(given: NoteInput, about: Gist, book: RefBook) -> tuple[DriftPart, ...]:
    """Claims that several reports share, with the hedges of each copy.

    One that no copy hedges and all affirm, or all deny, has nothing to show here.
    """
    claims = {claim.id: claim for claim in given.claims}
    live = [claim for claim in given.claims if claim.review.state != "rejected"]
    out: list[DriftPart] = []
    for drift in hedge_drift(given.reports, live):
        if drift.change == "same" and not any(row.hedges for row in drift.rows):
            continue
        steps: list[DriftStep] = []
        for row in drift.rows:
            claim = claims[row.claim]
            refs = [book.span(about.reports[claim.report], span) for span in claim.spans[:1]]
            steps.append(
                DriftStep(
                    claim=row.claim,
                    publisher=row.publisher,
                    published=day(row.published) if row.published else "",
                    hedges=row.hedges,
                    polarity=row.polarity,
                    ref=book.use(
                        anchor("d", row.claim),
                        *(refs or [book.reading(about.reports[claim.report])]),
                    ),
                )
            )
        out.append(
            DriftPart(proposition=drift.proposition, change=drift.change, steps=tuple(steps))
        )
    return tuple(out)
