"""Bytes on their way in: read once, hashed twice, written and put on the disk, flat in memory.

SHA-256 and SHA-512 run in two threads beside the copying one (hashlib lets go of the
interpreter's lock on large buffers), and every 64 MiB is sent to the disk while the next is
hashed, so that the last fsync has little left to wait for.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from firsthand.case.disk import disk_error, sync, write_all
from firsthand.errors import DiskError

__all__ = ["Digest", "Readable", "digest_of", "pour"]

CHUNK = 1 << 20
SYNC_EVERY = 64 * CHUNK
SMALL = CHUNK // 4
"""Below this, starting threads costs more than they save."""


class Readable(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int, /) -> bytes | None:
        """At most `size` bytes; none at the end."""


@dataclass(frozen=True)
class Digest:
    """Content by its two hashes and its length."""

    sha256: str
    sha512: str
    size: int


def digest_of(data: bytes) -> Digest:
    """The digest of bytes in memory."""
    return Digest(hashlib.sha256(data).hexdigest(), hashlib.sha512(data).hexdigest(), len(data))


def _read(source: Readable, name: str) -> bytes:
    try:
        return source.read(CHUNK) or b""
    except OSError as error:
        raise DiskError(
            f"{name} cannot be read: {os.strerror(error.errno or 0).lower()}.",
            "Copy the file from where it comes from again; nothing of it was kept.",
        ) from error


def pour(
    source: Readable,
    sink: int | None,
    *,
    name: str = "The source",
    on_bytes: Callable[[int], None] | None = None,
) -> Digest:
    """Read `source` to its end, hashing, and write it to the descriptor `sink` if there is one.

    `on_bytes` is called with the number of bytes just done, chunk by chunk. On return `sink` is
    on the disk.

    Raises:
        DiskError: reading or writing failed.
    """
    chunk = _read(source, name)
    if len(chunk) < SMALL:
        return _pour_small(chunk, source, sink, name, on_bytes)
    sha256, sha512 = hashlib.sha256(), hashlib.sha512()
    size = 0
    unsynced = 0
    with ThreadPoolExecutor(max_workers=3) as pool:
        flushing: Future[None] | None = None
        try:
            while chunk:
                hashing = [pool.submit(one.update, chunk) for one in (sha256, sha512)]
                if sink is not None:
                    write_all(sink, chunk)
                    unsynced += len(chunk)
                    if unsynced >= SYNC_EVERY:
                        if flushing is not None:
                            flushing.result()
                        flushing, unsynced = pool.submit(sync, sink), 0
                following = _read(source, name)
                for one in hashing:
                    one.result()
                size += len(chunk)
                if on_bytes is not None:
                    on_bytes(len(chunk))
                chunk = following
            if flushing is not None:
                flushing.result()
            if sink is not None:
                sync(sink)
        except OSError as error:
            raise disk_error(f"write {name}", error) from error
    return Digest(sha256.hexdigest(), sha512.hexdigest(), size)


def _pour_small(
    chunk: bytes,
    source: Readable,
    sink: int | None,
    name: str,
    on_bytes: Callable[[int], None] | None,
) -> Digest:
    sha256, sha512 = hashlib.sha256(), hashlib.sha512()
    size = 0
    try:
        while chunk:
            sha256.update(chunk)
            sha512.update(chunk)
            if sink is not None:
                write_all(sink, chunk)
            size += len(chunk)
            if on_bytes is not None:
                on_bytes(len(chunk))
            chunk = _read(source, name)
        if sink is not None:
            sync(sink)
    except OSError as error:
        raise disk_error(f"write {name}", error) from error
    return Digest(sha256.hexdigest(), sha512.hexdigest(), size)
