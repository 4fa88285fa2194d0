"""Requests to one host: no redirects elsewhere, bounded in time and size.

A service that wants a session gets its log-in first; its cookie lives for that one exchange.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from firsthand.errors import CouldNot, InputError

__all__ = ["Request", "send"]

MAX_BYTES: Final = 64 * 2**20
TIMEOUT_S: Final = 30.0


@dataclass(frozen=True)
class Request:
    """What would be sent. `secrets` are parts of it that a preview leaves out, by their names.

    With a `body` it is a POST. `first` is sent before it, in the same session.
    """

    source: str
    url: str
    headers: dict[str, str] = field(default_factory=lambda: {"User-Agent": "firsthand"})
    secrets: dict[str, str] = field(default_factory=dict)
    body: str = ""
    first: Request | None = None

    def preview(self) -> str:
        """Every byte that would leave, but for the secrets, in words that a person can read."""
        lines = [] if self.first is None else [self.first.preview(), ""]
        lines.append(f"{'POST' if self.body else 'GET'} {self.url}")
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.first is not None:
            lines.append("Cookie: <the session that the log-in gives>")
        if self.body:
            lines += ["", self.body]
        text = "\n".join(lines)
        for name, value in self.secrets.items():
            text = text.replace(value, f"<your {name}>") if value else text
        return text


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """What is sent elsewhere was not in the preview, so it is not sent."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


def send(request: Request, *, switched_on: bool) -> bytes:
    """The answer's body.

    Raises:
        InputError: the source is not switched on, or its address is none.
        CouldNot: no answer, a refusal, or more than 64 MB.
    """
    if not switched_on:
        raise InputError(
            f"Fetching from {request.source} is switched off.",
            "Download the file yourself, or switch this source on after reading its preview.",
        )
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler(),
        urllib.request.HTTPCookieProcessor(),
        _NoRedirect(),
    )
    if request.first is not None:
        _send(request.first, opener)
    return _send(request, opener)


def _send(request: Request, opener: urllib.request.OpenerDirector) -> bytes:
    if urlsplit(request.url).scheme not in {"https", "http"}:
        raise InputError("This is no address of a service.", "Give http or https.")
    asked = urllib.request.Request(  # noqa: S310
        request.url, data=request.body.encode() or None, headers=request.headers
    )
    try:
        with opener.open(asked, timeout=TIMEOUT_S) as answer:
            body: bytes = answer.read(MAX_BYTES + 1)
    except urllib.error.HTTPError as error:
        raise CouldNot(
            f"{request.source} answered {error.code}.", "Try later, or download the file yourself."
        ) from error
    except (urllib.error.URLError, OSError) as error:
        raise CouldNot(
            f"{request.source} could not be reached.", "Check the connection, or give a file."
        ) from error
    if len(body) > MAX_BYTES:
        raise CouldNot(f"{request.source} sent more than 64 MB.", "Ask for less.")
    return body
