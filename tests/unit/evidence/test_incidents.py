"""Other people's incident lists: what cannot be taken as it stands is named, not swallowed."""

import json

import pytest

from firsthand.errors import InputError, InvalidRecord
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
