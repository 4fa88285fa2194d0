"""What would settle it: supposed, weighed, and named only where it can matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.property.findings.findings_made import made, power, ratio

from firsthand.findings import Settles, Supply, would_settle
from firsthand.records import Finding, NeedsInput, say

WHY = say("Because.")


def needs(id: str, check: str, *missing: str, **fields: Any) -> Finding:
    return made(id, NeedsInput(missing=missing, why=WHY), check=check, shot="s1", **fields)


def supply(*inputs: str, cost: int, worlds: Sequence[Sequence[Finding]], **more: Any) -> Supply:
    return Supply(
        inputs=inputs,
        cost=cost,
        asks=tuple(say("{name}?", name=name) for name in inputs),
        worlds=tuple(tuple(world) for world in worlds),
        **more,
    )


def settle(
    findings: Sequence[Finding], *supplies: Supply, proposition: str = "F", **more: Any
) -> tuple[Settles, ...]:
    more.setdefault("one_origin", True)
    return would_settle(findings, ("s1",), supplies, **more)[proposition, "s1"]  # type: ignore[index]


FITS = made("x1", "consistent", check="sun", shot="s1", toward="for", power=power(0.9))
MISFITS = made("x2", "inconsistent", check="sun", shot="s1", p_value=1e-6)
LIGHT_FITS = made("x3", "consistent", check="light", shot="s1", toward="for", power=power(0.1))
LIGHT_MISFITS = made("x4", "inconsistent", check="light", shot="s1", toward="against")
SUN, LIGHT = needs("f1", "sun", "bearing"), needs("f2", "light", "look")


def test_an_input_is_named_with_the_statuses_it_could_give() -> None:
    (row,) = settle([SUN], supply("bearing", cost=2, worlds=[[FITS], [MISFITS]]))
    assert (row.inputs, row.cost) == (("bearing",), 2)
    assert row.could_become == ("consistent", "inconsistent")


def test_an_input_that_moves_nothing_is_not_named() -> None:
    """Light decides nothing and supports nothing: looking is cheap, and settles nothing here."""
    look = supply("look", cost=1, worlds=[[LIGHT_FITS], [LIGHT_MISFITS]])
    assert settle([SUN, LIGHT], look) == ()


def test_the_same_input_matters_where_something_stands_to_be_objected_to() -> None:
    stands = made("f0", "consistent", check="wind", shot="s1", toward="for", power=power(0.8))
    look = supply("look", cost=1, worlds=[[LIGHT_FITS], [LIGHT_MISFITS]])
    (row,) = settle([stands, LIGHT], look)
    assert row.could_become == ("not_established",)


def test_cheapest_first_then_the_simplest() -> None:
    rows = settle(
        [SUN],
        supply("call", cost=3, worlds=[[FITS], [MISFITS]]),
        supply("bearing", "map", cost=2, worlds=[[MISFITS]]),
        supply("bearing", cost=2, worlds=[[FITS]]),
        supply("look", cost=1, worlds=[[MISFITS]]),
    )
    assert [row.inputs for row in rows] == [("look",), ("bearing",), ("bearing", "map"), ("call",)]


def test_more_than_is_needed_is_left_out() -> None:
    rows = settle(
        [SUN],
        supply("bearing", cost=2, worlds=[[FITS], [MISFITS]]),
        supply("bearing", "call", cost=3, worlds=[[FITS]]),
    )
    assert [row.inputs for row in rows] == [("bearing",)]


def test_what_is_inconsistent_is_settled() -> None:
    against = made("f0", "inconsistent", check="copy", shot="s1", p_value=1e-6)
    assert settle([against, SUN], supply("bearing", cost=2, worlds=[[FITS]])) == ()


def test_a_supposed_answer_takes_the_place_of_the_one_that_stands() -> None:
    old = made("f1", "inconsistent", check="sun", shot="s1", toward="against")
    (row,) = settle([old], supply("window", cost=3, worlds=[[FITS]]))
    assert row.could_become == ("consistent",)


def test_a_second_origin_would_lift_the_cap() -> None:
    event = made(
        "f1", "consistent", check="fires", proposition="E", alternative="did_not_happen",
        lr=ratio(20, 90),
    )  # fmt: skip
    who = supply("edges", cost=2, worlds=[[]], more_origins=True)
    (row,) = settle([event], who, proposition="E")
    assert row.could_become == ("consistent_and_unlikely_if_false",)
    assert settle([event], who, proposition="E", one_origin=False) == ()


def test_supposing_is_paid_for_like_asking() -> None:
    """A p that passes alone does not pass among twenty questions that could decide."""
    barely = made("x", "inconsistent", check="sun", shot="s1", p_value=0.004)
    others = [needs(f"f{n}", f"c{n}", "other", study="a study") for n in range(20)]
    bearing = supply("bearing", cost=2, worlds=[[barely]])
    assert [row.could_become for row in settle([SUN], bearing)] == [("inconsistent",)]
    assert settle([SUN, *others], bearing) == ()
