"""Where and when: sun, wind, satellites, terrain against a claim; no case needed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from firsthand.cli.options import AsJson, Unsandboxed
from firsthand.cli.out import emit, say, tell

__all__ = ["add_to"]

At = Annotated[str, typer.Option("--at", metavar="LAT,LON[,ELEV_M]", help="Where, WGS 84.")]
From = Annotated[str, typer.Option("--from", metavar="ISO", help="From when, with a zone or Z.")]
To = Annotated[str, typer.Option("--to", metavar="ISO", help="Until when, with a zone or Z.")]


Points = Annotated[list[str] | None, typer.Option(metavar="X,Y", help="May be given again.")]


def sun(
    at: Annotated[
        str | None, typer.Option("--at", metavar="LAT,LON[,ELEV_M]", help="Where, WGS 84.")
    ] = None,
    time: Annotated[
        str | None, typer.Option("--time", metavar="ISO", help="When, with a zone or Z.")
    ] = None,
    radius_m: Annotated[float, typer.Option(help="How far off the place may be.")] = 1000.0,
    slack_min: Annotated[float, typer.Option(help="How far off the time may be, minutes.")] = 0.0,
    date: Annotated[
        str | None, typer.Option(metavar="DAY", help="Give the clock spans of that day.")
    ] = None,
    shadow_azimuth_deg: Annotated[
        str | None, typer.Option(metavar="A:SD", help="Where shadows point, from true north.")
    ] = None,
    elevation_deg: Annotated[
        str | None, typer.Option(metavar="E:SD", help="The sun's height as measured.")
    ] = None,
    ratio: Annotated[
        str | None, typer.Option(metavar="R:SD", help="A shadow's length over its object's height.")
    ] = None,
    slope_deg: Annotated[
        str | None,
        typer.Option(
            metavar="S:SD", help="How the ground rises from foot to shadow tip; goes with --ratio."
        ),
    ] = None,
    size: Annotated[str | None, typer.Option(metavar="W,H", help="The picture, pixels.")] = None,
    base: Points = None,
    top: Points = None,
    tip: Points = None,
    hfov_deg: Annotated[
        str | None, typer.Option(metavar="F:SD", help="Horizontal field of view.")
    ] = None,
    pitch_deg: Annotated[
        str | None, typer.Option(metavar="P:SD", help="The camera's tilt, up positive.")
    ] = None,
    roll_deg: Annotated[
        str | None, typer.Option(metavar="R:SD", help="Positive lifts the camera's right side.")
    ] = None,
    horizon: Annotated[
        str | None, typer.Option(metavar="X1,Y1,X2,Y2", help="Two points on the horizon.")
    ] = None,
    click_sd_px: Annotated[float, typer.Option(help="How sure each point is, pixels.")] = 2.0,
    heading_deg: Annotated[
        str | None, typer.Option(metavar="H:SD", help="Where the camera looked.")
    ] = None,
    clock: Annotated[
        str | None, typer.Option(metavar="ISO", help="Map by a clock whose zone is not known.")
    ] = None,
    also: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ISO=E:SD", help="Another sun measured at the same place, mapped too."
        ),
    ] = None,
    land: Annotated[
        bool, typer.Option("--land", help="Map land alone, with the sea 22 km off it.")
    ] = False,
    zone: Annotated[
        str | None,
        typer.Option(metavar="ZONE", help="Map only where clocks ran so: Asia/Baghdad, +03:00."),
    ] = None,
    step_deg: Annotated[float, typer.Option(help="The map's grid.")] = 0.1,
    map_file: Annotated[
        list[Path] | None,
        typer.Option("--map", metavar="FILE", help="Write the region: .geojson, .png or .svg."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Where the sun stands; or a sun measured in a picture, tested and mapped."""
    from firsthand.app.sun import AskedSun, measured_sun
    from firsthand.cli.where_text import sun_text

    answer = measured_sun(
        AskedSun(
            at=at,
            time=time,
            radius_m=radius_m,
            slack_min=slack_min,
            date=date,
            shadow_azimuth=shadow_azimuth_deg,
            elevation=elevation_deg,
            ratio=ratio,
            heading=heading_deg,
            size=size,
            base=base or [],
            top=top or [],
            tip=tip or [],
            hfov=hfov_deg,
            pitch=pitch_deg,
            roll=roll_deg,
            horizon=horizon,
            click_sd_px=click_sd_px,
            clock=clock,
            step_deg=step_deg,
            maps=map_file or [],
            also=also or [],
            slope=slope_deg,
            land=land,
            zone=zone,
        )
    )
    emit(answer) if as_json else say(sun_text(answer))


