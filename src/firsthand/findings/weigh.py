"""From findings to the status of the three propositions, shot by shot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from firsthand.findings.alternatives import DIRECTION, Against, against, all_unlikely
from firsthand.findings.counted import leans, objects, support
from firsthand.findings.decisive import decisive, in_play_of
from firsthand.findings.groups import Group, merge
from firsthand.findings.holm import CASE_ERROR
from firsthand.findings.strength import in_words
from firsthand.records import Finding, Message, PropositionId, say

__all__ = ["PROPOSITIONS", "Proposition", "Status", "Weighing", "weigh"]

PROPOSITIONS: Final[tuple[PropositionId, ...]] = ("E", "F", "C")
Status = Literal[
    "not_established", "consistent", "consistent_and_unlikely_if_false", "inconsistent"
]


@dataclass(frozen=True)
class Proposition:
    """One proposition about one shot, after weighing; ids are of findings.

    `carried_by` made the status, strongest first, one of each group. `agrees` point towards the
    claim without strength to carry it. `conflicts` speak against without deciding, or stand in a
    group that points both ways. `against` has a row for each way in which it can be false.
    `shot` is None where the case has no footage.
    """

    id: PropositionId
    shot: str | None
    status: Status
    carried_by: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    agrees: tuple[str, ...] = ()
    against: tuple[Against, ...] = ()
    strength: Message | None = None
    rests_on_unaccepted: bool = False


@dataclass(frozen=True)
class Weighing:
    """E, F and C of each shot in turn; and over how many questions the error was held."""

    propositions: tuple[Proposition, ...]
    in_play: int

    def of(self, proposition: PropositionId, shot: str | None) -> Proposition | None:
        """That proposition of that shot, if it was weighed."""
        return next(
            (one for one in self.propositions if (one.id, one.shot) == (proposition, shot)), None
        )


def weigh(
    findings: Iterable[Finding],
    shots: Sequence[str],
    *,
    one_origin: bool,
    stale: frozenset[str] = frozenset(),
    in_play: int | None = None,
) -> Weighing:
    """Weigh the findings of a case; their order does not matter.

    Args:
        findings: the case's findings; those named in `stale` count for nothing.
        shots: ids of the shots, in order. A finding without a shot counts for each.
        one_origin: everything known goes back to one origin until shown otherwise. E is then
            `consistent` at most. A record that nobody of the origin made (a satellite's) is an
            origin of its own, and the caller says so.
        in_play: how many questions that can decide were asked of the case, each check once or
            once a shot. None counts them among the findings, told or not: what was asked is paid
            for.

    No posterior and no prior comes in or out.
    """
    given = sorted(findings, key=lambda one: one.id)
    live = [one for one in given if one.id not in stale]
    count = in_play_of(given) if in_play is None else in_play
    deciding = decisive(live, count)
    named = tuple(dict.fromkeys((*shots, *sorted({one.shot for one in live if one.shot}))))
    targets: list[tuple[PropositionId, str | None]] = [
        (proposition, shot) for shot in named or (None,) for proposition in PROPOSITIONS
    ]
    propositions = tuple(
        _status(
            proposition,
            shot,
            [
                one
                for one in live
                if one.proposition == proposition
                and (shot is None or one.shot is None or one.shot == shot)
            ],
            decides=deciding,
            capped=one_origin and proposition == "E",
            in_play=count,
        )
        for proposition, shot in targets
    )
    return Weighing(propositions=propositions, in_play=count)


def _status(
    proposition: PropositionId,
    shot: str | None,
    live: Sequence[Finding],
    *,
    decides: frozenset[str],
    capped: bool,
    in_play: int,
) -> Proposition:
    told = [one for one in live if one.outcome.kind in {"consistent", "inconsistent"}]
    groups = merge(told)
    deciding = [one for one in told if one.id in decides]
    carrying = [_strongest(group) for group in groups]
    carrying = [one for one in carrying if support(one) > 0]
    carrying.sort(key=lambda one: (-support(one), one.id))
    objected = any(objects(one) for one in told)
    status: Status = "not_established"
    strength: Message | None = None
    carried: list[Finding] = []
    if deciding:
        status, carried = "inconsistent", _one_a_group(groups, decides)
        strength = say(
            "p = {p}: a true claim is called inconsistent in at most {error} % of cases, over all "
            "questions asked that could decide, here {count}.",
            p=f"{carried[0].p_value:.2g}",
            error=f"{100 * CASE_ERROR:g}",
            count=str(in_play),
        )
    elif carrying and not objected:
        strong = all_unlikely(proposition, told) and not capped
        status = "consistent_and_unlikely_if_false" if strong else "consistent"
        carried = carrying
        strength = in_words(carrying[0].lr) if carrying[0].lr else DIRECTION
    carried_ids = tuple(one.id for one in carried)
    return Proposition(
        id=proposition,
        shot=shot,
        status=status,
        carried_by=carried_ids,
        conflicts=_conflicts(groups, decides),
        agrees=tuple(one.id for one in told if leans(one) and one.id not in carried_ids),
        against=against(proposition, () if objected else told),
        strength=strength,
        rests_on_unaccepted=any(one.rests_on_unaccepted for one in carried),
    )


def _strongest(group: Group) -> Finding:
    """In a group only this one counts: its siblings say the same thing over again."""
    return min(group.findings, key=lambda one: (-support(one), one.id))


def _one_a_group(groups: Iterable[Group], decides: frozenset[str]) -> list[Finding]:
    """The smallest p of each group that decides, smallest first."""

    def rank(one: Finding) -> tuple[float, str]:
        return (1.0 if one.p_value is None else one.p_value, one.id)

    deciding = ([one for one in group.findings if one.id in decides] for group in groups)
    return sorted((min(some, key=rank) for some in deciding if some), key=rank)


def _conflicts(groups: Iterable[Group], decides: frozenset[str]) -> tuple[str, ...]:
    """Objections that decide nothing, and everyone in a group that points both ways."""
    out: set[str] = set()
    for group in groups:
        objecting = {one.id for one in group.findings if objects(one)}
        agreeing = {one.id for one in group.findings if leans(one)}
        out |= objecting - decides
        if objecting and agreeing - objecting:
            out |= objecting | agreeing
    return tuple(sorted(out))
