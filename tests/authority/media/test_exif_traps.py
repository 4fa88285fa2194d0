"""The traps of the metadata set, each named, and no others."""

import pytest

from firsthand.media import inspect_file
from firsthand.sandbox import Box

pytestmark = pytest.mark.shared
TRAPS = {
    "DSCN0010.jpg": ["camera_day_against_gps_day"],
    "InfiRay.jpg": ["gps_time_blank", "position_blank"],
    "jpg__FujiFilm_DX-5.jpg": ["date_blank"],
    "jpg__Samsung_GT-I9000_Galaxy_S.jpg": ["position_zero"],
    "GPS.jpg": ["two_days_stated"],
    "heic__exif-at-eof.heic": ["zone_against_longitude"],
    "IMG_5195.HEIC": [],
    "HMD_Nokia_8.3_5G.heif": [],
    "HMD_Nokia_8.3_5G.jpg": [],
    "Apple.jpg": [],
    "Google.jpg": [],
    "jpg__HTC_Desire.jpg": [],
    "mov__with-gps.mov": [],
    "mov__xmp480qt.mov": [],
    "mp4__with-gps.mp4": [],
    "mp4__FLIR_Thermal.mp4": [],
}


@pytest.fixture(scope="module")
def box():
    with Box() as one:
        yield one


@pytest.mark.parametrize("name", TRAPS)
def test_trap(shared, box, needs_tool, name):
    needs_tool("exiftool")
    told = inspect_file(shared / "data/exif" / name, box)
    assert sorted(c.code for c in told.contradictions) == TRAPS[name]


def test_the_unsigned_longitude_is_signed_by_its_letter(shared, box, needs_tool):
    needs_tool("exiftool")
    (place,) = inspect_file(shared / "data/exif/IMG_5195.HEIC", box).metadata.positions
    assert place.longitude_deg == pytest.approx(-94.2887722222222)
    assert place.tags[2].raw == "94.2887722222222"
    assert place.longitude_ref == "W"
