"""Claimed dates as instants: the widest that the wording allows, and unknown stays unknown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from firsthand.checks.claimed import claimed_time, edtf_bounds
from firsthand.records import Claim


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021-09-28", utc(2021, 9, 27, 10), utc(2021, 9, 29, 12)),
        ("2021-12", utc(2021, 11, 30, 10), utc(2022, 1, 1, 12)),
        ("2021", utc(2020, 12, 31, 10), utc(2022, 1, 1, 12)),
        ("2021-24", utc(2020, 12, 31, 10), utc(2022, 4, 1, 12)),
        ("2021-09-28?", utc(2021, 9, 27, 10), utc(2021, 9, 29, 12)),
        ("2021-09-28T09:30:00Z", utc(2021, 9, 28, 9, 30), utc(2021, 9, 28, 9, 30)),
        ("2021-09-28T09:30:00+03:00", utc(2021, 9, 28, 6, 30), utc(2021, 9, 28, 6, 30)),
        ("2021-09-28T09:30", utc(2021, 9, 27, 19, 30), utc(2021, 9, 28, 21, 30)),
    ],
)
def test_bounds(text: str, first: datetime, last: datetime) -> None:
    assert edtf_bounds(text) == (first, last)


@pytest.mark.parametrize("text", ["", "202X", "2021-02-30", "2021-13", "soon", "9999", "0000"])
def test_what_is_not_understood_bounds_nothing(text: str) -> None:
    assert edtf_bounds(text) is None


def test_not_after_the_report_is_no_window(claim: Callable[..., Claim], when: Any) -> None:
    """The report nowhere says when it was filmed: an end and no beginning, and no midnight."""
    time = claimed_time([claim(when=when(None, "2021-09-28"))])
    assert time.earliest is None
    assert time.latest == utc(2021, 9, 29, 12)
    assert time.window is None
    assert [ref.id for ref in time.claims] == ["r1.c1"]


def test_the_narrowest_of_several(claim: Callable[..., Claim], when: Any) -> None:
    time = claimed_time(
        [
            claim(when=when("2021-09", "2021-09")),
            claim(id="r2.c4", when=when("2021-09-27", "2021-10-02")),
        ]
    )
    assert time.window is not None
    assert time.window.start == utc(2021, 9, 26, 10)
    assert time.window.end == utc(2021, 10, 1, 12)


def test_claims_that_contradict_each_other_give_no_window(
    claim: Callable[..., Claim], when: Any
) -> None:
    claims = [
        claim(when=when("2021-09-28", "2021-09-28")),
        claim(id="r2.c1", when=when("2020-01-01", "2020-01-02")),
    ]
    assert claimed_time(claims).window is None


@pytest.mark.parametrize(
    "change",
    [
        {"review": {"state": "proposed"}},
        {"polarity": "open"},
        {"polarity": "negated"},
        {"footage": False},
    ],
)
def test_what_nobody_accepted_or_affirmed_states_no_time(
    claim: Callable[..., Claim], when: Any, change: dict[str, Any]
) -> None:
    time = claimed_time([claim(when=when("2021-09-28", "2021-09-28"), **change)])
    assert (time.earliest, time.latest, time.claims) == (None, None, ())
