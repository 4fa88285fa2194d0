"""Where the log stands: its number of lines, and the hash of the last.

Each line is held by the one after it; the last is held by `head.json` in the case, which finds an
accident, and by a checkpoint kept outside the case, which finds a rollback too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from firsthand.case.folder import Root
from firsthand.case.layout import HEAD
from firsthand.records import GENESIS, canonical

__all__ = ["HEAD_SCHEMA", "Checkpoint", "encode_head", "read_head"]

HEAD_SCHEMA: Final = "firsthand/head/1"
MAX_HEAD: Final = 4096


@dataclass(frozen=True)
class Checkpoint:
    """Where a log stood: its number of lines, and the hash of the last of them.

    One that was held elsewhere may also know the case's id and the fingerprint of the key that
    sealed it.
    """

    lines: int
    head: str
    case_id: str | None = None
    key: str | None = None


def encode_head(head: Checkpoint) -> bytes:
    """The bytes of `head.json`."""
    return canonical({"head": head.head, "lines": head.lines, "schema": HEAD_SCHEMA}) + b"\n"


def read_head(root: Root) -> Checkpoint | None:
    """What `head.json` says; None if it is not there or is not what belongs there.

    A log without a line needs none.
    """
    try:
        data = root.read((HEAD,), MAX_HEAD)
        plain: Any = json.loads(data)
        head = Checkpoint(plain["lines"], plain["head"])
        sound = type(head.lines) is int and isinstance(head.head, str)
        return head if sound and encode_head(head) == data else None
    except FileNotFoundError:
        return Checkpoint(0, GENESIS)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
