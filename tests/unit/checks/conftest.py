"""Records for the checks to look at, made in one line each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from firsthand.records import Claim, Edge, Source, say

BASE: dict[str, Any] = {
    "id": "r1.c1",
    "revision": 1,
    "report": "r1",
    "type": "time",
    "proposition": "the footage was filmed",
    "footage": True,
    "spans": (),
    "polarity": "affirmed",
    "factuality": 2,
    "holders": ({"name": "A paper", "kind": "publisher"},),
    "proposer": {"tool": "firsthand", "version": "0", "rule": "test"},
    "review": {"state": "accepted", "by": "a1", "at": datetime(2021, 10, 1, tzinfo=UTC)},
}


@pytest.fixture
def claim() -> Callable[..., Claim]:
    """A claim about footage that a person accepted, with the given fields changed."""
    return lambda **changes: Claim.model_validate(BASE | changes)


@pytest.fixture
def when() -> Callable[..., dict[str, Any]]:
    return lambda earliest, latest: {"earliest": earliest, "latest": latest, "grain": "day"}


@pytest.fixture
def source() -> Callable[..., Source]:
    return lambda id, name="", kind="outlet": Source(id=id, name=name or id, kind=kind)


@pytest.fixture
def edge() -> Callable[..., Edge]:
    """`edge("filmer", "paper", "filmed")`: the paper had it from the filmer."""

    def make(earlier: str, later: str, relation: str, basis: str = "stated") -> Edge:
        return Edge.model_validate(
            {
                "id": f"{earlier}-{later}",
                "lineage": "footage",
                "earlier": earlier,
                "later": later,
                "relation": relation,
                "basis": basis,
                "why": say("So it is written."),
            }
        )

    return make
