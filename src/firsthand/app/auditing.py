"""Prove a case whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from firsthand.case import audit
from firsthand.errors import NoSuchThing

__all__ = ["audit_case"]

_MARKS = ("case.json", "log.jsonl", "payloads", "originals", "bagit.txt")


def audit_case(directory: Path) -> dict[str, Any]:
    """Every line, payload and object checked; each failure named, to the end.

    Raises:
        NoSuchThing: nothing in the folder belongs to a case, not even a damaged one.
    """
    if not any((directory / name).exists() for name in _MARKS):
        raise NoSuchThing(
            f"{str(directory)!r} is no case.", "Give the folder of a case or of an exported bag."
        )
    return audit(directory).plain()
