"""Chronology: what the footage could show instead, innocent kinds too; and dates that clash."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from firsthand.checks.base import CheckResult
from firsthand.checks.chronology import chronology_check
from firsthand.checks.run import run
from firsthand.evidence.firms import read_firms
from firsthand.evidence.incidents import IncidentList
from firsthand.records import Candidate, Incident, Place, Published, Report, Span, When, Where
from firsthand.records import Window as Win

PLACE = Place(name="Camp X", latitude_deg=33.26, longitude_deg=44.23, radius_m=3000)
FIRES = (
    "latitude,longitude,acq_date,acq_time,satellite,instrument,confidence\n"
    "33.261,44.231,2021-03-01,1000,N,VIIRS,n\n"
    "33.261,44.231,2021-03-01,2200,N,VIIRS,n\n"
    "33.262,44.229,2021-08-05,1000,N,VIIRS,n\n"
    "34.9,44.229,2021-08-06,1000,N,VIIRS,n\n"
    "33.262,44.229,2022-08-05,1000,N,VIIRS,n\n"
)


def report(published: str = "2021-09-28", updated: str | None = None) -> Report:
    span = Span(exact="", start=0, end=0)
    return Report(
        id="r1",
        sha256="0" * 64,
        media_type="text/plain",
        encoding="utf-8",
        published=Published(date=published, span=span, rule="x"),
        updated=Published(date=updated, span=span, rule="x") if updated else None,
    )


def event(
    name: str,
    earliest: str | None,
    kind: str = "attack",
    *,
    place: str = "Camp X",
    at: tuple[float, float] | None = None,
) -> Incident:
    where = Where(
        text=place or name,
        candidates=(
            Candidate(
                name=name, latitude_deg=at[0], longitude_deg=at[1], kind="incident", source="list"
            ),
        )
        if at
        else (),
    )
    return Incident.model_validate(
        {
            "id": name,
            "kind": kind,
            "summary": name,
            "when": When(earliest=earliest, latest=earliest, grain="month") if earliest else None,
            "where": where if place or at else None,
            "source": "r1",
        }
    )


def asked(*incidents: Incident, **more: Any) -> CheckResult:
    given = {"reports": (report(),), "incidents": incidents, "place": PLACE} | more
    return run(chronology_check, given)


def counted(result: CheckResult) -> list[float]:
    return [one.quantity.value for one in result.measurements]


def said(result: CheckResult) -> str:
    return " ".join(str(one) for one in (result.statement, *result.limits))


def test_attacks_alone_prime_and_the_answer_says_so() -> None:
    result = asked(event("rockets", "2021-05"), event("drones", "2021-06"))
    assert result.outcome.kind == "inconclusive"
    assert (result.toward, result.lr, result.p_value) == (None, None, None)
    assert counted(result) == [2, 0, 0, 0, 0, 0]
    assert "primes “attack”" in said(result)
    assert "2021-05, attack: rockets; 2021-06, attack: drones" in said(result)


def test_an_innocent_kind_on_the_list_ends_the_warning() -> None:
    listed = IncidentList(
        incidents=(event("item-2.7", "2021-07", "fire", place="", at=(33.27, 44.23)),)
    )
    result = asked(event("rockets", "2021-05"), incident_lists=(listed,))
    assert counted(result) == [1, 1, 0, 0, 0, 0]
    assert "primes" not in said(result)
    assert "No list of incidents by others" not in said(result)


def test_events_elsewhere_later_or_without_a_place_are_told_apart() -> None:
    result = asked(
        event("far", "2021-05", place="Qala", at=(36.2, 44.0)),
        event("no place", "2021-05", place=""),
        event("a deal", "2021-07", "agreement"),
        event("undated", None, "smoke"),
        window=Win(start=datetime(2021, 6, 1, tzinfo=UTC), end=datetime(2021, 6, 20, tzinfo=UTC)),
    )
    assert counted(result) == [0, 0, 1, 0, 1, 0]
    assert "Each may be the claimed event itself" in said(result)


def test_what_lies_in_the_claimed_time_is_not_earlier() -> None:
    told = event("the fire itself", "2021-06-10", "fire")
    window = Win(start=datetime(2021, 6, 9, tzinfo=UTC), end=datetime(2021, 6, 11, tzinfo=UTC))
    assert counted(asked(told, window=window)) == [0, 0, 0, 0, 1, 0]
    assert counted(asked(told)) == [0, 1, 0, 0, 0, 0]
    assert "may be among these" in said(asked(told))


@pytest.mark.parametrize(
    ("dates", "earlier", "perhaps"),
    [
        (("2021-06", "2021-06"), 0, 1),  # the month overlaps the window
        (("2021-06-09", "2021-06-09"), 0, 1),  # an evening at UTC-5, stored the next UTC day
        (("2021-06-11", "2021-06-11"), 0, 1),
        (("2021-06-08", "2021-06-08"), 1, 0),
        (("2021-05", "2021-05"), 1, 0),
        (("2021-05", None), 0, 1),  # its end is not told
        ((None, "2021-05"), 1, 0),
        ((None, None), 0, 1),
        (("2021-06-13", "2021-06-13"), 0, 0),
    ],
)
def test_the_claimed_event_is_no_earlier_attack(
    dates: tuple[str | None, str | None], earlier: int, perhaps: int
) -> None:
    window = Win(start=datetime(2021, 6, 10, 1, tzinfo=UTC), end=datetime(2021, 6, 11, tzinfo=UTC))
    when = When(earliest=dates[0], latest=dates[1], grain="day")
    told = event("rockets", "2021-06").model_copy(update={"when": when})
    result = asked(told, window=window)
    assert counted(result) == [earlier, 0, 0, 0, perhaps, 0]
    assert ("Earlier events told of" in str(result.statement)) == bool(earlier)


def test_a_fire_that_may_be_the_claimed_one_is_no_earlier_day() -> None:
    window = Win(start=datetime(2021, 8, 6, 1, tzinfo=UTC), end=datetime(2021, 8, 7, tzinfo=UTC))
    result = asked(window=window, fire_files=(read_firms(FIRES.encode()),))
    assert counted(result) == [0, 0, 0, 1, 0, 1]
    assert "may be of the claimed event itself" in said(result)
    unset = asked(fire_files=(read_firms(FIRES.encode()),))
    assert counted(unset) == [0, 0, 0, 2, 0, 0]
    assert "may be among these" in said(unset)


def test_a_towns_middle_is_not_the_site() -> None:
    one = event("in town", "2021-05", place="Baghdad", at=(33.26, 44.23))
    where = one.where.model_copy(  # type: ignore[union-attr]
        update={"candidates": (one.where.candidates[0].model_copy(update={"kind": "city"}),)}  # type: ignore[union-attr]
    )
    assert counted(asked(one.model_copy(update={"where": where})))[0] == 0
    assert counted(asked(one))[0] == 1


def test_days_with_satellite_fires_before() -> None:
    result = asked(event("rockets", "2021-05"), fire_files=(read_firms(FIRES.encode()),))
    assert counted(result) == [1, 0, 0, 2, 0, 0]
    assert "on 2 days before, from 2021-03-01 to 2021-08-05" in said(result)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"incidents": (event("late", "2021-11"),)}, "late is dated 2021-11, after the report"),
        ({"reports": (report(updated="2021-09-01"),)}, "before it was published"),
    ],
)
def test_a_report_that_contradicts_itself(given: dict[str, Any], words: str) -> None:
    result = asked(**given)
    assert result.outcome.kind == "inconclusive"  # the report slipped, not the footage
    assert (result.toward, result.p_value) == (None, None)
    assert words in str(result.statement)
    assert "no proof against footage" in str(result.outcome.why)


def test_what_is_missing_is_named() -> None:
    assert run(chronology_check, {}).outcome.missing == ("reports",)  # type: ignore[union-attr]
    bare = run(chronology_check, {"reports": (report(),)})
    assert bare.outcome.missing == ("incident_lists", "fire_files", "place")  # type: ignore[union-attr]
    without = run(chronology_check, {"reports": (report(),), "incidents": (event("x", "2021-05"),)})
    told = said(without)
    for part in ("No list of incidents", "No record of fires", "no coordinates yet"):
        assert part in told


def test_the_picture_has_every_event_and_nothing_of_a_strangers() -> None:
    result = asked(
        event('<script>x</script> & "y"\u202e', "2021-05"), event("b", "2021-06", "fire")
    )
    (figure,) = result.figures
    tree = ElementTree.fromstring(figure.data)  # noqa: S314  (we drew it)
    names = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert names <= {"svg", "rect", "line", "circle", "text"}
    assert "\u202e" not in figure.data.decode()
    assert "1 attacks, 1 fires" in str(figure.alt)
    assert (
        result.figures
        == asked(
            event('<script>x</script> & "y"\u202e', "2021-05"), event("b", "2021-06", "fire")
        ).figures
    )


def test_a_long_list_is_quick_and_its_picture_shows_what_was_there() -> None:
    many = tuple(
        event(f"l{n}", f"{1990 + n % 30}-{n % 12 + 1:02d}-{n % 28 + 1:02d}", place="Qala")
        for n in range(5_000)
    )
    began = time.process_time()
    result = asked(*many, event("here", "2021-05"))
    assert time.process_time() - began < 10
    assert "attack: here" in result.figures[0].data.decode()
    assert "1 events" in str(result.figures[0].alt)
