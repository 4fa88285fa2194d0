"""Which stretches of the archive are worth a closer look: votes of hashes and of local features."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import faiss
import numpy as np
from numpy.typing import NDArray

from firsthand.archive.index import LEAST_QUALITY, Index
from firsthand.archive.picture import Bytes
from firsthand.archive.stretch import Stretch
from firsthand.archive.words import WORDS, mirrored, mirrored_hashes, signatures, words

__all__ = ["Candidate", "Vectors", "Vote", "shortlist"]

NEAR = 78
"""PDQ bits: unrelated pictures are 128 +- 12 apart; copies under mild changes within 31."""
NEIGHBOURS = 48
CELLS = 4
"""Words tried for each local feature."""
SIGN_BITS = 20
"""Signature bits that may differ; unrelated descriptors differ in 32 +- 5."""
BEST_PICTURES = 24
ALIKE, BLOCK = 0.3, 65_536
"""Cosine of SSCD vectors from which on pictures are candidates; rows of a block."""
MOST_QUERY_PICTURES = 24
"""Local features of so many pictures of the query, spread over it, are looked up."""
SHORT = 10
"""Stretches from each kind of vote that go on."""


Vectors = dict[bool, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Vote:
    """Query picture `query` looks like reference picture `reference` (grid indices)."""

    query: int
    reference: int
    weight: float


@dataclass
class Candidate:
    """A stretch with what speaks for it. `flipped`: the query's mirror image was matched."""

    stretch: int
    flipped: bool
    hashes: list[Vote] = field(default_factory=list)
    features: list[Vote] = field(default_factory=list)
    vectors: list[Vote] = field(default_factory=list)

    @property
    def hash_weight(self) -> float:
        """The best vote of each query picture, summed."""
        return _weight(self.hashes)

    @property
    def feature_weight(self) -> float:
        """The best vote of each query picture, summed."""
        return _weight(self.features)


Of = Callable[[int, bool], Candidate]
"""The candidate of a stretch, as it is or mirrored."""


def _weight(votes: list[Vote]) -> float:
    best: dict[int, float] = defaultdict(float)
    for vote in votes:
        best[vote.query] = max(best[vote.query], vote.weight)
    return sum(best.values())


def shortlist(query: Stretch, index: Index, vectors: Vectors | None = None) -> list[Candidate]:
    """Candidates, best first; both mirror images of the query are tried.

    `vectors`: SSCD of the query's pictures by the index's model, as seen and mirrored.
    """
    found: dict[tuple[int, bool], Candidate] = {}

    def of(stretch: int, flipped: bool) -> Candidate:
        return found.setdefault((stretch, flipped), Candidate(stretch, flipped))

    for flipped in (False, True):
        _hash_votes(query, index, flipped, of)
        _feature_votes(query, index, flipped, of)
        if vectors is not None and len(index.vector):
            _vector_votes(query, index, flipped, vectors[flipped], of)
    everyone = list(found.values())
    by_hash = sorted(everyone, key=lambda c: -c.hash_weight)[:SHORT]
    by_feature = sorted(everyone, key=lambda c: -c.feature_weight)[:SHORT]
    by_vector = sorted(everyone, key=lambda c: -_weight(c.vectors))[:SHORT]
    chosen = {(c.stretch, c.flipped): c for c in (*by_hash, *by_feature, *by_vector)}
    return sorted(chosen.values(), key=lambda c: -(c.hash_weight + c.feature_weight))


