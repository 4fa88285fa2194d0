"""What speaks for one and the same recording along a line: changes, and the sensor's own noise.

Two takes of one scene share everything but these. The change at the line is held against the best
at any other offset, of the pair and of the reference with itself (looping and mechanical content
repeats); the residual noise of still pixels belongs to one exposure alone.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.archive.align import Agreement, Line, along, correlation
from firsthand.archive.motion import Grid, Signals
from firsthand.archive.residual import changes_fine, changes_wide, peak, profile

__all__ = ["Evidence", "evidence"]

BLOCKS_LONG = 6
BLOCK_STEPS = 12
ACTIVE = 0.01
ELSEWHERE = 8
"""Grid steps from the line from which on an offset is another one."""
FEW_OFFSETS, UNKNOWN = 6, 0.4
"""With fewer other offsets than this the correlation elsewhere is taken to be UNKNOWN."""
VOTE_REACH = 12
WORTH_VOTES = 0.3
"""Under this correlation of changes no block is asked by itself: no verdict would rest on it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """`motion`: correlation of changes at the line; `null`, `self`: best elsewhere; `active`:
    blocks of a second with change in both, `lively`: in either; `noise`, `noise_wide`: z of the
    residual's correlation (b1 and b4 of the method); `pooled`: of all bands together, 0 unless it
    was asked for; `still`: pixels it rests on; `agreeing`: share of active blocks that themselves
    point at the line; `breadth`: share of the picture's blocks that are active at some time;
    `alike`: correlation of the pictures; of the calmer and the cleaner of the
    two, in grey levels: `restless`, what the median pixel changes by, and `residual`, the mean size
    of the residual."""

    motion: float
    null: float
    self_: float
    active: int
    lively: int
    noise: float
    noise_wide: float
    still: int
    agreeing: float
    alike: float
    breadth: float = 0.0
    restless: float = 0.0
    residual: float = 0.0
    pooled: float = 0.0

    def plain(self) -> dict[str, float]:
        """For JSON, rounded to what it can mean."""
        return {name.rstrip("_"): round(float(value), 3) for name, value in asdict(self).items()}


def evidence(
    query: Signals, reference: Signals, both: Agreement, own: Agreement, *, line: Line, grid: Grid
) -> Evidence:
    """Everything measured along `line`. `own` is the reference's agreement with itself."""
    when = np.arange(line.first, line.last)
    where = np.round(line.reference(when)).astype(int)
    valid = (where >= 0) & (where < len(reference.pictures))
    when, where = when[valid], where[valid]
    middle = (line.first + line.last - 1) / 2
    elsewhere = _elsewhere(both, line, float(line.reference(middle)))
    still, quiet = query.still & reference.still, query.quiet & reference.quiet
    blocks = _blocks(grid)
    motion = float(along(both, line, np.array([line.offset]), line.speed)[0])
    votes = motion >= WORTH_VOTES
    fine = changes_fine(query.texture), changes_fine(reference.texture)
    wide = changes_wide(query.texture), changes_wide(reference.texture)
    active, lively, agreeing, breadth = _block_votes(query, reference, (when, where), blocks, votes)
    return Evidence(
        motion=motion,
        null=elsewhere,
        self_=_repeats(own, where, line.speed),
        active=active,
        lively=lively,
        noise=peak(profile(*fine, quiet, when, where)),
        noise_wide=peak(profile(*wide, quiet, when, where)),
        still=int(still.sum()),
        agreeing=agreeing,
        breadth=breadth,
        restless=min(query.restless, reference.restless),
        alike=_alike(query.pictures[when], reference.pictures[where]),
        residual=min(float(np.abs(one[:, quiet]).mean()) if quiet.any() else 0.0 for one in wide),
    )


def _elsewhere(both: Agreement, line: Line, centre: float) -> float:
    values = correlation(both, line.first, line.last, line.speed)
    return _largest(values[np.abs(np.arange(len(values)) - centre) > ELSEWHERE])


def _largest(values: NDArray[np.float64]) -> float:
    """Offsets without enough overlap are 0; with hardly any left, nothing is known of others."""
    return float(values.max()) if np.count_nonzero(values) >= FEW_OFFSETS else UNKNOWN


def _repeats(own: Agreement, where: NDArray[np.int64], speed: float) -> float:
    """The reference's changes against its own at other times."""
    if len(where) < 2:
        return UNKNOWN
    first, last = int(where.min()), int(where.max()) + 1
    values = correlation(own, first, last, 1.0)
    away = np.abs(np.arange(len(values)) - (first + last - 1) / 2) > ELSEWHERE * max(speed, 1.0)
    return _largest(values[away])


def _blocks(grid: Grid) -> NDArray[np.int64]:
    """The block of each shared grid pixel: six along the long side."""
    edge = max(grid.width, grid.height) / BLOCKS_LONG
    rows, columns = np.nonzero(grid.mask)
    across = np.minimum((columns // edge).astype(int), BLOCKS_LONG - 1)
    blocks: NDArray[np.int64] = (rows // edge).astype(int) * BLOCKS_LONG + across
    return blocks


def _block_votes(
    query: Signals,
    reference: Signals,
    steps: tuple[NDArray[np.int64], NDArray[np.int64]],
    blocks: NDArray[np.int64],
    votes: bool,
) -> tuple[int, int, float, float]:
    when, where = steps
    active = lively = agree = voted = 0
    every, places = np.unique(blocks), set[int]()
    size = len(reference.change)
    for start in range(0, len(when) - BLOCK_STEPS + 1, BLOCK_STEPS):
        here, there = when[start : start + BLOCK_STEPS], where[start : start + BLOCK_STEPS]
        mine, theirs = query.change[here], reference.change[there]
        for block in every:
            inside = blocks == block
            left = float((mine[:, inside] ** 2).mean())
            right = float((theirs[:, inside] ** 2).mean())
            lively += max(left, right) > ACTIVE
            if min(left, right) <= ACTIVE:
                continue
            active += 1
            places.add(int(block))
            if not votes:
                continue
            best, best_at = -1.0, VOTE_REACH
            for shift in range(-VOTE_REACH, VOTE_REACH + 1):
                moved = there + shift
                if moved.min() < 0 or moved.max() >= size:
                    continue
                other = reference.change[moved][:, inside]
                power = float(np.sqrt((mine[:, inside] ** 2).sum() * (other**2).sum()))
                value = float((mine[:, inside] * other).sum()) / power if power > 0 else -1.0
                if value > best:
                    best, best_at = value, abs(shift)
            voted += 1
            agree += best_at <= 1
    return active, lively, agree / voted if voted else 0.0, len(places) / len(every)


def _alike(mine: NDArray[np.float32], theirs: NDArray[np.float32]) -> float:
    power = np.sqrt((mine**2).sum(1) * (theirs**2).sum(1))
    values = (mine * theirs).sum(1) / np.maximum(power, 1e-6)
    return float(np.median(values)) if len(values) else 0.0
