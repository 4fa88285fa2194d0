"""Old records stay readable: a chain of small steps from any known schema to today's.

`UPCASTERS["firsthand/claim/1"]` would take plain data of version 1 and give version 2's. A schema
that nobody knows is refused by name, so that a newer tool's case is never half read.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from firsthand.errors import InvalidRecord
from firsthand.records.base import Record, canonical
from firsthand.records.claim import Claim
from firsthand.records.desk import Mark, Setting
from firsthand.records.event import Event
from firsthand.records.finding import Finding
from firsthand.records.incident import Incident
from firsthand.records.lineage import Edge, Source
from firsthand.records.media import Item, Media
from firsthand.records.report import Report

__all__ = ["CURRENT", "UPCASTERS", "load_record"]

Plain = dict[str, Any]
CURRENT: dict[str, type[Record]] = {
    kind.model_fields["schema_"].default: kind
    for kind in (Claim, Edge, Event, Finding, Incident, Item, Mark, Media, Report, Setting, Source)
}
UPCASTERS: dict[str, Callable[[Plain], Plain]] = {}


def load_record(
    data: bytes,
    *,
    upcasters: dict[str, Callable[[Plain], Plain]] | None = None,
) -> Record:
    """Read a record of any known schema, brought up to today's.

    Raises:
        InvalidRecord: not JSON, no schema, a schema nobody knows, or a broken record.
    """
    steps = UPCASTERS if upcasters is None else upcasters
    try:
        plain = json.loads(data)
        schema = plain["schema"]
    except (ValueError, TypeError, KeyError) as error:
        raise InvalidRecord(
            "This record names no schema.", "It was not written by Firsthand."
        ) from error
    seen: set[str] = set()
    while schema in steps and schema not in seen:
        seen.add(schema)
        plain = steps[schema](plain)
        schema = plain["schema"]
    if schema not in CURRENT:
        raise InvalidRecord(
            f"The schema {schema!r} is unknown to this version.",
            "Use the version of Firsthand that wrote it, or a newer one.",
        )
    return CURRENT[schema].parse(canonical(plain))
