"""A BagIt 1.0 bag (RFC 8493), written as a stream: every file is hashed while it is copied.

Both manifests list the files in the order of a walk that takes each folder's names by their
bytes, which is what a shell's `*` gives with LC_ALL=C: so `verify.sh` writes a manifest anew from
the files it finds and compares the two byte for byte.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Final

from firsthand.case.audit_log import Expected
from firsthand.case.audit_report import Problems
from firsthand.case.folder import Root
from firsthand.case.ingest import Digest, digest_of, pour
from firsthand.case.layout import Parts
from firsthand.case.reading import damaged
from firsthand.errors import DiskError, InputError

__all__ = [
    "BAGIT",
    "BAG_FILES",
    "DATA",
    "MANIFESTS",
    "TAGS",
    "TAG_MANIFESTS",
    "BagWriter",
    "look_through",
    "manifest",
    "manifests",
]

DATA: Final = "data"
BAGIT: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
TAGS: Final = ("README.txt", "bag-info.txt", "bagit.txt", "index.html", "verify.sh")
"""What the line `export.written` commits to beside the case itself."""
MANIFESTS: Final = ("manifest-sha256.txt", "manifest-sha512.txt")
TAG_MANIFESTS: Final = ("tagmanifest-sha256.txt", "tagmanifest-sha512.txt")
BAG_FILES: Final = frozenset((*TAGS, *MANIFESTS, *TAG_MANIFESTS))
MAX_DEPTH: Final = 16
_AWKWARD: Final = frozenset('%\\"[]{}*?\n\r')
"""BagIt or a shell would have to write these in another way."""


def manifest(hashes: Mapping[Parts, str]) -> bytes:
    """The bytes of a manifest."""
    lines = [f"{hashes[parts]}  {'/'.join(parts)}\n" for parts in sorted(hashes)]
    return "".join(lines).encode()


def manifests(digests: Mapping[Parts, Digest]) -> tuple[bytes, bytes]:
    """Both manifests of these files."""
    return (
        manifest({parts: digest.sha256 for parts, digest in digests.items()}),
        manifest({parts: digest.sha512 for parts, digest in digests.items()}),
    )


class BagWriter:
    """Writes one bag into a new folder; each file is on the disk when its call returns."""

    def __init__(self, root: Root, on_bytes: Callable[[int], None] | None = None) -> None:
        self.root = root
        self._on_bytes = on_bytes
        self._data: dict[Parts, Digest] = {}
        self._folders: list[Parts] = [()]

    @property
    def files(self) -> int:
        """How many files of the case are in it so far."""
        return len(self._data)

    @property
    def size(self) -> int:
        """How many bytes of the case are in it so far."""
        return sum(digest.size for digest in self._data.values())

    def copy(self, source: Root, parts: Parts, expected: Iterable[Expected] = ()) -> None:
        """Copy a file of the case to the same place in `data/`, held against what it must be.

        Raises:
            CaseDamaged: it is missing or changed.
            OSError: it cannot be written.
        """
        where = "/".join(parts)
        try:
            reading = os.fdopen(source.open(parts), "rb", buffering=0)
        except OSError as error:
            raise damaged(f"{where} cannot be read: {error.strerror}.") from error
        with reading:
            sink = self._create((DATA, *parts))
            try:
                digest = pour(reading, sink, name=where, on_bytes=self._on_bytes)
                _read_only(sink)
            finally:
                os.close(sink)
        for one in expected:
            held = (one.sha256, one.size, one.sha512 or digest.sha512)
            if held != (digest.sha256, digest.size, digest.sha512):
                raise damaged(f"{where} is not what was kept ({one.owner}).")
        self._data[DATA, *parts] = digest

    def put(self, parts: Parts, data: bytes) -> None:
        """Write a file of the case into `data/`."""
        self._write((DATA, *parts), data)
        self._data[DATA, *parts] = digest_of(data)

    def finish(self, tags: Mapping[str, bytes]) -> None:
        """Write the tag files and all four manifests, and have every folder on the disk."""
        written = {**tags, **dict(zip(MANIFESTS, manifests(self._data), strict=True))}
        for name, data in sorted(written.items()):
            self._write((name,), data)
        digests: dict[Parts, Digest] = {(name,): digest_of(data) for name, data in written.items()}
        for name, data in zip(TAG_MANIFESTS, manifests(digests), strict=True):
            self._write((name,), data)
        for folder in reversed(self._folders):
            self.root.sync_folder(folder)

    def _create(self, parts: Parts) -> int:
        self._prepare(parts)
        return self.root.create(parts)

    def _prepare(self, parts: Parts) -> None:
        for part in parts:
            if part.startswith((".", "-")) or not _AWKWARD.isdisjoint(part):
                raise InputError(
                    f"The case has a file named {part!r:.80}, which not every shell can name.",
                    "A note with such a file cannot be handed over; write it with plain names.",
                )
        self.root.make_folders(parts[:-1], self._folders)

    def _write(self, parts: Parts, data: bytes) -> None:
        self._prepare(parts)
        self.root.write_new(parts, data, mode=0o444)


def _read_only(fd: int) -> None:
    with suppress(PermissionError):  # FAT knows no modes
        os.fchmod(fd, 0o444)


def look_through(
    root: Root, problems: Problems, limit: Callable[[Parts], int]
) -> dict[Parts, Digest]:
    """Hash every file of a bag; whatever is no plain file, or an empty folder, is a problem.

    `limit` says how large a file may be: a larger one is a problem and is not read, for a hostile
    bag may hold one without an end.
    """
    found: dict[Parts, Digest] = {}
    _look(root, (), found, problems, limit)
    return found


def _look(
    root: Root,
    folder: Parts,
    found: dict[Parts, Digest],
    problems: Problems,
    limit: Callable[[Parts], int],
) -> None:
    where = "/".join(folder) or "."
    try:
        entries = root.entries(folder)
    except OSError as error:
        problems.add("strange", where, f"The folder cannot be read: {error.strerror}.")
        return
    if not entries:
        problems.add("unlogged", where, "An empty folder has no business in a bag.")
    for entry in entries:
        here = (*folder, entry.name)
        name = "/".join(here)
        if entry.is_folder and len(here) <= MAX_DEPTH:
            _look(root, here, found, problems, limit)
        elif not entry.is_file:
            problems.add("strange", name, f"A {entry.nature} has no business in a bag.")
        elif entry.stat.st_size > limit(here):
            problems.add("changed_file", name, "It is larger than what belongs there.")
        else:
            try:
                with os.fdopen(root.open(here), "rb", buffering=0) as file:
                    found[here] = pour(file, None, name=name)
            except (OSError, DiskError) as error:
                problems.add("strange", name, f"It cannot be read: {error}.")
