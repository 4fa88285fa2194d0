"""What the audit's parts hand each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

__all__ = ["Problem", "Problems"]

MAX_KEPT: Final = 10_000
"""Beyond this only their number is kept: a hostile case must not fill the memory."""


@dataclass(frozen=True)
class Problem:
    """One failure: a code for programs, the place, and a sentence for people."""

    code: str
    where: str
    message: str


@dataclass
class Problems:
    """Failures as they are found."""

    kept: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, code: str, where: str, message: str) -> None:
        """One more."""
        self.count += 1
        if len(self.kept) < MAX_KEPT:
            self.kept.append(Problem(code, where, message))
