"""Findings of every kind, for the laws of weighing."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from firsthand.findings import ALTERNATIVES
from firsthand.records import (
    Consistent,
    CouldNotRun,
    Finding,
    Inconclusive,
    Inconsistent,
    Inputs,
    LikelihoodRatio,
    Method,
    NeedsInput,
    NotApplicable,
    Quantity,
    say,
)

SHOTS = ("s1", "s2")
CHECKS = tuple(f"check{n}" for n in range(6))
NUISANCES = ("heading", "lens", "clock", "light", "origin")
IN_PLAY = 40
"""More questions than any case here can ask, so that adding one changes no other's threshold."""

CEILING = 10_000.1
WHY = say("Because.")
TOLD = {"consistent": Consistent(), "inconsistent": Inconsistent()}
UNTOLD = (
    Inconclusive(why=WHY),
    NeedsInput(missing=("window",), why=WHY),
    NotApplicable(why=WHY),
    CouldNotRun(error="ValueError: x"),
)


def made(id: str, outcome: Any, **fields: Any) -> Finding:
    """A finding in one call; `outcome` by name, or as it is."""
    check = fields.pop("check", "check0")
    fields.setdefault("study", "a study" if {"lr", "p_value"} & fields.keys() else "")
    return Finding(
        id=id,
        check=check,
        question="?",
        proposition=fields.pop("proposition", "F"),
        outcome=TOLD.get(outcome, outcome) if isinstance(outcome, str) else outcome,
        statement=say("So."),
        inputs=Inputs(),
        method=Method(check=check, version="1", source="test"),
        **fields,
    )


def ratio(low: float, high: float) -> LikelihoodRatio:
    """A likelihood ratio whose study allows four powers of ten."""
    return LikelihoodRatio(low=low, high=high, study="a study", ceiling=CEILING)


def power(low: float, high: float = 1.0) -> Quantity:
    return Quantity(value=high, unit="1", low=low, high=high, how="test")


@st.composite
def ratios(draw: st.DrawFn, highest: float = 4.0) -> LikelihoodRatio:
    ends = sorted(draw(st.tuples(st.floats(-4, highest), st.floats(-4, highest))))
    return ratio(10 ** ends[0], 10 ** ends[1])


@st.composite
def told(draw: st.DrawFn, id: str = "new") -> Finding:
    """A finding that tells: consistent or inconsistent, with or without figures."""
    against = draw(st.booleans())
    proposition = draw(st.sampled_from(("E", "F", "C")))
    low = draw(st.none() | st.floats(0, 1))
    return made(
        id,
        "inconsistent" if against else "consistent",
        check=draw(st.sampled_from(CHECKS)),
        proposition=proposition,
        shot=draw(st.sampled_from((None, *SHOTS))) if proposition == "F" else None,
        nuisances=tuple(sorted(draw(st.sets(st.sampled_from(NUISANCES), max_size=2)))),
        alternative=draw(st.sampled_from((None, *ALTERNATIVES[proposition]))),
        toward=draw(st.sampled_from((None, "against" if against else "for"))),
        lr=draw(st.none() | ratios(highest=0.0 if against else 4.0)),
        p_value=draw(st.none() | st.floats(0, 0.001)) if against else None,
        power=None if low is None else power(low),
    )


@st.composite
def untold(draw: st.DrawFn, id: str = "new") -> Finding:
    """A finding that does not tell, of any of the four kinds."""
    proposition = draw(st.sampled_from(("E", "F", "C")))
    return made(
        id,
        draw(st.sampled_from(UNTOLD)),
        check=draw(st.sampled_from(CHECKS)),
        proposition=proposition,
        shot=draw(st.sampled_from((None, *SHOTS))) if proposition == "F" else None,
        nuisances=tuple(sorted(draw(st.sets(st.sampled_from(NUISANCES), max_size=2)))),
    )


@st.composite
def cases(draw: st.DrawFn, most: int = 7) -> tuple[Finding, ...]:
    """Up to seven findings, told or not, with ids of their own."""
    some = draw(st.lists(told() | untold(), max_size=most))
    return tuple(one.model_copy(update={"id": f"f{n:02d}"}) for n, one in enumerate(some))


SUPPORTED = tuple(
    made(
        f"base{proposition}{n}",
        "consistent",
        check=f"base{n}",
        proposition=proposition,
        alternative=alternative,
        lr=ratio(50, 90),
    )
    for proposition, alternatives in ALTERNATIVES.items()
    for n, alternative in enumerate(alternatives)
)
"""A case in which every proposition is `consistent_and_unlikely_if_false`."""


def calm_or_any() -> st.SearchStrategy[tuple[Finding, ...]]:
    """Any case, or the supported one: what disturbs it stands out there."""
    return st.just(SUPPORTED) | cases()
