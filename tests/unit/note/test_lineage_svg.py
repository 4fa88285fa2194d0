"""Who had it from whom, drawn: an arrow says which was first, and only where that is known."""

from __future__ import annotations

import pytest

from firsthand.note.lineage_svg import draw_graph
from firsthand.note.pictured import Graph, GraphEdge, GraphNode

STROKES = 2
"""An arrow: its line and its head."""


def drawn(relation: str) -> str:
    nodes = tuple(GraphNode(id=name, name=f"Paper {name}", origin=True) for name in "ab")
    edge = GraphEdge(id="e", earlier="a", later="b", relation=relation, basis="inferred")
    return str(draw_graph(Graph(lineage="footage", nodes=nodes, edges=(edge,))))


@pytest.mark.parametrize("relation", ["same_recording", "same_text"])
def test_what_is_one_thing_has_no_arrow(relation: str) -> None:
    assert drawn(relation).count("<path") == STROKES - 1
    assert "Paper a and Paper b, whichever was first" in drawn(relation)


def test_what_was_passed_on_has_an_arrow() -> None:
    assert drawn("republished").count("<path") == STROKES
    assert "Paper a to Paper b" in drawn("republished")
