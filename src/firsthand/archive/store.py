"""What an archive holds: items and where they were seen, in SQLite; fingerprints in files.

A fingerprint file is complete under its name or not there at all (written beside, synced, renamed),
and an item's row is written after its files. So a process may be killed at any moment: at worst a
file without a row stays behind, and the next `add` of the same content writes it again.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any

from firsthand.archive.seen import SeenAt
from firsthand.archive.stretch import Stretch, from_bytes
from firsthand.errors import CouldNot, DiskError, InputError, IntegrityError, NoSuchThing
from firsthand.records.base import format_instant

__all__ = ["Archive", "Known"]

DATABASE = "archive.sqlite"
SCHEMA = 1
TABLES = """
CREATE TABLE IF NOT EXISTS item (
  id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  size INTEGER NOT NULL, duration_s REAL NOT NULL, width_px INTEGER NOT NULL,
  height_px INTEGER NOT NULL, stretches INTEGER NOT NULL, hashes INTEGER NOT NULL,
  descriptors TEXT NOT NULL, added TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS place (
  path TEXT PRIMARY KEY, item INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE);
CREATE TABLE IF NOT EXISTS seen (
  item INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE, record TEXT NOT NULL,
  UNIQUE (item, record));
CREATE TABLE IF NOT EXISTS broken (
  path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, message TEXT NOT NULL, at TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Known:
    """An item in the archive."""

    id: int
    sha256: str
    kind: str
    duration_s: float
    width_px: int
    height_px: int
    stretches: int
    descriptors: tuple[str, ...]
    paths: tuple[str, ...]
    seen: tuple[SeenAt, ...]


class Archive:
    """An open archive. Reading needs no lock; `writing()` lets one process in.

    While files come in, several threads share the one connection: they take turns.
    """

    def __init__(self, directory: Path, *, create: bool = False) -> None:
        self.directory = directory
        self._turn = RLock()
        database = directory / DATABASE
        if not create and not database.is_file():
            raise NoSuchThing(
                "There is no archive in this folder.",
                "Make one: firsthand archive add PATHS... --archive DIR.",
            )
        try:
            (directory / "fingerprints").mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.execute("PRAGMA foreign_keys=ON")
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            if version not in (0, SCHEMA):
                raise InputError(
                    "This archive was written by another version.", "Use the one that wrote it."
                )
            if version == 0:
                self._db.executescript(TABLES)
                self._db.execute(f"PRAGMA user_version={SCHEMA}")
        except OSError as error:
            raise DiskError(
                "The archive's folder cannot be written.", "Check its rights."
            ) from error
        except sqlite3.Error as error:
            raise IntegrityError(
                "The archive's database cannot be read.",
                "It is damaged, or no archive: add the files again into a new folder.",
                details={"sqlite": str(error)},
            ) from error

    def close(self) -> None:
        """Let go of the database."""
        self._db.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one writer.

        Raises:
            CouldNot: another process adds or removes now.
        """
        with (self.directory / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise CouldNot(
                    "Another process is writing to this archive.", "Wait for it, then retry."
                ) from error
            yield

    # --- items ---------------------------------------------------------------------------------

    def holds(self, sha256: str) -> tuple[str, ...] | None:
        """The descriptors that an item of this content has; None if there is no such item."""
        with self._turn:
            row = self._db.execute(
                "SELECT descriptors FROM item WHERE sha256=?", (sha256,)
            ).fetchone()
        return None if row is None else tuple(json.loads(row[0]))

    def put(
        self,
        sha256: str,
        size: int,
        stretches: list[Stretch],
        descriptors: tuple[str, ...],
        *,
        path: str,
        now: datetime,
    ) -> None:
        """Keep an item whose fingerprint files are written (`put_stretch`)."""
        first, last = stretches[0].told, stretches[-1].told
        row = (
            sha256, first["kind"], size, float(last["end_s"]), int(first["width_px"]),
            int(first["height_px"]), len(stretches), sum(len(s.hashes) for s in stretches),
            json.dumps(descriptors), format_instant(now),
        )  # fmt: skip
        with self._transaction():
            self._db.execute(
                "INSERT INTO item (sha256, kind, size, duration_s, width_px, height_px, stretches,"
                " hashes, descriptors, added) VALUES (?,?,?,?,?,?,?,?,?,?)"
                " ON CONFLICT (sha256) DO UPDATE SET descriptors=excluded.descriptors",
                row,
            )
            self._place(sha256, path)

    def put_place(self, sha256: str, path: str) -> None:
        """The same content is at this path (too)."""
        with self._transaction():
            self._place(sha256, path)

    def _place(self, sha256: str, path: str) -> None:
        self._db.execute(
            "INSERT INTO place SELECT ?, id FROM item WHERE sha256=?"
            " ON CONFLICT (path) DO UPDATE SET item=excluded.item",
            (path, sha256),
        )
        self._db.execute("DELETE FROM broken WHERE path=?", (path,))

    def put_seen(self, sha256: str, seen: SeenAt) -> None:
        """From when it is known; said twice it is kept once."""
        with self._transaction():
            self._db.execute(
                "INSERT OR IGNORE INTO seen SELECT id, ? FROM item WHERE sha256=?",
                (seen.canonical().decode(), sha256),
            )

    def put_broken(self, path: str, sha256: str, message: str, now: datetime) -> None:
        """A file that could not be taken in, and why."""
        with self._transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO broken VALUES (?,?,?,?)",
                (path, sha256, message, format_instant(now)),
            )

    def remove(self, sha256: str) -> None:
        """Forget an item, its dates and its fingerprints."""
        with self._transaction():
            self._db.execute("DELETE FROM item WHERE sha256=?", (sha256,))
        for file in sorted((self.directory / "fingerprints" / sha256[:2]).glob(f"{sha256}*")):
            file.unlink()

    def items(self) -> list[Known]:
        """Everything, in the order it came."""
        paths: dict[int, list[str]] = {}
        for item, path in self._db.execute("SELECT item, path FROM place ORDER BY path"):
            paths.setdefault(item, []).append(path)
        seen: dict[int, list[SeenAt]] = {}
        for item, record in self._db.execute("SELECT item, record FROM seen ORDER BY record"):
            seen.setdefault(item, []).append(SeenAt.parse(record))
        rows = self._db.execute(
            "SELECT id, sha256, kind, duration_s, width_px, height_px, stretches, descriptors"
            " FROM item ORDER BY id"
        )
        return [
            Known(
                id=row[0],
                sha256=row[1],
                kind=row[2],
                duration_s=row[3],
                width_px=row[4],
                height_px=row[5],
                stretches=row[6],
                descriptors=tuple(json.loads(row[7])),
                paths=tuple(paths.get(row[0], ())),
                seen=tuple(seen.get(row[0], ())),
            )
            for row in rows
        ]

    def broken(self) -> list[dict[str, str]]:
        """Files that could not be taken in."""
        rows = self._db.execute("SELECT path, sha256, message, at FROM broken ORDER BY path")
        return [dict(zip(("path", "sha256", "message", "at"), row, strict=True)) for row in rows]

    def totals(self) -> dict[str, Any]:
        """Counts and sizes."""
        kinds = self._db.execute(
            "SELECT kind, count(*), sum(duration_s), sum(hashes), sum(size) FROM item GROUP BY kind"
        )
        return {
            kind: {"items": count, "duration_s": seconds, "hashes": hashes, "bytes": size}
            for kind, count, seconds, hashes, size in kinds
        }

    def generation(self) -> str:
        """Changes whenever items come or go; names the index built over them."""
        row = self._db.execute(
            "SELECT count(*), coalesce(max(id), 0), coalesce(sum(id), 0),"
            " coalesce(sum(length(descriptors)), 0) FROM item"
        ).fetchone()
        return "-".join(str(part) for part in row)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            with self._turn:
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield
                except BaseException:
                    self._db.execute("ROLLBACK")
                    raise
                self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise DiskError(
                "The archive's database cannot be written.",
                "Free some space or mend the rights, then run it again: what was done is kept.",
                details={"sqlite": str(error)},
            ) from error

    # --- fingerprint files -----------------------------------------------------------------------

    def file_of(self, sha256: str, which: int, suffix: str = "fp") -> Path:
        """Where a stretch is kept."""
        return self.directory / "fingerprints" / sha256[:2] / f"{sha256}-{which:03d}.{suffix}"

    def put_file(self, path: Path, data: bytes) -> None:
        """Whole or not at all; one after the other, since files of one content share their path.

        Raises:
            DiskError: full, read-only or failing; what was there is untouched.
        """
        with self._turn:
            self._put_file(path, data)

    def _put_file(self, path: Path, data: bytes) -> None:
        partial = path.with_suffix(".partial")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise DiskError(
                f"A fingerprint cannot be written: {error.strerror}.",
                "Free some space, then run it again: what was done is kept.",
            ) from error

    def stretch(self, sha256: str, which: int) -> Stretch:
        """Read one fingerprint.

        Raises:
            IntegrityError: it is missing or damaged.
        """
        try:
            return from_bytes(self.file_of(sha256, which).read_bytes())
        except OSError as error:
            raise IntegrityError(
                "A fingerprint is missing from the archive.",
                "Remove the item and add its file again.",
                details={"sha256": sha256},
            ) from error
