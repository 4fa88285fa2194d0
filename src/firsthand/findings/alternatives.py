"""Against what a proposition is held, and what speaks against each of it.

A proposition is unlikely to look so, if false, only when that holds for *every* way in which it
can be false: shadows that tell one hour from another say nothing of a staged scene.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from firsthand.findings.counted import UNLIKELY_IF_FALSE_LR, support
from firsthand.findings.strength import in_words
from firsthand.records import Alternative, Finding, Message, PropositionId, say

__all__ = ["ALTERNATIVES", "DIRECTION", "Against", "against", "all_unlikely"]

ALTERNATIVES: Final[dict[PropositionId, tuple[Alternative, ...]]] = {
    "E": ("did_not_happen",),
    "F": ("same_place_other_time", "other_place", "staged_edited_or_synthetic"),
    "C": ("other_cause",),
}
"""The named ways in which each proposition can be false."""

DIRECTION: Final = say("A direction alone: no study gives a figure.")


@dataclass(frozen=True)
class Against:
    """One alternative, the strongest finding against it if there is any, and how strong it is."""

    alternative: Alternative
    carried_by: str | None = None
    strength: Message | None = None


def _strongest(findings: Iterable[Finding], alternative: Alternative) -> Finding | None:
    speaking = [one for one in findings if one.alternative == alternative and support(one) > 0]
    return min(speaking, key=lambda one: (-support(one), one.id), default=None)


def against(proposition: PropositionId, findings: Sequence[Finding]) -> tuple[Against, ...]:
    """For each alternative the strongest finding that speaks against it: one, never a sum."""
    rows: list[Against] = []
    for alternative in ALTERNATIVES[proposition]:
        best = _strongest(findings, alternative)
        strength = None if best is None else in_words(best.lr) if best.lr else DIRECTION
        rows.append(Against(alternative, best.id if best else None, strength))
    return tuple(rows)


def all_unlikely(proposition: PropositionId, findings: Sequence[Finding]) -> bool:
    """Whether every named alternative has moderate support or more against it."""
    best = (_strongest(findings, one) for one in ALTERNATIVES[proposition])
    return all(one is not None and support(one) >= UNLIKELY_IF_FALSE_LR for one in best)
