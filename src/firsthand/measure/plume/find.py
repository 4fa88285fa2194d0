"""Which of the pieces before the sky is the smoke, if any: the same one in most frames.

Smoke from a fire stands on the ground, is neither a bank along it nor a pole, is there in most
frames at one place, and changes its texture as it goes. What fails is left out, and where nothing
is left there is no plume: none is invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from firsthand.measure.plume.edges import root_column
from firsthand.measure.plume.motion import Motion
from firsthand.measure.plume.segment import Candidate, Scene, candidates

__all__ = ["Found", "Wanted", "activity", "find_smoke", "plausible"]

Array = NDArray[np.float64]

LEAST_HEIGHT: Final = 0.10
LEAST_WIDTH: Final = 0.028
MOST_GAP: Final = 0.03
LEAST_ASPECT: Final = 0.5
MOST_ASPECT: Final = 7.0
MOST_WIDTH: Final = 0.62
LEAST_PRESENCE: Final = 0.6
ACTIVITY_LAG_S: Final = 1.5
LEAST_CONTRAST: Final = 8.0
WALL_FILL: Final = 0.9
"""Share of its bounding box that only a wall or a tower fills."""
SAME_PLACE: Final = 0.04
SAME_PLACE_MARKED: Final = 0.06
NOISIEST_SKY: Final = 12.0
"""Grey levels: above it there is no sky that a model could stand for."""


@dataclass(frozen=True)
class Wanted:
    """Where a person says the smoke is, first-frame pixels of the working picture."""

    base: tuple[float, float] | None = None
    box: tuple[float, float, float, float] | None = None

    @property
    def given(self) -> bool:
        """Whether anything was said."""
        return self.base is not None or self.box is not None


@dataclass(frozen=True)
class Found:
    """The smoke in each frame (None where it is missing), and its root there."""

    pieces: list[Candidate | None]
    roots: list[float]

    @property
    def frames(self) -> list[int]:
        """The frames that show it."""
        return [k for k, piece in enumerate(self.pieces) if piece is not None]


def plausible(scene: Scene, piece: Candidate) -> bool:
    """Whether a piece could be smoke that rises from the ground."""
    height, width = scene.above.shape
    aspect = piece.height / piece.width
    side = piece.left <= 1 or piece.right >= width - 2
    return bool(
        scene.noise < NOISIEST_SKY
        and piece.height >= LEAST_HEIGHT * height
        and piece.width >= LEAST_WIDTH * width
        and piece.gap <= MOST_GAP * height
        and LEAST_ASPECT <= aspect <= MOST_ASPECT
        and piece.width <= MOST_WIDTH * width
        and piece.body >= LEAST_CONTRAST
        and not (side and aspect < 0.6)
        and piece.mask.sum() < WALL_FILL * piece.height * piece.width
        and not _glares(scene, piece)
    )


def _glares(scene: Scene, piece: Candidate) -> bool:
    """Whether it may be the sun's glare: brighter than the sky, and reaching the frame's top.

    White smoke that leaves the frame looks the same; it has to be marked by a person.
    """
    lighter = bool(np.median(scene.sky.light[piece.mask]) > 0)
    return lighter and piece.top <= 0.08 * scene.above.shape[0]


def _in_box(piece: Candidate, box: tuple[float, float, float, float]) -> float:
    """Share of the piece inside a box x, y, w, h."""
    x, y, w, h = box
    inside = piece.mask[int(max(y, 0)) : int(y + h) + 1, int(max(x, 0)) : int(x + w) + 1]
    return float(inside.sum()) / max(int(piece.mask.sum()), 1)


def _fits(
    frame: int, scene: Scene, piece: Candidate, root: float, *, wanted: Wanted, motion: Motion
) -> bool:
    if not wanted.given:
        return plausible(scene, piece)
    height, width = scene.above.shape
    if wanted.box is not None:
        x, y, w, h = wanted.box
        left, top = motion.from_first(frame, x, y)
        slack = 0.04 * width
        box = (left - slack, top - slack, w + 2 * slack, h + 2 * slack)
        return _in_box(piece, box) > 0.6 and piece.height >= 0.04 * height
    assert wanted.base is not None  # noqa: S101 -- `given` says so
    x, _ = motion.from_first(frame, *wanted.base)
    near = piece.left - 0.05 * width <= x <= piece.right + 0.05 * width
    low = piece.gap <= 2 * MOST_GAP * height
    return bool(near and low) and piece.height >= 0.04 * height and abs(root - x) < 0.2 * width


def find_smoke(
    scenes: Sequence[Scene],
    pieces: Sequence[Sequence[Candidate]],
    motion: Motion,
    wanted: Wanted,
) -> Found | None:
    """The one place whose pieces, over all frames, are largest; None where none lasts."""
    width = scenes[0].above.shape[1]
    apart = (SAME_PLACE_MARKED if wanted.given else SAME_PLACE) * width
    options: list[tuple[float, int, Candidate, float]] = []
    for k, (scene, each) in enumerate(zip(scenes, pieces, strict=True)):
        for piece in each:
            root = root_column(scene, piece)
            if _fits(k, scene, piece, root, wanted=wanted, motion=motion):
                options.append((motion.into_first(k, root, piece.bottom)[0], k, piece, root))
    best: dict[int, tuple[Candidate, float]] = {}
    best_size = 0.0
    for place, *_ in options:
        here: dict[int, tuple[Candidate, float]] = {}
        for other, k, piece, root in options:
            near = abs(other - place) < apart
            if near and (k not in here or piece.area > here[k][0].area):
                here[k] = (piece, root)
        size = float(np.sum([np.sqrt(piece.area) for piece, _ in here.values()]))
        if size > best_size:
            best, best_size = here, size
    if len(best) < max(LEAST_PRESENCE * len(scenes), 1):
        return None
    return Found(
        [best[k][0] if k in best else None for k in range(len(scenes))],
        [best[k][1] if k in best else float("nan") for k in range(len(scenes))],
    )


def pieces_of(scenes: Sequence[Scene]) -> list[list[Candidate]]:
    """The candidates of every frame."""
    return [candidates(scene) for scene in scenes]


def activity(scenes: Sequence[Scene], t_s: Array, found: Found, motion: Motion) -> float:
    """How much the smoke changes its shape and texture in ACTIVITY_LAG_S, against its contrast.

    The later picture is laid on the earlier by the camera's motion and then by the shift that fits
    best: what is left is what a stiff thing (a tree, a wall, a cloud far off) does not do. Median
    over the clip, less what the sky's noise makes.
    """
    values = []
    frames = found.frames
    for one in frames:
        later = [k for k in frames if t_s[k] - t_s[one] >= ACTIVITY_LAG_S]
        if not later:
            break
        a, b = found.pieces[one], found.pieces[later[0]]
        if a is not None and b is not None:
            values.append(_change(scenes, motion, (one, later[0]), a))
    return float(np.median(values)) if values else 0.0


def _change(
    scenes: Sequence[Scene], motion: Motion, pair: tuple[int, int], piece: Candidate
) -> float:
    one, two = pair
    height, width = piece.mask.shape
    first = np.vstack([motion.to_first[one], [0, 0, 1]])
    step = np.linalg.solve(first, np.vstack([motion.to_first[two], [0, 0, 1]]))
    light = scenes[one].sky.light
    moved = cv2.warpAffine(scenes[two].sky.light, step[:2], (width, height))
    reach = max(round(0.02 * width), 3)
    top, bottom = max(piece.top - 2, reach), min(piece.bottom, height - reach - 1)
    left, right = max(piece.left - 2, reach), min(piece.right + 3, width - reach)
    if bottom - top < 8 or right - left < 4:
        return 0.0
    own = np.ascontiguousarray(light[top:bottom, left:right])
    area = moved[top - reach : bottom + reach, left - reach : right + reach]
    score = cv2.matchTemplate(np.ascontiguousarray(area), own, cv2.TM_SQDIFF)
    _, _, (x, y), _ = cv2.minMaxLoc(score)
    best = area[y : y + own.shape[0], x : x + own.shape[1]]
    inside = cv2.dilate(piece.mask[top:bottom, left:right].astype(np.uint8), np.ones((5, 5))) > 0
    change = float(np.mean(np.abs(best - own)[inside]))
    return (change - scenes[one].noise) / max(piece.body, 1.0)
