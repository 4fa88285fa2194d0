"""The rich progress bar, apart, so that a pipe never pays for it."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, SpinnerColumn, TaskID, TextColumn
from rich.progress import Progress as RichProgress

from firsthand.cli.out import visible
from firsthand.cli.progress import Progress

__all__ = ["BarProgress"]


class BarProgress(Progress):
    """One line a step; a byte bar where the size is known."""

    def __init__(self) -> None:
        self._rich = RichProgress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            console=Console(stderr=True),
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._rich.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._rich.stop()

    def step(self, text: str, total_bytes: int | None = None) -> None:
        """Finish the step before and start this one."""
        if self._task is not None:
            self._rich.update(self._task, completed=1, total=1, visible=False)
        self._task = self._rich.add_task(escape(visible(text, one_line=True)), total=total_bytes)

    def bytes_done(self, count: int) -> None:
        """Move the bar."""
        if self._task is not None:
            self._rich.advance(self._task, count)
