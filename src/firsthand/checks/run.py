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


def run(check: Check, inputs: Mapping[str, object], *, guarded: bool = True) -> CheckResult:
    """The check's result on the inputs it names; never raises, never changes an input.

    Without `guarded` the check gets the inputs themselves and no copies: for what is supposed by
    the hundred and kept nowhere.

    A required input that is absent or None gives `NeedsInput` with every such name. An exception
    in the check, or a result that is none, gives `CouldNotRun`; so does a figure of strength that
    no study backs, since what it is worth is not known.
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
        result: object = check.function(**(copy.deepcopy(given) if guarded else given))
    except (Exception, SystemExit) as error:
        return _broken(f"{type(error).__name__}: {error}")
    if not isinstance(result, CheckResult):
        return _broken(f"TypeError: the check gave a {type(result).__name__}, not a CheckResult")
    return _backed(check, result)


def _backed(check: Check, result: CheckResult) -> CheckResult:
    if result.lr is None and result.p_value is None:
        return result
    if not check.study:
        return _broken("ValueError: the check gave a figure of strength and names no study of it")
    if result.lr is not None and result.lr.study != check.study:
        return _broken(f"ValueError: a likelihood ratio by {result.lr.study}, not {check.study}")
    return result


def _broken(error: str) -> CheckResult:
    return CheckResult(
        outcome=CouldNotRun(error=error[:MAX_ERROR]),
        statement=say("The check broke; nothing is known from it."),
    )
