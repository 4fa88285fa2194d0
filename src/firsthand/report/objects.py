"""Noun phrases that stand for a claim: `denied the attack`, `the cause is unknown`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from firsthand.report.negation import NEGATIVE
from firsthand.report.signatures import DENIAL, NOUNS
from firsthand.report.stance import Clause, State
from firsthand.report.wording import Wording
from firsthand.report.wordlist import words

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["denied_or_vouched", "open_subject"]

_CONFIRMING = words(
    "confirm verify establish prove corroborate authenticate substantiate support determine "
)
_SOFT_DENIAL = words("reject dismiss dispute contradict counter disagree ")
_VOUCHING = frozenset(["confirm", "verify", "corroborate", "authenticate"])
_OPEN_WORDS = words(
    "unknown unclear unverified unconfirmed uncertain disputed undetermined unestablished "
)
_FOOTAGE = words("footage video videos clip clips recording film image images photo ")


def _stands_for(text: str, noun: Token) -> str:
    """What "cannot verify the video" leaves open: that the video is authentic."""
    if noun.lower_ in _FOOTAGE:
        verb = "are" if noun.tag_ == "NNS" else "is"
        return f"{text} {verb} authentic"
    return text


def denied_or_vouched(reader: Wording, head: Token, state: State) -> Clause | None:
    """`denied the attack`, `cannot confirm its authenticity`: a noun phrase stands for a claim."""
    lemma = head.lemma_.lower()
    soft = lemma in _SOFT_DENIAL
    ruled = lemma in {"rule", "exclude"} and (lemma == "exclude" or reader.has_out(head))
    denies = lemma in DENIAL or ruled or lemma in {"disprove", "debunk"}
    if not denies and lemma not in _CONFIRMING | {"verify"}:
        return None
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in head.children)
    wanted = {"nsubjpass"} if passive else {"dobj"}
    noun = next((c for c in head.children if c.dep_ in wanted), None)
    if noun is None or any(c.dep_ in {"ccomp", "xcomp"} for c in head.children):
        return None
    if soft and noun.lemma_.lower() not in NOUNS:
        return None
    if not denies and state.sign > 0 and lemma not in _VOUCHING:
        return None
    clausal = any(c.dep_ in {"acl", "relcl"} and reader.is_complement(c) for c in noun.children)
    if clausal and noun.lemma_.lower() in NOUNS:
        return None  # the clause under that noun stands for itself
    negative = any(t.lower_ in NEGATIVE and t.i not in reader.idioms for t in noun.children)
    positive = state.sign if not negative else -state.sign
    told = state.sign > 0 if denies else positive > 0
    sign = (-1 if denies else 1) if told else 0
    if passive and lemma not in {"rule", "exclude"} and state.sign > 0 and not denies:
        return None
    return _object(reader, head, noun, replace(state, sign=sign), denies=denies)


def open_subject(reader: Wording, head: Token, state: State) -> Clause | None:
    """`the footage remains unverified`, `the cause is unknown`: the subject stands open."""
    adjective = next(
        (
            c
            for c in (head, *head.children)
            if c.lower_ in _OPEN_WORDS and (c == head or c.dep_ in {"acomp", "oprd", "attr"})
        ),
        None,
    )
    if adjective is None or state.sign < 0:
        return None
    noun = next((c for c in head.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if noun is None or noun.lower_ in {"it", "this", "that"}:
        return None
    if any(c.dep_ in {"acl", "relcl", "ccomp"} for c in noun.children):
        return None
    return _object(reader, head, noun, replace(state, sign=0), denies=False, doer=False)


def _object(
    reader: Wording, head: Token, noun: Token, state: State, *, denies: bool, doer: bool = True
) -> Clause:
    sign = state.sign
    names = [t.i for t in noun.subtree]
    while names and reader.doc[names[-1]].is_punct:
        names.pop()
    first, last = reader.doc[names[0]], reader.doc[names[-1]]
    text = reader.doc.text[first.idx : last.idx + len(last.text)]
    stance = "denies" if denies and sign else "cannot_tell" if not sign else "asserts"
    return Clause(
        head=head.i,
        state=replace(
            state,
            sign=sign,
            weak=False,
            future=False,
            holders=reader.doer(head, replace(state, sign=abs(sign)), stance)
            if doer
            else state.holders,
            path=(head.i, *state.path),
        ),
        proposition=_stands_for(text, noun),
        start=first.idx,
        end=last.idx + len(last.text),
        kind="object",
        tokens=tuple(range(names[0], names[-1] + 1)),
    )
