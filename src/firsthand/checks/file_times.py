"""The instants that a file's own times can mean, with the doubt of their zones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from firsthand.checks.claimed import EARLIEST_ZONE, LATEST_ZONE
from firsthand.media.metadata import FileMetadata
from firsthand.media.times import TimeField

__all__ = ["FileTime", "file_times", "in_conflict"]

_DAY: Final = timedelta(days=1)
_SLACK: Final = timedelta(minutes=10)
"""A clock this far out is an ordinary clock."""


@dataclass(frozen=True)
class FileTime:
    """One time of the file as the earliest and the latest instant that it can mean."""

    field: TimeField
    first: datetime
    last: datetime

    @property
    def about_filming(self) -> bool:
        """It claims to be the time of taking, not of a later change."""
        return self.field.role in {"taken", "digitised", "created", "fix"}


def file_times(metadata: FileMetadata) -> tuple[FileTime, ...]:
    """The file's times that say anything, in its order; blanks and bare clock faces are left out.

    A stated zone and GPS time are taken at their word; a zone derived from GPS too. A container's
    UTC is by the format's rules, which some cameras break by writing local time, so it is read as
    a time of unknown zone is: good to the width of all zones.
    """
    found = (_instants(field, metadata.derived_offset_min) for field in metadata.times)
    return tuple(one for one in found if one is not None)


def _instants(field: TimeField, derived_min: int | None) -> FileTime | None:
    if field.blank or field.clock_only or field.local is None:
        return None
    try:
        face = datetime.fromisoformat(field.local).replace(tzinfo=UTC)
        if field.instant is not None and field.zone in {"stated", "gps"}:
            return FileTime(field, field.instant - _SLACK, field.instant + _SLACK)
        if field.kind == "gps":  # a day without a clock, in UTC
            return FileTime(field, face, face + _DAY)
        if field.kind == "camera" and derived_min is not None and not field.day_only:
            instant = face - timedelta(minutes=derived_min)
            return FileTime(field, instant - _SLACK, instant + _SLACK)
        end = face + _DAY if field.day_only else face
        return FileTime(field, face - EARLIEST_ZONE - _SLACK, end + LATEST_ZONE + _SLACK)
    except (ValueError, OverflowError):
        return None


def in_conflict(times: tuple[FileTime, ...]) -> tuple[FileTime, FileTime] | None:
    """Two times of taking, of different makers, that no zone reconciles; the first such pair."""
    taken = [one for one in times if one.about_filming and one.field.kind != "edited"]
    for index, one in enumerate(taken):
        for other in taken[index + 1 :]:
            apart = one.last < other.first or other.last < one.first
            if apart and one.field.kind != other.field.kind:
                return one, other
    return None
