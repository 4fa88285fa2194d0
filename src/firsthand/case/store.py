"""A case: open it and read it at any time, or hold it and write.

case = Case.create(Path("camp-victory"), context, title="Smoke at the base")
with case.writer(context) as writer:
    item = writer.add_file(Path("clip.mp4"), kind="media", media_type="video/mp4", how="…")
case.state().items[item.id]
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from firsthand.case.context import Context
from firsthand.case.disk import disk_errors, uninterrupted
from firsthand.case.encrypted import PayloadKeys, finish_encrypting, opened
from firsthand.case.folder import Root
from firsthand.case.ingest import pour
from firsthand.case.kept import Manifest
from firsthand.case.layout import (
    CASE_FILE,
    CASE_SCHEMA,
    DERIVED,
    HEAD,
    INCOMING,
    LOCK,
    LOG,
    NOTES,
    ORIGINALS,
    PAYLOADS,
    SEALS,
    area_of,
    is_stray,
    object_parts,
)
from firsthand.case.lock import held
from firsthand.case.log import raw_lines
from firsthand.case.payload import Payload, Withheld
from firsthand.case.reading import damaged, read_lines, read_payload, read_payloads
from firsthand.case.recover import Recovery, clear_leftovers, cut_half_line, head_is_behind
from firsthand.case.state import CaseState, Fold, fold
from firsthand.case.withheld import payload_id
from firsthand.case.writer import Writer, known_files
from firsthand.errors import CaseDamaged, InputError, NoSuchThing
from firsthand.records import Event, Item, PayloadName, canonical, sha256_hex

__all__ = ["Case", "case_file"]

MAX_CASE_FILE = 4096
_OWN = frozenset({CASE_FILE, LOG, HEAD, PAYLOADS, ORIGINALS, DERIVED, NOTES, SEALS, INCOMING, LOCK})


def case_file(case_id: str) -> bytes:
    """The bytes of `case.json`."""
    return canonical({"id": case_id, "schema": CASE_SCHEMA}) + b"\n"


class Case:
    """A case folder, for reading. Several may read while one writes."""

    def __init__(self, root: Root, case_id: str) -> None:
        self._root = root
        self.id = case_id

    @property
    def path(self) -> Path:
        """Where the case is."""
        return self._root.path

    @classmethod
    def create(cls, path: Path, context: Context, *, title: str = "") -> Case:
        """Make a case in a folder that is new or empty.

        Raises:
            InputError: something is there already.
            DiskError: it cannot be written.
        """
        with disk_errors(f"make the case {path}"):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            root = Root(path)
        _refuse_if_used(root)
        with held(root, context), disk_errors(f"make the case {path}"):
            _refuse_if_used(root)
            _clear_half_made(root)
            case_id = context.entropy(16).hex()
            for folder in (PAYLOADS, ORIGINALS, DERIVED, NOTES, INCOMING):
                root.make_folders((folder,))
            root.write_new((LOG,), b"", mode=0o600)
            with uninterrupted():
                writer = Writer(root, context, Fold())
                writer.begin(case_id, title)
                # Last, because this file is what makes the folder a case.
                root.write_new(first := (INCOMING, "case.part"), case_file(case_id), mode=0o444)
                root.link_new(first, (CASE_FILE,))
                root.sync_folder(())
                writer.close()
        return cls(root, case_id)

    @classmethod
    def open(cls, path: Path) -> Case:
        """Open a case for reading; nothing in it is changed, and no writer is in the way.

        Raises:
            NoSuchThing: there is no case.
            InputError: a newer version wrote it.
            CaseDamaged: its first file is broken.
        """
        try:
            root = Root(path)
        except OSError as error:
            raise NoSuchThing(
                f"{path} is no folder that can be opened: {error.strerror}.",
                "Give the folder of a case, or make one with `firsthand case new`.",
            ) from error
        return cls(root, _read_case_id(root))

    def close(self) -> None:
        """Let go of the folder."""
        self._root.close()

    def events(self) -> Iterator[Event]:
        """The log's lines in order; their chain is checked on the way.

        Raises:
            CaseDamaged: a line is broken, or does not follow from the one before.
        """
        for event, _ in read_lines(self._root):
            yield event

    def payload(self, event: Event, name: PayloadName) -> dict[str, Any] | Withheld:
        """What a line commits to.

        Raises:
            NoSuchThing: the line has no such payload.
            CaseDamaged: it is missing or changed.
        """
        if name not in event.payloads:
            raise NoSuchThing(
                f"Line {event.seq} has no payload {name!r}.", "Ask for one that it names."
            )
        found = read_payload(self._root, event, name)
        return found.data if isinstance(found, Payload) else found

    def unlock(self, keys: PayloadKeys) -> None:
        """Read encrypted payloads too, as far as their keys are here."""

        def with_key(event: Event, name: PayloadName, data: bytes) -> bytes | None:
            key = keys.payload_key(self.id, payload_id(event.seq, name))
            return None if key is None else opened(data, key, self.id, event, name)

        self._root.unlock = with_key

    def state(self, upto: int | None = None) -> CaseState:
        """What the log comes to up to a line, or to its end.

        Raises:
            NoSuchThing: the log is shorter than `upto`.
            CaseDamaged: a line or payload is broken.
        """
        if upto is not None and upto < 1:
            raise NoSuchThing(f"There is no line {upto}.", "Lines count from 1.")
        state = fold(
            (event, read_payloads(self._root, event), line_sha256)
            for event, line_sha256 in read_lines(self._root)
            if upto is None or event.seq <= upto
        )
        if upto is not None and state.last_seq < upto:
            raise NoSuchThing(
                f"The log has {state.last_seq} lines, not {upto}.", "Name a line that it has."
            )
        return state

    def item_path(self, item: Item) -> Path:
        """Where an item's bytes stand, to be bound read-only into a sandbox."""
        return self.path.joinpath(*object_parts(area_of(item.kind), item.sha256))

    def open_item(self, item: Item) -> BinaryIO:
        """Open an item's bytes for reading.

        Raises:
            CaseDamaged: they are not there.
        """
        parts = object_parts(area_of(item.kind), item.sha256)
        try:
            return os.fdopen(self._root.open(parts), "rb")
        except OSError as error:
            raise damaged(f"The bytes of {item.id} cannot be read: {error.strerror}.") from error

    def read_item(self, item: Item) -> bytes:
        """An item's bytes, held against its hashes.

        Raises:
            CaseDamaged: they are missing or changed.
        """
        with self.open_item(item) as file:
            data = file.read(item.size + 1)
            file.seek(0)
            digest = pour(file, None, name=item.id)
        if (digest.sha256, digest.sha512) != (item.sha256, item.sha512) or len(data) != item.size:
            raise damaged(f"The bytes of {item.id} are not those that were taken in.")
        return data

    def read_kept(self, manifest: Manifest, name: str) -> bytes:
        """A file that a line brought, held against its manifest.

        Raises:
            NoSuchThing: the line brought no such file.
            CaseDamaged: it is missing or changed.
        """
        places = {file.path: (file, parts) for file, parts in manifest.placed()}
        if name not in places:
            raise NoSuchThing(f"There is no {name} of that line.", "Ask for one that it names.")
        file, parts = places[name]
        where = "/".join(parts)
        try:
            data = self._root.read(parts, file.size)
        except OSError as error:
            raise damaged(f"{where} cannot be read: {error.strerror}.") from error
        if sha256_hex(data) != file.sha256:
            raise damaged(f"{where} is not what was kept.")
        return data

    @contextmanager
    def writer(self, context: Context) -> Iterator[Writer]:
        """Hold the case for writing. What an interrupted writer left is put right first.

        Raises:
            CaseBusy: another process holds it.
            CaseDamaged: the log or a payload does not hold; nothing was changed.
            DiskError: it cannot be written.
        """
        with held(self._root, context) as stale:
            with disk_errors("put right what an interrupted writer left"), uninterrupted():
                growing = Fold()
                head_at: dict[int, str] = {}
                for event, line_sha256 in read_lines(self._root):
                    growing.take(event, read_payloads(self._root, event), line_sha256)
                    head_at[event.seq] = line_sha256
                behind = head_is_behind(self._root, head_at, growing.last_seq)
                cut = cut_half_line(self._root)
                removed = clear_leftovers(self._root, growing.last_seq, known_files(growing))
                finish_encrypting(self._root, growing.events)
            writer = Writer(self._root, context, growing)
            recovery = Recovery(cut, removed, behind, stale)
            if recovery.needed:
                writer.append(
                    "recovered", open=recovery.open_data(), sensitive=recovery.sensitive_data()
                )
                writer.recovery = recovery
            try:
                yield writer
            finally:
                writer.close()


