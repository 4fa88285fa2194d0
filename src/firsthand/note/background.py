"""What the report says of the past: whose it is, and that it says nothing about the footage."""

from __future__ import annotations

from firsthand.note import labels as lb
from firsthand.note import phrases as p
from firsthand.note.english import data, day, months
from firsthand.note.gist import Gist
from firsthand.note.given import NoteInput
from firsthand.note.model import Background, BackgroundRow, Sentence
from firsthand.note.refs import RefBook
from firsthand.note.text import anchor
from firsthand.records import Incident, Message, When, say

__all__ = ["background", "time_words"]


def background(given: NoteInput, about: Gist, book: RefBook) -> Background:
    """Sentences for page one (events at the place, by kind), rows for every event told of."""
    told = sorted(given.incidents, key=_date)
    sentences = _sentences([one for one in told if _there(one, about)], about, book)
    if about.report is not None and sentences:
        says = say(p.BACKGROUND_SAYS_NOTHING[about.subject_name])
        sentences.append(book.sentence(says, book.whole_log()))
    elif about.report is not None:
        sentences.append(book.sentence(say(p.BACKGROUND_NONE), book.reading(about.report)))
    return Background(
        sentences=tuple(sentences),
        rows=tuple(_row(one, about, book) for one in told),
    )


def _date(incident: Incident) -> tuple[str, str]:
    when = incident.when
    return ((when.earliest or when.latest or "") if when else "", incident.id)


def _there(incident: Incident, about: Gist) -> bool:
    where = incident.where
    return (
        where is not None
        and about.place is not None
        and where.text.casefold()
        in {about.place.casefold(), (about.place_in_full or "").casefold()}
    )


def _sentences(there: list[Incident], about: Gist, book: RefBook) -> list[Sentence]:
    out: list[Sentence] = []
    for kind in dict.fromkeys(incident.kind for incident in there):
        of_kind = [incident for incident in there if incident.kind == kind]
        dated = [one for one in of_kind if one.when and one.when.earliest]
        undated = [one for one in of_kind if one not in dated]
        if dated:
            template = p.INCIDENT_MANY[kind][min(len(dated), 2) - 1]
            dates = dict.fromkeys(one.when.earliest or "" for one in dated if one.when)
            message = say(template, place=about.place or "", dates=months(list(dates)))
            out.append(book.sentence(message, *_refs(dated, about, book)))
        if undated:
            count = str(len(undated))
            message = say(p.INCIDENT_UNDATED[kind], place=about.place or "", count=count)
            out.append(book.sentence(message, *_refs(undated, about, book)))
    return out


def _refs(incidents: list[Incident], about: Gist, book: RefBook) -> list[int]:
    refs: list[int] = []
    for incident in incidents:
        report = about.reports.get(incident.source)
        if report is not None and incident.mentions:
            refs.append(book.span(report, incident.mentions[0]))
        else:
            refs.append(book.record(incident.id, say(lb.REF_INCIDENT, id=incident.id)))
    return refs


def _row(incident: Incident, about: Gist, book: RefBook) -> BackgroundRow:
    by = ", ".join(holder.name for holder in incident.said_to_be_by)
    return BackgroundRow(
        id=incident.id,
        kind=incident.kind,
        when=time_words(incident.when),
        summary=incident.summary,
        where=data(incident.where.text) if incident.where else say(p.NOT_STATED),
        by=data(by) if by else say(p.NOT_STATED),
        ref=book.use(anchor("b", incident.id), *_refs([incident], about, book)),
    )


def time_words(when: When | None) -> Message:
    """A claimed time in words; unknown bounds are said to be unknown, never filled in."""
    earliest, latest = (when.earliest, when.latest) if when else (None, None)
    if earliest and latest and earliest != latest:
        return say(p.BETWEEN, start=day(earliest), end=day(latest))
    if earliest:
        return data(day(earliest)) if latest else say(p.NO_EARLIER, earliest=day(earliest))
    if latest:
        return say(p.NO_LATER, latest=day(latest))
    return say(p.NOT_STATED)
