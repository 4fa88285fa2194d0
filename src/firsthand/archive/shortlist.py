"""Which stretches of the archive are worth a closer look: votes of hashes and of local features."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import faiss
import numpy as np
from numpy.typing import NDArray

from firsthand.archive.index import LEAST_QUALITY, Index
from firsthand.archive.picture import Bytes
from firsthand.archive.stretch import Stretch
from firsthand.archive.words import WORDS, mirrored, mirrored_hashes, signatures, words

__all__ = ["Candidate", "Vote", "shortlist"]

NEAR = 78
"""PDQ bits: unrelated pictures are 128 +- 12 apart; copies under mild changes within 31."""
NEIGHBOURS = 48
CELLS = 4
"""Words tried for each local feature."""
SIGN_BITS = 20
"""Signature bits that may differ; unrelated descriptors differ in 32 +- 5."""
BEST_PICTURES = 24
MOST_QUERY_PICTURES = 24
"""Local features of so many pictures of the query, spread over it, are looked up."""
SHORT = 10
"""Stretches from each kind of vote that go on."""


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

    @property
    def hash_weight(self) -> float:
        """The best vote of each query picture, summed."""
        return _weight(self.hashes)

    @property
    def feature_weight(self) -> float:
        """The best vote of each query picture, summed."""
        return _weight(self.features)


def _weight(votes: list[Vote]) -> float:
    best: dict[int, float] = defaultdict(float)
    for vote in votes:
        best[vote.query] = max(best[vote.query], vote.weight)
    return sum(best.values())


def shortlist(query: Stretch, index: Index) -> list[Candidate]:
    """Candidates, best first; both mirror images of the query are tried."""
    found: dict[tuple[int, bool], Candidate] = {}

    def of(stretch: int, flipped: bool) -> Candidate:
        return found.setdefault((stretch, flipped), Candidate(stretch, flipped))

    for flipped in (False, True):
        _hash_votes(query, index, flipped, of)
        _feature_votes(query, index, flipped, of)
    everyone = list(found.values())
    by_hash = sorted(everyone, key=lambda c: -c.hash_weight)[:SHORT]
    by_feature = sorted(everyone, key=lambda c: -c.feature_weight)[:SHORT]
    chosen = {(c.stretch, c.flipped): c for c in (*by_hash, *by_feature)}
    return sorted(chosen.values(), key=lambda c: -(c.hash_weight + c.feature_weight))


def _hash_votes(query: Stretch, index: Index, flipped: bool, of: object) -> None:
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
                candidate = of(stretch, flipped)  # type: ignore[operator]
                candidate.hashes.append(Vote(int(query.key_at[at]), reference, weight))


def _feature_votes(query: Stretch, index: Index, flipped: bool, of: object) -> None:
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
                candidate = of(stretch, flipped)  # type: ignore[operator]
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
    return np.bincount(index.post_picture[rows[near]], weights=weight, minlength=pictures)
