"""Notes as they were handed over: read back from the case, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from firsthand.case import Case, CaseState, NoteEntry
from firsthand.case.kept import NoteManifest
from firsthand.errors import CaseDamaged, InvalidRecord, NoSuchThing
from firsthand.note import NoteModel
from firsthand.note.before import Before, read_before
from firsthand.note.model import FigurePart
from firsthand.records import Part

__all__ = [
    "LANGUAGE",
    "kept_model",
    "note_before",
    "note_folder",
    "note_paths",
    "pictures_of",
    "read_kept_note",
]

LANGUAGE = "en"
"""The language that a note is written in; others are set beside it, from the same data."""


def note_folder(case: Case, number: int, language: str = LANGUAGE) -> Path:
    """Where a note stands in one language."""
    return case.path / "note" / f"{number:04d}" / language


def _entries(state: CaseState, number: int, language: str) -> Iterator[NoteEntry]:
    return (note for note in state.notes if (note.number, note.language) == (number, language))


def note_paths(state: CaseState, number: int, language: str = LANGUAGE) -> frozenset[str]:
    """The files that are kept of a note in one language."""
    entries = _entries(state, number, language)
    return frozenset(file.path for note in entries for file in note.files)


def read_kept_note(
    case: Case, state: CaseState, number: int, path: str, language: str = LANGUAGE
) -> bytes:
    """A file of a note, held against the log.

    Raises:
        NoSuchThing: there is no such note, or it has no such file.
        CaseDamaged: it is missing or changed.
    """
    for note in _entries(state, number, language):
        if any(file.path == path for file in note.files):
            manifest = NoteManifest(
                note=note.number, language=note.language, upto=note.upto, files=note.files
            )
            return case.read_kept(manifest, path)
    raise NoSuchThing(
        f"Note {number} has no {language}/{path} in this case.",
        "`firsthand case show DIR` lists the notes.",
    )


def kept_model(case: Case, state: CaseState, number: int) -> NoteModel:
    """What a note said, as data.

    Raises:
        NoSuchThing, CaseDamaged: as `read_kept_note`.
        InvalidRecord: another version of Firsthand wrote it.
    """
    try:
        return NoteModel.parse(read_kept_note(case, state, number, "note.json"))
    except InvalidRecord as error:
        raise InvalidRecord(
            f"Note {number} was written by another version of Firsthand.",
            "Write the next note (`firsthand case note DIR`), or use that version.",
        ) from error


def note_before(case: Case, state: CaseState, number: int) -> Before | None:
    """What the note before this number said, or None: it is the first, or not in this copy."""
    signed = bool(state.sign_offs.get(number - 1))
    try:
        return read_before(read_kept_note(case, state, number - 1, "note.json"), signed=signed)
    except NoSuchThing:
        return None
    except CaseDamaged:
        if not state.withheld:
            raise
        return None


def pictures_of(case: Case, state: CaseState, model: NoteModel) -> Mapping[str, tuple[str, bytes]]:
    """The pictures that a note shows, by id; one that this copy does not hold is left out."""
    pictures: dict[str, tuple[str, bytes]] = {}
    for figure in _figures(model):
        item = state.items.get(figure.id)
        if item is None:
            continue
        try:
            pictures[figure.id] = (item.media_type, case.read_item(item))
        except CaseDamaged:
            if not state.withheld:
                raise
    return pictures


def _figures(part: object) -> Iterator[FigurePart]:
    if isinstance(part, FigurePart):
        yield part
    elif isinstance(part, Part):
        for name in type(part).model_fields:
            yield from _figures(getattr(part, name))
    elif isinstance(part, tuple):
        for one in part:
            yield from _figures(one)
