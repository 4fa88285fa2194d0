"""How one recording's picture lies in another's: a homography from matched local features.

Copies of one recording differ by one fixed map, however the camera moved, so the matches of several
pairs of pictures are pooled. MAGSAC++: Barath et al. 2020, doi:10.1109/CVPR42600.2020.00138.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from firsthand.archive.picture import Bytes, local_features
from firsthand.archive.shortlist import Candidate, Vote
from firsthand.archive.stretch import Stretch
from firsthand.archive.words import mirrored

__all__ = ["Registration", "closer_registration", "register", "unit_map"]

RATIO = 0.85
TOLERANCE_PX = 4.0
CELL_PX = 8
LEAST_MATCHES = 8
LEAST_CELLS = 12
QUERY_PICTURES = 6
REFERENCES = 3
PATIENCE = 3
"""After so many pictures of the query without any agreement, the candidate is let go."""
CLOSER_PICTURES, CLOSER_REACH, CLOSER_ZOOM = 3, 6, 2
MOST_ZOOM = 8.0
SURE_HASH = (1 - 40 / 128) ** 2
"""Weight of a hash vote that by itself places the whole picture on the whole picture."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Registration:
    """`matrix` takes unit coordinates (0..1 across the picture) of the query, mirrored if
    `flipped`, to those of the reference. `cells`: distinct 8-pixel cells with agreeing features;
    `pairs`: (query, reference) grid indices that agreed."""

    matrix: Matrix
    cells: int
    flipped: bool
    pairs: tuple[tuple[int, int], ...]

    @property
    def registered(self) -> bool:
        """Enough distinct places agree."""
        return self.cells >= LEAST_CELLS


def unit_map(width: int, height: int) -> Matrix:
    """From pixels (0, 0 the centre of the first) to unit coordinates."""
    return np.array([[1 / width, 0, 0.5 / width], [0, 1 / height, 0.5 / height], [0, 0, 1]])


def register(query: Stretch, reference: Stretch, candidate: Candidate) -> Registration | None:
    """The best registration that the candidate's votes lead to; None if nothing agrees."""
    pooled = []
    best: tuple[int, Matrix] | None = None
    for tried, (at, references) in enumerate(_pairs(query, reference, candidate)):
        if tried == PATIENCE and best is None:
            break
        for other in references:
            pair = _matched(query, reference, at, other, candidate.flipped)
            if len(pair[0]) < LEAST_MATCHES:
                continue
            pooled.append((int(query.feature_at[at]), int(reference.feature_at[other]), *pair))
            found = _homography(*pair)
            if found is not None and (best is None or found[1] > best[0]):
                best = (found[1], found[0])
    unit_query = unit_map(*query.key_size)
    unit_reference = unit_map(*reference.key_size)
    if best is not None:
        near = []
        for *when, here, there in pooled:
            good = _error(best[1], here, there) < 2 * TOLERANCE_PX
            if good.sum() >= LEAST_MATCHES:
                near.append((when, here[good], there[good]))
        if near:
            here = np.concatenate([part[1] for part in near])
            there = np.concatenate([part[2] for part in near])
            refit = _homography(here, there)
            if refit is not None and refit[1] >= best[0]:
                best = (refit[1], refit[0])
        pairs = tuple((int(when[0]), int(when[1])) for when, _, _ in near)
        if best[0] >= LEAST_CELLS:
            matrix = unit_reference @ best[1] @ np.linalg.inv(unit_query)
            return Registration(matrix, best[0], candidate.flipped, pairs)
    return _by_hash(query, reference, candidate)


