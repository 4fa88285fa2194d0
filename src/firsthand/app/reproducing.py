"""Run what a note rests on again, and name everything that comes out differently.

Each check is asked anew in the case as it was when its finding was logged, so that it gets the
inputs it had; then the findings are weighed anew and the note is drawn anew, and both notes are
compared value by value. Nothing is written.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from firsthand.app.checking import rerun
from firsthand.app.comparing import ABSENT, Difference, differences
from firsthand.app.kept_notes import note_paths, read_kept_note
from firsthand.app.noting import note_input
from firsthand.app.progress import QUIET, Progress
from firsthand.app.signing import sign_off_of, with_sign_off
from firsthand.app.store import open_case
from firsthand.case import Case, CaseState
from firsthand.errors import IntegrityError, InvalidRecord, NoSuchThing
from firsthand.note import build_note
from firsthand.records import Finding

__all__ = ["reproduce"]

SCHEMA: Final = "firsthand/note/"
MAX_NOTE: Final = 64 * 1024 * 1024


def reproduce(note: Path, directory: Path, *, on: Progress = QUIET) -> dict[str, Any]:
    """Rerun a note's checks against its case; `reproduced` if nothing differs beyond tolerance.

    Raises:
        NoSuchThing: there is no such file.
        InvalidRecord: it is no note.
        IntegrityError: the note was not drawn from this case's log.
    """
    noted = _read(note)
    line, head, number = noted["log"]["line"], noted["log"]["head"], noted["number"]
    case = open_case(directory)
    whole = case.state()
    state = case.state(line) if line <= whole.last_seq else None
    if state is None or state.head != head:
        raise IntegrityError(
            f"Note {number} was not drawn from this case: line {line} of its log is another one.",
            "Give the case that the note is of; `firsthand case audit` tells whether it is whole.",
        )
    checks: list[dict[str, Any]] = []
    again: dict[tuple[str, str | None], Finding] = {}
    for key, finding in state.findings.items():
        on.step(f"checking {finding.check} again")
        again[key], differing = _again(case, state, finding)
        checks.append(
            {
                "finding": finding.id,
                "check": finding.check,
                "shot": finding.shot,
                "version": finding.method.version,
                "differences": [one.plain() for one in differing],
            }
        )
    on.step("drawing the note again")
    state = replace(state, findings=MappingProxyType(again))
    drawn = _drawn(case, whole, state, number, signed=bool(noted.get("sign_off")))
    found = list(differences(noted, drawn))
    figures = [one for row in checks for one in row["differences"]]
    beyond = sum(not one.within for one in found) + len(figures)
    return {
        "note": number,
        "line": line,
        "as_kept": _as_kept(case, whole, number, note),
        "reproduced": beyond == 0,
        "checks": checks,
        "differences": [one.plain() for one in found],
        "beyond_tolerance": beyond,
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_NOTE:
            raise InvalidRecord(f"{path.name} is too large for a note.", "Give a note.json.")
        read = json.loads(path.read_bytes())
    except OSError as error:
        raise NoSuchThing(
            f"{path} cannot be read: {error.strerror}.", "Give the note.json of a note."
        ) from error
    except (ValueError, RecursionError) as error:
        raise InvalidRecord(f"{path.name} is no JSON.", "Give the note.json of a note.") from error
    log = read.get("log") if isinstance(read, dict) else None
    if (
        not isinstance(log, dict)
        or not str(read.get("schema", "")).startswith(SCHEMA)
        or not _counts(log.get("line"), read.get("number"))
    ):
        raise InvalidRecord(f"{path.name} is no note.", "Give the note.json of a note.")
    note: dict[str, Any] = read
    return note


def _counts(*numbers: Any) -> bool:
    return all(type(one) is int and one >= 1 for one in numbers)


def _again(case: Case, state: CaseState, finding: Finding) -> tuple[Finding, list[Difference]]:
    """The finding as it comes out now, and what of it a note doesn't print."""
    made = next(
        one.seq
        for one in reversed(state.events)
        if one.kind == "finding.made" and finding.id in one.subject
    )
    ran = rerun(case, case.state(made - 1), finding)
    where = f"/findings/{finding.id}"
    if ran is None:
        gone = Difference(f"{where}/check", finding.check, "not installed")
        return finding, [gone]
    differing: list[Difference] = []
    if ran.finding.inputs != finding.inputs:
        differing += differences(
            finding.inputs.plain(), ran.finding.inputs.plain(), f"{where}/inputs"
        )
    kept = [state.items[one] for one in finding.figures if one in state.items]
    for place, (name, sha256) in enumerate(ran.figures):
        old = kept[place].id if place < len(kept) else ABSENT
        if place >= len(kept) or kept[place].sha256 != sha256:
            differing.append(Difference(f"{where}/figures/{name}", old, "drawn differently"))
    return ran.finding, differing


def _drawn(
    case: Case, whole: CaseState, state: CaseState, number: int, *, signed: bool
) -> dict[str, Any]:
    """The note as it is drawn now, from the findings as they come out now."""
    view, _ = note_input(case, state, number)
    model = build_note(view)
    said = sign_off_of(case, whole, number) if signed else None
    if said is not None:
        model = with_sign_off(model, said)
    drawn: dict[str, Any] = json.loads(model.canonical())
    return drawn


def _as_kept(case: Case, whole: CaseState, number: int, note: Path) -> bool:
    """Whether the file is, byte for byte, one that the case keeps of this note."""
    data = note.read_bytes()
    names = [one for one in note_paths(whole, number) if one.endswith("note.json")]
    return any(read_kept_note(case, whole, number, name) == data for name in names)
