"""A score to rank matches by, and how many such matches chance alone gives.

The score orders by tier of evidence first, then by how much of it there is. Chance is about
registration: of pictures that have nothing to do with each other, some places agree by accident.
"""

from __future__ import annotations

import math

from firsthand.archive.compare import Comparison
from firsthand.archive.geometry import LEAST_CELLS

__all__ = ["by_chance", "false_alarms", "score_of"]

TIER = {"same_recording": 6.0, "likely_same": 4.0, "cannot_tell": 1.0, "different_take": 0.0}
CHANCE_CELLS, CHANCE_RATE, CHANCE_SCALE = 5, 3.2e-4, 1.5
"""Of unrelated stretches searched, CHANCE_RATE a query agree in at least CHANCE_CELLS places, fewer
by e with every CHANCE_SCALE more; from the tuning half, where none reached LEAST_CELLS."""


def score_of(found: Comparison) -> float:
    """0 and up; more is stronger."""
    cells = math.log1p(found.registration.cells / 12)
    if found.found is None:
        return TIER[found.verdict] + 0.2 * cells
    motion = max(found.found.motion - max(found.found.null, found.found.self_), 0.0)
    most = max(found.found.noise, found.found.noise_wide, found.found.pooled, 0.0)
    noise = min(most, 12.0) / 12
    return TIER[found.verdict] + 0.2 * min(cells, 4.0) + motion + noise


def false_alarms(cells: int, stretches: int) -> float:
    """Expected number of unrelated stretches that agree in so many places, for one query.

    A match by hash alone counts as the fewest places that a match may have.
    """
    return by_chance(max(cells, LEAST_CELLS), stretches)


def by_chance(cells: int, stretches: int) -> float:
    """The law behind `false_alarms`, also where too few places agree for a match."""
    return stretches * CHANCE_RATE * math.exp(-(cells - CHANCE_CELLS) / CHANCE_SCALE)
