"""Holm's procedure on the numbers, and over dependent findings."""

from __future__ import annotations

import pytest
from tests.property.findings.findings_made import made

from firsthand.findings import holm, weigh


def test_the_worked_steps() -> None:
    """0.01 / 4, 0.01 / 3, 0.01 / 2, 0.01: the third fails, and so does the fourth with it."""
    p = {"a": 0.0025, "b": 0.0033, "c": 0.0051, "d": 0.0052}
    assert holm(p, 4) == {"a", "b"}
    assert holm({**p, "c": 0.005}, 4) == {"a", "b", "c", "d"}


def test_a_test_that_was_asked_is_paid_for() -> None:
    assert holm({"a": 0.009}, 1) == {"a"}
    assert holm({"a": 0.009}, 2) == frozenset()


def test_more_p_values_than_tests_cannot_be() -> None:
    with pytest.raises(ValueError, match="2 p values of 1"):
        holm({"a": 0.1, "b": 0.2}, 1)


def test_an_echo_makes_no_room_for_a_third() -> None:
    """b alone passes 0.01 / 2 but not 0.01 / 3; an echo of a must not count as a step taken."""
    a = made("a", "inconsistent", check="a", shot="s1", p_value=0.001, nuisances=("lens",))
    echo = made("e", "inconsistent", check="e", shot="s1", p_value=0.001, nuisances=("lens",))
    b = made("b", "inconsistent", check="b", shot="s2", p_value=0.004)
    last = made("c", "inconsistent", check="c", shot="s2", p_value=0.006)
    alone = weigh([a, b, last], ("s1", "s2"), one_origin=False, in_play=4).propositions
    echoed = weigh([a, echo, b, last], ("s1", "s2"), one_origin=False, in_play=4).propositions
    assert [one.status for one in alone] == [one.status for one in echoed]
    assert alone[4].status == "not_established"


def test_independent_steps_do_make_room() -> None:
    a = made("a", "inconsistent", check="a", shot="s1", p_value=0.001)
    b = made("b", "inconsistent", check="b", shot="s2", p_value=0.009)
    propositions = weigh([a, b], ("s1", "s2"), one_origin=False).propositions
    assert [one.status for one in propositions if one.id == "F"] == ["inconsistent"] * 2
