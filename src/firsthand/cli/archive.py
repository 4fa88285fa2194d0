"""`firsthand archive …`: is there an earlier copy?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from firsthand.cli.options import AsJson, Unsandboxed
from firsthand.cli.out import emit, say

__all__ = ["app"]

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # many small products: threads only wait here

app = typer.Typer(no_args_is_help=True, help="Earlier footage, and whether a clip is in it.")

ArchiveDir = Annotated[Path, typer.Option("--archive", metavar="DIR", help="The archive's folder.")]


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATHS...", help="Files and folders.")],
    archive: ArchiveDir,
    seen_at: Annotated[
        str | None, typer.Option("--seen-at", metavar="DATE", help="From when they are known.")
    ] = None,
    source: Annotated[str, typer.Option(help="Where they were seen.")] = "",
    mechanism: Annotated[
        str,
        typer.Option(
            metavar="HOW",
            help="platform_time_stamp, archive_capture, rfc3161 or persons_word.",
        ),
    ] = "persons_word",
    off_by_s: Annotated[
        float | None,
        typer.Option(
            metavar="SECONDS", help="How far the date can be off; unsaid, it decides nothing."
        ),
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(help="CSV or JSON with path, seen_at, mechanism, off_by_s, source."),
    ] = None,
    neural: Annotated[
        bool, typer.Option("--neural", help="Add SSCD descriptors too (extra `neural`).")
    ] = False,
    unsandboxed: Unsandboxed = False,
    as_json: AsJson = False,
) -> None:
    """Take footage in. Killed and run again, it goes on where it was."""
    from firsthand.app.archive import add_to_archive
    from firsthand.cli.progress import progress

    with progress() as on:
        done = add_to_archive(
            paths,
            archive,
            seen_on=seen_at,
            source=source,
            mechanism=mechanism,
            off_by_s=off_by_s,
            manifest=manifest,
            neural=neural,
            unsandboxed=unsandboxed,
            on=on,
        )
    emit(done) if as_json else say(_added_text(done))


@app.command()
def find(
    clip: Annotated[Path, typer.Argument(metavar="CLIP", help="A recording or a still.")],
    archive: ArchiveDir,
    pictures: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write pairs of frames there to compare.")
    ] = None,
    neural: Annotated[
        bool, typer.Option("--neural", help="Let SSCD propose candidates too (extra `neural`).")
    ] = False,
    unsandboxed: Unsandboxed = False,
    as_json: AsJson = False,
) -> None:
    """Search the archive for a clip or a still."""
    from firsthand.app.archive import find_in_archive
    from firsthand.cli.progress import progress

    with progress() as on:
        done = find_in_archive(
            clip, archive, pictures=pictures, neural=neural, unsandboxed=unsandboxed, on=on
        )
    emit(done) if as_json else say(_found_text(done))


@app.command()
def stats(archive: ArchiveDir, as_json: AsJson = False) -> None:
    """What the archive holds, and what it could not take in."""
    from firsthand.app.archive import archive_stats

    done = archive_stats(archive)
    emit(done) if as_json else say(_stats_text(done))


@app.command()
def remove(
    things: Annotated[
        list[str], typer.Argument(metavar="PATHS...", help="Paths as added, or SHA-256.")
    ],
    archive: ArchiveDir,
    as_json: AsJson = False,
) -> None:
    """Forget items; the files themselves are not touched."""
    from firsthand.app.archive import remove_from_archive

    done = remove_from_archive(things, archive)
    emit(done) if as_json else say(f"{len(done['removed'])} items are forgotten.")


def _totals(totals: dict[str, Any]) -> str:
    parts = [
        f"{row['items']} {'videos' if kind == 'video' else 'stills'}"
        + (f" ({row['duration_s'] / 3600:.2f} h)" if kind == "video" else "")
        for kind, row in sorted(totals.items(), reverse=True)
    ]
    return " and ".join(parts) or "nothing"


def _added_text(done: dict[str, Any]) -> str:
    lines = [
        f"{len(done['added'])} added, {len(done['known'])} known already,"
        f" {len(done['broken'])} could not be taken in."
    ]
    lines += [f"  {row['path']}: {row['message']}" for row in done["broken"]]
    lines += [f"  In the manifest, but not found: {name}" for name in done["unmatched_in_manifest"]]
    lines.append(f"The archive holds {_totals(done['totals'])}. Decoded in: {done['sandbox']}.")
    return "\n".join(lines)


_VERDICTS = {
    "same_recording": "the same recording",
    "likely_same": "alike in what moves, not shown to be the same",
    "different_take": "another take",
    "cannot_tell": "cannot tell",
}


def _found_text(done: dict[str, Any]) -> str:
    lines = [done["statement"]]
    for row in done["matches"]:
        a, b = row["query_s"]
        c, d = row["reference_s"]
        how = [f"{a:.2f}-{b:.2f} s is its {c:.2f}-{d:.2f} s", f"speed {row['speed']:.2f}"]
        how += ["flipped"] if row["flipped"] else []
        lines.append(f"  {row['path']}")
        lines.append(f"    {_VERDICTS[row['verdict']]} ({row['reason']}); {', '.join(how)}")
        lines.append(f"    by chance here: {row['false_alarms']:g} matches of this strength")
        for seen in row["seen_at"]:
            off = "an unstated error" if seen["off_by_s"] is None else f"{seen['off_by_s']:g} s"
            lines.append(
                f"    known from {seen['at']} by {seen['mechanism']} (off by {off})"
                f" {seen['source']}".rstrip()
            )
    if done["held"]["damaged"]:
        lines.append(
            f"{len(done['held']['damaged'])} items could not be compared: their fingerprints are"
            " damaged. Remove them and add their files again."
        )
    return "\n".join(lines)


def _stats_text(done: dict[str, Any]) -> str:
    lines = [f"The archive holds {_totals(done['totals'])}."]
    lines.append(
        f"{done['dated']} items have a date, {done['dated_by_a_trusted_mechanism']} of them by a"
        " mechanism that may contradict a claim."
    )
    lines.append(f"Fingerprints take {done['fingerprint_bytes'] / 1e6:.1f} MB.")
    lines += [f"  not taken in: {row['path']}: {row['message']}" for row in done["broken"]]
    return "\n".join(lines)
