"""Candidates for places: offered, never guessed."""

import json

import pytest

from firsthand.errors import InvalidPlace
from firsthand.evidence.gazetteer import load_gazetteer, propose_places
from firsthand.records import Where


def own(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def point(name="Camp Victory", position=(44.25, 33.26), **properties):
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": list(position)},
        "properties": {"name": name, **properties},
    }


def test_camp_victory_is_not_guessed_and_the_airport_is_offered_as_itself():
    where = Where(text="Camp Victory", relation="next_to", of="Baghdad International Airport")
    found = propose_places(where, load_gazetteer())
    assert [(c.name, c.kind, c.source) for c in found] == [
        ("Baghdad International Airport", "airport", "airportsdata ORBI")
    ]
    assert found[0].latitude_deg == pytest.approx(33.26, abs=0.02)


def test_cities_with_their_country_the_larger_first():
    found = load_gazetteer().look_up("Baghdad")
    assert (found[0].name, found[0].country) == ("Baghdad", "IQ")
    tripoli = load_gazetteer().look_up("Tripoli")
    assert {c.country for c in tripoli} >= {"LY", "LB"}


def test_names_are_compared_without_case_accents_and_articles():
    assert load_gazetteer().look_up("the BAGHDÁD") == load_gazetteer().look_up("Baghdad")


def test_a_case_brings_its_own():
    gazetteer = load_gazetteer(own(point(kind="base", country="IQ")))
    found = propose_places(Where(text="Camp Victory"), gazetteer)
    assert [(c.name, c.source, c.kind) for c in found] == [
        ("Camp Victory", "case gazetteer", "base")
    ]


def test_unknown_names_get_nothing():
    assert load_gazetteer().look_up("Zzyzzx Depot") == ()
    assert load_gazetteer().look_up("—") == ()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"{", "JSON"),
        (b"\xff\xfe", "JSON"),
        (b"[]", "FeatureCollection"),
        (b'{"type": "FeatureCollection"}', "features"),
        (own({"type": "Point"}), "Feature 1"),
        (
            own(point(), {"type": "Feature", "geometry": None, "properties": {"name": "x"}}),
            "Feature 2",
        ),
        (own(point(name=7)), "properties.name"),
        (own(point(name="  ")), "empty"),
        (own(point(position=(33.26, 144.25))), "outside the globe"),
        (own(point(position=(44.2,))), "position"),
        (own(point(position=(True, 3))), "position"),
        (
            b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"x"},'
            b'"geometry":{"type":"Point","coordinates":[NaN, 3]}}]}',
            "position",
        ),
    ],
)
def test_broken_gazetteers_are_named(data, word):
    with pytest.raises(InvalidPlace) as refused:
        load_gazetteer(data)
    assert word in refused.value.message
    assert refused.value.next_step


def test_a_country_is_no_town_of_that_old_name():
    assert propose_places(Where(text="Iraq", relation="in"), load_gazetteer()) == ()
    assert propose_places(Where(text="Baghdad", relation="in"), load_gazetteer())
    assert propose_places(Where(text="Singapore", relation="in"), load_gazetteer())
