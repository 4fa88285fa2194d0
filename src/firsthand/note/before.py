"""What the note before said, read from the file that was handed over.

Only what the comparison needs is read, as plain data: notes of an older version count too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from firsthand.errors import InvalidRecord

__all__ = ["Before", "ClaimBefore", "FindingBefore", "read_before"]

Question = tuple[str, str | None]
"""A check, and the shot that it was asked of."""


@dataclass(frozen=True)
class FindingBefore:
    """A finding as it stood in the note before."""

    id: str
    outcome: str
    stale: bool
    version: str


@dataclass(frozen=True)
class ClaimBefore:
    """A claim as it stood in the note before."""

    revision: int
    proposition: str
    polarity: str


@dataclass(frozen=True)
class Before:
    """The note before: its number, its line of the log, and what it said by id."""

    number: int
    line: int
    signed: bool = False
    findings: Mapping[Question, FindingBefore] = field(default_factory=dict)
    claims: Mapping[str, ClaimBefore] = field(default_factory=dict)
    settings: Mapping[str, int] = field(default_factory=dict)
    items: frozenset[str] = frozenset()
    statuses: Mapping[Question, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


def read_before(data: bytes, *, signed: bool = False) -> Before:
    """Read a note's JSON; `signed` says whether somebody signed it off.

    Raises:
        InvalidRecord: it is no note.
    """
    try:
        said: dict[str, Any] = json.loads(data)
        return Before(
            number=int(said["number"]),
            line=int(said["log"]["line"]),
            signed=signed,
            findings={(one["check"], one["shot"]): _finding(one) for one in said["findings"]},
            claims={
                one["id"]: ClaimBefore(one["revision"], one["proposition"], one["polarity"])
                for one in said["claims"]
            },
            settings={one["id"]: one["revision"] for one in said["settings"]},
            items=frozenset(one["id"] for one in said["custody"]["items"]),
            statuses={
                (one["id"], one["shot"]): (one["status"], tuple(one["carried_by"]))
                for one in said["propositions"]
            },
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InvalidRecord(
            "The note before cannot be read, so what has changed cannot be told.",
            "Run `firsthand case audit` on the case.",
        ) from error


def _finding(one: dict[str, Any]) -> FindingBefore:
    version = str(one["method"]["values"].get("version", ""))
    return FindingBefore(one["id"], one["outcome"], bool(one["stale"]), version)
