"""Who acts, when, and where time and chance come from: handed in, never read in the middle."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from firsthand.errors import InputError

__all__ = ["Actor", "Context"]

_ACTOR_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@dataclass(frozen=True)
class Actor:
    """A person at the desk.

    `id` stands in every line and is not secret, so it must not be a name; `name` is kept once,
    in a sensitive payload.
    """

    id: str
    name: str

    def __post_init__(self) -> None:
        if not _ACTOR_ID.fullmatch(self.id):
            raise InputError(
                f"{self.id!r} cannot be an actor's id.",
                "Use 1 to 64 of a-z, 0-9, dot, hyphen and underscore, and no one's name.",
            )


@dataclass(frozen=True)
class Context:
    """What an act needs from outside.

    `now` gives an aware instant, `time_source` says where it comes from ("system clock, not
    synchronised"), `entropy(n)` gives n unpredictable bytes.
    """

    now: Callable[[], datetime]
    time_source: str
    actor: Actor
    entropy: Callable[[int], bytes]
