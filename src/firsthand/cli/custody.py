"""`firsthand case export | import | hide | encrypt | destroy | hold`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from firsthand.cli.case_seal import Keys, default_keys
from firsthand.cli.options import Actor, AsJson, CaseDir, Unsandboxed
from firsthand.cli.out import emit, say

if TYPE_CHECKING:
    from firsthand.case.redact import Release

__all__ = ["add_to"]

Line = Annotated[int, typer.Argument(metavar="LINE", help="The line, by its number in the log.")]
Why = Annotated[str, typer.Option(help="The reason, kept with the decision; required.")]


def export(
    directory: CaseDir,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A new folder for the bag.")],
    redacted: Annotated[
        bool, typer.Option(help="Leave out whatever nobody let out with `case hide`.")
    ] = False,
    actor: Actor = "",
    unsandboxed: Unsandboxed = False,
    as_json: AsJson = False,
) -> None:
    """Hand the case over as a bag that a stranger checks with `sh verify.sh`."""
    from firsthand.app.custody import export as do
    from firsthand.cli.progress import progress

    with progress() as on:
        done = do(directory, out, redacted=redacted, unsandboxed=unsandboxed, actor=actor, on=on)
    emit(done) if as_json else say(_exported(done))


def import_(
    bag: Annotated[Path, typer.Argument(metavar="BAG", help="An exported bag.")],
    into: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder for the case.")],
    checkpoint: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A checkpoint that you kept elsewhere.")
    ] = None,
    trust: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Keys, fingerprints and roots that you hold."),
    ] = None,
    actor: Actor = "",
    as_json: AsJson = False,
) -> None:
    """Take an exported bag in as a case of your own; it is audited first."""
    from firsthand.app.custody import take_in
    from firsthand.cli.progress import progress

    with progress() as on:
        done = take_in(bag, into, checkpoint=checkpoint, trust=trust, actor=actor, on=on)
    text = (
        f"{done['case']}: {done['lines']} lines, {done['items']} items,"
        f" {done['withheld']} payloads withheld, head {done['head']}"
    )
    emit(done) if as_json else say(text)


def hide(
    directory: CaseDir,
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID]...", help="Items, claims, sources, actors, `case`, `note-0001`."
        ),
    ] = None,
    why: Annotated[str, typer.Option(help="The reason, kept with the decision.")] = "",
    copy: Annotated[
        bool, typer.Option("--copy", help="Of a picture: let one leave that is drawn anew.")
    ] = False,
    public: Annotated[
        bool,
        typer.Option("--public", help="Let it leave as it is, with its names and its hash."),
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="As if nothing had been said of it.")
    ] = False,
    actor: Actor = "",
    as_json: AsJson = False,
) -> None:
    """Say what of a thing may leave in a redacted export; by itself, nothing."""
    from firsthand.app.custody import hide as do

    if copy + public + undo > 1:
        raise typer.BadParameter("give one of --copy, --public and --undo")
    release: Release = "hidden"
    if copy or public or undo:
        release = "copy" if copy else "public" if public else "default"
    done = do(directory, ids or [], release, why=why, actor=actor)
    lines = [f"{name}: {word}" for name, word in sorted(done["releases"].items())]
    emit(done) if as_json else say("\n".join(lines) or "Nothing was let out or hidden so far.")


def encrypt(
    directory: CaseDir, line: Line, keys: Keys = None, actor: Actor = "", as_json: AsJson = False
) -> None:
    """Put the sensitive payload of a line under a key of its own, in your key folder."""
    from firsthand.app.custody import encrypt as do

    done = do(directory, line, keys=keys or default_keys(), actor=actor)
    text = (
        f"The payload {done['payload']} is encrypted; its key is in {done['keys']}.\n"
        "Who loses that key loses the payload. Backups and old copies still hold it readable."
    )
    emit(done) if as_json else say(text)


def destroy(
    directory: CaseDir,
    line: Line,
    why: Why,
    keys: Keys = None,
    actor: Actor = "",
    as_json: AsJson = False,
) -> None:
    """Destroy the key of an encrypted payload, and so the payload; a legal hold blocks it."""
    from firsthand.app.custody import destroy as do

    done = do(directory, line, keys=keys or default_keys(), why=why, actor=actor)
    text = (
        f"The key of {done['payload']} is destroyed; line {done['line']} says so.\n"
        "A backup of the key folder, or of the case from before, may still hold it."
    )
    emit(done) if as_json else say(text)


def hold(
    directory: CaseDir,
    why: Why,
    lift: Annotated[bool, typer.Option("--lift", help="Lift the hold that stands.")] = False,
    actor: Actor = "",
    as_json: AsJson = False,
) -> None:
    """Set a legal hold: while it stands nothing in the case is destroyed."""
    from firsthand.app.custody import hold as do

    done = do(directory, lift=lift, why=why, actor=actor)
    stands = "A legal hold stands." if done["on_hold"] else "No legal hold stands."
    emit(done) if as_json else say(stands if done["new"] else f"{stands} It was so already.")


def _exported(done: dict[str, Any]) -> str:
    kind = f"{len(done['withheld'])} payloads withheld" if done["kind"] == "redacted" else "whole"
    return "\n".join(
        (
            f"{done['path']}: {done['files']} files of the case, {done['size']} bytes, {kind}",
            f"lines   {done['lines']}",
            f"head    {done['head']}",
            f"verify.sh has the SHA-256 {done['verify_sha256']}",
            "Tell these three by another way than the bag: only that shows a bag made anew.",
        )
    )


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(export)
    app.command("import")(import_)
    for command in (hide, encrypt, destroy, hold):
        app.command()(command)
