"""One act: files into place, one line, all on the disk, or nothing at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from firsthand.case.context import Context
from firsthand.case.disk import disk_error, sync, uninterrupted, write_all
from firsthand.case.folder import Root
from firsthand.case.head import Checkpoint, encode_head
from firsthand.case.ingest import pour
from firsthand.case.layout import HEAD, LOG, Parts, payload_parts
from firsthand.case.log import encode_line
from firsthand.case.payload import SALT_BYTES, Plain, content_commitment, decode, encode
from firsthand.case.reading import damaged
from firsthand.case.staging import Intent, Placed, Staging, staged
from firsthand.case.state import Fold, prepare
from firsthand.errors import DiskError
from firsthand.records import Event, EventKind, Part, PayloadName, sha256_hex

__all__ = ["Act", "Committer", "New"]

_STEP = "Open the case again; whatever was half done is put right then."


@dataclass(frozen=True)
class New:
    """A file that waits in `incoming/` for its place.

    `sha256` is given for content-addressed files: the same content may stand there already.
    """

    waiting: Parts
    place: Parts
    sha256: str | None = None


@dataclass(frozen=True)
class Act:
    """What a line is to say. `content` is the plain SHA-256 that `content` will commit to."""

    kind: EventKind
    subject: tuple[str, ...] = ()
    open: Plain | Part | None = None
    sensitive: Plain | Part | None = None
    content: str | None = None


@dataclass(frozen=True)
class _LineFiles:
    """The files of one act, and the new `head.json`."""

    new: tuple[New, ...]
    head: Parts


class Committer:
    """Writes acts to one case, in order."""

    def __init__(self, root: Root, context: Context, growing: Fold) -> None:
        self.root = root
        self.context = context
        self.fold = growing
        self.staging = Staging(root)
        self._broken = False

    def commit(self, make: Callable[[datetime], Act], new: tuple[New, ...] = ()) -> Event:
        """Do one act; `make` gets the time that its line will carry.

        Raises:
            InvalidRecord: the line or a payload is too large or no plain JSON.
            CaseDamaged: a file that the log does not know stands where a new one belongs.
            DiskError: it could not be written; the case is as it was.
        """
        if self._broken:
            raise DiskError(
                "An earlier act could not be undone, so nothing more is written.", _STEP
            )
        at = self.context.now()
        act = make(at)
        encoded, content = self._payloads(act)
        event = Event(
            seq=self.fold.last_seq + 1,
            prev=self.fold.head,
            at=at,
            time_source=self.context.time_source,
            actor=self.context.actor.id,
            kind=act.kind,
            subject=act.subject,
            payloads={name: sha256_hex(data) for name, data in encoded.items()},
            content=content,
        )
        line, line_sha256 = encode_line(event)
        effects = prepare(event, {name: decode(data).data for name, data in encoded.items()})
        what = f"log {act.kind}"
        try:
            with staged(self.staging) as waiting:
                payload_files: list[New] = []
                for name, data in encoded.items():
                    waiting.append(self.staging.keep(data))
                    payload_files.append(New(waiting[-1], payload_parts(event.seq, name)))
                head = Checkpoint(event.seq, line_sha256)
                # Not synced: after a power cut it may be broken, and is then written anew.
                waiting.append(self.staging.keep(encode_head(head), synced=False))
                line_files = _LineFiles((*new, *payload_files), waiting[-1])
                with uninterrupted():
                    self._write(event.seq, line, line_files)
                    self.fold.apply(event, effects, line_sha256)
        except OSError as error:
            raise disk_error(what, error) from error
        return event

    def close(self) -> None:
        """Leave nothing of ours in `incoming/`, unless it tells the next one what to undo."""
        if not self._broken:
            self.staging.sweep()
            self.staging.finish()

    def _payloads(self, act: Act) -> tuple[dict[PayloadName, bytes], str | None]:
        encoded: dict[PayloadName, bytes] = {}
        content = None
        if act.open is not None:
            encoded["open"] = encode(act.open, self.context.entropy(SALT_BYTES))
        if act.sensitive is not None:
            salt = self.context.entropy(SALT_BYTES)
            encoded["sensitive"] = encode(act.sensitive, salt)
            if act.content is not None:
                content = content_commitment(salt.hex(), act.content)
        return encoded, content

    def _write(self, seq: int, line: bytes, files: _LineFiles) -> None:
        placed = Placed()
        coming = [file for file in files.new if not self._stands(file)]
        try:
            if coming:
                self.staging.declare(Intent(seq, tuple(file.place for file in coming)))
            for file in coming:
                try:
                    self.staging.place(file.waiting, file.place, placed)
                except FileExistsError as error:
                    where = "/".join(file.place)
                    raise damaged(f"The log knows nothing of {where}, yet it is there.") from error
            self.staging.sync_places(placed)
            self._append(line, files.head)
        except BaseException:
            if not self._broken:
                if self.staging.take_back(placed):
                    self.staging.finish()
                else:  # the intent stays, so the next one to open the case removes the rest
                    self._broken = True
            raise
        self.staging.finish()

    def _stands(self, file: New) -> bool:
        """Whether the same content stands in its place already, held against its hash."""
        if file.sha256 is None or self.root.stat(file.place) is None:
            return False
        where = "/".join(file.place)
        try:
            with os.fdopen(self.root.open(file.place), "rb") as kept:
                same = pour(kept, None, name=where).sha256 == file.sha256
        except OSError as error:
            raise damaged(f"{where} cannot be read: {error.strerror}.") from error
        if not same:
            raise damaged(f"{where} has another content than its name says.")
        return True

    def _append(self, line: bytes, head: Parts) -> None:
        """Append a line, have it on the disk and say so in `head.json`, or cut it off again.

        If even the cut fails, the next who opens the case decides by what the log then holds:
        so the act's files stay, with the intent that names them.
        """
        flags = os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        fd = os.open(LOG, flags, dir_fd=self.root.fd)
        try:
            before = os.fstat(fd).st_size
            try:
                write_all(fd, line)
                sync(fd)
                self.staging.replace(head, (HEAD,))
            except BaseException:
                try:
                    os.ftruncate(fd, before)
                    sync(fd)
                except OSError:
                    self._broken = True
                raise
        finally:
            os.close(fd)
