"""What is in a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from firsthand.app.checking import stale_findings
from firsthand.app.kept_notes import note_folder, note_paths
from firsthand.app.store import open_case
from firsthand.case import Case, CaseState
from firsthand.errors import NoSuchThing

__all__ = ["show_case"]


def _notes(case: Case, state: CaseState) -> list[dict[str, Any]]:
    """Each note once in each language, who signed it, and whether it has been overtaken."""
    last = max((note.number for note in state.notes), default=0)
    upto = {(note.number, note.language): note.upto for note in state.notes}
    return [
        {
            "number": number,
            "language": language,
            "upto": line,
            "path": str(note_folder(case, number, language) / "index.html"),
            "files": sorted(note_paths(state, number, language)),
            "signed_by": [
                state.actors[one.actor].name if one.actor in state.actors else one.actor
                for one in state.sign_offs.get(number, ())
            ],
            "overtaken": number < last,
        }
        for (number, language), line in upto.items()
    ]


def show_case(directory: Path, thing: str = "") -> dict[str, Any]:
    """The whole case, or one thing of it by id.

    Raises:
        NoSuchThing: no such id.
    """
    case = open_case(directory)
    state = case.state()
    stale = stale_findings(case, state)
    document: dict[str, Any] = {
        "id": state.case_id,
        "title": state.title,
        "last_line": state.last_seq,
        "head": state.head,
        "items": [one.plain() for one in state.items.values()],
        "reports": [one.plain() for one in state.reports.values()],
        "claims": [one.plain() for one in state.claims.values()],
        "incidents": [one.plain() for one in state.incidents.values()],
        "sources": [one.plain() for one in state.sources.values()],
        "edges": [one.plain() for one in state.edges.values()],
        "settings": [one.plain() for one in state.settings.values()],
        "marks": [one.plain() for one in state.marks.values()],
        "findings": [one.plain() | {"stale": one.id in stale} for one in state.findings.values()],
        "notes": _notes(case, state),
    }
    if not thing:
        return document
    for kind in ("items", "reports", "claims", "incidents", "sources", "edges", "settings"):
        for one in document[kind]:
            if one["id"] == thing:
                return {"kind": kind, "thing": one}
    for one in document["findings"]:
        if thing in {one["id"], one["check"]}:
            return {"kind": "findings", "thing": one}
    raise NoSuchThing(
        f"There is no {thing!r} in this case.", "`firsthand case show DIR` lists what there is."
    )
