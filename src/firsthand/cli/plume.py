"""`firsthand plume`: how high the smoke in a clip stands, or what is missing to say so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from firsthand.cli.options import AsJson, Unsandboxed
from firsthand.cli.out import emit, say, tell

__all__ = ["add_to", "plume"]


def plume(
    clip: Annotated[Path, typer.Argument(metavar="CLIP", help="The footage.")],
    distance_m: Annotated[
        str | None,
        typer.Option("--distance-m", metavar="D[:SD]", help="Camera to the smoke's base, metres."),
    ] = None,
    hfov_deg: Annotated[
        str | None,
        typer.Option(
            "--hfov-deg", metavar="F[:SD]", help="Horizontal field of view, degrees; else EXIF, "
            "else a prior over phone cameras."
        ),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option("--base", metavar="X,Y", help="The smoke's foot, pixels of the first frame."),
    ] = None,
    box: Annotated[
        str | None,
        typer.Option("--box", metavar="X,Y,W,H", help="A box about it, pixels, first frame."),
    ] = None,
    horizon: Annotated[
        str | None,
        typer.Option("--horizon", metavar="X1,Y1,X2,Y2", help="The level horizon, first frame."),
    ] = None,
    reference: Annotated[
        str | None,
        typer.Option(
            "--reference", metavar="X1,Y1,X2,Y2,METRES,DISTANCE",
            help="An upright object of known size at a known distance.",
        ),
    ] = None,
    heading_deg: Annotated[
        str | None,
        typer.Option(
            "--heading-deg", metavar="H[:SD]", help="Where the camera looks, from true north."
        ),
    ] = None,
    wind_from_deg: Annotated[
        str | None,
        typer.Option("--wind-from-deg", metavar="W[:SD]", help="Where the wind comes from."),
    ] = None,
    camera_height_m: Annotated[
        float | None, typer.Option("--camera-height-m", help="Camera above the ground, metres.")
    ] = None,
    claim_m: Annotated[
        str | None,
        typer.Option("--claim-m", metavar="MIN,MAX", help="The height that is claimed, metres."),
    ] = None,
    track: Annotated[
        Path | None,
        typer.Option(
            "--track", metavar="FILE", help="Where the camera was in time (GPX or CSV): ranges "
            "the smoke by itself."
        ),
    ] = None,
    track_start: Annotated[
        str | None,
        typer.Option(
            "--track-start", metavar="INSTANT", help="When the clip starts on the track's clock."
        ),
    ] = None,
    track_sd: Annotated[
        str | None,
        typer.Option(
            "--track-sd", metavar="M[:DEG]", help="How far off the way and the turning between "
            "the clip's ends may be [3:1]."
        ),
    ] = None,
    far: Annotated[
        str | None,
        typer.Option(
            "--far", metavar="X,Y,W,H,METRES", help="Things at least so far away, pixels of the "
            "first frame: they tell how the camera turned."
        ),
    ] = None,
    figures: Annotated[
        Path | None, typer.Option("--figures", metavar="DIR", help="Put the pictures there.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Of the Monte Carlo draws.")] = 1,
    unsandboxed: Unsandboxed = False,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """How high the smoke in a clip stands, with its interval, or what is missing to say so."""
    from firsthand.app.plume import PlumeAsked, measure_plume, write_figures

    asked = PlumeAsked(
        distance_m=distance_m,
        hfov_deg=hfov_deg,
        base=base,
        box=box,
        horizon=horizon,
        reference=reference,
        heading_deg=heading_deg,
        wind_from_deg=wind_from_deg,
        camera_height_m=camera_height_m,
        claim_m=claim_m,
        track_start=track_start,
        track_sd=track_sd,
        far=far,
        seed=seed,
    )
    answer = measure_plume(clip, asked, track=track, unsandboxed=unsandboxed)
    if figures is not None:
        for path in write_figures(answer, figures):
            tell(f"Wrote {path}.")
    if as_json:
        emit(answer.document)
        return
    say(_in_words(answer.document))


def _span(value: dict[str, Any]) -> str:
    middle = "" if value["value"] is None else f"{value['value']:.3g} {value['unit']}, "
    high = "no upper bound" if value["high"] is None else f"{value['high']:.3g} {value['unit']}"
    return f"{middle}95 % interval {value['low']:.3g} to {high}"


def _in_words(document: dict[str, Any]) -> str:
    names = {
        "measured": "Measured.", "lower_bound": "Bounds only.", "cannot_tell": "Cannot tell.",
    }  # fmt: skip
    lines = [names[document["outcome"]], *document["reasons_in_words"]]
    if document["height_m"] is not None:
        lines.append(f"Height above its base: {_span(document['height_m'])}.")
    if document["angular_height_deg"] is not None:
        lines.append(f"Angular height: {_span(document['angular_height_deg'])}.")
    if document["range_by_track_m"] is not None:
        lines.append(f"Distance by the camera's own way: {_span(document['range_by_track_m'])}.")
    if document["rise_m_s"] is not None:
        lines.append(f"Rise of the top: {_span(document['rise_m_s'])}.")
    if document["drift"] is not None:
        speed = document["drift"]["speed_m_s"]
        lines.append(
            f"Drift across the view: {document['drift']['side']}"
            + ("." if speed is None else f", {_span(speed)}.")
        )
    if document["claim"] is not None:
        lines.append(f"Against the claimed height: {document['claim']['verdict']}.")
    if document["needs"] is not None:
        lines.append(document["needs"]["says"])
    if document["rests_on"] is not None:
        lines.append(document["rests_on"])
    return "\n".join(lines)


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(plume)
