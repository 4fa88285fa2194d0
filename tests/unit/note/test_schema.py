"""The published schema is the one that notes are written by, and another reader agrees."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest

from firsthand.note import build_note
from firsthand.note.before import read_before


@pytest.fixture(scope="module")
def schema(repository: Path) -> dict[str, Any]:
    path = repository / "docs" / "reference" / "schema" / "note-1.json"
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(read)
    return read


def test_the_committed_schema_is_current(repository: Path) -> None:
    script = repository / "scripts" / "write_schemas.py"
    done = subprocess.run([sys.executable, str(script), "--check"], check=False)
    assert done.returncode == 0, "run: .venv/bin/python scripts/write_schemas.py"


def test_notes_fit_it(schema: dict[str, Any], cases: ModuleType) -> None:
    view = cases.sample().view
    said = read_before(build_note(replace(view, findings=())).canonical())
    for one in (view, cases.contradicted(view), replace(view, number=2, before=said)):
        jsonschema.validate(json.loads(build_note(one).canonical()), schema)


@pytest.mark.parametrize("change", [{"state": 1}, {"probability": 0.9}, {"number": 0}])
def test_what_is_no_note_does_not_fit(
    schema: dict[str, Any], cases: ModuleType, change: dict[str, Any]
) -> None:
    plain = json.loads(build_note(cases.sample().view).canonical())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain | change, schema)
