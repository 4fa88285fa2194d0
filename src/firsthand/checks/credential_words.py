"""What is said of a file's Content Credentials, state by state."""

from __future__ import annotations

from typing import Final

from firsthand.media.credentials import Credentials
from firsthand.records import Message, say

__all__ = ["of_credentials", "silent"]

_SIGNED: Final[dict[str, Message]] = {
    "none": say("It carries no Content Credentials. Most files carry none: that proves nothing."),
    "remote_not_fetched": say(
        "Its Content Credentials lie elsewhere on the web and were not fetched."
    ),
    "unreadable": say("It carries Content Credentials that could not be read."),
    "invalid": say(
        "It carries Content Credentials that do not hold: the file was changed after signing, or "
        "they were never sound. What they say is not shown."
    ),
    "valid_unknown_signer": say(
        "Its Content Credentials hold, by a signer whom nobody here vouches for: anyone can sign."
    ),
    "trusted": say(
        "Its Content Credentials hold, by a signer under a root that this desk trusts. That says "
        "who signed; when it was signed is not when it was filmed."
    ),
}
_SPOILED: Final = say(
    "It rests on an ingredient whose own signature does not hold, so the signer's word covers "
    "less than it seems."
)


_SAYS_NOTHING: Final = say(
    "The file states neither when nor where it was filmed. This proves nothing."
)
_SILENT: Final[dict[str, Message]] = {
    "invalid": say(
        "The file states neither when nor where it was filmed, and it carries Content Credentials "
        "that do not hold."
    ),
    "valid_unknown_signer": say(
        "The file states neither when nor where it was filmed; it carries Content Credentials by "
        "a signer whom nobody here vouches for."
    ),
    "trusted": say(
        "The file states neither when nor where it was filmed; it carries Content Credentials by "
        "a signer under a root that this desk trusts."
    ),
}
"""What is said of a file without times and positions, by the state of its credentials."""


def silent(credentials: Credentials | None) -> Message:
    """The sentence on a file without times and positions."""
    return _SILENT.get(credentials.state, _SAYS_NOTHING) if credentials else _SAYS_NOTHING


def of_credentials(credentials: Credentials) -> tuple[Message, ...]:
    """What their state is, and whether they rest on something that does not hold."""
    told = _SIGNED[credentials.state]
    return (told, _SPOILED) if credentials.spoiled else (told,)
