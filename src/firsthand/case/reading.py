"""Reading a case: lines in order with their chain checked, payloads against their commitments."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from firsthand.case.folder import Root, StrangeFile
from firsthand.case.layout import LOG, MAX_PAYLOAD, payload_parts
from firsthand.case.log import BadLine, UnknownKind, parse_line, raw_lines
from firsthand.case.payload import Payload, Withheld, decode
from firsthand.errors import CaseDamaged, InvalidRecord
from firsthand.records import GENESIS, Event, PayloadName, sha256_hex

__all__ = ["damaged", "read_lines", "read_payload", "read_payloads"]

_STEP = "Run `firsthand case audit` on it to see all that is wrong; keep the folder as it is."


def damaged(what: str) -> CaseDamaged:
    """A CaseDamaged that sends people to the audit."""
    return CaseDamaged(what, _STEP)


def read_lines(root: Root) -> Iterator[tuple[Event, str]]:
    """Events in order, each with its line's hash; half a line at the end is not yet an event.

    Raises:
        UnknownKind: another version wrote a line.
        CaseDamaged: a line is broken, or does not follow from the one before.
    """
    try:
        fd = root.open((LOG,))
    except OSError as error:
        raise damaged(f"The case has no readable log: {error.strerror}.") from error
    previous = GENESIS
    try:
        for raw in raw_lines(fd):
            if not raw.ended:
                return
            try:
                event = parse_line(raw)
            except UnknownKind:
                raise
            except BadLine as error:
                raise damaged(error.message) from error
            if event.seq != raw.number or event.prev != previous:
                raise damaged(f"Line {raw.number} of the log does not follow from the one before.")
            previous = raw.sha256
            yield event, raw.sha256
    finally:
        os.close(fd)


def read_payload(root: Root, event: Event, name: PayloadName) -> Payload:
    """One payload, held against its commitment.

    Raises:
        CaseDamaged: it is missing, changed, or no payload.
    """
    parts = payload_parts(event.seq, name)
    where = "/".join(parts)
    try:
        encoded = root.read(parts, MAX_PAYLOAD)
    except StrangeFile as error:
        raise damaged(f"{where} is not what belongs there: {error.strerror}.") from error
    except OSError as error:
        raise damaged(f"{where} cannot be read: {error.strerror}.") from error
    if sha256_hex(encoded) != event.payloads[name]:
        raise damaged(f"{where} is not what line {event.seq} of the log commits to.")
    try:
        return decode(encoded)
    except InvalidRecord as error:
        raise damaged(f"{where}: {error.message}") from error


def read_payloads(root: Root, event: Event) -> dict[PayloadName, dict[str, Any] | Withheld]:
    """Every payload of a line."""
    return {name: read_payload(root, event, name).data for name in sorted(event.payloads)}
