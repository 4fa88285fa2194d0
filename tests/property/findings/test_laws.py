"""The laws of weighing, one a function."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.property.findings.findings_made import (
    CEILING,
    IN_PLAY,
    SHOTS,
    calm_or_any,
    cases,
    made,
    power,
    ratio,
    ratios,
    told,
    untold,
)

from firsthand.findings import Status, weigh
from firsthand.records import Finding, LikelihoodRatio

NO_STRONGER: dict[Status, set[Status]] = {
    "not_established": {"not_established"},
    "consistent": {"consistent", "not_established"},
    "consistent_and_unlikely_if_false": {
        "consistent_and_unlikely_if_false",
        "consistent",
        "not_established",
    },
    "inconsistent": {"inconsistent", "not_established"},
}


def weighed(findings: Sequence[Finding], **more: Any) -> list[Any]:
    more.setdefault("one_origin", False)
    return list(weigh(findings, SHOTS, in_play=IN_PLAY, **more).propositions)


def statuses(findings: Sequence[Finding], **more: Any) -> list[Status]:
    return [one.status for one in weighed(findings, **more)]


def footage(propositions: Sequence[Any]) -> list[Any]:
    """What is shown, shot by shot."""
    return [one for one in propositions if one.id == "F"]


def figures(findings: Sequence[Finding]) -> list[Any]:
    return [(one.status, str(one.strength), len(one.carried_by)) for one in weighed(findings)]


@given(cases(), st.randoms(use_true_random=False))
def test_order_does_not_matter(findings: tuple[Finding, ...], random: Any) -> None:
    mixed = list(findings)
    random.shuffle(mixed)
    assert weigh(mixed, SHOTS, one_origin=False) == weigh(findings, SHOTS, one_origin=False)


@given(calm_or_any(), told())
def test_the_same_finding_twice_adds_nothing(findings: tuple[Finding, ...], one: Finding) -> None:
    again = one.model_copy(update={"id": "newer"})
    assert figures([*findings, one, again]) == figures([*findings, one])


@given(calm_or_any(), told())
def test_a_finding_that_depends_on_another_adds_nothing(
    findings: tuple[Finding, ...], one: Finding
) -> None:
    one = one.model_copy(update={"nuisances": (*one.nuisances, "tie")})
    echo = one.model_copy(update={"id": "newer", "check": "echo", "nuisances": ("tie",)})
    assert figures([*findings, one, echo]) == figures([*findings, one])


@given(calm_or_any(), untold())
def test_what_did_not_tell_moves_nothing(findings: tuple[Finding, ...], one: Finding) -> None:
    before, after = weighed(findings), weighed([*findings, one])
    for was, now in zip(before, after, strict=True):
        assert (now.status, now.carried_by, now.conflicts, now.agrees, now.strength) == (
            was.status,
            was.carried_by,
            was.conflicts,
            was.agrees,
            was.strength,
        )


@given(cases(), untold())
def test_an_unplanned_question_is_paid_for(findings: tuple[Finding, ...], one: Finding) -> None:
    """Where the questions are counted from the findings, asking more never strengthens."""
    before = weigh(findings, SHOTS, one_origin=False)
    after = weigh([*findings, one], SHOTS, one_origin=False)
    for was, now in zip(before.propositions, after.propositions, strict=True):
        assert now.status in NO_STRONGER[was.status]


@given(st.integers(0, 30), ratios())
def test_one_good_contradiction_is_not_outvoted(count: int, lr: LikelihoodRatio) -> None:
    against = made("against", "inconsistent", check="sun", p_value=0.01 / IN_PLAY)
    agreements = [
        made(f"f{n}", "consistent", check=f"other{n}", lr=lr, toward="for", power=power(0.99))
        for n in range(count)
    ]
    for shot in footage(weighed([against, *agreements])):
        assert shot.status == "inconsistent"
        assert shot.carried_by == ("against",)


@given(cases(), told())
def test_a_group_that_points_both_ways_is_shown_and_supports_nothing(
    findings: tuple[Finding, ...], one: Finding
) -> None:
    pro = made("pro", "consistent", check="a", nuisances=("tie",), lr=ratio(50, 90))
    con = made("con", "inconsistent", check="b", nuisances=("tie",), toward="against")
    for shot in footage(weighed([*findings, pro, con])):
        assert {"pro", "con"} <= set(shot.conflicts)
        assert shot.status in {"inconsistent", "not_established"}


@settings(max_examples=300)
@given(calm_or_any(), st.sampled_from("EFC"), ratios(), st.floats(0, 3), st.floats(0, 3))
def test_a_wider_likelihood_ratio_never_strengthens(
    findings: tuple[Finding, ...], proposition: str, lr: LikelihoodRatio, down: float, up: float
) -> None:
    wider = ratio(max(lr.low / 10**down, 1 / CEILING), min(lr.high * 10**up, CEILING))
    for outcome in ("consistent", "inconsistent"):
        before, after = (
            statuses([*findings, made("new", outcome, proposition=proposition, lr=one)])
            for one in (lr, wider)
        )
        for was, now in zip(before, after, strict=True):
            assert now in NO_STRONGER[was]


@given(calm_or_any(), told(), st.floats(0, 1), st.floats(0, 1))
def test_a_larger_p_never_strengthens(
    findings: tuple[Finding, ...], drawn: Finding, p_value: float, more: float
) -> None:
    one = drawn.model_copy(update={"p_value": p_value})
    larger = p_value + more * (1 - p_value)
    for p in (larger, None):
        doubtful = one.model_copy(update={"p_value": p})
        for was, now in zip(
            statuses([*findings, one]), statuses([*findings, doubtful]), strict=True
        ):
            assert now in NO_STRONGER[was]


@given(calm_or_any(), told(), st.floats(0, 1))
def test_less_power_never_strengthens(
    findings: tuple[Finding, ...], one: Finding, share: float
) -> None:
    assume(one.power is not None)
    assert one.power is not None
    doubtful = one.model_copy(update={"power": power(one.power.low * share)})
    for was, now in zip(statuses([*findings, one]), statuses([*findings, doubtful]), strict=True):
        assert now in NO_STRONGER[was]


@given(cases(), st.sampled_from(("heading", "lens", "clock", "light", "origin")))
def test_more_dependence_never_strengthens(findings: tuple[Finding, ...], nuisance: str) -> None:
    joined = [one.model_copy(update={"nuisances": (*one.nuisances, nuisance)}) for one in findings]
    for was, now in zip(statuses(findings), statuses(joined), strict=True):
        assert now in NO_STRONGER[was]


@given(calm_or_any(), told() | untold())
def test_a_stale_finding_counts_for_nothing(findings: tuple[Finding, ...], one: Finding) -> None:
    without = weigh(findings, SHOTS, one_origin=False, in_play=IN_PLAY)
    stale = frozenset({one.id})
    assert weigh([*findings, one], SHOTS, one_origin=False, in_play=IN_PLAY, stale=stale) == without


@given(calm_or_any())
def test_one_origin_caps_the_event_and_nothing_else(findings: tuple[Finding, ...]) -> None:
    for many, one in zip(weighed(findings), weighed(findings, one_origin=True), strict=True):
        if one.id == "E":
            assert one.status != "consistent_and_unlikely_if_false"
            assert one.status in NO_STRONGER[many.status]
        else:
            assert one.status == many.status


@given(cases())
def test_no_strength_passes_what_the_study_supports(findings: tuple[Finding, ...]) -> None:
    """The ceiling cuts an interval however it was written down."""
    low = [
        one.model_copy(update={"lr": one.lr.model_copy(update={"ceiling": 2.0})}) if one.lr else one
        for one in findings
    ]
    for status in statuses(low):
        assert status != "consistent_and_unlikely_if_false"


@given(cases())
def test_every_id_that_is_named_is_a_finding_that_told(findings: tuple[Finding, ...]) -> None:
    told_ids = {one.id for one in findings if one.outcome.kind in {"consistent", "inconsistent"}}
    for one in weighed(findings):
        assert set(one.carried_by) | set(one.conflicts) | set(one.agrees) <= told_ids
        assert bool(one.carried_by) == (one.status != "not_established")
        assert one.strength is None or math.isfinite(len(str(one.strength)))
