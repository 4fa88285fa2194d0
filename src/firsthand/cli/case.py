"""`firsthand case …`: the same job step by step."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from firsthand.cli import case_note, custody, edges
from firsthand.cli.case_inventory import inventory
from firsthand.cli.case_lists import incidents
from firsthand.cli.case_seal import seal
from firsthand.cli.options import Actor, AsJson, CaseDir, Unsandboxed
from firsthand.cli.out import emit, say, tell

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="A case: its evidence, its log, its findings.")

Files = Annotated[list[Path] | None, typer.Option(help="May be given more than once.")]
app.command()(seal)
app.command()(incidents)
app.command()(inventory)
app.add_typer(edges.app, name="edge")
case_note.add_to(app)
custody.add_to(app)

KeepUnreadable = Annotated[
    bool, typer.Option(help="Keep files that cannot be read, with the refusal in the log.")
]
Ids = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="One reading; may be given again.")
]


@app.command()
def new(
    directory: CaseDir,
    report: Files = None,
    media: Files = None,
    title: Annotated[str, typer.Option(help="A working title.")] = "",
    keep_unreadable: KeepUnreadable = False,
    actor: Actor = "",
    unsandboxed: Unsandboxed = False,
    as_json: AsJson = False,
) -> None:
    """Open a case, and take reports and footage in."""
    from firsthand.app.intake import new_case
    from firsthand.cli.case_text import taken_text
    from firsthand.cli.progress import progress

    with progress() as on:
        done = new_case(
            directory,
            reports=report or [],
            media=media or [],
            title=title,
            actor=actor,
            unsandboxed=unsandboxed,
            keep_unreadable=keep_unreadable,
            on=on,
        )
    emit(done) if as_json else say(taken_text(done))


@app.command()
def add(
    directory: CaseDir,
    report: Files = None,
    media: Files = None,
    gazetteer: Annotated[
        Path | None, typer.Option(help="A GeoJSON file of places that this case knows.")
    ] = None,
    evidence: Annotated[
        list[Path] | None,
        typer.Option(help="What others recorded: fires, wind, terrain, …; may be given again."),
    ] = None,
    keep_unreadable: KeepUnreadable = False,
    actor: Actor = "",
    unsandboxed: Unsandboxed = False,
    as_json: AsJson = False,
) -> None:
    """Take more reports, footage or a gazetteer of places into a case."""
    from firsthand.app.intake import add_to_case
    from firsthand.cli.case_text import taken_text
    from firsthand.cli.progress import progress

    with progress() as on:
        done = add_to_case(
            directory,
            reports=report or [],
            media=media or [],
            gazetteer=gazetteer,
            evidence=evidence or [],
            actor=actor,
            unsandboxed=unsandboxed,
            keep_unreadable=keep_unreadable,
            on=on,
        )
    emit(done) if as_json else say(taken_text(done))


@app.command()
def accept(
    directory: CaseDir,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="To accept.")] = None,
    reject: Ids = None,
    edit: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID:FIELD=VALUE",
            help="Change proposition, polarity, factuality, earliest, latest or radius_m; may be "
            "given again.",
        ),
    ] = None,
    why: Annotated[str, typer.Option(help="The reason, kept with the decision.")] = "",
    actor: Actor = "",
    as_json: AsJson = False,
) -> None:
    """Accept, edit or reject what was read, one by one: by a key, or by ids in a script."""
    from firsthand.app.reviewing import open_readings, review

    if ids or reject or edit:
        done = review(
            directory, accept=ids or [], reject=reject or [], edit=edit or [], why=why, actor=actor
        )
    elif as_json or not (sys.stdin.isatty() and sys.stderr.isatty()):
        done = open_readings(directory)
    else:
        from firsthand.cli.review import review_by_key

        done = review_by_key(directory, actor=actor)
        say(f"{len(done['open'])} readings open, {len(done['reviewed'])} decided.")
        return
    if as_json:
        emit(done)
        return
    from firsthand.cli.case_text import review_text

    say(review_text(done))


@app.command("set")
def set_(
    directory: CaseDir,
    why: Annotated[str, typer.Option(help="How you know; required.")],
    place: Annotated[
        str | None, typer.Option(metavar="LAT,LON[,ELEV_M]", help="The claimed place, WGS 84.")
    ] = None,
    radius_m: Annotated[
        float | None, typer.Option(help="How far off the place or position may be, in metres.")
    ] = None,
    name: Annotated[str, typer.Option(help="What the place is called.")] = "",
    window: Annotated[
        str | None, typer.Option(metavar="START/END", help="When it was filmed, as ISO instants.")
    ] = None,
    camera: Annotated[
        str | None, typer.Option(metavar="LAT,LON[,ELEV_M]", help="Where the camera stood.")
    ] = None,
    camera_height_m: Annotated[
        str | None, typer.Option(metavar="M:SD", help="Camera above the ground.")
    ] = None,
    heading_deg: Annotated[
        str | None, typer.Option(metavar="H:SD", help="Where it looked, from true north.")
    ] = None,
    hfov_deg: Annotated[
        str | None, typer.Option(metavar="F:SD", help="Horizontal field of view.")
    ] = None,
    distance_m: Annotated[
        str | None, typer.Option(metavar="D:SD", help="Camera to what it shows.")
    ] = None,
    wind_from_deg: Annotated[
        str | None, typer.Option(metavar="W:SD", help="Where the wind came from.")
    ] = None,
    shadow_azimuth_deg: Annotated[
        str | None, typer.Option(metavar="A:SD", help="Where shadows point, from true north.")
    ] = None,
    sun_elevation_deg: Annotated[
        str | None, typer.Option(metavar="E:SD", help="The sun's height by its shadows.")
    ] = None,
    top_height_m: Annotated[
        str | None, typer.Option(metavar="H:SD", help="The thing's top above its ground.")
    ] = None,
    drift_angle_deg: Annotated[
        str | None,
        typer.Option(
            metavar="D:SD", help="Where the smoke drifts: 0 away, 90 right, 180 toward the camera."
        ),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(metavar="X,Y", help="Mark the smoke's foot, pixels of the first frame."),
    ] = None,
    box: Annotated[
        str | None, typer.Option(metavar="X,Y,W,H", help="Mark the smoke, pixels, first frame.")
    ] = None,
    horizon: Annotated[
        str | None,
        typer.Option(metavar="X1,Y1,X2,Y2", help="Mark the level horizon, first frame."),
    ] = None,
    reference: Annotated[
        str | None,
        typer.Option(
            metavar="X1,Y1,X2,Y2,METRES,DISTANCE",
            help="An upright object of known size at a known distance.",
        ),
    ] = None,
    light: Annotated[
        str | None, typer.Option(metavar="SEEN", help="day, twilight, night or cannot_tell.")
    ] = None,
    seen: Annotated[
        str | None, typer.Option(metavar="WORDS", help="What is to be seen, in your own words.")
    ] = None,
    scope: Annotated[
        str, typer.Option(metavar="ITEM", help="The footage it holds for, or the whole case.")
    ] = "case",
    actor: Actor = "",
    as_json: AsJson = False,
) -> None:
    """Add what the report does not say: each fact with who and why."""
    from firsthand.app.setting import Asked, set_in_case
    from firsthand.cli.case_text import setting_text

    asked = Asked(
        place=place,
        radius_m=radius_m,
        name=name,
        window=window,
        camera=camera,
        camera_height_m=camera_height_m,
        heading_deg=heading_deg,
        hfov_deg=hfov_deg,
        distance_m=distance_m,
        wind_from_deg=wind_from_deg,
        shadow_azimuth_deg=shadow_azimuth_deg,
        sun_elevation_deg=sun_elevation_deg,
        top_height_m=top_height_m,
        drift_angle_deg=drift_angle_deg,
        base=base,
        box=box,
        horizon=horizon,
        reference=reference,
        light=light,
        seen=seen,
    )
    done = set_in_case(directory, asked, why=why, scope=scope, actor=actor)
    emit(done) if as_json else say(setting_text(done))


@app.command()
def check(
    directory: CaseDir,
    only: Annotated[list[str] | None, typer.Option(metavar="CHECK", help="Just these.")] = None,
    archive: Annotated[
        Path | None,
        typer.Option(metavar="ARCHIVE", help="First look the footage up in this archive."),
    ] = None,
    actor: Actor = "",
    unsandboxed: Unsandboxed = False,
    as_json: AsJson = False,
) -> None:
    """Test the claims. A check whose inputs have not changed is not run again."""
    from firsthand.app.at_places import read_at_places
    from firsthand.app.checking import check_case
    from firsthand.app.plume_case import measure_smoke
    from firsthand.cli.case_text import findings_text
    from firsthand.cli.progress import progress

    with progress() as on:
        if archive is not None:
            from firsthand.app.archive_search import search_case

            search_case(directory, archive, actor=actor, unsandboxed=unsandboxed, on=on)
        left_out: list[str] = []
        if not only or {"sightline", "wind"} & set(only):
            read = read_at_places(directory, actor=actor, unsandboxed=unsandboxed, on=on)
            left_out = read["warnings"]
        if not only or "plume" in only:
            measure_smoke(directory, actor=actor, unsandboxed=unsandboxed, on=on)
        done = check_case(directory, only=only or [], actor=actor, on=on)
    done["warnings"] = [*left_out, *done["warnings"]]
    for warning in done["warnings"]:
        tell(f"note: {warning}")
    emit(done) if as_json else say(findings_text(done))


@app.command()
def weigh(
    directory: CaseDir,
    without: Annotated[
        list[str] | None, typer.Option(metavar="CHECK", help="What it comes to without these.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What the findings come to, for each proposition and shot."""
    from firsthand.app.weighing import weigh_case
    from firsthand.cli.case_text import weighing_text

    done = weigh_case(directory, without=without or [])
    emit(done) if as_json else say(weighing_text(done))


@app.command()
def show(
    directory: CaseDir,
    thing: Annotated[str, typer.Argument(metavar="[ID]", help="One item, claim, …")] = "",
    as_json: AsJson = False,
) -> None:
    """What is in the case."""
    from firsthand.app.showing import show_case
    from firsthand.cli.case_text import case_text

    done = show_case(directory, thing)
    emit(done) if as_json else say(case_text(done))


@app.command()
def audit(
    directory: CaseDir,
    checkpoint: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A checkpoint that you kept elsewhere.")
    ] = None,
    trust: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Keys, fingerprints and roots that you hold."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Prove a case or an exported bag whole, or name each changed, missing or added byte."""
    from firsthand.app.auditing import audit_case
    from firsthand.cli.case_text import audit_text

    done = audit_case(directory, checkpoint=checkpoint, trust=trust)
    emit(done) if as_json else say(audit_text(done))
    if not done["ok"]:
        tell("firsthand: the audit found problems; keep this folder as it is and work on a copy.")
        raise typer.Exit(1)
