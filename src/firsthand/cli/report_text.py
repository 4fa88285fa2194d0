"""A reading, for people."""

from __future__ import annotations

from typing import Any

from firsthand.cli.out import visible

__all__ = ["claim_lines", "report_text"]


def _one(text: str) -> str:
    return visible(text, one_line=True)


def _holders(claim: dict[str, Any]) -> str:
    return " <- ".join(f"{_one(held['name'])} ({held['relation']})" for held in claim["holders"])


def _time(when: dict[str, Any] | None) -> str:
    if when is None:
        return ""
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
        lines.append(f"         when: {_time(claim['when'])}")
    return lines


def report_text(document: dict[str, Any]) -> str:
    """Each report with its lines' roles, then its claims."""
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
    out.append("")
    out.append(f"{len(document['claims'])} readings, each a proposal: accept, edit or reject it.")
    return "\n".join(out)
