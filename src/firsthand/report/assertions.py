# ruff: noqa: E501  (patterns are read, and mended, whole)
"""What a sentence asserts: one draft for each clause that somebody could accept or reject."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from firsthand.records import ClaimType, Hedge, Holder, Polarity, Where
from firsthand.report.clauses import Clause, Step, clauses_of
from firsthand.report.draft import Draft
from firsthand.report.factuality import factuality_of
from firsthand.report.hedges import WEAKENING, find_hedges
from firsthand.report.named import claimed_place
from firsthand.report.parse import parse
from firsthand.report.signatures import FILMING, POSTING, REPUBLISHING
from firsthand.report.text import Text

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Voices", "assertions", "kind_of"]

HolderKind = Literal["publisher", "outlet", "person", "office", "group", "account", "unnamed"]
_EVENT = re.compile(
    r"\b(?:attack|hit|struck|strike|shell|bomb|kill|injur|wound|hurt|die|dead|death|explo|blast|fire|"
    r"blaze|burn|smoke|destroy|damag|collaps|crash|shot|film|record|evacuat|flee|fled|sank|sunk|"
    r"capture|casualt|missil|rocket|drone|withdr|pull(?:ed)? out|transferr|occup|invad|agreement)",
    re.I,
)
_IN_PROCESS = re.compile(r"\bin the process of (?:verif|check|confirm|authenticat)", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CASUALTIES = re.compile(
    r"\b(?:casualt|killed|dead|died|deaths?|fatalit|injur|wounded|hurt|harmed|victims?|missing|burned)",
    re.I,
)
_STATUS = re.compile(
    r"\b(?:confirm|verif|authentic|genuine|fake|doctored|staged|misattributed|debunk|geolocat)\w*",
    re.I,
)
_FOOTAGE = re.compile(
    r"\b(?:video|footage|clips?|film(?:ed|s)?|recording|photo\w*|picture|image|still|screengrab)\b",
    re.I,
)
_CAUSE = re.compile(
    r"\b(?:caused?|because|due to|to blame|triggered|sparked|started by|set off)\b", re.I
)
_PLACE = re.compile(
    r"\b(?:situated|located|lies|stands|sits)\b.{0,30}\b(?:in|at|near|next to|outside|between|on|close)\b",
    re.I,
)
_TIME = re.compile(
    r"^when\b|\b(?:was|were) (?:filmed|shot|recorded|taken|posted) (?:in|on|at|before|after)\b",
    re.I,
)
_MEASURE = re.compile(
    r"\b\d[\d,.]*\s?(?:m|km|met(?:er|re)s?|kilomet(?:er|re)s?|feet|miles?|tons?|tonnes?|hectares?|acres?|"
    r"people|troops|soldiers|families|homes|houses|workers)\b|\bhundreds of met",
    re.I,
)
_OFFICE = re.compile(
    r"\b(?:ministr|office|police|government|army|military|navy|air force|service|command|council|"
    r"authorit|administration|department|agency|minister|president|governor|mayor|spokes|official|"
    r"commissioner|court|prosecutor|embassy|parliament|cops|officers?|pentagon|white house|kremlin|coalition)",
    re.I,
)
_OUTLET = re.compile(
    r"\b(?:news|times|post|radio|tv|television|channel|newspaper|agency|herald|tribune|press|media|"
    r"broadcaster|outlet|reuters|afp|bbc|cnn|al jazeera|al mayadeen|telegram channel|website)\b",
    re.I,
)
_GROUP = re.compile(
    r"\b(?:militia|rebels?|group|fighters|militants|residents|witnesses|locals|readers|officials|"
    r"activists|union|company|firm|party|forces|insurgents|separatists|workers|investigators|experts)",
    re.I,
)
_PRONOUN_GROUP = frozenset({"they", "it", "we"})


SURE_PLACE = 4
"""The last rank of `named` at which a place is the event's, and not one merely mentioned."""


