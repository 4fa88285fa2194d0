"""What the desk did, what it didn't, and what would settle most.

Both lists are computed. An act is done when the log holds it; it is missing when the log does not;
and what would settle a question is an act that is still missing and bears on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from firsthand.checks.inputs import describe
from firsthand.findings import Settles
from firsthand.note import phrases as p
from firsthand.note.english import data
from firsthand.note.gist import Gist
from firsthand.note.given import NoteInput
from firsthand.note.model import Sentence, Settle
from firsthand.note.refs import RefBook
from firsthand.note.sources import origins_shown
from firsthand.note.use import readings
from firsthand.records import Item, Message, say

__all__ = ["Topic", "Wanted", "done", "not_done", "settles", "wanted"]

Topic = str
ORDER = "FEC"
MOST_COMPUTED = 2
"""So many sets of inputs stand on page one; all of them stand where the weighing does."""
TOLD_ELSEWHERE = {"chronology", "origins"}
"""The lines on sources and on background say it, with the finding as their reference."""
RAN = {"consistent", "inconsistent", "inconclusive", "not_applicable"}


@dataclass(frozen=True)
class Work:
    """Something a desk does: its name in a list, and the checks that do it here."""

    phrase: str
    checks: frozenset[str] = frozenset()
    arises: Callable[[Gist], bool] = lambda about: True


def _burns(about: Gist) -> bool:
    return about.subject_name in {"smoke", "fire"}


def _has_height(about: Gist) -> bool:
    return any(claim.quantity is not None for claim in about.footage_claims)


WORK = (
    Work(p.ACT_WEB),
    Work(p.ACT_UPLOAD),
    Work(p.ACT_CALLS),
    Work(p.ACT_SATELLITE),
    Work(p.ACT_FIRES, frozenset({"fires"}), _burns),
    Work(p.ACT_ARCHIVE, frozenset({"earlier_copy"})),
    Work(p.ACT_METADATA, frozenset({"provenance"})),
    Work(p.ACT_SIGNATURES, frozenset({"provenance"})),
    Work(p.ACT_CUTS, frozenset({"continuity"})),
    Work(p.ACT_STRUCTURE, frozenset({"structure"})),
    Work(p.ACT_DAYLIGHT, frozenset({"daylight"})),
    Work(p.ACT_SUN, frozenset({"sun"})),
    Work(p.ACT_WIND, frozenset({"wind"}), _burns),
    Work(p.ACT_HEIGHT, frozenset({"plume"}), _has_height),
    Work(p.ACT_SIGHT, frozenset({"sightline"})),
    Work(p.ACT_ORIGINS, frozenset({"origins"})),
)
"""In the order in which an editor asks. Acts without a check are done by people, off the desk."""


def done(given: NoteInput, about: Gist, book: RefBook) -> tuple[Sentence, ...]:
    """What was done to the file and to the report, then what each check that ran found."""
    out: list[Sentence] = []
    for item in about.clips:
        out += _handled(given, item, book)
    if about.report is not None:
        row = readings(given)
        looked = row.accepted + row.edited
        count = looked + row.rejected + row.proposed
        message = say(p.DONE_READ, count=str(count), accepted=str(looked))
        if looked == 0:
            message = say(p.DONE_READ_NONE, count=str(count))
        elif row.proposed == 0:
            message = say(p.DONE_READ_ALL, count=str(count))
        out.append(book.sentence(message, book.reading(about.report)))
    out += [
        book.sentence(finding.statement, book.finding(finding))
        for finding in given.findings
        if finding.outcome.kind in RAN
        and finding.id not in given.stale
        and finding.check not in TOLD_ELSEWHERE
    ]
    return tuple(out)


def not_done(given: NoteInput, about: Gist, book: RefBook) -> tuple[Sentence, ...]:
    """What a desk might have done and this one hasn't, then the checks that could not start."""
    ran = {finding.check for finding in given.findings if finding.outcome.kind in RAN}
    asked = {finding.check for finding in given.findings} - ran
    missing = [
        say(work.phrase)
        for work in WORK
        if work.arises(about) and not work.checks & ran and not work.checks & asked
    ]
    out: list[Sentence] = []
    if missing:
        out.append(book.sentence(say(p.NOT_IN_LOG), book.whole_log(), parts=tuple(missing)))
    out += _waiting(given, book)
    for finding in given.findings:
        if finding.outcome.kind == "could_not_run":
            message = say(p.BROKE, check=finding.check)
            parts = (data(finding.outcome.error),)
            out.append(book.sentence(message, book.finding(finding), parts=parts))
    return tuple(out)


def _waiting(given: NoteInput, book: RefBook) -> list[Sentence]:
    """One sentence for all checks that could not start; what they lack is asked for below it."""
    waiting = [one for one in given.findings if one.outcome.kind == "needs_input"]
    if not waiting:
        return []
    parts = tuple(_named(check) for check in dict.fromkeys(one.check for one in waiting))
    refs = [book.finding(finding) for finding in waiting]
    return [book.sentence(say(p.WAITING), *refs, parts=parts)]


def _named(check: str) -> Message:
    """What a check does, as an editor says it; its own name where nobody has said it."""
    phrase = next((work.phrase for work in WORK if check in work.checks), None)
    return say(phrase) if phrase else data(check.replace("_", " "))


def _short(name: str) -> Message:
    return say(p.INPUT[name]) if name in p.INPUT else data(name.replace("_", " "))


