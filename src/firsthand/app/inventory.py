"""What is in a case as a table for spreadsheets, in which no cell can run, hide or reorder."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path
from typing import Final

from firsthand.app.store import open_case
from firsthand.records import Item

__all__ = ["cell", "inventory", "inventory_csv"]

_FORMULAS: Final = frozenset("=+-@|%'")
"""What a spreadsheet takes for a formula, or drops at the start (the apostrophe)."""
_LIVE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def inventory(directory: Path) -> list[dict[str, str]]:
    """An item a row, files and what was made from them, each text as it is."""
    return [_row(item) for item in open_case(directory).state().items.values()]


def inventory_csv(rows: list[dict[str, str]]) -> str:
    """The rows as CSV under a line of their names; every text went through `cell`.

    RFC 4180 but for line ends, which are single line feeds.
    """
    out = io.StringIO()
    table = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    table.writerow(rows[0] if rows else ())
    table.writerows([cell(text) for text in row.values()] for row in rows)
    return out.getvalue()


def _row(item: Item) -> dict[str, str]:
    got, made = item.acquired, item.made
    return {
        "id": item.id,
        "kind": item.kind,
        "name": got.original_name if got else "",
        "label": item.label,
        "media_type": item.media_type,
        "size_bytes": str(item.size),
        "sha256": item.sha256,
        "sha512": item.sha512,
        "taken_in_at": got.at.isoformat() if got else "",
        "how": got.how if got else "",
        "by": got.by if got else "",
        "made_with": f"{made.tool} {made.version}" if made else "",
        "made_from": " ".join(made.inputs) if made else "",
    }


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
