# ruff: noqa: E501  (patterns are read, and mended, whole)
"""The report's background: attacks, agreements, withdrawals and casualties told beside the footage.

Each is itself a claim of the report, unchecked. One event told in several sentences is one
incident.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from firsthand.records import (
    Casualties,
    ClaimedQuantity,
    Hedge,
    Holder,
    Incident,
    Means,
    Polarity,
    Span,
    When,
    Where,
)
from firsthand.report.dates import DateMention, Ymd, find_dates
from firsthand.report.draft import Draft
from firsthand.report.hedges import find_hedges, weaker
from firsthand.report.lines import Layout
from firsthand.report.places import find_facility
from firsthand.report.text import Text, sentences

__all__ = ["Background", "read_background"]

_NUMBER = {
    word: count
    for count, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
}
_ATTACK = re.compile(
    r"\b(?:(?:was|were|been|being) (?:\w+ )?(?:struck|hit|attacked|shelled|bombed|targeted|fired (?:on|at))|"
    r"attacked|struck|shelled|bombed|targeted|fired (?:on|at|into)|hit)\b",
    re.I,
)
_WEAPON = re.compile(
    r"\b(?:(?P<count>\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten) )?"
    r"(?P<what>(?:booby-trapped |explosive(?:-laden)? |armed |crude |makeshift |improvised |katyusha |"
    r"home-made |homemade |unguided |suicide )*"
    r"(?P<kind>rockets?|drones?|missiles?|mortars?|shells?|bombs?|car bombs?|roadside bombs?|UAVs?))"
    r"(?! (?:attack|strike|and|fire)s?\b)",
    re.I,
)
_WEAPON_ATTACK = re.compile(
    r"\b(?P<kind>rocket|drone|missile|mortar|bomb)s? (?:attack|strike)s?\b", re.I
)
_DOWNED = re.compile(
    r"\b(?P<count>one|two|three|all|both|\d+)(?: of (?:the|them|these)(?: \w+)?| of which| of them)?"
    r"(?P<gap>[^.;]{0,60}?)\b(?P<fate>shot down|intercepted|brought down|downed|destroyed)\b",
    re.I,
)
_AGREEMENT = re.compile(
    r"\b(?:reached|signed|struck|concluded|agreed(?: on| to)?) (?:an? |the )?"
    r"(?:agreement|deal|accord|treaty|pact)\b|\bagreed (?:that|to|on)\b",
    re.I,
)
_FORCES = re.compile(
    r"\bfrom (?:about |around |some |roughly )?(?P<a>\d[\d,]*)(?: \w+)? to (?:about |around |some |roughly )?"
    r"(?P<b>\d[\d,]*)(?: (?P<of>troops|soldiers|personnel|forces|men))?",
    re.I,
)
_NONE_REPORTED = re.compile(
    r"\b(?:no|nor any|zero) (?P<what>casualties|deaths|injuries|fatalities|victims|one)\b[^.;]{0,30}?"
    r"\b(?:has |have |had |were |was |are |is )?(?:been )?(?:immediately )?"
    r"(?P<cue>reported|reports?|recorded|announced)\b|"
    r"\b(?:there (?:were|are|have been) )?no (?:immediate )?(?P<cue2>reports?) of (?P<what2>casualties|deaths|"
    r"injuries|fatalities|victims)\b",
    re.I,
)
_NONE_STATED = re.compile(
    r"\b(?:no one|nobody|no-one|none of \w+) (?:was|were|had been) (?P<fate>killed|hurt|injured|wounded|harmed)"
    r"(?: or (?:killed|hurt|injured|wounded))?\b|\bthere were no (?:casualties|deaths|injuries)\b",
    re.I,
)
_CLAIMING = re.compile(
    r"^(?P<who>[A-Z][\w -]{2,50}?) (?P<cue>claim(?:s|ed)?)(?: to have)? (?:to |that )?(?P<what>.+)$",
    re.I,
)
_ANNOUNCED = re.compile(
    r"(?P<who>(?:the )?(?:[\w’'-]+ ){0,5}?(?:office|ministry|government|army|military|police|spokes(?:man|woman|"
    r"person)|officials?|minister|president|command))(?: of [\w ]{2,40}?)? "
    r"(?:has |have |had )?(?P<cue>announced|said|stated|reported|declared|claimed)(?: at the time)? that ",
    re.I,
)
_ACTOR = re.compile(
    r"(?P<who>(?:an? |the )?[\"“‘'](?:[^\"”’']{3,40})[\"”’'](?: \w+)?|(?:an? |the )?(?:[\w-]+ ){0,3}"
    r"(?:group|militias?|militants|fighters|gunmen|insurgents|forces))[,]? (?:had |have )?"
    r"(?:attacked|struck|shelled|bombed|targeted|fired|carried out)",
    re.I,
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|denie[sd]|deny|denying|without|failed to|cannot|n['’]t)\b|n['’]t\b",
    re.I,
)
_HYPOTHETICAL = re.compile(
    r"\b(?:if|would|will|warned?|threat(?:en)?(?:ed)?|plans?|to attack)\b", re.I
)


@dataclass
class _Event:
    """An incident in the making."""

    kind: str
    at: int
    summary: str
    spans: list[Span]
    when: When | None = None
    where: Where | None = None
    means: tuple[Means, ...] = ()
    by: tuple[Holder, ...] = ()
    casualties: Casualties | None = None


@dataclass
class Background:
    """Drafts, and the incidents that some of them belong to (`incident` is an index as text)."""

    drafts: list[Draft] = field(default_factory=list)
    events: list[_Event] = field(default_factory=list)

    def incidents(
        self, report_id: str, claims_of: dict[str, tuple[str, ...]]
    ) -> tuple[Incident, ...]:
        """Records i1, i2 ... in document order of their first mention."""
        return tuple(
            Incident(
                id=f"i{index + 1}",
                kind=event.kind,  # type: ignore[arg-type]
                summary=event.summary,
                claims=claims_of.get(f"i{index + 1}", ()),
                mentions=tuple(event.spans),
                when=event.when,
                where=event.where,
                means=event.means,
                said_to_be_by=event.by,
                casualties=event.casualties,
                source=report_id,
            )
            for index, event in enumerate(self.events)
        )


def read_background(text: Text, layout: Layout, site: Where | None) -> Background:
    """Background claims and incidents of the body and of related items.

    `site` is what "the base", "the facility" and "it" stand for where a sentence names no place.
    """
    out = Background()
    anchor = _anchor(layout.published.value if layout.published else None)
    last_event: Ymd | None = None
    for line in layout.lines:
        if line.role not in {"body", "related"}:
            continue
        own = _anchor(line.dated) or anchor
        for start, end in sentences(text.value, line.start, line.words_end):
            dates = find_dates(text.value, start, end, own, last_event)
            if line.role == "related":
                _related(text, start, end, out, line.dated)
                continue
            _casualties(text, start, end, out)
            event = _attack(text, start, end, dates=dates, site=site, out=out)
            if event and event.when and event.when.earliest:
                last_event = _anchor(event.when.earliest)
            _agreement(text, start, end, dates, out)
            _forces(text, start, end, dates, out)
    return out


def _anchor(value: str | None) -> Ymd | None:
    if value is None or not re.match(r"^\d{4}(-\d\d){0,2}$", value):
        return None
    parts = [int(part) for part in value.split("-")]
    if len(parts) > 1 and parts[1] > 12:
        return Ymd(parts[0])
    return Ymd(*parts)


def _when(text: Text, date: DateMention) -> When:
    return When(
        earliest=date.earliest,
        latest=date.latest,
        grain=date.grain,
        anchor=date.anchor,
        rule=date.rule,
        text=text.value[date.start : date.end],
        span=text.span(date.start, date.end),
    )


def _means(words: str) -> tuple[Means, ...]:
    found: list[Means] = []
    for match in _WEAPON.finditer(words):
        count = match.group("count")
        kind = match.group("kind").lower()
        number = None
        if count:
            number = int(count) if count.isdigit() else _NUMBER.get(count.lower(), 1)
        found.append(
            Means(
                kind=kind.rstrip("s") if kind != "uavs" else "uav",
                count=number,
                text=match.group().strip(),
            )
        )
    if not found:
        attack = _WEAPON_ATTACK.search(words)
        if attack:
            found.append(Means(kind=attack.group("kind").lower(), text=attack.group()))
    downed = _DOWNED.search(words)
    if downed and found:
        found[0] = found[0].model_copy(
            update={"fate": f"{downed.group('count').lower()} {downed.group('fate').lower()}"}
        )
    return tuple({means.kind: means for means in reversed(found)}.values())[::-1]


def _attack(
    text: Text,
    start: int,
    end: int,
    *,
    dates: list[DateMention],
    site: Where | None,
    out: Background,
) -> _Event | None:
    """A sentence that tells one dated attack; campaigns and undated series are no incident."""
    words = text.value[start:end]
    verb = _ATTACK.search(words)
    dated = [date for date in dates if date.grain in {"day", "month"}]
    if not verb or not dated or not (_WEAPON.search(words) or _WEAPON_ATTACK.search(words)):
        return None
    if _HYPOTHETICAL.search(words[: verb.start()]) or _NEGATION.search(words[: verb.start()]):
        return None
    index = len(out.events) + 1
    said = _ANNOUNCED.search(words)
    clause = start + (said.end() if said else 0)
    holders = (_office(text, start, said),) if said else ()
    aside = re.compile(
        r",? (?:with|and) (?=(?:one|two|three|all|both|\d+) (?:of|were|was)\b)"
    ).search(text.value, clause, end)
    main_end = aside.start() if aside else end
    hedges = find_hedges(text, clause, main_end)
    where = find_facility(text, clause, end) or (site and _coreferent(text, clause, end, site))
    means = _means(text.value[clause:end])
    proposition = text.value[clause:main_end].strip(" .,")
    event = _Event(
        kind="attack",
        at=start,
        summary=proposition,
        spans=[text.span(start, end)],
        when=_when(text, dated[0]),
        where=where or None,
        means=means,
        by=_actor(text, clause, main_end),
    )
    out.events.append(event)
    out.drafts.append(
        Draft(
            at=start,
            type="occurrence",
            proposition=proposition,
            spans=(text.span(clause, main_end),),
            rule="dated attack",
            factuality=weaker(hedges),
            hedges=hedges,
            holders=holders,
            incident=f"i{index}",
            when=event.when,
            where=event.where,
        )
    )
    if aside:
        _fate(
            text,
            aside.end(),
            end,
            event=event,
            out=out,
            key=f"i{index}",
            at=start,
            holders=holders,
        )
    return event


def _fate(
    text: Text,
    start: int,
    end: int,
    *,
    event: _Event,
    out: Background,
    key: str,
    at: int,
    holders: tuple[Holder, ...],
) -> None:
    downed = _DOWNED.search(text.value, start, end)
    if downed is None or _NEGATION.search(downed.group("gap")):
        return
    hedges = find_hedges(text, start, end)
    kind = event.means[0].kind if event.means else "weapon"
    out.drafts.append(
        Draft(
            at=at,
            order=1,
            type="occurrence",
            proposition=f"{downed.group('count').lower()} of the {kind}s was "
            f"{downed.group('fate').lower()}",
            spans=(text.span(start, end),),
            rule="fate of what was used",
            factuality=weaker(hedges),
            hedges=hedges,
            holders=holders if not hedges else (_unnamed(hedges[0]), *holders),
            incident=key,
            when=event.when,
            where=event.where,
        )
    )


def _unnamed(hedge: Hedge) -> Holder:
    return Holder(
        name="not named", kind="unnamed", cue=hedge.cue, span=hedge.span, stance="asserts"
    )


def _office(text: Text, start: int, said: re.Match[str]) -> Holder:
    first = start + said.start("who")
    name = said.group("who").strip()
    name = re.sub(r"^(?:In [A-Z]\w+, )?", "", name)
    lead = said.group("who").find(name)
    return Holder(
        name=re.sub(r"^the ", "", name, flags=re.I),
        kind="office",
        relation="says",
        cue=said.group("cue"),
        span=text.span(first + lead, start + said.end("who")),
        stance="asserts",
    )


def _actor(text: Text, start: int, end: int) -> tuple[Holder, ...]:
    match = _ACTOR.search(text.value, start, end)
    if match is None:
        return ()
    return (
        Holder(
            name=re.sub(r"^(?:an?|the) ", "", match.group("who"), flags=re.I),
            kind="group",
            relation="believed_by",
            cue="",
            span=text.span(*match.span("who")),
        ),
    )


def _coreferent(text: Text, start: int, end: int, site: Where) -> Where | None:
    match = re.compile(r"\b(?:the (?:base|facility|camp|site|compound|airport)|it)\b", re.I).search(
        text.value, start, end
    )
    if match is None:
        return None
    return Where(text=site.text, relation="at", span=text.span(*match.span()))


def _agreement(text: Text, start: int, end: int, dates: list[DateMention], out: Background) -> None:
    match = _AGREEMENT.search(text.value, start, end)
    if match is None or _NEGATION.search(text.value, start, match.start()):
        return
    dated = [date for date in dates if date.end <= match.end() + 2 or date.rule == "this season"]
    when = _when(text, dated[0]) if dated and dated[0].earliest else None
    span = text.span(start, end)
    known = next((event for event in out.events if event.kind == "agreement" and when), None)
    words = re.split(r"(?<=[.])", text.value[start:end])[0].strip(" .")
    if known is not None and _compatible(known.when, when):
        known.spans.append(span)
        index = out.events.index(known) + 1
    else:
        out.events.append(_Event("agreement", start, words, [span], when))
        index = len(out.events)
    hedges = find_hedges(text, start, end)
    out.drafts.append(
        Draft(
            at=start,
            type="context",
            proposition=words,
            spans=(span,),
            rule="agreement",
            factuality=weaker(hedges),
            hedges=hedges,
            incident=f"i{index}",
            when=when,
        )
    )


def _compatible(first: When | None, second: When | None) -> bool:
    """Whether two times can be one: a season holds its months in either hemisphere's sense."""
    if first is None or second is None or not first.earliest or not second.earliest:
        return True
    if first.earliest[:4] != second.earliest[:4]:
        return False
    return first.grain != second.grain or first.earliest == second.earliest


