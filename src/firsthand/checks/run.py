"""Ask one check: hand it the inputs it names, and take whatever happens as an outcome."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from firsthand.checks.base import Check, CheckResult
from firsthand.checks.inputs import describe
from firsthand.records import CouldNotRun, NeedsInput, say

__all__ = ["run"]

MAX_ERROR = 500
"""Characters kept of an error's own words: a stranger's file may have written them."""


def run(check: Check, inputs: Mapping[str, object]) -> CheckResult:
    """The check's result on the inputs it names; never raises, never changes an input.

    A required input that is absent or None gives `NeedsInput` with every such name. An exception
    in the check, or a result that is none, gives `CouldNotRun`.
    """
    given = {name: inputs[name] for name in check.inputs if inputs.get(name) is not None}
    missing = tuple(name for name in check.required if name not in given)
    if missing:
        return CheckResult(
            outcome=NeedsInput(missing=missing, why=describe(missing[0]).ask),
            statement=say(
                "This could not be asked yet; what is missing: {missing}.",
                missing=", ".join(missing).replace("_", " "),
            ),
        )
    try:
        result: object = check.function(**copy.deepcopy(given))
    except (Exception, SystemExit) as error:
        return _broken(f"{type(error).__name__}: {error}")
    if not isinstance(result, CheckResult):
        return _broken(f"TypeError: the check gave a {type(result).__name__}, not a CheckResult")
    return result


def _broken(error: str) -> CheckResult:
    return CheckResult(
        outcome=CouldNotRun(error=error[:MAX_ERROR]),
        statement=say("The check broke; nothing is known from it."),
    )
