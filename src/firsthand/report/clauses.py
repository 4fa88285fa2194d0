"""Clauses of a sentence: each predicate with its polarity, its holders and its hedges.

A clause stands under others: "the office denied that the base was hit". What the governing words
do to it is in `signatures`; what negates it within itself in `negation`. The polarity is that of
the proposition as its innermost holder puts it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from firsthand.report.inflect import past_of
from firsthand.report.negation import NEGATIVE, Negation, idiom_tokens, negation_of, replacement
from firsthand.report.signatures import (
    ADJECTIVES,
    BELIEF,
    DENIAL,
    NEG_RAISING,
    NOUNS,
    SPEECH,
    VERBS,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Clause", "Step", "clauses_of"]

_CLAUSE_DEPS = frozenset(
    [
        "ROOT",
        "conj",
        "ccomp",
        "xcomp",
        "advcl",
        "relcl",
        "acl",
        "pcomp",
        "parataxis",
        "csubj",
        "csubjpass",
        "dep",
    ]
)
_COMPLEMENTS = frozenset({"ccomp", "xcomp", "csubj", "csubjpass"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_PREVENT = frozenset(
    [
        "prevent",
        "stop",
        "keep",
        "refrain",
        "bar",
        "block",
        "prohibit",
        "deter",
        "discourage",
        "ban",
        "restrain",
        "abstain",
    ]
)
_CHECKING = frozenset(
    [
        "investigate",
        "probe",
        "examine",
        "check",
        "assess",
        "study",
        "review",
        "consider",
        "weigh",
        "discuss",
        "question",
    ]
)
_CONFIRMING = frozenset(
    [
        "confirm",
        "verify",
        "establish",
        "prove",
        "corroborate",
        "authenticate",
        "substantiate",
        "support",
        "determine",
    ]
)
_ASPECT = frozenset(
    "stop cease quit end continue begin start keep proceed go come get serve use tend help cause "
    "force make let enable allow oblige require prompt lead".split()
)
_LETTING = frozenset("let make help have enable allow".split())
_FALSELY = frozenset(["falsely", "wrongly", "mistakenly", "incorrectly", "erroneously"])
_OPENING = frozenset(
    "that and but or nor because as while to since after before although though so".split()
)
_TIES = frozenset({"that", "and", "but", "or", "nor"})
_POSSIBLE = frozenset({"may", "might", "could"})
_LIES = frozenset(
    [
        "lie",
        "hoax",
        "myth",
        "falsehood",
        "fabrication",
        "nonsense",
        "fake",
        "false",
        "untrue",
        "baseless",
        "unfounded",
    ]
)
_HYPOTHETICAL = frozenset({"if", "unless", "whether", "lest", "provided", "assuming"})
_DEONTIC = frozenset({"must", "should", "ought", "shall"})


@dataclass(frozen=True)
class Step:
    """One holder: the tokens that name it, the cue, and how it holds."""

    cue: int
    source: tuple[int, ...]
    relation: str
    stance: str
    cue_tokens: tuple[int, ...] = ()


@dataclass(frozen=True)
class State:
    """How a proposition stands: sign 1, -1 or 0; `weak` when only probably so."""

    sign: int = 1
    weak: bool = False
    holders: tuple[Step, ...] = ()
    cues: frozenset[int] = frozenset()
    skip: bool = False
    future: bool = False
    path: tuple[int, ...] = ()
    """Heads of the clauses over this one, up to the one whose subject holds it."""


@dataclass(frozen=True)
class Clause:
    """A predicate with its state; offsets count from the start of the sentence."""

    head: int
    state: State
    proposition: str
    start: int
    end: int
    kind: str
    tokens: tuple[int, ...]
    attribution: bool = False
    question: bool = False
    finite: bool = True


@dataclass
class _Reader:
    doc: Doc
    ours: frozenset[str] = frozenset()

    @cached_property
    def idioms(self) -> frozenset[int]:
        return idiom_tokens(self.doc)

    @cached_property
    def heads(self) -> list[Token]:
        return [token for token in self.doc if self._is_head(token)]

    def _is_head(self, token: Token) -> bool:
        if token.dep_ not in _CLAUSE_DEPS:
            return False
        if token.dep_ == "conj" and token.head.pos_ not in {"VERB", "AUX", "ADJ"}:
            return False
        if token.pos_ in {"VERB", "AUX"} and token.tag_[0] in "VM":
            if token.dep_ == "acl" and token.tag_ == "VBN" and not list(token.children):
                return False
            return True
        if token.dep_ in {"ccomp", "relcl", "advcl", "ROOT", "parataxis", "xcomp"}:
            return any(child.dep_ in _SUBJECTS or child.dep_ == "cop" for child in token.children)
        return False

    @cached_property
    def owner(self) -> dict[int, int]:
        """Each token's clause: the nearest head at or above it."""
        heads = {token.i for token in self.heads}
        out: dict[int, int] = {}
        for token in self.doc:
            walker = token
            for _ in range(200):
                if walker.i in heads or walker.head == walker:
                    break
                walker = walker.head
            out[token.i] = walker.i
        return out

    @cached_property
    def own(self) -> dict[int, list[Token]]:
        out: dict[int, list[Token]] = {}
        for token in self.doc:
            out.setdefault(self.owner[token.i], []).append(token)
        return out

    @cached_property
    def negations(self) -> dict[int, Negation]:
        return {
            head.i: negation_of(self.own.get(head.i, []), head, self.idioms) for head in self.heads
        }

    # -- states -----------------------------------------------------------------------------

    def state(self, head: Token, depth: int = 0) -> State:
        """The state of a clause: what its surroundings make of it, then its own negation."""
        if depth > 25:
            return State(skip=True)
        base = self.base(head, depth)
        return self._local(head, base)

    def base(self, head: Token, depth: int) -> State:
        """What stands over the clause makes of it."""
        if head.dep_ == "conj":
            first = head.head
            for _ in range(20):
                if first.i in self.negations or first.head == first:
                    break
                first = first.head
            if first.i in self.negations and first != head:
                base = self.base(first, depth + 1)
                return self._shared(first, head, base)
        if head.dep_ in {"ROOT", "dep"} or head.head == head:
            return self._spoken(head, State())
        governor = head.head
        if head.dep_ == "parataxis":
            return self._spoken(head, State())
        if head.dep_ in _COMPLEMENTS:
            return self._spoken(head, self._complement(governor, head, depth))
        if head.dep_ == "pcomp":
            return self._preposition(governor, head, depth)
        if head.dep_ in {"acl", "relcl"} and self._nominal(governor):
            if governor.lemma_.lower() in NOUNS and self._that(head):
                return self._noun(governor, head, depth)
            return self._aside(governor, depth, head)
        if head.dep_ == "advcl":
            return self._adverbial(governor, head, depth)
        return self._aside(governor, depth, head)

    def _over(self, token: Token, depth: int) -> State:
        """The state of the clause that a token stands in."""
        clause = self._clause_of(token)
        if clause.i not in self.negations:
            return State()
        return self.state(clause, depth + 1)

    def _local(self, head: Token, base: State) -> State:
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

    def _shared(self, first: Token, head: Token, base: State) -> State:
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
            t.lower_ in NEGATIVE and t.i not in self.idioms and self._in_subject(t, first)
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

    def _in_subject(self, token: Token, head: Token) -> bool:
        return any(
            child.dep_ in _SUBJECTS and (child == token or child.is_ancestor(token))
            for child in head.children
        )

    def _spoken(self, head: Token, state: State) -> State:
        """Adds who is named beside the clause: "according to X", ", X said,"."""
        for child in head.children:
            step = None
            if child.lower_ == "according" or (child.lower_ == "per" and child.dep_ == "prep"):
                named = [t for t in child.subtree if t.dep_ == "pobj"]
                if named:
                    step = Step(
                        child.i, self._name(named[0]), "says", "asserts", self._accord(child)
                    )
            elif (
                child.dep_ in {"parataxis", "ccomp", "advcl"}
                and child.lemma_.lower() in SPEECH | BELIEF
                and self._is_aside(child, head)
            ):
                subject = self._subject(child)
                if subject is not None:
                    step = Step(child.i, self._name(subject), "says", "asserts", self._cue(child))
            if step:
                return replace(
                    state,
                    holders=(step, *state.holders),
                    cues=state.cues | set(step.cue_tokens),
                    weak=False,
                )
        return state

    def _is_aside(self, child: Token, head: Token) -> bool:
        """A parenthesis `X said` that governs nothing itself."""
        if any(c.dep_ in _COMPLEMENTS for c in child.children):
            return False
        if any(c.dep_ in {"dobj", "mark"} for c in child.children):
            return False
        return len(list(child.subtree)) <= 14 and (child.dep_ == "parataxis" or child.i > head.i)

    def _complement(self, governor: Token, head: Token, depth: int) -> State:
        """A clause that a verb or adjective takes: what the governor's signature makes of it."""
        if self._nominal(governor):
            if governor.lemma_.lower() in NOUNS:
                return self._noun(governor, head, depth)
            return self._aside(governor, depth, head)
        if governor.pos_ == "ADJ" and governor.i not in self.negations:
            return self._adjective(governor, self._clause_of(governor), head, depth)
        over = self._over(governor, depth)
        adjective = self._predicate_adjective(governor)
        if adjective is not None:
            return self._by_signature(
                over, ADJECTIVES[adjective.lemma_.lower()], governor, head, speech=False
            )
        attribute = self._attribute(governor)
        if attribute is not None and head.dep_ in {"ccomp", "csubj"}:
            return self._noun(attribute, head, depth)
        return self._verb(governor, over, head)

    def _verb(self, governor: Token, over: State, head: Token) -> State:
        over = replace(over, path=(self._clause_of(governor).i, *over.path))
        lemma = self._lemma(governor)
        passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in governor.children) or (
            governor.dep_ in {"acl", "pcomp"}
            and governor.tag_ in {"VBN", "VBD"}
            and head.dep_ == "xcomp"
        )
        speaks = lemma in SPEECH or lemma in BELIEF
        if lemma == "have" and any(c.lower_ == "yet" for c in governor.children):
            return replace(over, sign=-abs(over.sign), cues=over.cues)
        if lemma in {"be", "have"} and head.dep_ == "xcomp":
            return replace(over, sign=0)
        if lemma == "go" and head.dep_ == "xcomp":
            return replace(over, future=True)
        if lemma in {"seem", "appear"}:
            return replace(over, weak=True)
        if lemma in {"turn", "prove"} and head.dep_ == "xcomp" and self._about_a_claim(governor):
            return replace(over, skip=True)  # settled on the clause under that noun
        if lemma == "agree" and head.dep_ == "xcomp":
            return replace(over, sign=0, skip=True)
        if lemma in _ASPECT and (head.dep_ == "xcomp" or lemma in _LETTING):
            return replace(over, skip=True)  # "stopped firing" is said as it stands
        if passive and head.dep_ == "xcomp" and speaks:
            if lemma in {"know", "see", "find", "show", "reveal", "confirm", "discover"}:
                return over if over.sign > 0 else replace(over, sign=0)
            if lemma in {"expect", "plan", "intend", "suppose", "tell", "ask", "order", "urge"}:
                return replace(over, sign=0)
            sign = over.sign if over.sign >= 0 or lemma in NEG_RAISING else 0
            step = Step(governor.i, self._agent(governor), "says", "asserts", self._cue(governor))
            relation = "believed_by" if lemma in BELIEF else "says"
            return replace(
                over,
                sign=sign,
                weak=True,
                holders=(replace(step, relation=relation), *over.holders),
                path=(self._clause_of(governor).i,),
            )
        if lemma == "remember" and head.dep_ == "xcomp" and head.tag_ == "VB":
            signature = "+-"
        elif lemma in {"forget"} and head.dep_ == "xcomp" and head.tag_ == "VB":
            signature = "-+"
        elif lemma in {"claim", "report", "admit", "deny", "pretend", "profess"}:
            signature = VERBS.get(lemma, "+o")
        elif lemma in {"decline", "refuse"}:
            signature = "-o"
        elif lemma == "prove" and head.dep_ == "xcomp":
            signature = "+-"
        elif head.dep_ == "xcomp" and lemma in {"say", "tell", "ask", "warn", "urge", "swear"}:
            signature = "oo"
        elif lemma == "rule":
            signature = "-o" if any(c.lower_ == "out" for c in governor.children) else "oo"
        else:
            signature = VERBS.get(lemma, "+o" if speaks else "oo")
            if head.dep_ == "xcomp" and lemma not in VERBS and not speaks:
                return replace(over, sign=0, skip=True)  # "prompted them to leave" as it stands
        return self._by_signature(over, signature, governor, head, speech=speaks)

    def _by_signature(
        self, over: State, signature: str, governor: Token, head: Token, *, speech: bool
    ) -> State:
        lemma = self._lemma(governor)
        wh = self._wh(head)
        stance = "denies" if lemma in DENIAL else "asserts"
        if over.sign > 0:
            mark = signature[0]
        elif over.sign < 0:
            mark = signature[1]
        else:
            mark = "+" if signature == "++" else "o"
        weak = over.weak if not speech else False
        if over.sign < 0 and (lemma in NEG_RAISING) and wh is None:
            mark, weak = "-", True
        if wh in _HYPOTHETICAL or (wh is not None and over.sign <= 0):
            mark = "o"
        if wh is not None and signature[0] != "+":
            mark = "o"
        if lemma == "doubt" and over.sign > 0:
            mark = "o"
        if over.sign < 0 and lemma == "doubt":
            mark = "+"
        adjective = self._predicate_adjective(governor)
        if adjective is not None:
            word = adjective.lemma_.lower()
            if word in {"possible", "likely", "probable", "conceivable", "plausible"}:
                weak = True
                if over.sign < 0:
                    mark = "-" if word != "possible" else "-"
            if word in {"unlikely", "improbable", "implausible"}:
                weak = True
        sign = {"+": 1, "-": -1, "o": 0}[mark]
        holders = over.holders
        above = self._clause_of(governor).i
        path = (above,) if speech else (above, *over.path)
        if speech:
            if over.sign <= 0:
                stance = "cannot_tell" if over.sign == 0 or lemma not in NEG_RAISING else "doubts"
            elif mark == "o":
                stance = "cannot_tell"
            falsely = [c for c in governor.children if c.lower_ in _FALSELY]
            if falsely and over.sign > 0:
                return replace(
                    over,
                    sign=-sign,
                    weak=False,
                    cues=over.cues | {c.i for c in falsely},
                    path=path,
                )
            passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in governor.children)
            subject = self._subject(governor)
            if passive:
                agent = self._agent(governor)
                step = Step(governor.i, agent, "says", stance, self._cue(governor))
                holders = (step, *holders) if agent else holders
            elif subject is not None and not self._is_ours(subject):
                relation = "believed_by" if lemma in BELIEF and lemma not in SPEECH else "says"
                step = Step(governor.i, self._name(subject), relation, stance, self._cue(governor))
                holders = (step, *holders)
        return replace(over, sign=sign, weak=weak, holders=holders, future=False, path=path)

    def _noun(self, noun: Token, head: Token, depth: int) -> State:
        """A clause under a noun: "no evidence that", "denied reports that", "claims that"."""
        lemma = noun.lemma_.lower()
        signature = NOUNS.get(lemma, "+o")
        clause = self._clause_of(noun)
        over = self._over(noun, depth) if clause != head else State()
        verb = noun.head if noun.dep_ in {"dobj", "nsubjpass", "nsubj", "attr", "pobj"} else None
        if verb is not None and noun.dep_ == "pobj":
            verb = verb.head
        negated = any(c.lower_ == "no" and c.i not in self.idioms for c in noun.children)
        base = replace(over, path=(clause.i, *over.path))
        steps = self._noun_holder(noun, over)
        if verb is not None and self._lemma(verb) in {"call", "label", "brand", "deem", "term"}:
            damned = any(t.lower_ in _LIES for t in verb.subtree)
            sign = -over.sign if damned else 0
            return replace(
                base, sign=sign, skip=not damned, holders=self._doer(verb, over, "denies")
            )
        if lemma == "doubt":
            no = negated or over.sign < 0
            return replace(base, sign=1 if no else 0, holders=over.holders)
        if verb is not None and verb.i in self.negations:
            word = self._lemma(verb)
            if noun.dep_ in {"dobj", "nsubjpass"}:
                refuted = word in DENIAL or word in {"debunk", "disprove", "discount", "quash"}
                if refuted or (word == "rule" and self._has_out(verb)):
                    sign = -1 if over.sign > 0 else 0
                    return replace(base, sign=sign, holders=self._doer(verb, over, "denies"))
                if word in _CONFIRMING:
                    sign = 1 if over.sign > 0 else 0
                    return replace(base, sign=sign, holders=self._doer(verb, over, "asserts"))
                if word in _CHECKING:
                    return replace(base, sign=0, holders=over.holders)
                if word in {"reject", "dismiss"}:
                    return replace(base, sign=-1 if over.sign > 0 else 0)
            adjective = self._predicate_adjective(verb)
            if adjective is None and verb.lower_ in ADJECTIVES:
                adjective = verb
            if noun.dep_ in {"nsubj", "nsubjpass"} and adjective is not None:
                word = adjective.lower_ if adjective == verb else adjective.lemma_.lower()
                mark = ADJECTIVES[word][0 if over.sign > 0 else 1]
                return replace(
                    base,
                    sign={"+": 1, "-": -1, "o": 0}[mark] if over.sign else 0,
                    holders=over.holders,
                )
            attribute = self._attribute(verb)
            if noun.dep_ == "nsubj" and attribute is not None and attribute.lemma_ in _LIES:
                return replace(base, sign=-over.sign, holders=over.holders)
            if noun.dep_ == "nsubj" and word in {"prove", "turn", "be"}:
                verdict = self._verdict(verb)
                if verdict:
                    return replace(base, sign=verdict * (over.sign or 0), holders=over.holders)
        if head.tag_ == "VB" and signature == "oo":
            return replace(base, sign=0, skip=True)  # "efforts to put out the fire"
        above = noun.head.head if noun.dep_ == "pobj" else None
        lacking = above is not None and above.lemma_.lower() in {"absence", "lack"}
        if verb is not None and noun.dep_ == "dobj" and self._lemma(verb) == "lack":
            lacking = True
        if noun.dep_ == "pobj" and noun.head.lower_ == "without":
            lacking = True
        no = (
            negated or lacking or (over.sign < 0 and noun.dep_ in {"dobj", "attr", "nsubj", "pobj"})
        )
        mark = signature[1] if no else signature[0]
        if over.sign == 0 and mark != "o":
            mark = "o"
        sign = {"+": 1, "-": -1, "o": 0}[mark]
        weak = lemma in {
            "report",
            "claim",
            "rumour",
            "rumor",
            "allegation",
            "suggestion",
            "sign",
            "indication",
            "hint",
            "suspicion",
            "speculation",
            "theory",
            "belief",
            "accusation",
            "impression",
        }
        return replace(base, sign=sign, weak=weak or base.weak, holders=steps, future=False)

    def _about_a_claim(self, verb: Token) -> bool:
        subject = self._subject(verb)
        return (
            subject is not None
            and subject.lemma_.lower() in NOUNS
            and any(c.dep_ in {"acl", "relcl", "ccomp"} for c in subject.children)
        )

    def _verdict(self, verb: Token) -> int:
        """ "turned out to be false", "proved true": -1 or 1, 0 when neither is said."""
        for token in verb.subtree:
            word = token.lower_
            if word in {"false", "untrue", "wrong", "incorrect", "unfounded", "baseless", "fake"}:
                return -1
            if word in {"true", "correct", "right", "accurate"}:
                return 1
        return 0

    def _noun_holder(self, noun: Token, over: State) -> tuple[Step, ...]:
        for child in noun.children:
            if child.dep_ == "poss" and not self._is_ours(child):
                return (
                    Step(noun.i, self._name(child), "says", "asserts", (noun.i,)),
                    *over.holders,
                )
            if child.dep_ == "prep" and child.lower_ in {"by", "from"}:
                named = next((t for t in child.children if t.dep_ == "pobj"), None)
                if named is not None:
                    step = Step(noun.i, self._name(named), "says", "asserts", (noun.i,))
                    return (step, *over.holders)
        return over.holders

    def _doer(self, verb: Token, over: State, stance: str) -> tuple[Step, ...]:
        subject = self._subject(verb)
        passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)
        source = self._agent(verb) if passive else self._name(subject) if subject else ()
        if subject is not None and not passive and self._is_ours(subject):
            return over.holders
        if not source:
            return over.holders
        told = stance if over.sign > 0 else "cannot_tell"
        return (Step(verb.i, source, "says", told, self._cue(verb)), *over.holders)

    def _adjective(self, adjective: Token, clause: Token, head: Token, depth: int) -> State:
        over = self.state(clause, depth + 1)
        signature = ADJECTIVES.get(adjective.lemma_.lower(), "oo")
        negated = any(c.dep_ == "neg" for c in adjective.children)
        if negated:
            over = replace(over, sign=-over.sign)
        state = self._by_signature(over, signature, clause, head, speech=False)
        if adjective.lemma_.lower() in {"likely", "unlikely", "possible"}:
            state = replace(state, weak=True)
        return state

    def _preposition(self, preposition: Token, head: Token, depth: int) -> State:
        """`without hitting`, `instead of hitting`, `prevented it from hitting`, `accused of`."""
        word = preposition.lower_
        verb = preposition.head
        over = self._over(verb, depth)
        lemma = self._lemma(verb)
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
            return self._by_signature(over, "+o", verb, head, speech=True)
        if lemma in {"suspect", "charge"} and word in {"of", "with"}:
            return replace(over, weak=True)
        if word == "of" and lemma in {"think", "process", "dream", "way", "risk", "chance"}:
            return replace(over, sign=0)
        if word in {"for", "about", "against", "before", "to"}:
            return replace(over, sign=0, skip=True)
        return replace(over, sign=1, weak=False)

    def _adverbial(self, governor: Token, head: Token, depth: int) -> State:
        over = self._over(governor, depth)
        markers = {c.lower_ for c in head.children if c.dep_ in {"mark", "advmod"}}
        adjective = self._predicate_adjective(governor)
        if adjective is not None and self._wh(head) is not None and head.i > adjective.i:
            return self._by_signature(
                over, ADJECTIVES[adjective.lemma_.lower()], governor, head, speech=False
            )
        asking = self._lemma(governor) in SPEECH | _CONFIRMING | {"know", "see", "find", "decide"}
        if (
            markers & {"if", "whether"}
            and (asking or adjective is not None)
            and head.i > governor.i
        ):
            above = self._clause_of(governor).i
            return replace(over, sign=0, weak=False, path=(above, *over.path))
        if markers & _HYPOTHETICAL:
            return replace(over, sign=0, weak=False)
        if head.tag_ == "VB" and "to" in {c.lower_ for c in head.children}:
            return replace(over, sign=0, skip=True)
        if asking and self._wh(head) is not None and over.sign <= 0 and head.i > governor.i:
            above = self._clause_of(governor).i
            return replace(over, sign=0, path=(above, *over.path))
        return replace(over, sign=1, weak=False, future=False, path=())

    def _aside(self, governor: Token, depth: int, head: Token) -> State:
        """Relative clauses and the like: presupposed, and held by whoever holds what is around."""
        clause = self._clause_of(governor)
        if clause == head:
            return State()
        over = self._over(governor, depth)
        return replace(over, sign=1, weak=False, future=False, path=())

    def _nominal(self, token: Token) -> bool:
        """A noun, or a word that the tagger took for a verb where a noun stands."""
        if token.i in self.negations:
            return False
        return token.pos_ in {"NOUN", "PROPN", "PRON"} or token.dep_ in {"dobj", "nsubj", "pobj"}

    # -- words ------------------------------------------------------------------------------

    def _clause_of(self, token: Token) -> Token:
        return self.doc[self.owner[token.i]]

    def _lemma(self, token: Token) -> str:
        return token.lemma_.lower()

    def _has_out(self, verb: Token) -> bool:
        return any(c.lower_ == "out" for c in verb.children)

    def _that(self, head: Token) -> bool:
        """A complement clause, not a relative one: "that" is a mark, or there is none."""
        first = next(iter(head.subtree), head)
        for child in head.children:
            if child.lower_ in {"that", "which", "who", "whom"}:
                return child.dep_ == "mark" or (
                    child.dep_ not in _SUBJECTS
                    and any(c.dep_ in _SUBJECTS for c in head.children)
                    and any(c.dep_ in {"dobj", "attr", "acomp", "auxpass"} for c in head.children)
                )
        return head.tag_ == "VB" or first.lower_ in {"that", "whether"}

    def _wh(self, head: Token) -> str | None:
        for token in head.subtree:
            if token.i >= head.i:
                break
            if token.tag_ in {"WRB", "WP", "WDT"} and token.dep_ != "nsubj_rel":
                if self.owner[token.i] == head.i:
                    return token.lower_
            if token.dep_ == "mark" and token.lower_ in {"whether", "if"}:
                if self.owner[token.i] == head.i:
                    return token.lower_
        return None

    def _predicate_adjective(self, verb: Token) -> Token | None:
        for child in verb.children:
            if child.dep_ in {"acomp", "oprd"} and child.lemma_.lower() in ADJECTIVES:
                return child
        return None

    def _attribute(self, verb: Token) -> Token | None:
        for child in verb.children:
            if child.dep_ == "attr" and child.pos_ == "NOUN":
                return child
        return None

    def _subject(self, verb: Token, depth: int = 0) -> Token | None:
        for child in verb.children:
            if child.dep_ in {"nsubj", "nsubjpass"}:
                if child.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl":
                    return verb.head
                return child
        if depth < 5 and verb.dep_ in {"conj", "xcomp", "advcl", "pcomp"} and verb.head != verb:
            walker = self._clause_of(verb.head)
            return self._subject(walker, depth + 1)
        if verb.dep_ in {"acl", "relcl"} and verb.tag_ in {"VBG", "VBN", "VBD"}:
            return verb.head
        return None

    def _agent(self, verb: Token) -> tuple[int, ...]:
        for child in verb.children:
            if child.dep_ == "agent":
                for named in child.children:
                    if named.dep_ == "pobj":
                        return self._name(named)
        return ()

    def _name(self, token: Token) -> tuple[int, ...]:
        """Tokens of a noun phrase without its clauses and appositions."""
        left = [t for t in token.subtree if t.i <= token.i]
        keep: list[Token] = []
        for other in token.subtree:
            walker, out = other, False
            while walker != token:
                if (
                    walker.dep_ in {"relcl", "acl", "appos", "advcl", "punct"}
                    and walker.i > token.i
                ):
                    out = True
                    break
                walker = walker.head
            if not out:
                keep.append(other)
        if not keep:
            keep = left
        first, last = keep[0].i, keep[0].i
        wanted = {t.i for t in keep}
        while last + 1 in wanted:
            last += 1
        last = max(last, token.i)
        return tuple(range(first, last + 1))

    def _cue(self, verb: Token) -> tuple[int, ...]:
        tokens = [verb.i]
        for child in verb.children:
            if (
                child.dep_ in {"aux", "auxpass", "neg", "prt", "advmod"}
                and abs(child.i - verb.i) <= 4
            ):
                tokens.append(child.i)
        return tuple(sorted(tokens))

    def _accord(self, token: Token) -> tuple[int, ...]:
        nxt = token.i + 1
        if nxt < len(self.doc) and self.doc[nxt].lower_ == "to":
            return (token.i, nxt)
        return (token.i,)

    def _is_ours(self, token: Token) -> bool:
        words = " ".join(self.doc[i].text for i in self._name(token)).lower()
        return token.lower_ in {"we", "us", "our"} or words in self.ours

    # -- propositions -----------------------------------------------------------------------

    def proposition(self, head: Token, state: State) -> tuple[str, int, int, tuple[int, ...]]:
        """The clause in words of its own, without what negates it; its place; its tokens."""
        drop: set[int] = set()
        for child in head.subtree:
            if child == head:
                continue
            if child.dep_ == "parataxis" and child.lemma_.lower() in SPEECH:
                drop |= {t.i for t in child.subtree}
            if child.lower_ == "according" and self.owner[child.i] == head.i:
                drop |= {t.i for t in child.subtree}
            if child.head == head and child.dep_ == "advcl" and child.i > head.i:
                pass
            if child.dep_ == "conj" and child.head == head and child.i in self.negations:
                drop |= {t.i for t in child.subtree}
            if child.dep_ == "cc" and child.head == head:
                drop.add(child.i)
        for step in state.holders:
            if step.cue in {t.i for t in head.subtree} and step.cue != head.i:
                cue = self.doc[step.cue]
                if cue.head == head or cue.is_ancestor(head) is False:
                    drop |= {t.i for t in cue.subtree}
        tokens = [t for t in head.subtree if t.i not in drop]
        while tokens and (tokens[0].is_punct or self._opens(tokens[0], head)):
            tokens.pop(0)
        while tokens and tokens[-1].is_punct and tokens[-1].text not in {")", "”", '"', "’"}:
            tokens.pop()
        if not tokens:
            return "", head.idx, head.idx + len(head.text), ()
        placed = list(tokens)
        negating = frozenset(i for i in state.cues if i not in self.idioms)
        words: list[str] = []
        if not any(c.dep_ in _SUBJECTS for c in head.children):
            words.extend(self._borrowed(head, tokens))
        elif head.dep_ == "relcl" and tokens[0].tag_ in {"WDT", "WP"}:
            tokens.pop(0)
            words.extend([self._words(self._name(head.head)), " "])
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

    def _words(self, tokens: tuple[int, ...]) -> str:
        return "".join(self.doc[i].text_with_ws for i in tokens).strip()

    def _opens(self, token: Token, head: Token) -> bool:
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

    def _borrowed(self, head: Token, tokens: list[Token]) -> list[str]:
        """The subject of the clause above, and a past tense where an infinitive stood."""
        subject = self._subject(head)
        if subject is None or head.dep_ not in {"xcomp", "conj", "pcomp", "ccomp", "advcl"}:
            return []
        names = self._name(subject)
        over = self.negations.get(self.owner[head.head.i]) if head.head != head else None
        negating = frozenset(over.tokens) if over else frozenset()
        words = []
        for i in names:
            swap = replacement(self.doc[i], negating)
            words.append(self.doc[i].text_with_ws if swap is None else swap + " " if swap else "")
        name = "".join(words).strip() + " "
        if head.dep_ in {"xcomp", "advcl"}:
            while tokens and tokens[0].tag_ == "WRB":
                tokens.pop(0)
            while tokens and tokens[0].lower_ == "to":
                tokens.pop(0)
            return [name, *self._finite(head, subject, tokens)]
        return [name]

    def _finite(self, head: Token, subject: Token, tokens: list[Token]) -> list[str]:
        """`have been shot` -> `was shot`, `have left` -> `left`, `reach` -> `reached`."""
        was = "were " if subject.tag_ in {"NNS", "NNPS"} or subject.lower_ == "they" else "was "
        if tokens and tokens[0].lower_ in {"have", "having"} and tokens[0].dep_ == "aux":
            tokens.pop(0)
            if tokens and tokens[0].lower_ == "been":
                tokens.pop(0)
                return [was]
            return []
        if tokens and tokens[0].lower_ == "be":
            tokens.pop(0)
            return [was]
        if head.tag_ in {"VB", "VBG"} and tokens and tokens[0] == head:
            tokens.pop(0)
            return [past_of(head.lemma_.lower()) + " "]
        return []


