"""The demo's clip: the same seed gives the same frames, and every frame says it is synthetic."""

from __future__ import annotations

import importlib.util
import itertools
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import av
import numpy as np
import pytest


@pytest.fixture(scope="module")
def make_clip(repository: Path) -> ModuleType:
    path = repository / "examples" / "make_clip.py"
    spec = importlib.util.spec_from_file_location("firsthand_example_make_clip", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_same_seed_same_frames(make_clip: ModuleType) -> None:
    once = np.stack(list(itertools.islice(make_clip.frames(7), 4)))
    again = np.stack(list(itertools.islice(make_clip.frames(7), 4)))
    other = np.stack(list(itertools.islice(make_clip.frames(8), 4)))
    assert once.shape == (4, 360, 640, 3)
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)


def test_the_camera_moves(make_clip: ModuleType) -> None:
    first, second = itertools.islice(make_clip.frames(7), 2)
    assert float(np.abs(first.astype(float) - second.astype(float)).mean()) > 2.0


def test_every_frame_is_labelled_legibly(make_clip: ModuleType, tmp_path: Path) -> None:
    """After encoding, white letters on a black rim stand in the corner where the label goes."""
    path = make_clip.write_clip(tmp_path / "clip.mp4", 7, seconds=0.4)
    with av.open(str(path)) as container:
        shown = [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]
    assert len(shown) == 10
    for frame in shown:
        corner = frame[320:352, 10:345]
        assert (corner > 225).mean() > 0.05
        assert (corner < 40).mean() > 0.05


def test_the_file_is_the_same_bytes_and_carries_no_time_of_making(
    make_clip: ModuleType, tmp_path: Path
) -> None:
    one = make_clip.write_clip(tmp_path / "one.mp4", 7, seconds=0.4)
    two = make_clip.write_clip(tmp_path / "two.mp4", 7, seconds=0.4)
    assert one.read_bytes() == two.read_bytes()
    with av.open(str(one)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (640, 360)
        assert stream.average_rate == Fraction(25)
        assert stream.codec_context.name == "h264"
        assert "creation_time" not in container.metadata
        assert container.metadata["title"] == make_clip.LABEL
