"""Offset and speed of a line put into random changes are found again."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.archive.align import agreement, best_line, refined
from firsthand.archive.motion import Signals


def _signals(values: np.ndarray) -> Signals:
    still = np.zeros(values.shape[1], bool)
    return Signals(values, values, values, values, still, still, 1.0)


@settings(max_examples=25)
@given(st.integers(0, 60), st.sampled_from([0.8, 1.0, 1.25]), st.integers(0, 2**31))
def test_a_line_is_found(offset: int, speed: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    rough = random.normal(0, 1, (170, 40))
    kernel = np.exp(-((np.arange(-6, 7) / 2.5) ** 2))
    theirs = np.apply_along_axis(lambda row: np.convolve(row, kernel, "same"), 0, rough)
    when = offset + speed * np.arange(70)
    low = np.minimum(when.astype(int), 168)
    share = (when - low)[:, None]
    mine = theirs[low] * (1 - share) + theirs[low + 1] * share
    both = agreement(_signals(mine.astype(np.float32)), _signals(theirs.astype(np.float32)))
    line = best_line(both)
    assert line is not None
    line = refined(both, line)
    middle = 34.5
    assert abs(float(line.reference(middle)) - (offset + speed * middle)) < 0.6
    assert abs(line.speed / speed - 1) < 0.03
    assert line.value > 0.8


def test_nothing_moves_nothing_is_found() -> None:
    flat = _signals(np.zeros((40, 30), np.float32))
    assert best_line(agreement(flat, flat)) is None
