"""The error of the whole case, held by Holm's step-down procedure.

Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of
Statistics 6(2), 65-70. https://www.jstor.org/stable/4615733. Valid under any dependence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["CASE_ERROR", "holm"]

CASE_ERROR: Final = 0.01
"""A true claim is called inconsistent in at most this share of cases."""


def holm(p_values: Mapping[str, float], in_play: int, error: float = CASE_ERROR) -> frozenset[str]:
    """The names whose p values are small enough together, with `in_play` tests in all.

    Tests in play that are not among `p_values` count as p = 1: they were asked, and a test that
    could have spoken is paid for whether or not it did. The i-th smallest p (from 0) is held
    against error / (in_play - i), and the first that fails ends it.

    Raises:
        ValueError: more p values than tests in play.
    """
    if len(p_values) > in_play:
        raise ValueError(f"{len(p_values)} p values of {in_play} tests")
    small: set[str] = set()
    for index, (name, p) in enumerate(
        sorted(p_values.items(), key=lambda pair: (pair[1], pair[0]))
    ):
        if p > error / (in_play - index):
            break
        small.add(name)
    return frozenset(small)