@dataclass
class Voices:
    """Who spoke last, so that "he said" and a quotation that goes on find their holder."""

    ours: frozenset[str] = frozenset()
    publisher: str = ""
    person: str | None = None
    body: str | None = None
    known: dict[str, str] = field(default_factory=dict)

    def resolve(self, name: str) -> str:
        """The full name behind a pronoun or a surname, or the words themselves."""
        low = name.lower()
        if low in {"he", "she"} and self.person:
            return self.person
        if low in _PRONOUN_GROUP and self.body:
            return self.body
        bare = re.sub(r"^(?:mr|mrs|ms|dr|gen|col|the) ?\.? ", "", low)
        return self.known.get(bare, name)

    def heard(self, name: str, kind: HolderKind) -> None:
        """Remembers a holder."""
        if kind == "person":
            self.person = name
            last = name.rsplit(maxsplit=1)[-1].lower()
            if len(last) > 2 and len(name.split()) > 1:
                self.known.setdefault(last, name)
        elif kind in {"office", "group", "outlet"}:
            self.body = name


def holder_kind(name: str, doc: Doc | None = None, tokens: tuple[int, ...] = ()) -> HolderKind:
    """What sort of holder a name is, by its words and by the named entities in it."""
    if not name:
        return "unnamed"
    if name.startswith("@"):
        return "account"
    labels = {doc[i].ent_type_ for i in tokens} if doc is not None else set()
    last = doc[tokens[-1]] if doc is not None and tokens else None
    if last is not None and last.ent_type_ != "PERSON" and _OFFICE.search(last.text):
        return "office"
    if _OUTLET.search(name) and "PERSON" not in labels:
        return "outlet"
    if "PERSON" in labels or name.lower() in {"he", "she", "i"}:
        return "person"
    if _OFFICE.search(name):
        return "office"
    if _GROUP.search(name) or "NORP" in labels or "ORG" in labels:
        return "group"
    if name.lower() in {"sources", "source", "reports", "some", "others", "many", "people"}:
        return "unnamed"
    if name.lower() in _PRONOUN_GROUP or (
        tokens and doc is not None and doc[tokens[-1]].tag_ == "NNS"
    ):
        return "group"
    return "person"


def assertions(text: Text, start: int, end: int, voices: Voices) -> list[Draft]:
    """Drafts for the sentence between two places, in order of their predicates."""
    doc = parse(text.value[start:end])
    clauses = clauses_of(doc, voices.ours)
    surety = factuality_of(doc)
    out: list[Draft] = []
    sentence = text.value[start:end]
    kept = {clause.head for clause in clauses if _said(clause) and _worth(clause, sentence, doc)}
    for clause in clauses:
        below = [c for c in clauses if c.head in kept and clause.head in c.state.path]
        if clause.head in kept and not (clause.attribution and below):
            out.append(_draft(text, start, doc, clause, voices=voices, surety=surety[clause.head]))
    for token in doc:
        subject = token.dep_ in {"nsubj", "nsubjpass"}
        if subject and token.head.dep_ in {"ROOT", "conj", "ccomp"}:
            named = token.ent_type_ in {"PERSON", "ORG", "GPE"} or _OFFICE.search(token.text)
            if named:
                words = [t for t in token.subtree if t.i <= token.i and t.dep_ != "relcl"]
                name = tuple(t.i for t in words)
                _remember(doc, Step(token.i, name, "says", "asserts"), voices)
    for clause in clauses:
        for step in clause.state.holders:
            _remember(doc, step, voices)
    return out


def _said(clause: Clause) -> bool:
    return (
        not clause.state.skip
        and not clause.question
        and (len(clause.proposition.split()) > 1 or clause.kind == "object")
    )


