"""What a verification note says, before anybody lays it out.

`NoteModel` is plain data: sentences with the numbers of their references, in the order in which a
reader meets them. `render` turns it into pages and invents nothing. No plain hash of an item, no
camera position and no name from inside a file's metadata is kept here: items are named by id and
by a salted commitment that somebody who holds the item can check.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from firsthand.records import Instant, Part, Record, Sha256
from firsthand.records.finding import PropositionId
from firsthand.records.words import Message

__all__ = [
    "Background",
    "BackgroundRow",
    "CannotTell",
    "ClaimPart",
    "ClaimRow",
    "Command",
    "Custody",
    "CustodyLine",
    "EdgeRow",
    "FigurePart",
    "FindingPart",
    "Footage",
    "HolderRow",
    "ItemRow",
    "LogPoint",
    "MeasurementRow",
    "NoteModel",
    "PropositionRow",
    "ReadingRow",
    "RefKind",
    "Reference",
    "Sentence",
    "SettingRow",
    "Settle",
    "Shows",
    "Sources",
    "Use",
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
OutcomeKind = Literal[
    "consistent", "inconsistent", "inconclusive", "needs_input", "not_applicable", "could_not_run"
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


class FigurePart(Part):
    """A picture, by the id under which the caller hands over its bytes."""

    id: str
    item: str
    caption: Message
    alt: Message
    hidden: bool = False
    width_px: int | None = None
    height_px: int | None = None


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


class BackgroundRow(Part):
    """One event the report tells of, as the report tells it."""

    id: str
    kind: str
    when: Message
    summary: str
    where: Message
    by: Message
    ref: tuple[int, ...]


class Background(Part):
    """What the report says of the past: whose it is, and that it says nothing of the footage."""

    sentences: tuple[Sentence, ...]
    rows: tuple[BackgroundRow, ...]


class ReadingRow(Part):
    """How many readings a person has accepted, edited or rejected, and how many none has."""

    accepted: int
    edited: int
    rejected: int
    proposed: int


class HolderRow(Part):
    """One step of a claim's chain: a name, and what they did (says, filmed, posted, ...)."""

    name: str
    relation: str


class ClaimRow(Part):
    """A claim in full: its words, holders, hedges, polarity, and what a person did with it."""

    id: str
    revision: int
    type: str
    proposition: str
    footage: bool
    role: str
    quote: str
    holders: tuple[HolderRow, ...]
    hedges: tuple[str, ...]
    polarity: str
    factuality: int
    when: Message
    where: Message
    review: Message
    rejected: bool
    ref: tuple[int, ...]


class MeasurementRow(Part):
    """A figure with its unit, its 95 % interval, and how it was got."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    how: str


class FindingPart(Part):
    """One check's answer in full."""

    id: str
    check: str
    question: str
    proposition: PropositionId
    shot: str | None
    outcome: OutcomeKind
    statement: Sentence
    why: Message | None
    missing: tuple[str, ...]
    tests: tuple[str, ...]
    alternative: Message | None
    strength: Message | None
    toward: Literal["for", "against"] | None
    p_value: str | None
    power: Message | None
    rests_on_unaccepted: bool
    stale: bool
    runs: int
    measurements: tuple[MeasurementRow, ...]
    inputs: tuple[int, ...]
    claims: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    method: Message
    tools: tuple[tuple[str, str], ...]
    limits: tuple[Message, ...]
    figures: tuple[FigurePart, ...]


class PropositionRow(Part):
    """Where one of the three propositions stands."""

    id: PropositionId
    shot: str | None
    status: str
    sentence: Sentence
    carried_by: tuple[str, ...]
    agrees: tuple[str, ...]
    conflicts: tuple[str, ...]
    rests_on_unaccepted: bool


class SettingRow(Part):
    """Something a person put in; `value` is None where the note withholds it."""

    id: str
    revision: int
    name: str
    scope: str
    value: Message | None
    why: str
    by: str
    at: Instant
    ref: int


class EdgeRow(Part):
    """Who had it from whom, stated or inferred."""

    id: str
    lineage: str
    earlier: str
    later: str
    relation: str
    basis: str
    why: Message
    ref: tuple[int, ...]


class ItemRow(Part):
    """Something kept: what it is, how it came, and its salted commitment."""

    id: str
    kind: str
    media_type: str
    size: int
    name: str
    label: str
    how: str
    by: str
    at: Instant | None
    time_source: str
    line: int | None
    commitment: Sha256 | None
    made: str
    ref: int


class Footage(Part):
    """What the decoder reports of one media item."""

    item: str
    facts: tuple[tuple[Message, Message], ...]
    file_says: tuple[tuple[Message, Message], ...]
    warnings: tuple[str, ...]
    refs: tuple[int, ...]


class CustodyLine(Part):
    """One line of the log, without anything that a line doesn't carry itself."""

    line: int
    at: Instant
    kind: str
    subject: tuple[str, ...]


class Command(Part):
    """Something to type, and what it must print (None: what it prints explains itself)."""

    what: Message
    command: str
    prints: str | None = None


class Custody(Part):
    """What is kept and how anybody checks it."""

    items: tuple[ItemRow, ...]
    summary: tuple[Sentence, ...]
    lines: tuple[CustodyLine, ...]
    commands: tuple[Command, ...]


class NoteModel(Record):
    """A verification note as data; a pure function of the log up to `log.line`."""

    schema_: Literal["firsthand/note/1"] = Field("firsthand/note/1", alias="schema")
    number: int = Field(ge=1)
    language: Literal["en"]
    title: Message
    written_at: Instant
    log: LogPoint
    state: str
    second_reader: str | None
    readings: ReadingRow
    warnings: tuple[Sentence, ...]
    use: Use
    claim: ClaimPart
    shows: Shows
    cannot_tell: tuple[CannotTell, ...]
    sources: Sources
    done: tuple[Sentence, ...]
    not_done: tuple[Sentence, ...]
    would_settle: tuple[Settle, ...]
    background: Background
    handling: tuple[Sentence, ...]
    propositions: tuple[PropositionRow, ...]
    findings: tuple[FindingPart, ...]
    claims: tuple[ClaimRow, ...]
    footage: tuple[Footage, ...]
    edges: tuple[EdgeRow, ...]
    origins: tuple[tuple[str, ...], ...]
    settings: tuple[SettingRow, ...]
    custody: Custody
    references: tuple[Reference, ...]

    @model_validator(mode="after")
    def _references_are_numbered(self) -> Self:
        if [reference.number for reference in self.references] != list(
            range(1, len(self.references) + 1)
        ):
            raise ValueError("references are numbered from 1 in order")
        return self
