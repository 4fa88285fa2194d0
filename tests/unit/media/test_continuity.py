"""Cuts, freezes, repeats and gaps in clips whose every frame is known."""

from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image

from firsthand.media import inspect_with_pictures
from firsthand.media.continuity import continuity_from
from firsthand.sandbox import Box

SIZE = (96, 64)
RATE = 25


@pytest.fixture(scope="module")
def box():
    with Box() as one:
        yield one


def scene(seed):
    """A smooth random picture, wider than the frame, to pan over; each seed has its own light."""
    rng = np.random.default_rng(seed)
    low = 20 + 60 * (seed % 3)
    small = Image.fromarray(rng.integers(low, low + 110, (4, 14, 3), dtype=np.uint8))
    return np.asarray(small.resize((320, 72), Image.Resampling.BICUBIC))


def pan(seed, frames):
    wide = scene(seed)
    return [wide[: SIZE[1], 2 * n : 2 * n + SIZE[0]] for n in range(frames)]


def clip(path, frames, times=None, sound=None):
    with av.open(str(path), "w") as out:
        video = out.add_stream("mpeg4", rate=RATE)
        video.width, video.height = SIZE
        video.pix_fmt, video.bit_rate = "yuv420p", 4_000_000
        video.codec_context.time_base = Fraction(1, RATE)
        audio = out.add_stream("pcm_s16le", rate=8000, layout="mono") if sound is not None else None
        for number, picture in enumerate(frames):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame.pts = number if times is None else times[number]
            frame.time_base = Fraction(1, RATE)
            out.mux(video.encode(frame))
        out.mux(video.encode())
        if audio is not None:
            samples = av.AudioFrame.from_ndarray(sound[None, :].astype(np.int16), layout="mono")
            samples.sample_rate, samples.pts = 8000, 0
            samples.time_base = Fraction(1, 8000)
            out.mux(audio.encode(samples))
            out.mux(audio.encode())
    return path


def found(box, path):
    inspected = inspect_with_pictures(path, box)
    return inspected.inspection.continuity, inspected.pictures


def test_one_shot_is_of_one_piece(box, tmp_path):
    told, pictures = found(box, clip(tmp_path / "a.avi", pan(1, 60)))
    assert told.counts == {}
    assert (told.frames, told.rate_hz, told.steady, told.complete) == (60, 25.0, True, True)
    assert pictures == {}


def test_cuts_with_their_pictures(box, tmp_path):
    told, pictures = found(box, clip(tmp_path / "a.avi", pan(1, 30) + pan(2, 20) + pan(3, 30)))
    cuts = [h for h in told.happenings if h.kind == "cut"]
    assert [cut.t_s for cut in cuts] == [1.2, 2.0]
    assert all(len(cut.pictures) == 2 and set(cut.pictures) <= pictures.keys() for cut in cuts)


def test_a_flash_is_no_cut(box, tmp_path):
    frames = pan(1, 60)
    frames[30] = np.full_like(frames[30], 255)
    told, _ = found(box, clip(tmp_path / "a.avi", frames))
    assert "cut" not in told.counts


def test_frozen(box, tmp_path):
    frames = pan(1, 60)
    frames[20:40] = [frames[20]] * 20
    told, _ = found(box, clip(tmp_path / "a.avi", frames))
    (frozen,) = [h for h in told.happenings if h.kind == "frozen"]
    assert frozen.t_s == pytest.approx(0.8, abs=0.2)  # the encoder refines the first repeats
    assert frozen.end_s == pytest.approx(1.56, abs=0.09)


def test_a_tripod_is_not_frozen(box, tmp_path):
    told, _ = found(box, clip(tmp_path / "a.avi", [pan(1, 1)[0]] * 60))
    assert told.counts == {}


def test_doubled_frames_and_their_rhythm(box, tmp_path):
    source = pan(1, 80)
    frames = [picture for n, picture in enumerate(source) for _ in range(2 if n % 5 == 4 else 1)]
    told, _ = found(box, clip(tmp_path / "a.avi", frames[:90]))
    assert told.counts["doubled"] >= 10
    assert "About one frame in 6" in str(told.notes[0])


def test_dropped_frames(box, tmp_path):
    times = [n if n < 30 else n + 4 for n in range(60)]
    told, _ = found(box, clip(tmp_path / "a.mkv", pan(1, 60), times))
    (dropped,) = [h for h in told.happenings if h.kind == "dropped"]
    assert dropped.t_s == pytest.approx(29 / RATE, abs=2e-3)
    assert str(dropped.statement).startswith("4 frames are missing")


def test_an_uneven_rate_is_said_and_is_no_drop(box, tmp_path):
    rng = np.random.default_rng(4)
    times = np.cumsum(rng.integers(1, 6, 60)).tolist()
    told, _ = found(box, clip(tmp_path / "a.mkv", pan(1, 60), times))
    assert told.steady is False
    assert "dropped" not in told.counts


def test_silence_that_no_microphone_gives(box, tmp_path):
    sound = np.random.default_rng(5).normal(0, 900, 8 * 8000)
    sound[3 * 8000 : 4 * 8000] = 0
    told, _ = found(box, clip(tmp_path / "a.avi", pan(1, 100), sound=sound))
    (silent,) = [h for h in told.happenings if h.kind == "sound_silence"]
    assert (silent.t_s, silent.end_s) == (
        pytest.approx(3.0, abs=0.03),
        pytest.approx(4.0, abs=0.03),
    )


def test_whether_the_sound_runs_on_across_a_cut(box, tmp_path):
    quiet, loud = (
        np.random.default_rng(s).normal(0, level, 4 * 8000) for s, level in ((6, 60), (7, 2500))
    )
    pictures = pan(1, 100) + pan(2, 100)
    steps, _ = found(box, clip(tmp_path / "a.avi", pictures, sound=np.concatenate([quiet, loud])))
    assert steps.sound_across_cuts == ("steps",)
    assert steps.counts["sound_level_step"] == 1
    on, _ = found(box, clip(tmp_path / "b.avi", pictures, sound=np.tile(quiet, 2)))
    assert on.sound_across_cuts == ("runs_on",)
    none, _ = found(box, clip(tmp_path / "c.avi", pictures))
    assert none.sound_across_cuts == ("none",)


@pytest.mark.parametrize(
    "change",
    [
        {"time_base": "1"}, {"time_base": "1/0"}, {"video": 3}, {"audio": {}},
        {"video": {"pts": [1, 2], "change": [0.0], "over_two": [0.0], "histogram": [0.0],
                   "shapes": [], "damaged": 0}},
    ],
)  # fmt: skip
def test_numbers_that_cannot_be(change):
    data = {"time_base": "1/25", "video": None, "audio": None, "pairs": [], "complete": True}
    with pytest.raises((KeyError, TypeError, ValueError, ZeroDivisionError)):
        continuity_from({**data, **change})
