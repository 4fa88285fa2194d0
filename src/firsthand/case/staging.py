"""New files: written apart, then linked into place together with one line of the log.

A file is first written and synced in `incoming/`. When an act is to happen, `intent.json` names
the line and the places, the files are linked into place, their folders synced, and only then is
the line written. Whoever finds the case after a crash can therefore tell a file that no finished
act put there (it stands in the intent, and the line is absent) from one whose line was taken
away: the first is removed, the second is never touched.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from firsthand.case.disk import sync, write_all
from firsthand.case.folder import Root
from firsthand.case.ingest import Digest, Readable, pour
from firsthand.case.layout import INCOMING, Parts, safe_parts
from firsthand.records import canonical

__all__ = ["INTENT", "Intent", "Placed", "Staging", "read_intent"]

INTENT: Parts = (INCOMING, "intent.json")
MAX_INTENT = 64 * 1024 * 1024


@dataclass(frozen=True)
class Intent:
    """Which line is about to be written, and which files come into place for it."""

    seq: int
    files: tuple[Parts, ...]


@dataclass
class Placed:
    """What an act has put in place so far, to be taken back if it fails."""

    files: list[Parts] = field(default_factory=list)
    folders: list[Parts] = field(default_factory=list)


def read_intent(root: Root) -> Intent | None:
    """The intent left by an unfinished act.

    None if there is none, or if it was cut short: then nothing had been linked into place.
    """
    try:
        plain = json.loads(root.read(INTENT, MAX_INTENT))
        files = tuple(safe_parts(name) for name in plain["files"])
        seq = plain["seq"]
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    if type(seq) is not int or seq < 1:
        return None
    return Intent(seq, tuple(parts for parts in files if parts is not None))


class Staging:
    """The folder `incoming/` of one writer."""

    def __init__(self, root: Root) -> None:
        self._root = root
        self._count = 0

    def _next(self) -> Parts:
        self._root.make_folders((INCOMING,))
        self._count += 1
        return (INCOMING, f"{os.getpid()}-{self._count}.part")

    def receive(
        self, source: Readable, *, name: str, on_bytes: Callable[[int], None] | None = None
    ) -> tuple[Parts, Digest]:
        """Write `source` to a new file in `incoming/`, synced and read-only."""
        parts = self._next()
        fd = self._root.create(parts)
        try:
            try:
                digest = pour(source, fd, name=name, on_bytes=on_bytes)
                with suppress(PermissionError):
                    os.fchmod(fd, 0o444)
            finally:
                os.close(fd)
        except BaseException:
            self.drop(parts)
            raise
        return parts, digest

    def keep(self, data: bytes, *, synced: bool = True) -> Parts:
        """Write bytes to a new file in `incoming/`, read-only and (unless told) on the disk."""
        parts = self._next()
        self._root.write_new(parts, data, mode=0o444, synced=synced)
        return parts

    def replace(self, waiting: Parts, target: Parts) -> None:
        """Put a waiting file in the place of another, in one step."""
        with self._root.folder(waiting[:-1]) as source, self._root.folder(target[:-1]) as folder:
            os.rename(waiting[-1], target[-1], src_dir_fd=source, dst_dir_fd=folder)

    def drop(self, parts: Parts) -> None:
        """Forget a file in `incoming/`."""
        with suppress(OSError):
            self._root.unlink(parts)

    def declare(self, intent: Intent) -> None:
        """Write the intent down before anything is linked into place."""
        data = {"files": ["/".join(parts) for parts in intent.files], "seq": intent.seq}
        self._root.make_folders((INCOMING,))
        self._root.unlink(INTENT)
        fd = self._root.create(INTENT)
        try:
            write_all(fd, canonical(data))
            sync(fd)
        finally:
            os.close(fd)

    def place(self, staged: Parts, target: Parts, placed: Placed) -> None:
        """Link one file into place.

        Raises:
            FileExistsError: something stands there.
        """
        self._root.make_folders(target[:-1], placed.folders)
        self._root.link_new(staged, target)
        placed.files.append(target)
        self._root.unlink(staged)

    def sync_places(self, placed: Placed) -> None:
        """Have every folder that got a file on the disk."""
        for folder in sorted({parts[:-1] for parts in placed.files}):
            self._root.sync_folder(folder)

    def take_back(self, placed: Placed) -> bool:
        """Remove what a failed act put in place, newest first; False if something would not go."""
        gone = True
        for parts in reversed(placed.files):
            try:
                self._root.unlink(parts)
            except OSError:
                gone = False
        for folder in reversed(placed.folders):
            self._root.remove_empty(folder)
        return gone

    def sweep(self) -> None:
        """Remove whatever of ours is still in `incoming/` when the writer lets go."""
        with suppress(OSError):
            for entry in self._root.entries((INCOMING,)):
                if entry.is_file and entry.name.endswith(".part"):
                    self._root.unlink((INCOMING, entry.name))

    def finish(self) -> None:
        """The act is done or taken back: no intent stands any more."""
        with suppress(OSError):
            self._root.unlink(INTENT)


@contextmanager
def staged(staging: Staging) -> Iterator[list[Parts]]:
    """A list for files in `incoming/`; whatever is still in it at the end is dropped."""
    kept: list[Parts] = []
    try:
        yield kept
    finally:
        for parts in kept:
            staging.drop(parts)
