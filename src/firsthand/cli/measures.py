"""One measurement each, no case needed."""

from __future__ import annotations

from typing import Annotated

import typer

from firsthand.cli.options import AsJson
from firsthand.cli.out import emit, say

__all__ = ["add_to"]


def sun(
    at: Annotated[str, typer.Option("--at", metavar="LAT,LON[,ELEV_M]", help="Where, WGS 84.")],
    time: Annotated[str, typer.Option("--time", metavar="ISO", help="When, with a zone or Z.")],
    as_json: AsJson = False,
) -> None:
    """Where the sun stands: azimuth and elevation at a place and time."""
    from firsthand.app.measuring import sun_at

    answer = sun_at(at, time)
    if as_json:
        emit(answer)
        return
    say(
        f"{answer['time']} at {answer['latitude_deg']:g}, {answer['longitude_deg']:g}: "
        f"azimuth {answer['azimuth_deg']:.3f} deg (clockwise from true north), "
        f"elevation {answer['elevation_deg']:.3f} deg true, "
        f"{answer['apparent_elevation_deg']:.3f} deg with refraction"
        f" (+- {answer['accuracy_deg']:g} deg)."
    )


def add_to(app: typer.Typer) -> None:
    """Register the measurements."""
    app.command()(sun)
