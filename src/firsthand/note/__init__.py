"""What we hand over: a verification note as data, as HTML and as JSON."""

from firsthand.note.build import build_note
from firsthand.note.given import Figure, FileFact, NoteInput, Proposition
from firsthand.note.model import LogPoint, NoteModel
from firsthand.note.render import render

__all__ = [
    "Figure",
    "FileFact",
    "LogPoint",
    "NoteInput",
    "NoteModel",
    "Proposition",
    "build_note",
    "render",
]
