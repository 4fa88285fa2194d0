"""Cuts, frozen, doubled and dropped frames, gaps in the sound: where it is not of one piece.

A cut is no fault: most clips are cut, and editing is not deceit. Frozen and dropped frames come
from slow phones, screen recorders and re-encoders as well as from hands. What is found says where
to look, each with its time and, where there is one, the picture before and after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Any, Literal

from firsthand.media.happening import Happening
from firsthand.media.sound import across, sound_happenings
from firsthand.records import Message, Part, say

__all__ = ["Continuity", "Gathered", "Happening", "continuity_from"]

CUT, CUT_RATIO, CUT_HISTOGRAM = 0.06, 4.0, 0.12
CUT_STRONG, CUT_STRONG_RATIO = 0.1, 8.0
"""Mean change of luma (of 1), its ratio to the usual change about it, and the change of histogram
that make a cut; where the change is this strong the histogram is not asked."""
PERSISTS = 0.6
"""After a cut the new scene stays: a flash is gone two frames on."""
NEIGHBOURS = 12
FROZEN_S, FROZEN_CHANGE, MOVING = 0.5, 0.0008, 0.003
DOUBLED_SHARE, DOUBLED_MOVING = 0.1, 0.004
STEADY_SHARE, STEADY_SLACK, DROPPED_GAP = 0.9, 0.1, 1.6
MOST = 60
"""How many happenings of one kind are listed; the number in all is kept."""


class Continuity(Part):
    """What happens, in the order of time; `counts` has every kind's number in all.

    `rate_hz` is the usual rate, `steady` whether nearly all frames keep it. `sound_across_cuts`
    tells, for each cut listed, whether the sound's level runs on: `steps`, `runs_on`, `none`.
    """

    complete: bool
    frames: int
    rate_hz: float | None
    steady: bool | None
    counts: dict[str, int]
    happenings: tuple[Happening, ...]
    sound_across_cuts: tuple[Literal["runs_on", "steps", "none"], ...] = ()
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """The boxed pass's numbers, checked for shape."""

    pts: list[int]
    base: Fraction
    change: list[float]
    over_two: list[float]
    histogram: list[float]
    pairs: dict[int, int]

    def at(self, index: int) -> float:
        """Seconds of a frame, to the microsecond."""
        return round(float(self.pts[index] * self.base), 6)

    def pictures(self, index: int) -> tuple[str, ...]:
        """The pictures kept of the step to this frame."""
        number = self.pairs.get(index)
        if number is None:
            return ()
        return (f"event-{number:03d}-before.jpg", f"event-{number:03d}-after.jpg")

    def usual(self, index: int) -> float:
        """The median change about a frame, itself and its neighbours at the cut left out."""
        low, high = max(index - NEIGHBOURS, 1), min(index + NEIGHBOURS + 1, len(self.change))
        about = [self.change[i] for i in range(low, high) if abs(i - index) > 1]
        return median(about) if about else 0.0


def continuity_from(data: Mapping[str, Any]) -> Continuity:
    """Judge what the boxed pass measured.

    Raises:
        KeyError, TypeError, ValueError: the data is not what the pass gives.
    """
    above, below = str(data["time_base"]).split("/")
    base = Fraction(int(above), int(below))
    video, audio = data["video"], data["audio"]
    happenings: list[Happening] = []
    notes: list[Message] = []
    rate: float | None = None
    steady: bool | None = None
    frames = 0
    if video is not None:
        seen = _gathered(video, base, data["pairs"])
        frames = len(seen.pts)
        rate, steady, dropped = _rhythm(seen)
        happenings += [*dropped, *_cuts(seen), *_frozen(seen), *_shapes(seen, video["shapes"])]
        doubled, pattern = _doubled(seen)
        happenings += doubled
        notes += pattern
        if video["damaged"]:
            notes.append(say("{n} stretches could not be decoded.", n=str(int(video["damaged"]))))
    if audio is not None:
        happenings += sound_happenings(audio)
    steps = tuple(
        across(audio, h.t_s) for h in happenings if h.kind == "cut"
    )[:MOST]  # fmt: skip
    if not data["complete"]:
        notes.append(say("It is long or damaged: only its first part was examined."))
    counts: dict[str, int] = {}
    kept: list[Happening] = []
    for happening in sorted(happenings, key=lambda h: (h.t_s, h.kind)):
        counts[happening.kind] = counts.get(happening.kind, 0) + 1
        if counts[happening.kind] <= MOST:
            kept.append(happening)
    return Continuity(
        complete=bool(data["complete"]),
        frames=frames,
        rate_hz=rate,
        steady=steady,
        counts=counts,
        happenings=tuple(kept),
        sound_across_cuts=steps,
        notes=tuple(notes),
    )


def _gathered(video: Mapping[str, Any], base: Fraction, pairs: list[int]) -> Gathered:
    seen = Gathered(
        pts=[int(p) for p in video["pts"]],
        base=base,
        change=[float(c) for c in video["change"]],
        over_two=[float(c) for c in video["over_two"]],
        histogram=[float(c) for c in video["histogram"]],
        pairs={int(index): number for number, index in enumerate(pairs)},
    )
    if not len(seen.pts) == len(seen.change) == len(seen.over_two) == len(seen.histogram):
        raise ValueError("numbers that do not belong together")
    return seen


