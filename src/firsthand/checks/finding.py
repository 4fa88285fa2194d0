"""From a check's result to the record that is kept."""

from __future__ import annotations

from collections.abc import Iterable

from firsthand.checks.base import Check, CheckResult
from firsthand.checks.nuisances import shared_by
from firsthand.records import Claim, Finding, Inputs, Method

__all__ = ["method_of", "to_finding"]


def method_of(check: Check, tools: dict[str, str] | None = None) -> Method:
    """Which check, at which version, from which package, with which tools."""
    return Method(check=check.name, version=check.version, source=check.source, tools=tools or {})


def to_finding(
    check: Check,
    result: CheckResult,
    *,
    id: str,
    inputs: Inputs,
    shot: str | None = None,
    claims: Iterable[Claim] = (),
    rests_on_unaccepted: bool = False,
    figures: tuple[str, ...] = (),
    tools: dict[str, str] | None = None,
    given: Iterable[str] = (),
) -> Finding:
    """The Finding for a result; `figures` are the ids under which its figures were kept.

    `given` names the inputs that were there: what another finding was given too is shared with it,
    beside what the check itself names as shared.

    A finding rests on the unaccepted if it tests a claim that does not stand, or if the caller
    says so of its other inputs. `claims` are those that `result.tests` may refer to.
    """
    told = result.outcome.kind in {"consistent", "inconsistent"}
    standing = {claim.ref for claim in claims if claim.stands}
    return Finding(
        id=id,
        check=check.name,
        question=check.question,
        proposition=check.proposition,
        shot=shot,
        tests=result.tests,
        rests_on_unaccepted=rests_on_unaccepted or any(t not in standing for t in result.tests),
        outcome=result.outcome,
        statement=result.statement,
        alternative=check.alternative,
        toward=result.toward,
        lr=result.lr,
        p_value=result.p_value,
        power=result.power,
        measurements=result.measurements,
        nuisances=tuple(sorted({*result.nuisances, *(shared_by(given) if told else ())})),
        inputs=inputs,
        method=method_of(check, tools),
        study=check.study,
        limits=result.limits,
        figures=figures,
    )
