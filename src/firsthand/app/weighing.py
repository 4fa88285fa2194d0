"""What the findings of a case come to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from firsthand.app.checking import stale_findings
from firsthand.app.gather import live, shots_of
from firsthand.app.kept_evidence import LABEL
from firsthand.app.settling import supplies
from firsthand.app.store import open_case
from firsthand.case import Case, CaseState
from firsthand.checks.origins import shown_origins
from firsthand.checks.registry import find_check
from firsthand.findings import Proposition, Settles, Weighing, weigh, would_settle
from firsthand.findings.settle import Target
from firsthand.records import Finding

__all__ = ["one_origin", "settle_state", "weigh_case", "weigh_state"]


def one_origin(state: CaseState, findings: Collection[Finding]) -> bool:
    """Whether all that is known of the event goes back to one origin, until shown otherwise.

    Who filmed for themselves are origins by their statements; what somebody else recorded (a
    satellite) and a finding supports the event with is one more.
    """
    filmers = shown_origins(tuple(state.sources.values()), live(state, state.edges))
    recorded = any(
        finding.proposition == "E"
        and finding.outcome.kind == "consistent"
        and any(state.items[ref.id].label.startswith(LABEL) for ref in finding.inputs.items)
        for finding in findings
    )
    return max(1, len(filmers)) + recorded <= 1


def _kept(state: CaseState, without: Collection[str]) -> list[Finding]:
    return [one for one in state.findings.values() if one.check not in without]


def weigh_state(
    state: CaseState, stale: frozenset[str], without: frozenset[str] = frozenset()
) -> Weighing:
    """Weigh what stands; `without` leaves the findings of these checks out."""
    findings = _kept(state, without)
    return weigh(
        findings,
        [shot.id for shot in shots_of(state)],
        one_origin=one_origin(state, [one for one in findings if one.id not in stale]),
        stale=stale,
    )


def settle_state(
    case: Case, state: CaseState, stale: frozenset[str], without: frozenset[str] = frozenset()
) -> dict[Target, tuple[Settles, ...]]:
    """For each proposition which missing inputs would move it, by asking the checks."""
    findings = _kept(state, without)
    return would_settle(
        findings,
        [shot.id for shot in shots_of(state)],
        supplies(case, state, without),
        one_origin=one_origin(state, [one for one in findings if one.id not in stale]),
        stale=stale,
    )


def weigh_case(directory: Path, *, without: Sequence[str] = ()) -> dict[str, Any]:
    """Each proposition with its status, what carries it, and what would settle it.

    Raises:
        NoSuchThing: `without` names no check.
    """
    for name in without:
        find_check(name)
    case = open_case(directory)
    state = case.state()
    stale = stale_findings(case, state)
    left_out = frozenset(without)
    weighing = weigh_state(state, stale, left_out)
    settles = settle_state(case, state, stale, left_out)
    return {
        "propositions": [
            _told(one, settles.get((one.id, one.shot), ())) for one in weighing.propositions
        ],
        "questions_in_play": weighing.in_play,
        "stale": sorted(stale),
        "without": list(without),
    }


def _told(one: Proposition, settles: Sequence[Settles]) -> dict[str, Any]:
    return {
        "id": one.id,
        "shot": one.shot,
        "status": one.status,
        "carried_by": list(one.carried_by),
        "agrees": list(one.agrees),
        "conflicts": list(one.conflicts),
        "against": [
            {
                "alternative": row.alternative,
                "carried_by": row.carried_by,
                "strength": str(row.strength) if row.strength else None,
            }
            for row in one.against
        ],
        "would_settle": [
            {
                "inputs": list(row.inputs),
                "cost": row.cost,
                "asks": [str(ask) for ask in row.asks],
                "could_become": list(row.could_become),
            }
            for row in settles
        ],
        "strength": str(one.strength) if one.strength else None,
        "rests_on_unaccepted": one.rests_on_unaccepted,
    }
