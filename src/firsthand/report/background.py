# ruff: noqa: E501  (patterns are read, and mended, whole)
"""Events in what a report asserts: attacks, agreements, withdrawals, casualties.

Each is itself a claim of the report, unchecked. One event told in several sentences is one
incident. Only affirmed claims make an incident; a denied attack stays a denied claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from firsthand.records import (
    Casualties,
    ClaimedQuantity,
    Holder,
    Incident,
    Means,
    Span,
    When,
    Where,
)
from firsthand.report.dates import DateMention, Ymd
from firsthand.report.draft import Draft
from firsthand.report.places import find_facility
from firsthand.report.text import Text
from firsthand.report.timex import NUMBER_WORDS

__all__ = ["Background", "to_when", "ymd"]

IncidentKind = Literal["attack", "fire", "smoke", "agreement", "withdrawal", "transfer", "other"]
_NUMBER = {word: count for count, word in enumerate(NUMBER_WORDS[:11])}
_ATTACK = re.compile(
    r"\b(?:attack(?:s|ed|ing)?|struck|hit|shelled|bombed|bombing|targeted|fired (?:on|at|into)|"
    r"raid(?:ed)?|ambush(?:ed)?|air ?strikes?|strikes?|assassinat\w+|killing of)\b",
    re.I,
)
_FIRE = re.compile(
    r"\b(?:fire|blaze|inferno)\b(?! (?:service|brigade|chief|engines?|fighters?|department|crews?))",
    re.I,
)
_EXPLOSION = re.compile(r"\b(?:explosion|blast|exploded|detonated)\b", re.I)
_SMOKE = re.compile(r"\bsmoke\b", re.I)
_AGREEMENT = re.compile(
    r"\b(?:reached|signed|struck|concluded|agreed(?: on| to)?) (?:an? |the )?"
    r"(?:agreement|deal|accord|treaty|pact)\b|\bagreed (?:that|to|on)\b|"
    r"\b(?:agreement|deal|accord|treaty|pact)\b.{0,80}\b(?:signed|reached|concluded)\b",
    re.I,
)
_TRANSFER = re.compile(r"\b(?:transferred|handed over|handover)\b", re.I)
_FORCES = re.compile(
    r"\bfrom (?:about |around |some |roughly )?(?P<a>\d[\d,]*)(?: \w+)? to (?:about |around |some |roughly )?"
    r"(?P<b>\d[\d,]*)(?: (?P<of>troops|soldiers|personnel|forces|men))?",
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
_SERIES = re.compile(r"\b(?:campaign|series|string|wave|dozens|repeated|attacks)\b", re.I)
_KILLED = re.compile(
    r"\b(?P<n>\d+|no|one|two|three|four|five|six|seven|eight|nine|ten|nobody|no one|any\w*)\b[^.;]{0,30}?"
    r"\b(?P<what>killed|dead|died|deaths?|casualties|fatalities|injured|wounded|hurt|injuries|burned)\b",
    re.I,
)
_REPORTED = re.compile(r"\breport(?:ed|s)\b|\brecorded\b|\bannounced\b", re.I)
_ACTOR = re.compile(
    r"(?P<who>(?:an? |the )?[\"“‘'](?:[^\"”’']{3,40})[\"”’'](?: (?!ha[dsv]|was|were)\w+)?|(?:an? |the )?(?:[\w-]+ ){0,3}"
    r"(?:group|militias?|militants|fighters|gunmen|insurgents|forces|rebels|separatists))[,]? (?:had |have )?"
    r"(?:attack|struck|shell|bomb|target|fire|carried out)",
    re.I,
)
_COREFERENT = re.compile(
    r"\b(?:the (?:base|facility|camp|site|compound|airport|depot|plant|bridge|port|yard|market|warehouse)|it)\b",
    re.I,
)


_IT = re.compile(
    r"(?:^|, )it (?:was|is|has|had|came|comes)\b|\b(?:hit|struck|attacked|shelled|targeted) it\b",
    re.I,
)


@dataclass
class _Event:
    """An incident in the making."""

    kind: IncidentKind
    summary: str
    spans: list[Span]
    when: When | None = None
    where: Where | None = None
    means: tuple[Means, ...] = ()
    by: tuple[Holder, ...] = ()
    casualties: Casualties | None = None


@dataclass
class Background:
    """Incidents as they are found, sentence by sentence."""

    site: Where | None = None
    events: list[_Event] = field(default_factory=list)
    last: Ymd | None = None

    def enrich(
        self, text: Text, bounds: tuple[int, int], drafts: list[Draft], dates: list[DateMention]
    ) -> list[Draft]:
        """The drafts of one sentence with their times, places, figures and incidents."""
        out = [self._placed(text, bounds, draft, drafts, dates) for draft in drafts]
        made: str | None = None
        for index, draft in enumerate(out):
            told = self._casualties(text, draft)
            if told is not None:
                key = (
                    self._incident(text, bounds, told)
                    if "was killed in" in told.proposition
                    else None
                )
                out[index] = replace(told, incident=key) if key else told
                continue
            figure = _forces(draft)
            if figure is not None:
                out[index] = replace(draft, type="measurement", quantity=figure)
                if draft.polarity == "affirmed":
                    made = self._event(text, bounds, "withdrawal", draft)
                    out[index] = replace(out[index], incident=made)
                continue
            key = self._incident(text, bounds, draft)
            if key is not None:
                made = made or key
                kind = (
                    "context" if self.events[int(key[1:]) - 1].kind == "agreement" else "occurrence"
                )
                out[index] = replace(draft, incident=key, type=kind)  # type: ignore[arg-type]
            elif made and _DOWNED.search(draft.proposition) and draft.incident is None:
                out[index] = replace(draft, incident=made, type="occurrence")
        return out

    def incidents(
        self, report_id: str, claims_of: dict[str, tuple[str, ...]]
    ) -> tuple[Incident, ...]:
        """Records i1, i2 ... in document order of their first mention."""
        return tuple(
            Incident(
                id=f"i{index}",
                kind=event.kind,
                summary=event.summary,
                claims=claims_of.get(f"i{index}", ()),
                mentions=tuple(event.spans),
                when=event.when,
                where=event.where,
                means=event.means,
                said_to_be_by=event.by,
                casualties=event.casualties,
                source=report_id,
            )
            for index, event in enumerate(self.events, 1)
        )

    def claimed(self, text: Text, bounds: tuple[int, int], draft: Draft) -> Draft:
        """A related item's headline in which a group claims an attack: an incident of its own."""
        key = self._event(text, bounds, "attack", draft, by=draft.holders[:1])
        return replace(draft, incident=key)

    def _placed(
        self,
        text: Text,
        bounds: tuple[int, int],
        draft: Draft,
        all_drafts: list[Draft],
        dates: list[DateMention],
    ) -> Draft:
        first, last = draft.spans[0].start, draft.spans[0].end
        smaller = [
            other.spans[0]
            for other in all_drafts
            if first <= other.spans[0].start
            and other.spans[0].end <= last
            and other.spans[0].end - other.spans[0].start < last - first
        ]
        inside = [date for date in dates if first <= date.start < last]
        own = [
            date
            for date in inside
            if not any(span.start <= date.start < span.end for span in smaller)
        ]
        # A date before a clause under somebody's word ("In June, the office announced that")
        # is taken for the event's too: the report gives no other.
        near = own or inside or [date for date in dates if date.start < first]
        when = draft.when or _range(text, near) or (to_when(text, near[0]) if near else None)
        general = draft.rule.startswith("clause")
        where = find_facility(text, first, last) if general or not draft.where else draft.where
        if where is None and self.site is not None and draft.type != "status":
            match = _COREFERENT.search(text.value, first, last)
            if match is None and _COREFERENT.match(draft.proposition):
                # The subject that a second predicate shares stands before it in the sentence.
                match = _COREFERENT.search(text.value, bounds[0], first)
            it = match is not None and match.group().lower() == "it"
            if match and (not it or _IT.search(draft.proposition)):
                where = Where(text=self.site.text, relation="at", span=text.span(*match.span()))
        return replace(draft, when=when, where=where or draft.where)

    def _incident(self, text: Text, bounds: tuple[int, int], draft: Draft) -> str | None:
        if draft.polarity != "affirmed" or draft.footage or draft.type == "status":
            return None
        words = draft.proposition
        verb = _predicate(text, draft)
        when = draft.when
        dated = when is not None and when.earliest is not None and when.grain != "unknown"
        agreed = bool(draft.holders) and draft.holders[0].cue.lower().startswith("agree")
        if agreed or _AGREEMENT.search(words):
            return self._event(text, bounds, "agreement", draft)
        if not dated or when is None or (when.grain == "year" and not _TRANSFER.search(words)):
            return None
        if _TRANSFER.search(words):
            return self._event(text, bounds, "transfer", draft)
        if _SERIES.search(words) and not re.search(r"\bassassinat|\bwas killed in\b", words):
            return None
        if re.search(r"\bassassinat|\bwas killed in\b", words):
            return self._event(text, bounds, "attack", draft)
        armed = _WEAPON.search(words) or _WEAPON_ATTACK.search(words) or draft.where
        if _ATTACK.search(words) and armed and not re.search(r"\b(?:deal|agreement)\b", words):
            if verb and _FIRE.search(words) and re.search(r"\bby (?:a )?(?:fire|blaze)\b", words):
                return self._event(text, bounds, "fire", draft)
            return self._event(text, bounds, "attack", draft)
        if _FIRE.search(words):
            return self._event(text, bounds, "fire", draft)
        if _EXPLOSION.search(words):
            return self._event(text, bounds, "other", draft)
        if _SMOKE.search(words):
            return self._event(text, bounds, "smoke", draft)
        return None

    def _event(
        self,
        text: Text,
        bounds: tuple[int, int],
        kind: IncidentKind,
        draft: Draft,
        by: tuple[Holder, ...] = (),
    ) -> str:
        span = text.span(*bounds)
        means = _means(text.value[bounds[0] : bounds[1]]) if kind == "attack" else ()
        for index, event in enumerate(self.events, 1):
            if _same(event, kind, draft, means):
                if all(mention.start != span.start for mention in event.spans):
                    event.spans.append(span)
                return f"i{index}"
        self.events.append(
            _Event(
                kind=kind,
                summary=draft.proposition,
                spans=[span],
                when=draft.when,
                where=draft.where,
                means=means,
                by=by or _actor(text, draft),
            )
        )
        if draft.when and draft.when.earliest and kind != "agreement":
            self.last = ymd(draft.when.earliest) or self.last
        return f"i{len(self.events)}"

    def _casualties(self, text: Text, draft: Draft) -> Draft | None:
        if draft.type != "casualties":
            return None
        sentence = draft.spans[0].exact
        reported = bool(_REPORTED.search(draft.proposition))
        figure: Casualties | None = None
        match = _KILLED.search(draft.proposition)
        what = match.group("what").lower() if match else draft.proposition.lower()
        dead = bool(re.search(r"kill|dead|died|death|fatal|casualt", what))
        hurt = bool(re.search(r"injur|wound|hurt|harm|burn|casualt", what))
        if draft.polarity == "negated":
            if reported:
                figure = Casualties(basis="reported")
            elif dead or hurt:
                figure = Casualties(
                    killed=0 if dead else None, injured=0 if hurt else None, basis="stated"
                )
        elif draft.polarity == "affirmed" and match:
            count = match.group("n").lower()
            number = int(count) if count.isdigit() else _NUMBER.get(count)
            if number is not None and "casualt" not in what:
                figure = Casualties(
                    killed=number if dead else None,
                    injured=number if hurt else None,
                    basis="reported" if reported else "stated",
                )
        if figure is None:
            return draft
        attacks = [event for event in self.events if event.kind in {"attack", "fire", "other"}]
        whole = re.search(r"\b(?:any|all|each|none) of (?:the|these|those) \w+", sentence)
        for event in attacks if whole else attacks[-1:]:
            if draft.polarity == "negated":
                event.casualties = figure
        return replace(draft, casualties=figure)


