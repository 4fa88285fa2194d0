"""Origins: three names and one origin, until shown otherwise; and never a word against."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from firsthand.checks.base import CheckResult
from firsthand.checks.origins import origins, shown_origins
from firsthand.checks.run import run


def counted(result: CheckResult) -> dict[str, float]:
    return {one.name: one.quantity.value for one in result.measurements}


def test_three_names_one_origin(source: Callable[..., Any], edge: Callable[..., Any]) -> None:
    """The report: a correspondent filmed, a still is credited to a paper, an agency publishes."""
    sources = (source("agency"), source("correspondent", kind="person"), source("paper"))
    edges = (
        edge("correspondent", "agency", "filmed"),
        edge("paper", "agency", "credited"),
        edge("correspondent", "paper", "republished", "inferred"),
    )
    result = run(origins, {"sources": sources, "edges": edges})
    assert result.outcome.kind == "inconclusive"
    assert str(result.statement) == "Sources named: 3. Count one origin until shown otherwise."
    assert counted(result) == {
        "sources named": 3,
        "origins shown": 1,
        "reports that are a text with another": 0,
        "copies in an archive": 0,
    }
    assert any("1 of the 3 links" in str(limit) for limit in result.limits)


def test_names_with_nothing_between_them_are_one_origin_too(source: Callable[..., Any]) -> None:
    result = run(origins, {"sources": tuple(source(f"s{n}") for n in range(9))})
    assert result.outcome.kind == "inconclusive"
    assert counted(result)["origins shown"] == 1


def test_the_claims_lineage_is_told_and_makes_no_origin(
    source: Callable[..., Any], edge: Callable[..., Any]
) -> None:
    sources = (source("a", "Wire"), source("b", "Blog"), source("c", "x.example/1"))
    copied = edge("a", "b", "same_text", "inferred").model_copy(update={"lineage": "claim"})
    linked = edge("c", "b", "linked").model_copy(update={"lineage": "claim"})
    result = run(origins, {"sources": sources, "edges": (copied, linked)})
    said = " ".join(str(limit) for limit in result.limits)
    assert result.outcome.kind == "inconclusive"
    assert counted(result)["reports that are a text with another"] == 2
    assert "Wire and Blog are largely one text" in said
    assert "pass the claim on: 1" in said


def test_a_link_against_the_order_of_time_is_told(
    source: Callable[..., Any], edge: Callable[..., Any]
) -> None:
    dates = {"a": "2021-05-04", "b": "2021-05-06", "c": "2021-05"}
    sources = tuple(
        source(name).model_copy(update={"first_seen": date}) for name, date in dates.items()
    )

    def told(earlier: str, later: str) -> bool:
        result = run(origins, {"sources": sources, "edges": (edge(earlier, later, "linked"),)})
        return any("first seen later" in str(limit) for limit in result.limits)

    assert told("b", "a")
    assert not told("a", "b")
    assert not told("c", "a")


def test_one_name_in_two_reports_is_named_once(source: Callable[..., Any]) -> None:
    sources = (
        source("r1.s2", "Tehran Times/twitter", "account"),
        source("r2.s2", "Tehran Times/Twitter", "account"),
        source("r1.s9", "not named, on X", "unnamed"),
        source("r2.s9", "not named, on X", "unnamed"),
    )
    assert counted(run(origins, {"sources": sources}))["sources named"] == 3


def test_two_people_who_filmed_are_two(
    source: Callable[..., Any], edge: Callable[..., Any]
) -> None:
    sources = (source("a", kind="person"), source("b", kind="person"), source("paper"))
    edges = (edge("a", "paper", "filmed"), edge("b", "paper", "filmed"))
    result = run(origins, {"sources": sources, "edges": edges})
    assert result.outcome.kind == "consistent"
    assert result.toward == "for"
    assert (result.lr, result.p_value) == (None, None)
    assert len(shown_origins(sources, edges)) == 2


def test_one_recording_has_one_filmer_under_whatever_names(
    source: Callable[..., Any], edge: Callable[..., Any]
) -> None:
    sources = (
        source("r1.a", "Sara Ali", "person"),
        source("r1.p"),
        source("r2.a", "Omar Said", "person"),
        source("r2.p"),
        source("item-1", "the footage item-1", "item"),
        source("copy", "a copy in the archive", "item"),
    )
    told = (edge("r1.a", "r1.p", "filmed"), edge("r2.a", "r2.p", "filmed"))
    assert len(shown_origins(sources, told)) == 2
    one = (edge("r1.p", "item-1", "republished", "inferred"),)
    for more in (
        edge("r2.p", "item-1", "republished", "inferred"),
        edge("copy", "item-1", "same_recording", "inferred"),
    ):
        other = (*one, more, edge("r2.p", "copy", "republished", "inferred"))
        assert len(shown_origins(sources, (*told, *other))) == 1
        result = run(origins, {"sources": sources, "edges": (*told, *other)})
        assert result.outcome.kind == "inconclusive"
        said = " ".join(str(limit) for limit in result.limits)
        assert "have filmed the footage item-1: Sara Ali, Omar Said." in said


def test_one_filmer_named_in_two_reports_is_one(
    source: Callable[..., Any], edge: Callable[..., Any]
) -> None:
    sources = (
        source("r1.a", "Sara Ali", "person"),
        source("r1.p"),
        source("r2.a", "sara ali ", "person"),
        source("r2.p"),
    )
    edges = (edge("r1.a", "r1.p", "filmed"), edge("r2.a", "r2.p", "filmed"))
    assert len(shown_origins(sources, edges)) == 1


def test_a_filmer_nobody_names_or_only_we_infer_adds_none(
    source: Callable[..., Any], edge: Callable[..., Any]
) -> None:
    sources = (source("a", kind="person"), source("who", kind="unnamed"), source("b"), source("p"))
    edges = (
        edge("a", "p", "filmed"),
        edge("who", "p", "filmed"),
        edge("b", "p", "filmed", "inferred"),
    )
    assert len(shown_origins(sources, edges)) == 1


def test_without_sources() -> None:
    assert run(origins, {"sources": ()}).outcome.kind == "inconclusive"
    assert run(origins, {}).outcome.kind == "needs_input"
