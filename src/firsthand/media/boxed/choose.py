"""Choosing a few frames in one pass: spread over the recording, and one after each cut.

Frames at every `stride`-th place are held; when there are too many, every other one is let go and
the stride doubles. So what is held depends on the frames alone and never on how fast they came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from av.video.frame import VideoFrame

__all__ = ["Choice", "Chooser"]

MEMORY = 160 << 20
MOST_HELD, FEWEST_HELD = 24, 6
MOST_CUTS = 6
CUT_LEVEL, CUT_RATIO = 0.08, 4.0
"""Mean change of luma (of 1) and its ratio to the running change that make a cut."""
SETTLED = 4
"""Changes seen before the running change means anything."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A frame, its place in the order shown, and why it was taken."""

    index: int
    frame: VideoFrame
    why: str

    @property
    def pts(self) -> int:
        """Its presentation time; frames without one are never offered."""
        return int(self.frame.pts or 0)


class Chooser:
    """Feed it every frame with its small luma; ask it at the end."""

    def __init__(self, frame_bytes: int) -> None:
        self.capacity = max(min(MEMORY // frame_bytes, MOST_HELD), FEWEST_HELD)
        self.held: list[Choice] = []
        self.cuts: list[Choice] = []
        self.last: Choice | None = None
        self.stride = 1
        self._before: Any = None
        self._usual = 0.0
        self._changes = 0

    def take(self, frame: VideoFrame, small: Any) -> None:
        """One more frame, in the order shown."""
        index = 0 if self.last is None else self.last.index + 1
        if self._is_cut(small) and len(self.cuts) < MOST_CUTS:
            self.cuts.append(Choice(index, frame, "cut"))
        if index % self.stride == 0:
            self.held.append(Choice(index, frame, "spread"))
            if len(self.held) > self.capacity:
                self.stride *= 2
                self.held = [choice for choice in self.held if choice.index % self.stride == 0]
        self.last = Choice(index, frame, "last")

    def _is_cut(self, small: Any) -> bool:
        before, self._before = self._before, small
        if before is None or before.shape != small.shape:
            return before is not None
        change = float(np.abs(small - before).mean())
        settled = self._changes >= SETTLED
        cut = settled and change > max(CUT_LEVEL, CUT_RATIO * self._usual)
        self._changes += 1
        self._usual = change if self._usual == 0 else 0.9 * self._usual + 0.1 * change
        return cut

    def spread(self, most: int) -> list[Choice]:
        """At most `most` frames, evenly spread, first and last among them."""
        pool = self._pool()
        if len(pool) <= most:
            return pool
        places = np.linspace(0, len(pool) - 1, most).round().astype(int)
        return [pool[place] for place in dict.fromkeys(places.tolist())]

    def key_frames(self, most: int) -> list[Choice]:
        """At most `most`: the first, those after cuts, then evenly spread ones."""
        if most <= 0 or self.last is None:
            return []
        cuts = self.cuts[: max(most // 2, 1)] if most > 1 else []
        chosen = {choice.index: choice for choice in self.spread(max(most - len(cuts), 1))}
        chosen |= {choice.index: choice for choice in cuts}
        return [chosen[index] for index in sorted(chosen)][:most]

    def _pool(self) -> list[Choice]:
        pool = {choice.index: choice for choice in self.held}
        if self.last is not None:
            pool.setdefault(self.last.index, self.last)
        return [pool[index] for index in sorted(pool)]
