"""Which findings contradict a claim with the case's whole error held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from firsthand.findings.groups import merge
from firsthand.findings.holm import CASE_ERROR, holm
from firsthand.records import Finding

__all__ = ["Question", "can_decide", "decisive", "in_play_of", "question_of"]

Question = tuple[str, str, str]
"""Check, proposition, shot: what was asked once."""


def question_of(finding: Finding) -> Question:
    """The question that a finding answers."""
    return finding.check, finding.proposition, finding.shot or ""


def can_decide(finding: Finding) -> bool:
    """Whether its check could have called a true claim inconsistent, told or not.

    A check without a study gives no p value, ever, so asking it puts no true claim at risk.
    """
    return bool(finding.study) or finding.p_value is not None


def in_play_of(findings: Iterable[Finding]) -> int:
    """How many questions that can decide were asked: what each of them is paid for."""
    return max(1, len({question_of(one) for one in findings if can_decide(one)}))


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
