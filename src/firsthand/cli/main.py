"""`firsthand`: the command line, drawn as one tree.

Nothing of weight is imported here: `firsthand --help` must come at once.
"""

from __future__ import annotations

import signal
import sys
from typing import Annotated

import typer

from firsthand import __version__
from firsthand.cli import archive, case, fetch, plume, reading, where
from firsthand.cli.out import guard

__all__ = ["app", "run"]

app = typer.Typer(
    name="firsthand",
    help="A verification desk for eyewitness footage.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"firsthand {__version__}\n")
        raise typer.Exit


@app.callback()
def top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version.")
    ] = False,
) -> None:
    """A verification desk for eyewitness footage: claims in, auditable verification note out."""


reading.add_to(app)
where.add_to(app)
plume.add_to(app)
fetch.add_to(app)
app.add_typer(case.app, name="case")
app.add_typer(archive.app, name="archive")


def _terminated(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def run() -> None:
    """The console entry point."""
    signal.signal(signal.SIGTERM, _terminated)
    as_json = "--json" in sys.argv
    sys.exit(guard(lambda: app(standalone_mode=True), as_json=as_json))
