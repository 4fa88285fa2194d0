"""What a case comes to: a pure fold of its log up to a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from firsthand.case.context import Actor
from firsthand.case.kept import KeptFile, NoteManifest
from firsthand.case.layout import Parts
from firsthand.case.payload import Withheld
from firsthand.errors import InvalidRecord
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
    PayloadName,
    Record,
    Report,
    Review,
    Setting,
    Source,
    canonical,
    load_record,
)

__all__ = ["CaseState", "Fold", "NoteEntry", "WithheldPayload", "fold", "prepare"]

Payloads = Mapping[PayloadName, dict[str, Any] | Withheld]
BOOKKEEPING: Final[frozenset[EventKind]] = frozenset(
    {
        "note.written",
        "checkpoint.sealed",
        "stamp.requested",
        "stamp.received",
        "key.pinned",
        "export.written",
        "import.received",
        "recovered",
        "failed",
    }
)
"""Kinds that say nothing about the footage or the claims: a note need not be written anew."""


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
class WithheldPayload:
    """A payload that this reader does not have."""

    seq: int
    name: PayloadName
    why: str


@dataclass(frozen=True)
class CaseState:
    """The case after line `last_seq`, whose hash is `head`. Nothing in it can be changed.

    Mappings keep the order in which things first came. `claims`, `settings`, `marks`, `findings`
    and `media` hold the latest; `claim_history`, `setting_history` and
    `finding_history` hold every revision.
    `line_of` gives, for the id of a record, the line that last changed it; `reviews` what a
    person did with an incident or edge. `substance` is the last line that changed what a note
    could say.
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
    sign_offs: Mapping[int, tuple[str, ...]]
    workflow: str
    sensitivity: Mapping[str, str]
    withheld: tuple[WithheldPayload, ...]
    line_of: Mapping[str, int]

    def item_by_content(self, sha256: str, kind: ItemKind) -> Item | None:
        """The first item of this kind with this content, if it is kept."""
        return next((i for i in self.items.values() if (i.sha256, i.kind) == (sha256, kind)), None)

    def note_number(self, upto: int) -> int:
        """The number that a note of the log up to `upto` has or would get."""
        for note in self.notes:
            if note.upto == upto:
                return note.number
        return max((note.number for note in self.notes), default=0) + 1


@dataclass
class _Growing:
    """The same, while it grows; only `Fold` holds one."""

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
    sign_offs: dict[int, tuple[str, ...]] = field(default_factory=dict)
    workflow: str = ""
    sensitivity: dict[str, str] = field(default_factory=dict)
    withheld: list[WithheldPayload] = field(default_factory=list)
    line_of: dict[str, int] = field(default_factory=dict)


Effect = Callable[[_Growing], None]


def prepare(event: Event, payloads: Payloads) -> tuple[Effect, ...]:
    """What a line will change, with every record in it read; nothing is changed yet.

    Raises:
        InvalidRecord: a payload holds no record of the kind that belongs there.
    """
    effects: list[Effect] = []
    merged: dict[str, Any] = {}
    for name, data in payloads.items():
        if isinstance(data, Withheld):
            effects.append(_withheld(WithheldPayload(event.seq, name, data.why)))
        elif isinstance(data.get("schema"), str):
            effects.append(_recorded(event.seq, _record(event, data)))
        else:
            merged.update(data)
    reader = _READERS.get(event.kind)
    if reader is not None:
        try:
            effects.append(reader(event, merged))
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise InvalidRecord(
                f"Line {event.seq} ({event.kind}) has a payload that says something else: "
                f"{type(error).__name__} {error}.",
                "Run `firsthand case audit` on the case.",
            ) from error
    return tuple(effects)


def _record(event: Event, data: dict[str, Any]) -> Record:
    try:
        return load_record(canonical(data))
    except (ValueError, RecursionError) as error:
        raise InvalidRecord(
            f"Line {event.seq} ({event.kind}) holds a record that cannot be read: {error}.",
            "Give numbers below 2^53, or write them as text.",
        ) from error


def _withheld(what: WithheldPayload) -> Effect:
    return lambda now: now.withheld.append(what)


def _recorded(seq: int, record: Record) -> Effect:
    def effect(now: _Growing) -> None:
        match record:
            case Media():
                now.media[record.item] = record
                return
            case Item():
                now.items[record.id] = record
            case Report():
                now.reports[record.id] = record
            case Claim():
                now.claims[record.id] = (*now.claims.get(record.id, ()), record)
            case Incident():
                now.incidents[record.id] = record
            case Source():
                now.sources[record.id] = record
            case Edge():
                now.edges[record.id] = record
            case Setting():
                now.settings[record.name, record.scope] = record
                history = now.setting_history.get(record.id, ())
                now.setting_history[record.id] = (*history, record)
            case Mark():
                now.marks[record.id] = record
            case Finding():
                key = record.check, record.shot
                now.findings[key] = (*now.findings.get(key, ()), record)
            case _:
                return
        now.line_of[record.id] = seq

    return effect


class Fold:
    """Takes lines in order; `state` gives what they come to so far."""

    def __init__(self) -> None:
        self._now = _Growing()
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
        )


def fold(lines: Iterable[tuple[Event, Payloads, str]]) -> CaseState:
    """The state after these lines, each with its payloads and its hash."""
    growing = Fold()
    for event, payloads, line_sha256 in lines:
        growing.take(event, payloads, line_sha256)
    return growing.state()


def _created(event: Event, data: dict[str, Any]) -> Effect:
    case_id, title = event.subject[0], str(data.get("title", ""))

    def effect(now: _Growing) -> None:
        now.case_id, now.title = case_id, title

    return effect


def _introduced(event: Event, data: dict[str, Any]) -> Effect:
    actor = Actor(event.subject[0], str(data.get("name", "")))
    return lambda now: now.actors.update({actor.id: actor})


def _reviewed(event: Event, data: dict[str, Any]) -> Effect:
    subject = event.subject[0]
    if "state" not in data:  # withheld
        return lambda _now: None
    review = Review.parse(canonical(data))
    return lambda now: now.reviews.update({subject: review})


def _noted(event: Event, data: dict[str, Any]) -> Effect:
    if "note" not in data:  # withheld
        return lambda _now: None
    manifest = NoteManifest.parse(canonical(data))
    note = NoteEntry(
        number=manifest.note,
        language=manifest.language,
        upto=manifest.upto,
        seq=event.seq,
        files=manifest.files,
        places=manifest.places(),
    )
    return lambda now: now.notes.append(note)


def _signed_off(event: Event, _data: dict[str, Any]) -> Effect:
    number, actor = int(event.subject[0]), event.actor

    def effect(now: _Growing) -> None:
        now.sign_offs[number] = (*now.sign_offs.get(number, ()), actor)

    return effect


def _moved(_event: Event, data: dict[str, Any]) -> Effect:
    to = str(data.get("to", ""))

    def effect(now: _Growing) -> None:
        now.workflow = to or now.workflow

    return effect


def _sensitive(event: Event, data: dict[str, Any]) -> Effect:
    subject, label = event.subject[0], str(data.get("label", ""))
    return lambda now: now.sensitivity.update({subject: label})


_READERS: Mapping[EventKind, Callable[[Event, dict[str, Any]], Effect]] = {
    "case.created": _created,
    "actor.introduced": _introduced,
    "edge.reviewed": _reviewed,
    "incident.reviewed": _reviewed,
    "note.written": _noted,
    "note.signed_off": _signed_off,
    "workflow.moved": _moved,
    "sensitivity.set": _sensitive,
}