def ymd(value: str | None) -> Ymd | None:
    """The calendar parts of a plain EDTF date; a season gives its year."""
    if value is None or not re.match(r"^\d{4}(-\d\d){0,2}$", value):
        return None
    parts = [int(part) for part in value.split("-")]
    if len(parts) > 1 and parts[1] > 12:
        return Ymd(parts[0])
    return Ymd(*parts)


def to_when(text: Text, date: DateMention) -> When:
    """A date mention as part of a claim."""
    return When(
        earliest=date.earliest,
        latest=date.latest,
        grain=date.grain,
        anchor=date.anchor,
        rule=date.rule,
        text=text.value[date.start : date.end],
        span=text.span(date.start, date.end),
    )


def _range(text: Text, dates: list[DateMention]) -> When | None:
    """ "Between March 2020 and January 2021", "from May to July": one time with two ends."""
    for first, second in pairwise(dates):
        lead = text.value[max(0, first.start - 9) : first.end].lower()
        joint = text.value[first.end : second.start].strip().lower()
        if not first.earliest or not second.latest or first.grain != second.grain:
            continue
        if ("between" in lead and joint == "and") or ("from" in lead and joint in {"to", "until"}):
            return When(
                earliest=first.earliest,
                latest=second.latest,
                grain=first.grain,
                anchor=second.anchor,
                rule="range of two dates",
                text=text.value[first.start : second.end],
                span=text.span(first.start, second.end),
            )
    return None


