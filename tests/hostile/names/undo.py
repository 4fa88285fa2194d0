"""The way back from each form that a name of a file is written in; the tests' own, by its words."""

from __future__ import annotations

import re
import unicodedata

from lxml import html

PLAIN = re.compile(r"\\\\|\\x([0-9a-f]{2})")
CELL = re.compile(r"\\\\|\\u\{([0-9a-f]+)\}")


def from_plain(text: str) -> bytes:
    r"""The bytes of the name that a case keeps as this text (`\xNN`, backslashes doubled)."""
    if not PLAIN.search(text):
        return text.encode()
    back = PLAIN.sub(lambda m: "\\" if m[1] is None else chr(0xDC00 + int(m[1], 16)), text)
    return back.encode("utf-8", "surrogateescape")


def from_cell(text: str) -> str:
    r"""The text of an inventory's cell (an apostrophe first, `\u{hex}`, backslashes doubled)."""
    text = text.removeprefix("'")
    return CELL.sub(lambda m: "\\" if m[1] is None else chr(int(m[1], 16)), text)


def from_html(element: html.HtmlElement) -> str:
    """The text of an element whose hidden characters stand as `<span class="odd" title=NAME>`."""
    out = [element.text or ""]
    for child in element:
        if child.get("class") == "odd":
            out.append(_named(child.get("title") or ""))
        else:
            out.append(from_html(child))
        out.append(child.tail or "")
    return "".join(out)


def _named(name: str) -> str:
    if name.startswith("U+"):
        return chr(int(name[2:], 16))
    return unicodedata.lookup(name)
