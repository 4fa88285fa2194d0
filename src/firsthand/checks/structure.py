"""Is the file written as a camera, an editor or a re-encoder writes it?

It says by which programs' habits the file is written, and never more: most footage has been through
a messenger or an editor, an editor can write like a camera, and what is not found proves nothing.
"""

from __future__ import annotations

from typing import Final

from firsthand.checks.base import CheckResult, check
from firsthand.media.structure import Structure
from firsthand.records import Inconclusive, Message, NotApplicable, say

__all__ = ["structure_check"]

_NO_SIGN: Final = say(
    "A file's build never decides: re-encoding is usual, and habits can be copied."
)


@check(
    name="structure",
    question="Is the file written as a camera, an editor or a re-encoder writes it?",
    proposition="F",
    version="1",
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
    statement = (
        say(
            "Written as by {writers}. Whether anything in it was changed, this does not say.",
            writers="; ".join(writers),
        )
        if writers
        else say("Its build fits no writer that is known here, which proves nothing.")
    )
    return CheckResult(
        outcome=Inconclusive(why=_NO_SIGN),
        statement=statement,
        nuisances=("file_structure",),
        limits=_limits(structure),
    )


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
    if structure.trailing_bytes:
        out.append(say("{count} bytes stand after its end.", count=str(structure.trailing_bytes)))
    if not structure.whole:
        out.append(say("The file is not whole: it ends, or is broken, before its outline does."))
    return tuple(out)