def _worth(clause: Clause, sentence: str, doc: Doc) -> bool:
    """Whether a clause is a claim of its own, and not just a part of another's words."""
    words = sentence[clause.start : clause.end]
    path = bool(clause.state.path)
    if clause.kind == "ROOT" and _IN_PROCESS.search(clause.proposition):
        return False  # what is being verified stands open, as a claim of its own
    if clause.kind in {"object", "ROOT", "parataxis"}:
        return True
    if clause.kind in {"ccomp", "xcomp", "csubj", "csubjpass"}:
        return clause.finite or (path and clause.kind != "ccomp") or bool(clause.state.holders)
    if clause.kind == "pcomp":
        return clause.state.sign < 1 or bool(clause.state.holders)
    if clause.kind in {"acl", "relcl", "advcl"} and path:
        return True
    if not clause.finite:
        return (
            clause.kind == "advcl"
            and bool(_YEAR.search(words))
            and (
                doc[clause.head].tag_ == "VBG"
                or any(c.lower_ == "having" for c in doc[clause.head].children)
            )
        )
    return bool(_EVENT.search(words))


def _sure(value: float, *, weak: bool) -> int:
    """3 told as a fact, 2 taken for granted or standing in the present, 1 only probably so."""
    if weak:
        return 1
    return 3 if value >= 1.9 else 2 if value >= 1.0 else 1


def _draft(
    text: Text, start: int, doc: Doc, clause: Clause, *, voices: Voices, surety: float
) -> Draft:
    state = clause.state
    own = _hedges(text, start, doc, clause)
    hedges = own
    polarity: Polarity = {1: "affirmed", -1: "negated", 0: "open"}[state.sign]  # type: ignore[assignment]
    if state.sign != 0:
        hedges = tuple(hedge for hedge in hedges if hedge.kind != "ability")
    weak = state.weak or state.future or any(h.kind in WEAKENING for h in hedges)
    hedges = _with_inner(text, start, clause, hedges, own)
    holders = tuple(
        holder
        for holder in (_holder(text, start, doc, step, voices) for step in state.holders)
        if holder is not None
    )
    return Draft(
        at=start + clause.start,
        type=kind_of(clause.proposition, doc[clause.head].lemma_.lower()),
        proposition=clause.proposition,
        spans=(text.span(start + clause.start, start + clause.end),),
        rule=f"clause ({clause.kind})",
        polarity=polarity,
        factuality=_sure(surety, weak=weak) if state.sign > 0 else state.sign * (1 if weak else 3),
        hedges=hedges,
        holders=holders,
        where=_where(text, start, doc, clause),
        head=start + doc[clause.head].idx,
    )


def _where(text: Text, start: int, doc: Doc, clause: Clause) -> Where | None:
    """The named place at which the clause puts its event; vague mentions are left out."""
    own = [index for index in clause.tokens if not _inner(doc, index, clause)]
    place = claimed_place(doc, own)
    if place is None or place.rank > SURE_PLACE:
        return None
    first, last = doc[place.first], doc[place.last]
    if last.pos_ != "PROPN":
        return None  # "on US forces" names no place
    wider = ""
    if place.wider is not None:
        begin, end = doc[place.wider[0]], doc[place.wider[1]]
        wider = doc.text[begin.idx : end.idx + len(end.text)]
    return Where(
        text=doc.text[first.idx : last.idx + len(last.text)],
        relation="in" if wider else place.relation,
        of=wider,
        span=text.span(start + first.idx, start + last.idx + len(last.text)),
    )


def _hedges(text: Text, start: int, doc: Doc, clause: Clause) -> tuple[Hedge, ...]:
    """Cues in the clause itself and in the words over it, up to the one who holds it."""
    own = {doc[i].idx for i in clause.tokens if not _inner(doc, i, clause)}
    for head in clause.state.path:
        own |= {token.idx for token in doc if _clause_head(doc, token.i) == head}
    last = start + len(doc.text)
    return tuple(
        hedge
        for hedge in find_hedges(text, start, last)
        if any(start + at < hedge.span.end and start + at >= hedge.span.start for at in own)
    )


