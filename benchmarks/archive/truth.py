"""What a query and an item of the bench's archive really are to each other."""

from __future__ import annotations

from make import WINDOWS_S, inserted_at
from sources import SOURCES

CAMERA = {source.name: source.camera for source in SOURCES}
UNSURE = frozenset({"bunny"})
"""Cameras whose sources may overlap each other in a way that nobody wrote down."""


def span(clip: dict) -> tuple[float, float] | None:
    """Seconds of its source that a clip shows; None for a composite."""
    if clip["kind"] == "composite":
        return None
    start = clip.get("start_s", 0.0)
    return start, start + clip.get("length_s", WINDOWS_S)


def relation(query: dict, item: dict) -> str:
    """`copy`, `other take`, `unrelated`, or `ignore` where it is none of them cleanly."""
    if item["kind"] in {"distractor", "unknown"}:
        return "unrelated"
    shown = query.get("transformation", "")
    if shown in {"picture in picture", "inserted"} and (
        CAMERA[item["source"]] == CAMERA[query["other"]]
    ):
        return "ignore"  # it shows that recording too
    if query["source"] != item["source"]:
        same = CAMERA[query["source"]] == CAMERA[item["source"]]
        if same and CAMERA[query["source"]] in UNSURE:
            return "ignore"
        return "other take" if same else "unrelated"
    one, two = span(query), span(item)
    if one is None or two is None:
        same = one == two and (query.get("which"), query.get("take")) == (
            item.get("which"), item.get("take"))  # fmt: skip
        return "copy" if same else "other take"
    overlap = min(one[1], two[1]) - max(one[0], two[0])
    if overlap >= min(1.0, 0.5 * (one[1] - one[0])):
        return "copy"
    return "other take" if overlap <= 0 else "ignore"


def start_of(query: dict, item: dict, at_query_s: float, rate: float) -> float:
    """Where on the item's clock the query's second `at_query_s` really lies."""
    name = query.get("transformation", "")
    lead = inserted_at(rate) / rate if name == "inserted" else 0.0
    speed = {"speed 0.8": 0.8, "speed 1.25": 1.25}.get(name, 1.0)
    return query["start_s"] - item["start_s"] + (at_query_s - lead) * speed
