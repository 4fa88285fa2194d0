"""Make one system call that changes a disk fail: once, or from then on."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

CALLS: Final = ("write", "fsync", "link", "rename", "mkdir", "ftruncate", "unlink")
SHORT: Final = -1
"""In place of an errno: the call writes half of what it was asked to, then the disk is full."""


KILL: Final = -2
"""In place of an errno: the process kills itself before the call."""


@dataclass
class Counter:
    """How often the calls were made, and which one failed."""

    seen: int = 0
    failed: list[str] = field(default_factory=list)


@contextmanager
def fault(
    nth: int | None,
    error: int = errno.ENOSPC,
    *,
    lasting: bool = False,
    calls: tuple[str, ...] = CALLS,
) -> Iterator[Counter]:
    """Fail the `nth` (from 1) of `calls` with `error`; with None only count them."""
    counter = Counter()
    originals: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in calls}

    def wrap(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            counter.seen += 1
            due = nth is not None and (counter.seen == nth or (lasting and counter.seen > nth))
            if not due:
                return original(*args, **kwargs)
            counter.failed.append(name)
            if error == KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            if error == SHORT:
                if name == "write" and counter.seen == nth:
                    descriptor, data = args
                    return original(descriptor, memoryview(data)[: max(1, len(data) // 2)])
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            raise OSError(error, os.strerror(error))

        return call

    try:
        for name, original in originals.items():
            setattr(os, name, wrap(name, original))
        yield counter
    finally:
        for name, original in originals.items():
            setattr(os, name, original)
