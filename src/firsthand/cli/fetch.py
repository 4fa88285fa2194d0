"""Fetching evidence from a service: a preview unless told to send."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from firsthand.cli.options import AsJson
from firsthand.cli.out import emit, say, tell

__all__ = ["add_to"]


def fetch(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="fires, wind or elements.")],
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, UTC.")],
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="The last day, UTC.")],
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="LAT,LON", help="Where; rounded to 11 km before it leaves."),
    ] = None,
    product: Annotated[str, typer.Option(help="Which of FIRMS' products.")] = "VIIRS_NOAA20_SP",
    satellite: Annotated[
        str | None, typer.Option(help="For elements: one satellite; else all that see fires.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Where the answer goes.")] = None,
    send: Annotated[
        bool, typer.Option("--send", help="Do send it; without this nothing leaves.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show what a service would be asked for fires, wind or orbits; with --send, ask it."""
    from firsthand.app.fetching import AskedFetch, fetch

    answer = fetch(AskedFetch(source, first, last, at, product, satellite, out, send))
    if as_json:
        emit(answer)
        return
    if answer["sent"]:
        for name in answer["files"]:
            say(f"Written: {name}")
        return
    say("\n\n".join(answer["would_send"]))
    tell(f"Nothing was sent. With --send this goes to {answer['source']}.")
    if answer["keys"]:
        tell(f"The key is read from {' and '.join(answer['keys'])}.")


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(fetch)
