"""Where things stand in a case folder, and how large they may be.

    case.json                        what this folder is
    log.jsonl                        one canonical line an event, each with the hash of the last
    head.json                        how many lines there are, and the hash of the last one
    payloads/000001.open.json        what a line commits to
    payloads/000001.sensitive.json
    originals/ab/<sha256>            evidentiary copies
    derived/ab/<sha256>              working copies and whatever was made from them
    note/0001/en/...                 notes as they were handed over
    seals/0001/...                   signed checkpoints, requests for stamps, and the replies
    encrypted/000004.sensitive       payloads under a key each
    redaction.json, copies/          in a redacted copy: what it leaves out, pictures drawn anew
    incoming/                        files on their way in; empty at rest
    lock                             who is writing; empty at rest

Every name is made from a number, a hash or a checked relative path; none comes from a file that
somebody gave us.
"""

from __future__ import annotations

import re
from typing import Final

from firsthand.records import ItemKind, PayloadName

__all__ = [
    "CASE_FILE",
    "CASE_SCHEMA",
    "COPIES",
    "DERIVED",
    "ENCRYPTED",
    "HEAD",
    "INCOMING",
    "LOCK",
    "LOG",
    "MAX_LINE",
    "MAX_LOG",
    "MAX_PAYLOAD",
    "NOTES",
    "ORIGINALS",
    "PAYLOADS",
    "REDACTION",
    "SEALS",
    "Parts",
    "area_of",
    "is_stray",
    "note_parts",
    "object_parts",
    "payload_parts",
    "safe_parts",
]

Parts = tuple[str, ...]
"""A place inside the case, one plain name a step."""

CASE_FILE: Final = "case.json"
LOG: Final = "log.jsonl"
HEAD: Final = "head.json"
PAYLOADS: Final = "payloads"
ORIGINALS: Final = "originals"
DERIVED: Final = "derived"
NOTES: Final = "note"
SEALS: Final = "seals"
ENCRYPTED: Final = "encrypted"
COPIES: Final = "copies"
REDACTION: Final = "redaction.json"
INCOMING: Final = "incoming"
LOCK: Final = "lock"

CASE_SCHEMA: Final = "firsthand/case/1"

MAX_LINE: Final = 64 * 1024
"""A log line, LF included: ids and hashes need a few hundred bytes."""
MAX_LOG: Final = 2 * 1024 * 1024 * 1024
"""A log: three million lines. A hostile one must not keep a reader for days."""
MAX_PAYLOAD: Final = 32 * 1024 * 1024
"""A payload: the longest report with all its lines needs a few megabytes."""

_STRAY = {".ds_store", "thumbs.db", "desktop.ini"}
_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,119}")
MAX_DEPTH: Final = 12


def is_stray(name: str) -> bool:
    """Whether a file manager left it: stray, not evidence."""
    return name.lower() in _STRAY or name.startswith("._")


def payload_parts(seq: int, name: PayloadName) -> Parts:
    """Where the payload `name` of line `seq` stands."""
    return (PAYLOADS, f"{seq:06d}.{name}.json")


def area_of(kind: ItemKind) -> str:
    """Evidentiary copies stand apart from working copies."""
    return DERIVED if kind == "derivative" else ORIGINALS


def object_parts(area: str, sha256: str) -> Parts:
    """Where content of this hash stands."""
    return (area, sha256[:2], sha256)


def note_parts(number: int, language: str) -> Parts:
    """The folder of one note in one language."""
    return (NOTES, f"{number:04d}", language)


def safe_parts(relative: str) -> Parts | None:
    """Split a relative path given as text, or None if any step of it could lead astray.

    Steps are plain ASCII names, so that a shell and any file system read them the same.
    """
    parts = tuple(relative.split("/"))
    if len(parts) > MAX_DEPTH:
        return None
    if not all(_SAFE.fullmatch(part) and not is_stray(part) for part in parts):
        return None
    return parts
