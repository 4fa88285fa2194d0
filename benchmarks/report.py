"""Each study writes its own section of docs/accuracy.md, between its markers."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["write_section"]

ACCURACY = Path(__file__).resolve().parent.parent / "docs" / "accuracy.md"
HEAD = "# Accuracy, as measured\n\nEvery section is written by the program that measured it.\n"


def write_section(area: str, markdown: str, path: Path = ACCURACY) -> None:
    """Put `markdown` between `<!-- area:begin -->` and `<!-- area:end -->`, added if missing."""
    begin, end = f"<!-- {area}:begin -->", f"<!-- {area}:end -->"
    text = path.read_text() if path.exists() else HEAD
    section = f"{begin}\n{markdown.strip()}\n{end}"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if pattern.search(text):
        text = pattern.sub(lambda _: section, text)
    else:
        text = f"{text.rstrip()}\n\n{section}\n"
    path.write_text(text)
