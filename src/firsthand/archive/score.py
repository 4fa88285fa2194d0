"""A score to rank matches by, and how many such matches chance alone gives.

The score is a weighted sum of the evidence; weights, and the tail of the scores of pairs that are
no copies, were fitted on the tuning half by `benchmarks/archive` and are stated there.
"""

from __future__ import annotations

import math

from firsthand.archive.compare import Comparison

__all__ = ["TAIL_AT", "TAIL_RATE", "TAIL_SCALE", "false_alarms", "score_of"]

TIER = {"same_recording": 6.0, "likely_same": 4.0, "cannot_tell": 1.0, "different_take": 0.0}
TAIL_AT, TAIL_RATE, TAIL_SCALE = 1.0, 0.02, 0.5
"""Of an hour of footage that is no copy, TAIL_RATE gives a match of TAIL_AT; it falls by e with
every TAIL_SCALE more."""


def score_of(found: Comparison) -> float:
    """0 and up; more is stronger."""
    cells = math.log1p(found.registration.cells / 12)
    if found.found is None:
        return TIER[found.verdict] + 0.2 * cells
    motion = max(found.found.motion - max(found.found.null, found.found.self_), 0.0)
    noise = min(max(found.found.noise, found.found.noise_wide, 0.0), 12.0) / 12
    return TIER[found.verdict] + 0.2 * min(cells, 4.0) + motion + noise


def false_alarms(score: float, hours: float) -> float:
    """Expected number of chance matches with at least this score in `hours` of other footage."""
    return hours * TAIL_RATE * math.exp(-(score - TAIL_AT) / TAIL_SCALE)