def _hash_votes(query: Stretch, index: Index, flipped: bool, of: Of) -> None:
    if not len(index.pdq):
        return
    views = range(2 if query.bordered else 1)
    for view in views:
        good = np.flatnonzero(query.quality[:, view] >= LEAST_QUALITY)
        if not len(good):
            continue
        wanted = query.hashes[good, view]
        wanted = mirrored_hashes(wanted) if flipped else wanted
        count = min(NEIGHBOURS, len(index.pdq))
        far, near = faiss.knn_hamming(np.ascontiguousarray(wanted), index.pdq, count)
        for row, at in enumerate(good):
            for apart, which in zip(far[row], near[row], strict=True):
                if which < 0 or apart > NEAR:
                    continue
                stretch, reference = (int(part) for part in index.pdq_row[which])
                weight = float(1 - apart / 128) ** 2
                candidate = of(stretch, flipped)
                candidate.hashes.append(Vote(int(query.key_at[at]), reference, weight))


def _vector_votes(
    query: Stretch, index: Index, flipped: bool, vectors: NDArray[np.float32], of: Of
) -> None:
    """Nearest by cosine, block by block, so that the table stays on the disk."""
    if vectors.shape[1] != index.vector.shape[1]:
        return
    best = np.full((len(vectors), 0), 0.0, np.float32)
    rows = np.zeros((len(vectors), 0), np.int64)
    for start in range(0, len(index.vector), BLOCK):
        block = index.vector[start : start + BLOCK].astype(np.float32)
        best = np.concatenate([best, vectors @ block.T], axis=1)
        here = np.arange(start, start + len(block))
        rows = np.concatenate([rows, np.tile(here, (len(vectors), 1))], axis=1)
        keep = np.argsort(-best, axis=1, kind="stable")[:, :BEST_PICTURES]
        best = np.take_along_axis(best, keep, axis=1)
        rows = np.take_along_axis(rows, keep, axis=1)
    for number, at in enumerate(query.told["neural_at"]):
        for alike, row in zip(best[number], rows[number], strict=True):
            if alike >= ALIKE:
                stretch, reference = (int(part) for part in index.vector_row[row])
                candidate = of(stretch, flipped)
                candidate.vectors.append(Vote(int(at), reference, float(alike - ALIKE)))


def _feature_votes(query: Stretch, index: Index, flipped: bool, of: Of) -> None:
    count = len(query.feature_at)
    if not len(index.post_picture) or not count:
        return
    spread = np.unique(np.linspace(0, count - 1, min(count, MOST_QUERY_PICTURES)).astype(int))
    pictures = len(index.picture)
    norm = np.sqrt(np.maximum(index.picture_size, 20))
    for which in spread:
        what = query.features(int(which))[1]
        if not len(what):
            continue
        score = _scores(mirrored(what) if flipped else what, index, pictures)
        score /= norm * np.sqrt(max(len(what), 20))
        best = np.argpartition(-score, min(BEST_PICTURES, pictures) - 1)[:BEST_PICTURES]
        for picture in best:
            if score[picture] > 0:
                stretch, reference = (int(part) for part in index.picture[picture])
                candidate = of(stretch, flipped)
                at = int(query.feature_at[which])
                candidate.features.append(Vote(at, reference, float(score[picture])))


def _scores(what: Bytes, index: Index, pictures: int) -> NDArray[np.float64]:
    """For each picture of the archive: how many of the descriptors it seems to share, weighted."""
    tried = words(what, CELLS)
    signs = signatures(what)
    first, last = index.start[tried].ravel(), index.start[tried + 1].ravel()
    lengths = last - first
    total = int(lengths.sum())
    if total == 0:
        return np.zeros(pictures)
    rare = np.log(1 + len(index.post_picture) / np.maximum(lengths, 1) / WORDS * CELLS + 1)
    inner = np.arange(total) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    rows = np.repeat(first, lengths) + inner
    apart = np.bitwise_count(index.post_sign[rows] ^ np.repeat(np.repeat(signs, CELLS), lengths))
    near = apart <= SIGN_BITS
    weight = np.exp(-((apart[near] / 10.0) ** 2)) * np.repeat(rare, lengths)[near]
    if not len(weight):  # bincount counts in integers then
        return np.zeros(pictures)
    return np.bincount(index.post_picture[rows[near]], weights=weight, minlength=pictures)
