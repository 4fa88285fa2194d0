"""Commands that start from files: the whole job at once, a report's claims, a file's provenance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from firsthand.cli.options import Actor, AsJson, Unsandboxed
from firsthand.cli.out import emit, say, tell

__all__ = ["add_to"]


def examine(
    report: Annotated[Path, typer.Argument(help="The report, as text or HTML.")],
    media: Annotated[list[Path], typer.Argument(help="The footage: clips and stills.")],
    case: Annotated[Path, typer.Option("--case", metavar="DIR", help="Where the case is kept.")],
    actor: Actor = "",
    unsandboxed: Unsandboxed = False,
    as_json: AsJson = False,
) -> None:
    """Take in, seal, read the claims, check, weigh and write the note, in one go."""
    from firsthand.app.examining import examine as do
    from firsthand.cli.case_text import note_text
    from firsthand.cli.progress import progress

    with progress() as on:
        done = do(report, media, case, actor=actor, unsandboxed=unsandboxed, on=on)
    for warning in done["warnings"]:
        tell(f"note: {warning}")
    if as_json:
        emit(done)
        return
    say(note_text(done))


def demo(
    case: Annotated[Path, typer.Option("--case", metavar="DIR", help="Where to leave it.")] = Path(
        "demo"
    ),
    as_json: AsJson = False,
) -> None:
    """The shipped example from start to note; the clip is synthetic and says so."""
    from firsthand.app.demo import demo as do
    from firsthand.cli.case_text import note_text
    from firsthand.cli.progress import progress

    with progress() as on:
        done = do(case, on=on)
    if as_json:
        emit(done)
        return
    say(note_text(done))


def report(
    files: Annotated[list[Path], typer.Argument(help="Reports, as text or HTML.")],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Write the chronology there as picture and table, and the hedges as a table.",
        ),
    ] = None,
    unsandboxed: Unsandboxed = False,
    as_json: AsJson = False,
) -> None:
    """A report's claims: what, where, when, who says so, with which hedge. Nothing is kept.

    Of several reports: who had it from whom, which are one text, and how the hedges of a claim
    change from copy to copy.
    """
    from firsthand.app.reading import read_files
    from firsthand.cli.report_text import report_text

    document = read_files(files, unsandboxed=unsandboxed, out=out)
    for warning in document["warnings"]:
        tell(f"note: {warning}")
    if as_json:
        emit(document)
        return
    say(report_text(document))


def inspect(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Clips, stills, or folders of them.")
    ],
    trust: Annotated[
        Path | None,
        typer.Option(
            metavar="PEM",
            envvar="FIRSTHAND_TRUST",
            help="Root certificates whose signers you trust; without them nobody is trusted.",
        ),
    ] = None,
    trust_purposes: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The purposes a signer's key may have.")
    ] = None,
    pictures: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Of one clip: write the frames before and after each seam to a new folder.",
        ),
    ] = None,
    unsandboxed: Unsandboxed = False,
    as_json: AsJson = False,
) -> None:
    """What a file says of itself: metadata, signatures, structure, continuity. Nothing is kept.

    Ends with 1 where a file carries Content Credentials that do not hold.
    """
    from firsthand.app.inspecting import inspect_many, inspect_one
    from firsthand.cli.inspect_text import inspect_text, many_text
    from firsthand.cli.progress import progress

    if len(files) == 1 and not files[0].is_dir():
        one = inspect_one(
            files[0],
            roots=trust,
            purposes=trust_purposes,
            pictures=pictures,
            unsandboxed=unsandboxed,
        )
        emit(one) if as_json else say(inspect_text(one))
        found = [one]
    elif pictures is not None:
        raise typer.BadParameter("Pictures are written of one clip at a time.")
    else:
        with progress() as on:
            many = inspect_many(
                files, roots=trust, purposes=trust_purposes, unsandboxed=unsandboxed, on=on
            )
        emit(many) if as_json else say(many_text(many))
        found = many["inspections"]
    if any(one["c2pa"]["state"] == "invalid" for one in found):
        tell("firsthand: Content Credentials do not hold.")
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Register them."""
    app.command()(examine)
    app.command()(report)
    app.command()(inspect)
    app.command()(demo)
