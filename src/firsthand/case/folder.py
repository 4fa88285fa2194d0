"""A case folder held open. Somebody else may have made it, so nothing in it is trusted.

Every name is opened one step at a time relative to the open folder, and no symbolic link is
followed; what is not a plain file is not read.
"""

from __future__ import annotations

import errno
import os
import stat
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from firsthand.case.disk import sync, write_all
from firsthand.case.layout import Parts
from firsthand.records import Event, PayloadName

__all__ = ["Entry", "Root", "StrangeFile"]

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}


class StrangeFile(OSError):
    """Not the plain file that belongs there: a link, a pipe, a device, a folder, or too large."""


class Entry:
    """One entry of a folder: its name, and what it is (never what it points to)."""

    __slots__ = ("name", "stat")

    def __init__(self, name: str, found: os.stat_result) -> None:
        self.name = name
        self.stat = found

    @property
    def is_file(self) -> bool:
        """A plain file."""
        return stat.S_ISREG(self.stat.st_mode)

    @property
    def is_folder(self) -> bool:
        """A real folder."""
        return stat.S_ISDIR(self.stat.st_mode)

    @property
    def nature(self) -> str:
        """In a word."""
        kinds = {
            stat.S_IFREG: "file",
            stat.S_IFDIR: "folder",
            stat.S_IFLNK: "symbolic link",
            stat.S_IFIFO: "pipe",
            stat.S_IFSOCK: "socket",
            stat.S_IFCHR: "device",
            stat.S_IFBLK: "device",
        }
        return kinds.get(stat.S_IFMT(self.stat.st_mode), "strange thing")


class Root:
    """An open folder; all names are given as parts below it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        self._closer = weakref.finalize(self, os.close, self.fd)
        self.unlock: Callable[[Event, PayloadName, bytes], bytes | None] | None = None
        """Opens an encrypted payload, where the one who reads has keys."""

    def close(self) -> None:
        """Let go of the folder."""
        self._closer()

    @contextmanager
    def folder(self, parts: Parts) -> Iterator[int]:
        """A descriptor of the folder at `parts`."""
        fd = os.dup(self.fd)
        try:
            for part in parts:
                step = os.open(part, _FOLDER, dir_fd=fd)
                os.close(fd)
                fd = step
            yield fd
        finally:
            os.close(fd)

    def stat(self, parts: Parts) -> Entry | None:
        """What stands at `parts`, or None."""
        try:
            with self.folder(parts[:-1]) as fd:
                return Entry(parts[-1], os.stat(parts[-1], dir_fd=fd, follow_symlinks=False))
        except (FileNotFoundError, NotADirectoryError):
            return None

    def open(self, parts: Parts) -> int:
        """Open a plain file for reading.

        Raises:
            StrangeFile: it is something else.
            OSError: it is not there or cannot be read.
        """
        name = "/".join(parts)
        with self.folder(parts[:-1]) as folder:
            found = os.stat(parts[-1], dir_fd=folder, follow_symlinks=False)
            if not stat.S_ISREG(found.st_mode):
                raise StrangeFile(errno.EINVAL, f"{name} is no plain file")
            fd = os.open(parts[-1], _READ, dir_fd=folder)
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            os.close(fd)
            raise StrangeFile(errno.EINVAL, f"{name} is no plain file")
        return fd

    def read(self, parts: Parts, limit: int) -> bytes:
        """The bytes of a plain file of at most `limit` bytes.

        Raises:
            StrangeFile: it is larger, or no plain file.
            OSError: it is not there or cannot be read.
        """
        with os.fdopen(self.open(parts), "rb") as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise StrangeFile(errno.EFBIG, f"{'/'.join(parts)} is larger than {limit} bytes")
        return data

    def entries(self, parts: Parts) -> list[Entry]:
        """The entries of a folder, by name."""
        with self.folder(parts) as fd, os.scandir(fd) as found:
            listed = [Entry(entry.name, entry.stat(follow_symlinks=False)) for entry in found]
        return sorted(listed, key=lambda entry: entry.name)

    def make_folders(self, parts: Parts, made: list[Parts] | None = None) -> None:
        """Make the folder at `parts` with all above it, on the disk; new ones go to `made`."""
        for depth in range(1, len(parts) + 1):
            with self.folder(parts[: depth - 1]) as fd:
                try:
                    os.mkdir(parts[depth - 1], 0o700, dir_fd=fd)
                except FileExistsError:
                    continue
                if made is not None:
                    made.append(parts[:depth])
                sync(fd)

    def create(self, parts: Parts) -> int:
        """Open a new file for writing; it must not exist."""
        with self.folder(parts[:-1]) as fd:
            return os.open(parts[-1], _NEW, 0o600, dir_fd=fd)

    def write_new(
        self, parts: Parts, data: bytes, *, mode: int = 0o400, synced: bool = True
    ) -> None:
        """Write a new file and have it on the disk; nothing is left of it on failure."""
        fd = self.create(parts)
        try:
            try:
                write_all(fd, data)
                with suppress(PermissionError):  # FAT knows no modes
                    os.fchmod(fd, mode)
                if synced:
                    sync(fd)
            finally:
                os.close(fd)
        except BaseException:
            self.unlink(parts)
            raise

    def link_new(self, source: Parts, target: Parts) -> None:
        """Put the file at `source` at `target` too, which must not exist.

        Where the file system has no links the name is claimed with O_EXCL and `source` renamed
        onto it.

        Raises:
            FileExistsError: something stands at `target`.
        """
        with self.folder(source[:-1]) as source_fd, self.folder(target[:-1]) as target_fd:
            try:
                os.link(
                    source[-1],
                    target[-1],
                    src_dir_fd=source_fd,
                    dst_dir_fd=target_fd,
                    follow_symlinks=False,
                )
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
            else:
                return
            os.close(os.open(target[-1], _NEW, 0o600, dir_fd=target_fd))
            try:
                os.rename(source[-1], target[-1], src_dir_fd=source_fd, dst_dir_fd=target_fd)
            except BaseException:
                os.unlink(target[-1], dir_fd=target_fd)
                raise

    def unlink(self, parts: Parts) -> bool:
        """Remove a name; False if there was none."""
        try:
            with self.folder(parts[:-1]) as fd:
                os.unlink(parts[-1], dir_fd=fd)
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

    def remove_empty(self, parts: Parts) -> None:
        """Remove a folder if nothing is in it."""
        with suppress(OSError), self.folder(parts[:-1]) as fd:
            os.rmdir(parts[-1], dir_fd=fd)

    def sync_folder(self, parts: Parts) -> None:
        """Have a folder's names on the disk."""
        with self.folder(parts) as fd:
            sync(fd)
