"""A file's own words, for people: one screen, leading with what matters."""

from __future__ import annotations

from typing import Any

from firsthand.cli.case_text import said
from firsthand.cli.out import visible

__all__ = ["inspect_text", "many_text"]

CREDENTIALS = {
    "none": "none, which proves nothing",
    "remote_not_fetched": "kept elsewhere on the web; not fetched",
    "unreadable": "there, and could not be read",
    "invalid": "there, and DO NOT HOLD; what they say is not shown",
    "valid_unknown_signer": "hold, by a signer nobody here vouches for",
    "trusted": "hold, by a signer under a root you trust; a signing time is no filming time",
}
FIRST_SHOWN = 6


def _one(text: str) -> str:
    return visible(text, one_line=True)


def _time(time: dict[str, Any]) -> str:
    if time["blank"]:
        return f"{_one(time['tags'][0]['raw'])} (a blank, no date)"
    zone = "" if time["instant"] else " (no zone stated)"
    return f"{time['local'] or _one(time['tags'][0]['raw'])}{zone}"


def _fields(told: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for time in told["times"]:
        tag = time["tags"][0]
        lines.append(f"  time        {_time(time)}   [{tag['group']}:{tag['name']}]")
    for position in told["positions"]:
        known = position["latitude_deg"] is not None and position["longitude_deg"] is not None
        where = (
            f"{position['latitude_deg']:.5f}, {position['longitude_deg']:.5f}"
            if known
            else "blank, or without its reference letters"
        )
        lines.append(f"  place       {where}   [{position['tags'][0]['group']}]")
    for name in ("make", "model", "software"):
        lines.extend(f"  {name:<11} {_one(field['value'])}" for field in told[name])
    return lines or ["  no time, place or camera is named; that proves nothing"]


def _happenings(continuity: dict[str, Any] | None) -> list[str]:
    if continuity is None:
        return []
    shown = continuity["happenings"][:FIRST_SHOWN]
    more = len(continuity["happenings"]) - len(shown)
    lines = [f"  {one['t_s']:>9.3f} s {said(one['statement'])}" for one in shown]
    if more:
        lines.append(f"              and {more} more: see --json")
    rate = f" at {continuity['rate_hz']:.3g}/s" if continuity["rate_hz"] else ""
    return [f"  frames      {continuity['frames']}{rate}", *lines]


def inspect_text(document: dict[str, Any]) -> str:
    """Contradictions and signatures first, then fields, writers, what happens in it, warnings."""
    told, signed = document["metadata"], document["c2pa"]
    lines = [f"{_one(document['kind'])}; sha256 {document['sha256']}"]
    lines.extend(
        f"  {one['weight']:<11} {said(one['statement'])}" for one in document["contradictions"]
    )
    lines.append(f"  signatures  {CREDENTIALS[signed['state']]}")
    lines.extend(
        f"    {problem['where']}: {_one(problem['code'])}" for problem in signed["problems"]
    )
    lines.extend(_fields(told))
    structure = document["structure"]
    if structure is not None:
        lines.extend(f"  written as  {_one(one['name'])}" for one in structure["consistent_with"])
        if structure["trailing_bytes"]:
            lines.append(f"  after end   {structure['trailing_bytes']} bytes")
    lines.extend(_happenings(document["continuity"]))
    lines.extend(f"  warning     {_one(text)}" for text in document["warnings"])
    lines.append(f"  looked at in {_one(document['sandbox'])}; read by {_one(told['reader'])}")
    lines.append("  Anyone can write these fields; two fields of one file are one witness.")
    return "\n".join(lines)


def many_text(document: dict[str, Any]) -> str:
    """A line a file: what contradicts itself, then signatures and fields; refusals last."""
    lines: list[str] = []
    for one in document["inspections"]:
        told = one["metadata"]
        doubts = sum(found["weight"] != "blank" for found in one["contradictions"])
        camera = " ".join(
            _one(fields[0]["value"]) for fields in (told["make"], told["model"]) if fields
        )
        lines.append(
            f"{_one(one['path'])}: {_one(one['kind'])}, signatures {one['c2pa']['state']}, "
            f"{doubts} contradictions or doubts, {len(told['times'])} times, "
            f"{len(told['positions'])} positions, {camera or 'no camera named'}"
        )
    lines.extend(
        f"{_one(one['path'])}: REFUSED: {_one(one['error']['message'])}"
        for one in document["refused"]
    )
    lines.append(f"{len(document['inspections'])} inspected, {len(document['refused'])} refused.")
    return "\n".join(lines)
