"""Clauses of a parsed sentence, and what is read off their words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from firsthand.report.negation import Negation, idiom_tokens, negation_of
from firsthand.report.signatures import ADJECTIVES
from firsthand.report.wordlist import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Tree"]

_CLAUSE_DEPS = words("ROOT conj ccomp xcomp advcl relcl acl pcomp parataxis csubj csubjpass dep ")
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


@dataclass
class Tree:
    """A parsed sentence with its clauses: which token belongs to which predicate.

    `ours` are lower-case names of the publisher, whose own words add no holder.
    """

    doc: Doc
    ours: frozenset[str] = frozenset()

    @cached_property
    def idioms(self) -> frozenset[int]:
        """Tokens of idioms that negate nothing."""
        return idiom_tokens(self.doc)

    @cached_property
    def heads(self) -> list[Token]:
        """Heads of clauses, in order."""
        return [token for token in self.doc if self.is_head(token)]

    def is_head(self, token: Token) -> bool:
        """Whether a token is the predicate of a clause."""
        if token.dep_ not in _CLAUSE_DEPS:
            return False
        if token.dep_ == "conj" and token.head.pos_ not in {"VERB", "AUX", "ADJ"}:
            return False
        if token.pos_ in {"VERB", "AUX"} and token.tag_[0] in "VM":
            bare = token.dep_ == "acl" and token.tag_ == "VBN" and not list(token.children)
            return not bare
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
        """The tokens of each clause, without those of clauses under it."""
        out: dict[int, list[Token]] = {}
        for token in self.doc:
            out.setdefault(self.owner[token.i], []).append(token)
        return out

    @cached_property
    def negations(self) -> dict[int, Negation]:
        """What negates each clause within itself."""
        return {
            head.i: negation_of(self.own.get(head.i, []), head, self.idioms) for head in self.heads
        }

    def in_subject(self, token: Token, head: Token) -> bool:
        """Whether a token stands in the subject of a clause."""
        return any(
            child.dep_ in _SUBJECTS and (child == token or child.is_ancestor(token))
            for child in head.children
        )

    def nominal(self, token: Token) -> bool:
        """A noun, or a word that the tagger took for a verb where a noun stands."""
        if token.i in self.negations:
            return False
        return token.pos_ in {"NOUN", "PROPN", "PRON"} or token.dep_ in {"dobj", "nsubj", "pobj"}

    def clause_of(self, token: Token) -> Token:
        """The head of the clause that a token stands in."""
        return self.doc[self.owner[token.i]]

    def lemma(self, token: Token) -> str:
        """The lemma in lower case."""
        return token.lemma_.lower()

    def has_out(self, verb: Token) -> bool:
        """Whether the verb has the particle "out"."""
        return any(c.lower_ == "out" for c in verb.children)

    def is_complement(self, head: Token) -> bool:
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

    def wh(self, head: Token) -> str | None:
        """The question word that opens a clause, or None."""
        for token in head.subtree:
            if token.i >= head.i:
                break
            asks = token.tag_ in {"WRB", "WP", "WDT"} or (
                token.dep_ == "mark" and token.lower_ in {"whether", "if"}
            )
            if asks and self.owner[token.i] == head.i:
                return token.lower_
        return None

    def predicate_adjective(self, verb: Token) -> Token | None:
        """The adjective that a copula predicates, where the tables know it."""
        for child in verb.children:
            if child.dep_ in {"acomp", "oprd"} and child.lemma_.lower() in ADJECTIVES:
                return child
        return None

    def attribute(self, verb: Token) -> Token | None:
        """The noun that a copula predicates."""
        for child in verb.children:
            if child.dep_ == "attr" and child.pos_ == "NOUN":
                return child
        return None

    def subject(self, verb: Token, depth: int = 0) -> Token | None:
        """The subject, borrowed from the clause above where a clause has none."""
        if verb.tag_ in {"NNS", "NN"} and verb.dep_ == "ROOT" and verb.i > 0:
            return verb.nbor(-1)  # "A fisherman claims", with the verb read as a noun
        for child in verb.children:
            if child.dep_ in {"nsubj", "nsubjpass"}:
                if child.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl":
                    return verb.head
                return child
        parallel = self._parallel(verb)
        if parallel is not None and depth < 5:
            return self.subject(parallel, depth + 1)
        if depth < 5 and verb.dep_ in {"conj", "xcomp", "advcl", "pcomp"} and verb.head != verb:
            walker = self.clause_of(verb.head)
            return self.subject(walker, depth + 1)
        if verb.dep_ in {"acl", "relcl"} and verb.tag_ in {"VBG", "VBN", "VBD"}:
            return verb.head
        return None

    def _parallel(self, verb: Token) -> Token | None:
        """ "…, which prompted X to do this, and prompted Y to do that": one relative clause with
        the same verb twice, of which a parser may hang the second on the main verb."""
        if verb.dep_ != "conj":
            return None
        between = [
            token
            for token in self.doc[verb.head.i + 1 : verb.i]
            if token.dep_ == "relcl" and (token.lemma_, token.tag_) == (verb.lemma_, verb.tag_)
        ]
        return between[-1] if between else None

    def agent(self, verb: Token) -> tuple[int, ...]:
        """The tokens of the by-phrase."""
        for child in verb.children:
            if child.dep_ == "agent":
                for named in child.children:
                    if named.dep_ == "pobj":
                        return self.name_of(named)
        return ()

    def name_of(self, token: Token) -> tuple[int, ...]:
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

    def cue(self, verb: Token) -> tuple[int, ...]:
        """The verb with its auxiliaries."""
        tokens = [verb.i]
        for child in verb.children:
            if (
                child.dep_ in {"aux", "auxpass", "neg", "prt", "advmod"}
                and abs(child.i - verb.i) <= 4
            ):
                tokens.append(child.i)
        return tuple(sorted(tokens))

    def accord(self, token: Token) -> tuple[int, ...]:
        """The tokens of "according to"."""
        nxt = token.i + 1
        if nxt < len(self.doc) and self.doc[nxt].lower_ == "to":
            return (token.i, nxt)
        return (token.i,)

    def is_ours(self, token: Token) -> bool:
        """Whether a noun phrase is the publisher itself."""
        words = " ".join(self.doc[i].text for i in self.name_of(token)).lower()
        return token.lower_ in {"we", "us", "our"} or words in self.ours
