"""The report that the product grew from, word by word."""

import time
from functools import lru_cache
from pathlib import Path

import pytest

from firsthand.records import canonical
from firsthand.report import Reading, read_report

pytestmark = pytest.mark.shared


@lru_cache(maxsize=1)
def _read(path: Path) -> Reading:
    return read_report(path.read_bytes())


@pytest.fixture
def reading(shared):
    return _read(next((shared / "report").glob("*.txt")))


def claim(reading, kind, part):
    found = [c for c in reading.claims if c.type == kind and part in c.proposition]
    assert found, [(c.type, c.proposition) for c in reading.claims]
    return found[0]


def test_lines_have_their_roles(reading):
    roles = [line.role for line in reading.report.lines]
    assert roles[:4] == ["headline", "credit", "caption", "caption"]
    assert roles[-4:] == ["footnote", "interface", "interface", "other_language"]
    by_role = {
        role: [line.span.exact for line in reading.report.lines if line.role == role]
        for role in roles
    }
    assert by_role["credit"] == ["© Photo : Tehran Times/twitter"]
    assert by_role["subheading"] == ["String of Attacks on Camp Victory"]
    assert len(by_role["related"]) == 2
    assert reading.report.lines[-1].language == "ru"


def test_every_line_and_quote_is_where_it_says(reading, shared):
    text = next((shared / "report").glob("*.txt")).read_text("utf-8")
    spans = [line.span for line in reading.report.lines]
    spans += [span for c in reading.claims for span in c.spans]
    spans += [h.span for c in reading.claims for h in c.hedges]
    spans += [h.span for c in reading.claims for h in c.holders if h.span]
    spans += [c.when.span for c in reading.claims if c.when and c.when.span]
    spans += [c.where.span for c in reading.claims if c.where and c.where.span]
    spans += [span for s in reading.sources for span in s.spans]
    for span in spans:
        assert text[span.start : span.end] == span.exact
        assert text[: span.start].endswith(span.prefix)
        assert text[span.end :].startswith(span.suffix)


def test_published_and_by_whom(reading):
    report = reading.report
    assert report.published.date == "2021-09-28"
    assert report.published.span.exact == "28.09.2021"
    assert report.publisher == "Sputnik International"
    assert report.publisher_span.exact == "Sputnik International"


def test_related_items_have_their_own_date(reading):
    assert [line.dated for line in reading.report.lines if line.role == "related"] == [
        "2021-08-26"
    ] * 2


def test_headline(reading):
    c = claim(reading, "occurrence", "Massive Plume")
    assert (c.footage, c.polarity, c.factuality) == (True, "affirmed", 1)
    assert [h.cue for h in c.hedges] == ["Reportedly"]
    assert (c.where.text, c.where.relation) == ("Camp Victory", "next_to")
    assert c.where.of == "Baghdad International Airport"
    assert c.where.candidates == ()


def test_caption_is_hedged_and_said_twice(reading):
    c = claim(reading, "occurrence", "Billowing plumes")
    assert [h.cue for h in c.hedges] == ["apparently"]
    assert len(c.spans) == 2
    assert (c.where.relation, c.where.of) == ("near", "Baghdad")


def test_the_correspondent_filmed_and_said_nothing(reading):
    c = claim(reading, "occurrence", "huge black plume")
    assert c.holders[0].name == "Al Mayadeen correspondent"
    assert c.holders[0].relation == "filmed"
    assert all(h.relation != "says" for h in c.holders[:-1])


def test_the_publisher_closes_every_chain(reading):
    assert {c.holders[-1].kind for c in reading.claims} == {"publisher"}
    assert {c.holders[-1].name for c in reading.claims} == {"Sputnik International"}


def test_hundreds_of_metres_is_a_vague_range(reading):
    figure = claim(reading, "measurement", "hundreds of meters").quantity
    assert (figure.min, figure.max, figure.unit, figure.vague) == (200, 999, "m", True)


def test_white_is_only_possibly_vapour(reading):
    c = claim(reading, "identity", "water vapour")
    assert [h.kind for h in c.hedges] == ["possibility"]
    assert c.factuality < 3
    assert "put out the fire" in claim(reading, "cause", "water vapour").proposition


