"""Time expressions against TempEval-3 (UzZaman et al. 2013, https://aclanthology.org/S13-2001/).

`folder` holds `.tml` files. Relaxed match: the predicted expression overlaps the gold one. Value
F counts, of the relaxed matches, those whose value is the same, as the task's own scorer does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from firsthand.report.text import sentences
from firsthand.report.timex import find_timexes


@dataclass
class Mark:
    start: int
    end: int
    kind: str
    value: str


def read(path: Path) -> tuple[str, list[Mark], date]:
    root = ElementTree.fromstring(path.read_text("utf-8"))  # noqa: S314 (local corpus)
    stamp = root.find("DCT/TIMEX3")
    value = stamp.get("value", "") if stamp is not None else ""
    day = (
        date.fromisoformat(re.match(r"\d{4}-\d\d-\d\d", value).group())
        if re.match(r"\d{4}-\d\d-\d\d", value)
        else date(1998, 1, 1)
    )
    body = root.find("TEXT")
    parts: list[str] = []
    marks: list[Mark] = []

    def walk(node: ElementTree.Element) -> None:
        begin = sum(map(len, parts))
        if node.text:
            parts.append(node.text)
        for child in node:
            walk(child)
            if child.tail:
                parts.append(child.tail)
        if node.tag == "TIMEX3":
            marks.append(
                Mark(begin, sum(map(len, parts)), node.get("type", ""), node.get("value", ""))
            )

    if body is not None:
        walk(body)
    return "".join(parts), marks, day


def predict(text: str, day: date) -> list[Mark]:
    out = []
    for block in re.finditer(r"(?:[^\n]|\n(?!\n))+", text):
        for start, end in sentences(text, block.start(), block.end()):
            out += [
                Mark(t.start, t.end, t.kind, t.value) for t in find_timexes(text, start, end, day)
            ]
    return out


def score(folder: Path, verbose: bool = False) -> dict[str, float]:
    right = same = predicted = gold_count = hit = 0
    for path in sorted(folder.glob("*.tml")):
        text, gold, day = read(path)
        mine = predict(text, day)
        predicted += len(mine)
        gold_count += len(gold)
        for mark in mine:
            match = next((g for g in gold if g.start < mark.end and mark.start < g.end), None)
            if match:
                right += 1
                same += match.value == mark.value
                if verbose and match.value != mark.value:
                    print(
                        "VALUE",
                        repr(text[match.start : match.end]),
                        match.value,
                        "got",
                        mark.value,
                        day,
                    )
            elif verbose:
                print(
                    "EXTRA",
                    repr(text[mark.start : mark.end]),
                    mark.value,
                    "|",
                    text[max(0, mark.start - 30) : mark.end + 20].replace("\n", " "),
                )
        for g in gold:
            if any(g.start < m.end and m.start < g.end for m in mine):
                hit += 1
            elif verbose:
                print("MISSED", repr(text[g.start : g.end]), g.value)
    precision, recall = right / max(1, predicted), hit / max(1, gold_count)
    f = 2 * precision * recall / max(1e-9, precision + recall)
    return {
        "relaxed_p": precision,
        "relaxed_r": recall,
        "relaxed_f": f,
        "value_f": f * same / max(1, right),
    }
