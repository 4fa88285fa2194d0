"""Which column of somebody's list is what: written by whoever takes the list in."""

from __future__ import annotations

from typing import Final, Literal, get_args

from pydantic import Field

from firsthand.evidence.incident_dates import Order
from firsthand.records import Part

__all__ = ["KINDS", "Kind", "Mapping"]

Kind = Literal["attack", "fire", "smoke", "agreement", "withdrawal", "transfer", "other"]
KINDS: Final = frozenset(get_args(Kind))


class Mapping(Part):
    """Which column is what. `records` is the dotted way to the rows of a JSON file.

    `date_order` says how numeric dates are to be read; `unknown` takes only those that can be
    read in one way. `position` is a column with both coordinates, `position_order` their order
    (WKT and GeoJSON have the longitude first whatever it says). `killed_max` and `injured_max` are
    for lists that give a least and a greatest number. `kinds` turns the list's own words into ours.
    """

    id: str
    date: str
    name: str = "list"
    date_end: str = ""
    summary: str = ""
    kind: str = ""
    place: str = ""
    latitude: str = ""
    longitude: str = ""
    position: str = ""
    source: str = ""
    position_order: Literal["lat_lon", "lon_lat"] = "lat_lon"
    killed: str = ""
    killed_max: str = ""
    injured: str = ""
    injured_max: str = ""
    by: str = ""
    records: str = ""
    delimiter: str = ","
    date_order: Order = "unknown"
    kinds: dict[str, str] = Field(default_factory=dict)
    casualties_basis: Literal["stated", "reported"] = "reported"
