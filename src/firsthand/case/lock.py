"""One writer at a time; readers never ask.

The kernel's lock on the file `lock` decides, so it dies with its holder. Its content says who
holds it, for the one who has to wait. Where a file system has no locks the content decides: a
holder is gone when its boot, its process or that process's start no longer exists.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from firsthand.case.context import Context
from firsthand.case.disk import disk_errors, write_all
from firsthand.case.folder import Root
from firsthand.case.layout import LOCK
from firsthand.errors import CaseBusy, DiskError
from firsthand.records import canonical, format_instant

__all__ = ["Holder", "held", "is_held", "read_holder"]

_NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
MAX_LOCK = 4096
_TRIES = 5
_PAUSE_S = 0.02
_STEP = "Wait until it is done, or end that process; reading the case is possible meanwhile."


@dataclass(frozen=True)
class Holder:
    """Who holds a case: a process of one boot of one machine."""

    pid: int
    started: str
    boot: str
    host: str
    actor: str
    since: str

    def alive(self) -> bool | None:
        """Whether it still runs; None if it is on another machine and cannot be asked."""
        if self.host != socket.gethostname():
            return None
        if self.boot and self.boot != _boot():
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            pass
        return not self.started or self.started == _started(self.pid)

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host} (actor {self.actor}, since {self.since})"


def _boot() -> str:
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return ""


def _started(pid: int) -> str:
    """The process's start in clock ticks since boot: proc(5), field 22 of stat."""
    with suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    return ""


def _parse(data: bytes) -> Holder | None:
    try:
        plain: Any = json.loads(data)
        holder = Holder(**plain)
    except (ValueError, TypeError, RecursionError):
        return None
    texts = (holder.started, holder.boot, holder.host, holder.actor, holder.since)
    sound = type(holder.pid) is int and 0 < holder.pid < 2**31
    return holder if sound and all(isinstance(text, str) for text in texts) else None


def read_holder(root: Root) -> Holder | None:
    """Who the lock file names; None if it is empty, absent or not readable."""
    try:
        return _parse(root.read((LOCK,), MAX_LOCK))
    except OSError:
        return None


def is_held(root: Root) -> bool:
    """Whether a living process holds the case; takes no lock that a writer would notice."""
    try:
        fd = root.open((LOCK,))
    except OSError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        holder = read_holder(root)
        return holder is not None and holder.alive() is True
    finally:
        os.close(fd)
    return False


@contextmanager
def held(root: Root, context: Context) -> Iterator[Holder | None]:
    """Hold the case for writing; gives the holder that died without letting go, if any.

    Raises:
        CaseBusy: another process holds it; says who and what to do.
        DiskError: the lock file cannot be written.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
    with disk_errors("open the case for writing"):
        fd = os.open(LOCK, flags, 0o600, dir_fd=root.fd)
    try:
        stale = _take(root, fd)
        with disk_errors("write down who holds the case"):
            me = Holder(
                pid=os.getpid(),
                started=_started(os.getpid()),
                boot=_boot(),
                host=socket.gethostname(),
                actor=context.actor.id,
                since=format_instant(context.now()),
            )
            os.ftruncate(fd, 0)
            os.lseek(fd, 0, os.SEEK_SET)
            write_all(fd, canonical(asdict(me)) + b"\n")
        try:
            yield stale
        finally:
            with suppress(OSError):  # a full or failing disk: the kernel's lock goes all the same
                os.ftruncate(fd, 0)
    finally:
        os.close(fd)


def _claim(fd: int) -> None:
    """Take the lock; a reader that asks whether it is held has it for a moment, so try again."""
    for _ in range(_TRIES - 1):
        with suppress(BlockingIOError):
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(_PAUSE_S)
    fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _take(root: Root, fd: int) -> Holder | None:
    named = read_holder(root)
    try:
        _claim(fd)
    except BlockingIOError:
        who = str(read_holder(root) or "another process")
        raise CaseBusy(f"The case is being written by {who}.", _STEP) from None
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise DiskError(f"The case cannot be locked: {error.strerror}.", _STEP) from error
        alive = named.alive() if named else False
        if alive is None:
            raise CaseBusy(
                f"The case is marked as being written by {named}.",
                "If that machine is off or done, empty the file `lock` in the case folder.",
            ) from error
        if alive:
            raise CaseBusy(f"The case is being written by {named}.", _STEP) from error
        return named
    return _parse(os.pread(fd, MAX_LOCK, 0))
