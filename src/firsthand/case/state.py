"""What a case comes to: a pure fold of its log up to a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from firsthand.case.context import Actor
from firsthand.case.effects import Effect, Payloads, prepare
from firsthand.case.growing import Growing, NoteEntry, SignedOff, WithheldPayload
from firsthand.case.seal_records import CheckpointSealed, KeyPinned, StampReceived, StampRequested
from firsthand.records import (
    GENESIS,
    Claim,
    Edge,
    Event,
    EventKind,
    Finding,
    Incident,
    Item,
    ItemKind,
    Mark,
    Media,
    Report,
    Review,
    Setting,
    Source,
)

__all__ = ["CaseState", "Fold", "NoteEntry", "SignedOff", "WithheldPayload", "fold", "prepare"]

BOOKKEEPING: Final[frozenset[EventKind]] = frozenset(
    {
        "actor.introduced",
        "note.written",
        "note.signed_off",
        "checkpoint.sealed",
        "stamp.requested",
        "stamp.received",
        "key.pinned",
        "export.written",
        "import.received",
        "redaction.set",
        "payload.encrypted",
        "hold.set",
        "hold.lifted",
        "recovered",
        "failed",
    }
)
"""Kinds that say nothing about the footage or the claims: a note need not be written anew."""


@dataclass(frozen=True)
class CaseState:
    """The case after line `last_seq`, whose hash is `head`. Nothing in it can be changed.

    Mappings keep the order in which things first came. `claims`, `settings`, `marks`, `findings`
    and `media` hold the latest; `claim_history`, `setting_history` and
    `finding_history` hold every revision.
    `line_of` gives, for the id of a record, the line that last changed it; `reviews` what a
    person did with an incident or edge. `substance` is the last line that changed what a note
    could say. `seals` go by their number, stamps and requests for them by seal and number.
    """

    case_id: str
    title: str
    last_seq: int
    head: str
    substance: int
    events: tuple[Event, ...]
    actors: Mapping[str, Actor]
    items: Mapping[str, Item]
    media: Mapping[str, Media]
    reports: Mapping[str, Report]
    claims: Mapping[str, Claim]
    claim_history: Mapping[str, tuple[Claim, ...]]
    incidents: Mapping[str, Incident]
    sources: Mapping[str, Source]
    edges: Mapping[str, Edge]
    reviews: Mapping[str, Review]
    settings: Mapping[tuple[str, str], Setting]
    setting_history: Mapping[str, tuple[Setting, ...]]
    marks: Mapping[str, Mark]
    findings: Mapping[tuple[str, str | None], Finding]
    finding_history: Mapping[tuple[str, str | None], tuple[Finding, ...]]
    notes: tuple[NoteEntry, ...]
    sign_offs: Mapping[int, tuple[SignedOff, ...]]
    workflow: str
    sensitivity: Mapping[str, str]
    withheld: tuple[WithheldPayload, ...]
    line_of: Mapping[str, int]
    keys: tuple[KeyPinned, ...]
    seals: Mapping[int, CheckpointSealed]
    stamp_requests: Mapping[tuple[int, int], StampRequested]
    stamps: Mapping[tuple[int, int], StampReceived]

    def item_by_content(self, sha256: str, kind: ItemKind) -> Item | None:
        """The first item of this kind with this content, if it is kept."""
        return next((i for i in self.items.values() if (i.sha256, i.kind) == (sha256, kind)), None)

    def note_number(self, upto: int) -> int:
        """The number that a note of the log up to `upto` has or would get."""
        for note in self.notes:
            if note.upto == upto:
                return note.number
        return max((note.number for note in self.notes), default=0) + 1


class Fold:
    """Takes lines in order; `state` gives what they come to so far."""

    def __init__(self) -> None:
        self._now = Growing()
        self._head = GENESIS

    def take(self, event: Event, payloads: Payloads, line_sha256: str) -> None:
        """One more line, with those of its payloads that are at hand.

        Raises:
            InvalidRecord: a payload holds no record of the kind that belongs there.
        """
        self.apply(event, prepare(event, payloads), line_sha256)

    def apply(self, event: Event, effects: Iterable[Effect], line_sha256: str) -> None:
        """One more line, prepared."""
        now = self._now
        now.events.append(event)
        now.items_added += event.kind in {"item.added", "derivative.added"}
        self._head = line_sha256
        for effect in effects:
            effect(now)
        if event.kind not in BOOKKEEPING:
            now.substance = event.seq

    @property
    def events(self) -> tuple[Event, ...]:
        """The lines so far."""
        return tuple(self._now.events)

    @property
    def items(self) -> Mapping[str, Item]:
        """The items so far."""
        return MappingProxyType(self._now.items)

    @property
    def items_added(self) -> int:
        """How many items came in, withheld ones too."""
        return self._now.items_added

    @property
    def actors(self) -> Mapping[str, Actor]:
        """The actors so far."""
        return MappingProxyType(self._now.actors)

    @property
    def notes(self) -> tuple[NoteEntry, ...]:
        """The notes so far."""
        return tuple(self._now.notes)

    @property
    def last_seq(self) -> int:
        """The number of lines so far."""
        return len(self._now.events)

    @property
    def head(self) -> str:
        """The hash of the last line."""
        return self._head

    def state(self) -> CaseState:
        """The frozen result."""
        now = self._now
        return CaseState(
            case_id=now.case_id,
            title=now.title,
            last_seq=len(now.events),
            head=self._head,
            substance=now.substance,
            events=tuple(now.events),
            actors=MappingProxyType(dict(now.actors)),
            items=MappingProxyType(dict(now.items)),
            media=MappingProxyType(dict(now.media)),
            reports=MappingProxyType(dict(now.reports)),
            claims=MappingProxyType({key: every[-1] for key, every in now.claims.items()}),
            claim_history=MappingProxyType(dict(now.claims)),
            incidents=MappingProxyType(dict(now.incidents)),
            sources=MappingProxyType(dict(now.sources)),
            edges=MappingProxyType(dict(now.edges)),
            reviews=MappingProxyType(dict(now.reviews)),
            settings=MappingProxyType(dict(now.settings)),
            setting_history=MappingProxyType(dict(now.setting_history)),
            marks=MappingProxyType(dict(now.marks)),
            findings=MappingProxyType({key: every[-1] for key, every in now.findings.items()}),
            finding_history=MappingProxyType(dict(now.findings)),
            notes=tuple(now.notes),
            sign_offs=MappingProxyType(dict(now.sign_offs)),
            workflow=now.workflow,
            sensitivity=MappingProxyType(dict(now.sensitivity)),
            withheld=tuple(now.withheld),
            line_of=MappingProxyType(dict(now.line_of)),
            keys=tuple(now.keys),
            seals=MappingProxyType(dict(now.seals)),
            stamp_requests=MappingProxyType(dict(now.stamp_requests)),
            stamps=MappingProxyType(dict(now.stamps)),
        )


def fold(lines: Iterable[tuple[Event, Payloads, str]]) -> CaseState:
    """The state after these lines, each with its payloads and its hash."""
    growing = Fold()
    for event, payloads, line_sha256 in lines:
        growing.take(event, payloads, line_sha256)
    return growing.state()
