"""From when an item is known, and how that is known.

Posts are edited and pages updated: a date says nothing without the mechanism that made it and how
far it can be off.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from firsthand.errors import InputError, InvalidTime
from firsthand.records.base import Instant, Part

__all__ = ["MECHANISMS", "TRUSTED", "Mechanism", "SeenAt", "read_manifest", "seen_at"]

Mechanism = Literal["platform_time_stamp", "archive_capture", "rfc3161", "persons_word"]
MECHANISMS: dict[Mechanism, str] = {
    "platform_time_stamp": "a platform's time stamp",
    "archive_capture": "a capture by a web archive",
    "rfc3161": "an RFC 3161 time stamp",
    "persons_word": "a person's word",
}
TRUSTED: frozenset[Mechanism] = frozenset({"platform_time_stamp", "archive_capture", "rfc3161"})
"""Whose dates may contradict a claim, if it is said how far they can be off."""
DAY_OFF = timedelta(hours=26)
"""A bare date holds for some place on earth: noon UTC, give or take half a day and 14 hours."""


class SeenAt(Part):
    """Known from `at`, off by at most `off_by_s`; None: nobody said, so it never decides."""

    at: Instant
    mechanism: Mechanism
    off_by_s: float | None = Field(None, ge=0)
    source: str = ""

    @property
    def latest(self) -> datetime | None:
        """It existed by then at the latest; None where the error is unknown."""
        return None if self.off_by_s is None else self.at + timedelta(seconds=self.off_by_s)

    @property
    def trusted(self) -> bool:
        """The mechanism is one that may contradict a claim, and its error is stated."""
        return self.mechanism in TRUSTED and self.off_by_s is not None


def seen_at(
    text: str, *, mechanism: str = "persons_word", off_by_s: float | None = None, source: str = ""
) -> SeenAt:
    """Read a date or an instant with its mechanism.

    Raises:
        InvalidTime, InputError: no date, an instant without a zone, or an unknown mechanism.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidTime(
            f"{text!r} is no date.", "Write 2021-09-28, or 2021-09-28T16:00:00Z."
        ) from error
    if len(text.strip()) <= len("2021-09-28"):
        at = at.replace(hour=12, tzinfo=UTC)
        if off_by_s is not None:
            off_by_s += DAY_OFF.total_seconds()
    elif at.tzinfo is None:
        raise InvalidTime(f"{text!r} has no time zone.", "Write UTC with a final Z.")
    try:
        return SeenAt.model_validate(
            {"at": at, "mechanism": mechanism, "off_by_s": off_by_s, "source": source}
        )
    except ValidationError as error:
        raise InputError(
            f"{mechanism!r} with an error of {off_by_s!r} s is no way to know a date.",
            f"The mechanisms are {', '.join(MECHANISMS)}; the error is in seconds, 0 or more.",
        ) from error


def read_manifest(path: Path) -> dict[str, SeenAt]:
    """`path` → SeenAt for a CSV or JSON manifest with path, seen_at, mechanism, off_by_s, source.

    Raises:
        InputError: unreadable, or a row that lacks its path or date.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "The manifest cannot be read.", "Give a UTF-8 CSV or JSON file."
        ) from error
    found: dict[str, SeenAt] = {}
    for number, row in enumerate(_rows(text, path), 1):
        name, date = str(row.get("path") or "").strip(), str(row.get("seen_at") or "").strip()
        if not name:
            raise InputError(
                f"Row {number} of the manifest has no path.", "Fill its column `path`."
            )
        if not date:
            continue
        off = row.get("off_by_s")
        try:
            off_by = None if off in (None, "") else float(str(off))
        except ValueError as error:
            raise InputError(
                f"Row {number} of the manifest: {off!r} is no number of seconds.", "Mend it."
            ) from error
        found[name] = seen_at(
            date,
            mechanism=str(row.get("mechanism") or "persons_word"),
            off_by_s=off_by,
            source=str(row.get("source") or ""),
        )
    return found


def _rows(text: str, path: Path) -> Iterable[dict[str, Any]]:
    if path.suffix.lower() == ".json":
        try:
            rows = json.loads(text)
        except ValueError as error:
            raise InputError("The manifest is no JSON.", "Mend it.") from error
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise InputError("The manifest is no list of objects.", 'Write [{"path": …}, …].')
        return rows
    return csv.DictReader(io.StringIO(text))
