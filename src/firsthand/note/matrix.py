"""Explanations against findings: what each finding says of each explanation but the claim's.

Everything that was asked stands in it, what did not tell and what speaks against the claim too: a
page that lists only what fits would persuade, and mislead.
"""

from __future__ import annotations

from typing import Final, get_args

from firsthand.findings import ALTERNATIVES, in_words
from firsthand.findings.strength import grade
from firsthand.note.given import NoteInput
from firsthand.note.pictured import Bearing, Matrix, MatrixCell, MatrixColumn, MatrixRow
from firsthand.records import Finding, PropositionId
from firsthand.records.finding import Alternative

__all__ = ["matrices"]

UNTOLD: Final[dict[str, Bearing]] = {
    "inconclusive": "silent",
    "not_applicable": "silent",
    "needs_input": "waits",
    "could_not_run": "broke",
}


def matrices(given: NoteInput) -> tuple[Matrix, ...]:
    """One table for what was asked of the case, and one for each shot."""
    shots = dict.fromkeys(finding.shot for finding in given.findings)
    ordered = sorted(shots, key=lambda shot: (shot is not None, shot or ""))
    return tuple(_matrix(given, shot) for shot in ordered)


def _matrix(given: NoteInput, shot: str | None) -> Matrix:
    asked = [finding for finding in given.findings if finding.shot == shot]
    spoken = {finding.proposition for finding in asked}
    rows: list[tuple[PropositionId, Alternative | None]] = []
    for proposition in get_args(PropositionId):
        if proposition != "F" and shot is not None and proposition not in spoken:
            continue
        if proposition == "F" and shot is None and proposition not in spoken:
            continue
        rows += [(proposition, one) for one in ALTERNATIVES[proposition]]
        if any(one.proposition == proposition and one.alternative is None for one in asked):
            rows.append((proposition, None))
    return Matrix(
        shot=shot,
        columns=tuple(MatrixColumn(finding=one.id, check=one.check) for one in asked),
        rows=tuple(
            MatrixRow(
                proposition=proposition,
                alternative=alternative,
                cells=tuple(
                    _cell(one, one.id in given.stale)
                    if (one.proposition, one.alternative) == (proposition, alternative)
                    else MatrixCell(says="unasked")
                    for one in asked
                ),
            )
            for proposition, alternative in rows
        ),
    )


def _cell(finding: Finding, stale: bool) -> MatrixCell:
    kind = finding.outcome.kind
    if stale:
        return MatrixCell(says="stale")
    if kind in UNTOLD:
        return MatrixCell(says=UNTOLD[kind])
    strength = in_words(finding.lr) if finding.lr else None
    side = grade(finding.lr)[1] if finding.lr else None
    if kind == "inconsistent" or finding.toward == "against" or side == "alternative":
        return MatrixCell(says="for", strength=strength)
    if finding.toward == "for" or side == "claim":
        return MatrixCell(says="against", strength=strength)
    return MatrixCell(says="fits", strength=strength)
