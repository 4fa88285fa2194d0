# ruff: noqa: E501  (patterns are read, and mended, whole)
"""What the report claims of the footage itself: who filmed it, what it shows, where, how sure.

Filming is its own relation: a correspondent who *filmed* smoke has not *said* anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from firsthand.records import ClaimedQuantity, Hedge, Holder, When, Where
from firsthand.report.draft import Draft
from firsthand.report.hedges import find_hedges, weaker
from firsthand.report.lines import Layout, RawLine
from firsthand.report.places import NAME, find_facility, find_places
from firsthand.report.posting import Poster, find_posters
from firsthand.report.text import Text, sentences

__all__ = [
    "Filmer",
    "about_sentence",
    "caption_claims",
    "filming_time",
    "find_filmer",
    "footage_place",
    "headline_claim",
    "is_about_footage",
    "is_of_footage",
]

_FOOTAGE = re.compile(r"\b(?:video|footage|clips?|film(?:ed|ing)?|recording|recorded)\b", re.I)
_SHOWN = re.compile(
    r"\b(?:smoke|plumes?|columns?|pall|fire|blaze|flames|explosions?|blasts?|strikes?|convoys?|debris|wreckage)\b",
    re.I,
)
_FILMER = re.compile(
    r"(?P<who>(?:(?:An?|The|One|Another) )?(?:[\w’'-]+ ){0,4}?"
    r"(?:correspondent|reporter|journalist|cameraman|camerawoman|crew|resident|witness|eyewitness|"
    r"bystander|passer-by|driver|user|activist|stringer|photographer|motorist)"
    r"(?: (?:from|of|for|with|at|working for|employed by) (?:the )?(?:[a-z][\w-]* ){0,4}?"
    + NAME
    + r")?)"
    r"(?:, [^.;]{3,90}?,)? (?:has |have |had |also )?(?P<cue>filmed|recorded|shot|captured|videoed)\b"
    r"(?! (?:down|dead))"
)
_FROM = re.compile(
    r"\b(?:correspondent|reporter|journalist|crew) (?:from|of|for|with|at) (?:the )?(.+)"
)
_PLUME = re.compile(
    r"\b(?P<adjectives>(?:(?:huge|massive|large|big|thick|dense|tall|towering|black|dark|gr[ea]y|white|"
    r"brown|light|pale)(?:,? and |, | )){1,4})"
    r"(?P<noun>(?:plumes?|columns?|clouds?|pall|smoke)(?: of (?:black |dark |white )?smoke)?)",
    re.I,
)
_VEHICLE = re.compile(
    r"\b(?:filmed|shot|recorded|taken) (?P<how>from (?:inside )?(?:a|an|the) (?:moving |passing )?"
    r"(?:vehicle|car|bus|truck|window|roof|balcony|boat|drone|helicopter)[^,.;]{0,60})",
    re.I,
)
_SIZE = re.compile(
    r"\b(?P<vague>hundreds|dozens|scores|tens|thousands|several hundred|a few hundred) (?:of )?"
    r"(?P<unit>met(?:er|re)s|feet|kilomet(?:er|re)s|miles|yards)\b|"
    r"\b(?P<low>\d[\d,.]*)(?:(?:\s?[-–]\s?| to )(?P<high>\d[\d,.]*))?[ -]?"
    r"(?P<unit2>met(?:er|re)s?|m|feet|ft|kilomet(?:er|re)s?|km|miles?)\b(?! (?:long|wide|away|per))"
)
_VAGUE = {
    "hundreds": (200.0, 999.0),
    "several hundred": (200.0, 999.0),
    "a few hundred": (200.0, 500.0),
    "dozens": (24.0, 99.0),
    "scores": (40.0, 99.0),
    "tens": (20.0, 99.0),
    "thousands": (2000.0, 9999.0),
}
"""As written; whoever tests a vague figure allows a factor of three either way."""
_METRES = {"f": 0.3048, "y": 0.9144, "k": 1000.0, "mi": 1609.344}
_VAPOUR = re.compile(
    r"(?P<what>(?:smaller |small )?(?:clouds?|puffs?|plumes?|wisps?|patches) of (?:white|light|pale)"
    r"[\w -]{0,12}?smoke|white (?:smoke|clouds?|steam|vapou?r|patches))(?P<gap>[^.;]{0,40}?)"
    r"(?P<cue>possibly|perhaps|probably|likely|apparently|maybe|(?:which )?(?:may|might|could) be)\s+"
    r"(?:just )?(?P<it>(?:water vapou?r|steam))(?P<cause>[^.;,]{0,90})",
    re.I,
)
_CAUSE = re.compile(
    r"\b(?:caused by|from|due to|because of|produced by|raised by|as)\b (?P<why>.+)"
)
_AUTHENTICITY = re.compile(
    r"^(?:(?:its|their|the (?:video|footage|clip|recording)['’]s) (?:authenticity|veracity)|"
    r"(?:it|this|they|the (?:video|footage|clip|recording)) (?:is|was|are|were) (?:authentic|genuine|real))$",
    re.I,
)
_TURNED = re.compile(
    r"\b(?:not|no|never|none|nobody|n['’]t|den(?:y|ies|ied)|false|fake|hoax|without|cannot)\b", re.I
)
"""Words that may turn a caption into its contrary: such a caption is left to the reader."""


_THING = (
    r"(?:videos?|footage|clips?|film|recordings?|images?|photos?|photographs?|pictures?|stills?)"
)
_DEFINITE = re.compile(rf"\b(?:the|this|that|these|its|same) (?:[\w-]+ )?{_THING}\b", re.I)
_MOVING = re.compile(r"\b(?:videos?|footage|clips?|film|recordings?)\b(?! (?!show)\w+ing\b)", re.I)
"""A thing that may be the footage. "A video threatening the base" is none."""
_PAST = re.compile(r"\b(?:in|since|during|of|from) (?:[A-Z][a-z]+ )?(?:19|20)\d\d\b", re.I)
"""A bare year or month: how a report dates its background, not what its footage shows."""


@dataclass(frozen=True)
class Filmer:
    """Who is said to have filmed."""

    name: str
    words: str
    start: int
    end: int
    cue_start: int
    cue_end: int

    def holder(self, text: Text) -> Holder:
        """As a step in a chain of holders."""
        return Holder(
            name=self.name,
            kind="person",
            relation="filmed",
            cue=text.value[self.cue_start : self.cue_end],
            span=text.span(self.start, self.end),
            stance="asserts",
        )


def find_filmer(text: Text, start: int, end: int) -> Filmer | None:
    """The named or described person of whom the sentence says that they filmed."""
    match = _FILMER.search(text.value, start, end)
    if match is None:
        return None
    words = match.group("who")
    outlet = _FROM.search(words)
    role = re.search(r"correspondent|reporter|journalist|crew", words)
    bare = re.sub(r"^(?:An?|The|One|Another) ", "", words)
    name = f"{outlet.group(1)} {role.group()}" if outlet and role else bare
    return Filmer(name, words, *match.span("who"), *match.span("cue"))


def footage_place(text: Text, lines: list[RawLine]) -> Where | None:
    """The place that the footage is said to show: the first named site in a line about it.

    When the report says elsewhere what that site lies next to, that is taken with it.
    """
    bounds = [
        pair
        for line in lines
        if line.role in {"body", "caption", "headline"}
        for pair in sentences(text.value, line.start, line.words_end)
    ]
    for start, end in sorted(bounds, key=lambda pair: _rank(text, pair)):
        if not (_FOOTAGE.search(text.value, start, end) and _SHOWN.search(text.value, start, end)):
            continue
        site = find_facility(text, start, end)
        if site:
            lies = find_places(text, site.text, bounds)
            if lies is None:
                return site
            return site.model_copy(update={"relation": lies.relation, "of": lies.of})
    return None


def _rank(text: Text, pair: tuple[int, int]) -> tuple[int, int]:
    return (0 if find_filmer(text, *pair) else 1, pair[0])


def is_about_footage(text: Text, lines: list[RawLine]) -> bool:
    """Whether headline, captions or body speak of a video at all."""
    return any(
        _FOOTAGE.search(text.value, line.start, line.end)
        for line in lines
        if line.role in {"headline", "caption", "body"}
    )


def headline_claim(text: Text, line: RawLine, place: Where | None, *, about: bool) -> list[Draft]:
    """A headline without any word that could turn it, as one claim."""
    hedges = find_hedges(text, line.start, line.end)
    words = re.sub(
        r"\s*[-–—|(:]+\s*(?:video|watch|photos?)\W*$", "", _slice(text, line), flags=re.I
    )
    if len(words.split()) < 3 or words.rstrip().endswith("?"):
        return []
    shown = bool(_SHOWN.search(words))
    return [
        Draft(
            at=line.start,
            type="occurrence" if shown else "context",
            proposition=_plain(words, hedges),
            spans=(text.span(line.start, line.end),),
            rule="headline",
            factuality=weaker(hedges),
            hedges=hedges,
            footage=about and shown,
            where=place if about and shown else None,
        )
    ]


def _slice(text: Text, line: RawLine) -> str:
    return text.value[line.start : line.words_end]


def _plain(words: str, hedges: tuple[Hedge, ...]) -> str:
    """The words without the cues of doubt, which stand in `hedges`."""
    for hedge in hedges:
        if hedge.kind in {"report", "appearance", "possibility", "hearsay"}:
            words = re.sub(rf"\s*\b{re.escape(hedge.cue)}\b", "", words, count=1)
    return words.strip(" .")


def caption_claims(
    text: Text, line: RawLine, drafts: list[Draft], seen: dict[str, int], *, about: bool
) -> None:
    """A caption as one claim; a second caption in the same words is a second span of it."""
    words = _slice(text, line).strip()
    span = text.span(line.start, line.words_end)
    if words in seen:
        first = drafts[seen[words]]
        drafts[seen[words]] = replace(first, spans=(*first.spans, span))
        return
    if not _SHOWN.search(words) or _TURNED.search(words):
        return
    hedges = find_hedges(text, line.start, line.words_end)
    main = re.split(r",\s+(?:where|which|who)\b", words)[0]
    seen[words] = len(drafts)
    drafts.append(
        Draft(
            at=line.start,
            type="occurrence",
            proposition=_plain(main, hedges),
            spans=(span,),
            rule="caption",
            factuality=weaker(hedges),
            hedges=hedges,
            footage=about,
            where=find_facility(text, line.start, line.words_end),
        )
    )


def about_sentence(
    text: Text, start: int, end: int, drafts: list[Draft], place: Where | None
) -> list[Draft]:
    """The sentence's drafts, with what it says of the footage told apart.

    Who filmed what, colours, heights and what the white may be are read from the words; each
    stands only where the clause around it is affirmed, and then under that clause's holders.
    """
    filmer = find_filmer(text, start, end)
    about = bool(_FOOTAGE.search(text.value, start, end))
    shown = bool(_SHOWN.search(text.value, start, end))
    out = list(drafts)
    if filmer and shown:
        own = _around(out, filmer.cue_start)
        if own is not None:
            out.remove(own)
            out.extend(
                replace(each, holders=(*each.holders, *own.holders), head=own.head)
                for each in _filmed(text, start, end, filmer)
            )
    for poster in find_posters(text, start, end):
        own = _around(out, poster.cue_start) if is_of_footage(text, start, end, poster) else None
        if own is not None:
            out = _posted(text, out, own, poster)
    if shown and (about or _PLUME.search(text.value, start, end)) and place:
        out = [_marked(each) for each in out]
        for each in [*_seen(text, start, end, place), *_vapour(text, start, end)]:
            around = _around(out, each.spans[0].start)
            if around is not None and around.polarity == "affirmed":
                out.append(replace(each, holders=_spoken(around)))
    if about:
        out = _one_status([_authentic(each) for each in out])
    return out


def is_of_footage(text: Text, start: int, end: int, poster: Poster) -> bool:
    """Whether what the sentence says was posted is the report's footage, not some other picture.

    "The video" is, unless it is told to show something else. "A video" is if it shows what the
    footage does, or nothing is told of what it shows, and no year of the past dates it.
    """
    words = text.value[start:end]
    shown = text.value[slice(*poster.shown)] if poster.shown else ""
    if _DEFINITE.search(words):
        return not shown or bool(_SHOWN.search(shown)) or shown.lower().startswith("the ")
    if _PAST.search(words):
        return False
    return bool(_SHOWN.search(shown) if shown else _MOVING.search(words))


def _posted(text: Text, drafts: list[Draft], own: Draft, poster: Poster) -> list[Draft]:
    """Posting is what the sentence claims; what is shown is held by who posted, as posted."""
    others = tuple(holder for holder in own.holders if holder.relation == "says")
    act = replace(own, type="authorship", footage=True)
    if own.head == poster.cue_start:
        out = [act if draft is own else draft for draft in drafts]
    else:
        words = f"{poster.name} {text.value[poster.cue_start : poster.cue_end]} the footage"
        span = text.span(min(poster.start, poster.cue_start), max(poster.end, poster.cue_end))
        act = replace(act, proposition=words, spans=(span,), rule="somebody posted", head=-1)
        out = [*drafts, replace(act, order=act.order + 1, holders=others)]
    if poster.shown and _SHOWN.search(text.value, *poster.shown):
        hedges = find_hedges(text, *poster.shown)
        shown = Draft(
            at=own.at,
            order=own.order + 1,
            type="occurrence",
            proposition=text.value[slice(*poster.shown)],
            spans=(text.span(*poster.shown),),
            rule="what was posted",
            factuality=min(weaker(hedges), own.factuality),
            hedges=hedges,
            holders=(poster.holder(text), *others),
            footage=True,
            where=find_facility(text, *poster.shown),
        )
        out.append(shown)
    return out


def _authentic(draft: Draft) -> Draft:
    """ "Its authenticity" of a sentence on footage: that the footage is authentic."""
    if _AUTHENTICITY.match(draft.proposition):
        return replace(draft, proposition="the footage is authentic", type="status", footage=True)
    return replace(draft, footage=True) if draft.type == "status" else draft


def _one_status(drafts: list[Draft]) -> list[Draft]:
    """Two clauses of a sentence that leave the same thing open are one claim with two spans."""
    out: list[Draft] = []
    for draft in drafts:
        same = [
            index
            for index, other in enumerate(out)
            if draft.type == "status"
            and (other.type, other.polarity) == (draft.type, draft.polarity)
            and other.proposition.lower() == draft.proposition.lower()
        ]
        if same:
            first = out[same[0]]
            out[same[0]] = replace(
                first,
                spans=(*first.spans, *draft.spans),
                hedges=(*first.hedges, *(h for h in draft.hedges if h not in first.hedges)),
            )
        else:
            out.append(draft)
    return out


def _spoken(around: Draft) -> tuple[Holder, ...]:
    return tuple(holder for holder in around.holders if holder.relation != "filmed")


def _marked(draft: Draft) -> Draft:
    """A clause about smoke or fire in a sentence on the footage is about the footage."""
    return replace(draft, footage=draft.footage or bool(_SHOWN.search(draft.proposition)))


def _around(drafts: list[Draft], at: int) -> Draft | None:
    """The affirmed draft of the smallest clause that holds a place of the text."""
    holding = [
        draft
        for draft in drafts
        if draft.head >= 0 and draft.spans[0].start <= at < draft.spans[0].end
    ]
    if not holding:
        return None
    smallest = min(holding, key=lambda draft: draft.spans[0].end - draft.spans[0].start)
    return smallest if smallest.polarity == "affirmed" else None


def _filmed(text: Text, start: int, end: int, filmer: Filmer) -> list[Draft]:
    hedges = find_hedges(text, start, end)
    own = tuple(h for h in hedges if h.span.end <= filmer.cue_end)
    where = find_facility(text, filmer.cue_end, end)
    main_end = _main_end(text, filmer.cue_end, end)
    obj = text.value[filmer.cue_end : main_end].strip(" .")
    span = text.span(start, end)
    return [
        Draft(
            at=start,
            type="authorship",
            proposition=f"{filmer.words} filmed {obj}",
            spans=(span,),
            rule="somebody filmed",
            factuality=weaker(own),
            hedges=own,
            footage=True,
            where=where,
        ),
        Draft(
            at=start,
            order=1,
            type="occurrence",
            proposition=re.sub(r"^(?:footage|video|a (?:clip|video)) (?:of|showing) ", "", obj),
            spans=(text.span(filmer.cue_end + 1, main_end),),
            rule="what was filmed",
            factuality=weaker(hedges),
            hedges=hedges,
            holders=(filmer.holder(text),),
            footage=True,
            where=where,
        ),
    ]


def _main_end(text: Text, start: int, end: int) -> int:
    side = re.compile(r",\s+(?:where|which|who|while|and)\b").search(text.value, start, end)
    return side.start() if side else end


def _seen(text: Text, start: int, end: int, place: Where | None) -> list[Draft]:
    drafts: list[Draft] = []
    plume = _PLUME.search(text.value, start, end)
    if plume:
        noun = plume.group("noun").lower()
        adjectives = re.split(r",? and |, | ", plume.group("adjectives").strip(" ,"))
        hedges = _hedges_on(text, start, plume.start())
        drafts.append(
            Draft(
                at=start,
                order=2,
                type="description",
                proposition=f"the {noun} is {' and '.join(a.lower() for a in adjectives if a)}",
                spans=(text.span(*plume.span()),),
                rule="adjectives of the smoke",
                factuality=weaker(hedges),
                hedges=hedges,
                footage=True,
                where=place,
            )
        )
    vehicle = _VEHICLE.search(text.value, start, end)
    if vehicle:
        drafts.append(
            Draft(
                at=start,
                order=1,
                type="authorship",
                proposition=f"the footage was filmed {vehicle.group('how').strip()}",
                spans=(text.span(*vehicle.span()),),
                rule="where the camera was",
                footage=True,
            )
        )
    drafts.extend(_sizes(text, start, end, place))
    return drafts


def _hedges_on(text: Text, start: int, until: int) -> tuple[Hedge, ...]:
    """Cues that stand directly before the words and in their own phrase."""
    comma = max(text.value.rfind(mark, start, until) for mark in (",", " - ", " – ", ";"))
    return find_hedges(text, max(start, comma), until)


def _sizes(text: Text, start: int, end: int, place: Where | None) -> list[Draft]:
    drafts: list[Draft] = []
    for size in _SIZE.finditer(text.value, start, end):
        clause = text.value[max(start, size.start() - 60) : min(end, size.end() + 40)]
        if not re.search(
            r"sky|high|tall|height|air|ris(?:e|es|ing)|stretch|tower|altitude", clause
        ):
            continue
        figure = _figure(size)
        hedges = find_hedges(text, max(start, size.start() - 12), size.end())
        drafts.append(
            Draft(
                at=start,
                order=3,
                type="measurement",
                proposition=f"the plume is {size.group()} high",
                spans=(text.span(*size.span()),),
                rule="height in words or figures",
                factuality=weaker(hedges),
                hedges=hedges,
                footage=True,
                where=place,
                quantity=figure,
            )
        )
    return drafts


def _figure(size: re.Match[str]) -> ClaimedQuantity:
    unit = (size.group("unit") or size.group("unit2")).lower()
    factor = _METRES.get("mi" if unit.startswith("mi") else unit[0], 1.0)
    if size.group("vague"):
        low, high = _VAGUE[size.group("vague").lower()]
        vague = True
    else:
        low = float(size.group("low").replace(",", "").rstrip("."))
        high = float((size.group("high") or size.group("low")).replace(",", "").rstrip("."))
        vague = False
    return ClaimedQuantity(
        min=low * factor,
        max=high * factor,
        unit="m",
        of="height of the plume",
        text=size.group(),
        vague=vague,
    )


def _vapour(text: Text, start: int, end: int) -> list[Draft]:
    match = _VAPOUR.search(text.value, start, end)
    if match is None:
        return []
    hedges = find_hedges(text, match.start("cue"), match.end("cue"))
    drafts = [
        Draft(
            at=start,
            order=4,
            type="identity",
            proposition=_is(match.group("what").lower(), match.group("it").lower()),
            spans=(text.span(*match.span()),),
            rule="what the white is",
            factuality=weaker(hedges),
            hedges=hedges,
            footage=True,
        )
    ]
    cause = _CAUSE.search(match.group("cause"))
    if cause:
        drafts.append(
            Draft(
                at=start,
                order=5,
                type="cause",
                proposition=f"the {match.group('it').lower()} comes from {cause.group('why').strip()}",
                spans=(text.span(match.start("cue"), match.end("cause")),),
                rule="what the white comes from",
                factuality=weaker(hedges),
                hedges=hedges,
                footage=True,
            )
        )
    return drafts


def _is(what: str, other: str) -> str:
    """ "The white smoke is steam", "the small clouds of white smoke are steam"."""
    many = re.match(r"(?:white |smaller |small )*(?:clouds|puffs|plumes|wisps|patches)\b", what)
    return f"the {what} {'are' if many else 'is'} {other}"


def filming_time(text: Text, layout: Layout) -> list[Draft]:
    """When the footage was filmed, where nothing says so: not after publication."""
    published = layout.published
    if published is None:
        return []
    span = text.span(published.start, published.end)
    return [
        Draft(
            at=published.start,
            order=9,
            type="time",
            proposition=f"the footage was filmed; when is not stated, not after {published.value}",
            spans=(span,),
            rule="publication bounds filming",
            footage=True,
            when=When(
                earliest=None,
                latest=published.value,
                grain="unknown",
                anchor="publication",
                rule="not stated; not after publication",
                text="",
                span=span,
            ),
        )
    ]
