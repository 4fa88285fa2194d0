"""Write docs/reference/schema/note-1.json from the note's records; `--check` only compares.

The schema describes what is written (`note.json`), so it is the serialised form that counts.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from firsthand.note import NoteModel

FOLDER = Path(__file__).parents[1] / "docs" / "reference" / "schema"
NAME = "note-1.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def note_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a note's data."""
    schema = NoteModel.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": DIALECT, "$id": "urn:firsthand:schema:note:1"} | schema


def text() -> str:
    """The file as it should be now."""
    return json.dumps(note_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    target = FOLDER / NAME
    if "--check" in sys.argv:
        sys.exit(0 if target.read_text(encoding="utf-8") == text() else 1)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text(), encoding="utf-8")
