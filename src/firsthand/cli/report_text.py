"""A reading, for people."""

from __future__ import annotations

from typing import Any

from firsthand.cli.edges import edges_text
from firsthand.cli.out import visible

__all__ = ["claim_lines", "report_text", "when_words"]


def _one(text: str) -> str:
    return visible(text, one_line=True)


def _holders(claim: dict[str, Any]) -> str:
    return " <- ".join(f"{_one(held['name'])} ({held['relation']})" for held in claim["holders"])


def when_words(when: dict[str, Any]) -> str:
    """Both bounds of a time; one that is not stated is said to be that."""
    earliest, latest = when["earliest"] or "not stated", when["latest"] or "not stated"
    return f"not before: {earliest}, not after: {latest}"


def claim_lines(claim: dict[str, Any]) -> list[str]:
    """A claim in a few lines: what is held, by whom, how hedged, and what a person said of it."""
    hedges = ", ".join(f'"{_one(hedge["cue"])}"' for hedge in claim["hedges"])
    lines = [
        f"{claim['id']:<8} {claim['type']:<12} {claim['polarity']:<8} {claim['review']['state']}"
    ]
    lines.append(f"         {_one(claim['proposition'])}")
    lines.append(f"         held by {_holders(claim)}" + (f"; hedged {hedges}" if hedges else ""))
    if claim["where"]:
        near = (
            f", {claim['where']['relation']} {_one(claim['where']['of'])}"
            if claim["where"]["of"]
            else ""
        )
        lines.append(f"         where: {_one(claim['where']['text'])}{near}")
    if claim["when"]:
        lines.append(f"         when: {when_words(claim['when'])}")
    return lines


def report_text(document: dict[str, Any]) -> str:
    """Each report with its lines' roles, the claims, the chronology; of several, the copies."""
    out: list[str] = []
    for report in document["reports"]:
        published = report["published"]
        out.append(_one(report["title"] or "(no headline)"))
        said = (
            f"{published['date']} (read from: {_one(published['span']['exact'])!r})"
            if published
            else "no date found"
        )
        out.append(f"{_one(report['publisher'] or 'publisher not found')}, published {said}")
        roles: dict[str, int] = {}
        for line in report["lines"]:
            roles[line["role"]] = roles.get(line["role"], 0) + 1
        out.append(
            "lines: " + ", ".join(f"{count} {role}" for role, count in sorted(roles.items()))
        )
        out.append("")
    for claim in document["claims"]:
        out.extend(claim_lines(claim))
    out += ["", *_chronology(document), *_drift(document), "", edges_text(document)]
    out.append("")
    out.append(f"{len(document['claims'])} readings, each a proposal: accept, edit or reject it.")
    return "\n".join(out)


def _chronology(document: dict[str, Any]) -> list[str]:
    """Events in order of time, as they are told; and where the dates clash."""
    rows = document["chronology"]
    out = ["Chronology, as it is told"] if rows else []
    for row in rows:
        more = "; ".join(
            part
            for part in (
                f"at {_one(row['place'])}" if row["place"] else "",
                ", ".join(map(_one, row["means"])),
                f"said to be by {', '.join(map(_one, row['said_by']))}" if row["said_by"] else "",
                f"casualties: {row['casualties']}" if row["casualties"] else "",
            )
            if part
        )
        out.append(f"  {row['when']:<20} {row['kind']}: {_one(row['summary'])}")
        if more:
            out.append(f"  {'':<20} {more}")
    kinds = {row["kind"] for row in rows}
    if "attack" in kinds and not kinds & {"fire", "smoke", "other"}:
        out.append("  Attacks alone are told of: such a list primes “attack”.")
    for conflict in document["date_conflicts"]:
        out.append("  dates clash: " + _one(conflict["text"].format(**conflict["values"])))
    return out


_CHANGES = {
    "turned": "TURNED: affirmed here, denied or left open there",
    "firmer": "grew firmer",
    "weaker": "grew weaker",
    "worded": "hedged in other words",
}


def _drift(document: dict[str, Any]) -> list[str]:
    """One claim through several reports: what became of its hedges."""
    out = ["", "Hedges from copy to copy"] if document["drift"] else []
    changed = [one for one in document["drift"] if one["change"] != "same"]
    for one in changed:
        out.append(f"  {_one(one['proposition'])} ({_CHANGES[one['change']]})")
        for row in one["rows"]:
            hedges = ", ".join(f'"{_one(cue)}"' for cue in row["hedges"]) or "no hedge"
            out.append(
                f"    {row['published'] or 'no date':<10} {_one(row['publisher']):<24} "
                f"{row['polarity']:<8} {row['factuality']:>2}  {hedges}"
            )
    alike = len(document["drift"]) - len(changed)
    if alike:
        out.append(f"  {alike} more claims are told by several, and hedged alike.")
    return out
