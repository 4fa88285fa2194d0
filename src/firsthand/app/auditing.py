"""Prove a case whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from firsthand.app.sealing import read_held
from firsthand.case import audit, read_trust
from firsthand.errors import NoSuchThing

__all__ = ["audit_case"]

_MARKS = ("case.json", "log.jsonl", "payloads", "originals", "bagit.txt")


def audit_case(
    directory: Path, *, checkpoint: Path | None = None, trust: Path | None = None
) -> dict[str, Any]:
    """Every line, payload, object, seal and stamp checked; each failure named, to the end.

    `checkpoint` and `trust` are what the reader holds from elsewhere.

    Raises:
        NoSuchThing: nothing in the folder belongs to a case, not even a damaged one.
    """
    if not any((directory / name).exists() for name in _MARKS):
        raise NoSuchThing(
            f"{str(directory)!r} is no case.", "Give the folder of a case or of an exported bag."
        )
    return audit(
        directory,
        checkpoint=None if checkpoint is None else read_held(checkpoint),
        trust=None if trust is None else read_trust(trust),
    ).plain()
