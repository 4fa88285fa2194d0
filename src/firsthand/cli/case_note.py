"""`firsthand case note`: the verification note, and what is done with it."""

from __future__ import annotations

from typing import Annotated

import typer

from firsthand.cli.options import Actor, AsJson, CaseDir
from firsthand.cli.out import emit, say, visible

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


def sign_off(
    directory: CaseDir,
    number: Annotated[int, typer.Argument(metavar="NOTE", help="The note, by its number.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who signs, a second person; required.")],
    why: Annotated[str, typer.Option(help="What was checked, kept with the sign-off.")] = "",
    publish: Annotated[
        str,
        typer.Option(
            metavar="URL", help="Sign it off for publication, to be read at this address."
        ),
    ] = "",
    desk: Annotated[
        str, typer.Option(metavar="NAME", help="Who publishes it; goes with --publish.")
    ] = "",
    pdf: Annotated[bool, typer.Option("--pdf", help="The signed edition as a PDF too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Sign a note off: somebody who neither wrote it nor made a finding in it."""
    from firsthand.app.signing import sign_off as do

    done = do(directory, number, by=by, why=why, publish=publish, desk_name=desk, pdf=pdf)
    text = f"note {done['note']} is signed off; open\n{visible(done['path'], one_line=True)}"
    emit(done) if as_json else say(text)


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(note)
    app.command("sign-off")(sign_off)
