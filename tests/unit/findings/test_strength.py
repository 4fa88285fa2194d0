"""ENFSI's words, never without numbers, and never beyond the study."""

from __future__ import annotations

from itertools import pairwise

import pytest

from firsthand.findings import SCALE, grade, in_words
from firsthand.records import LikelihoodRatio


def ratio(low: float, high: float, ceiling: float = 1e9) -> LikelihoodRatio:
    return LikelihoodRatio(low=low, high=high, study="wind-2", ceiling=ceiling)


@pytest.mark.parametrize(
    ("low", "high", "words", "side"),
    [
        (1.5, 8, "no support for either", None),
        (0.2, 500, "no support for either", None),
        (2, 8, "weak support", "claim"),
        (12, 500, "moderate support", "claim"),
        (100, 500, "moderately strong support", "claim"),
        (5e3, 6e3, "strong support", "claim"),
        (5e5, 6e5, "very strong support", "claim"),
        (2e6, 3e6, "extremely strong support", "claim"),
        (1 / 500, 1 / 12, "moderate support", "alternative"),
        (0.01, 0.9, "no support for either", None),
    ],
)
def test_the_end_nearer_to_one_is_graded(
    low: float, high: float, words: str, side: str | None
) -> None:
    step, whose = grade(ratio(low, high))
    assert (step.words, whose) == (words, side)


def test_the_scale_has_no_gap() -> None:
    for one, following in pairwise(SCALE):
        assert one.high == following.low


def test_words_come_with_their_numbers() -> None:
    assert str(in_words(ratio(12, 500))) == (
        "moderate support for the claim over its alternative (10 to 100); likelihood ratio 12 to "
        "500, by wind-2, which allows 1e+09 at most"
    )
    assert "for the alternative over the claim (10 to 100)" in str(in_words(ratio(0.002, 0.05)))
    assert "1,000,000 and more" in str(in_words(ratio(2e6, 3e6)))


def test_nothing_passes_the_ceiling() -> None:
    beyond = ratio(2e6, 3e6).model_copy(update={"ceiling": 50.0})
    assert grade(beyond)[0].words == "moderate support"
    assert "likelihood ratio 50 to 50" in str(in_words(beyond))
