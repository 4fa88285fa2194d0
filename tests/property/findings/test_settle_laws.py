"""What would settle it is true of some value, cheapest first, in whatever order it was tried."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.findings.findings_made import SHOTS, cases, told, untold

from firsthand.findings import Supply, weigh, would_settle
from firsthand.records import Finding, say

INPUTS = st.sets(st.sampled_from(("a bearing", "a call", "a look")), min_size=1, max_size=2)
WORLDS = st.lists(st.lists(told("supposed") | untold("supposed"), max_size=1), max_size=3)


@st.composite
def supplies(draw: st.DrawFn) -> list[Supply]:
    """A few acts, each set of inputs once."""
    names = {tuple(sorted(one)) for one in draw(st.lists(INPUTS, max_size=3))}
    return [
        Supply(
            inputs=inputs,
            cost=draw(st.integers(1, 3)),
            asks=(say("Ask."),),
            worlds=tuple(tuple(world) for world in draw(WORLDS)),
        )
        for inputs in sorted(names)
    ]


@settings(max_examples=60)
@given(cases(most=4), supplies(), st.randoms(use_true_random=False))
def test_order_does_not_matter(
    findings: tuple[Finding, ...], some: list[Supply], random: Any
) -> None:
    mixed = list(some)
    random.shuffle(mixed)
    assert would_settle(findings, SHOTS, mixed, one_origin=False) == would_settle(
        findings, SHOTS, some, one_origin=False
    )


@settings(max_examples=60)
@given(cases(most=4), supplies())
def test_each_status_that_is_named_can_be_reached_and_is_another(
    findings: tuple[Finding, ...], some: list[Supply]
) -> None:
    now = weigh(findings, SHOTS, one_origin=False)
    by_inputs = {one.inputs: one for one in some}
    for target, rows in would_settle(findings, SHOTS, some, one_origin=False).items():
        before = now.of(*target)
        assert before is not None
        assert [row.cost for row in rows] == sorted(row.cost for row in rows)
        for row in rows:
            reached = set()
            for world in by_inputs[row.inputs].worlds:
                asked = {(one.check, one.proposition, one.shot) for one in world}
                kept = [
                    one for one in findings if (one.check, one.proposition, one.shot) not in asked
                ]
                after = weigh([*kept, *world], SHOTS, one_origin=False).of(*target)
                reached.add(after.status if after else "")
            assert row.could_become
            assert set(row.could_become) <= reached - {before.status}