_SOFT_DENIAL = frozenset("reject dismiss dispute contradict counter disagree".split())
_VOUCHING = frozenset("confirm verify corroborate authenticate".split())
_OPEN_WORDS = frozenset(
    [
        "unknown",
        "unclear",
        "unverified",
        "unconfirmed",
        "uncertain",
        "disputed",
        "undetermined",
        "unestablished",
    ]
)
_FOOTAGE = frozenset(
    ["footage", "video", "videos", "clip", "clips", "recording", "film", "image", "images", "photo"]
)


def _stands_for(text: str, noun: Token) -> str:
    """What "cannot verify the video" leaves open: that the video is authentic."""
    if noun.lower_ in _FOOTAGE:
        verb = "are" if noun.tag_ == "NNS" else "is"
        return f"{text} {verb} authentic"
    return text


def _reports_a_claim(head: Token) -> bool:
    """`denied reports that ...`, `there is no evidence that ...`: the clause below is the claim."""
    return any(
        child.dep_ in {"dobj", "attr"}
        and child.lemma_.lower() in NOUNS
        and any(c.dep_ in {"acl", "relcl", "ccomp"} for c in child.children)
        for child in head.children
    )


def _objects(reader: _Reader, head: Token, state: State) -> Clause | None:
    """`denied the attack`, `cannot confirm its authenticity`: a noun phrase stands for a claim."""
    lemma = head.lemma_.lower()
    soft = lemma in _SOFT_DENIAL
    ruled = lemma in {"rule", "exclude"} and (lemma == "exclude" or reader._has_out(head))
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
    if any(c.dep_ in {"acl", "relcl"} and reader._that(c) for c in noun.children):
        if noun.lemma_.lower() in NOUNS:
            return None  # the clause under that noun stands for itself
    negative = any(t.lower_ in NEGATIVE and t.i not in reader.idioms for t in noun.children)
    positive = state.sign if not negative else -state.sign
    if denies:
        sign = -1 if state.sign > 0 else 0
    else:
        sign = 1 if positive > 0 else 0
    if passive and lemma not in {"rule", "exclude"} and state.sign > 0 and not denies:
        return None
    return _object(reader, head, noun, replace(state, sign=sign), denies=denies)


