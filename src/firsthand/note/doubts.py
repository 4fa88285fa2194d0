"""What cannot be told, why not, and by number what would settle it."""

from __future__ import annotations

from firsthand.note import phrases as p
from firsthand.note.acts import Topic, Wanted
from firsthand.note.english import moment
from firsthand.note.gist import Gist, status_of
from firsthand.note.given import NoteInput
from firsthand.note.model import CannotTell
from firsthand.note.refs import RefBook
from firsthand.note.text import clip, number
from firsthand.records import Claim, Hedge, Message, Window, say

__all__ = ["doubts"]

WORDS = 70
MEASURING = {"plume"}
"""Checks that measure what a claimed figure says; others test a claim's place or time."""
BLANK = {"", "blank"}
"""How a time field that holds nothing, or an epoch's first second, is handed over."""


def doubts(
    given: NoteInput, about: Gist, acts: tuple[Wanted, ...], book: RefBook
) -> tuple[CannotTell, ...]:
    """Where, when, inside or outside, what burns, what the report itself leaves open, how high."""
    asked = Asked(given, about, acts, book)
    if not about.clips and about.report is None:
        return ()
    return (
        asked.where(),
        asked.when(),
        *asked.inside(),
        *asked.cause(),
        *asked.possible(),
        *asked.measures(),
    )