def closer_registration(
    query: Stretch, reference: Stretch, registration: Registration
) -> Registration | None:
    """Register again on the small pictures, at times that the once-a-second features miss.

    With a camera that moves, pictures half a second apart lie differently; here each of a few
    query pictures is matched with the reference's pictures round its partner.
    """
    best: tuple[int, Matrix, tuple[int, int]] | None = None
    step = max(len(registration.pairs) // CLOSER_PICTURES, 1)
    for at, other in registration.pairs[::step][:CLOSER_PICTURES]:
        mine = _small(query, at, registration.flipped)
        for near in range(other - CLOSER_REACH, other + CLOSER_REACH + 1, 2):
            if not 0 <= near < reference.pictures:
                continue
            theirs = _small(reference, near, flipped=False)
            here, there = _nearest(mine, theirs)
            if len(here) < LEAST_MATCHES:
                continue
            found = _homography(here, there)
            if found is not None and (best is None or found[1] > best[0]):
                best = (found[1], found[0], (at, near))
    if best is None:
        return None
    twice = [tuple(CLOSER_ZOOM * side for side in one.proxy_size) for one in (query, reference)]
    back = np.linalg.inv(unit_map(twice[0][0], twice[0][1]))
    matrix = unit_map(twice[1][0], twice[1][1]) @ best[1] @ back
    return Registration(matrix, registration.cells, registration.flipped, (best[2],))


def _small(stretch: Stretch, at: int, flipped: bool) -> tuple[NDArray[np.float32], Bytes]:
    picture = stretch.proxies(at, at + 1)[0]
    picture = picture[:, ::-1] if flipped else picture
    size = tuple(CLOSER_ZOOM * side for side in stretch.proxy_size)
    large = cv2.resize(np.ascontiguousarray(picture), size, interpolation=cv2.INTER_CUBIC)
    return local_features(np.asarray(large, np.uint8))


def _by_hash(query: Stretch, reference: Stretch, candidate: Candidate) -> Registration | None:
    """Pictures with hardly a feature: frame on frame, bars left out, if their hashes agree."""
    sure = [vote for vote in candidate.hashes if vote.weight >= SURE_HASH]
    if not sure:
        return None
    left, top, right, bottom = query.border
    if candidate.flipped:
        left, right = query.key_size[0] - right, query.key_size[0] - left
    here = _box_map((left, top, right, bottom), query.key_size)
    there = _box_map(reference.border, reference.key_size)
    pairs = tuple((vote.query, vote.reference) for vote in sure[:QUERY_PICTURES])
    return Registration(there @ np.linalg.inv(here), 0, candidate.flipped, pairs)


def _box_map(box: tuple[int, int, int, int], size: tuple[int, int]) -> Matrix:
    """From the unit square to a box, in unit coordinates of the picture."""
    left, top, right, bottom = (
        box[0] / size[0],
        box[1] / size[1],
        box[2] / size[0],
        box[3] / size[1],
    )
    return np.array([[right - left, 0, left], [0, bottom - top, top], [0, 0, 1]])


def _pairs(query: Stretch, reference: Stretch, candidate: Candidate) -> list[tuple[int, list[int]]]:
    """Feature pictures to compare: positions in `query.feature_at` and `reference.feature_at`."""
    if not len(query.feature_at) or not len(reference.feature_at):
        return []
    wanted: dict[int, dict[int, float]] = defaultdict(dict)

    def note(vote: Vote, weight: float) -> None:
        at = int(np.abs(query.feature_at - vote.query).argmin())
        other = int(np.abs(reference.feature_at - vote.reference).argmin())
        wanted[at][other] = max(wanted[at].get(other, 0.0), weight)

    for vote in candidate.features:
        note(vote, vote.weight)
    for vote in (*candidate.hashes, *candidate.vectors):
        note(vote, 0.3 * vote.weight)
    ranked = sorted(wanted, key=lambda at: -max(wanted[at].values()))
    chosen = ranked[: QUERY_PICTURES // 2]
    rest = sorted(ranked[QUERY_PICTURES // 2 :])
    step = max(len(rest) // (QUERY_PICTURES - len(chosen)), 1) if rest else 1
    chosen += rest[::step][: QUERY_PICTURES - len(chosen)]
    return [(at, _strongest(wanted[at])) for at in chosen]


def _strongest(weights: dict[int, float]) -> list[int]:
    return sorted(weights, key=lambda other: -weights[other])[:REFERENCES]


def _matched(
    query: Stretch, reference: Stretch, at: int, other: int, flipped: bool
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Points of mutual nearest neighbours that pass the ratio test."""
    here, what = query.features(at)
    there, which = reference.features(other)
    if len(here) < 2 or len(there) < 2:
        return here[:0], there[:0]
    if flipped:
        what = mirrored(what)
        here = np.stack([query.key_size[0] - 1 - here[:, 0], here[:, 1]], axis=1)
    return _nearest((here, what), (there, which))


def _nearest(
    mine: tuple[NDArray[np.float32], Bytes], theirs: tuple[NDArray[np.float32], Bytes]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    (here, what), (there, which) = mine, theirs
    if len(here) < 2 or len(there) < 2:
        return here[:0], there[:0]
    left, right = what.astype(np.float32), which.astype(np.float32)
    apart = (left**2).sum(1)[:, None] + (right**2).sum(1)[None] - 2 * left @ right.T
    order = np.argpartition(apart, 1, axis=1)[:, :2]
    two = np.take_along_axis(apart, order, axis=1)
    nearest = order[np.arange(len(order)), two.argmin(1)]
    close = two.min(1) < RATIO**2 * two.max(1)
    mutual = apart.argmin(0)[nearest] == np.arange(len(left))
    good = close & mutual
    return here[good], there[nearest[good]]


def _homography(here: NDArray[np.float32], there: NDArray[np.float32]) -> tuple[Matrix, int] | None:
    """(matrix in pixels, distinct cells), or None where it is no picture of a picture."""
    cv2.setRNGSeed(1)
    found, mask = cv2.findHomography(
        here, there, cv2.USAC_MAGSAC, TOLERANCE_PX, maxIters=2000, confidence=0.999
    )
    if found is None or mask is None:
        return None
    matrix = np.asarray(found, np.float64)
    good = mask.ravel().astype(bool)
    if good.sum() < LEAST_MATCHES or not _sane(matrix, here[good]):
        return None
    cells = min(
        len(np.unique((points[good] // CELL_PX).astype(int), axis=0)) for points in (here, there)
    )
    return matrix, int(cells)


def _sane(matrix: Matrix, points: NDArray[Any]) -> bool:
    """The box round the points stays convex, upright-handed and of sensible size."""
    low, high = points.min(0), points.max(0)
    corners = np.array([low, [high[0], low[1]], high, [low[0], high[1]]], np.float64)
    homogeneous = np.c_[corners, np.ones(4)] @ matrix.T
    if not np.all(homogeneous[:, 2] * np.sign(matrix[2, 2]) > 1e-6):
        return False
    moved = homogeneous[:, :2] / homogeneous[:, 2:]
    edges = np.roll(moved, -1, axis=0) - moved
    following = np.roll(edges, -1, axis=0)
    turns = edges[:, 0] * following[:, 1] - edges[:, 1] * following[:, 0]
    if not np.all(turns > 0):
        return False
    size = np.linalg.norm(edges, axis=1) / np.maximum(
        np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1), 1e-6
    )
    return bool(
        size.max() < MOST_ZOOM and size.min() > 1 / MOST_ZOOM and size.max() < 3 * size.min()
    )


def _error(
    matrix: Matrix, here: NDArray[np.float32], there: NDArray[np.float32]
) -> NDArray[np.float64]:
    moved = np.c_[here, np.ones(len(here))] @ matrix.T
    apart: NDArray[np.float64] = np.linalg.norm(moved[:, :2] / moved[:, 2:] - there, axis=1)
    return apart
