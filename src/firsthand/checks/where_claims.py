"""Which claims a test of place and time tests: always the two together."""

from __future__ import annotations

from collections.abc import Iterable

from firsthand.checks.claimed import claimed_time
from firsthand.records import Claim, ClaimRef

__all__ = ["place_and_time"]


def place_and_time(claims: Iterable[Claim]) -> tuple[ClaimRef, ...]:
    """The claims about the footage that state where or when it was filmed."""
    held = tuple(claims)
    places = (
        claim.ref
        for claim in held
        if claim.footage and claim.where is not None and claim.polarity == "affirmed"
    )
    return tuple(dict.fromkeys((*places, *claimed_time(held).claims)))
