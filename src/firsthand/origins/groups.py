"""Which sources are one origin until shown otherwise.

Edges run from who had it first to who had it from them. A source without an earlier one is an
origin; whoever draws on one origin alone belongs to its group. Whoever draws on two stands in
both, and joins them in neither: a publisher that shows two people's footage makes of them no one
origin.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from firsthand.records import Edge, Part, Source

__all__ = ["MUTUAL", "OriginGroup", "by_name", "origin_groups"]

MUTUAL = frozenset({"same_text", "same_recording"})
"""Relations that hold both ways: which came first is not in them."""


class OriginGroup(Part):
    """Sources that count as one origin until shown otherwise.

    `basis` is `stated` when stated edges alone hold the group together, `inferred` when it would
    fall apart without an inferred one, `alone` for a single source without edges. `members` and
    `edges` are in the order of the sources and edges given; `origins` are the members with no
    earlier source (more than one only where edges run both ways).
    """

    id: str
    members: tuple[str, ...]
    origins: tuple[str, ...]
    basis: Literal["stated", "inferred", "alone"]
    edges: tuple[str, ...] = ()


def by_name(
    sources: Iterable[Source], edges: Iterable[Edge]
) -> tuple[tuple[Source, ...], tuple[Edge, ...]]:
    """Sources of one name as one source, with its first id; edges follow, each once.

    Two reports that name one account name one account. Who is not named stays apart: nobody knows
    that two of them are one.
    """
    first: dict[str, Source] = {}
    stands_for: dict[str, str] = {}
    for source in sources:
        name = source.name.casefold().strip()
        known = source.kind != "unnamed" and "not named" not in name
        kept = first.setdefault(name if known else source.id, source)
        stands_for[source.id] = kept.id
    moved: dict[tuple[str, ...], Edge] = {}
    for edge in edges:
        earlier = stands_for.get(edge.earlier, edge.earlier)
        later = stands_for.get(edge.later, edge.later)
        if earlier != later:
            key = (edge.lineage, earlier, later, edge.relation, edge.basis)
            moved.setdefault(key, edge.model_copy(update={"earlier": earlier, "later": later}))
    return tuple(first.values()), tuple(moved.values())


def origin_groups(
    sources: Iterable[Source],
    edges: Iterable[Edge],
    lineage: Literal["footage", "claim"] = "footage",
) -> tuple[OriginGroup, ...]:
    """Groups g1, g2 ... in the order of their first member; pure and deterministic.

    Edges of the other lineage, and edges to a source that is not given, are left out.
    """
    names = [source.id for source in sources]
    known = set(names)
    used = [
        edge
        for edge in edges
        if edge.lineage == lineage and edge.earlier in known and edge.later in known
    ]
    grouped = _members(names, used)
    stated = _members(names, [edge for edge in used if edge.basis == "stated"])
    out: list[OriginGroup] = []
    for origins, members in sorted(grouped.items(), key=lambda pair: names.index(pair[1][0])):
        inside = tuple(
            edge.id for edge in used if edge.earlier in members and edge.later in members
        )
        basis: Literal["stated", "inferred", "alone"] = "alone"
        if len(members) > 1:
            basis = "stated" if members in stated.values() else "inferred"
        out.append(
            OriginGroup(
                id=f"g{len(out) + 1}",
                members=tuple(members),
                origins=origins,
                basis=basis,
                edges=inside,
            )
        )
    return tuple(out)


def _members(names: list[str], edges: list[Edge]) -> dict[tuple[str, ...], list[str]]:
    """Each origin (a source, or sources that had it from each other) with all that draw on it."""
    earlier: dict[str, set[str]] = {name: set() for name in names}
    for edge in edges:
        earlier[edge.later].add(edge.earlier)
        if edge.relation in MUTUAL:
            earlier[edge.earlier].add(edge.later)
    above = {name: _reach(name, earlier) for name in names}
    out: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        for root in sorted(above[name] | {name}, key=names.index):
            ring = {other for other in above[root] if root in above[other]} | {root}
            if above[root] <= ring:
                members = out.setdefault(tuple(n for n in names if n in ring), [])
                if name not in members:
                    members.append(name)
    return out


def _reach(name: str, earlier: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    ways = list(earlier[name])
    while ways:
        other = ways.pop()
        if other not in seen:
            seen.add(other)
            ways.extend(earlier[other])
    return seen
