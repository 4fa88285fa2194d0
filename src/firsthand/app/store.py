"""A case opened for one act: with the clock, the actor and the entropy of this run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typer

from firsthand.app.context import actor_name, clock
from firsthand.case import Actor, Case, CaseState, Context, KeyRing, Writer
from firsthand.case.layout import ENCRYPTED

__all__ = ["Desk", "context_for", "is_case", "new_desk", "open_case", "writing"]


@dataclass(frozen=True)
class Desk:
    """A case held for writing, and who holds it."""

    case: Case
    writer: Writer
    context: Context

    @property
    def by(self) -> str:
        """The actor's id."""
        return self.context.actor.id

    def now(self) -> datetime:
        """The run's clock."""
        return self.context.now()


def context_for(state: CaseState | None, actor: str) -> Context:
    """Clock, entropy, and the actor under the id that this case knows them by.

    Ids say nothing of names (`a1`, `a2`, …): they stand in the log's lines.
    """
    name = actor_name(actor)
    known = {} if state is None else {one.name: one for one in state.actors.values()}
    # Counted by lines: in a redacted copy the names are withheld, the ids are taken all the same.
    number = 0 if state is None else sum(e.kind == "actor.introduced" for e in state.events)
    _, time_source = clock()
    return Context(
        now=lambda: clock()[0],
        time_source=time_source,
        actor=known.get(name, Actor(f"a{number + 1}", name)),
        entropy=os.urandom,
    )


def open_case(directory: Path) -> Case:
    """Open a case for reading, encrypted payloads too as far as their keys are here."""
    case = Case.open(directory)
    if (directory / ENCRYPTED).is_dir():
        folder = os.environ.get("FIRSTHAND_KEYS") or Path(typer.get_app_dir("firsthand")) / "keys"
        case.unlock(KeyRing(Path(folder), os.urandom))
    return case


def is_case(directory: Path) -> bool:
    """Whether there is a case in this folder, whole or not."""
    return (directory / "case.json").exists()


def new_desk(directory: Path, title: str, actor: str) -> Case:
    """Make a case."""
    return Case.create(directory, context_for(None, actor), title=title)


@contextmanager
def writing(directory: Path, actor: str) -> Iterator[Desk]:
    """Hold the case for writing; another process that holds it is a clear error."""
    case = open_case(directory)
    context = context_for(case.state(), actor)
    with case.writer(context) as writer:
        yield Desk(case, writer, context)
