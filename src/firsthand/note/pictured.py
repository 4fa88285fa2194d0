"""Sections that lay things side by side, as data: explanations, copies, sources, places, methods.

Nothing here is drawn yet: where a box or a line stands on the page is up to whoever renders it.
"""

from __future__ import annotations

from typing import Literal

from firsthand.note.parts import Sentence
from firsthand.records import Part
from firsthand.records.finding import Alternative, PropositionId
from firsthand.records.words import Message

__all__ = [
    "Bearing",
    "DriftPart",
    "DriftStep",
    "Graph",
    "GraphEdge",
    "GraphNode",
    "MapPart",
    "MapPlace",
    "Matrix",
    "MatrixCell",
    "MatrixColumn",
    "MatrixRow",
    "MethodRow",
    "Past",
    "PastRow",
]

Bearing = Literal["against", "for", "fits", "silent", "waits", "broke", "stale", "unasked"]
"""What a finding says of an explanation other than the claim's: speaks against it or for it; fits
it as well; ran and does not tell; waits for input; broke; counts for nothing; was not asked."""


class MatrixColumn(Part):
    """One finding, by id and check."""

    finding: str
    check: str


class MatrixCell(Part):
    """What the finding of that column says of the explanation of that row."""

    says: Bearing
    strength: Message | None = None


class MatrixRow(Part):
    """An explanation other than the claim's; `alternative` None is any that nobody named."""

    proposition: PropositionId
    alternative: Alternative | None
    cells: tuple[MatrixCell, ...]


class Matrix(Part):
    """Explanations in rows, findings in columns; for the case, or for one shot."""

    shot: str | None
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]


class DriftStep(Part):
    """A claim as one report has it."""

    claim: str
    publisher: str
    published: str
    hedges: tuple[str, ...]
    polarity: str
    ref: tuple[int, ...]


class DriftPart(Part):
    """One claim through several reports, in order of publication."""

    proposition: str
    change: Literal["turned", "firmer", "weaker", "worded", "same"]
    steps: tuple[DriftStep, ...]


class GraphNode(Part):
    """Somebody or something named as a source; `origin` if nobody is known before it."""

    id: str
    name: str
    origin: bool


class GraphEdge(Part):
    """`later` had it from `earlier`; the row of the table with this id says why."""

    id: str
    earlier: str
    later: str
    relation: str
    basis: Literal["stated", "inferred"]


class Graph(Part):
    """Who had it from whom, of the footage or of the claim."""

    lineage: Literal["footage", "claim"]
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]


class MapPlace(Part):
    """A place with the circle within which it may be; degrees as coarse as its class allows."""

    name: str
    role: Literal["claimed", "candidate"]
    latitude_deg: float
    longitude_deg: float
    radius_m: float
    ref: int


class MapPart(Part):
    """What may be put on a map, and what is not."""

    places: tuple[MapPlace, ...]
    sentences: tuple[Sentence, ...]


class PastRow(Part):
    """An event told of, from all who tell of it; `there` if it is told of at the claimed place.

    `earliest` and `latest` are EDTF dates, None where they are not stated.
    """

    number: int
    id: str
    kind: str
    when: Message
    earliest: str | None
    latest: str | None
    summary: str
    where: Message
    there: bool
    by: Message
    casualties: str
    told_by: tuple[str, ...]
    ref: tuple[int, ...]


class Past(Part):
    """What is told of other events, days of publication, and the claimed window if one is set."""

    rows: tuple[PastRow, ...]
    published: tuple[str, ...]
    window: tuple[str, str] | None
    sentences: tuple[Sentence, ...]


class MethodRow(Part):
    """A check or a decoder, its version, where it comes from, and what it was used for."""

    name: str
    version: str
    source: str
    tools: tuple[tuple[str, str], ...]
    studies: tuple[str, ...]
    used_for: tuple[str, ...]
    runs: int