def _read_case_id(root: Root) -> str:
    try:
        data = root.read((CASE_FILE,), MAX_CASE_FILE)
    except FileNotFoundError as error:
        raise NoSuchThing(
            f"{root.path} is no case: it has no {CASE_FILE}.",
            "Give the folder of a case, or make one with `firsthand case new`.",
        ) from error
    except OSError as error:
        raise damaged(f"{CASE_FILE} cannot be read: {error.strerror}.") from error
    try:
        plain = json.loads(data)
        schema, case_id = plain["schema"], plain["id"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise damaged(f"{CASE_FILE} is not what belongs there.") from error
    if schema != CASE_SCHEMA:
        raise InputError(
            f"The case has the format {schema!r:.80}, which this version does not know.",
            "Open it with the version of Firsthand that wrote it, or a newer one.",
        )
    if not isinstance(case_id, str) or data != case_file(case_id):
        raise damaged(f"{CASE_FILE} is not what belongs there.")
    return case_id


def _refuse_if_used(root: Root) -> None:
    names = {entry.name for entry in root.entries(()) if not is_stray(entry.name)}
    if CASE_FILE in names:
        raise InputError(f"{root.path} is a case already.", "Add to it, or choose another folder.")
    kept = [
        area
        for area in (ORIGINALS, DERIVED, NOTES, SEALS)
        if area in names and root.entries((area,))
    ]
    if names - _OWN or kept or (LOG in names and _lines(root) > 1):
        raise InputError(f"{root.path} is not empty.", "Choose a folder that is new or empty.")


def _lines(root: Root) -> int:
    try:
        fd = root.open((LOG,))
    except OSError as error:
        raise CaseDamaged(f"{root.path} is not empty.", "Choose another folder.") from error
    try:
        return sum(1 for raw in raw_lines(fd) if raw.ended)
    finally:
        os.close(fd)


def _clear_half_made(root: Root) -> None:
    """Remove what an interrupted `create` left: no item can be in it yet."""
    with suppress(FileNotFoundError, NotADirectoryError):
        for entry in root.entries((INCOMING,)):
            root.unlink((INCOMING, entry.name))
    with suppress(FileNotFoundError, NotADirectoryError):
        for entry in root.entries((PAYLOADS,)):
            root.unlink((PAYLOADS, entry.name))
    root.unlink((HEAD,))
    root.unlink((LOG,))
