"""What is in a case as a table for spreadsheets, in which no cell can run, hide or reorder."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path
from typing import Final

from firsthand.app.store import open_case
from firsthand.records import Item

__all__ = ["COLUMNS", "cell", "inventory_csv"]

COLUMNS: Final = (
    "id", "kind", "name", "label", "media_type", "size_bytes", "sha256", "sha512",
    "taken_in_at", "how", "by", "made_with", "made_from",
)  # fmt: skip
_FORMULAS: Final = frozenset("=+-@|%'")
"""What a spreadsheet takes for a formula, or drops at the start (the apostrophe)."""
_LIVE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def inventory_csv(directory: Path) -> str:
    """A line an item, files and what was made from them, under a line of column names.

    RFC 4180 but for line ends, which are single line feeds. Every text went through `cell`.
    """
    out = io.StringIO()
    rows = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows.writerow(COLUMNS)
    for item in open_case(directory).state().items.values():
        rows.writerow(cell(text) for text in _row(item))
    return out.getvalue()


def _row(item: Item) -> tuple[str, ...]:
    got, made = item.acquired, item.made
    return (
        item.id,
        item.kind,
        got.original_name if got else "",
        item.label,
        item.media_type,
        str(item.size),
        item.sha256,
        item.sha512,
        got.at.isoformat() if got else "",
        got.how if got else "",
        got.by if got else "",
        f"{made.tool} {made.version}" if made else "",
        " ".join(made.inputs) if made else "",
    )


def cell(text: str) -> str:
    r"""The text so that no spreadsheet runs it and no reader is misled; it can be had back.

    Backslashes are doubled, and a character that would not show or would steer is written
    `\u{hex}`. A cell that a spreadsheet might take for a formula has an apostrophe before it, and
    so has one that begins with an apostrophe: without its first apostrophe a cell is the text.
    See OWASP, "CSV Injection".
    """
    shown = "".join(_shown(char) for char in text)
    start = unicodedata.normalize("NFKC", shown.lstrip()[:1])
    return f"'{shown}" if start[:1] in _FORMULAS else shown


def _shown(char: str) -> str:
    if char == "\\":
        return "\\\\"
    return f"\\u{{{ord(char):x}}}" if unicodedata.category(char) in _LIVE else char
