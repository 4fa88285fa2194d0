"""One file through the box: frames, times, light, refusals, and an answer that is checked."""

import hashlib
import io
from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image

from firsthand.errors import DecoderFailed, NoSuchThing, UnreadableMedia
from firsthand.media import examine
from firsthand.media.examination import suffix_of
from firsthand.sandbox import Box, BoxResult, Limits


@pytest.fixture(scope="module")
def box():
    with Box() as one:
        yield one


def ramp(width=64, height=48):
    """Bright sky over dark ground, red on the left."""
    array = np.zeros((height, width, 3), dtype=np.uint8)
    array[: height // 3] = 220
    array[:, : width // 8, 0] = 255
    return array


def clip(path, times, *, rate=30_000, turn=0, size=(64, 48)):
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=30)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, rate)
        if turn:
            stream.set_display_rotation(turn)
        for number, pts in enumerate(times):
            frame = av.VideoFrame.from_ndarray(ramp(*size) // (1 + number % 2), format="rgb24")
            frame.pts, frame.time_base = pts, Fraction(1, rate)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
    return path


def test_time_stamps_are_exact(box, tmp_path):
    times = [0, 1001, 2002, 3003, 9009]
    record = examine(clip(tmp_path / "a.mp4", times), box, item="media-1")
    base = Fraction(*map(int, record.frames[0].time_base.split("/")))
    exact = [frame.pts * base for frame in record.frames]
    assert exact == [Fraction(t, 30_000) for t in times]
    assert [frame.t_s for frame in record.frames] == [round(t / 30_000, 6) for t in times]
    assert record.media.item == "media-1"
    assert record.media.kind == "video"
    assert record.record.decoded.frames == len(times)


def test_blobs_are_what_the_record_says(box, tmp_path):
    found = examine(clip(tmp_path / "a.mp4", range(0, 30_000, 1000)), box)
    for frame in found.frames:
        png = found.png(frame)
        assert hashlib.sha256(png).hexdigest() == frame.sha256
        assert Image.open(io.BytesIO(png)).size == (frame.width_px, frame.height_px)
    sheet = Image.open(io.BytesIO(found.contact_sheet))
    told = found.record.contact_sheet
    assert sheet.size == (told.width_px, told.height_px)
    assert len(found.record.contact_sheet.t_s) <= 12
    assert len(found.frames) <= 8


def test_the_same_file_gives_the_same_bytes(box, tmp_path):
    path = clip(tmp_path / "a.mp4", range(0, 30_000, 1000))
    first = examine(path, box)
    with Box() as other:
        second = examine(path, other)
    assert first.record.canonical() == second.record.canonical()
    assert first.blobs == second.blobs


@pytest.mark.parametrize(("turn", "clockwise"), [(90, 270), (-90, 90), (180, 180)])
def test_a_display_matrix_is_applied_first(box, tmp_path, turn, clockwise):
    found = examine(clip(tmp_path / "a.mp4", [0, 1000], turn=turn), box)
    assert found.media.rotation_deg == clockwise
    picture = np.asarray(Image.open(io.BytesIO(found.png(found.frames[0]))))
    expected = np.rot90(ramp(), -(clockwise // 90))
    assert picture.shape == expected.shape
    assert np.abs(picture.astype(int) - expected).mean() < 20
    stream = found.media.streams[0]
    assert (stream.height_px, stream.width_px) == expected.shape[:2]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied_first(box, tmp_path, orientation):
    upright = ramp()
    stored = {
        1: upright, 2: upright[:, ::-1], 3: upright[::-1, ::-1], 4: upright[::-1],
        5: upright.transpose(1, 0, 2), 6: np.rot90(upright),
        7: np.rot90(upright, 2).transpose(1, 0, 2), 8: np.rot90(upright, -1),
    }[orientation]  # fmt: skip
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(np.ascontiguousarray(stored)).save(tmp_path / "a.png", exif=exif)
    found = examine(tmp_path / "a.png", box)
    picture = np.asarray(Image.open(io.BytesIO(found.png(found.frames[0]))))
    assert np.array_equal(picture, upright)
    turned = np.rot90(stored, -(found.media.rotation_deg // 90))
    assert np.array_equal(turned[:, ::-1] if found.media.mirrored else turned, upright)


def test_light_is_of_the_upright_picture(box, tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 3
    Image.fromarray(np.ascontiguousarray(ramp()[::-1, ::-1])).save(tmp_path / "a.png", exif=exif)
    luma = examine(tmp_path / "a.png", box).luma
    assert luma.upper[0] > 0.8
    assert luma.overall[0] < 0.4


def test_sound_alone(box, tmp_path):
    with av.open(str(tmp_path / "a.wav"), "w") as out:
        stream = out.add_stream("pcm_s16le", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 800), dtype=np.int16), layout="mono")
        frame.sample_rate = 8000
        out.mux(stream.encode(frame))
    found = examine(tmp_path / "a.wav", box)
    assert found.media.kind == "audio"
    assert found.frames == ()
    assert found.luma is None
    assert found.contact_sheet is None


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.mp4", b"", "This .mp4 file is empty"),
        ("a.mp4", b"Smoke over the base.\n", "This .mp4 file is text, not an MP4"),
        ("a.jpg", b"PK\x03\x04" + bytes(60), "This .jpg file is a ZIP archive"),
        ("a.mp4", b"#EXTM3U\n/etc/passwd\n", "is a playlist .HLS. that would open other files"),
        ("a.mov", b"\x00\x00\x00\x18ftypqt  \x00\x00\x00\x00qt  qt  ", "cannot be decoded"),
        ("a.xyz", b"\x01\x02\x03\x04" * 9, "no kind that is known here"),
        ("a.bmp", b"BM" + bytes(60), "BMP picture, and is not opened"),
    ],
)
def test_refusals_say_what_it_is(box, tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableMedia, match=said) as caught:
        examine(tmp_path / name, box)
    assert caught.value.next_step


def test_a_wrong_name_is_told_and_forgiven(box, tmp_path):
    Image.fromarray(ramp()).save(tmp_path / "a.png")
    (tmp_path / "a.png").rename(tmp_path / "a.mp4")
    found = examine(tmp_path / "a.mp4", box)
    assert found.media.kind == "image"
    assert "ends in .mp4, but by its content it is a PNG picture" in found.warnings[0]


def test_a_cut_picture_is_shown_and_marked(box, tmp_path):
    noise = np.random.default_rng(1).integers(0, 255, (200, 200, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).save(out, "JPEG")
    (tmp_path / "a.jpg").write_bytes(out.getvalue()[:9000])
    assert any("cut short" in warning for warning in examine(tmp_path / "a.jpg", box).warnings)


def test_a_cut_recording_is_marked(box, tmp_path):
    path = clip(tmp_path / "a.mkv", range(0, 300_000, 1000))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    found = examine(path, box)
    assert 0 < found.record.decoded.frames < 300


def test_claims_of_size_are_believed_only_so_far(box, tmp_path):
    out = io.BytesIO()
    Image.fromarray(ramp()).save(out, "PNG")
    data = bytearray(out.getvalue())
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    import zlib

    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    (tmp_path / "a.png").write_bytes(bytes(data))
    with pytest.raises(UnreadableMedia, match="60000 x 60000"):
        examine(tmp_path / "a.png", box)


def test_no_such_file(box, tmp_path):
    with pytest.raises(NoSuchThing):
        examine(tmp_path / "none.mp4", box)


class Lying:
    """A box whose child was taken over and makes things up."""

    def __init__(self, box, change):
        self.box, self.change = box, change

    def call(self, target, path, args=None, **more):
        result = self.box.call(target, path, args, **more)
        if not target.endswith("look:look"):
            return result
        data, blobs = dict(result.data), dict(result.blobs)
        self.change(data, blobs)
        return BoxResult(data, blobs, result.sha256, result.sandbox)


@pytest.mark.parametrize(
    "change",
    [
        lambda data, blobs: blobs.update({"frame-000000.png": b"else"}),
        lambda data, blobs: blobs.update({"../../etc/cron.d/x": b"else"}),
        lambda data, blobs: blobs.clear(),
        lambda data, blobs: data.pop("streams"),
        lambda data, blobs: data.update(streams=3),
        lambda data, blobs: data.update(rotation_deg="ninety"),
        lambda data, blobs: data.update(frames=[{}]),
        lambda data, blobs: data.update(luma={"pts": ["x"], "time_base": "1/1"}),
        lambda data, blobs: data.update(warnings=None),
    ],
)
def test_an_answer_that_cannot_be_is_refused(box, tmp_path, change):
    Image.fromarray(ramp()).save(tmp_path / "a.png")
    with pytest.raises(DecoderFailed, match="cannot be"):
        examine(tmp_path / "a.png", Lying(box, change))


def test_only_a_plain_ending_of_the_name_is_used(tmp_path):
    assert suffix_of(tmp_path / "a.MP4") == ".mp4"
    assert suffix_of(tmp_path / "a.\u202egpj") == ""
    assert suffix_of(tmp_path / "a.mp4\n") == ""
    assert suffix_of(tmp_path / "a") == ""


def test_a_slow_machine_gives_a_marked_part(box, tmp_path):
    frames = clip(tmp_path / "a.mkv", range(0, 60_000, 1000), size=(1280, 720))
    whole = examine(frames, box)
    assert whole.record.decoded.complete
    target, arguments = "firsthand.media.boxed.look:look", {"suffix": ".mkv", "key_frames": 1}
    long = tmp_path / "b.mkv"
    clip(long, range(0, 900_000, 1000), size=(1280, 720))
    told = box.call(target, long, arguments, limits=Limits(cpu_s=2, wall_s=60)).data
    assert told["decoded"]["complete"] is False
    assert any("only its key frames" in note or "ran out" in note for note in told["warnings"])
