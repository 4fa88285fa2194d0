"""When the footage is claimed to have been filmed, as instants, with the doubt that dates carry.

A date is local and its zone is seldom written: 28 September begins in one place 14 hours before
midnight UTC and ends in another 12 hours after the next one (the extremes of the IANA time zone
database). The bounds here are the widest that the wording allows; unknown stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from firsthand.records import Claim, ClaimRef, EdtfDate, Window

__all__ = ["ClaimedTime", "claimed_time", "edtf_bounds"]

EARLIEST_ZONE: Final = timedelta(hours=14)
LATEST_ZONE: Final = timedelta(hours=12)

_DATE: Final = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?$")
_FIRST_SEASON: Final = 21
_LAST_SEASON: Final = 41
_WINTER_ENDS_MONTH: Final = 4


@dataclass(frozen=True)
class ClaimedTime:
    """The bounds, each None where nobody states it, and the claims that they rest on."""

    earliest: datetime | None = None
    latest: datetime | None = None
    claims: tuple[ClaimRef, ...] = ()

    @property
    def window(self) -> Window | None:
        """The bounds as a window, where both are known and do not contradict each other."""
        if self.earliest is None or self.latest is None or self.earliest > self.latest:
            return None
        return Window(start=self.earliest, end=self.latest)


def claimed_time(claims: Iterable[Claim]) -> ClaimedTime:
    """The time of filming by the accepted claims about the footage: the narrowest of their bounds.

    A claim that is denied or left open, or that nobody accepted, states no time here.
    """
    earliest: list[datetime] = []
    latest: list[datetime] = []
    refs: list[ClaimRef] = []
    for claim in claims:
        if not (claim.footage and claim.stands and claim.when and claim.polarity == "affirmed"):
            continue
        first = edtf_bounds(claim.when.earliest) if claim.when.earliest else None
        last = edtf_bounds(claim.when.latest) if claim.when.latest else None
        if first:
            earliest.append(first[0])
        if last:
            latest.append(last[1])
        if first or last:
            refs.append(claim.ref)
    return ClaimedTime(
        earliest=max(earliest, default=None), latest=min(latest, default=None), claims=tuple(refs)
    )


def edtf_bounds(date: EdtfDate) -> tuple[datetime, datetime] | None:
    """The first and the last instant that an EDTF date can mean; None for one not understood.

    Years, months, days, seasons (which may be either hemisphere's), and instants with a zone or
    without are understood; open parts ("202X") are not.
    """
    found = _DATE.match(date)
    try:
        if found:
            start, end = _calendar(*(int(part) if part else None for part in found.groups()))
        else:
            start = end = datetime.fromisoformat(date)
    except (ValueError, OverflowError):
        return None
    if start.tzinfo is not None:
        return start.astimezone(UTC), end.astimezone(UTC)
    try:
        return (
            start.replace(tzinfo=UTC) - EARLIEST_ZONE,
            end.replace(tzinfo=UTC) + LATEST_ZONE,
        )
    except OverflowError:
        return None


def _calendar(
    year: int | None, month: int | None = None, day: int | None = None
) -> tuple[datetime, datetime]:
    """Local bounds of a year, month, season or day; the second is where the next one begins."""
    year = year or 0
    if month is None:
        return datetime(year, 1, 1), datetime(year + 1, 1, 1)  # noqa: DTZ001
    if _FIRST_SEASON <= month <= _LAST_SEASON:  # a winter runs on into the next year
        return datetime(year, 1, 1), datetime(year + 1, _WINTER_ENDS_MONTH, 1)  # noqa: DTZ001
    if day is None:
        following = (year, month + 1) if month < 12 else (year + 1, 1)
        return datetime(year, month, 1), datetime(*following, 1)  # noqa: DTZ001
    start = datetime(year, month, day)  # noqa: DTZ001
    return start, start + timedelta(days=1)
