"""Words, signatures and mirror images of descriptors."""

from __future__ import annotations

import numpy as np
from tests.archive_fixtures import scene

from firsthand.archive import shortlist, words
from firsthand.archive.index import Rows
from firsthand.archive.picture import hash_of, local_features


def _grey(seed: int) -> np.ndarray:
    return np.ascontiguousarray(scene(seed, frames=1)[0][..., 1])


def test_a_mirrored_picture_has_the_mirrored_descriptors() -> None:
    grey = _grey(1)
    points, here = local_features(grey)
    there_points, there = local_features(np.ascontiguousarray(grey[:, ::-1]))
    turned = words.mirrored(here).astype(int)
    nearest = ((turned[:, None] - there[None].astype(int)) ** 2).sum(-1).argmin(1)
    apart = np.abs(grey.shape[1] - 1 - points[:, 0] - there_points[nearest, 0])
    assert np.mean(apart < 1.5) > 0.8


def test_mirroring_twice_changes_nothing() -> None:
    _, here = local_features(_grey(2))
    assert np.array_equal(words.mirrored(words.mirrored(here)), here)
    bits, _ = hash_of(_grey(2))
    assert np.array_equal(words.mirrored_hashes(words.mirrored_hashes(bits)), bits)


def test_the_hash_of_a_mirrored_picture_is_close_to_the_mirrored_hash() -> None:
    grey = _grey(3)
    bits, quality = hash_of(grey)
    other, _ = hash_of(np.ascontiguousarray(grey[:, ::-1]))
    assert quality > 50
    assert np.bitwise_count(words.mirrored_hashes(bits) ^ other).sum() <= 40
    assert np.bitwise_count(bits ^ other).sum() > 80


def test_the_first_of_many_words_is_the_only_one_of_one() -> None:
    _, here = local_features(_grey(4))
    assert np.array_equal(words.words(here, 4)[:, 0], words.words(here)[:, 0])
    assert words.words(here[:0]).shape == (0, 1)
    assert words.words(here).max() < words.WORDS


def test_signatures_of_slightly_changed_descriptors_stay_close() -> None:
    _, here = local_features(_grey(5))
    noisy = np.clip(here.astype(int) + np.random.default_rng(0).integers(-6, 7, here.shape), 0, 255)
    apart = np.bitwise_count(words.signatures(here) ^ words.signatures(noisy.astype(np.uint8)))
    unrelated = np.bitwise_count(words.signatures(here)[:-1] ^ words.signatures(here)[1:])
    assert np.median(apart) < 12 < np.median(unrelated)


def test_a_picture_that_shares_nothing_with_a_small_archive_has_no_score() -> None:
    random = np.random.default_rng(3)
    held, asked = (random.integers(0, 90, (5, 128), np.uint8) for _ in range(2))
    rows = Rows()
    rows.stretches.append(("00" * 32, 0))
    rows.add_picture(0, 0, words.words(held)[:, 0], words.signatures(held))
    scores = shortlist._scores(asked, rows.index(), 1)
    scores /= np.sqrt(20.0)
    assert scores.tolist() == [0.0]
