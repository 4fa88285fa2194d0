"""Something that happens in a recording."""

from __future__ import annotations

from typing import Literal

from firsthand.records import Message, Part

__all__ = ["Happening", "Kind"]

Kind = Literal[
    "cut", "frozen", "doubled", "dropped", "backwards", "shape_changes", "sound_gap",
    "sound_silence", "sound_level_step",
]  # fmt: skip


class Happening(Part):
    """Something at `t_s` (to `end_s`); `pictures` names before and after, if they were kept."""

    kind: Kind
    t_s: float
    end_s: float | None = None
    statement: Message
    pictures: tuple[str, ...] = ()
