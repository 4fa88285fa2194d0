"""Whether a note is a draft, or two persons stand by it; and which note it takes the place of."""

from __future__ import annotations

from typing import Final

from firsthand.note.english import moment
from firsthand.note.front import SignOff
from firsthand.records import say
from firsthand.records.words import Message

__all__ = ["DRAFT", "STATES", "signed_words"]

STATES: Final = (
    "open",
    "To Do",
    "In Progress",
    "Help Needed",
    "Ready for Review",
    "Completed",
    "Cancelled",
)
"""Where a case stands: ours, then Atlos' workflow."""
DRAFT: Final = say("Draft; second reader: none")
SIGNED: Final = "Signed off by two persons: {author} and {second}, {time}"


def signed_words(sign_off: SignOff) -> Message:
    """The first line's words for it."""
    return say(
        SIGNED,
        author=sign_off.author,
        second=sign_off.second_reader,
        time=moment(sign_off.log.at),
    )
