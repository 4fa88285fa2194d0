"""The audit's first half: the log, line by line, with the payloads that it commits to."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

from firsthand.case.audit_absent import Absences
from firsthand.case.audit_report import Problem, Problems
from firsthand.case.effects import MANIFESTS
from firsthand.case.folder import Root, StrangeFile
from firsthand.case.kept import Manifest, NoteManifest
from firsthand.case.layout import (
    LOG,
    MAX_PAYLOAD,
    REDACTION,
    Parts,
    area_of,
    object_parts,
    payload_parts,
)
from firsthand.case.log import BadLine, RawLine, parse_line, raw_lines
from firsthand.case.payload import Payload, content_commitment, decode
from firsthand.case.state import prepare
from firsthand.errors import InvalidRecord
from firsthand.records import (
    GENESIS,
    Event,
    EventKind,
    Item,
    Media,
    PayloadName,
    Record,
    canonical,
    load_record,
    sha256_hex,
)

__all__ = ["Expected", "Ledger", "read_ledger"]


@dataclass
class Expected:
    """A file that the log accounts for."""

    owner: str
    sha256: str
    size: int
    sha512: str | None = None


@dataclass
class Ledger:
    """What the log accounts for.

    `head_at` gives the hash of each line: 100 bytes a line is what a checkpoint costs.
    """

    lines: int = 0
    head: str = GENESIS
    items: int = 0
    case_id: str | None = None
    head_at: dict[int, str] = field(default_factory=dict)
    payloads: set[Parts] = field(default_factory=set)
    files: dict[Parts, list[Expected]] = field(default_factory=dict)
    unfinished: list[Problem] = field(default_factory=list)
    actors: set[str] = field(default_factory=set)
    contents: dict[str, str] = field(default_factory=dict)
    seals: list[tuple[int, Manifest]] = field(default_factory=list)
    withheld: tuple[str, ...] = ()
    last: tuple[EventKind, dict[str, Any] | None] | None = None


def read_ledger(root: Root, problems: Problems) -> Ledger:
    """Read the whole log and every payload, naming what does not hold."""
    ledger = Ledger()
    absent = Absences(root, problems)
    try:
        fd = root.open((LOG,))
    except OSError as error:
        problems.add("missing_log", LOG, f"The log cannot be read: {error.strerror}.")
        return ledger
    try:
        for raw in raw_lines(fd):
            if not raw.ended:
                ledger.unfinished.append(
                    Problem("half_line", f"line {raw.number}", "The last line has no end.")
                )
                break
            _Line(root, ledger, problems, raw, absent).check()
    except OSError as error:
        problems.add("missing_log", LOG, f"The log cannot be read to its end: {error.strerror}.")
    finally:
        os.close(fd)
    if not ledger.lines:
        problems.add("missing_log", LOG, "The log is empty.")
    _expect_redaction(ledger, absent)
    ledger.withheld = absent.finish()
    ledger.unfinished.extend(absent.unfinished)
    return ledger


def _expect_redaction(ledger: Ledger, absent: Absences) -> None:
    if absent.redaction is None:
        return
    data = absent.redaction.file()
    ledger.files[(REDACTION,)] = [Expected(REDACTION, sha256_hex(data), len(data))]
    for copy in absent.redaction.copies:
        place = tuple(copy.path.split("/"))
        ledger.files[place] = [Expected(f"copy of {copy.item}", copy.sha256, copy.size)]


class _Line:
    def __init__(
        self, root: Root, ledger: Ledger, problems: Problems, raw: RawLine, absent: Absences
    ) -> None:
        self.absent = absent
        self.root = root
        self.ledger = ledger
        self.problems = problems
        self.raw = raw
        self.where = f"line {raw.number}"

    def problem(self, code: str, message: str, where: str | None = None) -> None:
        self.problems.add(code, where or self.where, message)

    def check(self) -> None:
        previous = self.ledger.head
        self.ledger.lines = self.raw.number
        self.ledger.head = self.raw.sha256
        self.ledger.head_at[self.raw.number] = self.raw.sha256
        try:
            event = parse_line(self.raw)
        except BadLine as error:
            self.problem(error.code, error.message)
            return
        if event.seq != self.raw.number:
            self.problem("wrong_number", f"The line says that it is number {event.seq}.")
        if event.prev != previous:
            self.problem("broken_chain", "The line does not carry the hash of the one before.")
        self.check_role(event)
        payloads = {name: self.payload(event, name) for name in sorted(event.payloads)}
        at_hand = {name: one for name, one in payloads.items() if one is not None}
        told = at_hand["open"].data if "open" in at_hand else None
        self.absent.line(event, told)
        self.ledger.last = (event.kind, told)
        self.check_records(event, at_hand)

    def check_role(self, event: Event) -> None:
        first = event.kind == "case.created"
        if first != (self.raw.number == 1):
            self.problem("wrong_start", "The log must begin with case.created, once.")
        elif first:
            self.ledger.case_id = event.subject[0] if event.subject else None
        if event.kind == "actor.introduced":
            self.ledger.actors.update(event.subject[:1])
        elif not first and event.actor not in self.ledger.actors:
            self.problem("unknown_actor", f"Nobody introduced the actor {event.actor[:80]!r}.")

    def payload(self, event: Event, name: PayloadName) -> Payload | None:
        parts = payload_parts(self.raw.number, name)
        where = "/".join(parts)
        self.ledger.payloads.add(parts)
        try:
            encoded = self.root.read(parts, MAX_PAYLOAD)
        except StrangeFile as error:
            self.problem("strange", f"Not what belongs there: {error.strerror}.", where)
            return None
        except OSError as error:
            absent = isinstance(error, FileNotFoundError)
            if not absent or not self.absent.explains(event, name):
                self.problem("missing_payload", f"It cannot be read: {error.strerror}.", where)
            return None
        self.absent.present(event, name)
        if sha256_hex(encoded) != event.payloads[name]:
            self.problem("changed_payload", f"It is not what {self.where} commits to.", where)
            return None
        try:
            return decode(encoded, strict=True)
        except InvalidRecord as error:
            self.problem("bad_payload", error.message, where)
            return None

    def check_records(self, event: Event, payloads: dict[PayloadName, Payload]) -> None:
        try:
            prepare(event, {name: payload.data for name, payload in payloads.items()})
            record = _record_in(payloads.get("sensitive"))
        except InvalidRecord as error:
            self.problem("bad_record", error.message)
            return
        if event.kind in {"item.added", "derivative.added"}:
            self.ledger.items += 1
            if isinstance(record, Item) and event.content is not None:
                self.check_item(event, record, payloads["sensitive"].salt)
            elif "sensitive" in payloads:
                self.problem("bad_record", "The line brings an item in and does not say which.")
        elif event.content is not None:
            self.problem("wrong_content", "The line commits to content and brings none in.")
        if isinstance(record, Media) and self.ledger.contents.get(record.item) != record.sha256:
            self.problem("wrong_content", f"It examines another content than {record.item!r} has.")
        manifest = MANIFESTS.get(event.kind)
        if manifest is not None and "open" in payloads:
            self.expect_files(event, manifest.parse(canonical(payloads["open"].data)))

    def check_item(self, event: Event, item: Item, salt: str) -> None:
        if content_commitment(salt, item.sha256) != event.content:
            self.problem("wrong_content", f"The commitment to the content of {item.id!r} is wrong.")
        derived = event.kind == "derivative.added"
        if event.subject != (item.id,) or (item.kind == "derivative") != derived:
            self.problem("bad_record", f"The line is not about the item {item.id!r}.")
        if item.id in self.ledger.contents:
            self.problem("bad_record", f"There is an item {item.id!r} already.")
        if derived and (item.made is None or not item.made.inputs):
            self.problem("unknown_input", f"{item.id} does not say what it was made from.")
        if item.made is not None:
            inputs, hashes = item.made.inputs, item.made.input_sha256
            known = tuple(self.ledger.contents.get(one) for one in inputs)
            if known != hashes:
                self.problem(
                    "unknown_input", f"{item.id} was made from something that is not in the case."
                )
        self.ledger.contents[item.id] = item.sha256
        parts = object_parts(area_of(item.kind), item.sha256)
        self.expect(parts, Expected(item.id, item.sha256, item.size, item.sha512))

    def expect_files(self, event: Event, manifest: Manifest) -> None:
        owner = f"{event.kind}, {self.where}"
        if not isinstance(manifest, NoteManifest):
            self.ledger.seals.append((self.raw.number, manifest))
        for file, parts in manifest.placed():
            self.expect(parts, Expected(owner, file.sha256, file.size))

    def expect(self, parts: Parts, expected: Expected) -> None:
        self.ledger.files.setdefault(parts, []).append(expected)


def _record_in(payload: Payload | None) -> Record | None:
    if payload is None or not isinstance(payload.data.get("schema"), str):
        return None
    return load_record(canonical(payload.data))
