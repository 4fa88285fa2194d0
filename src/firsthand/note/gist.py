"""What the case is about, read off the records: the claim in front, its place, holder and subject.

Nothing here is decided by the note; each answer is a field of a claim or a setting, and where the
records don't say, the answer is None and page one says that it isn't stated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from firsthand.findings import Proposition
from firsthand.note.given import NoteInput
from firsthand.note.phrases import PLACE_OF, SUBJECT_WORDS, SUBJECTS, Subject
from firsthand.records import (
    Claim,
    Holder,
    Item,
    Line,
    Place,
    Report,
    Setting,
    Span,
    Where,
    Window,
)

__all__ = ["Gist", "gist"]


@dataclass(frozen=True)
class Gist:
    """The case in a few names."""

    report: Report | None
    main: Claim | None
    footage_claims: tuple[Claim, ...]
    other_claims: tuple[Claim, ...]
    subject_name: str
    place: str | None
    place_in_full: str | None
    publisher: str | None
    filmer: Holder | None
    filmer_in: str | None
    time_claim: Claim | None
    cause_claim: Claim | None
    window: Setting | None
    clips: tuple[Item, ...]
    reports: dict[str, Report]

    @property
    def filmer_words(self) -> str | None:
        """The filmer as a sentence takes the name: `an Al Mayadeen correspondent`, `Ali Hasan`."""
        if self.filmer is None:
            return None
        name = self.filmer.name
        last = name.split()[-1] if name.split() else ""
        bare = last[:1].islower() and not re.match(r"(?i)(an?|the|one|another|not) ", name)
        if not bare or self.filmer.kind == "unnamed":
            return name
        return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"

    @property
    def subject(self) -> Subject:
        """How to speak of it."""
        return SUBJECTS[self.subject_name]

    def line_of(self, claim: Claim, span: Span) -> Line | None:
        """The line of its report in which a span stands."""
        report = self.reports.get(claim.report)
        lines = report.lines if report else ()
        if span.line is not None:
            return next((line for line in lines if line.number == span.line), None)
        return next((line for line in lines if line.span.start <= span.start < line.span.end), None)

    def role_of(self, claim: Claim, span: Span) -> str:
        """The role of that line; text where it has none."""
        line = self.line_of(claim, span)
        return line.role if line else "body"


ROLE_ORDER = {"headline": 0, "body": 1, "subheading": 2, "caption": 3, "credit": 4}


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))


def _place_words(where: Where) -> str:
    if not where.of or where.of == where.text:
        return where.text
    return PLACE_OF[where.relation].format(place=where.text, of=where.of)


def _front(claims: tuple[Claim, ...], reports: dict[str, Report]) -> Claim | None:
    def rank(claim: Claim) -> tuple[bool, int, int, str]:
        report = reports.get(claim.report)
        span = claim.spans[0] if claim.spans else None
        role = next(
            (
                line.role
                for line in (report.lines if report and span else ())
                if span and line.number == span.line
            ),
            "body",
        )
        return (
            claim.type != "occurrence",
            ROLE_ORDER.get(role, 9),
            span.start if span else 0,
            claim.id,
        )

    return min(claims, key=rank, default=None)


def _subject(claims: tuple[Claim, ...]) -> str:
    said = [_words(claim.proposition) for claim in claims]
    said += [_words(span.exact) for claim in claims for span in claim.spans]
    for name, cues in SUBJECT_WORDS.items():
        if any(words & set(cues) for words in said):
            return name
    return "footage"


def _narrowest(claims: tuple[Claim, ...]) -> list[Claim]:
    """Claims of a cause without those that only wrap a narrower one of the same words."""
    causes = [claim for claim in claims if claim.type == "cause" and claim.spans]
    bare = [claim for claim in claims if claim.type == "cause" and not claim.spans]

    def wraps(one: Claim, other: Claim) -> bool:
        wide, narrow = one.spans[0], other.spans[0]
        inside = wide.start <= narrow.start and narrow.end <= wide.end
        return inside and wide.end - wide.start > narrow.end - narrow.start

    return [
        one
        for one in causes
        if not any(wraps(one, other) for other in causes if other.report == one.report)
    ] + bare


def _is_cause(claim: Claim, subject_name: str) -> bool:
    """A cause of the thing itself; "the vapour comes from fighting the fire" is one of a detail.

    Where the wording doesn't show what is caused, it counts: "no cause is given" must never be
    said of a report that gives one.
    """
    if claim.type != "cause":
        return False
    effect = re.split(r"\b(?:comes? from|caused by|due to)\b", claim.proposition, maxsplit=1)
    every = {word for cues in SUBJECT_WORDS.values() for word in cues}
    return len(effect) == 1 or subject_name == "footage" or bool(_words(effect[0]) & every)


def _named_by_a_person(given: NoteInput) -> str | None:
    for setting in given.settings:
        if setting.name == "place" and isinstance(setting.value, Place) and setting.value.name:
            return setting.value.name
    return None


def gist(given: NoteInput) -> Gist:
    """Read the case's few names off its records."""
    reports = {report.id: report for report in given.reports}
    live = tuple(claim for claim in given.claims if claim.review.state != "rejected")
    about = tuple(claim for claim in live if claim.footage and claim.report in reports)
    main = _front(about, reports)
    report = reports.get(main.report) if main else (given.reports[0] if given.reports else None)
    ordered = tuple(
        sorted(
            about,
            key=lambda claim: (
                claim is not main,
                report is None or claim.report != report.id,
                claim.report,
                claim.spans[0].start if claim.spans else 0,
                claim.id,
            ),
        )
    )
    where = next((claim.where for claim in ordered if claim.where and claim.where.text), None)
    place, place_in_full = (where.text, _place_words(where)) if where else (None, None)
    named = _named_by_a_person(given)
    if named is not None and (place is None or named.casefold() != place.casefold()):
        place = place_in_full = named
    subject_name = _subject(ordered)
    filmer, filmer_in = next(
        (
            (holder, claim.report)
            for claim in ordered
            for holder in claim.holders
            if holder.relation == "filmed"
        ),
        (None, None),
    )
    publisher = report.publisher if report else None
    if publisher is None and main is not None:
        publisher = main.holders[-1].name
    return Gist(
        report=report,
        main=main,
        footage_claims=ordered,
        other_claims=tuple(claim for claim in live if not claim.footage),
        subject_name=subject_name,
        place=place,
        place_in_full=place_in_full,
        publisher=publisher,
        filmer=filmer,
        filmer_in=filmer_in,
        time_claim=next(
            (claim for claim in ordered if claim.when and claim.when.earliest is not None), None
        ),
        cause_claim=next(
            (claim for claim in _narrowest(ordered) if _is_cause(claim, subject_name)), None
        ),
        window=next(
            (
                setting
                for setting in given.settings
                if setting.name == "window" and isinstance(setting.value, Window)
            ),
            None,
        ),
        clips=tuple(item for item in given.items if item.kind == "media"),
        reports=reports,
    )


def status_of(given: NoteInput, which: str) -> Proposition | None:
    """The proposition as weighed: the worst of its shots, since page one speaks of the whole."""
    order = ("inconsistent", "not_established", "consistent", "consistent_and_unlikely_if_false")
    found = [one for one in given.propositions if one.id == which]
    return min(found, key=lambda one: order.index(one.status), default=None)
