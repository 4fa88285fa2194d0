# ruff: noqa: E501  (patterns are read, and mended, whole)
"""One report's drafts in order: headline, captions, body, related items, each by its own rules."""

from __future__ import annotations

import re
from dataclasses import replace

from firsthand.records import Hedge, Holder, When, Where
from firsthand.report.assertions import Voices, assertions, flipped
from firsthand.report.attribution import is_quotation
from firsthand.report.background import Background, to_when, ymd
from firsthand.report.dates import DateMention, find_dates
from firsthand.report.draft import Draft
from firsthand.report.footage import (
    about_sentence,
    caption_claims,
    filming_time,
    headline_claim,
    is_about_footage,
)
from firsthand.report.lines import Layout, RawLine
from firsthand.report.parse import parse
from firsthand.report.text import Text, sentences
from firsthand.report.wordlist import words

__all__ = ["compose"]

_CLAIMING = re.compile(
    r"^(?P<who>[A-Z][\w -]{2,50}?) (?P<cue>[Cc]laim(?:s|ed)?)(?: [Tt]o [Hh]ave)? (?P<to>[Tt]o |[Tt]hat )?(?P<what>.+)$"
)
_CORRECTS = re.compile(
    r"^[\"“]?(?:that|this|it|the (?:claim|report|rumou?r|story))(?: is| was|['’]s)? "
    r"(?:(?:simply|just|plainly|completely|entirely) )?(?:wrong|false|incorrect|untrue|not true|"
    r"not (?:so|the case|correct)|a lie|a mistake|an error|nonsense|n['’]t true)\b",
    re.I,
)
_RISKY = re.compile(
    r"\b(?:not|no|never|none|nobody|n['’]t|den(?:y|ies|ied)|false|fake|hoax|without|cannot|unverified|"
    r"reject\w*|refut\w*|rul(?:e|es|ed) out|fail\w*|doubt\w*|unconfirmed|debunk\w*|wrong|miss(?:es|ed))\b",
    re.I,
)


def compose(
    text: Text, layout: Layout, site: Where | None, ours: frozenset[str]
) -> tuple[list[Draft], Background]:
    """Every claim of the report, and the incidents among them.

    `ours` are the names under which the publisher speaks of itself, in lower case.
    """
    voices = Voices(ours=ours)
    background = Background(site=site)
    lines = list(layout.lines)
    about = is_about_footage(text, lines)
    stamp = layout.published or layout.updated
    published = stamp.value if stamp else None
    drafts: list[Draft] = []
    captions: dict[str, int] = {}
    known = _small_words(text, lines)
    for line in lines:
        if line.role == "headline":
            drafts.extend(_headline(text, line, site, voices, known=known, about=about))
        elif line.role == "caption":
            caption_claims(text, line, drafts, captions, about=about)
        elif line.role == "related":
            drafts.extend(_related(text, line, background))
        elif line.role == "body":
            anchor = ymd(line.dated) or ymd(published)
            previous: list[Draft] = []
            speaker: Holder | None = None
            for start, end in sentences(text.value, line.start, line.end):
                if _CORRECTS.match(text.value[start:end]) and (previous or drafts):
                    _correct(text, (start, end), drafts, previous)
                    continue
                dates = find_dates(text.value, start, end, anchor, background.last)
                quoting = is_quotation(text.value, start, end)
                found = [
                    draft
                    for first, last in _parts(text.value, start, end)
                    for draft in assertions(text, first, last, voices)
                ]
                if quoting and speaker is not None:
                    found = [
                        draft if draft.holders else replace(draft, holders=(speaker,))
                        for draft in found
                    ]
                elif re.search(r"[“\"]", text.value[start:end]):
                    named = [d.holders[-1] for d in found if d.holders]
                    speaker = named[-1] if named else None
                else:
                    speaker = None
                found = about_sentence(text, start, end, found, site)
                previous = background.enrich(text, (start, end), found, dates)
                drafts.extend(previous)
                drafts.extend(_deadlines(text, previous, dates))
    if about:
        drafts.extend(filming_time(text, layout))
    return drafts, background


