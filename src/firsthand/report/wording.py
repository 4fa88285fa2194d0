"""A clause in words of its own, without what negates it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from firsthand.report.inflect import past_of
from firsthand.report.negation import replacement
from firsthand.report.signatures import SPEECH
from firsthand.report.stance import State
from firsthand.report.states import States
from firsthand.report.wordlist import words

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Wording"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_OPENING = words("that and but or nor because as while to since after before although though so ")
_TIES = frozenset({"that", "and", "but", "or", "nor"})


class Wording(States):
    """Propositions in words of their own."""

    def proposition(self, head: Token, state: State) -> tuple[str, int, int, tuple[int, ...]]:
        """The clause in words of its own, without what negates it; its place; its tokens."""
        drop = self.beside(head, state)
        tokens = [t for t in head.subtree if t.i not in drop]
        while tokens and (tokens[0].is_punct or self.opens(tokens[0], head)):
            tokens.pop(0)
        while tokens and tokens[-1].is_punct and tokens[-1].text not in {")", "”", '"', "’"}:
            tokens.pop()
        if not tokens:
            return "", head.idx, head.idx + len(head.text), ()
        placed = list(tokens)
        negating = frozenset(i for i in state.cues if i not in self.idioms)
        words: list[str] = []
        if not any(c.dep_ in _SUBJECTS for c in head.children):
            words.extend(self.borrowed(head, tokens))
        elif head.dep_ == "relcl" and tokens[0].tag_ in {"WDT", "WP"}:
            tokens.pop(0)
            words.extend([self.text_of(self.name_of(head.head)), " "])
        for token in tokens:
            swap = replacement(token, negating)
            if swap is None:
                words.append(token.text_with_ws)
            else:
                words.append(f"{swap} " if swap else " ")
        text = re.sub(r"\s+", " ", "".join(words)).strip(" ,;:-–—")
        return (
            text,
            placed[0].idx,
            placed[-1].idx + len(placed[-1].text),
            tuple(t.i for t in placed),
        )

    def beside(self, head: Token, state: State) -> set[int]:
        """Tokens under the predicate that are no part of what it says: who said so, and others."""
        drop: set[int] = set()
        for child in head.subtree:
            if child == head:
                continue
            said = child.dep_ == "parataxis" and child.lemma_.lower() in SPEECH
            according = child.lower_ == "according" and self.owner[child.i] == head.i
            second = child.dep_ == "conj" and child.head == head and child.i in self.negations
            if said or according or second:
                drop |= {t.i for t in child.subtree}
            if child.dep_ == "cc" and child.head == head:
                drop.add(child.i)
        under = {t.i for t in head.subtree}
        for step in state.holders:
            cue = self.doc[step.cue]
            if (
                step.cue in under
                and step.cue != head.i
                and (cue.head == head or not cue.is_ancestor(head))
            ):
                drop |= {t.i for t in cue.subtree}
        return drop

    def text_of(self, tokens: tuple[int, ...]) -> str:
        """The words of some tokens."""
        return "".join(self.doc[i].text_with_ws for i in tokens).strip()

    def opens(self, token: Token, head: Token) -> bool:
        """A word that only ties the clause to what stands before it."""
        if token.lower_ not in _OPENING:
            return False
        if token.dep_ in {"mark", "cc"}:
            return True
        if token.lower_ == "to":
            return token.dep_ == "aux"
        return (
            token.lower_ in _TIES
            and token.head == head
            and token.dep_ not in {"det", "dobj"} | (_SUBJECTS)
        )

    def borrowed(self, head: Token, tokens: list[Token]) -> list[str]:
        """The subject of the clause above, and a past tense where an infinitive stood."""
        subject = self.subject(head)
        if subject is None or head.dep_ not in {"xcomp", "conj", "pcomp", "ccomp", "advcl"}:
            return []
        names = self.name_of(subject)
        over = self.negations.get(self.owner[head.head.i]) if head.head != head else None
        negating = frozenset(over.tokens) if over else frozenset()
        words = []
        for i in names:
            swap = replacement(self.doc[i], negating)
            words.append(self.doc[i].text_with_ws if swap is None else swap + " " if swap else "")
        name = "".join(words).strip() + " "
        beside = head.dep_ == "conj" and head.tag_ == "VBG" and head.head.dep_ == "advcl"
        if head.dep_ in {"xcomp", "advcl"} or (beside and tokens[0] == head):
            while tokens and tokens[0].tag_ == "WRB":
                tokens.pop(0)
            while tokens and tokens[0].lower_ == "to":
                tokens.pop(0)
            return [name, *self.finite(head, subject, tokens)]
        return [name]

    def finite(self, head: Token, subject: Token, tokens: list[Token]) -> list[str]:
        """`have been shot` -> `was shot`, `have left` -> `left`, `reach` -> `reached`."""
        many = subject.tag_ in {"NNS", "NNPS"} or subject.lower_ == "they"
        was = "were " if many else "was "
        now = any(c.dep_ == "auxpass" and c.tag_ in {"VBZ", "VBP"} for c in head.head.children)
        if tokens and tokens[0].lower_ in {"have", "having"} and tokens[0].dep_ == "aux":
            tokens.pop(0)
            if tokens and tokens[0].lower_ == "been":
                tokens.pop(0)
                return [was]
            return []
        if tokens and tokens[0].lower_ == "be":
            tokens.pop(0)
            if now:
                return ["are " if many else "is "]
            return [was]
        if head.tag_ in {"VB", "VBG"} and tokens and tokens[0] == head:
            tokens.pop(0)
            return [past_of(head.lemma_.lower()) + " "]
        return []
