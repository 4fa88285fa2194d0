"""What a verification note says, before anybody lays it out.

`NoteModel` is plain data: sentences with the numbers of their references, in the order in which a
reader meets them. `render` turns it into pages and invents nothing. No plain hash of an item, no
camera position and no name from inside a file's metadata is kept here: items are named by id and
by a salted commitment that somebody who holds the item can check.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from firsthand.note.behind import (
    ClaimRow,
    Command,
    Custody,
    CustodyLine,
    EdgeRow,
    FindingPart,
    Footage,
    HolderRow,
    ItemRow,
    MeasurementRow,
    PropositionRow,
    SettingRow,
)
from firsthand.note.front import (
    Background,
    CannotTell,
    Changes,
    ClaimPart,
    ReadingRow,
    Settle,
    Shows,
    SignOff,
    Sources,
    Use,
)
from firsthand.note.parts import FigurePart, LogPoint, Reference, RefKind, Sentence
from firsthand.note.pictured import DriftPart, Graph, MapPart, Matrix, MethodRow, Past
from firsthand.records import Instant, Record
from firsthand.records.words import Message

__all__ = [
    "Background",
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


class NoteModel(Record):
    """A verification note as data; a pure function of the log up to `log.line`."""

    schema_: Literal["firsthand/note/1"] = Field("firsthand/note/1", alias="schema")
    number: int = Field(ge=1)
    language: Literal["en"]
    title: Message
    written_at: Instant
    log: LogPoint
    state: str
    standing: Message
    sign_off: SignOff | None = None
    changes: Changes | None = None
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
    matrices: tuple[Matrix, ...] = ()
    findings: tuple[FindingPart, ...]
    past: Past | None = None
    claims: tuple[ClaimRow, ...]
    footage: tuple[Footage, ...]
    edges: tuple[EdgeRow, ...]
    origins: tuple[tuple[str, ...], ...]
    graphs: tuple[Graph, ...] = ()
    drifts: tuple[DriftPart, ...] = ()
    map: MapPart | None = None
    settings: tuple[SettingRow, ...]
    custody: Custody
    methods: tuple[MethodRow, ...] = ()
    references: tuple[Reference, ...]

    @model_validator(mode="after")
    def _references_are_numbered(self) -> Self:
        if [reference.number for reference in self.references] != list(
            range(1, len(self.references) + 1)
        ):
            raise ValueError("references are numbered from 1 in order")
        return self
