"""One event, however many sentences mention it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from firsthand.records.base import Part, Record
from firsthand.records.claim import Casualties, Holder, When, Where
from firsthand.records.report import Span

__all__ = ["Incident", "Means"]


class Means(Part):
    """What was used: three booby-trapped drones, one shot down."""

    kind: str
    count: int | None = None
    text: str = ""
    fate: str = ""


class Incident(Record):
    """An event in the report's background or in somebody's list; a claim until accepted."""

    schema_: Literal["firsthand/incident/1"] = Field("firsthand/incident/1", alias="schema")
    id: str
    kind: Literal["attack", "fire", "smoke", "agreement", "withdrawal", "transfer", "other"]
    summary: str
    claims: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    when: When | None = None
    where: Where | None = None
    means: tuple[Means, ...] = ()
    said_to_be_by: tuple[Holder, ...] = ()
    casualties: Casualties | None = None
    source: str = ""