def _rhythm(seen: Gathered) -> tuple[float | None, bool | None, list[Happening]]:
    """(usual rate, whether steady, frames missing by their times, or going back)."""
    steps = [b - a for a, b in pairwise(seen.pts)]
    forward = [step for step in steps if step > 0]
    if not forward:
        return None, None, []
    usual = median(forward)
    near = sum(abs(step - usual) <= STEADY_SLACK * usual for step in steps)
    steady = near >= STEADY_SHARE * len(steps)
    found: list[Happening] = []
    for index, step in enumerate(steps, 1):
        if step <= 0:
            found.append(Happening(
                kind="backwards", t_s=seen.at(index), pictures=seen.pictures(index),
                statement=say("At {t} s the times stand still or run back.", t=_t(seen, index)),
            ))  # fmt: skip
        elif steady and step > DROPPED_GAP * usual:
            missing = round(step / usual) - 1
            found.append(Happening(
                kind="dropped", t_s=seen.at(index - 1), end_s=seen.at(index),
                pictures=seen.pictures(index),
                statement=say(
                    "{n} frames are missing by their times before {t} s.",
                    n=str(missing), t=_t(seen, index),
                ),
            ))  # fmt: skip
    return round(float(1 / (Fraction(usual) * seen.base)), 3), steady, found


def _t(seen: Gathered, index: int) -> str:
    return f"{seen.at(index):.3f}"


def _cuts(seen: Gathered) -> list[Happening]:
    found = []
    for index in range(1, len(seen.pts)):
        change = seen.change[index]
        if change < CUT or change < CUT_RATIO * seen.usual(index):
            continue
        strong = change >= CUT_STRONG and change >= CUT_STRONG_RATIO * seen.usual(index)
        if seen.histogram[index] < CUT_HISTOGRAM and not strong:
            continue
        if _passes(seen, index, change):
            continue
        found.append(Happening(
            kind="cut", t_s=seen.at(index), pictures=seen.pictures(index),
            statement=say("The scene changes between two frames at {t} s.", t=_t(seen, index)),
        ))  # fmt: skip
    return found


def _passes(seen: Gathered, index: int, change: float) -> bool:
    """A flash: the frames on either side of one are alike, so a step up or down is no cut."""
    back = index >= 2 and seen.over_two[index] < PERSISTS * change
    on = index + 1 < len(seen.pts) and seen.over_two[index + 1] < PERSISTS * change
    return back or on


def _frozen(seen: Gathered) -> list[Happening]:
    if median(seen.change or [0.0]) < MOVING:
        return []  # hardly anything moves at all: a tripod, a still, a screen
    found = []
    start = None
    for index in range(1, len(seen.pts) + 1):
        still = index < len(seen.pts) and seen.change[index] < FROZEN_CHANGE
        if still and start is None:
            start = index - 1
        elif not still and start is not None:
            begun, ended = seen.at(start), seen.at(index - 1)
            if ended - begun >= FROZEN_S:
                pictures = next(
                    (seen.pictures(i) for i in range(start, index) if i in seen.pairs), ()
                )
                found.append(Happening(
                    kind="frozen", t_s=begun, end_s=ended, pictures=pictures[:1],
                    statement=say(
                        "The picture stands still from {a} s to {b} s while the rest moves.",
                        a=f"{begun:.3f}", b=f"{ended:.3f}",
                    ),
                ))  # fmt: skip
            start = None
    return found


def _doubled(seen: Gathered) -> tuple[list[Happening], list[Message]]:
    """Single frames that repeat the one before while their neighbours move."""
    places = [
        index
        for index in range(2, len(seen.pts) - 1)
        if seen.usual(index) > DOUBLED_MOVING
        and seen.change[index] < DOUBLED_SHARE * seen.usual(index)
        and min(seen.change[index - 1], seen.change[index + 1]) > 0.5 * seen.usual(index)
    ]
    gaps = [b - a for a, b in pairwise(places)]
    notes = []
    if len(gaps) >= 8:
        usual = median(gaps)
        if sum(abs(gap - usual) <= 1 for gap in gaps) >= 0.8 * len(gaps):
            notes.append(say(
                "About one frame in {n} repeats the one before, as a change of frame rate does.",
                n=f"{usual:g}",
            ))  # fmt: skip
    found = [
        Happening(
            kind="doubled", t_s=seen.at(index), pictures=seen.pictures(index),
            statement=say("The frame at {t} s repeats the one before it.", t=_t(seen, index)),
        )
        for index in places
    ]  # fmt: skip
    return found, notes


def _shapes(seen: Gathered, shapes: list[Any]) -> list[Happening]:
    """The picture's size or turn changes within the recording."""
    if len(shapes) < 2:
        return []
    told = ", then ".join(f"{w} x {h} turned {turns * 90}" for w, h, turns, _ in shapes[:6])
    return [Happening(
        kind="shape_changes", t_s=seen.at(0), end_s=seen.at(len(seen.pts) - 1),
        statement=say("Size or rotation changes within the recording: {told}.", told=told),
    )]  # fmt: skip