def _forces(text: Text, start: int, end: int, dates: list[DateMention], out: Background) -> None:
    match = _FORCES.search(text.value, start, end)
    if match is None or not re.search(r"troops|soldiers|personnel|forces", text.value[start:end]):
        return
    first, last = (float(match.group(key).replace(",", "")) for key in ("a", "b"))
    months = [date for date in dates if date.grain == "month" and date.earliest]
    when = None
    if len(months) >= 2 and re.match(r"\s*between\b", text.value[start:], re.I):
        when = When(
            earliest=months[0].earliest,
            latest=months[1].latest,
            grain="month",
            rule="between two months",
            text=text.value[start : months[1].end],
            span=text.span(start, months[1].end),
        )
    elif months:
        when = _when(text, months[0])
    out.events.append(
        _Event(
            "withdrawal", start, text.value[start:end].strip(" ."), [text.span(start, end)], when
        )
    )
    out.drafts.append(
        Draft(
            at=start,
            type="measurement",
            proposition=f"the number of {match.group('of') or 'troops'} went {match.group()}",
            spans=(text.span(start, end),),
            rule="figure from and to",
            incident=f"i{len(out.events)}",
            when=when,
            quantity=ClaimedQuantity(
                min=min(first, last),
                max=max(first, last),
                unit=match.group("of") or "troops",
                of="forces",
                text=match.group(),
                change_from=first,
                change_to=last,
            ),
        )
    )


