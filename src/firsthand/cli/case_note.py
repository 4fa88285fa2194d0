"""`firsthand case note`: the verification note, and what is done with it."""

from __future__ import annotations

from typing import Annotated

import typer

from firsthand.cli.options import Actor, AsJson, CaseDir
from firsthand.cli.out import emit, say

__all__ = ["add_to"]


def note(
    directory: CaseDir,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="As a tagged PDF too; needs the extra `pdf`.")
    ] = False,
    actor: Actor = "",
    as_json: AsJson = False,
) -> None:
    """Write the verification note; with nothing new, the one that stands is named again."""
    from firsthand.app.noting import write_note
    from firsthand.cli.case_text import note_text

    done = write_note(directory, pdf=pdf, actor=actor)
    emit(done) if as_json else say(note_text(done))


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(note)
