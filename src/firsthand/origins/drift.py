"""Hedge drift: how the caution of one claim changes from copy to copy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from firsthand.records import Claim, EdtfDate, Part, Polarity, Report

__all__ = ["Drift", "DriftRow", "hedge_drift"]

MIN_SHARED = 0.5
"""Share of the shorter claim's content words that the other has too."""
MIN_WORDS = 3
"""Content words in common; two are enough where the shorter claim has no more."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_SMALL_WORDS = (
    "the and that for was with from has were are have been had its their his her they will "
    "this which who into out over any one all some until after before since during then than also "
    "not would could can may there where when while its because "
)
_SMALL = frozenset(_SMALL_WORDS.split())


class DriftRow(Part):
    """The claim as one report has it."""

    report: str
    claim: str
    publisher: str
    published: EdtfDate | None
    polarity: Polarity
    factuality: int
    hedges: tuple[str, ...]
    holders: tuple[str, ...]


class Drift(Part):
    """One claim through several reports, in order of publication.

    `change` compares the first with the last: `turned` when the polarity is another, `firmer` or
    `weaker` when its certainty is, `worded` when only the cues are, `same` otherwise.
    """

    proposition: str
    rows: tuple[DriftRow, ...]
    change: Literal["turned", "firmer", "weaker", "worded", "same"]


def hedge_drift(reports: Iterable[Report], claims: Iterable[Claim]) -> tuple[Drift, ...]:
    """Claims that two or more reports share, with their hedges side by side.

    Two claims are taken for one when they are of one type, both about the footage or neither, and
    half of the content words of the shorter (three at least) are in the other; of several that
    could be paired the most alike are, and one that is filmed rather with one that is filmed. That
    is a proposal for a person, as every reading is. Reports without a date come last, in the order
    given; so do claims.
    """
    known = list(reports)
    order = sorted(
        known,
        key=lambda report: (
            report.published is None,
            report.published.date if report.published else "",
            known.index(report),
        ),
    )
    rank = {report.id: index for index, report in enumerate(order)}
    by_report: dict[str, Report] = {report.id: report for report in known}
    groups: list[list[Claim]] = []
    held = [claim for claim in claims if claim.report in rank]
    for report in order:
        _join(groups, [claim for claim in held if claim.report == report.id])
    return tuple(
        Drift(
            proposition=group[0].proposition,
            rows=tuple(_row(claim, by_report[claim.report]) for claim in group),
            change=_change(group[0], group[-1]),
        )
        for group in groups
        if len(group) > 1
    )


def _words(claim: Claim) -> frozenset[str]:
    found = {word.lower() for word in _WORD.findall(claim.proposition)} - _SMALL
    return frozenset(word[:6] for word in found)


def _join(groups: list[list[Claim]], claims: list[Claim]) -> None:
    """Each claim of one report to the group that is most like it, one claim to a group."""
    pairs = sorted(
        (
            (_alike(group[0], claim), -number, -place)
            for number, group in enumerate(groups)
            for place, claim in enumerate(claims)
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for alike, number, place in pairs:
        if alike[0] and -place not in taken and -number not in taken.values():
            taken[-place] = -number
    for place, claim in enumerate(claims):
        if place in taken:
            groups[taken[place]].append(claim)
        else:
            groups.append([claim])


def _alike(one: Claim, other: Claim) -> tuple[bool, bool, float, float]:
    """Whether they can be one claim; then what tells the better pair from the worse."""
    if one.type != other.type or one.footage != other.footage:
        return False, False, 0.0, 0.0
    first, second = _words(one), _words(other)
    small, common = min(len(first), len(second)), len(first & second)
    if small < 2 or common < min(MIN_WORDS, small) or common < MIN_SHARED * small:
        return False, False, 0.0, 0.0
    passed = one.holders[0].relation == other.holders[0].relation
    return True, passed, common / len(first | second), common / small


def _row(claim: Claim, report: Report) -> DriftRow:
    return DriftRow(
        report=report.id,
        claim=claim.id,
        publisher=report.publisher or "not named",
        published=report.published.date if report.published else None,
        polarity=claim.polarity,
        factuality=claim.factuality,
        hedges=tuple(hedge.cue for hedge in claim.hedges),
        holders=tuple(holder.name for holder in claim.holders),
    )


def _change(first: Claim, last: Claim) -> Literal["turned", "firmer", "weaker", "worded", "same"]:
    if first.polarity != last.polarity:
        return "turned"
    if abs(last.factuality) != abs(first.factuality):
        return "firmer" if abs(last.factuality) > abs(first.factuality) else "weaker"
    cues = [{hedge.cue.lower() for hedge in claim.hedges} for claim in (first, last)]
    return "same" if cues[0] == cues[1] else "worded"
