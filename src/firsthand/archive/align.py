"""When the query happened on the reference's clock: offset and speed from the changes.

One matrix product gives the agreement of every query picture with every reference picture; a copy
is a straight line in it. `reference = speed * query + offset`, in grid steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firsthand.archive.motion import Signals

__all__ = ["Agreement", "Line", "agreement", "along", "best_line", "correlation", "refined"]

WINDOW = 100
"""Grid steps (8 s) in which offset and speed are searched."""
SHORTEST = 12
"""No shorter window, however short the reference is: under a second all kinds of things agree."""
LEAST_OVERLAP = 0.6
SPEEDS = np.unique(np.concatenate([[1.0], np.geomspace(0.5, 2.0, 57)]))
SPEED_PRIOR = 0.02
"""An unchanged speed is preferred by this much correlation."""
PLAIN = 0.7
"""So good at its own speed, no other is tried."""
ENERGY_FLOOR = 1e-3

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Agreement:
    """Products of every query with every reference picture, and their energies; two signals."""

    products: tuple[NDArray[np.float32], NDArray[np.float32]]
    query_energy: tuple[Floats, Floats]
    reference_energy: tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Line:
    """An offset and a speed, and the correlation along them of query pictures `first` to `last`."""

    offset: float
    speed: float
    value: float
    first: int
    last: int

    def reference(self, query: float | NDArray[Any]) -> NDArray[np.float64]:
        """Where on the reference's grid a query picture lies."""
        return np.asarray(self.speed * np.asarray(query, float) + self.offset)


def agreement(query: Signals, reference: Signals) -> Agreement:
    """Every picture with every picture."""
    pairs = ((query.change, reference.change), (query.slow, reference.slow))
    return Agreement(
        products=(pairs[0][0] @ pairs[0][1].T, pairs[1][0] @ pairs[1][1].T),
        query_energy=(_energy(query.change), _energy(query.slow)),
        reference_energy=(_energy(reference.change), _energy(reference.slow)),
    )


def _energy(signal: NDArray[np.float32]) -> Floats:
    total: Floats = np.einsum("np,np->n", signal, signal, dtype=np.float64)
    return total


def correlation(both: Agreement, first: int, last: int, speed: float, stride: int = 1) -> Floats:
    """Mean normalised correlation of query pictures `first` to `last`, for every place of theirs.

    Entry `u` is with their middle at reference picture `u`; where less than 60 % of the pictures
    overlap it is 0.
    """
    when = np.arange(first, last, stride)
    moved = np.round(speed * (when - (first + last - 1) / 2)).astype(int)
    pad = int(np.abs(moved).max()) + 1
    size = both.products[0].shape[1]
    total = np.zeros(size)
    seen = np.zeros(size)
    here = np.pad(np.ones(size), pad)
    for shift in moved:
        seen += here[pad + shift : pad + shift + size]
    enough = seen >= LEAST_OVERLAP * len(when)
    for product, mine, theirs in zip(
        both.products, both.query_energy, both.reference_energy, strict=True
    ):
        over, left, right = np.zeros(size), np.zeros(size), np.zeros(size)
        energy = np.pad(theirs, pad)
        rows = np.pad(product[when], ((0, 0), (pad, pad)))
        for row, at, shift in zip(rows, when, moved, strict=True):
            span = slice(pad + shift, pad + shift + size)
            over += row[span]
            right += energy[span]
            left += mine[at] * here[span]
        power = np.sqrt(left * right)
        good = enough & (power > ENERGY_FLOOR)
        total[good] += over[good] / power[good] / 2
    return total


def best_line(both: Agreement) -> Line | None:
    """The straight line with the best correlation over a window of the query."""
    windows = _windows(*both.products[0].shape)
    best: Line | None = None
    for speeds in ((1.0,), SPEEDS):
        for first, last in windows:
            for speed in speeds:
                values = correlation(both, first, last, float(speed), stride=2)
                at = int(values.argmax())
                value = float(values[at]) + (SPEED_PRIOR if speed == 1.0 else 0.0)
                if value > SPEED_PRIOR and (best is None or value > best.value):
                    offset = at - speed * (first + last - 1) / 2
                    best = Line(float(offset), float(speed), value, first, last)
        if best is not None and best.value > PLAIN:
            break
    return best


def _windows(count: int, theirs: int) -> list[tuple[int, int]]:
    """Of the query: all of it if that is short; else, half over each other, what is short enough
    to lie inside so many of the reference's pictures."""
    windows = [(0, count)] if count <= WINDOW else []
    length = min(WINDOW, max(theirs, SHORTEST))
    if count > length:
        starts = np.linspace(0, count - length, -(-2 * count // length) - 1).astype(int)
        windows += [(int(start), int(start) + length) for start in np.unique(starts)]
    return windows


def along(both: Agreement, line: Line, offsets: Floats, speed: float) -> Floats:
    """Correlation along lines at fractional offsets, by linear interpolation."""
    when = np.arange(line.first, line.last)
    total = np.zeros(len(offsets))
    for product, mine, theirs in zip(
        both.products, both.query_energy, both.reference_energy, strict=True
    ):
        size = product.shape[1]
        for which, offset in enumerate(offsets):
            where = speed * when + offset
            valid = (where >= 0) & (where <= size - 1)
            if valid.sum() < LEAST_OVERLAP * len(when):
                continue
            low = np.minimum(where[valid].astype(int), size - 2) if size > 1 else where[valid] * 0
            share = where[valid] - low
            rows = when[valid]
            over = product[rows, low] * (1 - share) + product[rows, low + 1] * share
            right = theirs[low] * (1 - share) + theirs[low + 1] * share
            power = np.sqrt(mine[rows].sum() * right.sum())
            if power > ENERGY_FLOOR:
                total[which] += float(over.sum()) / power / 2
    return total


def refined(both: Agreement, line: Line) -> Line:
    """The same line to a fraction of a grid step and of a percent."""
    middle = (line.first + line.last - 1) / 2
    length = max(line.last - line.first, 8)
    for reach, step in ((0.04, 1.0), (2.0 / length, 0.25)):
        speeds = np.unique([1.0, *(line.speed * (1 + np.linspace(-reach, reach, 9)))])
        speeds = speeds[np.abs(speeds / line.speed - 1) <= reach + 1e-9]
        for speed in speeds:
            centre = float(line.reference(middle)) - speed * middle
            offsets = centre + np.arange(-4, 5) * step
            values = along(both, line, offsets, float(speed))
            at = int(values.argmax())
            value = float(values[at]) + (SPEED_PRIOR / 4 if speed == 1.0 else 0.0)
            if value > line.value or line.value > 1:
                line = Line(float(offsets[at]), float(speed), value, line.first, line.last)
    return line
