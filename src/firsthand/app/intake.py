"""Taking in: reports and footage become items, with what the sandbox found in them.

Every file is looked at first. One that is refused leaves the case as it was, unless the person
says to keep it all the same: then the refusal stands in the log.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from firsthand.app.examined import keep_examination, keep_inspection
from firsthand.app.lineage import propose_edges
from firsthand.app.preflight import Looked, look_at, look_at_evidence, refuse_missing
from firsthand.app.progress import QUIET, Progress
from firsthand.app.store import Desk, new_desk, open_case, writing
from firsthand.app.trust import load_trust, trust_name
from firsthand.case import Case
from firsthand.errors import FirsthandError, InputError
from firsthand.evidence.gazetteer import Gazetteer, load_gazetteer
from firsthand.media.credentials import Trust
from firsthand.records import Item, ItemKind
from firsthand.report import Reading
from firsthand.sandbox import Box

__all__ = ["add_to_case", "new_case"]

GAZETTEER_LABEL = "gazetteer"


@dataclass
class _Taken:
    items: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def new_case(
    directory: Path,
    *,
    reports: Sequence[Path],
    media: Sequence[Path],
    title: str = "",
    actor: str = "",
    unsandboxed: bool = False,
    keep_unreadable: bool = False,
    on: Progress = QUIET,
) -> dict[str, Any]:
    """Make a case and take the files in; where a file is refused, no case is made.

    Raises:
        NoSuchThing: a file that is not there.
        InputError: the folder is in use, or a file was refused.
        SandboxUnavailable: nothing here can box a decoder in.
    """
    refuse_missing([*reports, *media])
    trust = load_trust()
    with Box(unsandboxed=unsandboxed) as box:
        looked = look_at(
            box,
            reports,
            media,
            gazetteer=load_gazetteer(),
            trust=trust,
            case=None,
            on=on,
            keep_unreadable=keep_unreadable,
        )
    new_desk(directory, title, actor).close()
    with writing(directory, actor) as desk:
        return _take(desk, looked, on, trust=trust) | {"sandbox": box.description}


def add_to_case(
    directory: Path,
    *,
    reports: Sequence[Path],
    media: Sequence[Path],
    gazetteer: Path | None = None,
    evidence: Sequence[Path] = (),
    actor: str = "",
    unsandboxed: bool = False,
    keep_unreadable: bool = False,
    on: Progress = QUIET,
) -> dict[str, Any]:
    """Take files into a case; what is in it already makes no new line.

    Raises:
        InputError: a file was refused, and nothing was taken in.
    """
    refuse_missing([*reports, *media, *evidence, *([gazetteer] if gazetteer else [])])
    recorded = look_at_evidence(evidence, keep_unreadable=keep_unreadable)
    trust = load_trust()
    places = _places(open_case(directory), gazetteer)
    with Box(unsandboxed=unsandboxed) as box, writing(directory, actor) as desk:
        looked = look_at(
            box,
            reports,
            media,
            gazetteer=places,
            trust=trust,
            case=desk.case,
            on=on,
            keep_unreadable=keep_unreadable,
        )
        done = _take(desk, [*recorded, *looked], on, trust=trust, gazetteer=gazetteer)
        return done | {"sandbox": box.description}


def _places(case: Case, given: Path | None) -> Gazetteer:
    """The packaged places, and those of the case's own gazetteer that came last."""
    if given is not None:
        return load_gazetteer(given.read_bytes())
    own = [item for item in case.state().items.values() if item.label == GAZETTEER_LABEL]
    return load_gazetteer(case.read_item(own[-1]) if own else None)


def _take(
    desk: Desk,
    looked: Sequence[Looked],
    on: Progress,
    *,
    trust: Trust | None,
    gazetteer: Path | None = None,
) -> dict[str, Any]:
    taken = _Taken()
    if gazetteer is not None:
        _add(desk, gazetteer, "evidence", taken, on=on, label=GAZETTEER_LABEL)
    for one in looked:
        item = _add(desk, one.path, one.kind, taken, on=on, label=one.label)
        if item.sha256 != one.sha256:
            raise InputError(
                f"{one.path.name} changed between being looked at and being taken in.",
                "Wait until nothing writes to it, then add it again.",
            )
        if one.refusal is not None:
            _log_refusal(desk, item, one.refusal)
            taken.warnings.append(f"{item.id} was kept unread: {one.refusal.message}")
        if one.reading is not None:
            _keep_reading(desk, item, one.reading)
            taken.warnings.extend(f"{item.id}: {text}" for text in one.reading.warnings)
        if one.examination is not None and one.inspected is not None:
            keep_inspection(desk, item, one.inspected, trust_name(trust))
            keep_examination(desk, item, one.examination)
            taken.warnings.extend(f"{item.id}: {text}" for text in one.examination.warnings)
    propose_edges(desk)
    state = desk.writer.state
    return {
        "case": str(desk.case.path),
        "items": taken.items,
        "warnings": taken.warnings,
        "last_line": state.last_seq,
        "head": state.head,
    }


def _media_type(path: Path) -> str:
    """By the name alone, and only a hint: what a file is, the sandbox says."""
    guessed, _ = mimetypes.guess_type(f"name{path.suffix}")
    return guessed or "application/octet-stream"


def _add(
    desk: Desk, path: Path, kind: ItemKind, taken: _Taken, *, on: Progress, label: str = ""
) -> Item:
    on.step(f"taking in {path.name}", path.stat().st_size)
    before = desk.writer.state.last_seq
    item = desk.writer.add_file(
        path,
        kind=kind,
        media_type=_media_type(path),
        how="copied from a file by the person at the desk",
        label=label,
        on_bytes=on.bytes_done,
    )
    name = item.acquired.original_name if item.acquired else ""
    new = desk.writer.state.last_seq > before
    taken.items.append({"id": item.id, "kind": kind, "name": name, "new": new})
    return item


def _log_refusal(desk: Desk, item: Item, error: FirsthandError) -> None:
    """Once: the same refusal again says nothing new."""
    known = desk.writer.state.events
    if not any(event.kind == "failed" and event.subject == (item.id,) for event in known):
        desk.writer.append(
            "failed",
            subject=(item.id,),
            sensitive={"act": "examine", "error": type(error).__name__, "message": error.message},
        )


def _keep_reading(desk: Desk, item: Item, reading: Reading) -> None:
    """The report's own line comes last: an interrupted reading is simply read again."""
    known = desk.writer.state
    write = desk.writer.append
    for source in reading.sources:
        if source.id not in known.sources:
            write("source.proposed", subject=(source.id,), sensitive=source)
    for claim in reading.claims:
        if claim.id not in known.claims:
            write("claim.proposed", subject=(claim.id,), sensitive=claim)
    for incident in reading.incidents:
        if incident.id not in known.incidents:
            write("incident.proposed", subject=(incident.id,), sensitive=incident)
    for edge in reading.edges:
        if edge.id not in known.edges:
            write("edge.proposed", subject=(edge.id,), sensitive=edge)
    write("report.read", subject=(reading.report.id, item.id), sensitive=reading.report)
