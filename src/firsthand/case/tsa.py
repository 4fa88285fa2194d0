"""Asking a time-stamping authority over HTTP (RFC 3161 section 3.4), in bounded time and size.

What is sent is a hash and a nonce, nothing of the case. Roots to believe come from configuration.
"""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from firsthand.case.stamp import MAX_REPLY
from firsthand.errors import CouldNot, InputError

__all__ = ["Authority", "NoReply", "Send", "http_send"]

TIMEOUT_S: Final = 20.0
_BLOCK: Final = 8192


class NoReply(CouldNot):
    """The authority could not be reached, or answered with something that is no reply."""


Send = Callable[[str, bytes], bytes]
"""Sends a request to an address and gives the reply's bytes, or raises NoReply."""


@dataclass(frozen=True)
class Authority:
    """A time-stamping authority that the user chose: its address, and the roots to believe."""

    name: str
    url: str
    roots_pem: bytes

    def __post_init__(self) -> None:
        if urlsplit(self.url).scheme not in {"http", "https"} or not urlsplit(self.url).hostname:
            raise InputError(f"{self.url!r} is no address of an authority.", "Give an http(s) URL.")
        if b"-----BEGIN CERTIFICATE-----" not in self.roots_pem:
            raise InputError(
                f"The authority {self.name!r} has no root certificate to believe.",
                "Get its root from the authority itself, and give it as a PEM file.",
            )


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments: object) -> None:
        return None


def http_send(url: str, query: bytes, *, timeout_s: float = TIMEOUT_S) -> bytes:
    """POST a request, follow no redirection, and read at most `MAX_REPLY` bytes within the time.

    Raises:
        NoReply: nothing came in time, or an error page did, or too much.
    """
    ends = time.monotonic() + timeout_s
    request = urllib.request.Request(  # noqa: S310  the scheme is checked by Authority
        url,
        data=query,
        headers={
            "Content-Type": "application/timestamp-query",
            "Accept": "application/timestamp-reply",
        },
    )
    reply = bytearray()
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=timeout_s) as answer:
            kind = answer.headers.get_content_type()
            while block := answer.read1(_BLOCK):
                reply += block
                if len(reply) > MAX_REPLY:
                    raise _no_reply(url, f"it sent more than {MAX_REPLY} bytes")
                if time.monotonic() > ends:
                    raise _no_reply(url, f"it did not finish within {timeout_s:g} s")
    except urllib.error.HTTPError as error:
        raise _no_reply(url, f"it answered {error.code}") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise _no_reply(url, str(reason) or type(error).__name__) from error
    if kind == "text/html":
        raise _no_reply(url, "it sent a web page")
    if not reply:
        raise _no_reply(url, "it sent nothing")
    return bytes(reply)


def _no_reply(url: str, why: str) -> NoReply:
    return NoReply(
        f"{urlsplit(url).hostname} gave no time stamp: {why}.",
        "The request is kept: send it again with `firsthand case seal` when there is a network.",
    )
