"""Files that a line accounts for by path and content: the manifest in its open payload."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import Field

from firsthand.case.layout import Parts, note_parts, safe_parts
from firsthand.errors import InvalidRecord
from firsthand.records import Part, Sha256, sha256_hex

__all__ = ["KeptFile", "Manifest", "NoteManifest", "kept_files"]


class KeptFile(Part):
    """One file: its path within the folder that the line makes, and what it holds."""

    path: str
    sha256: Sha256
    size: int = Field(ge=0)


class Manifest(Part):
    """What a line says openly of the files that it brings."""

    files: tuple[KeptFile, ...]

    def folder(self) -> Parts:
        """The folder that their paths start from."""
        raise NotImplementedError

    def places(self) -> tuple[Parts, ...]:
        """Where the files stand in the case, in their order.

        Raises:
            InvalidRecord: a path or the folder could lead astray.
        """
        folder = self.folder()
        found = [safe_parts("/".join((*folder, file.path))) for file in self.files]
        places = tuple(parts for parts in found if parts is not None)
        if safe_parts("/".join(folder)) is None or len(places) != len(self.files):
            raise InvalidRecord(
                f"A file of {'/'.join(folder)!r:.80} has a path that could lead astray.",
                "Use plain names.",
            )
        return places

    def placed(self) -> Iterator[tuple[KeptFile, Parts]]:
        """Each file with its place."""
        return zip(self.files, self.places(), strict=True)


class NoteManifest(Manifest):
    """What `note.written` says openly: the log up to `upto` gave these files."""

    note: int = Field(ge=1)
    language: str
    upto: int = Field(ge=1)

    def folder(self) -> Parts:
        """`note/0001/en`."""
        return note_parts(self.note, self.language)


def kept_files(files: Mapping[str, bytes]) -> tuple[KeptFile, ...]:
    """The entries of a manifest, by path."""
    return tuple(
        KeptFile(path=path, sha256=sha256_hex(data), size=len(data))
        for path, data in sorted(files.items())
    )
