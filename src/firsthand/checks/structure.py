"""Is the file written as a camera, an editor or a re-encoder writes it?

It says by which programs' habits the file is written, and never more: most footage has been through
a messenger or an editor, an editor can write like a camera, and what is not found proves nothing.
"""

from __future__ import annotations

from typing import Final

from firsthand.checks.base import CheckResult, check
from firsthand.media.structure import EarlierSaving, Structure
from firsthand.records import Inconclusive, Message, NotApplicable, say

__all__ = ["structure_check"]

_SAVED_AGAIN: Final = say(
    "Messengers and sites save pictures again: an earlier saving would tell that the file is not "
    "as a camera wrote it, and nothing of what was changed; that none shows tells nothing."
)
_NO_SIGN: Final = say(
    "A file's build never decides: re-encoding is usual, and habits can be copied."
)


@check(
    name="structure",
    question="Is the file written as a camera, an editor or a re-encoder writes it?",
    proposition="F",
    version="2",
    scope="shot",
    alternative="staged_edited_or_synthetic",
)
def structure_check(structure: Structure) -> CheckResult:
    """Name the writers whose habits the file shows."""
    if not structure.order and not structure.consistent_with:
        return CheckResult(
            outcome=NotApplicable(why=say("This kind of file has no outline that is read here.")),
            statement=say("This kind of file has no outline that is read here."),
        )
    writers = tuple(dict.fromkeys(writer.name for writer in structure.consistent_with))
    return CheckResult(
        outcome=Inconclusive(why=_NO_SIGN),
        statement=_statement("; ".join(writers), structure.earlier_saving),
        nuisances=("file_structure",),
        limits=_limits(structure),
    )


def _statement(writers: str, earlier: EarlierSaving | None) -> Message:
    if writers and earlier:
        return say(
            "Written as by {writers}, and it looks as if it had been saved as a JPEG before, at "
            "about quality {quality}. Whether anything in it was changed, this does not say.",
            writers=writers,
            quality=str(earlier.quality),
        )
    if writers:
        return say(
            "Written as by {writers}. Whether anything in it was changed, this does not say.",
            writers=writers,
        )
    if earlier:
        return say(
            "It looks as if it had been saved as a JPEG before, at about quality {quality}, and "
            "then again, finer. Whether anything in it was changed, this does not say.",
            quality=str(earlier.quality),
        )
    return say("Its build fits no writer that is known here, which proves nothing.")


def _limits(structure: Structure) -> tuple[Message, ...]:
    out = [
        say(
            "{writer}: told by {why} ({source}).",
            writer=writer.name,
            why=writer.why,
            source=writer.source,
        )
        for writer in structure.consistent_with
    ]
    if structure.earlier_saving is not None:
        out.append(_SAVED_AGAIN)
    if structure.trailing_bytes:
        out.append(say("{count} bytes stand after its end.", count=str(structure.trailing_bytes)))
    if not structure.whole:
        out.append(say("The file is not whole: it ends, or is broken, before its outline does."))
    return tuple(out)
