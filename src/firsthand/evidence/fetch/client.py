"""One GET to one host: no redirects elsewhere, no cookies, bounded in time and size."""

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
    """What would be sent. `secret` is a part of the address that a preview leaves out."""

    source: str
    url: str
    headers: dict[str, str] = field(default_factory=lambda: {"User-Agent": "firsthand"})
    secret: str = ""

    def preview(self) -> str:
        """Every byte that would leave, but for the secret, in words that a person can read."""
        shown = self.url.replace(self.secret, "<your key>") if self.secret else self.url
        lines = [f"GET {shown}", *(f"{name}: {value}" for name, value in self.headers.items())]
        return "\n".join(lines)


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
    if urlsplit(request.url).scheme not in {"https", "http"}:
        raise InputError("This is no address of a service.", "Give http or https.")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler(), _NoRedirect())
    asked = urllib.request.Request(request.url, headers=request.headers)  # noqa: S310
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
