"""What the sound does: gaps, silence that no microphone gives, steps of the background."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from firsthand.media.happening import Happening
from firsthand.records import say

__all__ = ["across", "sound_happenings"]

SILENCE_DB, SILENCE_S, NEAR_S = -110.0, 0.1, 0.25
STEP_DB, BACKGROUND_S = 15.0, 3.0
FEWEST_BLOCKS = 50
"""A second of sound: of less no background is told."""


def sound_happenings(audio: Mapping[str, Any]) -> list[Happening]:
    """Jumps of the time stamps, digital silence, and steps of the background."""
    found = [
        Happening(
            kind="sound_gap", t_s=float(a), end_s=float(b) if b > a else None,
            statement=say("The sound jumps from {a} s to {b} s.", a=f"{a:.3f}", b=f"{b:.3f}"),
        )
        for a, b in audio["gaps"]
    ]  # fmt: skip
    levels = [float(level) for level in audio["level_db"]]
    block, first = float(audio["block_s"]), float(audio["first_s"] or 0.0)
    start = None
    for index, level in enumerate([*levels, 0.0]):
        if level <= SILENCE_DB and start is None:
            start = index
        elif level > SILENCE_DB and start is not None:
            inside = start > 0 and index < len(levels)
            if inside and (index - start) * block >= SILENCE_S:
                a, b = first + start * block, first + index * block
                found.append(Happening(
                    kind="sound_silence", t_s=round(a, 3), end_s=round(b, 3),
                    statement=say(
                        "The sound is digital silence from {a} s to {b} s, as no microphone is.",
                        a=f"{a:.2f}", b=f"{b:.2f}",
                    ),
                ))  # fmt: skip
            start = None
    return found + _steps(levels, block, first)


def _background(levels: list[float], low: int, high: int) -> float | None:
    """The level that sound does not fall below: the lowest twentieth over a stretch."""
    part = sorted(levels[max(low, 0) : max(high, 0)])
    return part[len(part) // 20] if len(part) >= FEWEST_BLOCKS else None


def _steps(levels: list[float], block: float, first: float) -> list[Happening]:
    """Where the background jumps for good: another room, microphone or clip."""
    span = int(BACKGROUND_S / block)
    found: list[Happening] = []
    index = span
    while index <= len(levels) - span:
        before = _background(levels, index - span, index)
        after = _background(levels, index, index + span)
        if before is None or after is None or min(before, after) <= SILENCE_DB:
            index += 1
            continue
        if abs(after - before) >= STEP_DB:
            index = _sharpest(levels, index, span)
            t = first + index * block
            found.append(Happening(
                kind="sound_level_step", t_s=round(t, 3),
                statement=say(
                    "The background of the sound steps by {db} dB at about {t} s.",
                    db=f"{after - before:+.0f}", t=f"{t:.2f}",
                ),
            ))  # fmt: skip
            index += span
        index += 1
    return found


def _sharpest(levels: list[float], index: int, span: int) -> int:
    """Where within the next stretch the step is largest."""

    def size(at: int) -> float:
        before = _background(levels, at - span, at)
        after = _background(levels, at, at + span)
        return 0.0 if before is None or after is None else abs(after - before)

    return max(range(index, min(index + span, len(levels) - span) + 1), key=size)


def across(audio: Mapping[str, Any] | None, t_s: float) -> Literal["runs_on", "steps", "none"]:
    """Whether the background of the sound keeps its level across a moment."""
    if audio is None or not audio["level_db"]:
        return "none"
    block, first = float(audio["block_s"]), float(audio["first_s"] or 0.0)
    place = round((t_s - first) / block)
    span, near = int(BACKGROUND_S / block), int(NEAR_S / block)
    levels = [float(level) for level in audio["level_db"]]
    before = _background(levels, place - near - span, place - near)
    after = _background(levels, place + near, place + near + span)
    if before is None or after is None:
        return "none"
    return "steps" if abs(after - before) >= STEP_DB else "runs_on"
