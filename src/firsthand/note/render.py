"""From the note as data to the files that are handed over: HTML and JSON, nothing else.

The page carries its style and its pictures in itself; it has no script and asks for nothing. All
text from outside is escaped by Jinja, isolated in direction by `<bdi>`, and its invisible
characters are shown by name.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from types import SimpleNamespace
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from firsthand.findings.strength import SCALE
from firsthand.note import labels as lb
from firsthand.note import sayings as s
from firsthand.note.drawings import drawings
from firsthand.note.english import moment
from firsthand.note.model import MeasurementRow, NoteModel
from firsthand.note.page import GLOSSARY, UI, VOCABULARIES
from firsthand.note.text import anchor, number, pieces, shown
from firsthand.records import Message, format_instant

__all__ = ["render"]

CLOSE_UNITS = {"°", "%", "°/s"}


@dataclass(frozen=True)
class Image:
    """A picture as the page carries it."""

    source: str


class Figures(NamedTuple):
    """A figure and its interval, as they are printed."""

    value: str
    low: str
    high: str


def render(model: NoteModel, figures: Mapping[str, tuple[str, bytes]]) -> dict[str, bytes]:
    """The note's files by relative path: `en/index.html` and `note.json`.

    `figures` gives, by the ids in the model, media type and bytes; they go into the page itself.
    A figure without bytes is left out, with its caption.
    """
    html = (
        _environment()
        .get_template("note.html.j2")
        .render(
            note=model,
            ui=SimpleNamespace(**UI),
            css=Markup(_read("note.css")),  # noqa: S704  our own file
            images={
                figure_id: Image(
                    f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"
                )
                for figure_id, (media_type, data) in sorted(figures.items())
            },
            drawings=drawings(model),
            glossary=GLOSSARY,
            outcomes=lb.OUTCOME,
            propositions=lb.PROPOSITION,
            alternatives=s.ALTERNATIVE_ROW,
            bearings=s.BEARING,
            changes_of_caution=s.CHANGE,
            scale=SCALE,
            **VOCABULARIES,
        )
    )
    return {
        f"{model.language}/index.html": html.encode("utf-8"),
        "note.json": model.canonical() + b"\n",
    }


def _read(name: str) -> str:
    return files("firsthand.note").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("firsthand.note", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(
        words=words,
        text=isolated,
        quoted=quoted,
        flat=flat,
        count=lambda figure: f"{figure:,.0f}",
        anchor=lambda record_id, prefix: anchor(prefix, record_id),
        instant=format_instant,
        moment=moment,
        letter=letter,
        figure=figure,
        short=short,
        stop=stop,
        unit=unit,
    )
    return made


def words(message: Message) -> Markup:
    """A sentence, its values isolated and escaped."""
    out = Markup()
    for literal, name, _, _ in Formatter().parse(message.text):
        out += escape(literal)
        if name is not None:
            out += isolated(message.values[name])
    return out


def isolated(text: str) -> Markup:
    """Text from outside: its direction stays its own, and nothing in it is invisible."""
    return Markup("<bdi>{}</bdi>").format(_visible(text))


def quoted(text: str) -> Markup:
    """The same for a passage of a report, where a line break is no trick and shows as a space."""
    return isolated(text.replace("\r\n", " ").replace("\n", " "))


def flat(message: Message) -> str:
    """A sentence for an attribute or the title, where no markup can stand."""
    return shown(str(message))


def stop(message: Message) -> str:
    """The full stop that closes a list, unless its last part has one of its own."""
    return "" if str(message).rstrip("”").endswith((".", "…", "?", "!")) else "."


def letter(place: int) -> str:
    """a to z, then aa, ab: the names of back-links."""
    out = ""
    while place:
        place, rest = divmod(place - 1, 26)
        out = chr(ord("a") + rest) + out
    return out


def figure(row: MeasurementRow) -> Figures:
    """A measurement to two digits of its interval, whose ends are rounded outwards."""
    width = row.high - row.low
    if width <= 0:
        return Figures(*(number(one) for one in (row.value, row.low, row.high)))
    digits = 1 - math.floor(math.log10(width))
    step = 10.0**-digits
    low = round(math.floor(row.low / step + 1e-6) * step, digits)
    high = round(math.ceil(row.high / step - 1e-6) * step, digits)
    return Figures(*(number(one + 0.0) for one in (round(row.value, digits), low, high)))


def short(text: str) -> str:
    """A hash by its first figures, for the eye; the data beside the page has it whole."""
    return f"{text[:12]} …" if re.fullmatch(r"[0-9a-f]{64}", text) else text


def unit(text: str) -> str:
    """A unit as it follows a figure: `°` close to it, others after a narrow space."""
    return text if not text or text in CLOSE_UNITS else f"\u202f{text}"


def _visible(text: str) -> Markup:
    out = Markup()
    for piece in pieces(text):
        if piece.name:
            out += Markup('<span class="odd" title="{}">{}</span>').format(piece.name, piece.text)
        else:
            out += escape(piece.text)
    return out
