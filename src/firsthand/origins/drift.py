"""Hedge drift: how the caution of one claim changes from copy to copy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from firsthand.records import Claim, EdtfDate, Part, Polarity, Report

__all__ = ["Drift", "DriftRow", "hedge_drift"]

MIN_SHARED = 0.5
_WORD = re.compile(r"[^\W\d_]{3,}")
_SMALL_WORDS = (
    "the and that for was with from has were are have been had its their his her they will "
    "this which who into out over any one all some "
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

    Two claims are taken for one when half of the content words of the shorter are in the other
    and the types agree; that is a proposal for a person, as every reading is. Reports without a
    date come last, in the order given.
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
    for claim in sorted(
        (claim for claim in claims if claim.report in rank), key=lambda claim: rank[claim.report]
    ):
        best = max(groups, key=lambda group: _alike(group[0], claim), default=None)
        if (
            best is not None
            and _alike(best[0], claim) >= MIN_SHARED
            and all(other.report != claim.report for other in best)
        ):
            best.append(claim)
        else:
            groups.append([claim])
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


def _alike(one: Claim, other: Claim) -> float:
    if one.type != other.type or one.footage != other.footage:
        return 0.0
    first, second = _words(one), _words(other)
    small = min(len(first), len(second))
    return len(first & second) / small if small > 1 else 0.0


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
