"""Payloads: what a line commits to, and the commitments.

A payload file is canonical JSON `{"data": …, "salt": "<64 hex>", "schema": "firsthand/payload/1"}`
and one LF; the commitment is the SHA-256 of those bytes. The salt keeps anybody without the
payload from guessing what it says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from firsthand.case.layout import MAX_PAYLOAD
from firsthand.errors import InvalidRecord
from firsthand.records import Part, canonical, sha256_hex
from firsthand.records.base import MAX_SAFE_INTEGER

__all__ = [
    "PAYLOAD_SCHEMA",
    "SALT_BYTES",
    "Payload",
    "Plain",
    "Withheld",
    "content_commitment",
    "decode",
    "encode",
]

PAYLOAD_SCHEMA: Final = "firsthand/payload/1"
SALT_BYTES: Final = 32

Plain = Mapping[str, Any]
_SALT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Payload:
    """A payload read back."""

    data: dict[str, Any]
    salt: str


@dataclass(frozen=True)
class Withheld:
    """The line commits to a payload that is kept from this reader, and `why`."""

    why: str


def encode(data: Plain | Part, salt: bytes) -> bytes:
    """The bytes of a payload file.

    Raises:
        InvalidRecord: the data is not plain JSON, or too large.
    """
    plain = data.plain() if isinstance(data, Part) else dict(data)
    try:
        encoded = canonical({"data": plain, "salt": salt.hex(), "schema": PAYLOAD_SCHEMA}) + b"\n"
    except (ValueError, TypeError, RecursionError) as error:
        raise InvalidRecord(
            f"This cannot be kept as a payload: {error}.", "Give plain JSON data."
        ) from error
    if len(encoded) > MAX_PAYLOAD:
        raise InvalidRecord(
            f"A payload of {len(encoded)} bytes is too large; the limit is {MAX_PAYLOAD}.",
            "Keep large things as items, not in payloads.",
        )
    return encoded


def decode(encoded: bytes, *, strict: bool = False) -> Payload:
    """Read a payload file back. `strict` also asks that the bytes are canonical.

    Raises:
        InvalidRecord: it is no payload.
    """
    try:
        plain = json.loads(encoded, parse_int=_number)
        fault = _fault(plain)
        if fault is None and strict and canonical(plain) + b"\n" != encoded:
            fault = "its bytes are not canonical"
    except RecursionError:
        fault = "it is nested too deeply"
    except ValueError as error:
        fault = str(error)
    if fault is not None:
        raise InvalidRecord(f"This is no payload: {fault:.200}.", "Run `firsthand case audit`.")
    return Payload(data=plain["data"], salt=plain["salt"])


def _number(text: str) -> int | float:
    """RFC 8785 writes a double of 2^53 or more without a point: it was no integer."""
    return int(text) if len(text) < 16 or abs(int(text[:20])) <= MAX_SAFE_INTEGER else float(text)


def _fault(plain: Any) -> str | None:
    if not isinstance(plain, dict) or set(plain) != {"data", "salt", "schema"}:
        return "it has other members than data, salt and schema"
    if plain["schema"] != PAYLOAD_SCHEMA:
        return f"its schema is {plain['schema']!r:.80}"
    if not isinstance(plain["data"], dict):
        return "its data is no object"
    if not isinstance(plain["salt"], str) or not _SALT.fullmatch(plain["salt"]):
        return "its salt is not 64 hex digits"
    return None


def content_commitment(salt_hex: str, sha256: str) -> str:
    """SHA-256 of the ASCII text `<salt hex><sha256 hex>`."""
    return sha256_hex((salt_hex + sha256).encode("ascii"))
