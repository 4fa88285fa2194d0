"""What each kind of line changes: read and checked first, applied after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from firsthand.case.context import Actor
from firsthand.case.encrypted import PayloadEncrypted
from firsthand.case.growing import Growing, NoteEntry, SignedOff, WithheldPayload
from firsthand.case.kept import Manifest, NoteManifest
from firsthand.case.payload import Withheld
from firsthand.case.seal_records import CheckpointSealed, KeyPinned, StampReceived, StampRequested
from firsthand.errors import InvalidRecord
from firsthand.records import (
    Claim,
    Edge,
    Event,
    EventKind,
    Finding,
    Incident,
    Item,
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

__all__ = ["MANIFESTS", "Effect", "Payloads", "prepare"]

Payloads = Mapping[PayloadName, dict[str, Any] | Withheld]
Effect = Callable[[Growing], None]

MANIFESTS: Mapping[EventKind, type[Manifest]] = {
    "note.written": NoteManifest,
    "key.pinned": KeyPinned,
    "checkpoint.sealed": CheckpointSealed,
    "stamp.requested": StampRequested,
    "stamp.received": StampReceived,
    "payload.encrypted": PayloadEncrypted,
}
"""Kinds whose open payload accounts for files."""


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
    def effect(now: Growing) -> None:
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


def _created(event: Event, data: dict[str, Any]) -> Effect:
    case_id, title = event.subject[0], str(data.get("title", ""))

    def effect(now: Growing) -> None:
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
    number, signed = int(event.subject[0]), SignedOff(event.actor, event.seq)

    def effect(now: Growing) -> None:
        now.sign_offs[number] = (*now.sign_offs.get(number, ()), signed)

    return effect


def _moved(_event: Event, data: dict[str, Any]) -> Effect:
    to = str(data.get("to", ""))

    def effect(now: Growing) -> None:
        now.workflow = to or now.workflow

    return effect


def _sensitive(event: Event, data: dict[str, Any]) -> Effect:
    subject, label = event.subject[0], str(data.get("label", ""))
    return lambda now: now.sensitivity.update({subject: label})


def _pinned(_event: Event, data: dict[str, Any]) -> Effect:
    if not data:  # withheld
        return lambda _now: None
    key = KeyPinned.parse(canonical(data))
    return lambda now: now.keys.append(key)


def _sealed(_event: Event, data: dict[str, Any]) -> Effect:
    if not data:
        return lambda _now: None
    seal = CheckpointSealed.parse(canonical(data))
    return lambda now: now.seals.update({seal.seal: seal})


def _requested(_event: Event, data: dict[str, Any]) -> Effect:
    if not data:
        return lambda _now: None
    request = StampRequested.parse(canonical(data))
    return lambda now: now.stamp_requests.update({(request.seal, request.stamp): request})


def _received(_event: Event, data: dict[str, Any]) -> Effect:
    if not data:
        return lambda _now: None
    stamp = StampReceived.parse(canonical(data))
    return lambda now: now.stamps.update({(stamp.seal, stamp.stamp): stamp})


_READERS: Mapping[EventKind, Callable[[Event, dict[str, Any]], Effect]] = {
    "case.created": _created,
    "actor.introduced": _introduced,
    "edge.reviewed": _reviewed,
    "incident.reviewed": _reviewed,
    "note.written": _noted,
    "note.signed_off": _signed_off,
    "workflow.moved": _moved,
    "sensitivity.set": _sensitive,
    "key.pinned": _pinned,
    "checkpoint.sealed": _sealed,
    "stamp.requested": _requested,
    "stamp.received": _received,
}