def _casualties(text: Text, start: int, end: int, out: Background) -> None:
    reported = _NONE_REPORTED.search(text.value, start, end)
    stated = _NONE_STATED.search(text.value, start, end)
    if not reported and not stated:
        return
    figure = Casualties(basis="reported" if reported else "stated")
    if stated:
        figure = _none_stated(stated)
    proposition = "casualties have been reported" if reported else "there were casualties"
    polarity: Polarity = "negated"
    whole = re.search(
        r"\b(?:any|all|each|none) of (?:the|these|those) (?:attacks|strikes|incidents)",
        text.value[start:end],
    )
    attacks = [event for event in out.events if event.kind == "attack"]
    for event in attacks if whole else attacks[-1:]:
        event.casualties = figure
    out.drafts.append(
        Draft(
            at=start,
            type="casualties",
            proposition=proposition,
            spans=(text.span(start, end),),
            rule="none reported" if reported else "none stated",
            polarity=polarity,
            factuality=-3,
            casualties=figure,
            incident=None,
        )
    )


def _none_stated(stated: re.Match[str]) -> Casualties:
    words = stated.group().lower()
    killed = 0 if re.search(r"killed|deaths|casualties", words) else None
    injured = 0 if re.search(r"hurt|injur|wounded|harmed|casualties", words) else None
    return Casualties(killed=killed, injured=injured, basis="stated")


def _related(text: Text, start: int, end: int, out: Background, dated: str | None) -> None:
    """A related item's headline: its date is its own, and what a group claims is the group's."""
    words = text.value[start:end]
    claiming = _CLAIMING.match(words)
    if claiming is None:
        return
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
    if dated:
        when = When(
            earliest=None,
            latest=dated,
            grain="unknown",
            anchor="related item",
            rule="not after the related item's own date",
        )
    out.events.append(
        _Event("attack", start, words, [text.span(start, end)], when, None, _means(words), (who,))
    )
    out.drafts.append(
        Draft(
            at=start,
            type="occurrence",
            proposition=f"{who.name} {claiming.group('what')}",
            spans=(text.span(start, end),),
            rule="a group claims",
            factuality=1,
            hedges=(hedge,),
            holders=(who,),
            incident=f"i{len(out.events)}",
            when=when,
        )
    )
