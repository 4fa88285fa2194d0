"""Who had it from whom: sources, and edges that are stated or inferred."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from firsthand.records.base import Record
from firsthand.records.report import EdtfDate, Span
from firsthand.records.words import Message

__all__ = ["Edge", "Source"]


class Source(Record):
    """Somebody or something named as having published, posted, filmed or said."""

    schema_: Literal["firsthand/source/1"] = Field("firsthand/source/1", alias="schema")
    id: str
    name: str
    kind: Literal["outlet", "account", "person", "office", "group", "item", "unnamed"]
    spans: tuple[Span, ...] = ()
    first_seen: EdtfDate | None = None


class Edge(Record):
    """`later` had it from `earlier`. Two lineages are kept apart: of footage and of the claim.

    `basis` is `stated` (the text says so) or `inferred` (we conclude so, and `why` says how).
    """

    schema_: Literal["firsthand/edge/1"] = Field("firsthand/edge/1", alias="schema")
    id: str
    lineage: Literal["footage", "claim"]
    earlier: str
    later: str
    relation: Literal[
        "filmed",
        "posted",
        "credited",
        "republished",
        "quoted",
        "linked",
        "embedded",
        "same_text",
        "same_recording",
    ]
    basis: Literal["stated", "inferred"]
    spans: tuple[Span, ...] = ()
    why: Message
