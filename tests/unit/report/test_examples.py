"""The shipped example, as text and as a page: what the demo stands on."""

import pytest

from firsthand.origins import origin_groups
from firsthand.report import read_report


@pytest.fixture(scope="module", params=["report.txt", "report.html"])
def reading(request, repository):
    return read_report((repository / "examples" / request.param).read_bytes())


def test_height_as_a_vague_range(reading):
    figures = [c.quantity for c in reading.claims if c.footage and c.quantity]
    assert [(f.min, f.max, f.vague) for f in figures] == [(200, 999, True)]


def test_headline_place_and_hedge(reading):
    first = reading.claims[0]
    assert (first.where.text, first.where.relation) == ("Camp Victory", "next_to")
    assert [hedge.cue.lower() for hedge in first.hedges] == ["reportedly"]


def test_the_publisher_leaves_it_open(reading):
    status = [c for c in reading.claims if c.type == "status"]
    assert {c.polarity for c in status} == {"open"}


def test_published_and_not_filmed_later(reading):
    assert reading.report.published.date == "2021-09-28"
    when = next(c.when for c in reading.claims if c.type == "time" and c.footage)
    assert (when.earliest, when.latest) == (None, "2021-09-28")


def test_background(reading):
    attacks = [i.when.earliest for i in reading.incidents if i.kind == "attack" and i.when.earliest]
    assert {"2021-06", "2021-05", "2021-04"} <= set(attacks)
    assert {i.casualties.basis for i in reading.incidents if i.casualties} == {"reported"}


def test_one_origin(reading):
    groups = origin_groups(reading.sources, reading.edges)
    assert [(len(g.members), g.basis) for g in groups] == [(3, "inferred")]
