"""How many independent origins does the event have, however often it is repeated?

A name is not an origin. Three publishers with one filmer behind them are one origin, and names
with nothing known between them are one origin too, until shown otherwise. What shows otherwise is
a statement that different people filmed: a stated edge `filmed` from each.
"""

from __future__ import annotations

from collections.abc import Iterable

from firsthand.checks.base import CheckResult, check
from firsthand.origins import OriginGroup, origin_groups
from firsthand.records import (
    Consistent,
    Edge,
    Inconclusive,
    Measurement,
    Source,
    quantity,
    say,
)

__all__ = ["origins", "shown_origins"]


def shown_origins(sources: Iterable[Source], edges: Iterable[Edge]) -> tuple[OriginGroup, ...]:
    """The groups that are stated to begin with somebody's own filming, one for each filmer.

    A filmer named in two reports is one filmer; an unnamed one adds none.
    """
    known = {source.id: source for source in sources}
    stated = {
        edge.earlier
        for edge in edges
        if edge.lineage == "footage" and edge.relation == "filmed" and edge.basis == "stated"
    }
    shown: dict[str, OriginGroup] = {}
    for group in origin_groups(known.values(), edges):
        filmers = [known[name] for name in group.origins if name in stated]
        if filmers and all(filmer.kind != "unnamed" for filmer in filmers):
            shown.setdefault(filmers[0].name.casefold().strip(), group)
    return tuple(shown.values())


@check(
    name="origins",
    question="How many independent origins are there?",
    proposition="E",
    version="1",
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
    names, inferred = len(sources), sum(edge.basis == "inferred" for edge in edges)
    how = "sources named, and groups stated to begin with somebody's own filming"
    measurements = tuple(
        Measurement(name=name, quantity=quantity(value, value, value, "1", how))
        for name, value in (("sources named", float(names)), ("origins shown", float(count)))
    )
    limits = [say("Who filmed is what the reports say; nobody here has asked them.")]
    if inferred:
        limits.append(
            say(
                "{count} of the {all} links between sources are inferred, not stated.",
                count=str(inferred),
                all=str(len(edges)),
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
