"""Top of page one: the title, what it rests on, and how the footage may be used."""

from __future__ import annotations

from firsthand.note import phrases as p
from firsthand.note.gist import Gist, status_of
from firsthand.note.given import NoteInput
from firsthand.note.model import ReadingRow, Sentence, Use
from firsthand.note.refs import RefBook
from firsthand.records import Message, say

__all__ = ["readings", "title", "use", "warnings"]


def title(about: Gist) -> Message:
    """`Smoke said to be at Camp Victory`."""
    if about.place_in_full is None:
        return say(about.subject.title)
    return say(about.subject.title_at, place=about.place_in_full)


def readings(given: NoteInput) -> ReadingRow:
    """How many readings stand in which state."""
    states = [claim.review.state for claim in given.claims]
    return ReadingRow(
        accepted=states.count("accepted"),
        edited=states.count("edited"),
        rejected=states.count("rejected"),
        proposed=states.count("proposed"),
    )


def warnings(given: NoteInput, about: Gist, book: RefBook) -> tuple[Sentence, ...]:
    """What a reader must know before anything else on the page."""
    out: list[Sentence] = []
    row = readings(given)
    count = row.accepted + row.edited + row.proposed
    if about.report is None:
        out.append(book.sentence(say(p.NO_REPORT), book.whole_log()))
    elif not about.footage_claims:
        out.append(book.sentence(say(p.NO_CLAIM), book.reading(about.report)))
    if about.report is not None and row.proposed:
        ref = book.reading(about.report)
        if row.accepted + row.edited == 0:
            out.append(book.sentence(say(p.NOTHING_ACCEPTED, count=str(count)), ref))
        else:
            message = say(p.PARTLY_ACCEPTED, count=str(count), open=str(row.proposed))
            out.append(book.sentence(message, ref))
    if not about.clips:
        out.append(book.sentence(say(p.NO_FOOTAGE), book.whole_log()))
    stale = [finding for finding in given.findings if finding.id in given.stale]
    if stale:
        refs = [book.finding(finding) for finding in stale]
        template = p.STALE_ONE if len(stale) == 1 else p.STALE
        values = {} if len(stale) == 1 else {"count": str(len(stale))}
        out.append(book.sentence(say(template, **values), *refs))
    return tuple(out)


def use(given: NoteInput, about: Gist, book: RefBook) -> Use:
    """The rule and the words: what the desk says may be said, and no more."""
    shown = status_of(given, "F")
    cause = status_of(given, "C")
    status = shown.status if shown else "not_established"
    findings = {finding.id: finding for finding in given.findings}
    weighed = [book.weighing()]
    if shown is not None:
        weighed += [book.finding(findings[one]) for one in shown.carried_by if one in findings]
    first = {
        "not_established": p.UNVERIFIED,
        "consistent": p.USE_CONSISTENT,
        "consistent_and_unlikely_if_false": p.USE_UNLIKELY,
        "inconsistent": p.USE_INCONSISTENT,
    }[status]
    rules = [book.sentence(say(first), *weighed)]
    loose = status != "consistent_and_unlikely_if_false"
    cause_loose = cause is None or cause.status != "consistent_and_unlikely_if_false"
    word = _cause_word(given, about)
    key = (loose, loose, cause_loose and word is not None)
    if any(key):
        template = p.DO_NOT_STATE[key]
        values = {"cause": word} if key[2] and word else {}
        refs = [book.reading(about.report)] if about.report else [book.whole_log()]
        rules.append(book.sentence(say(template, **values), *refs))
    return Use(rules=tuple(rules), wording=_wording(given, about, book, loose, status))


def _cause_word(given: NoteInput, about: Gist) -> str | None:
    """The word that the report's surroundings put into a reader's mouth."""
    if any(incident.kind == "attack" for incident in given.incidents):
        return p.CAUSE_WORDS["attack"]
    return p.CAUSE_WORDS["none"] if about.subject.cause else None


def _wording(
    given: NoteInput, about: Gist, book: RefBook, loose: bool, status: str
) -> tuple[Sentence, ...]:
    log = book.weighing()
    if about.publisher is None or about.main is None or about.report is None:
        return (book.sentence(say(p.WORDING_NO_CLAIM), log),)
    values = {"publisher": about.publisher}
    refs = [book.span(about.reports[about.main.report], span) for span in about.main.spans[:1]]
    if about.filmer is not None and about.filmer_words is not None:
        values["filmer"] = about.filmer_words
        if about.filmer.span is not None and about.filmer_in in about.reports:
            refs.append(book.span(about.reports[about.filmer_in], about.filmer.span))
    if about.place is not None:
        values["place"] = about.place
    template = {
        (True, True): about.subject.filmed_at,
        (True, False): about.subject.filmed,
        (False, True): about.subject.said_at,
        (False, False): about.subject.said,
    }[(about.filmer is not None, about.place is not None)]
    out = [book.sentence(say(template, **values), *(refs or [book.reading(about.report)]))]
    if status == "inconsistent":
        out.append(book.sentence(say(p.WORDING_AGAINST), log))
    else:
        unknown = p.NOT_ESTABLISHED[(loose, loose)]
        out.append(book.sentence(say(unknown, what=about.subject.unestablished), log))
    return tuple(out)
