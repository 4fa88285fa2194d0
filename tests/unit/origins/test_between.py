"""Edges between reports: one text, links, names; never against the order of time."""

import pytest

from firsthand.origins import by_name, edges_between, origin_groups
from firsthand.records import Claim, Edge, Holder, Line, Published, Report, Source, Span, say

BODY = (
    "A huge plume of black smoke rose over the Fort Amber depot outside Westport on Tuesday "
    "morning while fire crews from three neighbouring districts fought the blaze for several hours."
)
OTHER = "Officials opened a new school near the river yesterday, and the mayor cut a red ribbon."


def report(name, published="2021-05-04", *, words=BODY, url=None):
    span = Span(exact=words, start=0, end=len(words))
    return Report(
        id=name,
        sha256="0" * 64,
        media_type="text/plain",
        encoding="utf-8",
        url=url,
        published=Published(date=published, span=span, rule="x") if published else None,
        lines=(Line(number=1, role="body", span=span),),
    )


def home(name, publisher):
    return Source(id=f"{name}.s1", name=publisher, kind="outlet")


def edge(earlier, later, relation, lineage="footage"):
    return Edge.model_validate(
        {
            "id": f"{earlier}-{later}",
            "lineage": lineage,
            "earlier": earlier,
            "later": later,
            "relation": relation,
            "basis": "stated",
            "why": say("It says so."),
        }
    )


def claim(report, *holders):
    return Claim.model_validate(
        {
            "id": f"{report}.c1",
            "revision": 1,
            "report": report,
            "type": "occurrence",
            "proposition": "the depot burns",
            "spans": (),
            "polarity": "affirmed",
            "factuality": 3,
            "holders": (
                *(Holder(name=name, kind="outlet") for name in holders),
                Holder(name="x", kind="publisher"),
            ),
            "proposer": {"tool": "t", "version": "1", "rule": "r"},
            "review": {"state": "proposed"},
        }
    )


def between(reports, sources, edges=(), claims=()):
    return {
        one.id: (one.earlier, one.later, one.basis, one.lineage)
        for one in edges_between(reports, claims, sources, edges)
    }


def test_a_shortened_copy_is_one_text_and_the_earlier_comes_first():
    short = report("r1", "2021-05-05", words=BODY[:110])
    found = between((short, report("r2")), (home("r1", "Copy"), home("r2", "Wire")))
    assert found == {"r1-r2.same_text": ("r2.s1", "r1.s1", "inferred", "claim")}


def test_one_report_or_two_strangers_give_nothing():
    assert between((report("r1"),), (home("r1", "Wire"),)) == {}
    two = (report("r1"), report("r2", words=OTHER))
    assert between(two, (home("r1", "Wire"), home("r2", "Gazette"))) == {}


@pytest.mark.parametrize(
    "url",
    [
        "https://www.wire.example/news/1/?utm=x",
        "https://mobile.wire.example/news/1",
        "HTTPS://Wire.example/news/1#top",
        "//wire.example/news/1",
    ],
)
def test_a_link_to_the_others_page_is_stated(url):
    sources = (
        home("r1", "Wire"),
        home("r2", "Blog"),
        Source(id="r2.s2", name="wire.example/news/1", kind="outlet"),
    )
    two = (
        report("r1", url=url),
        report("r2", words=OTHER),
    )
    found = between(two, sources, (edge("r2.s2", "r2.s1", "linked", "claim"),))
    assert found == {"r1-r2.linked": ("r1.s1", "r2.s1", "stated", "claim")}


@pytest.mark.parametrize(
    ("published", "there"), [("2021-05-01", True), ("2021-05", True), ("2021-06-01", False)]
)
def test_a_credit_to_the_other_publisher_is_inferred_and_never_against_time(published, there):
    sources = (
        home("r1", "Al Mayadeen"),
        home("r2", "Blog"),
        Source(id="r2.s2", name="al mayadeen", kind="outlet"),
    )
    two = (report("r1", published), report("r2", words=OTHER))
    found = between(two, sources, (edge("r2.s2", "r2.s1", "credited"),))
    assert found == ({"r1-r2.credited": ("r1.s1", "r2.s1", "inferred", "footage")} if there else {})


def test_quoting_the_other_by_its_short_name():
    two = (report("r1"), report("r2", words=OTHER))
    sources = (home("r1", "Sputnik International"), home("r2", "Blog"))
    assert between(two, sources, claims=(claim("r2", "Sputnik"),)) == {
        "r1-r2.quoted": ("r1.s1", "r2.s1", "inferred", "claim")
    }
    assert between(two, sources, claims=(claim("r2", "Sput"),)) == {}


def test_publishers_that_are_not_named_are_nobody():
    two = (report("r1"), report("r2", words=OTHER))
    nameless = "the report's publisher (not named)"
    sources = (home("r1", nameless), home("r2", nameless))
    assert between(two, sources, claims=(claim("r2", nameless),)) == {}


def test_the_two_lineages_are_two_graphs():
    sources = (home("r1", "Wire"), home("r2", "Copy"))
    edges = edges_between((report("r1"), report("r2", "2021-05-05")), (), sources, ())
    assert [len(g.members) for g in origin_groups(sources, edges, "claim")] == [2]
    assert [len(g.members) for g in origin_groups(sources, edges, "footage")] == [1, 1]


def test_one_name_is_one_source():
    sources = (
        home("r1", "Wire"),
        Source(id="r1.s2", name="Ann Example", kind="person"),
        home("r2", "Gazette"),
        Source(id="r2.s2", name="ann example ", kind="person"),
    )
    named, edges = by_name(
        sources, (edge("r1.s2", "r1.s1", "filmed"), edge("r2.s2", "r2.s1", "filmed"))
    )
    assert [one.id for one in named] == ["r1.s1", "r1.s2", "r2.s1"]
    assert {one.earlier for one in edges} == {"r1.s2"}
    assert [len(g.members) for g in origin_groups(named, edges)] == [3]
