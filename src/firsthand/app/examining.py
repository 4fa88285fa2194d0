"""The whole job in one go: take in, read, check, weigh, write the note."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from firsthand.app.at_places import read_at_places
from firsthand.app.checking import check_case
from firsthand.app.intake import add_to_case, new_case
from firsthand.app.noting import write_note
from firsthand.app.plume_case import measure_smoke
from firsthand.app.progress import QUIET, Progress
from firsthand.app.store import is_case

__all__ = ["examine", "take_in"]


def take_in(
    report: Path,
    media: Sequence[Path],
    directory: Path,
    *,
    actor: str = "",
    unsandboxed: bool = False,
    on: Progress = QUIET,
) -> dict[str, Any]:
    """Take the files into the case that is there, or into a new one."""
    into = add_to_case if is_case(directory) else new_case
    return into(
        directory, reports=[report], media=media, actor=actor, unsandboxed=unsandboxed, on=on
    )


def examine(
    report: Path,
    media: Sequence[Path],
    directory: Path,
    *,
    actor: str = "",
    unsandboxed: bool = False,
    on: Progress = QUIET,
) -> dict[str, Any]:
    """From a report and its footage to a note; a second run with nothing new changes nothing."""
    taken = take_in(report, media, directory, actor=actor, unsandboxed=unsandboxed, on=on)
    read = read_at_places(directory, actor=actor, unsandboxed=unsandboxed, on=on)
    measure_smoke(directory, actor=actor, unsandboxed=unsandboxed, on=on)
    checked = check_case(directory, actor=actor, on=on)
    on.step("writing the note")
    note = write_note(directory, actor=actor)
    return note | {
        "items": taken["items"],
        "findings": checked["findings"],
        "warnings": [*read["warnings"], *checked["warnings"]],
    }
