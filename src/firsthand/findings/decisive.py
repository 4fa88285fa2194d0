"""Which findings contradict a claim with the case's whole error held."""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.findings.groups import merge
from firsthand.findings.holm import CASE_ERROR, holm
from firsthand.records import Finding

__all__ = ["Question", "decisive", "question_of"]

Question = tuple[str, str, str]
"""Check, proposition, shot: what was asked once."""


def question_of(finding: Finding) -> Question:
    """The question that a finding answers."""
    return finding.check, finding.proposition, finding.shot or ""


def decisive(findings: Sequence[Finding], in_play: int) -> frozenset[str]:
    """Ids of the findings that decide against their proposition.

    Holm goes over dependent groups, each by its smallest p, because a finding that depends on
    another must not make room for a third; what it divides by is the questions in play, of which
    there are at least as many. Inside a group that passed, what passes by itself (Bonferroni)
    decides too. A question has one live answer: a rerun leaves the earlier one stale.
    """
    told = [one for one in findings if one.outcome.kind in {"consistent", "inconsistent"}]
    groups = {
        group.findings[0].id: {
            one.id: one.p_value
            for one in group.findings
            if one.outcome.kind == "inconsistent" and one.p_value is not None
        }
        for proposition in ("E", "F", "C")
        for group in merge(one for one in told if one.proposition == proposition)
    }
    smallest = {name: min(p_of.values()) for name, p_of in groups.items() if p_of}
    count = max(in_play, len(smallest), 1)
    return frozenset(
        one
        for name in holm(smallest, count)
        for one, p in groups[name].items()
        if p == smallest[name] or p <= CASE_ERROR / count
    )
