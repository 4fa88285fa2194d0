"""`firsthand case note`: the verification note, and what is done with it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from firsthand.cli.options import Actor, AsJson, CaseDir
from firsthand.cli.out import emit, say, tell, visible

__all__ = ["add_to"]


def note(
    directory: CaseDir,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="As a tagged PDF too; needs the extra `pdf`.")
    ] = False,
    language: Annotated[
        str, typer.Option(metavar="CODE", help="In which language: en, or ar beside it.")
    ] = "en",
    actor: Actor = "",
    as_json: AsJson = False,
) -> None:
    """Write the verification note; with nothing new, the one that stands is named again."""
    from firsthand.app.noting import write_note
    from firsthand.cli.case_text import note_text

    done = write_note(directory, language=language, pdf=pdf, actor=actor)
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


def reproduce(
    note_json: Annotated[Path, typer.Argument(metavar="NOTE.json", help="A note's data.")],
    directory: Annotated[Path, typer.Argument(metavar="CASE", help="The case that it is of.")],
    as_json: AsJson = False,
) -> None:
    """Run every check of a note again with the inputs it had, and name each difference."""
    from firsthand.app.reproducing import reproduce as do
    from firsthand.cli.case_text import reproduced_text
    from firsthand.cli.progress import progress

    with progress() as on:
        done = do(note_json, directory, on=on)
    emit(done) if as_json else say(reproduced_text(done))
    if not done["reproduced"]:
        tell("firsthand: the note does not come out as it was written; each difference is named.")
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(note)
    app.command("sign-off")(sign_off)
    app.command()(reproduce)
