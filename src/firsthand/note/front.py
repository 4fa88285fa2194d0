"""Page one as data, section by section, in the order in which it is read."""

from __future__ import annotations

from firsthand.note.parts import FigurePart, LogPoint, Sentence
from firsthand.records import Part
from firsthand.records.words import Message

__all__ = [
    "Background",
    "CannotTell",
    "ChangeRow",
    "Changes",
    "ClaimPart",
    "ReadingRow",
    "Settle",
    "Shows",
    "SignOff",
    "Sources",
    "Use",
]


class Use(Part):
    """How the footage may be used, and in which words."""

    rules: tuple[Sentence, ...]
    wording: tuple[Sentence, ...]


class ClaimPart(Part):
    """The claim in its own words, whose it is and how it is hedged."""

    publisher: str | None
    published: str | None
    quotes: tuple[Sentence, ...]
    hedges: tuple[Sentence, ...]
    missing: tuple[Sentence, ...]
    others: tuple[Sentence, ...]


class Shows(Part):
    """What is to be seen in the footage, how it came in, and what ties it to the report."""

    seen: tuple[Sentence, ...]
    got: tuple[Sentence, ...]
    figures: tuple[FigurePart, ...]


class CannotTell(Part):
    """Something that cannot be told: what, why, and the numbers of what would settle it."""

    what: Message
    why: Sentence
    settled_by: tuple[int, ...]


class Settle(Part):
    """Something that would settle open questions; `number` is its place in the order."""

    number: int
    act: str
    sentence: Sentence


class Sources(Part):
    """Who is named, who had it from whom, and how many origins that makes."""

    sentences: tuple[Sentence, ...]


class Background(Part):
    """What the report says of the past: whose it is, and that it says nothing of the footage."""

    sentences: tuple[Sentence, ...]


class ReadingRow(Part):
    """How many readings a person has accepted, edited or rejected, and how many none has."""

    accepted: int
    edited: int
    rejected: int
    proposed: int


class SignOff(Part):
    """Who signed a note off, and the line of the log that says so.

    `author` wrote the note, `second_reader` is another person, who made none of its findings.
    """

    author: str
    second_reader: str
    log: LogPoint


class ChangeRow(Part):
    """One change, and what caused it."""

    what: Sentence
    why: Sentence


class Changes(Part):
    """The note before, by its number and its line of the log, and every change since."""

    before: int
    line: int
    head: Message
    lead: tuple[Sentence, ...]
    rows: tuple[ChangeRow, ...]
