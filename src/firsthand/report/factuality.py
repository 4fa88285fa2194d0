"""How far a text commits itself to a predicate: -3 (certainly not) to 3 (certainly so).

The number is what the readers of Lee et al. 2015 (doi:10.18653/v1/D15-1189) and of UDS-IH2
(https://aclanthology.org/N18-1067/) were asked for: did it happen, as the sentence has it? The
steps are set by hand, not learned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from firsthand.report.signatures import BELIEF, VERBS
from firsthand.report.states import States
from firsthand.report.wordlist import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["factuality_of"]

PAST, PRESENT, PROBABLE = 2.7, 2.1, 1.0
NEGATED, DOUBTFUL = -1.2, -0.6
FUTURE, ABLE, WISHED, ORDERED = -0.9, -1.0, -1.5, -1.5
UNREAL = -1.0
"""How surely readers take each form to have happened, rounded from the development half of
UDS-IH2 (group means, not a fit); the test half has had no part in them."""

_GOING = frozenset({"will", "wo", "'ll", "’ll", "shall", "would"})
_WISHED = frozenset({"should", "must", "ought", "need", "let"})
_ABLE = frozenset({"can", "could", "may", "might"})
_UNREAL = words("if unless whether lest once")


def factuality_of(doc: Doc) -> dict[int, float]:
    """Factuality of every token that could be a predicate, by its index."""
    tree = States(doc)
    out: dict[int, float] = {}
    for token in doc:
        if token.i in tree.negations:
            out[token.i] = _of_clause(tree, token)
        else:
            out[token.i] = _of_word(tree, token)
    return out


def _of_clause(tree: States, head: Token, depth: int = 0) -> float:
    state = tree.state(head)
    modals = {child.lower_ for child in head.children if child.dep_ == "aux"}
    marks = {child.lower_ for child in head.children if child.dep_ in {"mark", "advmod"}}
    asks = tree.doc.text.rstrip().endswith("?") and head.dep_ in {"ROOT", "conj", "ccomp"}
    shared = _shared(tree, head, modals, depth)
    if shared is not None:
        return shared
    if modals & _GOING or modals & _ABLE or modals & _WISHED:
        step = WISHED if modals & _WISHED else ABLE if modals & _ABLE else FUTURE
        return step - 1 if asks else step
    if marks & _UNREAL:
        return UNREAL
    if tree.negations[head.i].sign < 0:
        return NEGATED + 0.6 if head.tag_ in {"VBD", "VBN"} else NEGATED
    if "to" in modals:
        return _of_infinitive(tree, head, state.sign, depth)
    if head.tag_ == "VB" and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in head.children):
        return ORDERED if head.dep_ in {"ROOT", "ccomp", "parataxis", "dep"} else DOUBTFUL
    finite = _of_tense(head)
    if state.sign < 0:
        return DOUBTFUL
    if head.lemma_ == "go" and any(c.dep_ == "xcomp" for c in head.children):
        return FUTURE  # "is going to"
    if asks:
        known = any(t.tag_ in {"WP", "WRB", "WDT"} for t in tree.doc[:4])
        return finite - (
            0.5 if known else 1.6
        )  # "what did they hit" takes for granted that they did
    if state.sign == 0:
        return min(finite, 1.4) if head.tag_ == "VBD" else min(finite, 0.5)
    return min(finite, 1.6) if state.weak else finite


def _of_tense(head: Token) -> float:
    be = {child.lower_ for child in head.children if child.dep_ in {"aux", "auxpass"}}
    if head.tag_ == "VBD" or be & {"was", "were", "had", "did"}:
        return PAST
    if head.tag_ == "VBN":
        return 2.4 if be else 1.9
    if head.tag_ == "VBG":
        return {"ROOT": 1.8, "pcomp": 0.5, "xcomp": 0.6}.get(head.dep_, 1.4) + (0.4 if be else 0.0)
    if head.tag_ == "VB":
        return -0.3
    return PRESENT if head.dep_ in {"ROOT", "ccomp", "parataxis"} else 1.4


def _shared(tree: States, head: Token, modals: set[str], depth: int) -> float | None:
    """A bare second verb stands as the first: "will make changes and give you another"."""
    bare = head.dep_ == "conj" and head.tag_ == "VB" and not modals
    own = any(child.dep_ in {"nsubj", "nsubjpass"} for child in head.children)
    if not bare or own or depth > 8 or head.head.i not in tree.negations:
        return None
    return min(_of_clause(tree, head.head, depth + 1), -0.5)


def _of_infinitive(tree: States, head: Token, sign: int, depth: int) -> float:
    governor = head.head
    lemma = governor.lemma_.lower()
    signature = VERBS.get(lemma, "")
    over = 1.0
    if governor.i in tree.negations and depth < 8 and governor != head:
        over = _of_clause(tree, governor, depth + 1)
    if sign < 0:
        return NEGATED
    if lemma == "go":
        return min(over, FUTURE)
    if signature in {"+-", "++"} or governor.lower_ == "able":
        return min(over, 2.2)
    if lemma in BELIEF or signature == "oo":
        return min(over, WISHED + 0.7)
    if head.dep_ == "advcl":
        return min(over, 0.7)  # a purpose
    if head.dep_ in {"acl", "relcl"}:
        return min(over, 0.0)
    if governor.pos_ == "ADJ" or head.dep_ in {"csubj", "ROOT"}:
        return min(over, 0.0)
    return min(over, 0.3 if sign else -0.5)


def _of_word(tree: States, token: Token) -> float:
    """A noun, an adjective or a participle: as the clause around it, and no surer."""
    owner = tree.doc[tree.owner[token.i]]
    if owner.i not in tree.negations:
        return PRESENT
    if any(child.dep_ == "neg" or child.lower_ == "no" for child in token.children):
        return NEGATED
    predicated = token.dep_ in {"attr", "acomp", "oprd"}
    around = _of_clause(tree, owner)
    return around if predicated or around < 0 else max(min(around, 2.1), 1.5)
