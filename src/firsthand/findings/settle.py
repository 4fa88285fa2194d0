"""Which missing input could move a status: computed by supposing it, cheapest first.

Whoever calls says what the checks would find if an input had this or that plausible value. Each
supposition is weighed like the case itself; an input is named only if some value of it would give
a proposition another status, and with the statuses that it could give. How likely a value is, is
never said: that would need a prior.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.findings.decisive import question_of
from firsthand.findings.weigh import Proposition, Status, Weighing, weigh
from firsthand.records import Finding, Message, PropositionId

__all__ = ["Settles", "Supply", "Target", "would_settle"]

Target = tuple[PropositionId, str | None]


@dataclass(frozen=True)
class Supply:
    """Inputs that might be had together, and what the checks would find with each value of them.

    `cost` is that of the dearest: 1 needs a person's eye on the case, 2 a map or a look into the
    report, 3 somebody outside. A world's findings take the place of those on the same questions.
    With `more_origins` it would also be shown that there is more than one origin.
    """

    inputs: tuple[str, ...]
    cost: int
    asks: tuple[Message, ...]
    worlds: tuple[tuple[Finding, ...], ...]
    more_origins: bool = False


@dataclass(frozen=True)
class Settles:
    """What to get, at which cost, and which statuses some value of it would give."""

    inputs: tuple[str, ...]
    cost: int
    asks: tuple[Message, ...]
    could_become: tuple[Status, ...]


def would_settle(
    findings: Sequence[Finding],
    shots: Sequence[str],
    supplies: Sequence[Supply],
    *,
    one_origin: bool,
    stale: frozenset[str] = frozenset(),
) -> dict[Target, tuple[Settles, ...]]:
    """For each proposition what could move it, cheapest first, and of like cost the simplest.

    What is inconsistent is settled. Inputs of which a part alone would move as much are left out.
    """
    now = weigh(findings, shots, one_origin=one_origin, stale=stale)
    out: dict[Target, list[Settles]] = {(one.id, one.shot): [] for one in now.propositions}
    for supply in sorted(supplies, key=lambda one: (one.cost, len(one.inputs), one.inputs)):
        then = [
            weigh(
                _with(findings, world),
                shots,
                one_origin=one_origin and not supply.more_origins,
                stale=stale,
            )
            for world in supply.worlds
        ]
        for one in now.propositions:
            moved = _moved(one, then)
            rows = out[one.id, one.shot]
            if moved and not any(
                set(row.inputs) <= set(supply.inputs) and set(moved) <= set(row.could_become)
                for row in rows
            ):
                rows.append(Settles(supply.inputs, supply.cost, supply.asks, moved))
    return {target: tuple(rows) for target, rows in out.items()}


def _with(findings: Sequence[Finding], world: Sequence[Finding]) -> list[Finding]:
    replaced = {question_of(one) for one in world}
    return [*(one for one in findings if question_of(one) not in replaced), *world]


def _moved(now: Proposition, then: Sequence[Weighing]) -> tuple[Status, ...]:
    if now.status == "inconsistent":
        return ()
    statuses = {found.status for one in then if (found := one.of(now.id, now.shot))}
    return tuple(sorted(statuses - {now.status}))
