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
from dataclasses import dataclass, replace
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
from firsthand.note.catalogue import ENGLISH, Catalogue, catalogue
from firsthand.note.drawings import drawings
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


def render(
    model: NoteModel, figures: Mapping[str, tuple[str, bytes]], language: str = "en"
) -> dict[str, bytes]:
    """The note's files by relative path: `en/index.html` and `note.json`.

    `figures` gives, by the ids in the model, media type and bytes; they go into the page itself.
    A figure without bytes is left out, with its caption. The page is in `language` (`ar` gives
    `ar/index.html`); the data are the same in each.
    """
    own = catalogue(language)
    html = (
        _environment(language)
        .get_template("note.html.j2")
        .render(
            note=model,
            language=language,
            direction=own.direction,
            comma=own.comma,
            state=own.text(model.state),
            ui=SimpleNamespace(**_own(UI, own)),
            css=Markup(_read("note.css")),  # noqa: S704  our own file
            images={
                figure_id: Image(
                    f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"
                )
                for figure_id, (media_type, data) in sorted(figures.items())
            },
            drawings=drawings(model, own.flat),
            glossary=[(own.text(name), own.text(meaning)) for name, meaning in GLOSSARY],
            outcomes=_own(lb.OUTCOME, own),
            propositions=_own(lb.PROPOSITION, own),
            alternatives=_own(s.ALTERNATIVE_ROW, own),
            becomes=_own(s.BECOMES, own),
            bearings=_own(s.BEARING, own),
            bearings_bare=_own(s.BARE, own),
            bearings_own=_own(s.OWN, own),
            changes_of_caution=_own(s.CHANGE, own),
            scale=[replace(step, words=own.text(step.words)) for step in SCALE],
            **{name: _own(words, own) for name, words in VOCABULARIES.items()},
        )
    )
    return {
        f"{language}/index.html": html.encode("utf-8"),
        "note.json": model.canonical() + b"\n",
    }


def _own(words: Mapping[str, str], own: Catalogue) -> dict[str, str]:
    return {name: own.text(english) for name, english in words.items()}


def _read(name: str) -> str:
    return files("firsthand.note").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _environment(language: str) -> Environment:
    own = catalogue(language)
    made = Environment(
        loader=PackageLoader("firsthand.note", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(
        words=lambda message: words(message, own),
        text=isolated,
        quoted=quoted,
        flat=lambda message: shown(own.flat(message)),
        own=own.text,
        dated=lambda english: isolated(own.dated(english)),
        count=lambda figure: f"{figure:,.0f}",
        anchor=lambda record_id, prefix: anchor(prefix, record_id),
        instant=format_instant,
        moment=own.moment,
        letter=letter,
        figure=figure,
        short=short,
        stop=lambda message: stop(own.flat(message)),
        unit=unit,
    )
    return made


def words(message: Message, own: Catalogue = ENGLISH) -> Markup:
    """A sentence, its values isolated and escaped; one that stays English is marked so."""
    told = own.tell(message)
    out = Markup()
    for literal, name, _, _ in Formatter().parse(told.text):
        out += escape(literal)
        if name is not None:
            out += isolated(told.values[name])
    return out if told.own else Markup('<span lang="en" dir="ltr">{}</span>').format(out)


def isolated(text: str) -> Markup:
    """Text from outside: its direction stays its own, and nothing in it is invisible."""
    return Markup("<bdi>{}</bdi>").format(_visible(text))


def quoted(text: str) -> Markup:
    """The same for a passage of a report, where a line break is no trick and shows as a space."""
    return isolated(text.replace("\r\n", " ").replace("\n", " "))


def stop(text: str) -> str:
    """The full stop that closes a list, unless its last part has one of its own."""
    return "" if text.rstrip("”»").endswith((".", "…", "?", "!", "؟")) else "."


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
