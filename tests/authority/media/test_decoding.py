"""Time stamps and orientation of real clips against FFmpeg's own, read without this package."""

import io
from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image

from firsthand.media import examine
from firsthand.sandbox import Box

pytestmark = pytest.mark.shared
CLIPS = (
    "plume/d1.mp4", "plume/moviepy_fire2.mp4", "exif/mov__with-gps.mov",
    "videos/moviepy/no_duration.webm", "videos/intel/book.mkv",
    "videos/drewnoakes__metadata-extractor-images/100_0306.AVI",
    "videos/drewnoakes__metadata-extractor-images/ftyp3gp5.mp4",
)  # fmt: skip


@pytest.fixture(scope="module")
def box():
    with Box() as one:
        yield one


@pytest.mark.parametrize("name", CLIPS)
def test_frames_are_ffmpegs(shared, box, name):
    found = examine(shared / "data" / name, box)
    with av.open(str(shared / "data" / name)) as container:
        stream = container.streams.video[0]
        frames = [frame for frame in container.decode(stream) if frame.pts is not None]
        base = stream.time_base
        theirs = [Fraction(frame.pts * base.numerator, base.denominator) for frame in frames]
        turn = frames[0].rotation
        by_pts = {
            frame.pts: frame.to_ndarray(format="rgb24")
            for frame in frames[:: max(len(frames) - 1, 1)]
        }
    assert found.record.decoded.frames == len(frames)
    assert found.media.rotation_deg == -turn % 360
    for frame in found.frames:
        exact = frame.pts * Fraction(*map(int, frame.time_base.split("/")))
        assert exact == theirs[frame.index]
        assert frame.t_s == pytest.approx(float(exact), abs=5e-7)
        if frame.pts in by_pts:
            picture = np.asarray(Image.open(io.BytesIO(found.png(frame))))
            assert np.array_equal(picture, np.rot90(by_pts[frame.pts], turn // 90))


def test_a_clip_stored_upside_down_is_shown_upright(shared, box):
    """The stove and its bright violet flames stand in the right half of this clip."""
    found = examine(shared / "data/plume/moviepy_fire2.mp4", box)
    picture = np.asarray(Image.open(io.BytesIO(found.png(found.frames[0])))).astype(int)
    red, green, blue = picture[:, :, 0], picture[:, :, 1], picture[:, :, 2]
    flames = (blue > 200) & (red > 100) & (blue - green > 60)
    assert flames.sum() > 1000
    assert np.nonzero(flames)[1].mean() > picture.shape[1] * 0.6
    assert found.media.rotation_deg == 180
