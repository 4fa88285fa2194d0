"""What an interrupted writer left: half a line, files on their way in, files of an undone act.

Only what no acknowledged act put there is removed: bytes after the log's last LF, files in
`incoming/`, and files that the intent names while the log has no line for them. Anything else
that the log does not account for stays, for `case audit` to name.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from firsthand.case.disk import sync
from firsthand.case.folder import Root
from firsthand.case.head import read_head
from firsthand.case.layout import (
    DERIVED,
    ENCRYPTED,
    HEAD,
    INCOMING,
    LOG,
    MAX_LINE,
    NOTES,
    ORIGINALS,
    PAYLOADS,
    SEALS,
    Parts,
    is_stray,
)
from firsthand.case.lock import Holder
from firsthand.case.log import raw_lines
from firsthand.case.reading import damaged
from firsthand.case.staging import INTENT, Intent, read_intent

__all__ = ["Recovery", "clear_leftovers", "cut_half_line", "head_is_behind"]

PLACES = frozenset({PAYLOADS, ORIGINALS, DERIVED, NOTES, SEALS, ENCRYPTED})
"""Where an act puts files: an intent that names anything else was not written by us."""


@dataclass(frozen=True)
class Recovery:
    """What was found and put right when a case was opened for writing.

    `head` says that `head.json` was missing, broken or behind the log.
    """

    cut: bytes
    removed: tuple[str, ...]
    head: bool
    holder: Holder | None

    @property
    def needed(self) -> bool:
        """Whether there was anything to put right."""
        return bool(self.cut or self.removed or self.head)

    def open_data(self) -> dict[str, Any]:
        """What may be known to anybody."""
        return {"cut_bytes": len(self.cut), "removed_files": len(self.removed), "head": self.head}

    def sensitive_data(self) -> dict[str, Any]:
        """The bytes, the names, and who was writing."""
        return {
            "cut_hex": self.cut.hex(),
            "removed": list(self.removed),
            "holder": None if self.holder is None else asdict(self.holder),
        }


def cut_half_line(root: Root) -> bytes:
    """Cut whatever follows the log's last LF; returns it (the first 64 KiB).

    Raises:
        OSError: the log cannot be written.
    """
    with root.folder(()) as folder:
        fd = os.open(LOG, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
    try:
        whole = 0
        tail = 0
        for raw in raw_lines(fd):
            if raw.ended:
                whole += raw.size
            else:
                tail = raw.size
        if not tail:
            return b""
        cut = os.pread(fd, min(tail, MAX_LINE), whole)
        os.ftruncate(fd, whole)
        sync(fd)
        return cut
    finally:
        os.close(fd)


def head_is_behind(root: Root, head_at: dict[int, str], last_seq: int) -> bool:
    """Whether `head.json` has to be written anew; the next act does.

    Raises:
        CaseDamaged: it speaks of lines that the log does not have, or has otherwise.
    """
    head = read_head(root)
    if head is None:
        return True
    if head.lines > last_seq:
        raise damaged(f"The log has {last_seq} lines, and {HEAD} says {head.lines}: some are gone.")
    if head.lines and head_at[head.lines] != head.head:
        raise damaged(f"Line {head.lines} of the log is not the one that {HEAD} speaks of.")
    return head.lines != last_seq


def clear_leftovers(root: Root, last_seq: int, logged: set[Parts]) -> tuple[str, ...]:
    """Remove what an unfinished act left; returns the names of it.

    Raises:
        OSError: something cannot be removed.
    """
    removed: list[str] = []
    intent: Intent | None = read_intent(root)
    if intent is not None and intent.seq > last_seq:
        for parts in intent.files:
            if parts[0] not in PLACES or parts in logged:
                continue
            if root.unlink(parts):
                removed.append("/".join(parts))
            for depth in range(len(parts) - 1, 1, -1):
                root.remove_empty(parts[:depth])
    with suppress(FileNotFoundError, NotADirectoryError):
        for entry in root.entries((INCOMING,)):
            parts = (INCOMING, entry.name)
            if entry.is_folder or is_stray(entry.name) or parts == INTENT:
                continue
            root.unlink(parts)
            removed.append("/".join(parts))
        root.unlink(INTENT)
    return tuple(removed)
