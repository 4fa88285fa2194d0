"""What a claimed height and the measured one have to do with each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["ClaimAnswer", "answer_claim", "range_needed", "range_needed_for"]

Array = NDArray[np.float64]

WORD_FACTOR: Final = 3.0
"""A word like "hundreds" is good to a factor of three either way: 200 may be said of 70 or 2000.
So far outside, nothing is held against it; within the square root of it, it fits."""

ALTERNATIVE_M: Final = (10.0, 10_000.0)
"""The alternative "some other fire": any height between these, even on a logarithmic scale."""

LOG10_LR_CEILING: Final = 1.0
"""No more than a factor of ten is said without a calibration study of real claims."""


@dataclass(frozen=True)
class ClaimAnswer:
    """`log10_lr` compares the claim's span with any height from 10 m to 10 km; None untold."""

    verdict: Literal["consistent", "inconsistent", "cannot_tell"]
    log10_lr: float | None


def _claim_density(log_height: Array, low: float, high: float) -> Array:
    """Density over ln(height): even inside the claim, falling off over half the word's factor."""
    soft = np.log(WORD_FACTOR) / 4
    below = (log_height - np.log(low)) / soft
    above = (np.log(high) - log_height) / soft
    edge = np.exp(-0.5 * np.minimum(np.minimum(below, above), 0.0) ** 2)
    return np.asarray(edge / (np.log(high / low) + soft * np.sqrt(2 * np.pi)))


def answer_claim(
    claim_m: tuple[float, float],
    low_m: float,
    high_m: float | None,
    draws_m: Array | None = None,
    *,
    vague: bool = True,
) -> ClaimAnswer:
    """Compare.

    Args:
        claim_m: the span that the claim's words name, metres.
        low_m, high_m: 95 % interval of the height; `high_m` None where only a bound is known.
        draws_m: draws of the height, or None where only bounds are known: then no ratio is said.
        vague: whether it is a word, good to WORD_FACTOR either way, and not a figure.

    Inconsistent only where the interval stands apart from the claim with its word's softness.
    """
    factor = WORD_FACTOR if vague else 1.0
    fits = np.sqrt(factor)
    low, high = claim_m[0] / fits, claim_m[1] * fits
    top = np.inf if high_m is None else high_m
    if low_m > claim_m[1] * factor or top < claim_m[0] / factor:
        verdict: Literal["consistent", "inconsistent", "cannot_tell"] = "inconsistent"
    elif low_m < low or top > high:
        verdict = "cannot_tell"
    else:
        verdict = "consistent"
    if draws_m is None:
        return ClaimAnswer(verdict, None)
    logs = np.log(np.maximum(draws_m, 1e-3))
    told = float(np.mean(_claim_density(logs, *claim_m)))
    other = 1 / np.log(ALTERNATIVE_M[1] / ALTERNATIVE_M[0])
    ratio = float(np.log10(max(told, 1e-12) / other))
    return ClaimAnswer(verdict, float(np.clip(ratio, -LOG10_LR_CEILING, LOG10_LR_CEILING)))


def range_needed(claim_m: tuple[float, float], ratio: Array) -> tuple[float, float]:
    """Distances in metres between which the smoke would have to be for the claim to hold.

    `ratio` are draws of height over distance. The claim's least height at the 97.5th percentile
    of the ratio gives the nearest, its greatest at the 2.5th the farthest.
    """
    small, large = np.percentile(np.maximum(ratio, 1e-6), [2.5, 97.5])
    return float(claim_m[0] / large), float(claim_m[1] / small)


def range_needed_for(
    claim_m: tuple[float, float], low_deg: float, high_deg: float
) -> tuple[float, float]:
    """`range_needed` from the interval of the angular height alone, for smoke near the horizon."""
    small, large = np.tan(np.radians([low_deg, high_deg]))
    return float(claim_m[0] / large), float(claim_m[1] / max(small, 1e-6))
