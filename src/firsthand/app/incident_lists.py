"""Lists of incidents that others keep, taken into a case: the file, its mapping, what was read.

All three are kept as items with their hashes before any check uses a row; what the list holds
that could not be taken as it stands is named in the answer and kept with what was read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from firsthand import __version__
from firsthand.app.kept_evidence import INCIDENTS_READ
from firsthand.app.preflight import refuse_missing
from firsthand.app.progress import QUIET, Progress
from firsthand.app.store import open_case, writing
from firsthand.errors import InputError
from firsthand.evidence.incidents import IncidentList, Mapping, read_incidents
from firsthand.records import Made

__all__ = ["INCIDENT_LIST", "INCIDENT_MAPPING", "MAX_BYTES", "take_incidents"]

INCIDENT_LIST: Final = "incident list"
INCIDENT_MAPPING: Final = "incident mapping"
MAX_BYTES: Final = 256 * 2**20
_TOOL: Final = "firsthand case incidents"


def take_incidents(
    directory: Path, source: Path, mapping: Path, *, actor: str = "", on: Progress = QUIET
) -> dict[str, Any]:
    """Read a list by its mapping and keep it; the same list by the same mapping adds nothing.

    Raises:
        NoSuchThing: no case, or a file that is not there.
        InvalidRecord: the mapping breaks its schema.
        InputError: the list is neither CSV nor JSON, is empty, too large, or lacks a column.
    """
    refuse_missing([source, mapping])
    open_case(directory)
    for path in (source, mapping):
        if path.stat().st_size > MAX_BYTES:
            raise InputError(
                f"{path.name} is larger than 256 MB.", "Cut it down to the place and its years."
            )
    how = Mapping.parse(mapping.read_bytes())
    read_incidents(source.read_bytes(), how)  # a list that is refused leaves the case as it was
    with writing(directory, actor) as desk:
        before = desk.writer.state.last_seq
        kept = [
            desk.writer.add_file(
                path,
                kind="evidence",
                media_type=kind,
                how="copied from a file by the person at the desk",
                label=label,
                on_bytes=on.bytes_done,
            )
            for path, kind, label in (
                (source, _media_type(source), INCIDENT_LIST),
                (mapping, "application/json", INCIDENT_MAPPING),
            )
        ]
        held = desk.case.read_item(kept[0])
        found = read_incidents(held, Mapping.parse(desk.case.read_item(kept[1])))
        found = _within(found, kept[0].id)
        made = Made(
            tool=_TOOL,
            version=__version__,
            arguments={"list": how.name},
            inputs=tuple(item.id for item in kept),
            input_sha256=tuple(item.sha256 for item in kept),
        )
        read = desk.writer.add_derivative(
            found.canonical(), media_type="application/json", made=made, label=INCIDENTS_READ
        )
        new = desk.writer.state.last_seq > before
    return {
        "list": {"id": kept[0].id, "sha256": kept[0].sha256},
        "mapping": {"id": kept[1].id, "sha256": kept[1].sha256},
        "read": {"id": read.id, "sha256": read.sha256},
        "new": new,
        "incidents": len(found.incidents),
        "kinds": _kinds(found),
        "warnings": list(found.warnings),
    }


def _within(found: IncidentList, item: str) -> IncidentList:
    """Ids that carry the list's, so that two lists may number their rows alike."""
    return found.model_copy(
        update={
            "incidents": tuple(
                one.model_copy(update={"id": f"{item}.{one.id}"}) for one in found.incidents
            )
        }
    )


def _kinds(found: IncidentList) -> dict[str, int]:
    counted: dict[str, int] = {}
    for one in found.incidents:
        counted[one.kind] = counted.get(one.kind, 0) + 1
    return dict(sorted(counted.items()))


def _media_type(path: Path) -> str:
    json = path.suffix.lower() in {".json", ".geojson"}
    return "application/json" if json else "text/csv"
