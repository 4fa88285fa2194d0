"""What every walker gives, and how it reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, BinaryIO

__all__ = ["MOST_PIECES", "Outline", "Source", "printable"]

MOST_PIECES = 4000
MOST_NOTES = 40
LONGEST_TEXT = 300


@dataclass
class Outline:
    """Pieces in file order (name, offset, size, depth), facts read from them, and remarks.

    `trailing` counts bytes after the end that the format itself marks; `whole` is False where the
    walker stopped early.
    """

    kind: str
    pieces: list[tuple[str, int, int, int]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    trailing: int = 0
    whole: bool = True

    def add(self, name: str, offset: int, size: int, depth: int = 0) -> bool:
        """One more piece; False when there are too many."""
        if len(self.pieces) >= MOST_PIECES:
            self.stop(f"more than {MOST_PIECES} parts: the rest was not walked")
            return False
        self.pieces.append((name, offset, size, depth))
        return True

    def note(self, text: str) -> None:
        """A remark, once."""
        if text not in self.notes and len(self.notes) < MOST_NOTES:
            self.notes.append(text)

    def stop(self, why: str) -> None:
        """The walker could not go on."""
        self.whole = False
        self.note(why)

    def plain(self) -> dict[str, Any]:
        """For the wire."""
        return {
            "kind": self.kind,
            "pieces": [list(piece) for piece in self.pieces],
            "facts": self.facts,
            "notes": self.notes,
            "trailing": self.trailing,
            "whole": self.whole,
        }


class Source:
    """Bounded reads at places of an open file."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.size = file.seek(0, 2)

    def at(self, offset: int, count: int) -> bytes:
        """At most `count` bytes from `offset`; fewer at the end of the file."""
        if offset < 0 or offset >= self.size or count <= 0:
            return b""
        self.file.seek(offset)
        data = self.file.read(count)
        while len(data) < count and (part := self.file.read(count - len(data))):
            data += part
        return data


def printable(data: bytes) -> str:
    """Text of a field: printable, one line, bounded; not UTF-8 is read as Latin-1."""
    data = data.split(b"\x00", 1)[0][: LONGEST_TEXT * 4]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return "".join(sign if sign.isprintable() else " " for sign in text)[:LONGEST_TEXT].strip()
