"""The claim in its own words, with its hedges, and what it leaves out."""

from __future__ import annotations

from firsthand.note import phrases as p
from firsthand.note.english import day
from firsthand.note.gist import Gist
from firsthand.note.model import ClaimPart, Sentence
from firsthand.note.refs import RefBook
from firsthand.note.text import clip
from firsthand.records import Claim, Hedge, Line, Span, say

__all__ = ["claim_part", "hedge_words"]

FURTHER = 4
FURTHER_LENGTH = 110
QUOTE_LENGTH = 210
HEDGE_LENGTH = 60
TOLD_FIRST = ("authorship", "occurrence", "measurement", "identity", "description", "cause")
"""Who filmed what comes first; a narrow passage on one detail before a wide one on all."""
SAID_BY_PUBLISHER = {"ability"}


def claim_part(about: Gist, book: RefBook) -> ClaimPart:
    """Quotes first, then each hedge where it stands, then what isn't given."""
    quotes, quoted = _quotes(about, book)
    report = about.report
    return ClaimPart(
        publisher=about.publisher,
        published=day(report.published.date) if report and report.published else None,
        quotes=quotes,
        hedges=_hedges(about, quoted, book),
        missing=_missing(about, book),
        others=_others(about, book),
    )


def hedge_words(hedge: Hedge, line: Line | None) -> str:
    """The cue with the words it governs, as they stand in the line; the cue alone if apart."""
    if line is None or not hedge.scope:
        return hedge.span.exact
    at = hedge.span.start - line.span.start
    text = line.span.exact
    if text[at : at + len(hedge.span.exact)] != hedge.span.exact:
        return hedge.span.exact
    scope = text.find(hedge.scope, at)
    if scope < 0 or scope > at + len(hedge.span.exact) + 3:
        return hedge.span.exact
    return clip(text[at : scope + len(hedge.scope)], HEDGE_LENGTH)


def _quotes(about: Gist, book: RefBook) -> tuple[tuple[Sentence, ...], list[Span]]:
    """The longest passage on who filmed what, then what others add; the headline if it's all."""
    told = [
        (about.role_of(claim, span), claim, span)
        for claim in _own(about)
        if claim.type not in {"status", "time"}
        for span in claim.spans[:1]
    ]
    body = [one for one in told if one[0] == "body"] or told
    if not body:
        return (), []
    body.sort(key=lambda one: (_rank(one[1]) > 1, one[2].start - one[2].end, one[2].start))
    role, first, whole = body[0]
    rest = sorted(body[1:], key=lambda one: (_rank(one[1]), one[2].start))
    further: list[tuple[Claim, Span]] = []
    known = whole.exact.casefold()
    for _, claim, span in rest:
        spans = [whole, *(other for _, other in further)]
        new = set(span.exact.casefold().split()) - set(known.split())
        if new and not any(_overlap(span, other) for other in spans):
            further.append((claim, span))
            known += " " + span.exact.casefold()
    further.sort(key=lambda one: one[1].start)
    further = further[:FURTHER]
    reports = about.reports
    message = say(p.QUOTE[role], quote=clip(whole.exact, QUOTE_LENGTH))
    out = [book.sentence(message, book.span(reports[first.report], whole))]
    if further:
        refs = [book.span(reports[claim.report], span) for claim, span in further]
        parts = tuple(
            say(p.WORDS, words=clip(span.exact, FURTHER_LENGTH).rstrip(".")) for _, span in further
        )
        out.append(book.sentence(say(p.QUOTE_FURTHER), *refs, parts=parts))
    whole_shown = [whole] if len(whole.exact) <= QUOTE_LENGTH else []
    return tuple(out), [*whole_shown, *(span for _, span in further)]


def _rank(claim: Claim) -> int:
    return TOLD_FIRST.index(claim.type) if claim.type in TOLD_FIRST else len(TOLD_FIRST)


def _hedges(about: Gist, quoted: list[Span], book: RefBook) -> tuple[Sentence, ...]:
    """Each hedge where it stands: by headline, caption, text, and the publisher's own."""
    places: dict[tuple[bool, str], dict[str, list[int]]] = {}
    for claim, hedge in _in_order(about):
        if hedge.kind == "approximation" or any(_overlap(hedge.span, one) for one in quoted):
            continue
        own = hedge.kind in SAID_BY_PUBLISHER and about.publisher is not None
        role = about.role_of(claim, hedge.span)
        words = hedge_words(hedge, about.line_of(claim, hedge.span)).rstrip(".")
        found = places.setdefault((own, "" if own else role), {}).setdefault(words, [])
        found.append(book.span(about.reports[claim.report], hedge.span))
    out = [
        book.sentence(
            say(p.HEDGE_OWN, publisher=about.publisher or "") if own else say(p.HEDGE[role]),
            *(ref for refs in cues.values() for ref in refs),
            parts=tuple(say(p.WORDS, words=words) for words in cues),
        )
        for (own, role), cues in places.items()
    ]
    if not out and not quoted and about.report is not None and about.footage_claims:
        out.append(book.sentence(say(p.UNHEDGED), book.reading(about.report)))
    return tuple(out)


def _in_order(about: Gist) -> list[tuple[Claim, Hedge]]:
    """Hedges on the footage, and what the publisher says that it cannot do, on whatever claim."""
    pairs = [(claim, hedge) for claim in _own(about) for hedge in claim.hedges]
    pairs += [
        (claim, hedge)
        for claim in about.other_claims
        if about.report and claim.report == about.report.id and len(claim.holders) == 1
        for hedge in claim.hedges
        if hedge.kind in SAID_BY_PUBLISHER
    ]
    return sorted(pairs, key=lambda pair: (pair[1].span.start, pair[1].span.end, pair[0].id))


def _own(about: Gist) -> list[Claim]:
    """The claims of the report in front; others are told after it, each under its own name."""
    return [one for one in about.footage_claims if about.report and one.report == about.report.id]


def _others(about: Gist, book: RefBook) -> tuple[Sentence, ...]:
    """What further reports say of the footage: one line each, with its hedges."""
    out: list[Sentence] = []
    for report in about.reports.values():
        said = [one for one in about.footage_claims if one.report == report.id and one.spans]
        if report is about.report or not said:
            continue
        front = min(said, key=lambda one: (one.type != "occurrence", one.spans[0].start))
        cues = dict.fromkeys(hedge.cue for hedge in front.hedges)
        values = {"quote": clip(front.spans[0].exact, FURTHER_LENGTH)}
        if report.publisher:
            values["publisher"] = report.publisher
        named = bool(report.publisher)
        message = say(p.ALSO[named, bool(cues)], **values)
        parts = tuple(say(p.WORDS, words=cue) for cue in cues)
        out.append(book.sentence(message, book.span(report, front.spans[0]), parts=parts))
    return tuple(out)


def _missing(about: Gist, book: RefBook) -> tuple[Sentence, ...]:
    if about.report is None or not about.footage_claims:
        return ()
    no_time, no_cause = about.time_claim is None, about.cause_claim is None
    ref = book.reading(about.report)
    out: list[Sentence] = []
    if no_time or no_cause:
        template = (
            p.NO_TIME_NO_CAUSE if no_time and no_cause else p.NO_TIME if no_time else p.NO_CAUSE
        )
        out.append(book.sentence(say(template), ref))
    latest = next(
        (claim.when.latest for claim in about.footage_claims if claim.when and claim.when.latest),
        None,
    )
    if no_time and latest and about.report.published:
        message = say(p.NOT_AFTER, latest=day(latest))
        out.append(book.sentence(message, book.span(about.report, about.report.published.span)))
    return tuple(out)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
