"""Arabic for what draws letter by letter: each letter in the form that it has where it stands.

WeasyPrint sets the text of a drawing one character at a time, from left to right, so that joined
letters come apart and run backwards. Here a run of Arabic becomes the presentation forms of
Unicode (block Arabic Presentation Forms-B) in the order in which they are seen. The forms come
from the character database itself; marks above and below letters are left out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

__all__ = ["shape_drawings", "shaped"]

FORMS_B: Final = range(0xFE70, 0xFF00)
_SVG: Final = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_TEXT: Final = re.compile(r"(?<=>)[^<>]*[\u0620-\u064a][^<>]*(?=<)")
_RUN: Final = re.compile(r"[\u060c-\u06ff](?:[\u060c-\u06ff ]*[\u060c-\u06ff])?")
Forms = dict[str, str]
"""`isolated`, `final`, `initial` and `medial` form of a letter, as far as it has them."""


def shape_drawings(page: str) -> str:
    """The page with the Arabic inside its drawings shaped; all else as it is."""
    return _SVG.sub(lambda svg: _TEXT.sub(lambda text: shaped(text[0]), svg[0]), page)


def shaped(text: str) -> str:
    """Text whose Arabic runs are in presentation forms and visual order.

    A text that is mostly Arabic is read from the right as a whole: its runs change places.
    """
    bare = "".join(char for char in text if not unicodedata.combining(char))
    parts = re.split(rf"({_RUN.pattern})", bare)
    told = [_shaped_run(part) if _RUN.fullmatch(part) else part for part in parts]
    first = next((char for char in bare if char.isalpha()), "")
    return "".join(reversed(told) if _forms(first) else told)


def _shaped_run(run: str) -> str:
    out: list[str] = []
    for place, char in enumerate(run):
        forms = _forms(char)
        joins_before = place > 0 and "initial" in _forms(run[place - 1]) and "final" in forms
        joins_after = (
            "initial" in forms and place + 1 < len(run) and "final" in _forms(run[place + 1])
        )
        kind = {
            (False, False): "isolated",
            (True, False): "final",
            (False, True): "initial",
            (True, True): "medial",
        }[joins_before, joins_after]
        out.append(forms.get(kind, char))
    return "".join(reversed(out))


def _forms(char: str) -> Forms:
    return _table().get(char, {})


@cache
def _table() -> dict[str, Forms]:
    table: dict[str, Forms] = {}
    for point in FORMS_B:
        kind, *letters = unicodedata.decomposition(chr(point)).split()[:3] or [""]
        if len(letters) == 1 and kind.strip("<>") in {"isolated", "final", "initial", "medial"}:
            table.setdefault(chr(int(letters[0], 16)), {})[kind.strip("<>")] = chr(point)
    return table
