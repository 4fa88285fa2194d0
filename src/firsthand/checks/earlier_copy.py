"""Was this footage public before the claimed event?

Only the same *recording*, found in an archive with a date whose mechanism is trusted and whose
error is stated, speaks against a claim; a copy of the same date or later is a source, and finding
none weighs nothing. See docs/explanation/footage-matching.md.

How often a true claim would be contradicted is how often another take of its scene is called the
same recording. In the study no filmed pair of takes was, and one made re-enactment; pairs of one
camera are no independent trials, so the bound is that of its cameras, and it is too large to decide
anything. Where the bytes
of the whole file are the archive's, nothing is measured, and only a collision of SHA-256 could
mislead.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from scipy.special import betaincinv

from firsthand.archive.match import Match, Search
from firsthand.archive.seen import MECHANISMS, SeenAt
from firsthand.checks.base import CheckResult, check
from firsthand.checks.claimed import claimed_time
from firsthand.records import (
    Claim,
    Inconclusive,
    Inconsistent,
    Measurement,
    Message,
    NeedsInput,
    Window,
    quantity,
    say,
)

__all__ = ["CAMERAS", "MISLED", "STUDY", "earlier_copy"]

STUDY: Final = "docs/accuracy.md#archive"
CAMERAS: Final = 12
MISLED: Final = 1
"""Cameras in the study's test half with takes of one scene that register, and those of which a take
was called the same recording wrongly: a made re-enactment."""
FALSE_SAME: Final = float(betaincinv(MISLED + 1, CAMERAS - MISLED, 0.95))
"""Upper 95 % bound (Clopper-Pearson) for MISLED of CAMERAS."""
COLLISION: Final = 2.0**-128
LEAST_PLACES: Final = 12
"""A match that agrees in fewer places of the picture does not register, and cannot be the same."""

NOTHING_ON_THE_WEB: Final = say(
    "The archive is what somebody gathered; finding nothing in it says nothing about the web."
)


@check(
    name="earlier_copy",
    question="Was this footage public before the claimed event?",
    proposition="F",
    version="3",
    scope="shot",
    alternative="same_place_other_time",
    study=STUDY,
)
def earlier_copy(
    archive_search: Search | None = None,
    window: Window | None = None,
    claims: tuple[Claim, ...] = (),
) -> CheckResult:
    """Hold the dates of matches against the earliest time that the claim allows."""
    if archive_search is None:
        return CheckResult(
            outcome=NeedsInput(
                missing=("archive_search",),
                why=say("An archive of earlier footage that it can be looked up in."),
            ),
            statement=say("It was not looked up in any archive."),
        )
    same = [row for row in archive_search.matches if row.verdict == "same_recording"]
    if not same:
        return CheckResult(
            outcome=Inconclusive(why=say("No match is shown to be the same recording.")),
            statement=archive_search.statement,
            limits=(NOTHING_ON_THE_WEB,),
        )
    dated = [(seen, row) for row in same for seen in row.seen_at]
    if not dated:
        return CheckResult(
            outcome=Inconclusive(why=say("No date is kept with any of them.")),
            statement=archive_search.statement,
        )
    start = window.start if window is not None else claimed_time(claims).earliest
    if start is None:
        return CheckResult(
            outcome=NeedsInput(
                missing=("window",),
                why=say("When it was filmed: the earliest and the latest time it can be."),
            ),
            statement=archive_search.statement,
        )
    trusted = [(seen, row) for seen, row in dated if seen.trusted]
    earlier = [pair for pair in trusted if _before(pair[0], start)]
    if earlier:
        seen, row = min(earlier, key=lambda pair: _rank(pair, archive_search))
        return _against(seen, row, start, claims, _p_value(row, archive_search))
    return CheckResult(
        outcome=Inconclusive(why=_why_not(dated, trusted, start)),
        statement=say(
            "The same recording is in the archive, known from {at} by {how}; that is a source, and"
            " does not contradict the claim.",
            at=_day(dated[0][0]),
            how=MECHANISMS[dated[0][0].mechanism],
        ),
    )


def _rank(pair: tuple[SeenAt, Match], found: Search) -> tuple[bool, datetime]:
    """The very same bytes first, then the earliest of the dates that are surely so early."""
    seen, row = pair
    return row.sha256 != found.query_sha256, seen.at + timedelta(seconds=seen.off_by_s or 0.0)


def _before(seen: SeenAt, start: datetime) -> bool:
    """Even at the latest that the date can be, it lies before the earliest claimed time."""
    return seen.latest is not None and seen.latest < start


def _day(seen: SeenAt) -> str:
    return f"{seen.at:%Y-%m-%d %H:%M}Z"


def _why_not(
    dated: list[tuple[SeenAt, Match]], trusted: list[tuple[SeenAt, Match]], start: datetime
) -> Message:
    if not trusted and any(seen.at < start for seen, _ in dated):
        return say(
            "A copy is said to be older than the event, but its date rests on somebody's word or"
            " on a mechanism whose error nobody stated."
        )
    return say("No trusted date lies before the claimed event by more than its error.")


def _p_value(row: Match, found: Search) -> float:
    """Every item that registers was a chance to be misled."""
    if row.sha256 == found.query_sha256:
        return COLLISION
    return min(1.0, FALSE_SAME * max(1, sum(one.cells >= LEAST_PLACES for one in found.matches)))


def _against(
    seen: SeenAt, row: Match, start: datetime, claims: tuple[Claim, ...], p_value: float
) -> CheckResult:
    error = seen.off_by_s or 0.0
    lead = (start - seen.at).total_seconds() / 3600
    return CheckResult(
        outcome=Inconsistent(),
        statement=say(
            "The same recording was there at {at} (by {how}, off by at most {off} h), before the"
            " claimed event: {query} s of this footage are {reference} s of that one.",
            at=_day(seen),
            how=MECHANISMS[seen.mechanism],
            off=f"{error / 3600:.1f}",
            query=f"{row.query_s[0]:.2f}-{row.query_s[1]:.2f}",
            reference=f"{row.reference_s[0]:.2f}-{row.reference_s[1]:.2f}",
        ),
        toward="against",
        p_value=p_value,
        tests=claimed_time(claims).claims,
        measurements=(
            Measurement(
                name="earlier than the claimed event",
                quantity=quantity(
                    lead, lead - error / 3600, lead + error / 3600, "h", "the date's own mechanism"
                ),
            ),
        ),
        nuisances=(f"date:{row.sha256[:16]}",),
        limits=(_limit(p_value),),
    )


def _limit(p_value: float) -> Message:
    if p_value == COLLISION:
        return say("The whole file is the archive's, byte for byte; only its date can mislead.")
    return say(
        "That both are one recording rests on the changes and the noise that they share. Of the"
        " {cameras} cameras of the study re-enactments misled it for {misled}; so few allow no"
        " smaller bound, and this finding does not decide by itself.",
        cameras=str(CAMERAS),
        misled=str(MISLED),
    )
