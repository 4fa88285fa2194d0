"""What differs on machines without bubblewrap, without ExifTool, or with an ExifTool that fails."""

import numpy as np
import pytest
from PIL import Image

from firsthand.errors import DecoderFailed
from firsthand.media import examination, examine, inspect_file
from firsthand.sandbox import Box, Confinement
from firsthand.sandbox.landlock import abi


@pytest.fixture
def photo(tmp_path):
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Maker", "Model 1"
    exif.get_ifd(0x8769)[0x9003] = "2021:09:28 14:05:06"
    array = np.random.default_rng(1).integers(0, 255, (90, 120, 3), dtype=np.uint8)
    Image.fromarray(array).save(tmp_path / "a.jpg", exif=exif)
    return tmp_path / "a.jpg"


def test_how_it_is_confined_changes_no_byte(photo):
    others = [Confinement("none", "as if there were nothing")]
    if abi():
        others.append(Confinement("landlock", f"Landlock ABI {abi()}"))
    with Box(unsandboxed=True) as box:
        usual = examine(photo, box)
    for confinement in others:
        with Box(confinement, unsandboxed=True) as box:
            other = examine(photo, box)
        assert other.blobs == usual.blobs
        assert other.metadata == usual.metadata
        assert other.frames == usual.frames
        assert other.media.sandbox == box.description


def test_without_exiftool_it_is_said(photo, monkeypatch):
    monkeypatch.setattr(examination, "exiftool_here", lambda: False)
    with Box() as box:
        found = examine(photo, box)
    assert found.metadata.exiftool == "absent"
    assert found.metadata.reader == "Pillow, FFmpeg"
    assert [field.value for field in found.metadata.make] == ["Maker"]
    assert found.metadata.times[0].local == "2021-09-28T14:05:06"
    assert any("ExifTool is not installed" in warning for warning in found.warnings)


def test_an_exiftool_that_fails_is_replaced_and_said(photo, monkeypatch):
    monkeypatch.setattr(examination, "exiftool_here", lambda: True)
    with Box() as box:
        usual = box.call

        def call(target, path, args=None, **more):
            if target == "exiftool":
                raise DecoderFailed("It died.", "", details={"reason": "time"})
            return usual(target, path, args, **more)

        monkeypatch.setattr(box, "call", call)
        told = inspect_file(photo, box)
    assert told.metadata.exiftool == "failed"
    assert [field.value for field in told.metadata.model] == ["Model 1"]
    assert "ExifTool failed on this file (time)." in told.warnings
