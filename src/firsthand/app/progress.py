"""How a use case tells what it is doing; who shows it decides how."""

from __future__ import annotations

from typing import Protocol

__all__ = ["QUIET", "Progress"]


class Progress(Protocol):
    """`step` names the work that begins, `bytes_done` moves it on."""

    def step(self, text: str, total_bytes: int | None = None) -> None:
        """A new piece of work has begun."""

    def bytes_done(self, count: int) -> None:
        """So many more bytes are done."""


class _Quiet:
    def step(self, text: str, total_bytes: int | None = None) -> None:
        """Say nothing."""

    def bytes_done(self, count: int) -> None:
        """Say nothing."""


QUIET: Progress = _Quiet()
