"""Times as a file states them."""

import pytest

from firsthand.media.tags import read_tags
from firsthand.media.times import derived_offset, read_times


def times(*rows):
    return read_times(read_tags([list(row) for row in rows]))


def test_a_camera_clock_without_a_zone_is_no_instant():
    (field,) = times(("ExifIFD", "DateTimeOriginal", "2021:09:28 14:05:06"))
    assert (field.kind, field.role, field.local) == ("camera", "taken", "2021-09-28T14:05:06")
    assert field.instant is None
    assert field.zone == "none"


def test_a_stated_zone_makes_it_one():
    (field,) = times(
        ("ExifIFD", "DateTimeOriginal", "2021:09:28 14:05:06"),
        ("ExifIFD", "OffsetTimeOriginal", "+03:00"),
        ("ExifIFD", "SubSecTimeOriginal", "25"),
    )
    assert field.plain()["instant"] == "2021-09-28T11:05:06.250000Z"
    assert field.offset_min == 180
    assert [tag.name for tag in field.tags] == [
        "DateTimeOriginal", "OffsetTimeOriginal", "SubSecTimeOriginal",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "raw",
    ["    :  :     :  :  ", "", "0000:00:00 00:00:00", "1904:01:01 00:00:00",
     "1970:01:01 00:00:00", "2021:13:40 10:00:00", "nonsense"],
)  # fmt: skip
def test_blanks_are_blanks(raw):
    (field,) = times(("ExifIFD", "DateTimeOriginal", raw))
    assert field.blank
    assert field.local is None
    assert field.instant is None


def test_a_container_date_is_utc_by_the_formats_rules():
    (field,) = times(
        ("QuickTime", "CreateDate", "2019:07:24 08:25:57"),
        ("Track1", "TrackCreateDate", "2019:07:24 08:25:57"),
        ("Track1", "MediaCreateDate", "2019:07:24 08:25:57"),
    )
    assert (field.zone, field.plain()["instant"]) == ("utc_by_format", "2019-07-24T08:25:57Z")


def test_a_clip_date_with_its_zone():
    (field,) = times(("Keys", "CreationDate", "2019:07:24 11:25:40+03:00"))
    assert (field.role, field.zone, field.offset_min) == ("taken", "stated", 180)


def test_an_empty_gps_time_is_blank_and_not_midnight():
    (field,) = times(("GPS", "GPSTimeStamp", "00:00:00"), ("GPS", "GPSDateStamp", ""))
    assert field.blank
    assert field.instant is None


def test_a_gps_clock_without_a_day():
    (field,) = times(("GPS", "GPSTimeStamp", "14:58:24"))
    assert field.clock_only
    assert field.instant is None


@pytest.mark.parametrize(
    ("camera", "day", "clock", "offset"),
    [
        ("2016:09:28 18:18:05", "2016:09:28", "17:17:58.65", 60),
        ("2011:05:06 09:59:48", "2011:05:06", "07:59:48", 120),
        ("2002:07:13 15:58:28", None, "14:58:24", 60),
        ("2021:01:01 05:46:00", "2021:01:01", "00:00:30", 345),
        ("2008:10:22 16:28:39", "2008:10:23", "14:27:07.24", None),  # a day apart: no zone is that
        ("2021:01:01 05:46:00", "2021:01:01", "00:07:00", None),  # an old fix: nothing to derive
        ("2021:01:01 00:30:00", "2020:12:31", "21:30:00", 180),
        ("2021:01:01 12:00:00", None, "00:00:10", None),  # +12 or -12
    ],
)
def test_a_zone_is_derived_only_where_gps_allows_it(camera, day, clock, offset):
    rows = [("ExifIFD", "DateTimeOriginal", camera), ("GPS", "GPSTimeStamp", clock)]
    rows += [("GPS", "GPSDateStamp", day)] if day else []
    assert derived_offset(times(*rows)) == offset


def test_a_stated_zone_is_not_derived():
    fields = times(
        ("ExifIFD", "DateTimeOriginal", "2022:08:14 14:12:31"),
        ("ExifIFD", "OffsetTimeOriginal", "+03:00"),
        ("GPS", "GPSDateStamp", "2022:08:14"),
        ("GPS", "GPSTimeStamp", "11:12:32"),
    )
    assert derived_offset(fields) is None
