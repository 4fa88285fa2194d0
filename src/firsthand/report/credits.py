"""Who is named as a source of the footage, and who had it from whom: stated or inferred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from firsthand.records import Claim, Edge, Message, Source, Span, say
from firsthand.report.footage import find_filmer, is_of_footage
from firsthand.report.lines import Fact, Layout
from firsthand.report.outward import host_of, target_of
from firsthand.report.posting import find_posters
from firsthand.report.text import Text, sentences

__all__ = ["sources_and_edges"]

Kind = Literal["outlet", "account", "person", "office", "group", "item", "unnamed"]
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

    def source(self, name: str, kind: Kind, span: Span | None = None) -> Source:
        known = self.sources.get(name.lower())
        spans = (span,) if span else ()
        if known:
            merged = known.model_copy(update={"spans": (*known.spans, *spans)})
        else:
            merged = Source(id=f"s{len(self.sources) + 1}", name=name, kind=kind, spans=spans)
        self.sources[name.lower()] = merged
        return merged

    def edge(
        self,
        earlier: Source,
        later: Source,
        relation: str,
        basis: Literal["stated", "inferred"] = "stated",
        *,
        spans: tuple[Span, ...],
        why: Message,
        lineage: Literal["footage", "claim"] = "footage",
    ) -> None:
        """Once for each relation between two sources."""
        same = (lineage, earlier.id, later.id, relation)
        if earlier.id == later.id or any(
            (one.lineage, one.earlier, one.later, one.relation) == same for one in self.edges
        ):
            return
        self.edges.append(
            Edge.model_validate(
                {
                    "id": f"e{len(self.edges) + 1}",
                    "lineage": lineage,
                    "earlier": earlier.id,
                    "later": later.id,
                    "relation": relation,
                    "basis": basis,
                    "spans": spans,
                    "why": why,
                }
            )
        )


def sources_and_edges(
    text: Text, layout: Layout, publisher: str | None, claims: Sequence[Claim] = ()
) -> tuple[tuple[Source, ...], tuple[Edge, ...]]:
    """Named sources of the footage, what the page embeds and links to, and the edges between.

    A credit says whose picture it is, a post who put it up; where they had it is in neither. When
    the report names a filmer and also credits or names another, that theirs comes from the
    filmer's footage is our inference, and its edge says so. Who posted some other picture has no
    edge. An embedded clip is of the footage's
    lineage, a link in the text of the claim's. Where a claim denies or leaves open that somebody
    filmed or posted, there is no edge.
    """
    graph = _Graph()
    home = _published(graph, _publisher(text, layout, publisher, graph), layout)
    credited = [_credited(text, fact.value, fact.start, fact.end, graph) for fact in layout.credits]
    filmed = _filmers(text, layout, graph, claims)
    for source, span in filmed:
        why = say("The report says that {who} filmed the footage.", who=source.name)
        graph.edge(source, home, "filmed", spans=(span,), why=why)
    for source, span in credited:
        why = say("The picture is credited to {who}.", who=source.name)
        graph.edge(source, home, "credited", spans=(span,), why=why)
        _taken_from(graph, source, span, filmed)
    for source, span, relation, cue in _posters(text, layout, graph, claims):
        why = say(
            "The report says that {who} passed the footage on (“{cue}”).", who=source.name, cue=cue
        )
        graph.edge(source, home, relation, spans=(span,), why=why)
        _taken_from(graph, source, span, filmed)
    _outward(text, layout, graph, home)
    return tuple(graph.sources.values()), tuple(graph.edges)


def _taken_from(
    graph: _Graph, source: Source, span: Span, filmed: Sequence[tuple[Source, Span]]
) -> None:
    home = next(iter(graph.sources.values()))
    for filmer, where in filmed:
        if source.id == home.id:
            continue
        why = say(_INFERRED, who=source.name, filmer=filmer.name)
        graph.edge(filmer, source, "republished", "inferred", spans=(where, span), why=why)


def _outward(text: Text, layout: Layout, graph: _Graph, home: Source) -> None:
    """Clips that the page embeds, and pages of others that its text links to."""
    own = host_of(layout.url)
    for fact in layout.embeds:
        target = target_of(fact.value)
        if target is None or not target.carrier:
            continue  # an advertisement, or a file of the page's own
        source = graph.source(target.name, target.kind)
        why = say("The page embeds {address}.", address=fact.value)
        graph.edge(source, home, "embedded", spans=(), why=why)
    for fact in layout.links:
        target = target_of(fact.value)
        if target is None or host_of(fact.value) == own:
            continue
        span = _span(text, fact)
        source = graph.source(target.name, target.kind, span)
        why = say("The text links to {address}.", address=fact.value)
        graph.edge(source, home, "linked", spans=(span,), why=why, lineage="claim")


def _span(text: Text, fact: Fact) -> Span:
    return text.span(fact.start, fact.end)


def _published(graph: _Graph, home: Source, layout: Layout) -> Source:
    """The publisher, known from the report's own day on."""
    if layout.published is None:
        return home
    dated = home.model_copy(update={"first_seen": layout.published.value})
    graph.sources[home.name.lower()] = dated
    return dated


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


def _filmers(
    text: Text, layout: Layout, graph: _Graph, claims: Sequence[Claim]
) -> list[tuple[Source, Span]]:
    out: list[tuple[Source, Span]] = []
    for start, end in _sentences(text, layout):
        filmer = find_filmer(text, start, end)
        if filmer and _holds(claims, filmer.cue_start):
            span = text.span(filmer.start, filmer.cue_end)
            source = graph.source(filmer.name, "person", span)
            if all(seen.id != source.id for seen, _ in out):
                out.append((source, span))
    return out


def _posters(
    text: Text, layout: Layout, graph: _Graph, claims: Sequence[Claim]
) -> list[tuple[Source, Span, str, str]]:
    out: list[tuple[Source, Span, str, str]] = []
    for start, end in _sentences(text, layout):
        for poster in find_posters(text, start, end):
            ours = is_of_footage(text, start, end, poster)
            if ours and _holds(claims, poster.cue_start):
                span = text.span(
                    min(poster.start, poster.cue_start), max(poster.end, poster.cue_end)
                )
                source = graph.source(poster.name, poster.kind, span)
                cue = text.value[poster.cue_start : poster.cue_end]
                out.append((source, span, poster.relation, cue))
    return out


def _sentences(text: Text, layout: Layout) -> Iterator[tuple[int, int]]:
    for line in layout.lines:
        if line.role in {"body", "caption"}:
            yield from sentences(text.value, line.start, line.words_end)


def _holds(claims: Sequence[Claim], at: int) -> bool:
    """Whether the smallest claim round a place of the text, if there is any, is affirmed."""
    sizes = [
        (span.end - span.start, claim.polarity)
        for claim in claims
        for span in claim.spans
        if span.start <= at < span.end
    ]
    return not sizes or min(sizes)[1] == "affirmed"
