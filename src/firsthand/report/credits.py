"""Who is named as a source of the footage, and who had it from whom: stated or inferred."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from firsthand.records import Edge, Message, Source, Span, say
from firsthand.report.footage import find_filmer
from firsthand.report.lines import Layout
from firsthand.report.text import Text, sentences

__all__ = ["sources_and_edges"]

Kind = Literal["outlet", "account", "person", "office", "group", "item", "unnamed"]
Relation = Literal[
    "filmed", "credited", "republished", "quoted", "embedded", "same_text", "same_recording"
]
_ACCOUNT = re.compile(
    r"\b(?:twitter|facebook|instagram|telegram|youtube|tiktok)\b|@\w+",
    re.I,
)

_INFERRED = (
    "The report does not say where {who} had the picture; as it shows the same scene, it is "
    "taken to come from the footage of {filmer} until shown otherwise."
)


@dataclass
class _Graph:
    """Sources by name in order of appearance, and edges in order."""

    sources: dict[str, Source] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def source(self, name: str, kind: Kind, span: Span) -> Source:
        known = self.sources.get(name.lower())
        if known:
            merged = known.model_copy(update={"spans": (*known.spans, span)})
        else:
            merged = Source(id=f"s{len(self.sources) + 1}", name=name, kind=kind, spans=(span,))
        self.sources[name.lower()] = merged
        return merged

    def edge(
        self,
        earlier: Source,
        later: Source,
        relation: Relation,
        basis: Literal["stated", "inferred"],
        *,
        spans: tuple[Span, ...],
        why: Message,
    ) -> None:
        self.edges.append(
            Edge(
                id=f"e{len(self.edges) + 1}",
                lineage="footage",
                earlier=earlier.id,
                later=later.id,
                relation=relation,
                basis=basis,
                spans=spans,
                why=why,
            )
        )


def sources_and_edges(
    text: Text, layout: Layout, publisher: str | None
) -> tuple[tuple[Source, ...], tuple[Edge, ...]]:
    """Named sources of the footage and the edges between them.

    A credit says whose picture it is; where they had it is not in it. When the report names a
    filmer and also credits another for a still, that the still comes from the filmer's footage
    is our inference, and its edge says so.
    """
    graph = _Graph()
    home = _publisher(text, layout, publisher, graph)
    credited = [_credited(text, fact.value, fact.start, fact.end, graph) for fact in layout.credits]
    filmed = _filmers(text, layout, graph)
    for source, span in filmed:
        why = say("The report says that {who} filmed the footage.", who=source.name)
        graph.edge(source, home, "filmed", "stated", spans=(span,), why=why)
    for source, span in credited:
        if source.id == home.id:
            continue
        why = say("The picture is credited to {who}.", who=source.name)
        graph.edge(source, home, "credited", "stated", spans=(span,), why=why)
        for filmer, where in filmed:
            why = say(_INFERRED, who=source.name, filmer=filmer.name)
            graph.edge(filmer, source, "republished", "inferred", spans=(where, span), why=why)
    return tuple(graph.sources.values()), tuple(graph.edges)


def _publisher(text: Text, layout: Layout, publisher: str | None, graph: _Graph) -> Source:
    fact = layout.publisher
    if fact:
        return graph.source(fact.value, "outlet", text.span(fact.start, fact.end))
    title = layout.title
    span = text.span(title.start, title.end) if title else text.span(0, 0)
    return graph.source(publisher or "the report's publisher (not named)", "outlet", span)


def _credited(text: Text, name: str, start: int, end: int, graph: _Graph) -> tuple[Source, Span]:
    span = text.span(start, end)
    kind: Kind = "account" if _ACCOUNT.search(name) else "outlet"
    return graph.source(name.strip(" .;,"), kind, span), span


def _filmers(text: Text, layout: Layout, graph: _Graph) -> list[tuple[Source, Span]]:
    out: list[tuple[Source, Span]] = []
    for line in layout.lines:
        if line.role not in {"body", "caption"}:
            continue
        for start, end in sentences(text.value, line.start, line.words_end):
            filmer = find_filmer(text, start, end)
            if filmer:
                span = text.span(filmer.start, filmer.cue_end)
                source = graph.source(filmer.name, "person", span)
                if all(seen.id != source.id for seen, _ in out):
                    out.append((source, span))
    return out
