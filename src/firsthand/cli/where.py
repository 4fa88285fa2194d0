"""Where and when: sun, wind, satellites, terrain against a claim; no case needed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from firsthand.cli.options import AsJson
from firsthand.cli.out import emit, say, tell

__all__ = ["add_to"]

At = Annotated[str, typer.Option("--at", metavar="LAT,LON[,ELEV_M]", help="Where, WGS 84.")]
From = Annotated[str, typer.Option("--from", metavar="ISO", help="From when, with a zone or Z.")]
To = Annotated[str, typer.Option("--to", metavar="ISO", help="Until when, with a zone or Z.")]


def passes(
    at: At,
    start: From,
    end: To,
    tle: Annotated[Path, typer.Option("--tle", help="A file of two-line element sets.")],
    as_json: AsJson = False,
) -> None:
    """Which fire and imaging satellites passed over a place, and when none did."""
    from firsthand.app.passes import find_passes

    answer = find_passes(at, start, end, tle)
    if as_json:
        emit(answer)
        return
    for one in answer["passes"]:
        held = {"inside": "in the swath", "edge": "at the swath's edge", "outside": "not swept"}
        say(
            f"{one['t_max']}  {one['satellite']:<12} up to {one['max_elevation_deg']:.0f} deg, "
            f"{held[one['swath']]} (+- {one['t_error_s']} s; local solar time {one['local_time']})"
        )
    for gap in answer["gaps"]:
        say(f"No sweep from {gap['from']} to {gap['to']} ({gap['hours']:g} h).")
    if answer["unknown"]:
        tell(f"Not known, for want of usable elements: {', '.join(answer['unknown'])}.")
    for one in answer["rejected"]:
        tell(f"Refused {one['name']}: {one['why']}.")


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(passes)
