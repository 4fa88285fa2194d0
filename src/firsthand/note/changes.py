"""What has changed since the note before, and why: each change with the line of the log behind it.

The note before is what was handed over (`read_before`), not what today's program would say of the
same log; it stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from firsthand.note import labels as lb
from firsthand.note.before import Before, FindingBefore
from firsthand.note.english import moment
from firsthand.note.front import ChangeRow, Changes
from firsthand.note.given import NoteInput
from firsthand.note.page import VOCABULARIES
from firsthand.note.refs import RefBook
from firsthand.records import Event, EventKind, Finding, Message, say

__all__ = ["changes"]

HEAD: Final = "takes the place of note {before}"
LEAD: Final = (
    "Note {before} was drawn from lines 1 to {old} of the log, this one from lines 1 to {new}. "
    "Note {before} stays as it is."
)
SIGN_OFF_ENDS: Final = "Note {before} was signed off; with this note that sign-off ends."
NOTHING: Final = "Nothing that a note says has changed."

ADDED: Final = "“{question}” was asked for the first time. Answer: {outcome}."
ANEW: Final = "“{question}” was asked anew. Answer before: {before}; now: {outcome}."
ANEW_SAME: Final = "“{question}” was asked anew. The answer is as before: {outcome}."
STALE: Final = (
    "The answer to “{question}” has become stale: something that it stood on has changed, "
    "and it counts for nothing until it is asked anew."
)
REMOVED: Final = "The finding {id} of the check {check} no longer stands here."
CLAIM_EDITED: Final = "The reading {id} was edited. Before: “{before}”; now: “{now}”."
POLARITY: Final = "The reading {id} was edited. Before: {before}; now: {now}."
ACCEPTED: Final = "Accepted by a person: {ids}."
REJECTED: Final = "Rejected by a person: {ids}."
READ: Final = "Statements read in {report}: {count}."
SET: Final = "Put in: {name} ({id})."
SET_ANEW: Final = "Changed: {name} ({id}, revision {revision})."
MARKED: Final = "Marked on a frame: {id}."
TAKEN_IN: Final = "Taken in: {id}."
STATUS: Final = "{proposition}: before “{before}”, now “{now}”."

BY_LINE: Final = "Line {line}, by {by}, {time}."
BY_LINES: Final = "Lines {first} to {last}."
BY_VERSION: Final = "The check changed, from version {before} to version {now}."
BY_FINDINGS: Final = "Carried now by {now}; before by {before}."
BY_CARRIED: Final = "Carried now by {now}; before by nothing."
BY_LOST: Final = "Carried now by nothing; before by {before}."

STATUS_WORDS: Final = {
    "not_established": "not established",
    "consistent": "consistent with what was checked",
    "consistent_and_unlikely_if_false": "consistent, and unlikely if false",
    "inconsistent": "inconsistent with what was checked",
}
POLARITY_WORDS: Final = {"affirmed": "affirmed", "negated": "denied", "open": "left open"}


def changes(given: NoteInput, book: RefBook) -> Changes | None:
    """Hold the case against the note before; None for a first note."""
    before = given.before
    if before is None:
        return None
    numbers = {"before": str(before.number)}
    rows = tuple(_Comparison(given, before, book).rows())
    lead = [
        book.sentence(
            say(LEAD, **numbers, old=str(before.line), new=str(given.log.line)), book.whole_log()
        )
    ]
    if before.signed:
        lead.append(book.sentence(say(SIGN_OFF_ENDS, **numbers), book.whole_log()))
    if not rows:
        lead.append(book.sentence(say(NOTHING), book.whole_log()))
    return Changes(
        before=before.number,
        line=before.line,
        head=say(HEAD, **numbers),
        lead=tuple(lead),
        rows=rows,
    )


class _Comparison:
    def __init__(self, given: NoteInput, before: Before, book: RefBook) -> None:
        self._given = given
        self._before = before
        self._book = book
        self._new = [one for one in given.events if one.seq > before.line]

    def rows(self) -> Iterator[ChangeRow]:
        """Status first, then what moved it."""
        yield from self._statuses()
        yield from self._findings()
        yield from self._claims()
        yield from self._settings()
        yield from self._things()

    def _statuses(self) -> Iterator[ChangeRow]:
        found = {one.id: one for one in self._given.findings}
        for one in self._given.propositions:
            was, carried = self._before.statuses.get((one.id, one.shot), ("not_established", ()))
            if was == one.status:
                continue
            refs = [self._book.finding(found[name]) for name in one.carried_by if name in found]
            words = say(
                STATUS,
                proposition=lb.PROPOSITION[one.id],
                before=STATUS_WORDS.get(was, was),
                now=STATUS_WORDS.get(one.status, one.status),
            )
            why = _carried(", ".join(one.carried_by), ", ".join(carried))
            yield self._row(words, why, refs or [self._book.weighing()])

    def _findings(self) -> Iterator[ChangeRow]:
        standing = {(one.check, one.shot) for one in self._given.findings}
        for one in self._given.findings:
            was = self._before.findings.get((one.check, one.shot))
            stale = one.id in self._given.stale
            if was is None or was.id != one.id:
                yield self._answered(one, was)
            if stale and (was is None or was.id != one.id or not was.stale):
                words = say(STALE, question=one.question)
                cause = self._cause(_inputs(one), after=self._line_of(one.id))
                yield self._by(words, cause, self._book.finding(one))
        for key, gone in self._before.findings.items():
            if key not in standing:
                yield self._by(say(REMOVED, id=gone.id, check=key[0]), None)

    def _answered(self, one: Finding, was: FindingBefore | None) -> ChangeRow:
        outcome = lb.OUTCOME[one.outcome.kind]
        made = self._event(("finding.made",), one.id)
        ref = self._book.finding(one)
        if was is None:
            return self._by(say(ADDED, question=one.question, outcome=outcome), made, ref)
        if was.outcome == one.outcome.kind:
            words = say(ANEW_SAME, question=one.question, outcome=outcome)
        else:
            old = lb.OUTCOME.get(was.outcome, was.outcome)
            words = say(ANEW, question=one.question, before=old, outcome=outcome)
        if was.version != one.method.version:
            why = say(BY_VERSION, before=was.version, now=one.method.version)
            return self._row(words, why, [ref])
        cause = self._cause(_inputs(one), after=self._line_of(was.id))
        return self._by(words, cause or made, ref)

    def _claims(self) -> Iterator[ChangeRow]:
        decided: dict[str, list[str]] = {}
        added: dict[str, int] = {}
        for one in self._given.claims:
            was = self._before.claims.get(one.id)
            if was is None:
                added[one.report] = added.get(one.report, 0) + 1
            if was is not None and was.revision == one.revision:
                continue
            event = self._event(("claim.reviewed",), one.id)
            if was is not None and was.proposition != one.proposition:
                words = say(CLAIM_EDITED, id=one.id, before=was.proposition, now=one.proposition)
                yield self._by(words, event)
            elif was is not None and was.polarity != one.polarity:
                old = POLARITY_WORDS.get(was.polarity, was.polarity)
                now = POLARITY_WORDS[one.polarity]
                yield self._by(say(POLARITY, id=one.id, before=old, now=now), event)
            elif event is not None:
                decided.setdefault(one.review.state, []).append(one.id)
        for state, template in (
            ("accepted", ACCEPTED),
            ("edited", ACCEPTED),
            ("rejected", REJECTED),
        ):
            ids = decided.get(state, [])
            if ids:
                last = self._event(("claim.reviewed",), ids[-1])
                yield self._by(say(template, ids=", ".join(ids)), last)
        for report, count in added.items():
            words = say(READ, report=report, count=str(count))
            yield self._by(words, self._event(("report.read",), report))

    def _settings(self) -> Iterator[ChangeRow]:
        for one in self._given.settings:
            was = self._before.settings.get(one.id)
            if was == one.revision:
                continue
            name = VOCABULARIES["settings"][one.name]
            words = (
                say(SET, name=name, id=one.id)
                if was is None
                else say(SET_ANEW, name=name, id=one.id, revision=str(one.revision))
            )
            yield self._by(words, self._event(("setting.set",), one.id), self._book.setting(one))

    def _things(self) -> Iterator[ChangeRow]:
        for mark in self._given.marks:
            event = self._event(("mark.set",), mark.id)
            if event is not None:
                yield self._by(say(MARKED, id=mark.id), event, self._book.mark(mark))
        for item in self._given.items:
            if item.kind != "derivative" and item.id not in self._before.items:
                event = self._event(("item.added",), item.id)
                yield self._by(say(TAKEN_IN, id=item.id), event, self._book.item(item.id))

    def _event(self, kinds: Sequence[EventKind], subject: str) -> Event | None:
        """The last new line of one of these kinds about that subject."""
        return next(
            (one for one in reversed(self._new) if one.kind in kinds and subject in one.subject),
            None,
        )

    def _cause(self, inputs: frozenset[str], *, after: int) -> Event | None:
        """The last line since then that changed something of these."""
        kinds = {"claim.reviewed", "claim.proposed", "setting.set", "mark.set", "report.read"}
        kinds |= {"item.added", "derivative.added", "edge.proposed", "edge.reviewed"}
        kinds |= {"incident.proposed", "incident.reviewed", "source.proposed"}
        return next(
            (
                one
                for one in reversed(self._given.events)
                if one.seq > after and one.kind in kinds and inputs & set(one.subject)
            ),
            None,
        )

    def _line_of(self, finding: str) -> int:
        return next(
            (
                one.seq
                for one in self._given.events
                if one.kind == "finding.made" and finding in one.subject
            ),
            0,
        )

    def _by(self, words: Message, event: Event | None, *refs: int) -> ChangeRow:
        if event is None:
            first, last = self._before.line + 1, self._given.log.line
            return self._row(words, say(BY_LINES, first=str(first), last=str(last)), refs)
        by, time = self._book.actor(event.actor), moment(event.at)
        why = say(BY_LINE, line=str(event.seq), by=by, time=time)
        return self._row(words, why, refs, self._book.log(event))

    def _row(self, words: Message, why: Message, refs: Sequence[int], *because: int) -> ChangeRow:
        whole = [self._book.whole_log()]
        return ChangeRow(
            what=self._book.sentence(words, *(refs or because or whole)),
            why=self._book.sentence(why, *(because or refs or whole)),
        )


def _inputs(finding: Finding) -> frozenset[str]:
    stood = finding.inputs
    return frozenset(
        [one.id for one in stood.claims]
        + [one.id for one in stood.settings]
        + [one.id for one in stood.items]
    )


def _carried(now: str, before: str) -> Message:
    if now and before:
        return say(BY_FINDINGS, now=now, before=before)
    return say(BY_CARRIED, now=now) if now else say(BY_LOST, before=before)
