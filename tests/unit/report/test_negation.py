"""The adversarial suite: what a sentence denies or leaves open never comes out as its contrary.

Each row of `data/negation.tsv` names words and how what they say stands. The claim that says just
that is the shortest one with all the words; a missed claim is counted, an inverted one fails.
"""

import csv
from pathlib import Path

import pytest

from firsthand.report.assertions import Voices, assertions
from firsthand.report.text import Text

ROWS = list(
    csv.DictReader(
        (Path(__file__).parent / "data" / "negation.tsv").open(encoding="utf-8"),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)
FORMS = {"reach": "reached", "leave": "left", "kill": "killed", "destroy": "destroyed"}
MISSED_AT_MOST = 0.02


def said(row):
    """The shortest claim with the row's words, or None."""
    sentence = row["sentence"]
    drafts = assertions(
        Text(sentence, (0,)), 0, len(sentence), Voices(frozenset({"sputnik", "reuters"}))
    )
    words = row["words"].lower().split()
    holding = [
        draft
        for draft in drafts
        if all(
            word in draft.proposition.lower() or FORMS.get(word, "\0") in draft.proposition.lower()
            for word in words
        )
    ]
    return min(holding, key=lambda draft: len(draft.proposition), default=None)


@pytest.fixture(scope="module")
def answers():
    return [(row, said(row)) for row in ROWS]


def test_the_suite_is_large_enough():
    assert len({row["sentence"] for row in ROWS}) >= 300


def test_nothing_is_inverted(answers):
    wrong = [
        (row["sentence"], row["polarity"], draft.polarity)
        for row, draft in answers
        if draft is not None and draft.polarity != row["polarity"]
    ]
    assert wrong == []


def test_hardly_anything_is_missed(answers):
    missed = [row["sentence"] for row, draft in answers if draft is None]
    assert len(missed) <= MISSED_AT_MOST * len(answers), missed


def test_negating_words_are_not_left_in_negated_propositions(answers):
    left = [
        draft.proposition
        for row, draft in answers
        if draft is not None
        and draft.polarity == "negated"
        and {"not", "never", "nobody", "none"} & set(draft.proposition.lower().split())
    ]
    assert left == []
