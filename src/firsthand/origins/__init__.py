"""Lineage: who had it from whom, of the footage and of the claim; drift and chronology."""

from firsthand.origins.between import edges_between, home_of, running_text
from firsthand.origins.chronology import (
    ChronologyRow,
    chronology,
    date_conflicts,
    dates_in_words,
    perhaps_one,
)
from firsthand.origins.drift import Drift, DriftRow, hedge_drift
from firsthand.origins.edtf import days
from firsthand.origins.groups import MUTUAL, OriginGroup, by_name, origin_groups
from firsthand.origins.text import SharedText, same_text_edges, shared_mistakes, shared_text
from firsthand.origins.timeline import MAX_ROWS, timeline, timeline_alt

__all__ = [
    "MAX_ROWS",
    "MUTUAL",
    "ChronologyRow",
    "Drift",
    "DriftRow",
    "OriginGroup",
    "SharedText",
    "by_name",
    "chronology",
    "date_conflicts",
    "dates_in_words",
    "days",
    "edges_between",
    "hedge_drift",
    "home_of",
    "origin_groups",
    "perhaps_one",
    "running_text",
    "same_text_edges",
    "shared_mistakes",
    "shared_text",
    "timeline",
    "timeline_alt",
]
