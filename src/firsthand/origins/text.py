"""Texts that are one text: shared rare five-word runs, and mistakes that two texts share.

Containment (Broder 1997, doi:10.1109/SEQUEN.1997.666900) is the share of one text's runs that
the other has too. A shortened copy has containment near 1 in the whole while the Jaccard index
of the two is small; so containment decides, in the direction of the shorter text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from firsthand.records import Edge, EdtfDate, Part, say

__all__ = ["SharedText", "same_text_edges", "shared_mistakes", "shared_text"]

RUN = 5
MIN_RUNS = 4
MIN_CONTAINMENT = 0.2
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_COMMON_WORDS = (
    "the of and to in a is that for was on with as at by from it has were are said not an he "
    "be this who have its which their had been after no his but they or will would she her we "
    "i you there when than more about into over out up also one two "
)
_COMMON = frozenset(_COMMON_WORDS.split())


class SharedText(Part):
    """Two texts and what they have in common. `runs` are examples, in the order of the first."""

    first: str
    second: str
    first_in_second: float
    second_in_first: float
    jaccard: float
    shared: int
    runs: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()

    @property
    def containment(self) -> float:
        """The larger of the two: how far one text lies within the other."""
        return max(self.first_in_second, self.second_in_first)


def _runs(text: str) -> list[tuple[str, ...]]:
    """Five-word runs with at least two words that are not the smallest of the language."""
    tokens = [token.lower() for token in _WORD.findall(text)]
    found = [tuple(tokens[i : i + RUN]) for i in range(len(tokens) - RUN + 1)]
    return [run for run in found if sum(token not in _COMMON for token in run) >= 2]


def shared_text(texts: Mapping[str, str]) -> tuple[SharedText, ...]:
    """Every pair of texts that share rare runs, in the order given.

    A run is rare when at most half of the texts have it (any number of texts up to three): what
    everybody writes says nothing about who copied from whom.
    """
    runs = {name: list(dict.fromkeys(_runs(text))) for name, text in texts.items()}
    spread = Counter(run for found in runs.values() for run in found)
    limit = max(2, len(texts) // 2) if len(texts) > 3 else len(texts)
    rare = {name: [run for run in found if spread[run] <= limit] for name, found in runs.items()}
    names = list(texts)
    out: list[SharedText] = []
    for index, first in enumerate(names):
        for second in names[index + 1 :]:
            mine, theirs = rare[first], set(rare[second])
            common = [run for run in mine if run in theirs]
            if not common:
                continue
            union = len(set(mine) | theirs)
            out.append(
                SharedText(
                    first=first,
                    second=second,
                    first_in_second=round(len(common) / len(mine), 4),
                    second_in_first=round(len(common) / len(theirs), 4),
                    jaccard=round(len(common) / union, 4),
                    shared=len(common),
                    runs=tuple(" ".join(run) for run in common[:3]),
                    mistakes=shared_mistakes(texts, first, second),
                )
            )
    return tuple(out)


def shared_mistakes(texts: Mapping[str, str], first: str, second: str) -> tuple[str, ...]:
    """Spellings that two texts alone have, where the others spell the word otherwise.

    Two who independently misspell one name the same way are rarer than one who copies.
    """
    words = {name: set(_WORD.findall(text)) for name, text in texts.items()}
    others = [found for name, found in words.items() if name not in {first, second}]
    if not others:
        return ()
    elsewhere = set().union(*others)
    ours = (words[first] & words[second]) - elsewhere
    rest = elsewhere - words[first] - words[second]
    return tuple(
        sorted(
            word
            for word in ours
            if len(word) > 4 and any(_near(word, other) for other in rest if len(other) > 4)
        )
    )


def _near(one: str, other: str) -> bool:
    """One letter added, lost, changed, or two neighbours swapped."""
    if one == other or abs(len(one) - len(other)) > 1 or one.lower() == other.lower():
        return False
    if one.rstrip("s") == other.rstrip("s"):
        return False
    if len(one) == len(other):
        wrong = [i for i in range(len(one)) if one[i] != other[i]]
        if len(wrong) == 1:
            return True
        return (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and (one[wrong[0]] == other[wrong[1]] and one[wrong[1]] == other[wrong[0]])
        )
    long, short = (one, other) if len(one) > len(other) else (other, one)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def same_text_edges(
    texts: Mapping[str, str], published: Mapping[str, EdtfDate | None]
) -> tuple[Edge, ...]:
    """Inferred edges of the claim's lineage between texts that are largely one.

    Keys are source ids. The earlier publication comes first; without two different dates the
    order given stands, and the relation says that it holds both ways.
    """
    out: list[Edge] = []
    for pair in shared_text(texts):
        if not pair.mistakes and (pair.shared < MIN_RUNS or pair.containment < MIN_CONTAINMENT):
            continue
        first, second = pair.first, pair.second
        dates = published.get(first), published.get(second)
        if dates[0] and dates[1] and dates[1] < dates[0]:
            first, second = second, first
        why = say(
            "The texts share {shared} rare five-word runs; {share} of the shorter one's are in the "
            "other. For example: {example}. Shared misspellings: {mistakes}.",
            shared=str(pair.shared),
            share=f"{pair.containment:.0%}",
            example="; ".join(pair.runs),
            mistakes=", ".join(pair.mistakes) or "none",
        )
        out.append(
            Edge(
                id=f"t{len(out) + 1}",
                lineage="claim",
                earlier=first,
                later=second,
                relation="same_text",
                basis="inferred",
                why=why,
            )
        )
    return tuple(out)
