"""How a proposition stands: its sign, how sure, and through whom."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Clause", "State", "Step"]


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
