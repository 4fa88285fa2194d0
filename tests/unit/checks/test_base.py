"""The frame of a check: inputs by name, a closed union of outcomes, nothing escapes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from firsthand.checks.base import Check, CheckResult, check
from firsthand.checks.finding import to_finding
from firsthand.checks.run import run
from firsthand.records import Claim, Consistent, Inconclusive, Inconsistent, Inputs, say

FINE = CheckResult(outcome=Consistent(), statement=say("It fits."))


def make(function: Callable[..., Any]) -> Check:
    return check(name="x", question="?", proposition="F", version="1", scope="case")(function)


def test_only_what_it_names_is_handed_over() -> None:
    seen: dict[str, object] = {}

    def function(place: str, light: str = "none") -> CheckResult:
        seen.update(place=place, light=light)
        return FINE

    one = make(function)
    assert one.inputs == ("place", "light")
    assert one.required == ("place",)
    assert run(one, {"place": "here", "window": "then", "other": 1}) == FINE
    assert seen == {"place": "here", "light": "none"}


def test_every_missing_input_is_named_and_none_is_a_pass() -> None:
    one = make(lambda place, window, light=None: FINE)
    result = run(one, {"place": None, "light": 1})
    assert result.outcome.kind == "needs_input"
    assert result.outcome.missing == ("place", "window")  # type: ignore[union-attr]
    assert "place, window" in str(result.statement)


@pytest.mark.parametrize(
    "error", [ValueError("bad"), RecursionError("deep"), SystemExit(3), MemoryError()]
)
def test_whatever_it_raises_is_an_outcome(error: BaseException) -> None:
    def function() -> CheckResult:
        raise error

    result = run(make(function), {})
    assert result.outcome.kind == "could_not_run"
    assert result.outcome.error.startswith(type(error).__name__)  # type: ignore[union-attr]


def test_ctrl_c_is_not_swallowed() -> None:
    def function() -> CheckResult:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(make(function), {})


@pytest.mark.parametrize("answer", [None, True, "success", Consistent()])
def test_an_answer_that_is_no_result_is_no_pass(answer: object) -> None:
    assert run(make(lambda: answer), {}).outcome.kind == "could_not_run"


def test_a_check_cannot_change_an_input() -> None:
    def function(values: list[int]) -> CheckResult:
        values.append(4)
        return FINE

    values = [1, 2, 3]
    assert run(make(function), {"values": values}) == FINE
    assert values == [1, 2, 3]


def test_inputs_are_named_or_the_check_is_none() -> None:
    def positional(place: str, /) -> CheckResult:
        return FINE

    for function in (lambda *args: FINE, lambda **inputs: FINE, positional):
        with pytest.raises(TypeError, match="by name"):
            make(function)


def test_a_long_error_is_cut() -> None:
    def function() -> CheckResult:
        raise ValueError("x" * 10_000)

    assert len(run(make(function), {}).outcome.error) <= 500  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": Inconclusive(why=say("?")), "toward": "for"},
        {"outcome": Inconclusive(why=say("?")), "p_value": 0.001},
        {"outcome": Consistent(), "toward": "against"},
        {"outcome": Inconsistent(), "toward": "for"},
        {"outcome": Inconsistent(), "p_value": 1.5},
    ],
)
def test_strength_without_an_answer_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"yet|no strength|cannot be"):
        CheckResult(statement=say("?"), **fields)


def test_a_finding_says_when_it_rests_on_the_unaccepted(claim: Callable[..., Claim]) -> None:
    one = make(lambda: FINE)
    accepted = claim()
    proposed = claim(id="r1.c2", review={"state": "proposed"})
    for tested, rests in ((accepted, False), (proposed, True)):
        result = CheckResult(outcome=Consistent(), statement=say("Fits."), tests=(tested.ref,))
        finding = to_finding(one, result, id="f1", inputs=Inputs(), claims=(accepted, proposed))
        assert finding.rests_on_unaccepted is rests
        assert finding.method.check == "x"


def test_listing_the_checks_loads_no_decoder() -> None:
    script = (
        "from firsthand.checks.registry import all_checks; import sys; all_checks();"
        "print([name for name in ('av', 'cv2', 'PIL', 'spacy') if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
