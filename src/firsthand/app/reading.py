"""Reports are read in the sandbox; a gazetteer then offers places for what they name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from firsthand.app.naming import within_report
from firsthand.app.together import together, write_tables
from firsthand.errors import InputError
from firsthand.evidence.gazetteer import Gazetteer, load_gazetteer, propose_places
from firsthand.records import Claim, canonical
from firsthand.report import Reading
from firsthand.sandbox import Box, Limits

__all__ = ["READING_LIMITS", "read_files", "read_in_box"]

READING_LIMITS = Limits(memory_mb=2048, cpu_s=60, wall_s=90.0, output_mb=64)


def read_in_box(box: Box, path: Path, report_id: str, gazetteer: Gazetteer) -> Reading:
    """One report's reading, its ids carrying the report's, each place with its candidates.

    Raises:
        UnreadableReport: it is no report.
        DecoderFailed: reading it took too long or too much.
    """
    result = box.call(
        "firsthand.report.boxed:read", path, {"report_id": report_id}, limits=READING_LIMITS
    )
    reading = within_report(Reading.parse(canonical(result.data)))
    return reading.model_copy(
        update={"claims": tuple(_placed(claim, gazetteer) for claim in reading.claims)}
    )


def _placed(claim: Claim, gazetteer: Gazetteer) -> Claim:
    if claim.where is None:
        return claim
    candidates = propose_places(claim.where, gazetteer)
    return claim.model_copy(
        update={"where": claim.where.model_copy(update={"candidates": candidates})}
    )


def read_files(
    files: Sequence[Path], *, unsandboxed: bool = False, out: Path | None = None
) -> dict[str, Any]:
    """Several reports' readings in one document: nothing is kept.

    With `out`, a new or empty folder, the chronology is written there as a picture and a table,
    and the hedges from copy to copy as a table.

    Raises:
        InputError: `out` is in use.
    """
    if out is not None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} is in use.", "Name a new folder, or an empty one.")
    gazetteer = load_gazetteer()
    with Box(unsandboxed=unsandboxed) as box:
        readings = [
            read_in_box(box, path, f"r{number}", gazetteer)
            for number, path in enumerate(files, start=1)
        ]
    document = together(readings)
    if out is not None:
        document["written"] = write_tables(out, readings)
    return document
