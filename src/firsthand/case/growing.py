"""What a case comes to, while its log is being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from firsthand.case.context import Actor
from firsthand.case.kept import KeptFile
from firsthand.case.layout import Parts
from firsthand.case.seal_records import CheckpointSealed, KeyPinned, StampReceived, StampRequested
from firsthand.records import (
    Claim,
    Edge,
    Event,
    Finding,
    Incident,
    Item,
    Mark,
    Media,
    PayloadName,
    Report,
    Review,
    Setting,
    Source,
)

__all__ = ["Growing", "NoteEntry", "SignedOff", "WithheldPayload"]


@dataclass(frozen=True)
class NoteEntry:
    """A note as it was written: the log up to `upto` gave these files."""

    number: int
    language: str
    upto: int
    seq: int
    files: tuple[KeptFile, ...]
    places: tuple[Parts, ...]


@dataclass(frozen=True)
class SignedOff:
    """Somebody signed a note off: who, and the line that says so."""

    actor: str
    seq: int


@dataclass(frozen=True)
class WithheldPayload:
    """A payload that this reader does not have."""

    seq: int
    name: PayloadName
    why: str


@dataclass
class Growing:
    """What a case comes to, while it grows; only `Fold` holds one."""

    case_id: str = ""
    title: str = ""
    substance: int = 0
    items_added: int = 0
    events: list[Event] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    claims: dict[str, tuple[Claim, ...]] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
    reviews: dict[str, Review] = field(default_factory=dict)
    settings: dict[tuple[str, str], Setting] = field(default_factory=dict)
    setting_history: dict[str, tuple[Setting, ...]] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    findings: dict[tuple[str, str | None], tuple[Finding, ...]] = field(default_factory=dict)
    notes: list[NoteEntry] = field(default_factory=list)
    sign_offs: dict[int, tuple[SignedOff, ...]] = field(default_factory=dict)
    workflow: str = ""
    sensitivity: dict[str, str] = field(default_factory=dict)
    withheld: list[WithheldPayload] = field(default_factory=list)
    line_of: dict[str, int] = field(default_factory=dict)
    keys: list[KeyPinned] = field(default_factory=list)
    seals: dict[int, CheckpointSealed] = field(default_factory=dict)
    stamp_requests: dict[tuple[int, int], StampRequested] = field(default_factory=dict)
    stamps: dict[tuple[int, int], StampReceived] = field(default_factory=dict)
