"""States of clauses: surroundings first, then what negates the clause within itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from firsthand.report.governors import Governors
from firsthand.report.negation import NEGATIVE
from firsthand.report.signatures import ADJECTIVES, BELIEF, NOUNS, SPEECH
from firsthand.report.stance import State, Step
from firsthand.report.wordlist import words

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["States"]

_COMPLEMENTS = frozenset({"ccomp", "xcomp", "csubj", "csubjpass"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_PREVENT = words(
    "prevent stop keep refrain bar block prohibit deter discourage ban restrain abstain "
)
_CONFIRMING = words(
    "confirm verify establish prove corroborate authenticate substantiate support determine "
)
_POSSIBLE = frozenset({"may", "might", "could"})
_HYPOTHETICAL = words("if unless whether lest provided assuming ")
_DEONTIC = frozenset({"must", "should", "ought", "shall"})


class States(Governors):
    """The state of every clause: what stands over it, then its own negation."""

    def state(self, head: Token, depth: int = 0) -> State:
        """The state of a clause: what its surroundings make of it, then its own negation."""
        if depth > 25:
            return State(skip=True)
        base = self.base(head, depth)
        return self.local(head, base)

    def base(self, head: Token, depth: int) -> State:  # noqa: PLR0912 (one a relation)
        """What stands over the clause makes of it."""
        if head.dep_ == "conj":
            first = head.head
            for _ in range(20):
                if first.i in self.negations or first.head == first:
                    break
                first = first.head
            if first.i in self.negations and first != head:
                base = self.base(first, depth + 1)
                return self.shared(first, head, base)
        if head.dep_ in {"ROOT", "dep"} or head.head == head:
            return self.spoken(head, State())
        governor = head.head
        if head.dep_ == "parataxis":
            return self.spoken(head, State())
        if head.dep_ == "ccomp" and head.i < governor.i and self.spliced(governor):
            return self.spoken(head, State())
        if head.dep_ == "relcl" and self.misread_verb(governor, head):
            return self.by_signature(State(), "+o", governor, head, speech=True)
        if head.dep_ in _COMPLEMENTS:
            return self.spoken(head, self.complement(governor, head, depth))
        if head.dep_ == "pcomp":
            return self.preposition(governor, head, depth)
        if head.dep_ in {"acl", "relcl"} and self.nominal(governor):
            if governor.lemma_.lower() in NOUNS and self.is_complement(head):
                return self.noun(governor, head, depth)
            return self.aside(governor, depth, head)
        if head.dep_ == "advcl":
            return self.adverbial(governor, head, depth)
        return self.aside(governor, depth, head)

    def spliced(self, governor: Token) -> bool:
        """ "It was not filmed in May, it was filmed in June": two sentences and a comma."""
        lemma = governor.lemma_.lower()
        return governor.dep_ == "ROOT" and lemma not in SPEECH | BELIEF | {"be", "have"}

    def misread_verb(self, governor: Token, head: Token) -> bool:
        """ "A fisherman claims he filmed it": the tagger took the verb for a noun."""
        return (
            governor.dep_ == "ROOT"
            and governor.tag_ in {"NNS", "NN"}
            and governor.lemma_.lower() in SPEECH
            and governor.i > 0
            and any(
                c.dep_ in {"nsubj", "nsubjpass"} and c.tag_ not in {"WDT", "WP"}
                for c in head.children
            )
            and not any(c.tag_ in {"WDT", "WP"} for c in head.children)
        )

    def local(self, head: Token, base: State) -> State:
        """The clause's own negation and modals, over what its surroundings made of it."""
        found = self.negations[head.i]
        sign = base.sign * found.sign
        weak = base.weak or found.weak
        cues = base.cues | frozenset(found.tokens)
        future = base.future
        skip = base.skip or found.contrast
        modals = {child.lower_ for child in head.children if child.dep_ == "aux"}
        if head.pos_ == "AUX" and head.tag_ == "MD":
            modals.add(head.lower_)
        if modals & _POSSIBLE:
            weak = True
        if "would" in modals and any(c.lower_ == "have" for c in head.children):
            sign = 0
        if modals & ({"will", "wo", "'ll", "’ll", "would"} | _DEONTIC):
            future = True
        necessarily = any(c.lower_ == "necessarily" for c in head.children)
        if found.sign < 0 and necessarily:
            sign = 0
        adverbs = {child.lower_ for child in head.children if child.dep_ == "advmod"}
        if "allegedly" in adverbs or "reportedly" in adverbs:
            weak = True
        return replace(base, sign=sign, weak=weak, cues=cues, future=future, skip=skip)

    def shared(self, first: Token, head: Token, base: State) -> State:
        """A second predicate under the first one's negation: "did not kill or hurt anybody"."""
        found = self.negations[first.i]
        own_subject = any(c.dep_ in _SUBJECTS for c in head.children)
        own_aux = any(c.dep_ in {"aux", "auxpass", "neg"} for c in head.children)
        if own_subject:
            return base
        joined = next((c.lower_ for c in first.children if c.dep_ == "cc" and c.i < head.i), "")
        scoped = joined in {"or", "nor"} or (
            head.tag_ in {"VB", "VBN"} and not own_aux and joined in {"and", ","}
        )
        negative_subject = any(
            t.lower_ in NEGATIVE and t.i not in self.idioms and self.in_subject(t, first)
            for t in self.own[first.i]
        )
        if found.sign < 0 and (scoped or negative_subject) and self.negations[head.i].sign > 0:
            return replace(
                base,
                sign=-base.sign,
                weak=base.weak or found.weak,
                cues=base.cues | frozenset(found.tokens),
            )
        modal = any(c.lower_ in _POSSIBLE for c in first.children if c.dep_ == "aux")
        if modal and head.tag_ in {"VB", "VBN"} and not own_aux:
            return replace(base, weak=True)
        return base

    def spoken(self, head: Token, state: State) -> State:
        """Adds who is named beside the clause: "according to X", ", X said,"."""
        for child in head.children:
            step = None
            if child.lower_ == "according" or (child.lower_ == "per" and child.dep_ == "prep"):
                named = [t for t in child.subtree if t.dep_ == "pobj"]
                if named:
                    step = Step(
                        child.i, self.name_of(named[0]), "says", "asserts", self.accord(child)
                    )
            elif (
                child.dep_ in {"parataxis", "ccomp", "advcl"}
                and child.lemma_.lower() in SPEECH | BELIEF
                and self.is_aside(child, head)
            ):
                subject = self.subject(child)
                if subject is not None:
                    step = Step(child.i, self.name_of(subject), "says", "asserts", self.cue(child))
            if step:
                return replace(
                    state,
                    holders=(step, *state.holders),
                    cues=state.cues | set(step.cue_tokens),
                    weak=False,
                )
        return state

    def is_aside(self, child: Token, head: Token) -> bool:
        """A parenthesis `X said` that governs nothing itself."""
        if any(c.dep_ in _COMPLEMENTS for c in child.children):
            return False
        if any(c.dep_ in {"dobj", "mark"} for c in child.children):
            return False
        first = min(t.i for t in child.subtree)
        if child.tag_ in {"VBG", "VBN", "VB"} or not (first and self.doc[first - 1].is_punct):
            return False
        return len(list(child.subtree)) <= 14 and (child.dep_ == "parataxis" or child.i > head.i)

    def preposition(self, preposition: Token, head: Token, depth: int) -> State:
        """`without hitting`, `instead of hitting`, `prevented it from hitting`, `accused of`."""
        word = preposition.lower_
        verb = preposition.head
        over = self.over(verb, depth)
        lemma = self.lemma(verb)
        if word == "without":
            return replace(over, sign=-1, cues=over.cues | {preposition.i})
        before = self.doc[preposition.i - 1].lower_ if preposition.i else ""
        if word in {"of", "than"} and before in {"instead", "rather", "short"}:
            return replace(over, sign=-1)
        if word == "from" and lemma in _PREVENT:
            return replace(over, sign=-1 if over.sign > 0 else 0)
        if word == "from" and verb.lower_ == "far":
            return replace(over, sign=-1)
        if lemma == "accuse":
            return self.by_signature(over, "+o", verb, head, speech=True)
        if lemma in {"suspect", "charge"} and word in {"of", "with"}:
            return replace(over, weak=True)
        if word == "of" and lemma in {"think", "process", "dream", "way", "risk", "chance"}:
            return replace(over, sign=0)
        if word in {"for", "about", "against", "before", "to"}:
            return replace(over, sign=0, skip=True)
        return replace(over, sign=1, weak=False)

    def adverbial(self, governor: Token, head: Token, depth: int) -> State:
        """Adverbial clauses: conditions are open, the rest is presupposed."""
        over = self.over(governor, depth)
        markers = {c.lower_ for c in head.children if c.dep_ in {"mark", "advmod"}}
        adjective = self.predicate_adjective(governor)
        if adjective is not None and self.wh(head) is not None and head.i > adjective.i:
            return self.by_signature(
                over, ADJECTIVES[adjective.lemma_.lower()], governor, head, speech=False
            )
        asking = self.lemma(governor) in SPEECH | _CONFIRMING | {"know", "see", "find", "decide"}
        if (
            markers & {"if", "whether"}
            and (asking or adjective is not None)
            and head.i > governor.i
        ):
            above = self.clause_of(governor).i
            return replace(over, sign=0, weak=False, path=(above, *over.path))
        if markers & _HYPOTHETICAL:
            return replace(over, sign=0, weak=False)
        if head.tag_ == "VB" and "to" in {c.lower_ for c in head.children}:
            return replace(over, sign=0, skip=True)
        if asking and self.wh(head) is not None and over.sign <= 0 and head.i > governor.i:
            above = self.clause_of(governor).i
            return replace(over, sign=0, path=(above, *over.path))
        return replace(over, sign=1, weak=False, future=False, path=())

    def aside(self, governor: Token, depth: int, head: Token) -> State:
        """Relative clauses and the like: presupposed, and held by whoever holds what is around."""
        clause = self.clause_of(governor)
        if clause == head:
            return State()
        over = self.over(governor, depth)
        return replace(over, sign=1, weak=False, future=False, path=())
