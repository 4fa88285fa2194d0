"""The one who writes: every act is files in place, one line, and then the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from firsthand import __version__
from firsthand.case.commit import Act, Committer, New
from firsthand.case.context import Context
from firsthand.case.disk import disk_errors
from firsthand.case.folder import Root
from firsthand.case.ingest import Digest, Readable, digest_of
from firsthand.case.kept import Manifest, NoteManifest, kept_files
from firsthand.case.layout import (
    Parts,
    area_of,
    object_parts,
    payload_parts,
)
from firsthand.case.payload import Plain
from firsthand.case.recover import Recovery
from firsthand.case.source import SourceFile, plain_name
from firsthand.case.staging import staged
from firsthand.case.state import CaseState, Fold, NoteEntry
from firsthand.errors import InputError, InvalidRecord, NoSuchThing
from firsthand.records import (
    Acquisition,
    Event,
    EventKind,
    Item,
    ItemKind,
    Made,
    Part,
)

__all__ = ["Writer", "known_files"]


def known_files(growing: Fold) -> set[Parts]:
    """Every file that the log accounts for."""
    state = growing.state()
    known = {payload_parts(event.seq, name) for event in state.events for name in event.payloads}
    known |= {object_parts(area_of(item.kind), item.sha256) for item in state.items.values()}
    manifests = (
        *state.keys,
        *state.seals.values(),
        *state.stamp_requests.values(),
        *state.stamps.values(),
    )
    return known.union(*(note.places for note in state.notes), *(one.places() for one in manifests))


class Writer:
    """Holds a case; got from `Case.writer`. Not for several threads at once.

    `recovery` tells what was put right when the case was opened, if anything was.
    """

    def __init__(self, root: Root, context: Context, growing: Fold) -> None:
        self._committer = Committer(root, context, growing)
        self._context = context
        self._fold = growing
        self.recovery: Recovery | None = None

    @property
    def state(self) -> CaseState:
        """The case as it is now."""
        return self._fold.state()

    def introduce(self) -> None:
        """Name the actor, if this case does not know them: any act does it first."""
        self._introduce()

    def begin(self, case_id: str, title: str) -> Event:
        """Write the first line; `Case.create` does."""
        tool = {"tool": "firsthand", "version": __version__}
        act = Act("case.created", (case_id,), open=tool, sensitive={"title": title})
        return self._committer.commit(lambda _at: act)

    def close(self) -> None:
        """Tidy up; `Case.writer` does at its end."""
        self._committer.close()

    def append(
        self,
        kind: EventKind,
        subject: Sequence[str] = (),
        *,
        open: Plain | Part | None = None,
        sensitive: Plain | Part | None = None,
    ) -> Event:
        """Log an act. `subject` names what it is about by id: lines are not secret.

        Raises:
            InvalidRecord: the payload is no plain JSON, or too large.
            DiskError: it could not be written; the case is as it was.
        """
        self._introduce()
        act = Act(kind, tuple(subject), open=open, sensitive=sensitive)
        return self._committer.commit(lambda _at: act)

    def add_file(
        self,
        source: Path | BinaryIO,
        *,
        kind: ItemKind,
        media_type: str,
        how: str,
        original_name: str | None = None,
        label: str = "",
        on_bytes: Callable[[int], None] | None = None,
    ) -> Item:
        """Take a file in, and return only when it is safe.

        Content that is already kept as this kind gives the item that there is and no new line.
        `original_name` (the path's name if not given) is kept as data and never used as a path.
        `on_bytes` is called with the number of bytes just done, chunk by chunk.

        Raises:
            InputError: the source is no plain file, or changed while it was read.
            DiskError: it could not be read or written; the case is as it was.
        """
        if kind == "derivative":
            raise InputError("A derivative says how it was made.", "Use add_derivative.")

        def item(at: datetime, digest: Digest, name: str) -> Item:
            return Item(
                id=self._next_item(),
                kind=kind,
                media_type=media_type,
                sha256=digest.sha256,
                sha512=digest.sha512,
                size=digest.size,
                acquired=Acquisition(
                    how=how,
                    at=at,
                    by=self._context.actor.id,
                    original_name=name,
                    time_source=self._context.time_source,
                ),
                label=label,
            )

        if not isinstance(source, Path):
            return self._receive(source, kind, plain_name(original_name or ""), item, on_bytes)
        with SourceFile(source) as file:
            name = file.name if original_name is None else plain_name(original_name)
            return self._receive(file, kind, name, item, on_bytes)

    def add_derivative(self, data: bytes, *, media_type: str, made: Made, label: str = "") -> Item:
        """Keep something that was made from items of the case, with how it was made.

        The same content made in the same way gives the item that there is and no new line.

        Raises:
            NoSuchThing: an input is not in the case, or its content is another.
            DiskError: it could not be written; the case is as it was.
        """
        self._check_inputs(made)
        digest = digest_of(data)
        for item in self._fold.items.values():
            if item.kind == "derivative" and item.sha256 == digest.sha256 and item.made == made:
                return item
        derivative = Item(
            id=self._next_item(),
            kind="derivative",
            media_type=media_type,
            sha256=digest.sha256,
            sha512=digest.sha512,
            size=digest.size,
            made=made,
            label=label,
        )
        with disk_errors("keep the derivative"), staged(self._committer.staging) as waiting:
            waiting.append(self._committer.staging.keep(data))
            return self._add(waiting[0], lambda _at: derivative, digest, "derivative")

    def write_note(
        self, number: int, language: str, files: Mapping[str, bytes], *, upto: int
    ) -> NoteEntry:
        """Keep a note: relative paths and their bytes, made from the log up to `upto`.

        Files that are kept already make no new line; others may join them (the same note as a
        PDF, or signed off), and none is ever changed. The entry is that of the last file kept.

        Raises:
            InvalidRecord: a path could lead astray, or a number is below 1.
            InputError: this note says something else already.
            DiskError: it could not be written; the case is as it was.
        """
        kept = kept_files(files)
        standing = [
            note for note in self._fold.notes if (note.number, note.language) == (number, language)
        ]
        there = {file.path: (file, note) for note in standing for file in note.files}
        if any(note.upto != upto for note in standing) or any(
            file.path in there and there[file.path][0] != file for file in kept
        ):
            raise InputError(
                f"Note {number} in {language} is written already and says something else.",
                "A note is never changed: write the next one.",
            )
        new = {file.path: files[file.path] for file in kept if file.path not in there}
        if kept and not new:
            return there[kept[-1].path][1]
        manifest = NoteManifest(note=number, language=language, upto=upto, files=kept_files(new))
        manifest.places()
        self.bring("note.written", (f"{number:04d}",), manifest, new)
        return self._fold.notes[-1]

    def bring(
        self,
        kind: EventKind,
        subject: Sequence[str],
        manifest: Manifest,
        files: Mapping[str, bytes],
        *,
        sensitive: Plain | Part | None = None,
    ) -> Event:
        """Log an act that brings files: the manifest says openly which, and where they stand.

        Raises:
            InvalidRecord: the manifest is of other files, or a path could lead astray.
            DiskError: it could not be written; the case is as it was.
        """
        if manifest.files != kept_files(files):
            raise InvalidRecord("The manifest is of other files.", "Make it with kept_files.")
        places = manifest.places()
        staging = self._committer.staging
        with disk_errors(f"keep {'/'.join(manifest.folder())}"), staged(staging) as waiting:
            for file in manifest.files:
                waiting.append(staging.keep(files[file.path]))
            self._introduce()
            act = Act(kind, tuple(subject), open=manifest, sensitive=sensitive)
            return self._committer.commit(lambda _at: act, tuple(map(New, waiting, places)))

    def _receive(
        self,
        source: Readable,
        kind: ItemKind,
        name: str,
        make: Callable[[datetime, Digest, str], Item],
        on_bytes: Callable[[int], None] | None,
    ) -> Item:
        staging = self._committer.staging
        with disk_errors("take the file in"), staged(staging) as waiting:
            parts, digest = staging.receive(source, name=name or "The file", on_bytes=on_bytes)
            waiting.append(parts)
            if isinstance(source, SourceFile):
                source.still()
            for item in self._fold.items.values():
                if item.kind == kind and item.sha256 == digest.sha256:
                    return item
            return self._add(parts, lambda at: make(at, digest, name), digest, kind)

    def _add(
        self, waiting: Parts, make: Callable[[datetime], Item], digest: Digest, kind: ItemKind
    ) -> Item:
        self._introduce()
        made: list[Item] = []

        def act(at: datetime) -> Act:
            item = make(at)
            made.append(item)
            return Act(
                "derivative.added" if kind == "derivative" else "item.added",
                (item.id,),
                open={"kind": item.kind, "media_type": item.media_type},
                sensitive=item,
                content=item.sha256,
            )

        place = object_parts(area_of(kind), digest.sha256)
        self._committer.commit(act, (New(waiting, place, digest.sha256),))
        return made[0]

    def _next_item(self) -> str:
        return f"item-{self._fold.items_added + 1:04d}"

    def _check_inputs(self, made: Made) -> None:
        if not made.inputs or len(made.inputs) != len(made.input_sha256):
            raise NoSuchThing(
                "A derivative names no input, or not each with its hash.", "Name what it is from."
            )
        for item_id, sha256 in zip(made.inputs, made.input_sha256, strict=True):
            item = self._fold.items.get(item_id)
            if item is None or item.sha256 != sha256:
                raise NoSuchThing(
                    f"The derivative's input {item_id!r} is not in the case with that content.",
                    "Add the input first.",
                )

    def _introduce(self) -> None:
        """Name the actor once, before the first act."""
        actor = self._context.actor
        if self._fold.actors.get(actor.id) == actor:
            return
        act = Act("actor.introduced", (actor.id,), sensitive={"name": actor.name})
        self._committer.commit(lambda _at: act)
