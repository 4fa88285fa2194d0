"""All drawings of a note by name, each from the part of the note that it shows."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from firsthand.note.lineage_svg import draw_graph
from firsthand.note.map_svg import draw_map
from firsthand.note.model import NoteModel
from firsthand.note.past_svg import draw_past
from firsthand.records import Message

__all__ = ["drawings"]


def drawings(model: NoteModel, tell: Callable[[Message], str] = str) -> dict[str, Markup | None]:
    """`past`, `map`, and each graph by its lineage; None for one that would show nothing.

    `tell` puts a sentence into the language of the page.
    """
    return {
        "past": draw_past(model.past, tell) if model.past else None,
        "map": draw_map(model.map, tell) if model.map else None,
        **{graph.lineage: draw_graph(graph, tell) for graph in model.graphs},
    }
