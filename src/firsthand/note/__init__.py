"""What we hand over: a verification note as data, as HTML and as JSON."""

from firsthand.note.build import build_note
from firsthand.note.given import Figure, FigureType, FileFact, NoteInput
from firsthand.note.model import LogPoint, NoteModel
from firsthand.note.render import render

__all__ = [
    "Figure",
    "FigureType",
    "FileFact",
    "LogPoint",
    "NoteInput",
    "NoteModel",
    "build_note",
    "render",
]
