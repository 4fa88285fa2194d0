"""Where a file's own statements do not go together."""

import pytest

from firsthand.media.contradictions import contradictions
from firsthand.media.metadata import normalise


def codes(*rows, thumbnail=None):
    metadata = normalise([list(row) for row in rows], reader="test", exiftool="present")
    return [(c.code, c.weight) for c in contradictions(metadata, thumbnail)]


def camera(raw, zone=None):
    rows = [("ExifIFD", "DateTimeOriginal", raw)]
    return rows + ([("ExifIFD", "OffsetTimeOriginal", zone)] if zone else [])


def gps(day, clock):
    return [("GPS", "GPSDateStamp", day), ("GPS", "GPSTimeStamp", clock)]


def place(latitude, north, longitude, east):
    return [
        ("GPS", "GPSLatitude", latitude), ("GPS", "GPSLatitudeRef", north),
        ("GPS", "GPSLongitude", longitude), ("GPS", "GPSLongitudeRef", east),
    ]  # fmt: skip


def test_nothing_to_say():
    assert codes() == []
    assert codes(*camera("2021:09:28 14:00:00", "+03:00"), *gps("2021:09:28", "11:00:02")) == []


def test_camera_day_against_gps_day():
    rows = [*camera("2008:10:22 16:28:39"), *gps("2008:10:23", "14:27:07.24")]
    assert codes(*rows) == [("camera_day_against_gps_day", "contradiction")]


@pytest.mark.parametrize("clock", ["00:30:00", "13:59:00"])
def test_a_zone_explains_it(clock):
    assert codes(*camera("2021:09:28 14:00:00"), *gps("2021:09:28", clock)) == []


def test_the_stated_zone_against_gps():
    rows = [*camera("2021:09:28 14:00:00", "+09:00"), *gps("2021:09:28", "11:00:02")]
    assert codes(*rows) == [("zone_against_gps", "doubt")]


def test_the_zone_against_the_longitude():
    rows = [*camera("2020:05:04 18:39:11", "-04:00"), *place("47.2", "N", "106.2", "E")]
    assert codes(*rows) == [("zone_against_longitude", "doubt")]
    near = [*camera("2020:05:04 18:39:11", "+08:00"), *place("39.5", "N", "76.0", "E")]
    assert codes(*near) == []  # Kashgar keeps Beijing's time


def test_zones_meet_across_the_date_line():
    rows = [*camera("2020:05:04 18:39:11", "+14:00"), *place("1.9", "N", "157.4", "W")]
    assert codes(*rows) == []


def test_a_later_date_contradicts_nothing():
    rows = [*camera("2008:10:22 16:28:39"), ("IFD0", "ModifyDate", "2019:01:01 00:00:00")]
    assert codes(*rows) == []
    made_later = [
        ("QuickTime", "CreateDate", "2021:09:28 11:00:00"),
        ("Keys", "CreationDate", "2019:07:24 11:25:40+03:00"),
    ]
    assert codes(*made_later) == []


def test_changed_before_it_was_taken():
    rows = [*camera("2019:10:22 16:28:39"), ("IFD0", "ModifyDate", "2018:01:01 00:00:00")]
    assert codes(*rows) == [("modified_before_taken", "doubt")]


def test_made_before_it_was_taken():
    rows = [
        ("QuickTime", "CreateDate", "2019:07:20 08:25:57"),
        ("Keys", "CreationDate", "2019:07:24 11:25:40+03:00"),
    ]
    assert codes(*rows) == [("made_before_taken", "doubt")]


def test_two_days():
    rows = [*camera("2002:07:13 15:58:28"), ("IPTC", "DateCreated", "2002:06:20")]
    assert codes(*rows) == [("two_days_stated", "doubt")]


def test_places():
    assert codes(*place("0", "N", "0", "E")) == [("position_zero", "blank")]
    assert codes(*place("10", "", "20", "")) == [("position_without_hemisphere", "doubt")]
    assert codes(*place("", "", "", "")) == [("position_blank", "blank")]
    far = [*place("33.26", "N", "44.23", "E"), ("Keys", "GPSCoordinates", "48.85 2.35 30")]
    assert codes(*far) == [("two_positions", "contradiction")]
    near = [*place("33.26", "N", "44.23", "E"), ("Keys", "GPSCoordinates", "33.261 44.231")]
    assert codes(*near) == []


def test_blanks_are_said_once():
    rows = [
        ("QuickTime", "CreateDate", "0000:00:00 00:00:00"),
        ("QuickTime", "ModifyDate", "0000:00:00 00:00:00"),
        *gps("", "00:00:00"),
    ]
    assert sorted(codes(*rows)) == [("date_blank", "blank"), ("gps_time_blank", "blank")]


def test_thumbnails():
    unlike = {"correlation": 0.1, "width_px": 160, "height_px": 120}
    assert codes(thumbnail=unlike) == [("thumbnail_unlike", "doubt")]
    assert codes(thumbnail={**unlike, "correlation": 0.97}) == []
    assert codes(thumbnail={**unlike, "width_px": 16}) == []
    assert codes(thumbnail={"none": "there is none"}) == []
    assert codes(thumbnail={"correlation": "x", "width_px": 160}) == []


def test_the_gravest_come_first():
    rows = [
        *place("0", "N", "0", "E"),
        *camera("2008:10:22 16:28:39"),
        *gps("2008:10:24", "14:27:07"),
    ]
    weights = [weight for _, weight in codes(*rows)]
    assert weights == ["contradiction", "blank"]
