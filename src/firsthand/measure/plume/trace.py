"""The smoke's top and base through the clip, and the sighting at its middle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from firsthand.measure.plume.cut import SEEDS, cut_top
from firsthand.measure.plume.edges import Edge, top_edge
from firsthand.measure.plume.find import Found, Wanted
from firsthand.measure.plume.height import Sighting
from firsthand.measure.plume.motion import Motion
from firsthand.measure.plume.rates import Line, robust_line
from firsthand.measure.plume.segment import LEVELS, Scene

__all__ = ["Trace", "trace"]

Array = NDArray[np.float64]

EYE_HEIGHT_M: Final = 1.7
"""A person's, or a car's seat; where the base stands on level ground it lies this far below."""
OUTLINE_SD: Final = 0.013
"""Share of the height: what all outlines have in common against what an eye would mark."""
TRIMMED: Final = 1.8
"""Standard deviation of five normal draws over that of their middle three."""
MARK_SD: Final = 0.006
GROUND_SD: Final = 0.005
LEVEL_SD: Final = 0.0015
HILLS_SD: Final = 0.04
"""Shares of the picture's height: a base that a person marked; level ground against that mark; a
base proposed on the horizon's line; one proposed where no level horizon is seen."""
EDGE: Final = 0.02
"""Share of the frame within which a top is taken to leave it."""


@dataclass(frozen=True)
class Trace:
    """Per frame with smoke (`frames`): `base`, `top` (x, y) pixels, and `span` = base y - top y.

    `spans` has one row a member of the ensemble, one column a frame. `spread` is the ensemble's
    standard deviation over `span`, `line` the robust line of the central member.
    """

    frames: list[int]
    base: Array
    top: Array
    span: Array
    half_width: Array
    line: Line
    members: Array
    spread: float
    leaves_top: bool
    leaves_side: bool
    sighting: Sighting


def _bases(
    scenes: list[Scene], found: Found, motion: Motion, wanted: Wanted, drop: float
) -> tuple[Array, float, float]:
    """Base pixel of each frame, and the deviations of its row and column."""
    height, width = scenes[0].above.shape
    frames = found.frames
    lines = [scenes[k].horizon for k in frames]
    flat = sum(line is not None and line.flat for line in lines) > 0.6 * len(frames)
    pieces = {k: found.pieces[k] for k in frames}
    if wanted.base is not None:
        x0, y0 = wanted.base
        row_sd = column_sd = MARK_SD * height
    else:
        places = [
            motion.into_first(k, found.roots[k], float(piece.bottom) + 1)
            for k, piece in pieces.items()
            if piece is not None
        ]
        x0, y0 = np.median(np.array(places), axis=0)
        wide = np.median([piece.width for piece in pieces.values() if piece is not None])
        row_sd, column_sd = HILLS_SD * height, 0.2 * float(wide)
    bases = np.array([motion.from_first(k, float(x0), float(y0)) for k in frames])
    if flat:
        horizon = np.array(
            [
                np.nan if line is None or not line.flat else float(line.at(float(x), width))
                for line, x in zip(lines, bases[:, 0], strict=True)
            ]
        )
        below, row_sd = drop, LEVEL_SD * height
        if wanted.base is not None:
            marked = float(np.nanmedian(bases[:, 1] - horizon))
            below, row_sd = _on_ground(marked, drop, height)
        bases[:, 1] = np.where(np.isfinite(horizon), horizon + below, bases[:, 1])
    return bases, row_sd, column_sd


def _on_ground(marked: float, drop: float, height: int) -> tuple[float, float]:
    """Rows of a marked base below the horizon, and their deviation.

    Near where level ground would put it, the mark and the ground are weighted together; farther
    off the fire stands on a rise or in a hollow, and the mark alone counts.
    """
    mark, ground = MARK_SD * height, GROUND_SD * height
    if abs(marked - drop) > 3 * np.hypot(mark, ground):
        return marked, mark
    weights = np.array([mark**-2, ground**-2])
    return float(np.average([marked, drop], weights=weights)), float(weights.sum() ** -0.5)


def trace(
    scenes: list[Scene],
    t_s: Array,
    found: Found,
    motion: Motion,
    wanted: Wanted,
    *,
    drop_px: float,
    seed: int,
) -> Trace | None:
    """Follow top and base; None where no outline has a top.

    `drop_px` is how far below the horizon level ground lies at the smoke's distance.
    """
    height, width = scenes[0].above.shape
    frames = found.frames
    bases, row_sd, column_sd = _bases(scenes, found, motion, wanted, drop_px)
    edges: list[list[Edge | None]] = []
    for k in frames:
        piece = found.pieces[k]
        edges.append([] if piece is None else [top_edge(scenes[k], piece, at) for at in LEVELS])
    good = [j for j, each in enumerate(edges) if each and all(edge is not None for edge in each)]
    if not good:
        return None
    kept = [frames[j] for j in good]
    base = bases[good]
    tops = np.array([[(e.x, e.y, e.half_width) for e in edges[j] if e] for j in good])
    spans = (base[:, 1][:, None] - tops[:, :, 1]).T
    t = t_s[kept]
    middle = float(t_s[0] + t_s[-1]) / 2
    lines = [robust_line(t, row, middle) for row in spans]
    cuts = _second_opinion(scenes, found, kept, tops, seed)
    members = np.array([line.level for line in lines] + [lines[1].level - off for off in cuts])
    central = lines[1]
    level = float(np.median(members))
    inner = np.sort(members)[1:-1] if len(members) > 4 else members
    outlines = float(np.std(members[: len(LEVELS)]))
    spread = max(TRIMMED * float(np.std(inner)), outlines) / max(level, 1e-6)
    top = tops[:, 1, :2]
    last = int(np.argmin(np.abs(t - middle)))
    x_line = robust_line(t, top[:, 0] - base[:, 0], middle)
    edge_rows = EDGE * height
    edge_columns = EDGE * width
    top_sd = float(
        np.sqrt((spread * level) ** 2 + central.level_sd**2 + (OUTLINE_SD * level) ** 2 + 0.35**2)
    )
    at = scenes[kept[last]].horizon
    horizon = (at.row, at.slope, max(at.sd, 0.5)) if at is not None and at.flat else None
    sighting = Sighting(
        size=(float(width), float(height)),
        base=(float(base[last, 0]), float(base[last, 1])),
        base_sd=row_sd,
        base_x_sd=column_sd,
        top=(float(base[last, 0] + x_line.level), float(base[last, 1] - level)),
        top_sd=top_sd,
        half_width_px=float(np.median(tops[:, 1, 2])),
        horizon=horizon,
    )
    return Trace(
        frames=kept,
        base=base,
        top=top,
        span=spans[1],
        half_width=tops[:, 1, 2],
        line=central,
        members=members,
        spread=spread,
        leaves_top=bool(np.median(tops[:, 0, 1]) <= edge_rows),
        leaves_side=bool(np.median(np.minimum(top[:, 0], width - top[:, 0])) <= edge_columns),
        sighting=sighting,
    )


def _second_opinion(
    scenes: list[Scene], found: Found, frames: list[int], tops: Array, seed: int
) -> list[float]:
    """How much lower (pixels) GrabCut puts the top than the central outline, one a seeding."""
    chosen = (len(frames) // 2,)
    offsets = []
    for seeds in SEEDS:
        off = []
        for j in chosen:
            piece = found.pieces[frames[j]]
            row = None if piece is None else cut_top(scenes[frames[j]], piece, seeds, seed)
            if row is not None:
                off.append(row - float(tops[j, 1, 1]))
        if off:
            offsets.append(float(np.median(off)))
    return offsets
