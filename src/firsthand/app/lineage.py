"""Who had it from whom, across the reports and the footage of a case: proposed, cut and added.

What the reports say of each other is proposed when they come in, and that footage is the same
recording as something in an archive when it is looked up; each proposal is a line of its own, so
that a person can cut it, and bring it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, get_args

from firsthand.app.archive_search import kept_search
from firsthand.app.gather import live
from firsthand.app.store import Desk, open_case, writing
from firsthand.archive.match import Match
from firsthand.case import Case, CaseState
from firsthand.errors import InputError, NoSuchThing
from firsthand.origins import by_name, days, edges_between, home_of, origin_groups
from firsthand.records import Edge, Review, Source, say

__all__ = [
    "LINEAGES",
    "RELATIONS",
    "add_edge",
    "group_rows",
    "propose_edges",
    "review_edge",
    "show_edges",
]

LINEAGES: Final = get_args(Edge.model_fields["lineage"].annotation)
RELATIONS: Final = get_args(Edge.model_fields["relation"].annotation)
KINDS: Final = get_args(Source.model_fields["kind"].annotation)


def propose_edges(desk: Desk) -> int:
    """Log every source and edge that the case as it is gives and that stands in no line yet."""
    state = desk.writer.state
    found = edges_between(
        tuple(state.reports.values()),
        state.claims.values(),
        state.sources.values(),
        state.edges.values(),
    )
    sources, recorded = _recordings(desk.case, state)
    for source in sources:
        if source.id not in state.sources:
            desk.writer.append("source.proposed", subject=(source.id,), sensitive=source)
    new = [edge for edge in (*found, *recorded) if edge.id not in state.edges]
    for edge in new:
        desk.writer.append("edge.proposed", subject=(edge.id,), sensitive=edge)
    return len(new)


def _recordings(case: Case, state: CaseState) -> tuple[list[Source], list[Edge]]:
    """Footage that an archive has too: a source for each copy, and one for the footage itself."""
    sources: list[Source] = []
    edges: list[Edge] = []
    for item in state.items.values():
        kept = kept_search(case, state, item.id) if item.kind == "media" else None
        same = [m for m in kept[1].matches if m.verdict == "same_recording"] if kept else []
        if not same:
            continue
        sources.append(Source(id=item.id, name=f"the footage {item.id}", kind="item"))
        edges.extend(_shown_by(item.id, state, _known_since(same)))
        for match in same:
            copy = f"archive.{match.sha256[:16]}"
            sources.append(_copy(copy, match))
            edges.append(
                Edge(
                    id=f"{item.id}-{copy}.same_recording",
                    lineage="footage",
                    earlier=copy,
                    later=item.id,
                    relation="same_recording",
                    basis="inferred",
                    why=say(
                        "Its pictures are those of an item in the archive: {why}", why=match.reason
                    ),
                )
            )
    return sources, edges


def _copy(name: str, match: Match) -> Source:
    seen = _known_since([match])
    return Source(
        id=name,
        name=f"a copy in the archive ({Path(match.path).name})",
        kind="item",
        first_seen=seen.isoformat() if seen else None,
    )


def _known_since(matches: Iterable[Match]) -> date | None:
    """The first day by which one of them was surely there: by trusted dates, at their latest."""
    latest = [
        seen.latest.date()
        for match in matches
        for seen in match.seen_at
        if seen.trusted and seen.latest is not None
    ]
    return min(latest, default=None)


def _shown_by(item: str, state: CaseState, known: date | None) -> Iterable[Edge]:
    """That the clip in the case is the one that a report shows is taken, not known.

    The clip is from the report's publisher, unless the recording was known before the report was
    published: then the publisher had it from elsewhere.
    """
    about = {claim.report for claim in state.claims.values() if claim.footage}
    for name, report in state.reports.items():
        if name in about and home_of(name) in state.sources:
            published = days(report.published.date) if report.published else None
            older = known is not None and published is not None and known < published[0]
            earlier, later = (item, home_of(name)) if older else (home_of(name), item)
            yield Edge(
                id=f"{item}-{name}.republished" if older else f"{name}-{item}.republished",
                lineage="footage",
                earlier=earlier,
                later=later,
                relation="republished",
                basis="inferred",
                why=say(
                    "{item} is taken to be the footage that {report} speaks of, until shown "
                    "otherwise.",
                    item=item,
                    report=name,
                ),
            )


def group_rows(sources: Sequence[Source], edges: Sequence[Edge]) -> dict[str, Any]:
    """For each lineage, which sources count as one origin until shown otherwise; names count once.

    Each lineage leaves out who has a place in the other alone; a publisher is in the footage's.
    """
    sources, edges = by_name(sources, edges)
    out: dict[str, Any] = {}
    for lineage in ("footage", "claim"):
        touched = {name for edge in edges if edge.lineage == lineage for name in _ends(edge)}
        elsewhere = {name for edge in edges if edge.lineage != lineage for name in _ends(edge)}
        if lineage == "footage":
            elsewhere -= {name for name in elsewhere if name == home_of(name.partition(".")[0])}
        here = [one for one in sources if one.id in touched or one.id not in elsewhere]
        out[lineage] = [group.plain() for group in origin_groups(here, edges, lineage)]
    return out


def _ends(edge: Edge) -> tuple[str, str]:
    return edge.earlier, edge.later


def show_edges(directory: Path) -> dict[str, Any]:
    """Every edge with what a person said of it, and the groups of those that are not cut."""
    state = open_case(directory).state()
    standing = live(state, state.edges)
    return {
        "edges": [
            edge.plain()
            | {"review": state.reviews[edge.id].plain() if edge.id in state.reviews else None}
            for edge in state.edges.values()
        ],
        "sources": [source.plain() for source in state.sources.values()],
        "origins": group_rows(tuple(state.sources.values()), standing),
    }


def review_edge(directory: Path, name: str, *, cut: bool, why: str, actor: str) -> dict[str, Any]:
    """Cut an edge, or let one that was cut count again; as it already stands, no new line.

    Raises:
        NoSuchThing: no such edge.
        InputError: no reason.
    """
    _reasoned(why)
    state = open_case(directory).state()
    if name not in state.edges:
        raise NoSuchThing(
            f"There is no edge {name!r} in this case.", "`firsthand case edge list DIR` lists them."
        )
    verdict = "rejected" if cut else "accepted"
    standing = state.reviews.get(name)
    if standing is None or standing.state != verdict:
        with writing(directory, actor) as desk:
            _decide(desk, name, verdict, why)
    return show_edges(directory)


def add_edge(
    directory: Path,
    *,
    earlier: str,
    later: str,
    relation: str,
    lineage: str,
    kind: str,
    stated: bool,
    why: str,
    actor: str,
) -> dict[str, Any]:
    """Add an edge that nobody read: between sources by id, or new ones by name.

    `stated`: somebody says so, and `why` names them; otherwise the person concludes it.

    Raises:
        InputError: no reason, the same source twice, or a word that is none of ours.
    """
    _reasoned(why)
    for word, known, what in (
        (relation, RELATIONS, "relation"),
        (lineage, LINEAGES, "lineage"),
        (kind, KINDS, "kind of source"),
    ):
        if word not in known:
            raise InputError(f"{word!r} is no {what}.", f"One of: {', '.join(known)}.")
    if earlier.strip().casefold() == later.strip().casefold():
        raise InputError("Nobody has a thing from themselves.", "Name two sources.")
    open_case(directory)
    with writing(directory, actor) as desk:
        ends = [_source(desk, name.strip(), kind) for name in (earlier, later)]
        same = [
            edge.id
            for edge in desk.writer.state.edges.values()
            if (edge.earlier, edge.later, edge.relation, edge.lineage)
            == (ends[0], ends[1], relation, lineage)
        ]
        number = sum(name.startswith("p.e") for name in desk.writer.state.edges) + 1
        name = same[0] if same else f"p.e{number}"
        if not same:
            edge = Edge.model_validate(
                {
                    "id": name,
                    "lineage": lineage,
                    "earlier": ends[0],
                    "later": ends[1],
                    "relation": relation,
                    "basis": "stated" if stated else "inferred",
                    "why": say("A person added this: {why}", why=why.strip()),
                }
            )
            desk.writer.append("edge.proposed", subject=(name,), sensitive=edge)
        standing = desk.writer.state.reviews.get(name)
        if standing is None or standing.state != "accepted":
            _decide(desk, name, "accepted", why)
    return {"added": name, "new": not same} | show_edges(directory)


def _reasoned(why: str) -> None:
    if not why.strip():
        raise InputError("An edge is cut or added with its reason.", "Say how you know with --why.")


def _source(desk: Desk, name: str, kind: str) -> str:
    """The id of a source, made where the words name none of the case's."""
    sources = desk.writer.state.sources
    if name in sources:
        return name
    known = [one.id for one in sources.values() if one.name.casefold() == name.casefold()]
    if known:
        return known[0]
    number = sum(one.startswith("p.s") for one in sources) + 1
    source = Source.model_validate({"id": f"p.s{number}", "name": name, "kind": kind})
    desk.writer.append("source.proposed", subject=(source.id,), sensitive=source)
    return source.id


def _decide(desk: Desk, name: str, verdict: str, why: str) -> None:
    review = Review.model_validate(
        {"state": verdict, "by": desk.by, "at": desk.now(), "why": why.strip()}
    )
    desk.writer.append("edge.reviewed", subject=(name,), sensitive=review.plain())