def _cheapest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (describe(name).cost, name))


@dataclass(frozen=True)
class Wanted:
    """An act that would settle something: its words, what it bears on, the inputs it gives."""

    act: str
    message: Message
    topics: frozenset[Topic]
    gives: frozenset[str]
    parts: tuple[Message, ...] = ()


def wanted(given: NoteInput, about: Gist) -> tuple[Wanted, ...]:
    """What would settle most, in order: first what gives an input that a check asked for."""
    acts = [
        _original(about),
        _landmarks(about),
        _view(),
        *_statements(about),
        _satellite(),
        *_computed(given),
    ]
    placed = {"camera_position", "heading"} <= {setting.name for setting in given.settings}
    ran = {finding.check for finding in given.findings if finding.outcome.kind in RAN}
    gone = {
        "landmarks": placed,
        "view": origins_shown(given) > 1,
        "satellite": bool({"fires", "satellite"} & ran),
    }
    return tuple(act for act in acts if not gone.get(act.act, False))


def settles(acts: tuple[Wanted, ...], given: NoteInput, book: RefBook) -> tuple[Settle, ...]:
    """The acts as numbered sentences, each with the findings that it would let run."""
    out: list[Settle] = []
    for place, act in enumerate(acts, start=1):
        waiting = [
            book.finding(finding)
            for finding in given.findings
            if finding.outcome.kind == "needs_input" and act.gives & set(finding.outcome.missing)
        ]
        sentence = book.sentence(act.message, *(waiting or [book.weighing()]), parts=act.parts)
        out.append(Settle(number=place, act=act.act, sentence=sentence))
    return tuple(out)


def _handled(given: NoteInput, item: Item, book: RefBook) -> list[Sentence]:
    out: list[Sentence] = []
    added = book.event("item.added", item.id)
    if added is not None:
        out.append(book.sentence(say(p.DONE_SEALED, line=str(added.seq)), book.log(added)))
    media = next((one for one in given.media if one.item == item.id), None)
    if media is not None:
        event = book.event("media.examined", item.id)
        values = {"decoder": media.decoder, "version": media.decoder_version}
        boxed = media.sandbox not in {"", "none"}
        message = (
            say(p.DONE_DECODED, **values, sandbox=media.sandbox.split(" (")[0])
            if boxed
            else say(p.DONE_UNSANDBOXED, **values)
        )
        out.append(book.sentence(message, book.log(event) if event else book.item(item.id)))
    return out


def _by_road(about: Gist) -> bool:
    words = " ".join(span.exact.lower() for claim in about.footage_claims for span in claim.spans)
    return re.search(r"\b(road|vehicle|car|highway|street)\b", words) is not None


def _original(about: Gist) -> Wanted:
    if about.filmer_words is None:
        message = say(p.ORIGINAL)
    elif _by_road(about):
        message = say(p.ORIGINAL_FILMER_ROAD, filmer=about.filmer_words)
    else:
        message = say(p.ORIGINAL_FILMER, filmer=about.filmer_words)
    topics = frozenset({"where", "when", "possible", "measure"})
    return Wanted("original", message, topics, frozenset({"window", "camera_position", "heading"}))


def _landmarks(about: Gist) -> Wanted:
    message = say(p.LANDMARKS_ROAD if _by_road(about) else p.LANDMARKS)
    gives = frozenset({"place", "camera_position", "heading", "distance"})
    return Wanted("landmarks", message, frozenset({"where", "inside", "measure"}), gives)


def _view() -> Wanted:
    topics = frozenset({"where", "when", "inside", "possible"})
    return Wanted("view", say(p.SECOND_VIEW), topics, frozenset())


def _statements(about: Gist) -> list[Wanted]:
    if about.subject_name == "footage" and about.place is None:
        return []
    if about.place is None:
        message = say(p.STATEMENTS_FIRE_BARE)
    elif about.subject_name == "footage":
        message = say(p.STATEMENTS, place=about.place)
    else:
        message = say(p.STATEMENTS_FIRE, place=about.place)
    return [Wanted("statements", message, frozenset({"cause", "possible"}), frozenset({"window"}))]


def _satellite() -> Wanted:
    return Wanted("satellite", say(p.SATELLITE), frozenset({"when", "inside"}), frozenset())


def _computed(given: NoteInput) -> list[Wanted]:
    """Missing inputs, together, some value of which would move a status: cheapest first.

    They are found by supposing each and asking the checks, so nothing stands here that could not
    matter. The best of each proposition come first, what tells of the footage before what tells of
    the event.
    """
    found: dict[tuple[str, tuple[str, ...]], Settles] = {}
    for (proposition, _), rows in given.settles.items():
        for row in rows:
            found.setdefault((proposition, row.inputs), row)
    own = {
        name: sorted(
            (key for key in found if key[0] == name),
            key=lambda key: (found[key].cost, len(key[1]), key[1]),
        )
        for name in ORDER
    }
    ordered = sorted(
        (key for keys in own.values() for key in keys),
        key=lambda key: (own[key[0]].index(key), ORDER.index(key[0])),
    )
    return [
        Wanted(
            f"inputs-{proposition}-{'-'.join(inputs)}",
            say(p.WOULD_TELL[proposition]),
            frozenset({"where", "when"}) if proposition == "F" else frozenset(),
            frozenset(inputs),
            tuple(_short(name) for name in _cheapest_first(inputs)),
        )
        for proposition, inputs in ordered[:MOST_COMPUTED]
    ]
