"""What parent and child say to each other: short frames of JSON, and one result stream.

Control (a stream socket): 4 bytes of length, big-endian, then that much JSON; descriptors ride on
the first byte. Result (a pipe): the SHA-256 of the input as 64 hex digits, written before any byte
of it was decoded; then 4 bytes of length, a JSON head `{data, blobs: [[name, size]…]}` or
`{error: …}`, and the blobs one after the other. The parent trusts none of it.
"""

from __future__ import annotations

import json
import re
import socket
import struct
from typing import Any

__all__ = ["MAX_CONTROL", "Garbled", "loads", "receive", "send", "split_result"]

MAX_CONTROL = 1 << 20
MAX_HEAD = 64 << 20
MAX_BLOBS = 4096
HEX_DIGITS = 64
HALF = re.compile(rb"\\u[dD][89a-fA-F]")


class Garbled(Exception):
    """The other side sent something that is no frame."""


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def loads(data: bytes) -> Any:
    """JSON without NaN, infinities or half characters; any failure is `Garbled`."""
    try:
        plain = json.loads(data, parse_constant=_no_constant)
        if HALF.search(data):  # a surrogate alone is no text: nothing could ever write it again
            json.dumps(plain, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Garbled(type(error).__name__) from error
    return plain


def send(link: socket.socket, message: dict[str, Any], descriptors: tuple[int, ...] = ()) -> None:
    """One control frame."""
    body = json.dumps(message, separators=(",", ":")).encode()
    frame = struct.pack(">I", len(body)) + body
    sent = socket.send_fds(link, [frame], list(descriptors)) if descriptors else link.send(frame)
    link.sendall(frame[sent:])


def receive(link: socket.socket, descriptors: int = 0) -> tuple[dict[str, Any], list[int]]:
    """One control frame and the descriptors with it.

    Raises:
        EOFError: the other side is gone.
        Garbled: too long, or not a JSON object.
    """
    got: list[int] = []
    if descriptors:
        head, got, _, _ = socket.recv_fds(link, 4, descriptors)
    else:
        head = link.recv(4)
    head += _exactly(link, 4 - len(head)) if head else b""
    if not head:
        raise EOFError
    (length,) = struct.unpack(">I", head)
    if length > MAX_CONTROL:
        raise Garbled("a control frame too long")
    message = loads(_exactly(link, length))
    if not isinstance(message, dict):
        raise Garbled("no object")
    return message, got


def _exactly(link: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = link.recv(count - len(parts))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


def split_result(stream: bytes) -> tuple[str, dict[str, Any], dict[str, bytes]]:
    """(sha256, head, blobs) of a whole result stream.

    Raises:
        Garbled: anything does not add up.
    """
    digest, rest = stream[:HEX_DIGITS], memoryview(stream)[HEX_DIGITS:]
    if len(digest) < HEX_DIGITS or digest.translate(None, b"0123456789abcdef"):
        raise Garbled("no digest")
    if len(rest) < 4:
        raise Garbled("no head")
    (length,) = struct.unpack(">I", rest[:4])
    if length > MAX_HEAD or length > len(rest) - 4:
        raise Garbled("the head runs past the end")
    head = loads(bytes(rest[4 : 4 + length]))
    if not isinstance(head, dict):
        raise Garbled("no object")
    return digest.decode("ascii"), head, _blobs(head.get("blobs", []), rest[4 + length :])


def _blobs(table: Any, rest: memoryview) -> dict[str, bytes]:
    if not isinstance(table, list) or len(table) > MAX_BLOBS:
        raise Garbled("no table of blobs")
    blobs: dict[str, bytes] = {}
    at = 0
    for row in table:
        match row:
            case [str(name), int(size)] if 0 <= size <= len(rest) - at:
                blobs[name] = bytes(rest[at : at + size])
                at += size
            case _:
                raise Garbled("a blob that does not fit")
    if at != len(rest):
        raise Garbled("bytes after the last blob")
    return blobs
