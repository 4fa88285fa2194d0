"""Clauses of a sentence: each predicate with its polarity, its holders and its hedges.

A clause stands under others: "the office denied that the base was hit". What the governing words
do to it is in `signatures`; what negates it within itself in `negation`. The polarity is that of
the proposition as its innermost holder puts it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from firsthand.report.negation import NEGATIVE
from firsthand.report.objects import denied_or_vouched, open_subject
from firsthand.report.signatures import BELIEF, NOUNS, SPEECH, VERBS
from firsthand.report.stance import Clause, Step
from firsthand.report.wording import Wording

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Clause", "Step", "clauses_of"]

_COMPLEMENTS = frozenset({"ccomp", "xcomp", "csubj", "csubjpass"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


def _reports_a_claim(head: Token) -> bool:
    """`denied reports that ...`, `there is no evidence that ...`: the clause below is the claim."""
    return any(
        child.dep_ in {"dobj", "attr"}
        and child.lemma_.lower() in NOUNS
        and any(c.dep_ in {"acl", "relcl", "ccomp"} for c in child.children)
        for child in head.children
    )


def clauses_of(doc: Doc, ours: frozenset[str] = frozenset()) -> list[Clause]:
    """Clauses of a parsed sentence in order of their predicates.

    `ours` are lower-case names of the publisher, whose own words add no holder. A clause whose
    polarity cannot be told with confidence (a contrast, a negation that belongs to nothing that
    was read) is left out: a missed claim is better than an inverted one.
    """
    reader = Wording(doc, ours)
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
        of_object = denied_or_vouched(reader, head, state) or open_subject(reader, head, state)
        if of_object is not None:
            out.append(of_object)
            continue
        kind = head.dep_ if head.dep_ != "conj" else reader.doc[reader.owner[head.head.i]].dep_
        lemma = head.lemma_.lower()
        speaks = lemma in SPEECH | BELIEF or reader.predicate_adjective(head) is not None
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
                or reader.about_a_claim(head)
                or _reports_a_claim(head),
                question=question and head.dep_ in {"ROOT", "conj"},
                finite=any(c.dep_ in _SUBJECTS for c in head.children),
            )
        )
    return out
