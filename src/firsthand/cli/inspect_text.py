"""A file's own words, for people: one screen, leading with what matters."""

from __future__ import annotations

from collections.abc import Iterable
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
FIRST_SHOWN = 5
"""Lines of one kind, so that all of it stays on a screen."""
LABEL = 13


def _one(text: str) -> str:
    return visible(text, one_line=True)


def _line(label: str, text: str) -> str:
    return f"  {label:<{LABEL}} {text}"


def _some(lines: Iterable[str]) -> list[str]:
    """The first few, each once, and how many more there are."""
    kept = list(dict.fromkeys(lines))
    more = len(kept) - FIRST_SHOWN
    return [*kept[:FIRST_SHOWN], _line("", f"and {more} more: see --json")] if more > 0 else kept


def _zone(time: dict[str, Any]) -> str:
    if time["offset_min"] is not None:
        hours, minutes = divmod(abs(time["offset_min"]), 60)
        return f" UTC{'-' if time['offset_min'] < 0 else '+'}{hours:02d}:{minutes:02d}"
    return " UTC" if time["instant"] else " (no zone stated)"


def _time(time: dict[str, Any]) -> str:
    if time["blank"]:
        return f"{_one(time['tags'][0]['raw'])} (a blank, no date)"
    if not time["local"]:
        return _one(time["tags"][0]["raw"])
    whole, _, part = time["local"].partition(".")
    part = part.rstrip("0")
    return f"{whole.replace('T', ' ')}{f'.{part}' if part else ''}{_zone(time)}"


def _times(told: dict[str, Any]) -> list[str]:
    """Fields that say the same on one line: they are one witness."""
    places: dict[str, list[str]] = {}
    for time in told["times"]:
        tag = time["tags"][0]
        places.setdefault(_time(time), []).append(_one(f"{tag['group']}:{tag['name']}"))
    lines = _some(_line("time", f"{t}   [{', '.join(where)}]") for t, where in places.items())
    if told["derived_offset_min"] is not None:
        zone = _zone({"offset_min": told["derived_offset_min"], "instant": None})
        lines.append(_line("zone", f"about{zone}, derived from GPS time and stated nowhere"))
    return lines


def _place(position: dict[str, Any]) -> str:
    known = position["latitude_deg"] is not None and position["longitude_deg"] is not None
    where = (
        f"{position['latitude_deg']:.5f}, {position['longitude_deg']:.5f}"
        if known
        else "blank, or without its reference letters"
    )
    return f"{where}   [{_one(position['tags'][0]['group'])}]"


def _fields(told: dict[str, Any]) -> list[str]:
    lines = _times(told)
    lines += _some(_line("place", _place(position)) for position in told["positions"])
    for name in ("make", "model", "software"):
        values = list(dict.fromkeys(_one(field["value"]) for field in told[name]))
        if values:
            more = f" and {len(values) - FIRST_SHOWN} more" if len(values) > FIRST_SHOWN else ""
            lines.append(_line(name, "; ".join(values[:FIRST_SHOWN]) + more))
    return lines or ["  no time, place or camera is named; that proves nothing"]


def _signatures(signed: dict[str, Any]) -> list[str]:
    lines = [_line("signatures", CREDENTIALS[signed["state"]])]
    if signed["signer"]:
        who = _one(f"{signed['signer']['common_name']}, {signed['signer']['issuer']}".strip(", "))
        at = signed["signer"]["signed_at"]
        when = f", at {_one(at)} (no filming time)" if at else ""
        lines.append(_line("", f"signed by {who}{when}"))
    if signed["spoiled"]:
        lines.append(_line("", "rests on an ingredient whose own signature does not hold"))
    problems = sorted(signed["problems"], key=lambda one: one["weight"] != "failure")
    return lines + _some(
        _line("", f"{one['where']}, {one['weight'].replace('_', ' ')}: {_one(one['code'])}")
        for one in problems
    )


def _build(structure: dict[str, Any] | None) -> list[str]:
    if structure is None:
        return []
    lines = _some(_line("written as", _one(one["name"])) for one in structure["consistent_with"])
    if structure["earlier_saving"]:
        lines.append(_line("saved before", said(structure["earlier_saving"]["statement"])))
        lines.append(_line("", "Messengers and sites do that; what was changed it does not say."))
    if structure["trailing_bytes"]:
        lines.append(_line("after end", f"{structure['trailing_bytes']} bytes"))
    if not structure["whole"]:
        lines.append(_line("not whole", "it ends, or is broken, before its outline does"))
    return lines


def _counts(continuity: dict[str, Any]) -> list[tuple[str, int]]:
    return sorted((kind, n) for kind, n in continuity["counts"].items() if n)


def _happenings(continuity: dict[str, Any] | None) -> list[str]:
    if continuity is None:
        return []
    rate = f" at {continuity['rate_hz']:.3g}/s" if continuity["rate_hz"] else ""
    counted = ", ".join(f"{kind.replace('_', ' ')} {n}" for kind, n in _counts(continuity))
    found = counted or "no seam found, which proves nothing"
    # A change of frame rate doubles frames by the hundred: what is rare is looked at first.
    rare = sorted(continuity["happenings"], key=lambda one: continuity["counts"][one["kind"]])
    return [
        _line("frames", f"{continuity['frames']}{rate}; {found}"),
        *_some(_line(f"{one['t_s']:.3f} s", said(one["statement"])) for one in rare),
        *_some(_line("", said(note)) for note in continuity["notes"]),
    ]  # fmt: skip


def inspect_text(document: dict[str, Any]) -> str:
    """Contradictions and signatures first, then fields, writers, what happens in it, warnings."""
    told = document["metadata"]
    return "\n".join([
        f"{_one(document['kind'])}; sha256 {document['sha256']}",
        *_some(_line(one["weight"], said(one["statement"])) for one in document["contradictions"]),
        *_signatures(document["c2pa"]),
        *_fields(told),
        *_build(document["structure"]),
        *_happenings(document["continuity"]),
        *_some(_line("warning", _one(text)) for text in document["warnings"]),
        f"  looked at in {_one(document['sandbox'])}; read by {_one(told['reader'])}",
        "  Anyone can write these fields; two fields of one file are one witness.",
    ])  # fmt: skip


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
