"""Look at files before any of them is taken in, so that a refusal leaves the case as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from firsthand.app.evidence_files import READERS, evidence_kind
from firsthand.app.examined import examined
from firsthand.app.kept_evidence import LABEL
from firsthand.app.passes import read_file
from firsthand.app.progress import Progress
from firsthand.app.reading import read_in_box
from firsthand.case import Case, CaseState
from firsthand.errors import FirsthandError, InputError, NoSuchThing
from firsthand.evidence.gazetteer import Gazetteer
from firsthand.media import Examination, examine
from firsthand.media.credentials import Trust
from firsthand.media.inspection import Inspected, inspect_with_pictures
from firsthand.records import sha256_hex
from firsthand.report import Reading
from firsthand.sandbox import Box

__all__ = ["Looked", "look_at", "look_at_evidence", "refuse_missing"]

KEEP_ANYWAY = "To keep it as evidence all the same, add --keep-unreadable."


@dataclass(frozen=True)
class Looked:
    """A file that is about to come in, and what was found in it, or why it was refused.

    Evidence has a label that says what it is, and nothing else.
    `sha256` is of the bytes looked at; what is kept must have the same. Neither `reading` nor
    `examination` nor `refusal` means: the case has it already.
    """

    path: Path
    kind: Literal["report", "media", "evidence"]
    sha256: str
    label: str = ""
    reading: Reading | None = None
    examination: Examination | None = None
    inspected: Inspected | None = None
    refusal: FirsthandError | None = None


def refuse_missing(paths: Sequence[Path]) -> None:
    """One clear error before any work.

    Raises:
        NoSuchThing: a path that is no file.
    """
    for path in paths:
        if not path.is_file():
            raise NoSuchThing(f"There is no file {str(path)!r}.", "Check the path.")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def look_at(
    box: Box,
    reports: Sequence[Path],
    media: Sequence[Path],
    *,
    gazetteer: Gazetteer,
    trust: Trust | None,
    case: Case | None,
    on: Progress,
    keep_unreadable: bool,
) -> list[Looked]:
    """Read and examine every file in the sandbox; nothing is kept.

    Raises:
        FirsthandError: the first refusal, unless `keep_unreadable`.
    """
    state = case.state() if case else None
    out: list[Looked] = []
    number = len(state.reports) if state else 0
    for path in reports:
        digest = _hash(path)
        if any(one.sha256 == digest for one in out) or (
            state and any(report.sha256 == digest for report in state.reports.values())
        ):
            out.append(Looked(path, "report", digest))
            continue
        number += 1
        on.step(f"reading {path.name}")
        try:
            reading = read_in_box(box, path, f"r{number}", gazetteer)
        except FirsthandError as error:
            out.append(_refused(path, "report", digest, error, keep_unreadable))
        else:
            out.append(Looked(path, "report", reading.report.sha256, reading=reading))
    for path in media:
        digest = _hash(path)
        if state and case and _is_examined(case, state, digest):
            out.append(Looked(path, "media", digest))
            continue
        on.step(f"examining {path.name} in the sandbox")
        try:
            found = examine(path, box)
            told = inspect_with_pictures(path, box, trust=trust)
        except FirsthandError as error:
            out.append(_refused(path, "media", digest, error, keep_unreadable))
        else:
            digest = found.media.sha256
            out.append(Looked(path, "media", digest, examination=found, inspected=told))
    return out


def look_at_evidence(paths: Sequence[Path], *, keep_unreadable: bool) -> list[Looked]:
    """What each file of evidence is; text is read whole, so that no check stumbles over it later.

    Raises:
        InputError: nothing that a check can use, or, unless `keep_unreadable`, a file that cannot
            be read as what it is.
    """
    out: list[Looked] = []
    for path in paths:
        kind = evidence_kind(path)
        label, digest = LABEL + kind, _hash(path)
        reader = READERS.get(kind)
        try:
            if reader is not None:
                data = read_file(path)
                digest = sha256_hex(data)
                reader(data)
        except InputError as error:
            refused = _refused(path, "evidence", digest, error, keep_unreadable)
            out.append(replace(refused, label=label))
        else:
            out.append(Looked(path, "evidence", digest, label))
    return out


def _is_examined(case: Case, state: CaseState, digest: str) -> bool:
    item = state.item_by_content(digest, "media")
    return item is not None and examined(case, state, item.id) is not None


def _refused(
    path: Path,
    kind: Literal["report", "media", "evidence"],
    digest: str,
    error: FirsthandError,
    keep_unreadable: bool,
) -> Looked:
    if keep_unreadable:
        return Looked(path, kind, digest, refusal=error)
    raise type(error)(
        f"{path.name}: {error.message}",
        f"{error.next_step} {KEEP_ANYWAY} Nothing was taken in.".strip(),
        details=error.details,
    ) from error
