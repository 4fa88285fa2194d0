"""The form of an encrypted payload, and how it is opened with its key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import Field

from firsthand.case.folder import Root
from firsthand.case.kept import Manifest
from firsthand.case.layout import ENCRYPTED, PAYLOADS, Parts, payload_parts
from firsthand.case.withheld import payload_id
from firsthand.records import Event, PayloadName

__all__ = [
    "NONCE_BYTES",
    "PayloadEncrypted",
    "PayloadKeys",
    "closed",
    "encrypted_parts",
    "finish_encrypting",
    "opened",
]

NONCE_BYTES: Final = 12


class PayloadEncrypted(Manifest):
    """From here on the payload `name` of line `line` is kept under its own key alone."""

    cipher: Literal["AES-256-GCM"] = "AES-256-GCM"
    line: int = Field(ge=1)
    name: PayloadName

    def folder(self) -> Parts:
        """`encrypted`."""
        return (ENCRYPTED,)


class PayloadKeys(Protocol):
    """Where keys are looked up."""

    def payload_key(self, case_id: str, name: str) -> bytes | None:
        """The key of a payload, if it is here."""


def encrypted_parts(seq: int, name: PayloadName) -> Parts:
    """Where the encrypted payload stands."""
    return (ENCRYPTED, payload_id(seq, name))


def _bound_to(case_id: str, event: Event, name: PayloadName) -> bytes:
    return f"{case_id}/{payload_id(event.seq, name)}/{event.payloads[name]}".encode()


def closed(
    encoded: bytes, *, key: bytes, nonce: bytes, case_id: str, event: Event, name: PayloadName
) -> bytes:
    """The payload's bytes under a key."""
    return nonce + AESGCM(key).encrypt(nonce, encoded, _bound_to(case_id, event, name))


def opened(data: bytes, key: bytes, case_id: str, event: Event, name: PayloadName) -> bytes | None:
    """The payload's bytes again; None if the key is another one or the bytes were changed."""
    try:
        nonce, rest = data[:NONCE_BYTES], data[NONCE_BYTES:]
        return AESGCM(key).decrypt(nonce, rest, _bound_to(case_id, event, name))
    except (InvalidTag, ValueError):
        return None


def finish_encrypting(root: Root, events: Iterable[Event]) -> None:
    """Remove readable payloads that an encrypted one stands for: a crash may have left one.

    Raises:
        OSError: one cannot be removed.
    """
    gone = False
    for event in events:
        if event.kind != "payload.encrypted":
            continue
        line, _, name = event.subject[0].partition(".")
        if name != "sensitive" or root.stat(encrypted_parts(int(line), "sensitive")) is None:
            continue
        gone |= root.unlink(payload_parts(int(line), "sensitive"))
    if gone:
        root.sync_folder((PAYLOADS,))
