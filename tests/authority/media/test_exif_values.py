"""Metadata of real photos and clips against ExifTool's own values."""

import json
import re

import pytest

from firsthand.media.examination import read_metadata
from firsthand.media.metadata import normalise
from firsthand.sandbox import Box

pytestmark = pytest.mark.shared
OF_OURS = re.compile(r"^(Composite|ExifTool|File|System):|:Warning$")


@pytest.fixture(scope="module")
def expected(shared):
    return json.loads((shared / "data/exif/expected.json").read_text())


@pytest.fixture(scope="module")
def read(shared, needs_tool, expected):
    needs_tool("exiftool")
    with Box() as box:
        return {
            row["file"]: read_metadata(shared / "data/exif" / row["file"], box)[0]
            for row in expected
        }


def same(ours, theirs):
    if isinstance(theirs, list):
        return ours == "; ".join(theirs)
    if isinstance(theirs, int | float):
        return float(ours) == pytest.approx(theirs, rel=1e-12)
    return ours.strip() == theirs.strip()


def test_every_value(expected, read):
    compared = 0
    for row in expected:
        tags = {}
        for tag in read[row["file"]].tags:
            tags.setdefault(tag.place, []).append(tag.raw)
        for name, value in row["exiftool_12_57"].items():
            if OF_OURS.search(name):
                continue
            assert any(same(raw, value) for raw in tags[name]), (row["file"], name)
            compared += 1
    assert compared > 150


def test_every_position(expected, read):
    for row in expected:
        told = row["exiftool_12_57"]
        latitude, longitude = told.get("Composite:GPSLatitude"), told.get("Composite:GPSLongitude")
        found = [
            (p.latitude_deg, p.longitude_deg) for p in read[row["file"]].positions if not p.blank
        ]
        if isinstance(latitude, int | float):
            assert found[0] == pytest.approx((latitude, longitude), abs=1e-9), row["file"]
        else:
            assert found == [], row["file"]


def test_every_camera_time(expected, read):
    for row in expected:
        raw = row["exiftool_12_57"].get("ExifIFD:DateTimeOriginal")
        times = [t for t in read[row["file"]].times if (t.kind, t.role) == ("camera", "taken")]
        if raw is None:
            assert times == [], row["file"]
        elif not raw.strip(" :"):
            assert times[0].blank, row["file"]
        else:
            wanted = raw.replace(":", "-", 2).replace(" ", "T")
            assert times[0].local.startswith(wanted), row["file"]


@pytest.mark.parametrize(
    ("file", "minutes"),
    [("Apple.jpg", 60), ("jpg__HTC_Desire.jpg", 120), ("GPS.jpg", 60), ("DSCN0010.jpg", None)],
)
def test_zones_derived_from_gps(read, file, minutes):
    assert read[file].derived_offset_min == minutes


def test_without_exiftool_the_common_fields_are_the_same(shared, read, expected):
    with Box() as box:
        for row in expected:
            if not row["file"].endswith(".jpg"):
                continue
            plain = box.call(
                "firsthand.media.boxed.plain_tags:read", shared / "data/exif" / row["file"]
            )
            ours = normalise(plain.data["rows"], reader="Pillow", exiftool="absent")
            theirs = read[row["file"]]
            assert [f.value for f in ours.make] == [f.value for f in theirs.make], row["file"]
            camera = [t.local for t in ours.times if t.kind == "camera" and t.role == "taken"]
            assert camera == [
                t.local for t in theirs.times if t.kind == "camera" and t.role == "taken"
            ], row["file"]
            for mine, other in zip(ours.positions, theirs.positions, strict=True):
                assert (mine.blank, mine.null_island) == (other.blank, other.null_island)
                if mine.latitude_deg is not None:
                    pair = (mine.latitude_deg, mine.longitude_deg)
                    assert pair == pytest.approx(
                        (other.latitude_deg, other.longitude_deg), abs=1e-7
                    )
