"""Files that a line accounts for by path and content: the manifest in its open payload."""

from __future__ import annotations

from pydantic import Field

from firsthand.case.layout import Parts, note_parts, safe_parts
from firsthand.errors import InvalidRecord
from firsthand.records import Part, Sha256

__all__ = ["KeptFile", "NoteManifest"]


class KeptFile(Part):
    """One file: its path within the folder that the line makes, and what it holds."""

    path: str
    sha256: Sha256
    size: int = Field(ge=0)


class NoteManifest(Part):
    """What `note.written` says openly: the log up to `upto` gave these files."""

    note: int = Field(ge=1)
    language: str
    upto: int = Field(ge=1)
    files: tuple[KeptFile, ...]

    def places(self) -> tuple[Parts, ...]:
        """Where the files stand in the case, in their order.

        Raises:
            InvalidRecord: a path or the language could lead astray.
        """
        folder = note_parts(self.note, self.language)
        places = tuple(safe_parts("/".join((*folder, file.path))) for file in self.files)
        if safe_parts("/".join(folder)) is None or not all(places):
            raise InvalidRecord(
                f"Note {self.note} names a file by a path that could lead astray.",
                "Use plain names.",
            )
        return tuple(parts for parts in places if parts is not None)
