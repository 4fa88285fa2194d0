"""What `log10_lr` of `firsthand plume --claim-m` is worth, by the errors that the bench measured.

A picture has no scale of its own: the same pixels are smoke of any height at a distance to match.
So each measured test case stands for smoke of every height, its interval scaled with it. Heights
are drawn from the two hypotheses that the ratio compares, as `measure/plume/claim.py` states them:
the claim (a word good to its factor) and any other fire (10 m to 10 km, even on a logarithmic
scale). What is studied is the measurement and the arithmetic; how people use such words of smoke is
assumed, not studied, which is why the check *plume* gives a direction alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.cllr import Scored, measure, table

from firsthand.measure.plume.claim import ALTERNATIVE_M, LOG10_LR_CEILING, answer_claim

SPANS = ((10.0, 100.0), (100.0, 1000.0), (1000.0, 10_000.0))
"""Tens, hundreds and thousands of metres."""
DRAWS = 400
SEED = 20_211_001


def _claimed(rng: np.random.Generator, low: float, high: float) -> float:
    """A height that the word may be said of: even inside, falling off as the claim's density."""
    soft = np.log(3) / 4
    inside = np.log(high / low)
    if rng.random() < inside / (inside + soft * np.sqrt(2 * np.pi)):
        return float(np.exp(rng.uniform(np.log(low), np.log(high))))
    beyond = abs(rng.standard_normal()) * soft
    return float(high * np.exp(beyond) if rng.random() < 0.5 else low * np.exp(-beyond))


def _ratio(row: dict, height: float, span: tuple[float, float], rng: np.random.Generator) -> float:
    """The command's log10 ratio, had this case's smoke been so high; 0 where none is told."""
    if row["outcome"] != "measured":
        return 0.0
    scale = height / row["truth_m"]
    value, low, high = (one * scale for one in row["height"])
    spread = np.log(high / low) / 3.92
    draws = value * np.exp(spread * rng.standard_normal(DRAWS))
    answer = answer_claim(span, low, high, draws)
    return answer.log10_lr or 0.0


def scored(rows: list[dict]) -> list[Scored]:
    """For each test clip with smoke and each word, one claim that holds and one that does not."""
    rng = np.random.default_rng(SEED)
    out: list[Scored] = []
    for row in sorted(rows, key=lambda one: one["seed"]):
        if not row["truth_m"]:
            continue
        for span in SPANS:
            true = _claimed(rng, *span)
            other = float(np.exp(rng.uniform(*np.log(ALTERNATIVE_M))))
            for height, holds in ((true, True), (other, False)):
                out.append(Scored(_ratio(row, height, span, rng), holds, str(row["seed"])))
    return out


def section(rows: list[dict]) -> list[str]:
    """Lines of the section of docs/accuracy.md."""
    cases = scored([row for row in rows if "smoke" in row["strata"]])
    return [
        "",
        "What `log10_lr` of a claimed height is worth: each test clip stands for smoke of a height "
        "drawn from the claim (tens, hundreds or thousands of metres, as words) or from any other "
        "fire (10 m to 10 km), its interval scaled with it. This studies the measurement; how "
        "people use such words is assumed, so the check *plume* gives a direction alone. The "
        f"command holds its ratio within a factor of {10**LOG10_LR_CEILING:g}.",
        "",
        table(measure(cases, seed=SEED)),
    ]
