"""Other people's incident lists: what cannot be taken as it stands is named, not swallowed."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.errors import InputError, InvalidRecord
from firsthand.evidence import incidents
from firsthand.evidence.incidents import Mapping, read_incidents

CSV = """ref,when,what,type,town,lat,lon,link,dead,hurt
A1,03/04/2021,Shell hits depot,strike,Qala,33.1,44.2,https://x.example/1,2,3
A2,25/12/2020,Market fire,blaze,Qala,33.12,44.21,[removed],0,
A1,2021-05-06,Shell hits depot again,strike,Qala,33.1,44.2,https://x.example/2,,
A3,30/02/2021,No such day,strike,Qala,0,0,https://x.example/3,5-7,
A4,6 May 2021,Far away,strike,Nowhere,144.2,33.1,https://x.example/4,,
A5,2021-07,Hidden place,strike,,hidden,hidden,https://x.example/5,,
,2021-07-01,No id,strike,Qala,33.1,44.2,,,
A6,07/07/2021,Whole degrees,flood,Qala,33,44,https://x.example/6,,
"""
MAPPING = {
    "id": "ref",
    "date": "when",
    "name": "Example list",
    "summary": "what",
    "kind": "type",
    "place": "town",
    "latitude": "lat",
    "longitude": "lon",
    "source": "link",
    "killed": "dead",
    "injured": "hurt",
    "kinds": {"strike": "attack", "blaze": "fire"},
}


def read(text=CSV, **changes):
    return read_incidents(text.encode(), json.dumps(MAPPING | changes).encode())


@pytest.fixture(scope="module")
def found():
    return read()


def one(found, name):
    return next(incident for incident in found.incidents if incident.id == name)


def told(found, *parts):
    return [w for w in found.warnings if all(part in w for part in parts)]


def test_ambiguous_dates_keep_the_year_and_say_so(found):
    assert one(found, "A1").when.earliest == "2021"
    assert told(found, "Row 1", "day 3 of month 4 or day 4 of month 3")


def test_a_day_over_twelve_has_one_reading(found):
    assert one(found, "A2").when.earliest == "2020-12-25"


def test_the_mapping_may_settle_the_order():
    assert one(read(date_order="dmy"), "A1").when.earliest == "2021-04-03"
    assert one(read(date_order="mdy"), "A1").when.earliest == "2021-03-04"


def test_a_date_against_the_mapping_is_a_swap():
    got = read(date_order="mdy")
    assert one(got, "A2").when.earliest == "2020"
    assert told(got, "Row 2", "swapped")


def test_equal_day_and_month_are_no_doubt(found):
    assert one(found, "A6").when.earliest == "2021-07-07"


def test_words_and_partial_dates(found):
    assert one(found, "A4").when.earliest == "2021-05-06"
    assert (one(found, "A5").when.earliest, one(found, "A5").when.grain) == ("2021-07", "month")


def test_no_day_of_the_calendar(found):
    assert one(found, "A3").when is None
    assert told(found, "Row 4", "no day of the calendar")


def test_duplicate_ids_are_named(found):
    assert [i.id for i in found.incidents].count("A1") == 1
    assert told(found, "Row 3", "'A1'", "row 1")
    assert told(found, "Row 7", "no id")


def test_hidden_sources_and_positions_are_named(found):
    assert told(found, "Row 2", "source", "hidden")
    assert told(found, "Row 6", "position", "hidden")
    assert one(found, "A2").source == "Example list"


def test_positions_that_are_none(found):
    assert one(found, "A3").where.candidates == ()
    assert told(found, "0, 0")
    assert told(found, "outside the globe", "swapped")
    assert told(found, "whole degrees")


def test_kinds_and_casualties(found):
    assert (one(found, "A1").kind, one(found, "A2").kind, one(found, "A6").kind) == (
        "attack",
        "fire",
        "other",
    )
    assert told(found, "'flood'")
    assert (one(found, "A1").casualties.killed, one(found, "A1").casualties.injured) == (2, 3)
    assert one(found, "A2").casualties.killed == 0
    assert told(found, "'5-7'")


def test_json_with_nested_rows_and_geometry():
    data = {
        "data": {
            "incidents": [
                {
                    "slug": "X1",
                    "attrs": {"date": "2022-03-01T10:00:00Z", "geo": "33.3, 44.4"},
                    "tags": ["a", "b"],
                },
            ]
        }
    }
    mapping = Mapping(
        id="slug", date="attrs.date", position="attrs.geo", records="data.incidents", summary="tags"
    )
    got = read_incidents(json.dumps(data).encode(), mapping)
    assert got.incidents[0].when.earliest == "2022-03-01"
    assert got.incidents[0].where.candidates[0].longitude_deg == 44.4
    assert got.incidents[0].summary == "a, b"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"{", "JSON"),
        (b'{"a": 1}', "no list"),
        (b"a;b\n1;2\n", "no such column"),
        (b"ref,when\n", "no rows"),
    ],
)
def test_lists_that_cannot_be_read(data, word):
    with pytest.raises(InputError) as refused:
        read_incidents(data, Mapping(id="ref", date="when"))
    assert word in refused.value.message
    assert refused.value.next_step


def test_broken_mappings():
    with pytest.raises(InvalidRecord):
        read_incidents(b"a,b\n1,2\n", b"{}")
    with pytest.raises(InvalidRecord, match="none of ours"):
        read_incidents(b"a,b\n1,2\n", Mapping(id="a", date="b", kinds={"x": "war"}))


def test_an_end_before_the_beginning():
    got = read_incidents(
        b"i,a,b\n1,2021-05-02,2021-05-01\n", Mapping(id="i", date="a", date_end="b")
    )
    assert got.incidents[0].when.latest == "2021-05-02"
    assert "before it begins" in got.warnings[0]


def test_a_map_of_events_with_sources_as_objects():
    """As Bellingcat's TimeMap exports: month first, positions as text, sources as objects."""
    rows = [
        {
            "id": "CIV0001",
            "date": "02/24/2022",
            "latitude": "50.1",
            "longitude": "36.2",
            "location": "Town",
            "description": "School hit",
            "sources": [{"path": "https://x.example/a"}, {"path": "https://x.example/b"}],
            "filters": [{"key": "Type", "value": "School"}, {"key": "Weapon", "value": "Shelling"}],
        },
        {"id": "CIV0002", "date": "25/02/2022", "latitude": "", "longitude": "", "sources": []},
    ]
    mapping = Mapping(
        id="id",
        date="date",
        name="TimeMap",
        date_order="mdy",
        summary="description",
        place="location",
        latitude="latitude",
        longitude="longitude",
        source="sources.path",
        kind="filters.value",
        kinds={"Shelling": "attack"},
    )
    got = read_incidents(json.dumps(rows).encode(), mapping)
    first, second = got.incidents
    assert (first.kind, first.when.earliest) == ("attack", "2022-02-24")
    assert first.source == "TimeMap: https://x.example/a, https://x.example/b"
    assert second.when.earliest == "2022"
    assert told(got, "Row 2", "source", "hidden")
    assert told(got, "Row 2", "position", "hidden")
    assert told(got, "both day first and month first: day first in 1 rows, month first in 1 rows")