def _with_inner(
    text: Text,
    start: int,
    clause: Clause,
    hedges: tuple[Hedge, ...],
    own: tuple[Hedge, ...],
) -> tuple[Hedge, ...]:
    """The hedges with those on a part of the claim's own words: "smoke, possibly vapour, rose".

    They stand in the claim with the words that they govern, and leave the rest of it as sure as it
    was.
    """
    seen = {hedge.span.start for hedge in own}
    inner = (
        hedge
        for hedge in find_hedges(text, start + clause.start, start + clause.end)
        if hedge.span.start not in seen
        and hedge.kind in WEAKENING - {"ability"}
        and hedge.cue.lower() in clause.proposition.lower()
    )
    return tuple(sorted((*hedges, *inner), key=lambda hedge: hedge.span.start))


def _clause_head(doc: Doc, index: int) -> int:
    walker = doc[index]
    for _ in range(100):
        if walker.head == walker or (
            walker.pos_ in {"VERB", "AUX"} and walker.dep_ not in {"aux", "auxpass", "amod"}
        ):
            break
        walker = walker.head
    return walker.i


def _inner(doc: Doc, index: int, clause: Clause) -> bool:
    """Whether a token stands in a clause under this one that has a life of its own."""
    walker = doc[index]
    for _ in range(100):
        if walker.i == clause.head or walker.head == walker:
            return False
        if walker.dep_ in {"ccomp", "relcl", "advcl", "parataxis", "xcomp", "acl"}:
            return True
        walker = walker.head
    return False


def _holder(text: Text, start: int, doc: Doc, step: Step, voices: Voices) -> Holder | None:
    words = ""
    span = None
    if step.source:
        first, last = doc[step.source[0]], doc[step.source[-1]]
        span = text.span(start + first.idx, start + last.idx + len(last.text))
        words = re.sub(r"^(?:the|an?|our|his|her|its) ", "", span.exact, flags=re.I)
    kind = holder_kind(words, doc, step.source)
    name = voices.resolve(words) if words else "not named"
    if name.lower() in voices.ours:
        return None
    cue = " ".join(doc[i].text for i in step.cue_tokens) or doc[step.cue].text
    return Holder(
        name=name,
        kind=kind,
        relation=step.relation,  # type: ignore[arg-type]
        cue=cue,
        span=span,
        stance=step.stance,  # type: ignore[arg-type]
    )


def _remember(doc: Doc, step: Step, voices: Voices) -> None:
    if step.source:
        words = " ".join(doc[i].text for i in step.source)
        words = re.sub(r"^(?:the|an?) ", "", words, flags=re.I)
        if words.lower() not in {
            "he",
            "she",
            "it",
            "they",
            "we",
            "i",
            "you",
            "who",
            "that",
            "which",
        }:
            voices.heard(words, holder_kind(words, doc, step.source))


def kind_of(words: str, lemma: str) -> ClaimType:
    """The type of a claim by its words; `context` where nothing tells."""
    about = bool(_FOOTAGE.search(words))
    if about and _STATUS.search(words):
        return "status"
    if _CASUALTIES.search(words):
        return "casualties"
    if lemma in FILMING | POSTING | REPUBLISHING and about:
        return "authorship"
    if _TIME.search(words):
        return "time"
    if _PLACE.search(words):
        return "place"
    if _CAUSE.search(words):
        return "cause"
    if _MEASURE.search(words):
        return "measurement"
    if _EVENT.search(words):
        return "occurrence"
    return "context"


def flipped(draft: Draft) -> Draft:
    """The publisher's own word against what was told before: "That is wrong"."""
    sign: Polarity = "negated" if draft.polarity == "affirmed" else "affirmed"
    return replace(draft, polarity=sign, factuality=-3 if sign == "negated" else 3, holders=())
