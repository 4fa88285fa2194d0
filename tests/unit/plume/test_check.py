"""The check: what it says of a claim, given a measurement."""

from datetime import UTC, datetime
from typing import Any

import pytest

from firsthand.checks.plume import plume
from firsthand.measure.plume.reading import SmokeReading
from firsthand.records import Claim, quantity

CLAIM: dict[str, Any] = {
    "id": "r1.c1",
    "revision": 1,
    "report": "r1",
    "type": "measurement",
    "proposition": "the plume is hundreds of meters high",
    "footage": True,
    "spans": (),
    "polarity": "affirmed",
    "factuality": 2,
    "holders": ({"name": "A paper", "kind": "publisher"},),
    "quantity": {
        "min": 100.0, "max": 1000.0, "unit": "m", "of": "height of the plume", "vague": True,
    },
    "proposer": {"tool": "firsthand", "version": "0", "rule": "test"},
    "review": {"state": "accepted", "by": "a1", "at": datetime(2021, 10, 1, tzinfo=UTC)},
}  # fmt: skip
CLAIMS = (Claim.model_validate(CLAIM),)
SMOKE = SmokeReading(
    outcome="measured",
    height=quantity(300, 250, 360, "m", "test"),
    low_m=250.0,
    high_m=360.0,
    angular_height=quantity(8, 7, 9, "deg", "test"),
    figures=("plume-frame-1.png", "plume-height.svg"),
)


def replace(smoke: SmokeReading, **fields: Any) -> SmokeReading:
    return smoke.model_copy(update=fields)


def _ask(smoke: SmokeReading | None = SMOKE):
    return plume.function(claims=CLAIMS, smoke=smoke)


def test_without_a_claim_the_question_does_not_arise() -> None:
    assert plume.function(claims=(), smoke=SMOKE).outcome.kind == "not_applicable"


def test_a_denied_height_is_no_claim() -> None:
    denied = Claim.model_validate(CLAIM | {"polarity": "negated"})
    assert plume.function(claims=(denied,), smoke=SMOKE).outcome.kind == "not_applicable"


@pytest.mark.parametrize(
    ("low", "high", "kind"),
    [(250, 360, "consistent"), (10, 20, "inconsistent"), (4000, 5000, "inconsistent"),
     (30, 70, "inconclusive")],
)  # fmt: skip
def test_intervals_are_held_against_the_words(low: float, high: float, kind: str) -> None:
    smoke = replace(SMOKE, low_m=low, high_m=high, height=None)
    answer = _ask(smoke)
    assert answer.outcome.kind == kind
    assert answer.lr is None
    assert answer.tests == (CLAIMS[0].ref,)


def test_a_lower_bound_decides_nothing_but_too_high() -> None:
    bound = replace(SMOKE, outcome="lower_bound", height=None, high_m=None)
    assert _ask(bound).outcome.kind == "inconclusive"
    assert "at least" in str(_ask(bound).statement)
    assert _ask(replace(bound, low_m=4000.0)).outcome.kind == "inconsistent"


def test_without_a_range_it_says_which_one_the_claim_needs() -> None:
    answer = _ask(replace(SMOKE, low_m=None, high_m=None, height=None))
    assert answer.outcome.kind == "needs_input"
    assert answer.outcome.missing == ("distance",)
    assert "between 631 and 8140 m" in str(answer.statement)


def test_no_smoke_and_disagreement_tell_nothing() -> None:
    none = SmokeReading(outcome="cannot_tell", reasons=("no_plume_found",))
    assert _ask(none).outcome.kind == "inconclusive"
    assert _ask(replace(SMOKE, outcome="cannot_tell")).outcome.kind == "inconclusive"
    assert _ask(None).outcome.kind == "needs_input"


@pytest.mark.parametrize(
    ("source", "words"),
    [("place", "only if the smoke is there"), ("stated", "what a person stated"),
     ("track", "rests on no claim")],
)  # fmt: skip
def test_it_says_what_the_range_rests_on(source: str, words: str) -> None:
    told = " ".join(str(one) for one in _ask(replace(SMOKE, range_from=source)).limits)
    assert words in told
    stated = str(_ask(replace(SMOKE, range_from=source)).statement)
    assert stated.startswith("If the smoke is at the claimed place, ") is (source == "place")
    assert "range" not in " ".join(str(one) for one in _ask().limits)


def test_it_shows_the_pictures_of_the_measurement() -> None:
    assert _ask().shows == SMOKE.figures
    assert _ask(replace(SMOKE, low_m=None, high_m=None, height=None)).shows == SMOKE.figures


def test_a_fit_on_the_claimed_places_own_range_points_nowhere() -> None:
    assert _ask(replace(SMOKE, range_from="stated")).toward == "for"
    fits = _ask(replace(SMOKE, range_from="place"))
    assert fits.outcome.kind == "consistent"
    assert fits.toward is None
    high = replace(SMOKE, range_from="place", low_m=4000.0, high_m=5000.0, height=None)
    assert _ask(high).toward == "against"


@pytest.mark.parametrize(
    ("reason", "words"),
    [("track_unassigned", "which clip it belongs to"), ("track_not_usable", "could not be used")],
)
def test_a_track_that_ranged_nothing_is_told(reason: str, words: str) -> None:
    for smoke in (SMOKE, replace(SMOKE, low_m=None, high_m=None, height=None)):
        result = _ask(replace(smoke, reasons=(reason,)))
        assert any(words in str(limit) for limit in result.limits)