def test_least_and_greatest_numbers():
    """As Airwars gives them: a range is no number, and is named."""
    data = (
        b"id,date,civilians_killed_min,civilians_killed_max,civilians_injured_min,"
        b"civilians_injured_max\nA,2020-01-02,3,7,2,2\n"
    )
    got = read_incidents(
        data,
        Mapping(
            id="id",
            date="date",
            killed="civilians_killed_min",
            killed_max="civilians_killed_max",
            injured="civilians_injured_min",
            injured_max="civilians_injured_max",
        ),
    )
    assert (got.incidents[0].casualties.killed, got.incidents[0].casualties.injured) == (None, 2)
    assert told(got, "killed of 'A' is 3 to 7")


@pytest.mark.parametrize(
    ("position", "changes"),
    [
        ("33.3, 44.4", {}),
        ("44.4, 33.3", {"position_order": "lon_lat"}),
        ("POINT(44.4 33.3)", {}),
        ("SRID=4326;POINT (44.4 33.3)", {}),
    ],
)
def test_the_order_of_a_joint_position(position, changes):
    data = json.dumps([{"slug": "X", "date": "2021-05-01", "geo": position}]).encode()
    got = read_incidents(data, Mapping(id="slug", date="date", position="geo", **changes))
    where = got.incidents[0].where.candidates[0]
    assert (where.latitude_deg, where.longitude_deg) == (33.3, 44.4)


