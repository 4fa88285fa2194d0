"""A figure of strength has a study behind it, or there is none."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from firsthand.checks.base import CheckResult, check
from firsthand.checks.finding import to_finding
from firsthand.checks.nuisances import shared_by
from firsthand.checks.registry import all_checks, run
from firsthand.records import Consistent, Inconclusive, Inconsistent, Inputs, LikelihoodRatio, say

OWN = "firsthand "
GIVE_RATIOS = {"sun", "wind"}
STUDY = "docs/accuracy.md#somewhere"


def ratio(study: str) -> LikelihoodRatio:
    return LikelihoodRatio(low=2, high=9, study=study, ceiling=50)


def asked(result: CheckResult, study: str) -> str:
    @check(name="x", question="?", proposition="F", version="1", scope="case", study=study)
    def one() -> CheckResult:
        return result

    return run(one, {}).outcome.kind


FOR = CheckResult(outcome=Consistent(), statement=say("So."), lr=ratio(STUDY))
AGAINST = CheckResult(outcome=Inconsistent(), statement=say("So."), p_value=0.001)
DIRECTION = CheckResult(outcome=Inconsistent(), statement=say("So."), toward="against")


@pytest.mark.parametrize("result", [FOR, AGAINST], ids=["ratio", "p value"])
def test_a_figure_without_a_study_is_not_taken(result: CheckResult) -> None:
    assert asked(result, "") == "could_not_run"
    assert asked(result, STUDY) == result.outcome.kind


def test_a_ratio_by_another_study_is_not_taken() -> None:
    assert asked(FOR, "docs/accuracy.md#elsewhere") == "could_not_run"


def test_a_direction_needs_none() -> None:
    assert asked(DIRECTION, "") == "inconsistent"


def test_the_study_of_each_check_is_a_section_of_the_accuracy_page(repository: Path) -> None:
    """Whatever a check of this package may put a figure on, its study has been run and written."""
    text = (repository / "docs" / "accuracy.md").read_text()
    studies = {one.name: one.study for one in all_checks() if one.source.startswith(OWN)}
    assert studies["sun"], "the one check that has given figures from the first"
    for name, study in studies.items():
        if not study:
            continue
        page, _, area = study.partition("#")
        assert page == "docs/accuracy.md", name
        begin, end = f"<!-- {area}:begin -->", f"<!-- {area}:end -->"
        section = text.partition(begin)[2].partition(end)[0]
        assert any(letter.isdigit() for letter in section), f"{name}: no section {area}"
        if name in GIVE_RATIOS:
            assert "Cllr" in section, f"{name}: what its likelihood ratios cost is not measured"


def test_the_checks_that_give_ratios_are_those_known_to() -> None:
    """A new one has to be added here, and so needs its cost in the study."""
    giving = {
        one.name
        for one in all_checks()
        if one.source.startswith(OWN)
        and "lr=" in inspect.getsource(inspect.getmodule(one.function) or one.function)
    }
    assert giving == GIVE_RATIOS


def test_each_check_with_a_figure_names_what_it_is_held_against() -> None:
    """A likelihood ratio is against something, and passing is never taken for more."""
    for one in all_checks():
        if one.source.startswith(OWN) and one.study:
            assert one.alternative, one.name


@check(name="tied", question="?", proposition="F", version="1", scope="case")
def tied(heading: int = 0, place: int = 0) -> CheckResult:
    """Says nothing of what it was handed."""
    return CheckResult(outcome=Consistent(), statement=say("So."), nuisances=("cloud",))


def test_what_a_check_was_handed_ties_it_to_others_whatever_it_says() -> None:
    given = {"heading": 1, "place": 1}
    found = to_finding(tied, run(tied, given), id="f1", inputs=Inputs(), given=given)
    assert found.nuisances == ("cloud", "heading")


def test_place_and_time_are_tested_and_no_nuisance() -> None:
    assert shared_by(("place", "window", "claims", "report")) == ()
    assert shared_by(("shadow_azimuth", "sun_elevation")) == ("marks",)


def test_what_tells_nothing_is_tied_to_nothing() -> None:
    untold = CheckResult(outcome=Inconclusive(why=say("No.")), statement=say("No."))
    found = to_finding(tied, untold, id="f1", inputs=Inputs(), given={"heading": 1})
    assert found.nuisances == ()
