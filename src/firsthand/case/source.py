"""A file from outside, read once and watched: it must not change while it is taken in."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Self

from firsthand.errors import DiskError, InputError, NoSuchThing

__all__ = ["SourceFile", "plain_name"]

_ESCAPE = re.compile(r"\\\\|\\x([0-9a-f]{2})")


class SourceFile:
    """A plain file opened for reading; `read` and `still` refuse one that changes meanwhile.

    Raises:
        NoSuchThing: it is not there.
        InputError: it is no plain file, or may not be read.
        DiskError: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.name = plain_name(path.name)
        shown = repr(plain_name(str(path)))
        try:
            self._fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NoSuchThing(f"There is no file {shown}.", "Check the path.") from error
        except PermissionError as error:
            raise InputError(
                f"{shown} cannot be read: permission was refused.",
                "Give yourself the right to read it.",
            ) from error
        except (OSError, ValueError) as error:
            raise DiskError(
                f"{shown} cannot be opened: {error}.", "Copy it from where it comes from again."
            ) from error
        if not stat.S_ISREG(os.fstat(self._fd).st_mode):
            os.close(self._fd)
            raise InputError(f"{shown} is no plain file.", "Give a file, not a folder or pipe.")
        self._before = self._look()
        self._left = self._before[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        os.close(self._fd)

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; never on and on from a file that keeps growing."""
        data = os.read(self._fd, size)
        self._left -= len(data)
        if self._left < 0:
            raise self._changed()
        return data

    def still(self) -> None:
        """Complain if the file is not as it was when it was opened."""
        if self._look() != self._before:
            raise self._changed()

    def _look(self) -> tuple[int, int]:
        found = os.fstat(self._fd)
        return found.st_size, found.st_mtime_ns

    def _changed(self) -> InputError:
        return InputError(
            f"{self.name!r} changed while it was being taken in; nothing of it was kept.",
            "Wait until nothing writes to it, then take it in again.",
        )


def plain_name(name: str) -> str:
    r"""A file name as text, from which its bytes can be had back.

    Bytes that are not UTF-8 become `\xNN`. Where there are some, and where the name itself has
    something that would read as such, backslashes are doubled; else it stays as it is.
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        doubled = name.replace("\\", "\\\\")
        try:
            return doubled.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        except UnicodeEncodeError:  # half a surrogate pair, which no file system gives
            return doubled.encode("utf-8", "backslashreplace").decode()
    return name.replace("\\", "\\\\") if _ESCAPE.search(name) else name
