"""What stands behind page one as data: findings, claims, files, sources, custody."""

from __future__ import annotations

from typing import Literal

from firsthand.note.parts import FigurePart, Sentence
from firsthand.records import Instant, Part, Sha256
from firsthand.records.finding import Alternative, PropositionId
from firsthand.records.words import Message

__all__ = [
    "AgainstRow",
    "ClaimRow",
    "Command",
    "Custody",
    "CustodyLine",
    "EdgeRow",
    "FindingPart",
    "Footage",
    "HolderRow",
    "ItemRow",
    "MeasurementRow",
    "PropositionRow",
    "SettingRow",
    "SettlesRow",
]

OutcomeKind = Literal[
    "consistent", "inconsistent", "inconclusive", "needs_input", "not_applicable", "could_not_run"
]


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


class AgainstRow(Part):
    """A way in which a proposition can be false, and the strongest finding against that way."""

    alternative: Alternative
    carried_by: str | None
    strength: Message | None


class SettlesRow(Part):
    """Missing inputs that together would move a status, and what it could become."""

    asks: tuple[Message, ...]
    could_become: tuple[str, ...]


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
    against: tuple[AgainstRow, ...] = ()
    settles: tuple[SettlesRow, ...] = ()


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