def _open_subject(reader: _Reader, head: Token, state: State) -> Clause | None:
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
    reader: _Reader, head: Token, noun: Token, state: State, *, denies: bool, doer: bool = True
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
            holders=reader._doer(head, replace(state, sign=abs(sign)), stance)
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


def clauses_of(doc: Doc, ours: frozenset[str] = frozenset()) -> list[Clause]:
    """Clauses of a parsed sentence in order of their predicates.

    `ours` are lower-case names of the publisher, whose own words add no holder. A clause whose
    polarity cannot be told with confidence (a contrast, a negation that belongs to nothing that
    was read) is left out: a missed claim is better than an inverted one.
    """
    reader = _Reader(doc, ours)
    out: list[Clause] = []
    question = doc.text.rstrip("\"”’') ").endswith("?")
    governing = {
        head.head.i for head in reader.heads if head.dep_ in _COMPLEMENTS and head.head != head
    }
    consumed = {i for n in reader.negations.values() for i in (*n.tokens, *n.kept)}
    consumed |= set(reader.idioms)
    consumed |= {t.i for t in doc if t.lower_ == "without"}
    for head in reader.heads:
        state = reader.state(head)
        text, start, end, tokens = reader.proposition(head, state)
        if not tokens:
            continue
        stray = {t.i for t in reader.own[head.i] if t.lower_ in NEGATIVE and t.i not in consumed}
        if stray and state.sign != 0:
            state = replace(state, skip=True)
        of_object = _objects(reader, head, state) or _open_subject(reader, head, state)
        if of_object is not None:
            out.append(of_object)
            continue
        kind = head.dep_ if head.dep_ != "conj" else reader.doc[reader.owner[head.head.i]].dep_
        lemma = head.lemma_.lower()
        speaks = lemma in SPEECH | BELIEF or reader._predicate_adjective(head) is not None
        out.append(
            Clause(
                head=head.i,
                state=state,
                proposition=text,
                start=start,
                end=end,
                kind=kind,
                tokens=tokens,
                attribution=(
                    head.i in governing
                    and (speaks or lemma in VERBS or lemma in {"be", "have", "go"})
                )
                or reader._about_a_claim(head)
                or _reports_a_claim(head),
                question=question and head.dep_ in {"ROOT", "conj"},
                finite=any(c.dep_ in _SUBJECTS for c in head.children),
            )
        )
    return out
