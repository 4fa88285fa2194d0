"""What the findings of a case come to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from firsthand.app.checking import stale_findings
from firsthand.app.gather import live, shots_of
from firsthand.app.store import open_case
from firsthand.case import CaseState
from firsthand.checks.origins import shown_origins
from firsthand.checks.registry import find_check
from firsthand.findings import Weighing, weigh

__all__ = ["weigh_case", "weigh_state"]


def weigh_state(
    state: CaseState, stale: frozenset[str], without: frozenset[str] = frozenset()
) -> Weighing:
    """Weigh what stands; `without` leaves the findings of these checks out."""
    origins = shown_origins(tuple(state.sources.values()), live(state, state.edges))
    return weigh(
        [one for one in state.findings.values() if one.check not in without],
        [shot.id for shot in shots_of(state)],
        one_origin=len(origins) <= 1,
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
    weighing = weigh_state(state, stale, frozenset(without))
    return {
        "propositions": [
            {
                "id": one.id,
                "shot": one.shot,
                "status": one.status,
                "carried_by": list(one.carried_by),
                "agrees": list(one.agrees),
                "conflicts": list(one.conflicts),
                "would_settle": [str(message) for message in one.would_settle],
                "strength": str(one.strength) if one.strength else None,
                "rests_on_unaccepted": one.rests_on_unaccepted,
            }
            for one in weighing.propositions
        ],
        "questions_in_play": weighing.in_play,
        "stale": sorted(stale),
        "without": list(without),
    }
