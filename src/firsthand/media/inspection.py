"""Everything that a file can honestly tell, as one document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from firsthand.errors import CouldNot, InputError
from firsthand.media.continuity import Continuity, continuity_from
from firsthand.media.contradictions import Contradiction, contradictions
from firsthand.media.credentials import Credentials, Trust, judge
from firsthand.media.examination import read_metadata, suffix_of
from firsthand.media.metadata import FileMetadata
from firsthand.media.structure import Structure, structure_from
from firsthand.records import Part, Sha256
from firsthand.sandbox import Box, BoxResult
from firsthand.sandbox.box import sanitised

__all__ = ["Inspected", "Inspection", "inspect_file", "inspect_with_pictures"]

PROVENANCE = "firsthand.media.boxed.provenance:provenance"
CONTINUITY = "firsthand.media.boxed.continuity:continuity"
PARTS = ("structure", "c2pa", "thumbnail", "resaving")
UNFIT = (ValidationError, KeyError, TypeError, ValueError, IndexError, ZeroDivisionError)


class Inspection(Part):
    """What the file tells.

    `structure` and `continuity` are None where the question does not arise or no answer could be
    had; `warnings` then says why.
    """

    sha256: Sha256
    kind: str
    sandbox: str
    metadata: FileMetadata
    contradictions: tuple[Contradiction, ...]
    c2pa: Credentials
    structure: Structure | None
    continuity: Continuity | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inspected:
    """An inspection and the pictures that its continuity names."""

    inspection: Inspection
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def inspect_file(path: Path, box: Box, *, trust: Trust | None = None) -> Inspection:
    """Metadata, contradictions, credentials, structure and continuity of one file.

    Args:
        path: the file; only its bytes enter the box.
        box: where decoders run.
        trust: whose signatures are trusted; without it none is.

    Raises:
        NoSuchThing: there is no such file.
        UnreadableMedia: it is no media, or a list that would open other files.
        SandboxUnavailable: the box did not start.
    """
    return inspect_with_pictures(path, box, trust=trust).inspection


def inspect_with_pictures(path: Path, box: Box, *, trust: Trust | None = None) -> Inspected:
    """`inspect_file`, with the pictures before and after each happening."""
    remarks: list[str] = []
    arguments = {"suffix": suffix_of(path), "trust": trust.plain() if trust else None}
    told = _provenance(path, box, arguments, remarks)
    metadata, more = read_metadata(path, box)
    remarks += more
    data = told.data
    structure = _part(
        lambda: structure_from(data.get("structure"), data.get("resaving")), remarks, "structure"
    )
    thumbnail = data.get("thumbnail")
    continuity: Continuity | None = None
    pictures: dict[str, bytes] = {}
    if data.get("decodes") is True:
        continuity, pictures = _continuity(path, box, arguments, remarks)
    suffixes = data.get("suffixes")
    if arguments["suffix"] and isinstance(suffixes, list) and arguments["suffix"] not in suffixes:
        label = sanitised(data.get("label"))
        remarks.insert(
            0, f"The name ends in {arguments['suffix']}, but by its content it is {label}."
        )
    inspection = Inspection(
        sha256=told.sha256,
        kind=sanitised(data.get("kind", "unknown")).lower(),
        sandbox=told.sandbox,
        metadata=metadata,
        contradictions=contradictions(metadata, thumbnail if isinstance(thumbnail, dict) else None),
        c2pa=judge(data.get("c2pa"), roots=trust is not None),
        structure=structure,
        continuity=continuity,
        warnings=tuple(dict.fromkeys(remarks)),
    )
    return Inspected(inspection, pictures)


def _provenance(path: Path, box: Box, arguments: dict[str, Any], remarks: list[str]) -> BoxResult:
    """All parts in one child; where that dies, each in one of its own, so that the others live."""
    try:
        return box.call(PROVENANCE, path, {**arguments, "parts": PARTS})
    except CouldNot as error:
        if not error.details.get("reason"):
            raise
        remarks.append(
            f"A decoder failed on this file ({error.details['reason']}): parts are missing."
        )
    told = box.call(PROVENANCE, path, {**arguments, "parts": ()})
    for part in PARTS:
        try:
            alone = box.call(PROVENANCE, path, {**arguments, "parts": (part,)}, hash_input=False)
            told.data[part] = alone.data.get(part)
        except CouldNot as error:
            reason = error.details.get("reason", "error")
            remarks.append(f"No {part}: its reader failed on this file ({reason}).")
            told.data[part] = {"error": "Failed", "said": reason} if part == "c2pa" else None
    return told


def _continuity(
    path: Path, box: Box, arguments: dict[str, Any], remarks: list[str]
) -> tuple[Continuity | None, dict[str, bytes]]:
    try:
        told = box.call(CONTINUITY, path, {"suffix": arguments["suffix"]}, hash_input=False)
    except InputError as error:
        remarks.append(f"No continuity: {error.message}")
        return None, {}
    except CouldNot as error:
        reason = error.details.get("reason", "error")
        remarks.append(f"No continuity: the decoder failed on this file ({reason}).")
        return None, {}
    found = _part(lambda: continuity_from(told.data), remarks, "continuity")
    named = {name for h in (found.happenings if found else ()) for name in h.pictures}
    return found, {name: blob for name, blob in told.blobs.items() if name in named}


def _part[T](build: Callable[[], T], remarks: list[str], what: str) -> T | None:
    """A part out of what a child said; nonsense costs this part alone, and is told."""
    try:
        return build()
    except UNFIT:
        remarks.append(
            f"No {what}: its reader gave an answer that cannot be; treat the file as hostile."
        )
        return None
