"""The log's lines: read with bounds, parsed strictly, chained by the bytes as they are stored."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from firsthand.case.layout import MAX_LINE, MAX_LOG
from firsthand.errors import InvalidRecord
from firsthand.records import Event, EventKind, sha256_hex

__all__ = ["BadLine", "RawLine", "UnknownKind", "encode_line", "parse_line", "raw_lines"]

_KINDS = frozenset(get_args(EventKind))
_BLOCK = 1 << 16


@dataclass(frozen=True)
class RawLine:
    """A line as it is stored. `data` is without its LF, and None if it is longer than allowed.

    `sha256` covers the stored bytes with the LF; `ended` says whether there is one.
    """

    number: int
    data: bytes | None
    sha256: str
    size: int
    ended: bool


class BadLine(InvalidRecord):
    """A line that breaks the format; `code` names how."""

    def __init__(self, number: int, code: str, why: str) -> None:
        super().__init__(
            f"Line {number} of the log {why}.",
            "Run `firsthand case audit` on the case to see all that is wrong.",
        )
        self.number = number
        self.code = code


class UnknownKind(BadLine):
    """A line of a kind or schema that only another version knows."""

    def __init__(self, number: int, what: str) -> None:
        super().__init__(number, "unknown_kind", f"is of {what}, which this version does not know")
        self.next_step = (
            "Open the case with the version of Firsthand that wrote it, or a newer one."
        )


def raw_lines(fd: int) -> Iterator[RawLine]:
    """Split a log into lines, holding never more than one line of the allowed length.

    Raises:
        OSError: it cannot be read, or is larger than any log of ours.
    """
    if os.fstat(fd).st_size > MAX_LOG:
        raise OSError(errno.EFBIG, f"it is larger than {MAX_LOG} bytes")
    with os.fdopen(os.dup(fd), "rb", buffering=0) as file:
        file.seek(0)
        number = 1
        kept = bytearray()
        digest = hashlib.sha256()
        size = 0
        while block := file.read(_BLOCK):
            start = 0
            while start < len(block):
                newline = block.find(b"\n", start)
                end = len(block) if newline < 0 else newline + 1
                piece = block[start:end]
                digest.update(piece)
                size += len(piece)
                if size <= MAX_LINE:
                    kept += piece
                start = end
                if newline >= 0:
                    data = bytes(kept[:-1]) if size <= MAX_LINE else None
                    yield RawLine(number, data, digest.hexdigest(), size, ended=True)
                    number, kept, digest, size = number + 1, bytearray(), hashlib.sha256(), 0
        if size:
            data = bytes(kept) if size <= MAX_LINE else None
            yield RawLine(number, data, digest.hexdigest(), size, ended=False)


def parse_line(raw: RawLine) -> Event:
    """The event of a line.

    Raises:
        UnknownKind: another version wrote it.
        BadLine: it is too long, not JSON, not an event, or not canonical.
    """
    if raw.data is None:
        raise BadLine(raw.number, "line_too_long", f"is {raw.size} bytes long")
    try:
        event = Event.parse(raw.data)
    except InvalidRecord as error:
        raise _explain(raw.number, raw.data, error) from error
    if event.canonical() != raw.data:
        raise BadLine(raw.number, "not_canonical", "is not in canonical form")
    return event


def _explain(number: int, data: bytes, error: InvalidRecord) -> BadLine:
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError):
        return BadLine(number, "not_json", "is not JSON")
    if isinstance(plain, dict):
        schema, kind = plain.get("schema"), plain.get("kind")
        if isinstance(schema, str) and schema != "firsthand/event/1":
            return UnknownKind(number, f"the schema {schema[:80]!r}")
        if isinstance(kind, str) and kind not in _KINDS:
            return UnknownKind(number, f"the kind {kind[:80]!r}")
    return BadLine(number, "not_an_event", f"is no event ({error.message[:200]})")


def encode_line(event: Event) -> tuple[bytes, str]:
    """The stored bytes of an event and their SHA-256, which is the next line's `prev`.

    Raises:
        InvalidRecord: the line would be longer than allowed.
    """
    line = event.canonical() + b"\n"
    if len(line) > MAX_LINE:
        raise InvalidRecord(
            f"A log line of {len(line)} bytes is too long; the limit is {MAX_LINE}.",
            "Name fewer subjects in one act.",
        )
    return line, sha256_hex(line)
