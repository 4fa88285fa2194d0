"""How the camera moved, from what stands far away at the foot of the picture's sky.

Corners in a strip about the ground line (roofs, trees, the ground's own edge), tracked from frame
to frame (pyramidal Lucas-Kanade, forward and back), and one similarity that most of them agree on
(RANSAC): turning, tilting and zooming. Near ground goes by faster under a moving car; it is in the
minority there and drops out, and how much faster it goes is reported as parallax.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from firsthand.measure.plume.segment import Scene

__all__ = ["Motion", "Step", "follow", "step_between"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

FEWEST_POINTS: Final = 8
STRIP_ABOVE: Final = 0.06
STRIP_BELOW: Final = 0.10
LUCAS_KANADE: Final[dict[str, Any]] = {
    "winSize": (15, 15),
    "maxLevel": 3,
    "criteria": (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 20, 0.02),
}


@dataclass(frozen=True)
class Motion:
    """`to_first[k]` (2 x 3) takes pixels of frame k to pixels of frame 0.

    `points[k]` is the number of points that agreed between frames k-1 and k (0 for k = 0).
    """

    to_first: list[Array]
    points: list[int]

    @property
    def enough(self) -> bool:
        """Whether the camera's motion is known throughout."""
        return all(count >= FEWEST_POINTS for count in self.points[1:])

    def into_first(self, frame: int, x: float, y: float) -> tuple[float, float]:
        """A pixel of `frame` as a pixel of frame 0."""
        at = self.to_first[frame] @ np.array([x, y, 1.0])
        return float(at[0]), float(at[1])

    def from_first(self, frame: int, x: float, y: float) -> tuple[float, float]:
        """A pixel of frame 0 as a pixel of `frame`."""
        whole = np.vstack([self.to_first[frame], [0.0, 0.0, 1.0]])
        at = np.linalg.solve(whole, np.array([x, y, 1.0]))
        return float(at[0]), float(at[1])


def _strip(scene: Scene, avoid: Mask) -> NDArray[np.uint8]:
    height = len(scene.above)
    rows = np.arange(height)[:, None]
    near = rows > scene.ground[None, :] - STRIP_ABOVE * height
    near &= rows < scene.ground[None, :] + STRIP_BELOW * height
    smoke = cv2.dilate((avoid & scene.above).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    return np.asarray((near & ~smoke) * 255, dtype=np.uint8)


@dataclass(frozen=True)
class Step:
    """From a later frame to an earlier one: matrix (2 x 3), points that agree, and `parallax`.

    `parallax` is the robust spread (pixels) of how far across all followed points are from the
    common motion: far things alone make it small, a camera that travels makes it large.
    """

    matrix: Array
    points: int
    parallax: float


def _grey(scene: Scene) -> NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(scene.picture, cv2.COLOR_RGB2GRAY), np.uint8)


def step_between(before: Scene, after: Scene, smoke: Mask) -> Step | None:
    """Camera motion between two frames, not neighbours perhaps; None with too few points."""
    return _step(_grey(before), _grey(after), _strip(before, smoke))


def _step(
    before: NDArray[np.uint8], after: NDArray[np.uint8], strip: NDArray[np.uint8]
) -> Step | None:
    found: Any = cv2.goodFeaturesToTrack(before, 160, 0.01, 5, mask=strip, blockSize=5)
    if found is None or len(found) < FEWEST_POINTS:
        return None
    start = np.asarray(found, dtype=np.float32)
    lk: Any = cv2.calcOpticalFlowPyrLK
    there, good, _ = lk(before, after, start, None, **LUCAS_KANADE)
    back, good_back, _ = lk(after, before, there, None, **LUCAS_KANADE)
    away = np.linalg.norm((back - start).reshape(-1, 2), axis=1)
    kept = (good.ravel() > 0) & (good_back.ravel() > 0) & (away < 0.6)
    one = np.asarray(start.reshape(-1, 2)[kept], dtype=float)
    two = np.asarray(there.reshape(-1, 2)[kept], dtype=float)
    if len(one) < FEWEST_POINTS:
        return None
    fit: Any = cv2.estimateAffinePartial2D(
        two, one, method=cv2.RANSAC, ransacReprojThreshold=0.8, maxIters=500, confidence=0.995
    )
    matrix, inliers = fit
    if matrix is None or not 0.9 < float(np.hypot(matrix[0, 0], matrix[1, 0])) < 1.1:
        return None
    left = (two @ matrix[:, :2].T + matrix[:, 2] - one)[:, 0]
    parallax = 1.4826 * float(np.median(np.abs(left - np.median(left))))
    return Step(np.asarray(matrix, dtype=float), int(inliers.sum()), parallax)


def follow(scenes: list[Scene], smoke: list[Mask]) -> Motion:
    """Motion over all frames; `smoke` marks, in each, what to keep the points off."""
    grey = [_grey(scene) for scene in scenes]
    to_first = [np.eye(2, 3)]
    points = [0]
    for k in range(1, len(scenes)):
        step = _step(grey[k - 1], grey[k], _strip(scenes[k - 1], smoke[k - 1]))
        matrix = _by_horizon(scenes[k - 1], scenes[k]) if step is None else step.matrix
        to_first.append(to_first[-1] @ np.vstack([matrix, [0.0, 0.0, 1.0]]))
        points.append(0 if step is None else step.points)
    return Motion(to_first, points)


def _by_horizon(before: Scene, after: Scene) -> Array:
    """Only the vertical shift, where nothing else can be followed."""
    shift = 0.0
    if before.horizon is not None and after.horizon is not None:
        shift = before.horizon.row - after.horizon.row
    return np.array([[1.0, 0.0, 0.0], [0.0, 1.0, shift]])
