"""The few system calls that change a disk, and what their failures mean to a person.

Everything that writes goes through here, so that tests can make each call fail.
"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from firsthand.errors import DiskError

__all__ = ["disk_error", "disk_errors", "sync", "uninterrupted", "write_all"]

_FULL_SYNC = getattr(fcntl, "F_FULLFSYNC", None)

_AS_IT_WAS = "The case is as it was before."
_SAYINGS = {
    errno.ENOSPC: ("the disk is full", "Free some space, then run the same command again."),
    errno.EDQUOT: ("the disk quota is used up", "Free some space, then run it again."),
    errno.EFBIG: ("the file is too large for this disk", "Use a disk that holds larger files."),
    errno.EROFS: ("the disk is read-only", "Copy the case to a disk that can be written."),
    errno.EACCES: ("permission was refused", "Give yourself the right to write in the folder."),
    errno.EPERM: ("permission was refused", "Give yourself the right to write in the folder."),
    errno.EIO: ("the disk failed", "Copy the case to another disk and have this one looked at."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter path for the case."),
    errno.EMFILE: ("too many files are open", "Close other programs, then run it again."),
}


def disk_error(what: str, error: OSError) -> DiskError:
    """A DiskError that says what could not be done, why, and what to do next."""
    why, step = _SAYINGS.get(
        error.errno or 0,
        (os.strerror(error.errno).lower() if error.errno else str(error), "Look at the disk."),
    )
    return DiskError(
        f"Could not {what}: {why}.",
        f"{_AS_IT_WAS} {step}",
        details={"errno": errno.errorcode.get(error.errno or 0, "unknown")},
    )


@contextmanager
def disk_errors(what: str) -> Iterator[None]:
    """Turn an OSError inside into a DiskError: "could not <what>"."""
    try:
        yield
    except OSError as error:
        raise disk_error(what, error) from error


def write_all(fd: int, data: bytes | memoryview) -> None:
    """Write every byte, however many calls it takes.

    Raises:
        OSError: as `write` gives it; EIO if the system takes no byte and gives no reason.
    """
    view = memoryview(data)
    while view:
        count = os.write(fd, view)
        if count <= 0:
            raise OSError(errno.EIO, "nothing was written")
        view = view[count:]


def sync(fd: int) -> None:
    """Have a file's or folder's content on the disk itself before going on."""
    if _FULL_SYNC is not None:  # on macOS fsync stops at the drive's cache
        fcntl.fcntl(fd, _FULL_SYNC)
        return
    os.fsync(fd)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back Ctrl-C for the moment of an act, then let it through.

    Outside the main thread no signal arrives, and nothing is held back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[FrameType | None] = []
    before = signal.signal(signal.SIGINT, lambda _number, frame: held.append(frame))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
        if held and before is not signal.SIG_IGN:
            if not callable(before):
                raise KeyboardInterrupt
            before(signal.SIGINT, held[-1])
