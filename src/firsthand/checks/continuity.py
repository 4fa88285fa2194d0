"""Is the recording of one piece: cuts, frozen, doubled and dropped frames, gaps in the sound?

What is found says where to look. Editing is not deceit, slow phones drop frames, and a recording
without a seam may show anything: so this never decides.
"""

from __future__ import annotations

from typing import Final

from firsthand.checks.base import CheckResult, check
from firsthand.checks.inputs import describe
from firsthand.media.continuity import Continuity
from firsthand.records import Inconclusive, Media, NeedsInput, NotApplicable, say

__all__ = ["continuity_check"]

_WHERE_TO_LOOK: Final = say("It says where to look. A seam is no deceit, and no seam is no proof.")

_STILL: Final = say("It is a still.")

_NAMES: Final = {
    "cut": ("cut", "cuts"),
    "frozen": ("frozen stretch", "frozen stretches"),
    "doubled": ("doubled frame", "doubled frames"),
    "dropped": ("dropped frame", "dropped frames"),
    "backwards": ("time that runs backwards", "times that run backwards"),
    "shape_changes": ("change of the picture's shape", "changes of the picture's shape"),
    "sound_gap": ("gap in the sound", "gaps in the sound"),
    "sound_silence": ("digital silence", "digital silences"),
    "sound_level_step": ("step in the sound's level", "steps in the sound's level"),
}
FIRST_SHOWN: Final = 12


@check(
    name="continuity",
    question="Is the recording of one piece?",
    proposition="F",
    version="2",
    scope="shot",
    alternative="staged_edited_or_synthetic",
)
def continuity_check(
    continuity: Continuity | None = None, media: Media | None = None
) -> CheckResult:
    """List what happens in the recording, with its times; of a still it cannot be asked."""
    if media is not None and media.kind == "image":
        return CheckResult(
            outcome=NotApplicable(why=_STILL),
            statement=say("A still has no frames before or after it."),
        )
    if continuity is None:
        return CheckResult(
            outcome=NeedsInput(missing=("continuity",), why=describe("media").ask),
            statement=say("Its frames could not be gone through."),
        )
    counted = [
        f"{count} {_NAMES[kind][0 if count == 1 else 1]}"
        for kind, count in sorted(continuity.counts.items())
        if count
    ]
    statement = (
        say(
            "In {frames} frames: {counted}. See where they are; none of them decides.",
            frames=str(continuity.frames),
            counted=", ".join(counted),
        )
        if counted
        else say(
            "In {frames} frames no cut, no frozen, doubled or dropped frame and no gap in the "
            "sound was found, which is no sign that nothing was changed.",
            frames=str(continuity.frames),
        )
    )
    # A change of frame rate doubles frames by the hundred, and a lone cut must not be lost there.
    rare = sorted(continuity.happenings, key=lambda one: continuity.counts.get(one.kind, 0))
    shown = sorted(rare[:FIRST_SHOWN], key=lambda one: one.t_s)
    return CheckResult(
        outcome=Inconclusive(why=_WHERE_TO_LOOK),
        statement=statement,
        nuisances=("file_continuity",),
        limits=(*(happening.statement for happening in shown), *continuity.notes),
        shows=tuple(dict.fromkeys(name for happening in shown for name in happening.pictures)),
    )