def _parts(value: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence at its semicolons: each part is a sentence of its own to the parser."""
    out: list[tuple[int, int]] = []
    begin = start
    for match in re.compile(r";\s+(?=[\w\"“])").finditer(value, start, end):
        if len(value[begin : match.start()].split()) > 2:
            out.append((begin, match.start()))
            begin = match.end()
    return [*out, (begin, end)]


def _deadlines(text: Text, drafts: list[Draft], dates: list[DateMention]) -> list[Draft]:
    """ "By the end of the year" is when something is to be done, not when the rest happened."""
    out: list[Draft] = []
    for date in dates:
        if not date.rule.startswith("end of"):
            continue
        holding = [
            draft
            for draft in drafts
            if draft.spans[0].start <= date.start < draft.spans[0].end
            and draft.when
            and draft.when.span
            and draft.when.span.start != date.start
        ]
        if holding:
            draft = min(holding, key=lambda each: each.spans[0].end - each.spans[0].start)
            out.append(
                replace(
                    draft,
                    type="time",
                    order=draft.order + 1,
                    proposition=f"{text.value[date.start : date.end]}: {draft.proposition}",
                    spans=(text.span(date.start, date.end),),
                    rule="deadline",
                    when=to_when(text, date),
                )
            )
    return out


def _small_words(text: Text, lines: list[RawLine]) -> frozenset[str]:
    """Words that the body writes in lower case: what a headline's capitals hide."""
    words: set[str] = set()
    for line in lines:
        if line.role in {"body", "caption"}:
            words.update(re.findall(r"\b[a-z][a-z'-]+\b", text.value[line.start : line.end]))
    return frozenset(words)


def _truecase(words: str, small: frozenset[str]) -> str:
    """A headline as a sentence: capitals stay where the body has them too."""

    def lower(match: re.Match[str]) -> str:
        word = match.group()
        low = word.lower()
        known = low in small or low.rstrip("s") in small or low in _FUNCTION
        return low if known else word

    return re.sub(r"\b[A-Z][a-z'’-]+\b", lower, words)


_FUNCTION = words(
    "of from in on at to by for with after over as and or the a an is are was were not no near "
)


def _headline(
    text: Text,
    line: RawLine,
    site: Where | None,
    voices: Voices,
    *,
    known: frozenset[str],
    about: bool,
) -> list[Draft]:
    words = text.value[line.start : line.end]
    cased = _truecase(words, known)
    if len(cased) == len(words) and _RISKY.search(words):
        mirror = Text(
            text.value[: line.start] + cased + text.value[line.end :], text.starts, text.source
        )
        found = assertions(mirror, line.start, line.end, voices)
        return [
            replace(
                draft,
                spans=tuple(text.span(span.start, span.end) for span in draft.spans),
                footage=about,
                rule="headline",
                where=site if about else draft.where,
            )
            for draft in found
        ]
    if not _says_something(cased):
        return []
    return headline_claim(text, line, site, about=about)


def _says_something(words: str) -> bool:
    """Whether there is a verb with somebody or something to it: a list of nouns claims nothing."""
    return any(
        token.pos_ in {"VERB", "AUX"}
        and any(
            child.dep_ in {"nsubj", "nsubjpass", "dobj", "prep", "xcomp"}
            for child in token.children
        )
        for token in parse(words)
    )


def _related(text: Text, line: RawLine, background: Background) -> list[Draft]:
    """A related item's headline: its date is its own, and what a group claims is the group's."""
    start, end = line.start, line.words_end
    claiming = _CLAIMING.match(text.value[start:end])
    if claiming is None or _RISKY.search(claiming.group("what")):
        return []
    who = Holder(
        name=claiming.group("who"),
        kind="group",
        cue=claiming.group("cue"),
        span=text.span(start + claiming.start("who"), start + claiming.end("who")),
    )
    hedge = Hedge(
        cue=claiming.group("cue"),
        kind="claim",
        span=text.span(start + claiming.start("cue"), start + claiming.end("cue")),
        scope=claiming.group("what"),
    )
    when = None
    if line.dated:
        when = When(
            earliest=None,
            latest=line.dated,
            grain="unknown",
            anchor="related item",
            rule="not after the related item's own date",
        )
    draft = Draft(
        at=start,
        type="occurrence",
        proposition=(
            f"{who.name} {claiming.group('what')}"
            if claiming.group("to")
            else f"{claiming.group('what')}, by {who.name}"
        ),
        spans=(text.span(start, end),),
        rule="a group claims",
        factuality=1,
        hedges=(hedge,),
        holders=(who,),
        when=when,
    )
    return [background.claimed(text, (start, end), draft)]


def _correct(
    text: Text, bounds: tuple[int, int], drafts: list[Draft], previous: list[Draft]
) -> None:
    """ "That is wrong" turns the last told claims into the publisher's own denial."""
    last = previous or drafts[-1:]
    span = text.span(*bounds)
    for old in last:
        if old in drafts and old.polarity != "open":
            turned = flipped(old)
            drafts[drafts.index(old)] = replace(
                turned, spans=(*old.spans, span), rule=f"{old.rule}, corrected after"
            )
