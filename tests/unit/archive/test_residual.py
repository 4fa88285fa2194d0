"""Noise that two clips share is seen at the line; noise of their own is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tests.archive_fixtures as made

from firsthand.archive.align import Line
from firsthand.archive.geometry import Registration
from firsthand.archive.intake import fingerprint_of
from firsthand.archive.residual import REACH, peak, pooled_noise, profile
from firsthand.archive.stretch import Stretch
from firsthand.sandbox import Box

SAME_PLACE = Registration(np.eye(3), 100, False, ((0, 0),))


@pytest.fixture(scope="module")
def takes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Stretch]]:
    """One street without anything that moves, filmed twice, and a copy of the first."""
    folder = tmp_path_factory.mktemp("takes")
    ground = made.scene(5, frames=1)[0].astype(np.float32)

    def filmed(seed: int) -> list:
        noise = np.random.default_rng(seed).normal(0, 2, (150, *ground.shape[:2], 1))
        return [np.clip(ground + one, 0, 255).astype(np.uint8) for one in noise]

    first = filmed(1)
    paths = {
        "first": made.write_clip(folder / "first.mp4", first, crf=16),
        "copy": made.write_clip(folder / "copy.mp4", first[20:120], crf=20),
        "again": made.write_clip(folder / "again.mp4", filmed(2)[20:120], crf=20),
    }
    with Box(unsandboxed=True) as box:
        yield {name: next(_stretches(path, box)) for name, path in paths.items()}


def _stretches(path: Path, box: Box) -> Iterator[Stretch]:
    for stretch, _, _, _ in fingerprint_of(path, box):
        yield stretch


def test_a_copy_shares_its_noise_and_another_take_does_not(takes: dict[str, Stretch]) -> None:
    line = Line(10.0, 1.0, 0.9, 0, 50)
    copied = pooled_noise(takes["copy"], takes["first"], SAME_PLACE, line, (0, 50))
    again = pooled_noise(takes["again"], takes["first"], SAME_PLACE, line, (0, 50))
    assert copied > 6
    assert again < 4


def test_at_a_wrong_offset_there_is_no_peak(takes: dict[str, Stretch]) -> None:
    line = Line(18.0, 1.0, 0.9, 0, 50)
    assert pooled_noise(takes["copy"], takes["first"], SAME_PLACE, line, (0, 50)) == 0.0


def test_nothing_still_nothing_to_compare() -> None:
    noise = np.random.default_rng(1).normal(0, 1, (80, 30)).astype(np.float32)
    steps = np.arange(20, 50)
    assert profile(noise, noise, np.zeros(30, bool), steps, steps) is None
    assert peak(None) == 0.0


def test_the_peak_of_equal_noise_is_at_the_line() -> None:
    noise = np.random.default_rng(1).normal(0, 1, (200, 30)).astype(np.float32)
    steps = np.arange(60, 120)
    values = profile(noise, noise, np.ones(30, bool), steps, steps)
    assert values is not None
    assert int(np.nanargmax(values)) == REACH
    assert peak(values) > 8
