"""Whatever a file states, reading it never fails, and what is blank carries no value."""

from hypothesis import given
from hypothesis import strategies as st

from firsthand.media.contradictions import contradictions
from firsthand.media.metadata import FileMetadata, normalise

GROUPS = ("IFD0", "ExifIFD", "GPS", "QuickTime", "Track1", "Keys", "UserData", "XMP-exif",
          "XMP-xmp", "IPTC", "RIFF", "Matroska", "Container", "PNG", "System")  # fmt: skip
NAMES = (
    "DateTimeOriginal", "CreateDate", "ModifyDate", "OffsetTimeOriginal", "SubSecTimeOriginal",
    "GPSDateStamp", "GPSTimeStamp", "GPSLatitude", "GPSLatitudeRef", "GPSLongitude",
    "GPSLongitudeRef", "GPSAltitude", "GPSAltitudeRef", "GPSImgDirection", "GPSImgDirectionRef",
    "GPSCoordinates", "location", "LocationInformation", "CreationDate", "creation_time",
    "DateCreated", "Make", "Software", "Orientation", "FocalLength", "Duration",
)  # fmt: skip
numbers = st.integers(-999, 99999).map(str) | st.floats().map(repr)
dates = st.builds(
    lambda year, month, day, hour, minute, second, sep, zone: (
        f"{year:04d}{sep}{month:02d}{sep}{day:02d}{hour}{minute:02d}:{second:02d}{zone}"
    ),
    st.integers(0, 9999), st.integers(0, 13), st.integers(0, 32),
    st.sampled_from(["", " 00:", " 23:", " 25:", "T12:"]), st.integers(0, 61), st.integers(0, 61),
    st.sampled_from(":-"), st.sampled_from(["", "Z", "+14:00", "-12:00", "+99:99", ".5", "+0300"]),
)  # fmt: skip
days = st.builds(
    lambda y, m, d: f"{y:04d}:{m:02d}:{d:02d}",
    st.integers(0, 9999), st.integers(0, 13), st.integers(0, 32),
)  # fmt: skip
clocks = st.builds(
    lambda h, m, s: f"{h:02d}:{m:02d}:{s:02d}",
    st.integers(0, 25), st.integers(0, 61), st.integers(0, 61),
)  # fmt: skip
texts = st.text(max_size=30) | st.sampled_from(
    ["N", "S", "E", "W", "", "+03:00", "-12:00", "M", "T"]
)
places = st.builds("{} {} {}".format, numbers, numbers, numbers)
values = dates | days | clocks | numbers | texts | places | st.lists(texts, max_size=3)
rows = st.lists(
    st.tuples(st.sampled_from(GROUPS), st.sampled_from(NAMES), values).map(list), max_size=25
)


def check(metadata: FileMetadata) -> None:
    found = contradictions(metadata)
    assert FileMetadata.parse(metadata.canonical()) == metadata
    assert all(str(contradiction.statement) for contradiction in found)
    for field in metadata.times:
        assert not field.blank or (field.local is None and field.instant is None)
    for field in metadata.positions:
        assert not field.blank or (field.latitude_deg is None and field.longitude_deg is None)
        assert not field.unsigned or field.latitude_deg is None
        if field.latitude_deg is not None:
            assert abs(field.latitude_deg) <= 90
            assert abs(field.longitude_deg) <= 180


@given(rows)
def test_any_rows(stated):
    check(normalise(stated, reader="test", exiftool="present"))


@given(
    st.lists(st.tuples(st.sampled_from(NAMES[:2] + NAMES[5:7]), dates | days | clocks), max_size=6)
)
def test_any_dates(stated):
    homes = {"GPSDateStamp": "GPS", "GPSTimeStamp": "GPS"}
    check(normalise(
        [[homes.get(name, "ExifIFD"), name, value] for name, value in stated],
        reader="test", exiftool="present",
    ))  # fmt: skip


@given(
    st.recursive(st.none() | st.text(max_size=5) | st.integers(), lambda x: st.lists(x, max_size=4))
)
def test_any_answer(answer):
    check(normalise(answer, reader="test", exiftool="present"))
