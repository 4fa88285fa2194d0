"""What the report says of the past: whose it is, and that it says nothing about the footage."""

from __future__ import annotations

from firsthand.note import labels as lb
from firsthand.note import phrases as p
from firsthand.note.english import months
from firsthand.note.gist import Gist
from firsthand.note.given import NoteInput
from firsthand.note.model import Background, Sentence
from firsthand.note.past import events_of
from firsthand.note.refs import RefBook
from firsthand.records import Incident, say

__all__ = ["background"]


def background(given: NoteInput, about: Gist, book: RefBook) -> Background:
    """Sentences for page one: the report's own events at the place, by kind."""
    told = sorted(given.incidents, key=_date)
    sentences = _sentences([one for one in told if _there(one, about)], about, book)
    if about.report is not None and sentences:
        sentences += _listed(given, about, book)
        says = say(p.BACKGROUND_SAYS_NOTHING[about.subject_name])
        laid = [book.finding(one) for one in given.findings if one.check == "chronology"]
        sentences.append(book.sentence(says, *(laid or [book.whole_log()])))
    elif about.report is not None:
        sentences.append(book.sentence(say(p.BACKGROUND_NONE), book.reading(about.report)))
    return Background(sentences=tuple(sentences))


def _listed(given: NoteInput, about: Gist, book: RefBook) -> list[Sentence]:
    """What lists of others add, attacks and the rest told apart: a report rarely tells the rest."""
    if not given.listed:
        return []
    found = events_of(given, about, lists_alone=True)
    messages = [say(p.BACKGROUND_LISTED, attacks=str(found.attacks), other=str(found.other))]
    if found.perhaps:
        messages.append(say(p.BACKGROUND_LISTED_PERHAPS, count=str(len(found.perhaps))))
    if found.there and about.window is None:
        messages.append(say(p.BACKGROUND_NO_WINDOW))
    items = [book.item(item) for item in given.listed]
    return [book.sentence(message, *items) for message in messages]


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
