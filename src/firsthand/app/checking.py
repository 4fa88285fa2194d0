"""Run the checks: those whose inputs have changed, and no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from firsthand.app.examined import examined
from firsthand.app.gather import Gatherer, shots_of
from firsthand.app.plume_case import smoke_pictures
from firsthand.app.progress import QUIET, Progress
from firsthand.app.store import Desk, open_case, writing
from firsthand.case import Case, CaseState
from firsthand.checks.base import Check, CheckResult
from firsthand.checks.finding import method_of, to_finding
from firsthand.checks.registry import all_checks, find_check, run
from firsthand.records import Finding, Inputs, Made, Shot, sha256_hex

__all__ = ["Rerun", "check_case", "rerun", "stale_findings"]


@dataclass(frozen=True)
class _Question:
    """One check, asked of the case or of one shot, with what it would stand on now."""

    check: Check
    shot: Shot | None
    values: dict[str, object]
    inputs: Inputs
    unaccepted: bool

    @property
    def key(self) -> tuple[str, str | None]:
        return self.check.name, self.shot.id if self.shot else None

    def stands(self, finding: Finding) -> bool:
        """Whether asking again would be for nothing."""
        method = method_of(self.check)
        now = self.inputs.digest_for(method)
        return finding.inputs.digest_for(finding.method) == now


def _questions(gatherer: Gatherer, state: CaseState, checks: Sequence[Check]) -> list[_Question]:
    shots = shots_of(state)
    return [
        _Question(check, shot, *gatherer.inputs_for(check.inputs, shot))
        for check in checks
        for shot in (shots if check.scope == "shot" else (None,))
    ]


def stale_findings(case: Case, state: CaseState) -> frozenset[str]:
    """Ids of findings that stood on something which has since changed, or whose check is gone."""
    asked = {one.key: one for one in _questions(Gatherer(case, state), state, all_checks())}
    return frozenset(
        finding.id
        for key, finding in state.findings.items()
        if key not in asked or not asked[key].stands(finding)
    )


def check_case(
    directory: Path, *, only: Sequence[str] = (), actor: str = "", on: Progress = QUIET
) -> dict[str, Any]:
    """Ask every installed check, or those named, wherever an answer would be new.

    `warnings` name the evidence of the case that these checks could not be given.

    Raises:
        NoSuchThing: no check of that name.
    """
    checks = [find_check(name) for name in dict.fromkeys(only)] if only else list(all_checks())
    case = open_case(directory)
    state = case.state()
    gatherer = Gatherer(case, state)
    todo = [one for one in _questions(gatherer, state, checks) if not _stands(state, one)]
    ran: list[str] = []
    if todo:
        with writing(directory, actor) as desk:
            for question in todo:
                on.step(f"checking {question.check.name}")
                ran.append(_ask(desk, question).id)
        state = case.state()
    names = {check.name for check in checks}
    findings = [one for one in state.findings.values() if one.check in names]
    return {
        "ran": ran,
        "unchanged": [one.id for one in findings if one.id not in ran],
        "findings": [one.plain() for one in findings],
        "warnings": list(gatherer.left_out),
    }


@dataclass(frozen=True)
class Rerun:
    """A check asked again with the inputs that it had, and its figures by name and SHA-256."""

    finding: Finding
    figures: tuple[tuple[str, str], ...]


def rerun(case: Case, before: CaseState, finding: Finding) -> Rerun | None:
    """Ask a finding's question again in the case as it was before the finding was logged.

    None: its check is not installed, or the question did not arise then.
    """
    checks = [one for one in all_checks() if one.name == finding.check]
    key = finding.check, finding.shot
    asked = _questions(Gatherer(case, before), before, checks)
    question = next((one for one in asked if one.key == key), None)
    if question is None:
        return None
    result = run(question.check, question.values)
    return Rerun(
        _finding(question, result, before, id=finding.id, figures=finding.figures),
        tuple((one.name, sha256_hex(one.data)) for one in result.figures),
    )


def _stands(state: CaseState, question: _Question) -> bool:
    finding = state.findings.get(question.key)
    return finding is not None and question.stands(finding)


def _ask(desk: Desk, question: _Question) -> Finding:
    result = run(question.check, question.values)
    state = desk.writer.state
    made = sum(event.kind == "finding.made" for event in state.events)
    figures = _keep_figures(desk, question, result)
    finding = _finding(question, result, state, id=f"f{made + 1}", figures=figures)
    desk.writer.append(
        "finding.made",
        subject=(finding.id,),
        open={"check": finding.check, "outcome": finding.outcome.kind},
        sensitive=finding,
    )
    return finding


def _finding(
    question: _Question, result: CheckResult, state: CaseState, *, id: str, figures: tuple[str, ...]
) -> Finding:
    return to_finding(
        question.check,
        result,
        id=id,
        inputs=question.inputs,
        shot=question.shot.id if question.shot else None,
        claims=tuple(state.claims.values()),
        rests_on_unaccepted=question.unaccepted,
        given=question.values,
        figures=figures,
    )


def _keep_figures(desk: Desk, question: _Question, result: CheckResult) -> tuple[str, ...]:
    """New figures are derivatives of what the question stood on; others are kept already."""
    sources = question.inputs.items
    kept: list[str] = []
    for figure in result.figures:
        made = Made(
            tool=f"firsthand check {question.check.name}",
            version=question.check.version,
            arguments={"figure": figure.name},
            inputs=tuple(ref.id for ref in sources),
            input_sha256=tuple(ref.sha256 for ref in sources),
        )
        item = desk.writer.add_derivative(
            figure.data, media_type=figure.media_type, made=made, label=str(figure.alt)
        )
        kept.append(item.id)
    if result.shows and question.shot is not None:
        found = examined(desk.case, desk.writer.state, question.shot.item)
        shown = dict(found.pictures) if found else {}
        shown |= smoke_pictures(desk.writer.state, question.shot.item)
        kept.extend(shown[name].id for name in result.shows if name in shown)
    return tuple(kept)
