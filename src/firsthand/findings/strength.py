"""Strength of evidence in words that never go without their numbers.

The words are those of the ENFSI Guideline for Evaluative Reporting in Forensic Science (European
Network of Forensic Science Institutes, approved version 3.0, 2015;
https://enfsi.eu/wp-content/uploads/2016/09/m1_guideline.pdf).

A likelihood ratio comes as an interval, and its end nearer to 1 is what is graded: doubt makes
evidence weaker, never stronger. No end passes the ceiling that the calibration study's size
allows (ELUB; Vergeer et al. 2016, doi:10.1016/j.scijus.2016.06.003).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from firsthand.records import LikelihoodRatio, Message, say

__all__ = ["SCALE", "Grade", "bounds", "grade", "in_words"]


@dataclass(frozen=True)
class Grade:
    """A step of the scale: likelihood ratios from `low` up to, not including, `high`."""

    low: float
    high: float
    words: str


SCALE: Final = (
    Grade(1, 2, "no support for either"),
    Grade(2, 10, "weak support"),
    Grade(10, 100, "moderate support"),
    Grade(100, 1_000, "moderately strong support"),
    Grade(1_000, 10_000, "strong support"),
    Grade(10_000, 1_000_000, "very strong support"),
    Grade(1_000_000, float("inf"), "extremely strong support"),
)


def bounds(lr: LikelihoodRatio) -> tuple[float, float]:
    """The interval cut to what the study supports: within 1 / ceiling and ceiling."""
    return (
        min(max(lr.low, 1 / lr.ceiling), lr.ceiling),
        max(min(lr.high, lr.ceiling), 1 / lr.ceiling),
    )


def grade(lr: LikelihoodRatio) -> tuple[Grade, Literal["claim", "alternative"] | None]:
    """The step of the end nearer to 1, and which of the two it supports, if either.

    An interval that contains 1 supports neither.
    """
    low, high = bounds(lr)
    nearest = max(low, 1 / high)
    step = next((one for one in SCALE if nearest < one.high), SCALE[-1])
    if nearest <= 1 or step is SCALE[0]:
        return SCALE[0], None
    return step, "claim" if low > 1 else "alternative"


_TAIL: Final = (
    " ({step}); likelihood ratio {low} to {high}, by {study}, which allows {ceiling} at most"
)
_TEMPLATES: Final = {
    (step.words, side): f"{step.words}{middle}{_TAIL}"
    for step in SCALE
    for side, middle in (
        ("claim", " for the claim over its alternative"),
        ("alternative", " for the alternative over the claim"),
        (None, ""),
    )
}


def in_words(lr: LikelihoodRatio) -> Message:
    """The grade in ENFSI's words, with its numbers, its study and its ceiling."""
    step, side = grade(lr)
    low, high = bounds(lr)
    last = step is SCALE[-1]
    return say(
        _TEMPLATES[step.words, side],
        step=f"{step.low:,.0f} and more" if last else f"{step.low:,.0f} to {step.high:,.0f}",
        low=f"{low:.3g}",
        high=f"{high:.3g}",
        study=lr.study,
        ceiling=f"1/{lr.ceiling:.3g}" if side == "alternative" else f"{lr.ceiling:.3g}",
    )
