"""Our use of SGP4 gives the vectors that the library ships (Vallado's verification run)."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import numpy as np

from firsthand.measure.orbit import Orbit

TOLERANCE_KM = 1e-6


def _sets() -> dict[str, tuple[str, str]]:
    lines = (files("sgp4") / "SGP4-VER.TLE").read_text().splitlines()
    pairs: dict[str, tuple[str, str]] = {}
    for first, second in pairwise(lines):
        if first.startswith("1 ") and second.startswith("2 "):
            pairs.setdefault(first[2:7].strip().lstrip("0"), (first[:69], second[:69]))
    return pairs


def test_every_vector_is_met() -> None:
    sets, orbit, checked = _sets(), None, 0
    worst = 0.0
    for line in (files("sgp4") / "tcppver.out").read_text().splitlines():
        fields = line.split()
        if line.rstrip().endswith("xx"):
            orbit = Orbit(*sets[fields[0]])
            continue
        if orbit is None or len(fields) < 7 or line.startswith("("):
            continue
        minutes, *vector = (float(field) for field in fields[:4])
        position, _ = orbit.teme_after(minutes)
        if np.isnan(position).any():
            continue
        worst = max(worst, float(np.abs(position[0] - vector).max()))
        checked += 1
    assert checked > 600
    assert worst < TOLERANCE_KM