class Asked:
    """The questions, each answered from what is there."""

    def __init__(
        self, given: NoteInput, about: Gist, acts: tuple[Wanted, ...], book: RefBook
    ) -> None:
        self._given, self._about, self._acts, self._book = given, about, acts, book
        shown = status_of(given, "F")
        self._status = shown.status if shown else "not_established"
        found = {finding.id: finding for finding in given.findings}
        carried = shown.carried_by if shown else ()
        self._carried = [book.finding(found[one]) for one in carried if one in found]

    def where(self) -> CannotTell:
        """Place: matched to a map, put in by a person, or nothing at all."""
        book = self._book
        what = say(p.WHAT_WHERE)
        if self._status == "inconsistent":
            refs = self._carried or [book.weighing()]
            return self._cannot("where", what, say(p.WHERE_AGAINST), *refs)
        if self._carried and self._status != "not_established":
            return self._cannot("where", what, say(p.WHERE_FITS), *self._carried)
        camera = next((s for s in self._given.settings if s.name == "camera_position"), None)
        if camera is not None:
            message = say(p.WHERE_POSITION, by=book.actor(camera.by))
            return self._cannot("where", what, message, book.setting(camera))
        return self._cannot("where", what, say(p.WHERE_NO_MAP), book.whole_log())

    def when(self) -> CannotTell:
        """Time: put in, stated, said by the file, or not at all."""
        book, about, what = self._book, self._about, say(p.WHAT_WHEN)
        window = about.window
        if window is not None and isinstance(window.value, Window):
            message = say(
                p.WHEN_WINDOW,
                by=book.actor(window.by),
                start=moment(window.value.start),
                end=moment(window.value.end),
            )
            return self._cannot("when", what, message, book.setting(window))
        claim = about.time_claim
        if claim is not None and claim.when is not None:
            text = claim.when.text or claim.when.earliest or ""
            message = say(p.WHEN_STATED, words=text)
            return self._cannot("when", what, message, *self._spans(claim))
        why, refs = self._file_time()
        return self._cannot("when", what, why, *refs)

    def _file_time(self) -> tuple[Message, list[int]]:
        book = self._book
        unstated = [book.reading(self._about.report)] if self._about.report else []
        for item in self._about.clips:
            every = [f for f in self._given.file_facts if f.item == item.id and f.kind == "time"]
            times = [fact for fact in every if fact.value not in BLANK]
            refs = [*unstated, book.item(item.id)]
            if times:
                return say(p.WHEN_FILE, time=clip(times[0].value, WORDS)), refs
            if every:
                return say(p.WHEN_FILE_BLANK), refs
        read = {media.item for media in self._given.media}
        items = [book.item(item.id) for item in self._about.clips if item.id in read]
        template = p.WHEN_NO_FILE_TIME if items else p.WHEN_FILE_UNREAD
        return say(template), [*unstated, *(items or [book.whole_log()])]

    def inside(self) -> list[CannotTell]:
        """Whether it is in the named place: one bearing never places it there."""
        template, place = self._about.subject.inside, self._about.place
        if template is None or place is None:
            return []
        heading = next((s for s in self._given.settings if s.name == "heading"), None)
        what = say(template, place=place)
        if heading is not None:
            why = say(p.INSIDE_ONE)
            return [self._cannot("inside", what, why, self._book.setting(heading))]
        return [self._cannot("inside", what, say(p.INSIDE_NONE), self._book.whole_log())]

    def cause(self) -> list[CannotTell]:
        """What burns: the picture cannot say, whatever the report does."""
        template = self._about.subject.cause
        if template is None or self._about.report is None:
            return []
        claim = self._about.cause_claim
        smoke = self._about.subject_name == "smoke"
        if claim is not None:
            why = say(
                p.CAUSE_CLAIMED if smoke else p.CAUSE_CLAIMED_PLAIN,
                quote=clip(claim.proposition, WORDS),
            )
            return [self._cannot("cause", say(template), why, *self._spans(claim))]
        why = say(p.CAUSE_NONE if smoke else p.CAUSE_NONE_PLAIN)
        return [self._cannot("cause", say(template), why, self._book.reading(self._about.report))]

    def possible(self) -> list[CannotTell]:
        """What the report itself only calls possible."""
        out: list[CannotTell] = []
        seen: set[tuple[int, int]] = set()
        for claim in self._about.footage_claims:
            for hedge in claim.hedges:
                key = (hedge.span.start, hedge.span.end)
                if hedge.kind != "possibility" or key in seen:
                    continue
                seen.add(key)
                ref = self._book.span(self._about.reports[claim.report], hedge.span)
                words = self._left_open(claim, hedge)
                what = say(p.WHAT_POSSIBLE, words=words)
                out.append(self._cannot("possible", what, say(p.POSSIBLE, cue=hedge.cue), ref))
        return out

    def _left_open(self, claim: Claim, hedge: Hedge) -> str:
        """The words that the hedge leaves open: those behind it in the claim, or its scope."""
        for span in claim.spans:
            at = hedge.span.end - span.start
            if 0 < at < len(span.exact) and span.exact[at:].strip(" .,"):
                return clip(span.exact[at:].strip(" .,"), WORDS)
        return clip(hedge.scope.strip(" .,") or claim.proposition, WORDS)

    def measures(self) -> list[CannotTell]:
        """Figures in the report that nobody has measured in the footage."""
        out: list[CannotTell] = []
        for claim in self._about.footage_claims:
            figure = claim.quantity
            if figure is None or not figure.text:
                continue
            tested = [
                finding
                for finding in self._given.findings
                if finding.check in MEASURING and claim.ref in finding.tests
            ]
            if any(one.outcome.kind == "inconsistent" or one.lr for one in tested):
                continue
            fits = [one for one in tested if one.outcome.kind == "consistent"]
            ranged = [one for one in tested if {"near", "far"} <= set(one.statement.values)]
            tested = [one for one in tested if one.outcome.kind == "inconclusive"]
            why = say(p.MEASURE_VAGUE if figure.vague else p.MEASURE_NONE)
            parts: tuple[Message, ...] = ()
            if ranged:
                ends = ranged[0].statement.values
                why = say(p.MEASURE_RANGE, near=_km(ends["near"]), far=_km(ends["far"]))
                tested = ranged[:1]
            elif fits:
                why, tested = say(p.MEASURE_FITS), fits
            elif tested:
                why, parts = say(p.MEASURE_FOUND), (tested[0].statement,)
            refs = [self._book.finding(finding) for finding in tested] or self._spans(claim)
            what = say(p.WHAT_MEASURE, words=figure.text)
            out.append(self._cannot("measure", what, why, *refs, parts=parts))
        return out

    def _spans(self, claim: Claim) -> list[int]:
        report = self._about.reports.get(claim.report)
        spans = [self._book.span(report, span) for span in claim.spans[:1]] if report else []
        return spans or [self._book.whole_log()]

    def _cannot(
        self,
        topic: Topic,
        what: Message,
        why: Message,
        *refs: int,
        parts: tuple[Message, ...] = (),
    ) -> CannotTell:
        return CannotTell(
            what=what,
            why=self._book.sentence(why, *refs, parts=parts),
            settled_by=tuple(
                place for place, act in enumerate(self._acts, start=1) if topic in act.topics
            ),
        )


def _km(metres: str) -> str:
    """Metres as a check wrote them, in kilometres to two digits."""
    return number(float(f"{float(metres) / 1000:.2g}"))
