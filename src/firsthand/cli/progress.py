"""Progress on stderr: a bar on a terminal, one plain line a step elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from firsthand.cli.out import tell

__all__ = ["Progress", "progress"]


class Progress:
    """What the use cases report to: `step` names the work, `bytes_done` moves its bar."""

    def step(self, text: str, total_bytes: int | None = None) -> None:
        """A new piece of work has begun."""
        tell(f"… {text}")

    def bytes_done(self, count: int) -> None:
        """So many more bytes of the current piece are done."""


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar where stderr is a terminal, lines where it is not."""
    if not sys.stderr.isatty():
        yield Progress()
        return
    from firsthand.cli.progress_bar import BarProgress

    with BarProgress() as bar:
        yield bar
