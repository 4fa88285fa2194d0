"""The check: which dates speak against a claim, and which do not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scipy.stats import beta

from firsthand.archive.match import Held, Match, Search, statement
from firsthand.archive.seen import SeenAt
from firsthand.archive.verdict import Verdict
from firsthand.checks.earlier_copy import CAMERAS, MISLED, STUDY, earlier_copy
from firsthand.checks.registry import run
from firsthand.records import Window

CLAIMED = Window(start=datetime(2021, 9, 28, tzinfo=UTC), end=datetime(2021, 9, 28, 23, tzinfo=UTC))
HELD = Held(videos=3, images=1, seconds=100.0, generation="1")


def _search(verdict: Verdict, *seen: SeenAt) -> Search:
    match = Match(
        path="/x/a.mp4", paths=("/x/a.mp4",), sha256="ab" * 32, verdict=verdict, reason="r",
        score=5.0, false_alarms=0.001, query_s=(0.0, 4.0), reference_s=(2.0, 6.0), speed=1.0,
        flipped=False, crop=(0.0, 0.0, 1.0, 1.0), cells=90, seen_at=seen,
    )  # fmt: skip
    return Search(
        query_sha256="cd" * 32, query_seconds=4.0, held=HELD, matches=(match,),
        statement=statement(HELD, (match,)),
    )  # fmt: skip


def _seen(day: int, mechanism: str = "archive_capture", off: float | None = 3600.0) -> SeenAt:
    return SeenAt(
        at=datetime(2021, 9, day, tzinfo=UTC),
        mechanism=mechanism,
        off_by_s=off,
        source="s",  # type: ignore[arg-type]
    )


def _outcome(search: Search | None, window: Window | None = CLAIMED) -> str:
    return run(earlier_copy, {"archive_search": search, "window": window}).outcome.kind


def test_the_same_recording_with_a_trusted_earlier_date_is_inconsistent() -> None:
    result = run(
        earlier_copy,
        {"archive_search": _search("same_recording", _seen(20)), "window": CLAIMED},
    )
    assert result.outcome.kind == "inconsistent"
    assert result.toward == "against"
    assert result.p_value == pytest.approx(beta.ppf(0.95, MISLED + 1, CAMERAS - MISLED))
    assert "does not decide by itself" in str(result.limits[0])
    assert result.measurements[0].quantity.value == pytest.approx(8 * 24)
    assert "0.00-4.00 s of this footage are 2.00-6.00 s" in str(result.statement)


def test_the_very_same_bytes_decide_and_go_first() -> None:
    found = _search("same_recording", _seen(20))
    (match,) = found.matches
    exact = match.model_copy(update={"sha256": found.query_sha256, "seen_at": (_seen(25),)})
    both = found.model_copy(update={"matches": (match, exact)})
    result = run(earlier_copy, {"archive_search": both, "window": CLAIMED})
    assert result.p_value is not None
    assert result.p_value < 1e-30
    assert result.measurements[0].quantity.value == pytest.approx(3 * 24)


def test_of_several_dates_the_one_that_is_surely_earliest_is_told() -> None:
    found = _search("same_recording", _seen(20, off=5 * 86400.0), _seen(21))
    result = run(earlier_copy, {"archive_search": found, "window": CLAIMED})
    assert result.measurements[0].quantity.value == pytest.approx(7 * 24)


def test_each_item_that_registers_is_paid_for() -> None:
    found = _search("same_recording", _seen(20))
    (match,) = found.matches
    other = match.model_copy(update={"verdict": "cannot_tell", "sha256": "ef" * 32})
    far = match.model_copy(update={"verdict": "cannot_tell", "sha256": "01" * 32, "cells": 3})

    def p_of(*matches: Match) -> float:
        search = found.model_copy(update={"matches": matches})
        value = run(earlier_copy, {"archive_search": search, "window": CLAIMED}).p_value
        assert value is not None
        return value

    assert p_of(match, far) == p_of(match)
    assert p_of(match, other) == pytest.approx(2 * p_of(match))
    assert p_of(match, *[other] * 9) == 1.0
    assert p_of(match) > 0.05


def test_the_study_is_named() -> None:
    assert earlier_copy.study == STUDY


@pytest.mark.parametrize("verdict", ["likely_same", "different_take", "cannot_tell"])
def test_nothing_but_the_same_recording_counts(verdict: Verdict) -> None:
    assert _outcome(_search(verdict, _seen(20))) == "inconclusive"


@pytest.mark.parametrize(
    "seen",
    [
        _seen(20, "persons_word"),
        _seen(20, "platform_time_stamp", None),
        _seen(27, off=2 * 86400.0),
        _seen(28),
        _seen(30),
    ],
    ids=["a word", "no error stated", "error too large", "same day", "later"],
)
def test_dates_that_do_not_decide(seen: SeenAt) -> None:
    assert _outcome(_search("same_recording", seen)) == "inconclusive"


def test_what_is_missing_is_named() -> None:
    assert _outcome(None) == "needs_input"
    result = run(earlier_copy, {"archive_search": _search("same_recording", _seen(20))})
    assert result.outcome.kind == "needs_input"
    assert result.outcome.missing == ("window",)


def test_finding_nothing_weighs_nothing() -> None:
    empty = Search(
        query_sha256="cd" * 32, query_seconds=4.0, held=HELD, matches=(),
        statement=statement(HELD, ()),
    )  # fmt: skip
    result = run(earlier_copy, {"archive_search": empty, "window": CLAIMED})
    assert result.outcome.kind == "inconclusive"
    assert result.toward is None
    assert "says nothing about the web" in str(result.statement)


def test_no_sentence_but_one_calls_anything_the_same() -> None:
    for verdict in ("likely_same", "different_take", "cannot_tell"):
        assert "none of them is shown to be the same recording" in str(_search(verdict).statement)  # type: ignore[arg-type]
