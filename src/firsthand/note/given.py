"""What the note is drawn from: everything the case holds at one line of its log.

The application fills this in; the note reads nothing else, no clock and no file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from firsthand.findings import Proposition, Settles
from firsthand.findings.settle import Target
from firsthand.note.before import Before
from firsthand.note.parts import LogPoint
from firsthand.records import (
    Claim,
    Edge,
    Event,
    Finding,
    Incident,
    Item,
    Mark,
    Media,
    Report,
    Setting,
    Source,
)
from firsthand.records.words import Message

__all__ = ["Figure", "FigureType", "FileFact", "NoteInput"]

FigureType = Literal["image/png", "image/jpeg", "image/svg+xml"]


@dataclass(frozen=True)
class FileFact:
    """One thing that a media file says of itself, and the tag that it was read from.

    `kind` decides what the note does with it: times and software are shown; a position, a serial
    number or a person's name is said to be there and withheld.
    """

    item: str
    kind: Literal["time", "position", "make", "software", "serial", "person", "other"]
    tag: str
    value: str


@dataclass(frozen=True)
class Figure:
    """A picture that goes into the note. `t_s` are the frames on a contact sheet."""

    id: str
    item: str
    media_type: FigureType
    purpose: Literal["contact_sheet", "finding"]
    alt: Message
    finding: str | None = None
    t_s: tuple[float, ...] = ()
    width_px: int | None = None
    height_px: int | None = None


@dataclass(frozen=True)
class NoteInput:
    """The case at line `log.line`: the latest revision of each record, and the log up to there.

    `listed` are events of lists that others keep, by the item that a list was read from;
    `settles` are by proposition and shot;
    `origins` are groups of source ids that count as one origin until shown otherwise;
    `sensitivity` is what a person said of an item, in Atlos' words; `stale` and `runs` are by
    finding id; `actors` gives the name that an actor's id goes by; `before` is the note before.
    """

    number: int
    log: LogPoint
    events: tuple[Event, ...]
    items: tuple[Item, ...] = ()
    reports: tuple[Report, ...] = ()
    claims: tuple[Claim, ...] = ()
    sources: tuple[Source, ...] = ()
    edges: tuple[Edge, ...] = ()
    incidents: tuple[Incident, ...] = ()
    listed: Mapping[str, tuple[Incident, ...]] = field(default_factory=dict)
    settings: tuple[Setting, ...] = ()
    marks: tuple[Mark, ...] = ()
    media: tuple[Media, ...] = ()
    file_facts: tuple[FileFact, ...] = ()
    findings: tuple[Finding, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    settles: Mapping[Target, tuple[Settles, ...]] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    origins: tuple[tuple[str, ...], ...] = ()
    state: str = "open"
    before: Before | None = None
    stale: frozenset[str] = frozenset()
    runs: Mapping[str, int] = field(default_factory=dict)
    sensitivity: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
