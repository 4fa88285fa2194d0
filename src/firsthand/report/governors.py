"""Governing words and the state in which they leave what stands under them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from firsthand.report.signatures import (
    ADJECTIVES,
    BELIEF,
    DENIAL,
    NEG_RAISING,
    NOUNS,
    SPEECH,
    VERBS,
)
from firsthand.report.stance import State, Step
from firsthand.report.tree import Tree
from firsthand.report.wordlist import words

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Governors"]

_CHECKING = words(
    "investigate probe examine check assess study review consider weigh discuss question "
)
_CONFIRMING = words(
    "confirm verify establish prove corroborate authenticate substantiate support determine "
)
_ASPECT = words(
    "stop cease quit end continue begin start keep proceed go come get serve use tend help "
    "cause force make let enable allow oblige require prompt lead "
)
_SENSING = words("hear see watch notice feel smell film record catch spot ")
_LETTING = words("let make help have enable allow ")
_FALSELY = frozenset(["falsely", "wrongly", "mistakenly", "incorrectly", "erroneously"])
_LIES = words("lie hoax myth falsehood fabrication nonsense fake false untrue baseless unfounded ")
_HYPOTHETICAL = words("if unless whether lest provided assuming ")


class Governors(Tree):
    """What a verb, a noun or an adjective does to the clause under it."""

    def state(self, head: Token, depth: int = 0) -> State:
        """The state of a clause; `states` says how."""
        raise NotImplementedError

    def aside(self, governor: Token, depth: int, head: Token) -> State:
        """Clauses that are only presupposed; `states` says how."""
        raise NotImplementedError

    def over(self, token: Token, depth: int) -> State:
        """The state of the clause that a token stands in."""
        clause = self.clause_of(token)
        if clause.i not in self.negations:
            return State()
        return self.state(clause, depth + 1)

    def complement(self, governor: Token, head: Token, depth: int) -> State:
        """A clause that a verb or adjective takes: what the governor's signature makes of it."""
        if self.nominal(governor):
            if governor.lemma_.lower() in NOUNS:
                return self.noun(governor, head, depth)
            return self.aside(governor, depth, head)
        if governor.pos_ == "ADJ" and governor.i not in self.negations:
            return self.adjective(governor, self.clause_of(governor), head, depth)
        over = self.over(governor, depth)
        adjective = self.predicate_adjective(governor)
        if adjective is not None:
            return self.by_signature(
                over, ADJECTIVES[adjective.lemma_.lower()], governor, head, speech=False
            )
        attribute = self.attribute(governor)
        if attribute is not None and head.dep_ in {"ccomp", "csubj"}:
            return self.noun(attribute, head, depth)
        return self.verb(governor, over, head)

    def verb(self, governor: Token, over: State, head: Token) -> State:  # noqa: PLR0912 (one a construction)
        """What a verb makes of its clause."""
        over = replace(over, path=(self.clause_of(governor).i, *over.path))
        lemma = self.lemma(governor)
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
        if lemma in {"turn", "prove"} and head.dep_ == "xcomp" and self.about_a_claim(governor):
            return replace(over, skip=True)  # settled on the clause under that noun
        if lemma in _SENSING and head.tag_ in {"VBG", "VB"}:
            return replace(over, skip=True)  # "heard two men shouting" as it stands
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
            step = Step(governor.i, self.agent(governor), "says", "asserts", self.cue(governor))
            relation = "believed_by" if lemma in BELIEF else "says"
            return replace(
                over,
                sign=sign,
                weak=True,
                holders=(replace(step, relation=relation), *over.holders),
                path=(self.clause_of(governor).i,),
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
        return self.by_signature(over, signature, governor, head, speech=speaks)

    def by_signature(  # noqa: PLR0912, PLR0915
        self, over: State, signature: str, governor: Token, head: Token, *, speech: bool
    ) -> State:
        """What a signature makes of a clause, and who comes to hold it."""
        lemma = self.lemma(governor)
        wh = self.wh(head)
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
        adjective = self.predicate_adjective(governor)
        if adjective is not None:
            word = adjective.lemma_.lower()
            if word in {"possible", "likely", "probable", "conceivable", "plausible"}:
                weak = True
                if over.sign < 0:
                    mark = "-"
            if word in {"unlikely", "improbable", "implausible"}:
                weak = True
        sign = {"+": 1, "-": -1, "o": 0}[mark]
        holders = over.holders
        above = self.clause_of(governor).i
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
            subject = self.subject(governor)
            if passive:
                agent = self.agent(governor)
                step = Step(governor.i, agent, "says", stance, self.cue(governor))
                holders = (step, *holders) if agent else holders
            elif subject is not None and not self.is_ours(subject):
                relation = "believed_by" if lemma in BELIEF and lemma not in SPEECH else "says"
                step = Step(governor.i, self.name_of(subject), relation, stance, self.cue(governor))
                holders = (step, *holders)
        return replace(over, sign=sign, weak=weak, holders=holders, future=False, path=path)

    def noun(self, noun: Token, head: Token, depth: int) -> State:  # noqa: PLR0912 (one a construction)
        """A clause under a noun: "no evidence that", "denied reports that", "claims that"."""
        lemma = noun.lemma_.lower()
        signature = NOUNS.get(lemma, "+o")
        clause = self.clause_of(noun)
        over = self.over(noun, depth) if clause != head else State()
        verb = noun.head if noun.dep_ in {"dobj", "nsubjpass", "nsubj", "attr", "pobj"} else None
        if verb is not None and noun.dep_ == "pobj":
            verb = verb.head
        negated = any(c.lower_ == "no" and c.i not in self.idioms for c in noun.children)
        base = replace(over, path=(clause.i, *over.path))
        steps = self.noun_holder(noun, over)
        if verb is not None and self.lemma(verb) in {"call", "label", "brand", "deem", "term"}:
            damned = any(t.lower_ in _LIES for t in verb.subtree)
            sign = -over.sign if damned else 0
            return replace(
                base, sign=sign, skip=not damned, holders=self.doer(verb, over, "denies")
            )
        if lemma == "doubt":
            no = negated or over.sign < 0
            return replace(base, sign=1 if no else 0, holders=over.holders)
        if verb is not None and verb.i in self.negations:
            word = self.lemma(verb)
            if noun.dep_ in {"dobj", "nsubjpass"}:
                refuted = word in DENIAL or word in {"debunk", "disprove", "discount", "quash"}
                if refuted or (word == "rule" and self.has_out(verb)):
                    sign = -1 if over.sign > 0 else 0
                    return replace(base, sign=sign, holders=self.doer(verb, over, "denies"))
                if word in _CONFIRMING:
                    sign = 1 if over.sign > 0 else 0
                    return replace(base, sign=sign, holders=self.doer(verb, over, "asserts"))
                if word in _CHECKING:
                    return replace(base, sign=0, holders=over.holders)
                if word in {"reject", "dismiss"}:
                    return replace(base, sign=-1 if over.sign > 0 else 0)
            adjective = self.predicate_adjective(verb)
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
            attribute = self.attribute(verb)
            if noun.dep_ == "nsubj" and attribute is not None and attribute.lemma_ in _LIES:
                return replace(base, sign=-over.sign, holders=over.holders)
            if noun.dep_ == "nsubj" and word in {"prove", "turn", "be"}:
                verdict = self.verdict(verb)
                if verdict:
                    return replace(base, sign=verdict * (over.sign or 0), holders=over.holders)
        if head.tag_ == "VB" and signature == "oo":
            return replace(base, sign=0, skip=True)  # "efforts to put out the fire"
        above = noun.head.head if noun.dep_ == "pobj" else None
        lacking = above is not None and above.lemma_.lower() in {"absence", "lack"}
        if verb is not None and noun.dep_ == "dobj" and self.lemma(verb) == "lack":
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

    def about_a_claim(self, verb: Token) -> bool:
        """Whether the subject is itself a claim: "rumours that ... turned out to be false"."""
        subject = self.subject(verb)
        return (
            subject is not None
            and subject.lemma_.lower() in NOUNS
            and any(c.dep_ in {"acl", "relcl", "ccomp"} for c in subject.children)
        )

    def verdict(self, verb: Token) -> int:
        """ "turned out to be false", "proved true": -1 or 1, 0 when neither is said."""
        for token in verb.subtree:
            word = token.lower_
            if word in {"false", "untrue", "wrong", "incorrect", "unfounded", "baseless", "fake"}:
                return -1
            if word in {"true", "correct", "right", "accurate"}:
                return 1
        return 0

    def noun_holder(self, noun: Token, over: State) -> tuple[Step, ...]:
        """Whose claim, report or statement it is: a possessive, "by X", "from X"."""
        for child in noun.children:
            if child.dep_ == "poss" and not self.is_ours(child):
                return (
                    Step(noun.i, self.name_of(child), "says", "asserts", (noun.i,)),
                    *over.holders,
                )
            if child.dep_ == "prep" and child.lower_ in {"by", "from"}:
                named = next((t for t in child.children if t.dep_ == "pobj"), None)
                if named is not None:
                    step = Step(noun.i, self.name_of(named), "says", "asserts", (noun.i,))
                    return (step, *over.holders)
        return over.holders

    def doer(self, verb: Token, over: State, stance: str) -> tuple[Step, ...]:
        """The holders when the subject of a verb holds what its object stands for."""
        subject = self.subject(verb)
        passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)
        source = self.agent(verb) if passive else self.name_of(subject) if subject else ()
        if subject is not None and not passive and self.is_ours(subject):
            return over.holders
        if not source:
            return over.holders
        told = stance if over.sign > 0 else "cannot_tell"
        return (Step(verb.i, source, "says", told, self.cue(verb)), *over.holders)

    def adjective(self, adjective: Token, clause: Token, head: Token, depth: int) -> State:
        """What a predicate adjective makes of its clause: "it is unclear whether"."""
        over = self.over(adjective, depth)
        signature = ADJECTIVES.get(adjective.lemma_.lower(), "oo")
        negated = any(c.dep_ == "neg" for c in adjective.children)
        if negated:
            over = replace(over, sign=-over.sign)
        state = self.by_signature(over, signature, clause, head, speech=False)
        if adjective.lemma_.lower() in {"likely", "unlikely", "possible"}:
            state = replace(state, weak=True)
        return state
