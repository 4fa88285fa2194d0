"""The table of events, and dates that cannot be."""

import pytest

from firsthand.origins import chronology, date_conflicts, dates_in_words, perhaps_one
from firsthand.records import Casualties, Incident, Means, Published, Report, Span, When, Where
from firsthand.report import read_report


def incident(name, earliest=None, *, latest=None, grain="month", kind="attack", place="", means=""):
    return Incident(
        id=name,
        kind=kind,
        summary=name,
        when=When(earliest=earliest, latest=latest or earliest, grain=grain)
        if earliest or latest
        else None,
        where=Where(text=place) if place else None,
        means=(Means(kind=means),) if means else (),
        source=name[0],
    )


def test_in_order_and_the_undated_last():
    rows = chronology(
        [
            incident("x"),
            incident("b", "2021-06"),
            incident("a", "2021-22", grain="season"),
            incident("c", "2021-05"),
        ]
    )
    assert [row.summary for row in rows] == ["a", "c", "b", "x"] or [
        row.summary for row in rows
    ] == ["c", "a", "b", "x"]
    assert rows[-1].earliest is None


def test_one_event_from_two_reports_is_one_row():
    rows = chronology(
        [
            incident("r1", "2021-05", place="Camp X", means="rocket"),
            incident("s1", "2021-05", means="rocket"),
        ]
    )
    assert [row.incidents for row in rows] == [("r1", "s1")]
    assert rows[0].sources == ("r", "s")


@pytest.mark.parametrize(
    "other",
    [
        {"place": "Camp Y"},
        {"means": "drone", "place": "Camp X"},
        {"kind": "fire"},
        {"earliest": "2021-06"},
    ],
)
def test_what_differs_stays_apart(other):
    given = {"earliest": "2021-05", "place": "Camp X", "means": "rocket"} | other
    rows = chronology(
        [incident("r1", "2021-05", place="Camp X", means="rocket"), incident("s1", **given)]
    )
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"earliest": "2021-05-04"}, True),
        ({"earliest": "2021-05-09"}, False),
        ({"earliest": "2021-05-04", "place": "Camp Y"}, False),
        ({"earliest": "2021-05-04", "means": "drone"}, False),
        ({"earliest": "2021-05-04", "kind": "fire"}, False),
        ({"earliest": "2021-05-04", "name": "r2"}, False),  # one source tells of two
    ],
)
def test_two_dates_of_what_may_be_one_event(other, told):
    given = {"name": "s1", "grain": "day", "place": "Camp X", "means": "rocket"} | other
    rows = chronology(
        [
            incident("r1", "2021-05-02", grain="day", place="Camp X", means="rocket"),
            incident(given.pop("name"), given.pop("earliest"), **given),
        ]
    )
    found = perhaps_one(rows)
    assert bool(found) == told
    if told:
        assert "may be one event" in str(found[0])


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2021-06", "2021-06", "2021-06"),
        ("2021-22", "2021-22", "summer 2021"),
        ("2020-03", "2021-01", "2020-03 to 2021-01"),
        (None, "2021-08-26", "by 2021-08-26"),
        ("2003", None, "from 2003"),
        (None, None, "not stated"),
    ],
)
def test_dates_in_words(earliest, latest, words):
    when = When(earliest=earliest, latest=latest, grain="unknown")
    (row,) = chronology([incident("x").model_copy(update={"when": when})])
    assert dates_in_words(row) == words


def test_none_reported_is_said_as_that():
    one = incident("r1", "2021-05").model_copy(update={"casualties": Casualties(basis="reported")})
    assert chronology([one])[0].casualties == "none reported"


def report(published, updated=None):
    span = Span(exact="", start=0, end=0)
    return Report(
        id="r1",
        sha256="0" * 64,
        media_type="text/plain",
        encoding="utf-8",
        published=Published(date=published, span=span, rule="x"),
        updated=Published(date=updated, span=span, rule="x") if updated else None,
    )


def test_events_after_publication_and_updates_before_it():
    found = date_conflicts(report("2021-05-02", "2021-05-01"), [incident("late", "2021-06")])
    assert len(found) == 2
    assert date_conflicts(report("2021-05-02"), [incident("in time", "2021-05")]) == ()


@pytest.mark.shared
def test_the_real_report(shared):
    reading = read_report(next((shared / "report").glob("*.txt")).read_bytes())
    rows = chronology(reading.incidents)
    attacks = [row.earliest for row in rows if row.kind == "attack" and row.earliest]
    assert attacks == ["2020-01", "2021-04", "2021-05", "2021-06"]
    assert date_conflicts(reading.report, reading.incidents) == ()
