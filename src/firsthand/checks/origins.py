"""How many independent origins does the event have, however often it is repeated?

A name is not an origin. Three publishers with one filmer behind them are one origin, and names
with nothing known between them are one origin too, until shown otherwise. What shows otherwise is
a statement that different people filmed: a stated edge `filmed` from each.

The lineage of the footage alone makes an origin. That of the claim is told beside it: reports that
are one text, link to each other or quote each other are fewer witnesses than they look.
"""

from __future__ import annotations

from collections.abc import Iterable

from firsthand.checks.base import CheckResult, check
from firsthand.origins import MUTUAL, OriginGroup, by_name, days, origin_groups
from firsthand.records import (
    Consistent,
    Edge,
    Inconclusive,
    Measurement,
    Message,
    Source,
    quantity,
    say,
)

__all__ = ["origins", "shown_origins"]


def shown_origins(sources: Iterable[Source], edges: Iterable[Edge]) -> tuple[OriginGroup, ...]:
    """The groups that are stated to begin with somebody's own filming, one for each filmer.

    A filmer named in two reports is one filmer; an unnamed one adds none. One recording has one
    filmer: of groups that share an item, under whatever names, the first alone is given.
    """
    shown, taken = [], set[str]()
    for group, items in _filmed(sources, edges):
        if not items & taken:
            shown.append(group)
        taken |= items
    return tuple(shown)


def _filmed(
    sources: Iterable[Source], edges: Iterable[Edge]
) -> list[tuple[OriginGroup, frozenset[str]]]:
    """The groups of named filmers, each name once, and the recordings in each."""
    known = {source.id: source for source in sources}
    stated = {
        edge.earlier
        for edge in edges
        if edge.lineage == "footage" and edge.relation == "filmed" and edge.basis == "stated"
    }
    found: dict[str, tuple[OriginGroup, frozenset[str]]] = {}
    for group in origin_groups(known.values(), edges):
        filmers = [known[name] for name in group.origins if name in stated]
        if filmers and all(filmer.kind != "unnamed" for filmer in filmers):
            items = frozenset(name for name in group.members if known[name].kind == "item")
            found.setdefault(filmers[0].name.casefold().strip(), (group, items))
    return list(found.values())


@check(
    name="origins",
    question="How many independent origins are there?",
    proposition="E",
    version="3",
    scope="case",
    alternative="did_not_happen",
)
def origins(sources: tuple[Source, ...], edges: tuple[Edge, ...] = ()) -> CheckResult:
    """Count who is named and how many of them are shown to have filmed for themselves."""
    if not sources:
        return CheckResult(
            outcome=Inconclusive(why=say("Nobody is named as a source.")),
            statement=say("No source is named, so nothing is known of where this began."),
        )
    shown = shown_origins(sources, edges)
    count = max(1, len(shown))
    named, joined = by_name(sources, edges)
    names = sum(_of_footage(source, joined) for source in named) or len(named)
    texts = _one_text(named, joined)
    how = "sources named, and groups stated to begin with somebody's own filming"
    counted = (
        ("sources named", names),
        ("origins shown", count),
        ("reports that are a text with another", len({name for pair in texts for name in pair})),
        ("copies in an archive", sum(edge.relation == "same_recording" for edge in joined)),
    )
    measurements = tuple(
        Measurement(name=name, quantity=quantity(float(n), float(n), float(n), "1", how))
        for name, n in counted
    )
    limits = [
        say("Who filmed is what the reports say; nobody here has asked them."),
        *_two_filmers(sources, edges),
        *_lineage_of_claim(named, joined),
        *_against_time(sources, edges),
    ]
    inferred = sum(edge.basis == "inferred" for edge in joined)
    if inferred:
        limits.append(
            say(
                "{count} of the {all} links between sources are inferred, not stated.",
                count=str(inferred),
                all=str(len(joined)),
            )
        )
    if count == 1:
        return CheckResult(
            outcome=Inconclusive(why=say("Repetition adds nothing to one origin.")),
            statement=say(
                "Sources named: {names}. Count one origin until shown otherwise.",
                names=str(names),
            ),
            measurements=measurements,
            nuisances=("origin",),
            limits=tuple(limits),
        )
    return CheckResult(
        outcome=Consistent(),
        statement=say(
            "Sources named: {names}. They are said to go back to {count} people who filmed for "
            "themselves.",
            names=str(names),
            count=str(count),
        ),
        measurements=measurements,
        nuisances=("origin",),
        toward="for",
        limits=tuple(limits),
    )


def _two_filmers(sources: tuple[Source, ...], edges: tuple[Edge, ...]) -> list[Message]:
    """Recordings that more than one is said to have filmed."""
    names = {source.id: source.name for source in sources}
    filmers: dict[str, list[str]] = {}
    for group, items in _filmed(sources, edges):
        for item in items:
            filmers.setdefault(item, []).append(names[group.origins[0]])
    return [
        say(
            "More than one is said to have filmed {item}: {filmers}. One recording has one filmer, "
            "so together they count as one origin.",
            item=names[item],
            filmers=", ".join(who),
        )
        for item, who in sorted(filmers.items())
        if len(who) > 1
    ]


def _of_footage(source: Source, edges: tuple[Edge, ...]) -> bool:
    """Whether a source has a place in the footage's lineage, or in none at all."""
    mine = [edge for edge in edges if source.id in {edge.earlier, edge.later}]
    return not mine or any(edge.lineage == "footage" for edge in mine)


def _one_text(sources: tuple[Source, ...], edges: tuple[Edge, ...]) -> list[tuple[str, str]]:
    names = {source.id: source.name for source in sources}
    return [
        (names.get(edge.earlier, edge.earlier), names.get(edge.later, edge.later))
        for edge in edges
        if edge.relation == "same_text"
    ]


def _lineage_of_claim(sources: tuple[Source, ...], edges: tuple[Edge, ...]) -> list[Message]:
    """Reports that have their words from each other."""
    out = [
        say(
            "{one} and {other} are largely one text, or share misspellings: together they are one "
            "witness to the claim.",
            one=one,
            other=other,
        )
        for one, other in _one_text(sources, edges)
    ]
    passed = sum(
        edge.lineage == "claim" and edge.relation in {"linked", "quoted"} for edge in edges
    )
    if passed:
        out.append(
            say(
                "Links and quotations by which the reports pass the claim on: {count}.",
                count=str(passed),
            )
        )
    return out


def _against_time(sources: tuple[Source, ...], edges: tuple[Edge, ...]) -> list[Message]:
    """Edges that run from who is first seen later: one of the two, or a date, is not as told."""
    known = {source.id: source for source in sources}
    out: list[Message] = []
    for edge in edges:
        earlier, later = known.get(edge.earlier), known.get(edge.later)
        if earlier is None or later is None or edge.relation in MUTUAL:
            continue
        first, last = days(earlier.first_seen), days(later.first_seen)
        if first and last and first[0] > last[1]:
            out.append(
                say(
                    "{later} ({later_date}) is taken to have had it from {earlier}, which is first "
                    "seen later ({earlier_date}): the link or a date is not as told.",
                    later=later.name,
                    later_date=later.first_seen or "",
                    earlier=earlier.name,
                    earlier_date=earlier.first_seen or "",
                )
            )
    return out
