"""The clock, the actor and the entropy of one run: made here, injected everywhere else."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime

from firsthand.errors import InvalidTime

__all__ = ["actor_name", "clock"]


def clock() -> tuple[datetime, str]:
    """Now, and where that time came from.

    `SOURCE_DATE_EPOCH` (https://reproducible-builds.org/specs/source-date-epoch/) sets it for
    reproducible runs; a line of the log then says so.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        return datetime.now(UTC), "system clock"
    try:
        return datetime.fromtimestamp(int(given), UTC), "SOURCE_DATE_EPOCH"
    except (ValueError, OverflowError, OSError):
        raise InvalidTime(
            f"SOURCE_DATE_EPOCH is {given!r}, which is no number of seconds.",
            "Unset it, or give whole seconds since 1970.",
        ) from None


def actor_name(asked: str) -> str:
    """Who does this: as asked, else the system's user name."""
    if asked.strip():
        return asked.strip()
    try:
        return getpass.getuser()
    except OSError:
        return "unnamed user"
