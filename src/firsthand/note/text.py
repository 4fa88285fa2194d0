"""Text from outside, made safe to look at: nothing in it can hide, reorder or run.

Escaping is Jinja's; this module deals with what escaping leaves alone. Control characters and
those that steer the direction of writing (Unicode Bidirectional Algorithm, UAX #9) are shown by
name instead of being obeyed, as Trojan Source (CVE-2021-42574) taught everybody to do.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

__all__ = ["Piece", "anchor", "clip", "number", "pieces", "shown"]

PICTURES = {"\n": "␊", "\r": "␍", "\t": "␉"}
JOINERS = {"\u200c", "\u200d"}
"""Zero-width (non-)joiner: part of the spelling in Persian, Arabic and emoji, a trick in ASCII."""

FORMAT_NAMES = {
    "\u061c": "ALM",
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2060": "WJ",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\ufeff": "BOM",
    "\u00ad": "SHY",
    "\u2028": "LINE SEP",
    "\u2029": "PARA SEP",
}


class Piece(NamedTuple):
    """A run of plain text, or the visible name of one character that would not show."""

    text: str
    name: str = ""


def _hidden(text: str, at: int) -> bool:
    char = text[at]
    if char in JOINERS:
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        return not (before and after and ord(before) > 0x2FF and ord(after) > 0x2FF)
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def pieces(text: str) -> tuple[Piece, ...]:
    """Split text into runs that show as they are and characters that need a visible name."""
    out: list[Piece] = []
    run = 0
    for at, char in enumerate(text):
        if not _hidden(text, at):
            continue
        if at > run:
            out.append(Piece(text[run:at]))
        label = PICTURES.get(char) or f"[{FORMAT_NAMES.get(char) or f'U+{ord(char):04X}'}]"
        out.append(Piece(label, unicodedata.name(char, f"U+{ord(char):04X}")))
        run = at + 1
    if run < len(text):
        out.append(Piece(text[run:]))
    return tuple(out)


def shown(text: str) -> str:
    """The same as one plain string, for attributes such as `alt`, where no markup can stand."""
    return "".join(piece.text for piece in pieces(text))


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a clause or between words; a cut is marked as one."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    head = flat[: limit - 1]
    clause = max(head.rfind(mark) for mark in (", ", "; ", " – ", " - "))
    space = clause if clause > limit * 0.6 else head.rfind(" ")
    return (head[:space] if space > limit // 2 else head).rstrip(" ,;:-–") + " …"


def number(value: float) -> str:
    """A figure as people write it: no exponent for everyday sizes, no idle zeros, true minus."""
    if value == int(value) and abs(value) < 1e15:
        out = str(int(value))
    else:
        out = repr(value) if 1e-4 <= abs(value) < 1e16 else f"{value:.6g}"
    return out.replace("-", "\u2212", 1) if out.startswith("-") else out


def anchor(prefix: str, record_id: str) -> str:
    """An id for the page from the id of a record: letters, digits and hyphens, nothing else."""
    safe = "".join(
        char if char.isascii() and char.isalnum() else f"-{ord(char):x}-" for char in record_id
    )
    return f"{prefix}-{safe}"
