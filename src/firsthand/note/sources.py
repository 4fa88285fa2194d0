"""Who is named as a source, who is credited, and how many origins that makes."""

from __future__ import annotations

from firsthand.note import labels as lb
from firsthand.note import phrases as p
from firsthand.note.english import listed
from firsthand.note.gist import Gist
from firsthand.note.given import NoteInput
from firsthand.note.model import Sentence, Sources
from firsthand.note.refs import RefBook
from firsthand.records import Edge, Message, Report, say

__all__ = ["edge_refs", "origins_shown", "sources"]


def sources(given: NoteInput, about: Gist, book: RefBook) -> Sources:
    """Filmers, credits, and the count that a reader may make of them."""
    if about.report is None:
        return Sources(sentences=())
    return Sources(
        sentences=(
            _filmers(about, about.report, book),
            *_credits(given, about, book),
            _origins(given, about, book),
        )
    )


def edge_refs(edge: Edge, about: Gist, book: RefBook) -> list[int]:
    """The passages that an edge stands on; the edge's own record where it quotes none."""
    reports = list(about.reports.values())
    refs = [book.span(reports[0], span) for span in edge.spans] if len(reports) == 1 else []
    return refs or [book.record(edge.id, say(lb.REF_EDGE, id=edge.id))]


def _filmers(about: Gist, report: Report, book: RefBook) -> Sentence:
    found: dict[str, tuple[bool, list[int]]] = {}
    for claim in about.footage_claims:
        for holder in claim.holders:
            if holder.relation != "filmed":
                continue
            refs = found.setdefault(holder.name, (holder.kind == "unnamed", []))[1]
            if holder.span is not None and claim.report in about.reports:
                refs.append(book.span(about.reports[claim.report], holder.span))
    every = [ref for _, refs in found.values() for ref in refs] or [book.reading(report)]
    if not found:
        return book.sentence(say(p.FILMER_NONE), *every)
    if len(found) == 1:
        name, (unnamed, _) = next(iter(found.items()))
        template = p.FILMER_ONE_UNNAMED if unnamed else p.FILMER_ONE
        return book.sentence(say(template, name=name), *every)
    message = say(p.FILMER_MANY, count=str(len(found)), names=listed(list(found)))
    return book.sentence(message, *every)


def _credits(given: NoteInput, about: Gist, book: RefBook) -> list[Sentence]:
    names = {source.id: source.name for source in given.sources}
    out: list[Sentence] = []
    for edge in given.edges:
        if edge.lineage != "footage" or edge.relation != "credited":
            continue
        before = [
            other
            for other in given.edges
            if other.lineage == "footage" and other.later == edge.earlier
        ]
        stated = [other for other in before if other.basis == "stated"]
        refs = edge_refs(edge, about, book)
        name = names.get(edge.earlier, edge.earlier)
        message: Message = say(p.CREDITED, name=name)
        if stated:
            earlier = names.get(stated[0].earlier, stated[0].earlier)
            message = say(p.CREDITED_FROM, name=name, earlier=earlier)
            refs += edge_refs(stated[0], about, book)
        out.append(book.sentence(message, *refs))
    return out


def _origins(given: NoteInput, about: Gist, book: RefBook) -> Sentence:
    found = [finding for finding in given.findings if finding.check == "origins"]
    refs = [book.finding(finding) for finding in found] or [book.whole_log()]
    count = origins_shown(given)
    if count > 1:
        return book.sentence(say(p.ORIGINS_MANY, count=str(count)), *refs)
    named = given.sources or about.filmer is not None
    return book.sentence(say(p.ORIGIN_ONE if named else p.ORIGINS_NONE), *refs)


def origins_shown(given: NoteInput) -> int:
    """How many origins the check found shown; names alone never make a second one."""
    return max(
        (
            int(one.quantity.value)
            for finding in given.findings
            if finding.check == "origins" and finding.id not in given.stale
            for one in finding.measurements
            if one.name == "origins shown"
        ),
        default=1,
    )
