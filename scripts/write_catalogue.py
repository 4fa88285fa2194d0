"""Bring src/firsthand/note/locale/*.po up to date with the sentences in the source.

Every English template that a note can print is a msgid: those in the note's own lists, and each
literal that is handed to `say` in a check or a measurement. A new one stands in the catalogue
without a translation, and is printed in English until it has one; one that nothing says any more
is dropped. Prints how much of each catalogue is translated.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from firsthand.checks.registry import all_checks
from firsthand.findings.strength import Grade
from firsthand.note.catalogue import LISTS, PLURALS
from firsthand.records import Message

NO_SENTENCES = {"SUBJECT_WORDS", "PRIVATE", "MONTHS", "_TAIL"}
"""Constants of those lists that nothing prints."""
ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "firsthand"
LOCALE = SOURCE / "note" / "locale"
HEAD = """\
# Sentences of the verification note. Kept up to date by scripts/write_catalogue.py; the
# translations are written by people. A value in braces stays as it is.
"""


def _strings(value: Any) -> Iterator[str]:
    """Every text in a constant, however it is laid out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Message):
        yield value.text
    elif isinstance(value, Grade):
        yield value.words
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from _strings(one)


def listed() -> Iterator[tuple[str, str]]:
    """What stands in the note's lists of sentences and words."""
    for name in LISTS:
        module = importlib.import_module(name)
        for constant, value in vars(module).items():
            if constant.isupper() and constant not in NO_SENTENCES:
                for text in _strings(value):
                    yield text, name.removeprefix("firsthand.")


def said() -> Iterator[tuple[str, str]]:
    """What is handed to `say` as a literal, anywhere."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "say"
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            ):
                yield node.args[0].value, str(path.relative_to(SOURCE).with_suffix(""))


def asked() -> Iterator[tuple[str, str]]:
    """The questions of the checks that come with this package."""
    for one in all_checks():
        yield one.question, f"checks/{one.name}"


def template() -> Catalog:
    """Every msgid, with the module that says it."""
    catalog = Catalog(header_comment=HEAD, fuzzy=False)
    pairs = {plural: one for one, plural in PLURALS.items()}
    for text, where in (*listed(), *said(), *asked()):
        if not any(char.isalpha() for char in text):
            continue
        plural = text if text in pairs else PLURALS.get(text)
        single = pairs.get(text, text)
        catalog.add((single, plural) if plural else text, locations=[(where.replace("/", "."), 0)])
    return catalog


def written(catalog: Catalog) -> bytes:
    """The file, without the lines of its head that name nobody."""
    file = BytesIO()
    write_po(file, catalog, sort_output=True, width=96, include_lineno=False)
    idle = (b'"Report-Msgid-Bugs-To: EMAIL@ADDRESS', b'"Last-Translator: FULL NAME')
    return b"".join(
        line for line in file.getvalue().splitlines(keepends=True) if not line.startswith(idle)
    )


def main() -> None:
    """Update each catalogue in place."""
    wanted = template()
    for path in sorted(LOCALE.glob("*.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.stem)
        dated = catalog.creation_date
        catalog.update(wanted, no_fuzzy_matching=True)
        catalog.creation_date = dated  # the same sentences give the same file
        catalog.obsolete.clear()
        path.write_bytes(written(catalog))
        done = sum(bool(one.string) and any(one.string) for one in catalog if one.id)
        print(f"{path.name}: {done} of {len(catalog)} translated")  # noqa: T201


if __name__ == "__main__":
    main()
