"""What stands before the sky: candidates for smoke in one picture, and their outlines.

A candidate is a connected piece that the sky model does not explain, thick enough to be no pole,
above the ground line. Its outline is drawn several times, at different shares of its own
contrast: where these differ is where nobody could say where the smoke ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from firsthand.measure.plume.horizon import Horizon, find_horizon
from firsthand.measure.plume.sky import Sky, fit_sky

__all__ = ["FLOOR", "LEVELS", "Candidate", "Scene", "candidates", "look", "outline"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Picture = NDArray[np.uint8]

LEVELS: Final = (0.20, 0.32, 0.45)
"""Shares of the body's contrast at which the outline is drawn."""
STRONG: Final = 6.0
"""Multiples of the sky's noise that a candidate must pass."""
FLOOR: Final = 3.5
"""Multiples of the noise below which no outline is drawn."""
LEAST_LEVELS: Final = 5.0
"""Grey levels: a fainter candidate is not looked at."""
THIN: Final = 0.012
"""Share of the picture's width below which a piece is a pole, a wire or a bird."""
LEAST_AREA: Final = 0.0012
LEAST_TALL: Final = 0.05
"""Shares of the picture below which a piece is not looked at."""
SPRAWLING: Final = 2.0
DENSER: Final = 0.45
"""A piece this much wider than tall is looked at again, above this share of its contrast."""
SKYLINE_SPAN: Final = 0.22
"""Where the ground is not level: bumps of the skyline narrower than this are no ground."""


@dataclass(frozen=True)
class Scene:
    """One picture taken apart. `ground` is the row of the ground in each column, pixels."""

    picture: Picture
    horizon: Horizon | None
    sky: Sky
    ground: Array
    above: Mask

    @property
    def noise(self) -> float:
        """The sky's noise, grey levels."""
        return self.sky.noise


@dataclass(frozen=True)
class Candidate:
    """A piece before the sky; pixels. `body` is its contrast, grey levels.

    `gap` is the number of rows between its lower end and the ground.
    """

    mask: Mask
    left: int
    right: int
    top: int
    bottom: int
    area: int
    gap: float
    body: float

    @property
    def height(self) -> int:
        """Rows it spans."""
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        """Columns it spans."""
        return self.right - self.left + 1


def look(picture: Picture, horizon: Horizon | None = None) -> Scene | None:
    """Take an RGB picture apart; None where it holds no sky to speak of.

    A horizon that is known (marked by a person) is taken as it is.
    """
    height, width = picture.shape[:2]
    horizon = horizon or find_horizon(picture)
    rows = np.arange(height)[:, None]
    columns = np.arange(width, dtype=float)
    margin = 0.008 * height
    tilt = horizon.slope if horizon is not None and horizon.flat else None
    if horizon is None:
        ground = np.full(width, float(height))
    else:
        ground = np.clip(horizon.at(columns, width), 1.0, height)
    sky = fit_sky(picture, rows < ground[None, :] - margin, tilt)
    if sky is None:
        return None
    if horizon is not None and not horizon.flat:
        ground = _skyline(sky, ground)
        again = fit_sky(picture, rows < ground[None, :] - margin, tilt)
        sky = again or sky
    return Scene(picture, horizon, sky, ground, rows < ground[None, :] - margin)