def test_cannot_confirm_is_open(reading):
    c = claim(reading, "status", "authentic")
    assert (c.polarity, c.factuality) == ("open", 0)
    assert "cannot confirm" in [h.cue for h in c.hedges]


def test_filming_time_is_not_stated(reading):
    when = claim(reading, "time", "filmed").when
    assert (when.earliest, when.latest, when.grain) == (None, "2021-09-28", "unknown")
    assert when.rule == "not stated; not after publication"


def test_background_attacks(reading):
    attacks = [i for i in reading.incidents if i.kind == "attack"]
    june, may, april, convoys, killing = attacks
    assert killing.when.earliest == "2020-01"
    assert (june.when.earliest, june.means[0].kind, june.means[0].count) == ("2021-06", "drone", 3)
    assert june.means[0].fate == "one shot down"
    assert (may.when.earliest, may.means[0].text) == ("2021-05", "crude rockets")
    assert (april.when.earliest, april.when.anchor) == ("2021-04", "event")
    assert {i.where.text for i in (june, may, april)} == {"Camp Victory"}
    assert convoys.when.latest == "2021-08-26"
    assert convoys.said_to_be_by[0].name == "Iraqi Militias"


def test_one_drone_is_only_said_to_have_been_shot_down(reading):
    c = claim(reading, "occurrence", "shot down")
    assert c.hedges[0].kind == "hearsay"
    assert c.factuality == 1


def test_no_casualties_reported_is_not_none(reading):
    c = claim(reading, "casualties", "reported")
    assert c.polarity == "negated"
    assert c.casualties.basis == "reported"
    assert c.casualties.killed is None
    assert {i.casualties.basis for i in reading.incidents if i.casualties} == {"reported"}


def test_july_and_this_summer_are_one_agreement(reading):
    agreements = [i for i in reading.incidents if i.kind == "agreement"]
    assert len(agreements) == 1
    assert len(agreements[0].mentions) == 2
    assert agreements[0].when.earliest == "2021-07"


def test_militias_hold_their_own_claim(reading):
    c = claim(reading, "occurrence", "Eight US Logistics Convoys")
    assert [h.name for h in c.holders] == ["Iraqi Militias", "Sputnik International"]
    assert c.hedges[0].kind == "claim"


def test_troop_numbers_from_and_to(reading):
    c = claim(reading, "measurement", "5,300 to 2,500")
    assert (c.quantity.change_from, c.quantity.change_to) == (5300, 2500)
    assert (c.when.earliest, c.when.latest) == ("2020-03", "2021-01")


def test_three_names_and_their_edges(reading):
    names = {s.id: s.name for s in reading.sources}
    assert sorted(names.values()) == [
        "Al Mayadeen correspondent",
        "Sputnik International",
        "Tehran Times/twitter",
    ]
    edges = {(names[e.earlier], names[e.later]): (e.relation, e.basis) for e in reading.edges}
    assert edges == {
        ("Al Mayadeen correspondent", "Sputnik International"): ("filmed", "stated"),
        ("Tehran Times/twitter", "Sputnik International"): ("credited", "stated"),
        ("Al Mayadeen correspondent", "Tehran Times/twitter"): ("republished", "inferred"),
    }


def test_same_bytes_same_reading(shared):
    data = next((shared / "report").glob("*.txt")).read_bytes()
    assert read_report(data).canonical() == read_report(data).canonical()


def test_ids_count_in_document_order(reading):
    assert [c.id for c in reading.claims] == [f"c{n}" for n in range(1, len(reading.claims) + 1)]
    assert [e.id for e in reading.edges] == ["e1", "e2", "e3"]
    assert canonical(reading.plain()) == reading.canonical()


def test_keys_of_the_plain_reading(reading):
    assert set(reading.plain()) == {"report", "claims", "incidents", "sources", "edges", "warnings"}


def test_quick(shared):
    data = next((shared / "report").glob("*.txt")).read_bytes()
    began = time.perf_counter()
    read_report(data)
    assert time.perf_counter() - began < 5
