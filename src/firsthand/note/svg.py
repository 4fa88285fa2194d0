"""Pictures drawn as SVG inside the page: every shape in the ink of the text around it.

A drawing has a title and a description, by which a screen reader tells it; it takes its colour
from the page (`currentColor`), so that it can be read on a light page, a dark one and on paper.
Words from outside stand in a text element of their own, escaped, with what cannot be seen shown by
name: nothing in them can turn the direction of the words beside them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from firsthand.note.text import shown

__all__ = ["DASHES", "SIZE", "circle", "drawing", "line", "path", "rect", "text", "wrapped"]

SIZE: Final = 13
"""Height of the letters, in the units of the drawing: CSS pixels where it is shown full size."""

DASHES: Final = "6 4"
"""The line of what is inferred, or of an end that nobody states."""


def drawing(
    key: str, size: tuple[float, float], title: str, description: str, parts: Iterable[Markup]
) -> Markup:
    """An `svg` element of that width and height; `key` makes its ids its own in the page."""
    return Markup(
        '<svg class="drawing" role="img" aria-labelledby="{key}-t {key}-d" '
        'viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="{size}" fill="currentColor">'
        '<title id="{key}-t">{title}</title><desc id="{key}-d">{desc}</desc>{body}</svg>'
    ).format(
        key=key,
        width=figure(size[0]),
        height=figure(size[1]),
        size=SIZE,
        title=shown(title),
        desc=shown(description),
        body=Markup("").join(parts),
    )


def figure(value: float) -> str:
    """A coordinate to a tenth, without an idle zero."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def line(x1: float, y1: float, x2: float, y2: float, *, width: float = 1, dashes: str = "",
         opacity: float = 1) -> Markup:  # fmt: skip
    """A straight line."""
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="currentColor"{}/>').format(
        figure(x1), figure(y1), figure(x2), figure(y2), _pen(width, dashes, opacity)
    )


def path(steps: str, *, width: float = 1, dashes: str = "", opacity: float = 1) -> Markup:
    """A line by SVG's own path commands, which are ours and never from outside."""
    return Markup('<path d="{}" fill="none" stroke="currentColor"{}/>').format(
        steps, _pen(width, dashes, opacity)
    )


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: float = 0,
    stroke: float = 1,
    radius: float = 0,
    dashes: str = "",
) -> Markup:
    """A rectangle; `fill` is how dark it is, `stroke` the width of its line."""
    return Markup('<rect x="{}" y="{}" width="{}" height="{}"{}{}{}/>').format(
        figure(x),
        figure(y),
        figure(width),
        figure(height),
        Markup(' rx="{}"').format(figure(radius)) if radius else "",
        _fill(fill),
        _edge(stroke, dashes),
    )


def circle(
    x: float, y: float, radius: float, *, fill: float = 0, stroke: float = 1, dashes: str = ""
) -> Markup:
    """A circle."""
    return Markup('<circle cx="{}" cy="{}" r="{}"{}{}/>').format(
        figure(x), figure(y), figure(radius), _fill(fill), _edge(stroke, dashes)
    )


def text(x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False,
         soft: bool = False, size: float = SIZE) -> Markup:  # fmt: skip
    """One line of words, from outside or ours, with its foot at `y`."""
    return Markup('<text x="{}" y="{}"{}{}{}{}>{}</text>').format(
        figure(x),
        figure(y),
        "" if anchor == "start" else Markup(' text-anchor="{}"').format(anchor),
        Markup(' font-weight="600"') if bold else "",
        Markup(' fill-opacity="0.78"') if soft else "",
        "" if size == SIZE else Markup(' font-size="{}"').format(figure(size)),
        shown(words),
    )


def wrapped(words: str, columns: int, lines: int) -> list[str]:
    """Words in at most so many lines of so many letters; what is cut is marked as cut."""
    return textwrap.wrap(
        " ".join(shown(words).split()), columns, max_lines=lines, placeholder=" …"
    ) or [""]


def _pen(width: float, dashes: str, opacity: float) -> Markup:
    out = Markup("")
    if width != 1:
        out += Markup(' stroke-width="{}"').format(figure(width))
    if dashes:
        out += Markup(' stroke-dasharray="{}"').format(dashes)
    if opacity != 1:
        out += Markup(' stroke-opacity="{}"').format(f"{opacity:g}")
    return out


def _fill(darkness: float) -> Markup:
    if darkness <= 0:
        return Markup(' fill="none"')
    return Markup("") if darkness >= 1 else Markup(' fill-opacity="{}"').format(f"{darkness:g}")


def _edge(width: float, dashes: str) -> Markup:
    if width <= 0:
        return Markup("")
    return Markup(' stroke="currentColor"{}').format(_pen(width, dashes, 1))
