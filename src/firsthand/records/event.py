"""A line of the log. The format is final from the first day.

A line carries ids and salted commitments alone: names, hashes of originals, places and reasons
are payloads, kept as objects of their own, so that an export may withhold one and still verify.
A payload file is canonical JSON `{"data": …, "salt": "<64 hex>", "schema": …}` and one LF; its
commitment is the SHA-256 of those bytes. `content` commits to an original: the SHA-256 of the
ASCII text `<salt hex><sha256 hex>`, the salt being the one in the event's `sensitive` payload.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from firsthand.records.base import Instant, Record, Sha256

__all__ = ["GENESIS", "Event", "EventKind", "PayloadName"]

GENESIS = "0" * 64
"""`prev` of the first line."""

PayloadName = Literal["open", "sensitive"]
EventKind = Literal[
    "case.created",
    "actor.introduced",
    "item.added",
    "derivative.added",
    "media.examined",
    "report.read",
    "claim.proposed",
    "claim.reviewed",
    "edge.proposed",
    "edge.reviewed",
    "incident.proposed",
    "incident.reviewed",
    "source.proposed",
    "setting.set",
    "mark.set",
    "finding.made",
    "note.written",
    "note.signed_off",
    "workflow.moved",
    "sensitivity.set",
    "redaction.set",
    "payload.encrypted",
    "payload.destroyed",
    "hold.set",
    "hold.lifted",
    "key.pinned",
    "checkpoint.sealed",
    "stamp.requested",
    "stamp.received",
    "export.written",
    "import.received",
    "recovered",
    "failed",
]


class Event(Record):
    """One line: RFC 8785 bytes and LF; `prev` is the SHA-256 of the line before, LF included."""

    schema_: Literal["firsthand/event/1"] = Field("firsthand/event/1", alias="schema")
    seq: int = Field(ge=1)
    prev: Sha256
    at: Instant
    time_source: str
    actor: str
    kind: EventKind
    subject: tuple[str, ...] = ()
    payloads: dict[PayloadName, Sha256] = Field(default_factory=dict)
    content: Sha256 | None = None
