"""The past of the place: all smoke, fire and attack that reports or lists tell of, and the rest.

A list of attacks primes the eye for an attack. So fires and smoke of another cause have their rows
too, and where nobody tells of any, the note says that and what it is worth.
"""

from __future__ import annotations

from firsthand.checks.earlier_events import Earlier, earlier_events
from firsthand.note import labels as lb
from firsthand.note import phrases as p
from firsthand.note import sayings as s
from firsthand.note.english import data
from firsthand.note.gist import Gist
from firsthand.note.given import NoteInput
from firsthand.note.parts import Sentence
from firsthand.note.pictured import Past, PastRow
from firsthand.note.refs import RefBook
from firsthand.note.text import anchor
from firsthand.note.times import time_words
from firsthand.origins import ChronologyRow, date_conflicts
from firsthand.records import Incident, Place, Window, format_instant, say

__all__ = ["events_of", "past"]

INNOCENT = {"fire", "smoke"}


def past(given: NoteInput, about: Gist, book: RefBook) -> Past:
    """Every event told of, one row each, numbered in order of time; then what is not told."""
    told = Told(given, about, book)
    rows = tuple(told.row(number, row) for number, row in enumerate(told.found.rows, start=1))
    window = _window(about)
    return Past(
        rows=rows,
        published=tuple(one.published.date for one in given.reports if one.published),
        window=(format_instant(window.start), format_instant(window.end)) if window else None,
        sentences=_sentences(given, rows, book) if about.report or rows else (),
    )


def events_of(given: NoteInput, about: Gist, *, lists_alone: bool = False) -> Earlier:
    """The events of reports and of lists, laid beside the claimed place and time."""
    listed = tuple(one for many in given.listed.values() for one in many)
    return earlier_events(
        listed if lists_alone else (*given.incidents, *listed),
        reports=given.reports,
        place=_place(given),
        window=_window(about),
        claims=about.footage_claims,
    )


def _window(about: Gist) -> Window | None:
    value = about.window.value if about.window else None
    return value if isinstance(value, Window) else None


def _place(given: NoteInput) -> Place | None:
    return next(
        (
            setting.value
            for setting in given.settings
            if setting.name == "place" and isinstance(setting.value, Place)
        ),
        None,
    )


class Told:
    """The rows, and what each of them rests on."""

    def __init__(self, given: NoteInput, about: Gist, book: RefBook) -> None:
        self._given, self._about, self._book = given, about, book
        listed = [one for incidents in given.listed.values() for one in incidents]
        self._by_id = {one.id: one for one in (*given.incidents, *listed)}
        self.found = events_of(given, about)
        self._there = {
            name for row in (*self.found.there, *self.found.perhaps) for name in row.incidents
        }
        self._names = {(about.place or "").casefold(), (about.place_in_full or "").casefold()}

    def row(self, number: int, row: ChronologyRow) -> PastRow:
        """One event, from all who tell of it."""
        first, reports = self._by_id[row.incidents[0]], self._about.reports
        refs = [ref for name in row.incidents for ref in self._refs(self._by_id[name])]
        told_by = [
            (reports[source].publisher or source) if source in reports else source
            for source in row.sources
        ]
        return PastRow(
            number=number,
            id=first.id,
            kind=row.kind,
            when=time_words(first.when),
            earliest=row.earliest,
            latest=row.latest,
            summary=row.summary,
            where=data(row.place) if row.place else say(p.NOT_STATED),
            there=self._stands(row),
            by=data(", ".join(row.said_by)) if row.said_by else say(p.NOT_STATED),
            casualties=row.casualties,
            told_by=tuple(told_by),
            ref=self._book.use(anchor("b", first.id), *refs),
        )

    def _stands(self, row: ChronologyRow) -> bool:
        """Told of at the claimed place: as the check reckons, or under the place's own name."""
        if self._there & set(row.incidents):
            return True
        wheres = [self._by_id[name].where for name in row.incidents]
        return any(one and one.text and one.text.casefold() in self._names for one in wheres)

    def _refs(self, incident: Incident) -> list[int]:
        for item, incidents in self._given.listed.items():
            if any(one is incident for one in incidents):
                return [self._book.item(item)]
        report = self._about.reports.get(incident.source)
        if report is not None and incident.mentions:
            return [self._book.span(report, incident.mentions[0])]
        return [self._book.record(incident.id, say(lb.REF_INCIDENT, id=incident.id))]


def _sentences(given: NoteInput, rows: tuple[PastRow, ...], book: RefBook) -> tuple[Sentence, ...]:
    out: list[Sentence] = []
    for report in given.reports:
        own = [one for one in given.incidents if one.source == report.id]
        out += [book.sentence(one, book.reading(report)) for one in date_conflicts(report, own)]
    if not any(row.kind in INNOCENT and row.there for row in rows):
        refs = [book.item(item) for item in given.listed] or [book.whole_log()]
        message = say(s.PAST_NO_INNOCENT_LISTED if given.listed else s.PAST_NO_INNOCENT)
        out.append(book.sentence(message, *refs))
    return tuple(out)