def wind(
    at: At,
    time: Annotated[str, typer.Option("--time", metavar="ISO", help="When, with a zone or Z.")],
    weather: Annotated[
        list[Path],
        typer.Option(help="METAR lines, Open-Meteo JSON, GRIB or NetCDF; may be given again."),
    ],
    heading_deg: Annotated[
        str | None, typer.Option(metavar="H:SD", help="Where the camera looked.")
    ] = None,
    drift: Annotated[
        str | None,
        typer.Option(
            metavar="D:SD", help="away, right, toward, left, or degrees clockwise from away."
        ),
    ] = None,
    plume_m: Annotated[
        str | None, typer.Option(metavar="LOW,HIGH", help="Heights at which the smoke drifts.")
    ] = None,
    slack_min: Annotated[float, typer.Option(help="How far off the time may be.")] = 30.0,
    unsandboxed: Unsandboxed = False,
    as_json: AsJson = False,
) -> None:
    """Whether smoke drifts as the wind of that time would have it."""
    from firsthand.app.wind import AskedWind, wind_against
    from firsthand.cli.where_text import wind_text

    asked = AskedWind(at, time, weather, heading_deg, drift, plume_m, slack_min)
    answer = wind_against(asked, unsandboxed=unsandboxed)
    emit(answer) if as_json else say(wind_text(answer))


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


def sightline(
    camera: Annotated[
        str | None, typer.Option(metavar="LAT,LON", help="Where the camera stood.")
    ] = None,
    target: Annotated[
        str | None, typer.Option(metavar="LAT,LON", help="Where what it shows is said to be.")
    ] = None,
    distance_m: Annotated[
        float | None, typer.Option(help="In place of both ends: how far apart they are.")
    ] = None,
    eye_m: Annotated[float, typer.Option(help="The camera above its ground, metres.")] = 1.6,
    top_m: Annotated[
        str | None, typer.Option(metavar="H[:SD]", help="The thing's top above its ground.")
    ] = None,
    dem: Annotated[Path | None, typer.Option(help="An elevation model, GeoTIFF.")] = None,
    k: Annotated[float, typer.Option("-k", "--k", help="Refraction coefficient.")] = 0.13,
    visibility_km: Annotated[
        float | None, typer.Option(help="Reported visibility: what contrast is left.")
    ] = None,
    svg: Annotated[Path | None, typer.Option(help="Write the profile as a picture.")] = None,
    unsandboxed: Unsandboxed = False,
    as_json: AsJson = False,
) -> None:
    """Whether the top of something is in sight, over terrain or over a smooth earth."""
    from firsthand.app.sightline import AskedSight, line_of_sight

    asked = AskedSight(camera, target, distance_m, eye_m, top_m, dem, k, visibility_km, svg)
    answer = line_of_sight(asked, unsandboxed=unsandboxed)
    if as_json:
        emit(answer)
        return
    hidden = answer["hidden_height_m"]
    words = {"visible": "In sight", "hidden": "Hidden", "cannot_tell": "Cannot tell"}
    say(
        f"{words[answer['seen']]}: at {answer['distance_m'] / 1000:g} km the lowest "
        f"{hidden['value']:.1f} m ({hidden['low']:.1f} to {hidden['high']:.1f}) are hidden; "
        f"{answer['basis']['kind']}."
    )
    if answer["contrast_left"] is not None:
        say(f"Of a dark thing's contrast {100 * answer['contrast_left']:.1f} % is left.")
    for limit in answer["limits"]:
        tell(limit)


def fires(
    at: At,
    start: From,
    end: To,
    firms: Annotated[list[Path], typer.Option("--firms", help="A FIRMS CSV; may be given again.")],
    radius_m: Annotated[float, typer.Option(help="How far off the fire may be, metres.")] = 1000.0,
    tle: Annotated[
        Path | None, typer.Option("--tle", help="Element sets: without them absence is nothing.")
    ] = None,
    covers: Annotated[
        str | None, typer.Option(metavar="DAY/DAY", help="For which days the files were asked.")
    ] = None,
    area_m2: Annotated[
        str | None, typer.Option(metavar="LOW,HIGH", help="Burning area that the claim implies.")
    ] = None,
    lasts_h: Annotated[
        str | None, typer.Option(metavar="LOW,HIGH", help="Hours that it burned.")
    ] = None,
    cloud: Annotated[
        str | None, typer.Option(metavar="LOW,HIGH", help="Chance of cloud, 0 to 1.")
    ] = None,
    svg: Annotated[Path | None, typer.Option(help="Write the timeline as a picture.")] = None,
    as_json: AsJson = False,
) -> None:
    """Whether satellites saw a fire there then, or could have; against what is usual there."""
    from firsthand.app.fires import AskedFires, fires_at

    asked = AskedFires(at, radius_m, start, end, firms, tle, covers, area_m2, lasts_h, cloud, svg)
    answer = fires_at(asked)
    if as_json:
        emit(answer)
        return
    from firsthand.cli.where_text import fires_text

    say(fires_text(answer))


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(sun)
    app.command()(wind)
    app.command()(passes)
    app.command()(sightline)
    app.command()(fires)
