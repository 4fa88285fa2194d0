"""What every section of the note is made of: sentences, references, pictures."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from firsthand.records import Instant, Part, Sha256
from firsthand.records.words import Message

__all__ = [
    "FigurePart",
    "LogPoint",
    "RefKind",
    "Reference",
    "Sentence",
]

RefKind = Literal[
    "span",
    "report",
    "item",
    "frame",
    "finding",
    "log",
    "setting",
    "mark",
    "record",
    "weighing",
]


class Sentence(Part):
    """One sentence and the numbers of what it rests on. `id` is its anchor in the page.

    `parts` follow the message: a list, or the statement of a check that the sentence hands on.
    """

    id: str
    message: Message
    parts: tuple[Message, ...] = ()
    refs: tuple[int, ...] = Field(min_length=1)


class Reference(Part):
    """One piece of evidence, numbered in the order of first use.

    `key` names it for a machine (`span:r1:10-24`, `frame:i3@1.25`, `finding:f2`); `quote`, with
    its position, is there for a span; `commitment` is SHA-256 over salt and hash, never the plain
    hash of an item; `link` is the anchor of the
    place further down where the thing stands in full; `used_by` are the anchors of what cites it.
    """

    number: int
    kind: RefKind
    key: str
    text: Message
    quote: str | None = None
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    target: str | None = None
    t_s: float | None = None
    commitment: Sha256 | None = None
    line: int | None = None
    link: str | None = None
    used_by: tuple[str, ...] = ()


class LogPoint(Part):
    """The line of the log up to which the note is drawn, its time, and its hash."""

    line: int = Field(ge=1)
    head: Sha256
    at: Instant


class FigurePart(Part):
    """A picture, by the id under which the caller hands over its bytes."""

    id: str
    item: str
    caption: Message
    alt: Message
    hidden: bool = False
    width_px: int | None = None
    height_px: int | None = None
