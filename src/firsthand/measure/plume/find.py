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

LEAST_HEIGHT: Final = 0.075
MOST_GAP: Final = 0.03
LEAST_ASPECT: Final = 0.34
MOST_ASPECT: Final = 7.0
MOST_WIDTH: Final = 0.62
LEAST_PRESENCE: Final = 0.6
LEAST_CONTRAST: Final = 8.0
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
    return (
        scene.noise < NOISIEST_SKY
        and piece.height >= LEAST_HEIGHT * height
        and piece.gap <= MOST_GAP * height
        and LEAST_ASPECT <= aspect <= MOST_ASPECT
        and piece.width <= MOST_WIDTH * width
        and piece.body >= LEAST_CONTRAST
        and not (side and aspect < 0.6)
    )


def _in_box(piece: Candidate, box: tuple[float, float, float, float]) -> float:
    """Share of the piece inside a box x, y, w, h."""
    x, y, w, h = box
    inside = piece.mask[int(max(y, 0)) : int(y + h) + 1, int(max(x, 0)) : int(x + w) + 1]
    return float(inside.sum() / max(piece.mask.sum(), 1))


def _fits(
    frame: int, scene: Scene, piece: Candidate, root: float, wanted: Wanted, motion: Motion
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
    return near and low and piece.height >= 0.04 * height and abs(root - x) < 0.2 * width


def find_smoke(
    scenes: Sequence[Scene],
    pieces: Sequence[Sequence[Candidate]],
    motion: Motion,
    wanted: Wanted,
) -> Found | None:
    """The one place whose pieces, over all frames, are largest; None where none lasts."""
    width = scenes[0].above.shape[1]
    options: list[tuple[float, int, Candidate, float]] = []
    for k, (scene, each) in enumerate(zip(scenes, pieces, strict=True)):
        for piece in each:
            root = root_column(scene, piece)
            if _fits(k, scene, piece, root, wanted, motion):
                options.append((motion.into_first(k, root, piece.bottom)[0], k, piece, root))
    best: dict[int, tuple[Candidate, float]] = {}
    best_size = 0.0
    for place, *_ in options:
        here: dict[int, tuple[Candidate, float]] = {}
        for other, k, piece, root in options:
            near = abs(other - place) < 0.06 * width
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


def activity(scenes: Sequence[Scene], found: Found, motion: Motion) -> float:
    """How much the smoke's inside changes between frames, against its contrast.

    Median over steps of the change inside (camera motion taken out), less what the sky's noise
    makes, over the body's contrast. Trees, hills and buildings come out near zero.
    """
    values = []
    frames = found.frames
    for one, two in zip(frames[:-1], frames[1:], strict=True):
        a, b = found.pieces[one], found.pieces[two]
        if a is None or b is None:
            continue
        step = np.vstack([motion.to_first[one], [0, 0, 1]])
        step = np.linalg.solve(step, np.vstack([motion.to_first[two], [0, 0, 1]]))
        size = (a.mask.shape[1], a.mask.shape[0])
        moved = cv2.warpAffine(scenes[two].sky.light, step[:2], size, flags=cv2.INTER_LINEAR)
        inside = cv2.erode(a.mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        if inside.sum() < 20:
            continue
        change = float(np.mean(np.abs(moved - scenes[one].sky.light)[inside]))
        values.append((change - scenes[one].noise) / max(a.body, 1.0))
    return float(np.median(values)) if values else 0.0
