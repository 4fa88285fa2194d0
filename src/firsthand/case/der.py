"""The one ASN.1 structure that we write: a time-stamp request (RFC 3161 section 2.4.1)."""

from __future__ import annotations

from typing import Final

__all__ = ["time_stamp_request"]

NONCE_BYTES: Final = 16
_SHA256: Final = bytes.fromhex("0609608648016503040201")  # 2.16.840.1.101.3.4.2.1
_NULL: Final = b"\x05\x00"
_SEQUENCE, _INTEGER, _OCTETS, _BOOLEAN = 0x30, 0x02, 0x04, 0x01


def time_stamp_request(imprint: bytes, nonce: int) -> bytes:
    """DER of a request for a SHA-256 imprint, with a nonce, asking for the certificates.

    TimeStampReq { version 1, messageImprint { sha256, imprint }, nonce, certReq TRUE }
    """
    if len(imprint) != 32 or nonce <= 0:
        raise ValueError("a SHA-256 imprint and a positive nonce are needed")
    algorithm = _tlv(_SEQUENCE, _SHA256 + _NULL)
    message = _tlv(_SEQUENCE, algorithm + _tlv(_OCTETS, imprint))
    return _tlv(
        _SEQUENCE,
        _integer(1) + message + _integer(nonce) + _tlv(_BOOLEAN, b"\xff"),
    )


def _tlv(tag: int, content: bytes) -> bytes:
    if len(content) > 127:
        raise ValueError("a request is never that long")
    return bytes([tag, len(content)]) + content


def _integer(value: int) -> bytes:
    return _tlv(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))
