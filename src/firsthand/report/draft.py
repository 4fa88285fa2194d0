"""A claim before it has its number: what the rules hand over, and how it becomes a record."""

from __future__ import annotations

from dataclasses import dataclass, field

from firsthand.records import (
    Casualties,
    Claim,
    ClaimedQuantity,
    ClaimType,
    Hedge,
    Holder,
    Polarity,
    Proposer,
    Review,
    Span,
    When,
    Where,
)

__all__ = ["TOOL", "VERSION", "Draft", "number"]

TOOL = "firsthand.report"
VERSION = "3"


@dataclass(frozen=True)
class Draft:
    """One reading by one rule. `holders` is without the publisher, who is added last."""

    at: int
    type: ClaimType
    proposition: str
    spans: tuple[Span, ...]
    rule: str
    polarity: Polarity = "affirmed"
    factuality: int = 3
    hedges: tuple[Hedge, ...] = ()
    holders: tuple[Holder, ...] = ()
    footage: bool = False
    incident: str | None = None
    when: When | None = None
    where: Where | None = None
    quantity: ClaimedQuantity | None = None
    casualties: Casualties | None = None
    order: int = field(default=0)
    head: int = -1
    """Where the predicate stands, to tell two drafts of one clause."""


def number(drafts: list[Draft], report_id: str, publisher: Holder) -> tuple[Claim, ...]:
    """Records c1, c2 ... in document order; the publisher closes every chain of holders."""
    ordered = sorted(drafts, key=lambda draft: (draft.at, draft.order, draft.type, draft.rule))
    return tuple(
        Claim(
            id=f"c{index}",
            revision=1,
            report=report_id,
            type=draft.type,
            proposition=draft.proposition,
            footage=draft.footage,
            incident=draft.incident,
            spans=draft.spans,
            polarity=draft.polarity,
            hedges=draft.hedges,
            factuality=draft.factuality,
            holders=(*draft.holders, publisher),
            when=draft.when,
            where=draft.where,
            quantity=draft.quantity,
            casualties=draft.casualties,
            proposer=Proposer(tool=TOOL, version=VERSION, rule=draft.rule),
            review=Review(state="proposed"),
        )
        for index, draft in enumerate(ordered, 1)
    )
