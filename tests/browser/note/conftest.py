"""Loads the invented case of the note's tests, which stands beside its golden files."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "golden" / "note" / "sample.py"


@pytest.fixture(scope="session")
def cases() -> ModuleType:
    """The module that builds the case: `sample`, `accepted`, `contradicted`, `supported`."""
    name = "firsthand_note_sample"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, SAMPLE)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]
