"""What a case says, for people: short, and leading with what matters."""

from __future__ import annotations

import json
from typing import Any

from firsthand.cli.out import visible
from firsthand.cli.report_text import claim_lines

__all__ = [
    "audit_text",
    "case_text",
    "findings_text",
    "note_text",
    "reproduced_text",
    "review_text",
    "setting_text",
    "taken_text",
    "weighing_text",
]

OUTCOMES = {
    "consistent": "consistent",
    "inconsistent": "INCONSISTENT",
    "inconclusive": "did not tell",
    "needs_input": "needs input",
    "not_applicable": "does not arise",
    "could_not_run": "COULD NOT RUN",
}


def _one(text: str) -> str:
    return visible(text, one_line=True)


def said(message: dict[str, Any]) -> str:
    """A Message's English sentence."""
    filled: str = message["text"].format(**message["values"])
    return _one(filled)


def taken_text(done: dict[str, Any]) -> str:
    """What came in, and what was there already."""
    lines = [f"case {_one(done['case'])}"]
    for item in done["items"]:
        state = "taken in" if item["new"] else "already kept"
        lines.append(f"  {item['id']:<5} {item['kind']:<7} {_one(item['name'])}  ({state})")
    lines.extend(f"  warning: {_one(warning)}" for warning in done["warnings"])
    lines.append(f"  looked at in: {_one(done['sandbox'])}")
    lines.append(f"  log: {done['last_line']} lines, head {done['head'][:16]}…")
    return "\n".join(lines)


def review_text(done: dict[str, Any]) -> str:
    """Open readings first; then how many are done."""
    lines: list[str] = []
    for claim in done.get("reviewed_now", []):
        lines.append(f"{claim['id']}: {claim['review']['state']}")
    for claim in done["open"]:
        lines.extend(claim_lines(claim))
    lines.append(f"{len(done['open'])} readings open, {len(done['reviewed'])} decided.")
    return "\n".join(lines)


def setting_text(done: dict[str, Any]) -> str:
    """Each setting at its revision."""
    lines = [f"{one['id']} (revision {one['revision']}): {one['name']} set" for one in done["set"]]
    lines.extend(f"{name}: stands so already" for name in done["unchanged"])
    return "\n".join(lines)


def findings_text(done: dict[str, Any]) -> str:
    """A line a finding."""
    lines: list[str] = []
    for finding in done["findings"]:
        shot = f" ({finding['shot']})" if finding["shot"] else ""
        outcome = OUTCOMES[finding["outcome"]["kind"]]
        lines.append(f"{finding['check'] + shot:<24} {outcome:<14} {said(finding['statement'])}")
    ran = len(done["ran"])
    lines.append(f"{ran} checks run; {len(done['unchanged'])} stand unchanged.")
    return "\n".join(lines)


def weighing_text(done: dict[str, Any]) -> str:
    """A proposition a block: status, strength, what carries it, what would settle it.

    Shots of which the same is to be said stand together.
    """
    blocks: dict[str, list[str]] = {}
    for one in done["propositions"]:
        block = "\n".join((f"{one['id']}{{shots}}: {_status(one)}", *_behind(one)))
        blocks.setdefault(block, []).append(one["shot"] or "")
    lines = [
        block.replace("{shots}", f" {_one(', '.join(shots))}".rstrip(), 1)
        for block, shots in blocks.items()
    ]
    if done["stale"]:
        lines.append(f"stale, counted for nothing until rerun: {', '.join(done['stale'])}")
    return "\n".join(lines)


def _status(one: dict[str, Any]) -> str:
    words: str = one["status"].replace("_", " ")
    return f"{words} ({_one(one['strength'])})" if one["strength"] else words


def _behind(one: dict[str, Any]) -> list[str]:
    lines = [
        f"    {name}: {_one(', '.join(one[key]))}"
        for name, key in (("carried by", "carried_by"), ("conflict", "conflicts"))
        if one[key]
    ]
    for row in one["against"]:
        if one["status"] in {"consistent", "consistent_and_unlikely_if_false"}:
            told = _one(row["strength"]) if row["strength"] else "nothing speaks against it"
            lines.append(f"    {row['alternative'].replace('_', ' ')}: {told}")
    for need in one["would_settle"]:
        asks = " ".join(need["asks"])
        could = " or ".join(need["could_become"]).replace("_", " ")
        lines.append(f"    would settle (could become {could}): {_one(asks)}")
    return lines


