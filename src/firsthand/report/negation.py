# ruff: noqa: E501  (patterns are read, and mended, whole)
"""Negation inside one clause: which words negate its own predicate, and which only look so.

"Not only", "no fewer than", "no doubt" negate nothing; "no longer" stays part of what is said
(that something no longer exists is an affirmed proposition); "nobody was hurt" negates "anybody
was hurt".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from firsthand.report.wordlist import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["NEGATIVE", "Negation", "idiom_tokens", "negation_of", "replacement"]

NEGATIVE: frozenset[str] = words(
    "not n't n’t no never nobody nothing none neither nor nowhere without hardly scarcely "
    "cannot nought zero "
)
_REPLACED = {
    "nobody": "anybody",
    "no-one": "anyone",
    "nothing": "anything",
    "none": "any",
    "nowhere": "anywhere",
    "neither": "either",
    "nor": "or",
    "no": "any",
    "never": "ever",
    "ca": "can",
    "wo": "will",
    "sha": "shall",
    "ai": "is",
}
_IDIOMS = re.compile(
    r"\bnot (?:only|just|merely|simply|solely|least|long (?:ago|after|before)|to mention|"
    r"surprisingly|far (?:from|away))\b|\bnot(?= [^.;,]{0,60}\buntil\b)|"
    r"\bn['’]t(?= (?:just|only|merely|simply|solely)\b)|\bn['’]t(?= [^.;,]{0,60}\buntil\b)|"
    r"\bno (?:fewer|less|more|later|sooner|earlier|smaller|better|worse) than\b|"
    r"\b(?:no|without(?: a| any)?|never (?:a|in)) (?:doubt|question)\b(?! (?:that|about|whether|over))|"
    r"\bno (?:longer|matter|wonder|stranger)\b|\bnothing (?:but|short of|less than)\b|"
    r"\bnone other than\b|\bif not\b|\bwhether or not\b|\bor not\b|\bno-fly\b|\bno[- ]man['’]s[- ]land|"
    r"\bNo\. ?\d|\b(?:can(?:not|['’]t)|could(?: not|n['’]t)) (?:help|but)\b|\bwithout fail\b|"
    r"\bnot without\b|\bnot for nothing\b|\bnever (?:fail|failed|fails) to\b|\bnone the less\b|"
    r"\bwhy not\b|\bnot un\w+",
    re.IGNORECASE,
)
_WEAK = frozenset({"hardly", "scarcely", "barely"})


@dataclass
class Negation:
    """What negates a clause: -1 or 1, how strongly, and the tokens that did it."""

    sign: int = 1
    weak: bool = False
    contrast: bool = False
    tokens: list[int] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    """Negative words that say what is not meant ("the depot, not the base") and stay."""


def idiom_tokens(doc: Doc) -> frozenset[int]:
    """Tokens of idioms that negate nothing."""
    out: set[int] = set()
    for match in _IDIOMS.finditer(doc.text):
        words = match.group().lower()
        if words.startswith("never fail"):
            continue  # settled by "fail" itself: two negations
        out |= {token.i for token in doc if match.start() <= token.idx < match.end()}
    return frozenset(out)


def negation_of(own: list[Token], head: Token, idioms: frozenset[int]) -> Negation:
    """Negation of the clause whose own tokens (no other clause's) are given."""
    found = Negation()
    seen_neither = any(token.lower_ in {"neither", "none"} for token in own)
    for token in own:
        word = token.lower_
        if word not in NEGATIVE and word not in _WEAK and word not in {"almost", "nearly"}:
            continue
        if token.i in idioms or word == "without":
            found.tokens.append(token.i)
            continue
        if word in {"almost", "nearly"}:
            if token.head == head and token.dep_ == "advmod" and head.pos_ == "VERB":
                found.sign, found.weak = -1, True
                found.tokens.append(token.i)
            continue
        if word in _WEAK:
            if word == "barely":
                continue
            found.sign, found.weak = -1, True
            found.tokens.append(token.i)
            continue
        if word == "nor" and (seen_neither or found.sign < 0):
            found.tokens.append(token.i)
            continue
        if word in {"not", "n't"} and _contrasts(token, head):
            found.contrast = True
            found.tokens.append(token.i)
            continue
        if word == "not" and token.i and _trails(token, head):
            found.kept.append(token.i)
            continue
        if word in {"no", "zero"} and not _determines(token):
            continue
        found.sign = -found.sign
        found.tokens.append(token.i)
    return found


def _determines(token: Token) -> bool:
    """`no` before a noun of this clause, or `no one`; not "yes and no"."""
    if token.lower_ == "zero":
        return token.dep_ in {"nummod", "det", "amod"}
    return token.dep_ in {
        "det",
        "neg",
        "advmod",
        "nummod",
        "amod",
        "compound",
        "predet",
        "quantmod",
    } or (token.i + 1 < len(token.doc) and token.nbor().lower_ in {"one", "-"})


def _trails(token: Token, head: Token) -> bool:
    """`, not the base` at the end of a clause: the clause itself is affirmed."""
    return (
        token.doc[token.i - 1].text in {",", "-", "–", "—"}
        and token.i > head.i
        and (token.head != head)
    )


def _contrasts(token: Token, head: Token) -> bool:
    """`hit not the base but the village`: what is denied is one of two, not the event."""
    after = [t.lower_ for t in token.doc[token.i + 1 : token.i + 14]]
    if "but" not in after or (token.i + 1 < len(token.doc) and token.nbor().lower_ == "only"):
        return False
    but = token.i + 1 + after.index("but")
    if token.doc[but - 1].text == ",":
        return False  # "was not hit, but ..." is two clauses
    follower = token.doc[but + 1] if but + 1 < len(token.doc) else None
    clause = follower is not None and any(
        t.dep_ in {"nsubj", "nsubjpass"} for t in token.doc[but + 1 : but + 8]
    )
    return token.head != head and not clause


def replacement(token: Token, negating: frozenset[int]) -> str | None:
    """What stands for a token in the proposition: "" drops it, None keeps it."""
    word = token.lower_
    if token.i not in negating:
        nxt = token.nbor() if token.i + 1 < len(token.doc) else None
        if word in {"ca", "wo", "sha"} and nxt is not None and nxt.i in negating:
            return _REPLACED[word]
        return None
    if word == "no" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "one":
        return "any"
    if word == "no":
        return "any" if token.head.dep_ not in {"nsubj", "nsubjpass", "attr"} else ""
    if word in _REPLACED and word != "never":
        return _REPLACED[word]
    return ""