def test_geojson_has_the_longitude_first():
    data = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [44.4, 33.3]},
                "properties": {"id": "G1", "date": "2021-05-01"},
            }
        ],
    }
    mapping = Mapping(id="properties.id", date="properties.date", position="geometry.coordinates")
    where = read_incidents(json.dumps(data).encode(), mapping).incidents[0].where.candidates[0]
    assert (where.latitude_deg, where.longitude_deg) == (33.3, 44.4)


def rows(*each, **mapping):
    """A list of JSON rows that have an id and a date, read."""
    data = [{"id": f"R{n}", "date": "2021-05-01", "dead": ""} | one for n, one in enumerate(each)]
    how = Mapping(**({"id": "id", "date": "date", "killed": "dead"} | mapping))
    return read_incidents(json.dumps(data).encode(), how)


def place(got):
    where = got.incidents[0].where
    return (where.candidates[0].latitude_deg, where.candidates[0].longitude_deg) if where else None


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ("33.44° S, 70.65° W", (-33.44, -70.65)),
        ("S 33.44, W 70.65", (-33.44, -70.65)),
        ("33.44S 70.65W", (-33.44, -70.65)),
        ("34.4W 31.5N", (31.5, -34.4)),
        ("34.4E31.5N", (31.5, 34.4)),
        ("N 31.5 E 34.4", (31.5, 34.4)),
        ("33.44 s; 70.65 w", (-33.44, -70.65)),
        ("70.65 W, -33.44", (-33.44, -70.65)),
        ("\u221233.44, \u221270.65", (-33.44, -70.65)),
        ("٣٣٫٤٤، ٧٠٫٦٥", (33.44, 70.65)),
        ("+33.44-070.65/", (33.44, -70.65)),
        ("geo:33.44,-70.65,520", (33.44, -70.65)),
        ("1e-07, 44.4", (1e-07, 44.4)),
    ],
)
def test_a_letter_for_the_hemisphere_is_a_sign(position, expected):
    got = rows({"geo": position}, position="geo")
    assert place(got) == pytest.approx(expected)
    assert not got.warnings


@pytest.mark.parametrize(
    ("position", "word"),
    [
        ("-33.44 S, 70.65 W", "contradicts"),
        ("33.44 N, 70.65 N", "contradicts"),
        ("33.44 N S, 70.65 W", "contradicts"),
        ("33.44 E, 70.65 W", "contradicts"),
        ("33°26'S 70°39'W", "no number"),
        ("33°S 70°30'W", "no number"),
        ("33 26 S", "no number"),
        ("33,44 70", "no number"),
        ("33.44.5", "no number"),
        ("33.44 O, 70.65 W", "no number"),
        (", 33.44, 70.65", "no number"),
        ('{"type": "Point", "coordinates": [44.4, 33.3]}', "no number"),
    ],
)
def test_a_position_that_contradicts_itself_or_cannot_be_read_is_named(position, word):
    got = rows({"geo": position}, position="geo")
    assert place(got) is None
    assert told(got, "Row 1", repr(position), word)


def test_letters_settle_the_order_against_the_mapping():
    got = rows({"geo": "33.3 N, 44.4 E"}, position="geo", position_order="lon_lat")
    assert place(got) == (33.3, 44.4)


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        ("33.44 S", "70.65 W", (-33.44, -70.65)),
        ("S33.44°", "70.65", (-33.44, 70.65)),
        ("33.44 N", "70.65 E", (33.44, 70.65)),
        ("-33.44", "-70.65", (-33.44, -70.65)),
    ],
)
def test_letters_in_columns_of_their_own(latitude, longitude, expected):
    got = rows({"a": latitude, "o": longitude}, latitude="a", longitude="o")
    assert place(got) == expected
    assert not got.warnings