def note_text(done: dict[str, Any]) -> str:
    """The note's number and where to open it; the path stands alone on the last line."""
    state = "written" if done["new"] else "stands; nothing has changed since"
    return f"note {done['note']} {state}; open\n{_one(done.get('pdf', done['path']))}"


def _note_line(note: dict[str, Any]) -> str:
    names = ", ".join(_one(name) for name in note["signed_by"])
    state = f"signed off by {names}" if names else "draft"
    if note["overtaken"]:
        state += ", overtaken by a later note"
    return f"  note {note['number']} ({note['language']}, {state}): {_one(note['path'])}"


def reproduced_text(done: dict[str, Any]) -> str:
    """Each difference on a line, then the verdict."""
    found = [*(d for check in done["checks"] for d in check["differences"]), *done["differences"]]
    lines = [
        f"{_one(one['where'])}: noted {_short(one['noted'])}, now {_short(one['now'])}"
        + (" (within tolerance)" if one["within_tolerance"] else "")
        for one in found
    ]
    if not done["as_kept"]:
        lines.append("This file is not one that the case keeps.")
    verdict = "reproduced" if done["reproduced"] else f"NOT REPRODUCED: {len(found)} differences"
    lines.append(
        f"note {done['note']}, line {done['line']}: {len(done['checks'])} checks {verdict}"
    )
    return "\n".join(lines)


def _short(value: object) -> str:
    text = _one(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= 100 else f"{text[:99]}…"


def audit_text(done: dict[str, Any]) -> str:
    """Whole, or each thing that is not."""
    lines = [
        f"{problem['code']}: {_one(problem['where'])}: {_one(problem['message'])}"
        for problem in done["problems"]
    ]
    lines.extend(f"stray, not evidence: {_one(path)}" for path in done["stray"])
    lines.extend(f"withheld: {_one(str(what))}" for what in done["withheld"])
    lines.extend(f"being written now: {_one(path)}" for path in done["in_progress"])
    for seal in done["seals"]:
        holds = "holds" if seal["holds"] else "DOES NOT HOLD"
        lines.append(f"seal {seal['seal']} over {seal['lines']} lines {holds}, key {seal['key']}")
        for stamp in seal["stamps"]:
            before = stamp["before"] or "an unknown time"
            lines.append(
                f"  stamp by {_one(stamp['authority'])}: existed before {before} ({stamp['state']}:"
                f" openssl {_one(stamp['openssl'])}, rfc3161-client {_one(stamp['library'])})"
            )
        if seal["waiting"]:
            lines.append(f"  {seal['waiting']} requests for a stamp still wait")
    lines.extend(f"what this could not see: {limit}" for limit in done["limits"])
    verdict = "whole" if done["ok"] else f"NOT WHOLE: {len(done['problems'])} problems"
    lines.append(f"{verdict}: {done['lines']} lines, head {done['head']}")
    lines.append("Keep the head outside this folder: only that makes a rewritten log visible.")
    return "\n".join(lines)


def case_text(done: dict[str, Any]) -> str:
    """The case at a glance, or one thing of it."""
    if "thing" in done:
        return json.dumps(done["thing"], indent=2, ensure_ascii=False)
    lines = [
        f"{_one(done['title'] or done['id'])}: {done['last_line']} lines, head {done['head'][:16]}…"
    ]
    for item in done["items"]:
        if item["kind"] == "derivative":
            continue
        name = item["acquired"]["original_name"] if item["acquired"] else item["label"]
        lines.append(f"  {item['id']:<5} {item['kind']:<9} {item['size']:>12} bytes  {_one(name)}")
    for setting in done["settings"]:
        lines.append(f"  {setting['id']:<5} {setting['name']} ({setting['scope']})")
    decided = sum(claim["review"]["state"] != "proposed" for claim in done["claims"])
    lines.append(f"  {len(done['claims'])} readings, {decided} decided")
    for claim in done["claims"]:
        lines.extend("  " + line for line in claim_lines(claim))
    for finding in done["findings"]:
        lines.append(
            f"  {finding['id']:<5} {finding['check']}: {OUTCOMES[finding['outcome']['kind']]}"
        )
    lines.extend(_note_line(note) for note in done["notes"])
    return "\n".join(lines)
