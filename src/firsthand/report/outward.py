"""Where a page leads: the addresses it links to and embeds, as names that a reader knows.

An address is data: nothing is fetched. Accounts of the large platforms are named by their handle;
everything else by its host and path, without what merely tracks the reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, urlsplit

__all__ = ["Target", "host_of", "plain_address", "target_of"]

_ACCOUNTS: dict[str, re.Pattern[str]] = {
    "twitter.com": re.compile(r"^/(?P<who>[A-Za-z0-9_]+)(?:/status/\d+)?/?$"),
    "x.com": re.compile(r"^/(?P<who>[A-Za-z0-9_]+)(?:/status/\d+)?/?$"),
    "t.me": re.compile(r"^/(?:s/)?(?P<who>[A-Za-z0-9_]+)(?:/\d+)?/?$"),
    "instagram.com": re.compile(r"^/(?P<who>[A-Za-z0-9_.]+)/?$"),
    "facebook.com": re.compile(r"^/(?P<who>[A-Za-z0-9.]+)(?:/(?:videos|posts)/.*)?/?$"),
    "tiktok.com": re.compile(r"^/(?P<who>@[A-Za-z0-9_.]+)(?:/video/\d+)?/?$"),
}
_NO_HANDLE = frozenset({"i", "share", "intent", "embed", "p", "reel", "watch", "hashtag", "search"})
_CARRIERS = re.compile(
    r"(?:^|\.)(?:twitter|x|t|instagram|facebook|tiktok|youtube|youtu|youtube-nocookie|vimeo|rumble|"
    r"dailymotion|vk|telegram|streamable|bitchute|odysee)\.(?:com|me|be|ru|org|tv)$"
)


@dataclass(frozen=True)
class Target:
    """What an address leads to. `carrier`: a platform that carries other people's videos."""

    name: str
    kind: Literal["account", "item", "outlet"]
    carrier: bool


def host_of(address: str | None) -> str:
    """The host in lower case without `www.` and `m.`; empty for none."""
    parts = _split(address or "")
    return re.sub(r"^(?:www|m|mobile|amp)\.", "", (parts.hostname or "").lower()) if parts else ""


def plain_address(address: str | None) -> str:
    """Host and path, by which two addresses of one page are told to be the same."""
    parts = _split(address or "")
    if parts is None or not parts.hostname:
        return ""
    video = f"?{parts.query}" if parts.path == "/watch" else ""
    return f"{host_of(address)}{parts.path.rstrip('/')}{video}"


def target_of(address: str) -> Target | None:
    """What a web address leads to; None for one that is relative or no web address."""
    parts = _split(address)
    host = host_of(address)
    if parts is None or not host or "." not in host:
        return None
    carrier = bool(_CARRIERS.search(host))
    account = _ACCOUNTS.get(host)
    found = account.match(parts.path) if account else None
    if found and found["who"].lower() not in _NO_HANDLE:
        return Target(f"@{found['who'].lstrip('@')} ({host})", "account", carrier)
    return Target(plain_address(address), "item" if carrier else "outlet", carrier)


def _split(address: str) -> SplitResult | None:
    address = f"https:{address}" if address.startswith("//") else address
    try:
        parts = urlsplit(address.strip())
        _ = parts.hostname, parts.port
    except ValueError:
        return None
    return parts if parts.scheme in {"http", "https"} else None
