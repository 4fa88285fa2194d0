"""How often something is seen at a place anyway, so that one more sighting can be weighed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from scipy.stats import beta

from firsthand.records import Quantity, quantity

__all__ = ["share_of_windows"]


def share_of_windows(
    days: Iterable[int], first: int, last: int, length: int, leave_out: tuple[int, int]
) -> Quantity | None:
    """Share of windows of `length` days in [`first`, `last`] that hold at least one of `days`.

    Windows that touch `leave_out` (both ends meant) are not counted: what is to be weighed must not
    weigh itself. The interval is Clopper-Pearson's on windows that do not overlap, because windows
    that share days know nothing new. None with fewer than 30 such windows: no rate to speak of.
    """
    held = sorted(set(days))
    hits = count = 0
    day = first
    while day + length - 1 <= last:
        until = day + length - 1
        if until < leave_out[0] or day > leave_out[1]:
            count += 1
            at = bisect_left(held, day)
            hits += at < len(held) and held[at] <= until
        day += length
    if count < 30:
        return None
    low = float(beta.ppf(0.025, hits, count - hits + 1)) if hits else 0.0
    high = float(beta.ppf(0.975, hits + 1, count - hits)) if hits < count else 1.0
    how = f"{hits} of {count} windows of {length} days in the record (Clopper-Pearson)"
    return quantity(hits / count, low, high, "1", how)
