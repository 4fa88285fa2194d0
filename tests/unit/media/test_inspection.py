"""One document of everything that a file tells."""

import io
import json

import numpy as np
import pytest
from PIL import Image

from firsthand.errors import DecoderFailed, UnreadableMedia
from firsthand.media import inspect_file
from firsthand.sandbox import Box, BoxResult

KEYS = ["sha256", "kind", "sandbox", "metadata", "contradictions", "c2pa", "structure",
        "continuity", "warnings"]  # fmt: skip


@pytest.fixture(scope="module")
def box():
    with Box() as one:
        yield one


@pytest.fixture
def photo(tmp_path):
    """A picture with a thumbnail of another in it."""
    rng = np.random.default_rng(3)
    picture = Image.fromarray(rng.integers(0, 255, (12, 16, 3), dtype=np.uint8)).resize((640, 480))
    other = Image.fromarray(rng.integers(0, 255, (12, 16, 3), dtype=np.uint8)).resize((160, 120))
    return with_thumbnail(tmp_path / "a.jpg", picture, other)


def with_thumbnail(path, picture, small):
    out = io.BytesIO()
    small.save(out, "JPEG")
    thumbnail = out.getvalue()
    head = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08" + bytes(2) + (14).to_bytes(4, "big")
    rows = b"".join(
        tag.to_bytes(2, "big") + b"\x00\x04\x00\x00\x00\x01" + value.to_bytes(4, "big")
        for tag, value in ((0x0201, 14 + 2 + 24 + 4), (0x0202, len(thumbnail)))
    )
    exif = head + (2).to_bytes(2, "big") + rows + bytes(4) + thumbnail
    picture.save(path, "JPEG", exif=exif, quality=90)
    return path


def test_the_document(box, photo):
    told = inspect_file(photo, box).plain()
    assert list(told) == KEYS
    assert told["kind"] == "jpeg"
    assert told["c2pa"]["state"] == "none"
    assert told["structure"]["order"][0] in {"JFIF", "Exif"}
    assert told["continuity"] is None
    json.dumps(told, allow_nan=False)


def test_a_thumbnail_of_something_else(box, photo):
    codes = [c.code for c in inspect_file(photo, box).contradictions]
    assert codes == ["thumbnail_unlike"]


def test_a_thumbnail_of_the_picture_with_bars(box, tmp_path, photo):
    picture = Image.open(photo).convert("RGB").crop((0, 60, 640, 420))
    small = Image.new("RGB", (160, 120))
    small.paste(picture.resize((160, 90)), (0, 15))
    assert (
        inspect_file(with_thumbnail(tmp_path / "b.jpg", picture, small), box).contradictions == ()
    )


def test_what_is_no_media_is_refused(box, tmp_path):
    for name, data in (("a.jpg", b"plain words"), ("a.mp4", b"ffconcat version 1.0\n"), ("b", b"")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UnreadableMedia):
            inspect_file(tmp_path / name, box)


def test_a_broken_recording_still_tells_its_structure(box, tmp_path):
    path = tmp_path / "a.mp4"
    path.write_bytes(
        b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00\x00\x10\x00mdat" + bytes(99)
    )
    told = inspect_file(path, box)
    assert told.structure.order == ("ftyp", "mdat")
    assert not told.structure.whole
    assert told.continuity is None
    assert any(warning.startswith("No continuity") for warning in told.warnings)


class Lying:
    """A box whose child says whatever it likes, or dies."""

    def __init__(self, box, part, answer):
        self.box, self.part, self.answer = box, part, answer
        self.confinement = box.confinement

    def call(self, target, path, args=None, **more):
        result = self.box.call(target, path, args, **more)
        if not target.endswith(":provenance"):
            return result
        if self.answer == "dies":
            if self.part in args["parts"]:
                raise DecoderFailed("It died.", "", details={"reason": "crash"})
            return result
        data = {**result.data, self.part: self.answer} if self.part in result.data else result.data
        return BoxResult(data, result.blobs, result.sha256, result.sandbox)


@pytest.mark.parametrize("part", ["structure", "c2pa", "thumbnail"])
def test_a_reader_that_dies_costs_its_own_part(box, photo, part):
    told = inspect_file(photo, Lying(box, part, "dies"))
    assert any(part in warning and "failed" in warning for warning in told.warnings)
    assert (told.structure is None) == (part == "structure")
    assert told.c2pa.state == ("unreadable" if part == "c2pa" else "none")


@pytest.mark.parametrize(
    "answer", [3, "x", [], {}, {"kind": "JPEG"}, {"kind": "JPEG", "facts": 3, "pieces": [[1]]}]
)
def test_nonsense_costs_its_own_part(box, photo, answer):
    told = inspect_file(photo, Lying(box, "structure", answer))
    assert told.structure is None
    assert any("cannot be" in warning for warning in told.warnings)


def test_nonsense_about_credentials_is_never_trust(box, photo):
    for answer in (3, [], {"found": {"validation_state": "Trusted"}}):
        assert inspect_file(photo, Lying(box, "c2pa", answer)).c2pa.state in {
            "unreadable",
            "invalid",
        }