@pytest.mark.parametrize(
    ("latitude", "longitude", "word"),
    [
        ("-33.44 S", "70.65 W", "contradicts"),
        ("70.65 W", "33.44 S", "contradicts"),
        ("33.44 S", "N 70.65", "contradicts"),
        ("33-34", "70.65", "no number"),
        ("33.44", "hidden", "no number"),
        ("9" * 400, "70.65", "outside the globe"),
        ("nan", "70.65", "no number"),
    ],
)
def test_columns_that_contradict_themselves_or_cannot_be_read(latitude, longitude, word):
    got = rows({"a": latitude, "o": longitude}, latitude="a", longitude="o")
    assert place(got) is None
    assert told(got, "Row 1", word)


@pytest.mark.parametrize("order", ["unknown", "dmy", "mdy", "ymd"])
@pytest.mark.parametrize(
    ("text", "kept", "word"),
    [
        ("00/00/0000", None, "left out"),
        ("00/00/00", None, "cannot be read"),
        ("0000", None, "before 1000"),
        ("0000-01-01", None, "before 1000"),
        ("1 May 0000", None, "before 1000"),
        ("٠٠٠٠", None, "before 1000"),
        ("1/2/123", None, "cannot be read"),
        ("1/2/5", None, "cannot be read"),
        ("123/1/2", None, "cannot be read"),
        ("1/2/0021", None, "before 1000"),
        ("00/05/2021", "2021", "00"),
        ("2021-00-00", "2021", "00"),
        ("2021-05-00", "2021-05", "00"),
    ],
)
def test_what_is_no_date_is_named(text, kept, word, order):
    got = rows({"date": text}, date_order=order)
    when = got.incidents[0].when
    assert (when.earliest if when else None) == kept
    assert told(got, "Row 1", repr(text), word)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [("٢٠٢١", "2021"), ("٢٠٢١-٠٥-٠٦", "2021-05-06"), ("۲۵/۱۲/۲۰", "2020-12-25")],
)
def test_digits_of_other_scripts_are_digits(text, edtf):
    got = rows({"date": text})
    assert got.incidents[0].when.earliest == edtf
    assert got.incidents[0].when.text == text
    assert not got.warnings


def test_more_than_there_are_people():
    got = rows({"dead": "9" * 400}, {"dead": "9" * 5000}, {"dead": "٥"}, {"dead": "²"})
    assert [one.casualties and one.casualties.killed for one in got.incidents] == [
        None,
        None,
        5,
        None,
    ]
    assert told(got, "Row 1", "more than there are people")
    assert told(got, "Row 4", "no single number")
    assert max(len(one) for one in got.warnings) < 200
    assert got.canonical()


def test_digits_of_any_length_in_json():
    data = b'[{"id": "A", "date": "2021", "dead": ' + b"9" * 5000 + b"}]"
    got = read_incidents(data, Mapping(id="id", date="date", killed="dead"))
    assert [one.id for one in got.incidents] == ["A"]
    assert told(got, "more than there are people")


def test_a_long_row_of_dashes_is_read_at_once():
    began = time.process_time()
    rows({"dead": "-" * 100_000 + "x"}, {"dead": "*" * 499 + "x"})
    assert time.process_time() - began < 2


def test_half_a_surrogate_pair_does_not_keep_the_list_from_being_kept():
    got = read_incidents(b'[{"id": "A\\ud800", "date": "2021"}]', Mapping(id="id", date="date"))
    assert b"A\xef\xbf\xbd" in got.canonical()
    assert told(got, "Row 1", "broken")


def test_a_row_that_fails_leaves_the_others(monkeypatch):
    whole = incidents._when

    def fails(row, own):
        if own == "R0":
            raise OverflowError
        return whole(row, own)

    monkeypatch.setattr(incidents, "_when", fails)
    got = rows({}, {})
    assert [one.id for one in got.incidents] == ["R1"]
    assert told(got, "Row 1", "cannot be read", "OverflowError")


_ODD = st.text("0129٢²-+/.,;: NSEWnew°'T()\u2212\u200f\ud800eE[]x", max_size=14)


@given(st.lists(st.tuples(_ODD, _ODD, _ODD, _ODD), min_size=1, max_size=3))
def test_no_row_refuses_the_list(values):
    each = [{"date": date, "end": end, "geo": geo, "dead": dead} for date, end, geo, dead in values]
    for order in ("unknown", "dmy", "mdy"):
        got = rows(*each, date_end="end", position="geo", date_order=order)
        assert len(got.incidents) == len(values)
        assert got.canonical()