def _skyline(sky: Sky, line: Array) -> Array:
    """Where hills bound the sky: the first row of what reaches down to the line, bumps removed."""
    height, width = sky.distance.shape
    solid = sky.distance > max(STRONG * sky.noise, 2 * LEAST_LEVELS)
    below = np.arange(height)[:, None] >= line[None, :] - 0.02 * height
    count, labels = cv2.connectedComponents((solid | below).astype(np.uint8))
    if count < 2:
        return line
    low = labels[np.clip(np.ceil(line).astype(int), 0, height - 1), np.arange(width)]
    joined = (labels == np.bincount(low).argmax()) & (solid | below)
    first = np.where(joined.any(axis=0), joined.argmax(axis=0), line).astype(np.float32)
    rise = (height - first)[None, :].astype(np.float32)
    span = max(int(SKYLINE_SPAN * width) | 1, 3)
    padded = cv2.copyMakeBorder(rise, 0, 0, span, span, cv2.BORDER_REPLICATE)
    flat = cv2.morphologyEx(padded, cv2.MORPH_OPEN, np.ones((1, span), np.uint8))
    flat = cv2.blur(flat, (max(span // 4, 1), 1))
    return np.asarray(height - flat[0, span:-span], dtype=float)


def _without_thin(mask: Mask, width: int) -> Mask:
    """Leave out what is narrower than a smoke column, and give the rest its edge back."""
    thin = max(round(THIN * width), 2)
    raw = mask.astype(np.uint8)
    opened = cv2.morphologyEx(raw, cv2.MORPH_OPEN, np.ones((1, thin), np.uint8))
    grown = cv2.dilate(opened, np.ones((5, 5), np.uint8))
    return np.asarray((grown > 0) & mask)


def candidates(scene: Scene) -> list[Candidate]:
    """Pieces that stand out, the largest first."""
    width = scene.above.shape[1]
    distance = scene.sky.distance
    strong = (distance > max(STRONG * scene.noise, LEAST_LEVELS)) & scene.above
    strong = _without_thin(strong, width)
    closed = cv2.morphologyEx(strong.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(closed)
    found: list[Candidate] = []
    for k in range(1, count):
        if not _large(stats[k], strong.shape):
            continue
        mask = np.asarray((labels == k) & strong)
        piece = _piece(scene, mask)
        found.append(piece)
        if piece.width > SPRAWLING * piece.height:
            found += _denser(scene, piece)
    return sorted(found, key=lambda one: -one.area)


def _large(stats: NDArray[np.int32], shape: tuple[int, ...]) -> bool:
    tall, area = stats[cv2.CC_STAT_HEIGHT], stats[cv2.CC_STAT_AREA]
    return bool(area >= LEAST_AREA * shape[0] * shape[1] and tall >= LEAST_TALL * shape[0])


def _piece(scene: Scene, mask: Mask) -> Candidate:
    height = mask.shape[0]
    columns = np.flatnonzero(mask.any(axis=0))
    rows = np.flatnonzero(mask.any(axis=1))
    bottom = height - 1 - np.argmax(mask[::-1, columns], axis=0)
    return Candidate(
        mask,
        int(columns[0]),
        int(columns[-1]),
        int(rows[0]),
        int(rows[-1]),
        int(mask.sum()),
        float(np.min(scene.ground[columns] - bottom)),
        float(np.percentile(scene.sky.distance[mask], 60)),
    )


def _denser(scene: Scene, sprawling: Candidate) -> list[Candidate]:
    """Denser pieces within one that sprawls: a column of smoke and the veil it leaves behind."""
    inside = scene.sky.distance[sprawling.mask]
    bar = DENSER * float(np.percentile(inside, 95))
    dense = sprawling.mask & (scene.sky.distance > bar)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dense.astype(np.uint8))
    return [
        _piece(scene, np.asarray(labels == k))
        for k in range(1, count)
        if _large(stats[k], dense.shape)
    ]


def outline(scene: Scene, candidate: Candidate, level: float) -> Mask:
    """The candidate's outline at a share of its contrast: what hangs together with it."""
    height, width = scene.above.shape
    bar = max(level * candidate.body, FLOOR * scene.noise)
    pad_x, pad_y = round(0.06 * width), round(0.10 * height)
    top, bottom = max(candidate.top - pad_y, 0), min(candidate.bottom + 3, height)
    left, right = max(candidate.left - pad_x, 0), min(candidate.right + pad_x + 1, width)
    inside = scene.above[top:bottom, left:right]
    reach = (scene.sky.distance[top:bottom, left:right] > bar) & inside
    reach = _without_thin(reach, width)
    _, labels = cv2.connectedComponents(reach.astype(np.uint8))
    own = candidate.mask[top:bottom, left:right]
    kept = np.unique(labels[own & reach])
    mask = np.zeros_like(scene.above)
    mask[top:bottom, left:right] = np.isin(labels, kept[kept > 0])
    return mask