def _predicate(text: Text, draft: Draft) -> str:
    match = re.compile(r"\w+").match(text.value, draft.head) if draft.head >= 0 else None
    return match.group().lower() if match else ""


def _means(words: str) -> tuple[Means, ...]:
    found: list[Means] = []
    for match in _WEAPON.finditer(words):
        count = match.group("count")
        kind = match.group("kind").lower()
        number = None
        if count:
            number = int(count) if count.isdigit() else _NUMBER.get(count.lower(), 1)
        if kind.rstrip("s") not in {means.kind for means in found}:
            found.append(Means(kind=kind.rstrip("s"), count=number, text=match.group().strip()))
    if not found:
        attack = _WEAPON_ATTACK.search(words)
        if attack:
            found.append(Means(kind=attack.group("kind").lower(), text=attack.group()))
    downed = _DOWNED.search(words)
    if downed and found and not re.search(r"\b(?:not|never|no)\b", downed.group("gap")):
        fate = f"{downed.group('count').lower()} {downed.group('fate').lower()}"
        found[0] = found[0].model_copy(update={"fate": fate})
    return tuple(found)


def _actor(text: Text, draft: Draft) -> tuple[Holder, ...]:
    match = _ACTOR.search(text.value, draft.spans[0].start, draft.spans[0].end)
    if match is None:
        return ()
    return (
        Holder(
            name=re.sub(r"^(?:an?|the) ", "", match.group("who"), flags=re.I),
            kind="group",
            relation="believed_by",
            span=text.span(*match.span("who")),
        ),
    )


