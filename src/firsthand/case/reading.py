"""Reading a case: lines in order with their chain checked, payloads against their commitments."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from firsthand.case.encrypted import encrypted_parts
from firsthand.case.folder import Root, StrangeFile
from firsthand.case.layout import LOG, MAX_PAYLOAD, payload_parts
from firsthand.case.log import BadLine, UnknownKind, parse_line, raw_lines
from firsthand.case.payload import Payload, Withheld, decode
from firsthand.case.withheld import payload_id, read_redaction
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
    except OSError as error:
        raise damaged(f"The log cannot be read to its end: {error.strerror}.") from error
    finally:
        os.close(fd)


def read_payload(root: Root, event: Event, name: PayloadName) -> Payload | Withheld:
    """One payload, held against its commitment, or why this reader does not have it.

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
        found = _elsewhere(root, event, name) if isinstance(error, FileNotFoundError) else None
        if found is None:
            raise damaged(f"{where} cannot be read: {error.strerror}.") from error
        if isinstance(found, Withheld):
            return found
        encoded = found
    if sha256_hex(encoded) != event.payloads[name]:
        raise damaged(f"{where} is not what line {event.seq} of the log commits to.")
    try:
        return decode(encoded)
    except InvalidRecord as error:
        raise damaged(f"{where}: {error.message}") from error


def _elsewhere(root: Root, event: Event, name: PayloadName) -> bytes | Withheld | None:
    """A payload that is not in its place: opened with its key, withheld, or missing."""
    try:
        redaction = read_redaction(root)
        if redaction is not None and payload_id(event.seq, name) in redaction.payloads:
            return Withheld("left out of this copy")
        if root.stat(encrypted_parts(event.seq, name)) is None:
            return None
        data = root.read(encrypted_parts(event.seq, name), 2 * MAX_PAYLOAD)
    except (OSError, InvalidRecord) as error:
        raise damaged(
            f"Payload {payload_id(event.seq, name)} is withheld wrongly: {error}."
        ) from error
    plain = root.unlock(event, name, data) if root.unlock is not None else None
    return plain or Withheld("encrypted, and its key is not here")


def read_payloads(root: Root, event: Event) -> dict[PayloadName, dict[str, Any] | Withheld]:
    """Every payload of a line."""
    found = {name: read_payload(root, event, name) for name in sorted(event.payloads)}
    return {
        name: payload.data if isinstance(payload, Payload) else payload
        for name, payload in found.items()
    }
