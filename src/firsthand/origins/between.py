"""Edges between reports: what one report has of another, beyond what each says of itself.

Each edge is a proposal with its evidence, under an id that depends on the two reports alone, so
that a person's decision on it lasts. The claim's lineage is apart from the footage's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from firsthand.origins.text import same_text_edges
from firsthand.records import Claim, Edge, Message, Report, Source, Span, say
from firsthand.report.outward import plain_address

__all__ = ["edges_between", "home_of", "running_text"]

_READ: Final = frozenset({"headline", "body", "subheading", "caption"})
_SHORTEST: Final = 5
"""Letters of the shortest name that may stand for a longer one: Sputnik, but not RT."""


def home_of(report: str) -> str:
    """The id of the source that stands for a report's publisher: the first of its sources."""
    return f"{report}.s1"


def running_text(report: Report) -> str:
    """A report's own words: no credit, button, footnote or headline of another article."""
    return "\n".join(line.span.exact for line in report.lines if line.role in _READ)


def edges_between(
    reports: Sequence[Report],
    claims: Iterable[Claim],
    sources: Iterable[Source],
    edges: Iterable[Edge],
) -> tuple[Edge, ...]:
    """Proposed edges between the publishers of several reports; pure and deterministic.

    `same_text`: their texts are largely one, or share misspellings (inferred). `linked`: one links
    to the other's address (stated). Credits, posts and quotations that name another report's
    publisher: that they mean that report is inferred from the name. An inferred edge never runs
    against the order of publication.
    """
    held = list(reports)
    if len(held) < 2:
        return ()
    known = {source.id: source for source in sources}
    homes = {report.id: home_of(report.id) for report in held if home_of(report.id) in known}
    found = [
        *_same_text(held, homes),
        *_by_sources(held, homes, known, list(edges)),
        *_by_holders(held, homes, known, list(claims)),
    ]
    once: dict[str, Edge] = {}
    for edge in found:
        once.setdefault(edge.id, edge)
    return tuple(once[name] for name in sorted(once, key=_in_order))


def _in_order(name: str) -> tuple[tuple[int, str], ...]:
    """`r2` before `r10`."""
    return tuple(
        (int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name)
    )


def _same_text(reports: Sequence[Report], homes: Mapping[str, str]) -> Iterator[Edge]:
    texts = {homes[one.id]: running_text(one) for one in reports if one.id in homes}
    dates = {homes[one.id]: _date(one) or None for one in reports if one.id in homes}
    back = {home: report for report, home in homes.items()}
    for edge in same_text_edges(texts, dates):
        pair = sorted((back[edge.earlier], back[edge.later]), key=_in_order)
        yield edge.model_copy(update={"id": f"{pair[0]}-{pair[1]}.same_text"})


def _by_sources(
    reports: Sequence[Report],
    homes: Mapping[str, str],
    known: Mapping[str, Source],
    edges: Sequence[Edge],
) -> Iterator[Edge]:
    """A source that a report names or links to is another report's publisher, or its page."""
    for report in reports:
        home = homes.get(report.id)
        own = [edge for edge in edges if edge.later == home and edge.earlier in known]
        for edge in own:
            source = known[edge.earlier]
            for other in reports:
                if other.id == report.id or other.id not in homes:
                    continue
                if edge.relation == "linked" and _is_page(source.name, other):
                    yield _edge(
                        homes,
                        other,
                        report,
                        relation="linked",
                        lineage="claim",
                        basis="stated",
                        spans=edge.spans,
                        why=say("{later} links to the page of {earlier}.", **_pair(other, report)),
                    )
                elif _same_name(source.name, known[homes[other.id]].name) and not _after(
                    other, report
                ):
                    yield _edge(
                        homes,
                        other,
                        report,
                        relation=edge.relation,
                        lineage=edge.lineage,
                        basis="inferred",
                        spans=edge.spans,
                        why=_named(source.name, other, report),
                    )


def _by_holders(
    reports: Sequence[Report],
    homes: Mapping[str, str],
    known: Mapping[str, Source],
    claims: Sequence[Claim],
) -> Iterator[Edge]:
    """A report that lets another report's publisher speak."""
    by_id = {report.id: report for report in reports}
    for claim in claims:
        report = by_id.get(claim.report)
        if report is None or report.id not in homes:
            continue
        for holder in claim.holders[:-1]:
            for other in reports:
                if other.id == report.id or other.id not in homes or holder.relation != "says":
                    continue
                if _same_name(holder.name, known[homes[other.id]].name) and not _after(
                    other, report
                ):
                    yield _edge(
                        homes,
                        other,
                        report,
                        relation="quoted",
                        lineage="claim",
                        basis="inferred",
                        spans=(holder.span,) if holder.span else (),
                        why=_named(holder.name, other, report),
                    )


def _edge(
    homes: Mapping[str, str],
    earlier: Report,
    later: Report,
    *,
    relation: str,
    lineage: str,
    basis: Literal["stated", "inferred"],
    spans: tuple[Span, ...],
    why: Message,
) -> Edge:
    return Edge.model_validate(
        {
            "id": f"{earlier.id}-{later.id}.{relation}",
            "lineage": lineage,
            "earlier": homes[earlier.id],
            "later": homes[later.id],
            "relation": relation,
            "basis": basis,
            "spans": spans,
            "why": why,
        }
    )


def _named(name: str, earlier: Report, later: Report) -> Message:
    return say(
        "{later} names {name}, the publisher of {earlier}; that it had it from this report is "
        "taken from the name and the order of time.",
        name=name,
        **_pair(earlier, later),
    )


def _pair(earlier: Report, later: Report) -> dict[str, str]:
    return {"earlier": earlier.id, "later": later.id}


def _date(report: Report) -> str:
    return report.published.date if report.published else ""


def _after(earlier: Report, later: Report) -> bool:
    """Whether the one that would be earlier was published later, as far as both dates tell."""
    one, other = _date(earlier), _date(later)
    length = min(len(one), len(other))
    return bool(length) and one[:length] > other[:length]


def _is_page(name: str, report: Report) -> bool:
    plain = plain_address(report.url).casefold()
    return bool(plain) and name.casefold() == plain


def _same_name(one: str, other: str) -> bool:
    """The same name, or one is how the other begins: Sputnik, Sputnik International."""
    first, second = (re.sub(r"^the ", "", name.casefold()).split() for name in (one, other))
    if not first or not second or "(not" in (*first, *second):
        return False
    short, long = sorted((first, second), key=len)
    return long[: len(short)] == short and (short == long or len("".join(short)) >= _SHORTEST)