def _same(event: _Event, kind: IncidentKind, draft: Draft, means: tuple[Means, ...]) -> bool:
    """Whether a mention can be the event already known: kind, time, place and means agree."""
    if event.kind != kind or kind == "withdrawal":
        return False
    if kind == "agreement":
        return _compatible(event.when, draft.when)
    if event.when is None or draft.when is None or event.when.earliest != draft.when.earliest:
        return False
    if event.when.latest != draft.when.latest or event.when.grain == "year":
        return False
    if event.where and draft.where and event.where.text != draft.where.text:
        return False
    return not (event.means and means and event.means[0].kind != means[0].kind)


def _compatible(first: When | None, second: When | None) -> bool:
    """Whether two times can be one: a season holds its months in either hemisphere's sense."""
    if first is None or second is None or not first.earliest or not second.earliest:
        return True
    if first.earliest[:4] != second.earliest[:4]:
        return False
    return first.grain != second.grain or first.earliest == second.earliest


def _forces(draft: Draft) -> ClaimedQuantity | None:
    match = _FORCES.search(draft.proposition)
    if match is None or not re.search(r"troops|soldiers|personnel|forces", draft.proposition):
        return None
    first, last = (float(match.group(key).replace(",", "")) for key in ("a", "b"))
    return ClaimedQuantity(
        min=min(first, last),
        max=max(first, last),
        unit=match.group("of") or "troops",
        of="forces",
        text=match.group(),
        change_from=first,
        change_to=last,
    )
