"""Attribution against PolNeAR (Newell et al. 2018, https://aclanthology.org/L18-1524/).

`folder` holds `text/*.txt` and `attributions/*.ann` of one compartment. A span counts as found
when it overlaps one of the same role; an attribution is linked when its source and its content
both overlap those of one gold attribution (or neither names a source). F is the harmonic mean of
the share of predicted spans that overlap gold and the share of gold spans that are overlapped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from firsthand.report.attribution import attributions
from firsthand.report.text import sentences

Place = tuple[int, int]


@dataclass
class Gold:
    source: list[Place]
    cue: list[Place]
    content: list[Place]


def read_gold(path: Path) -> list[Gold]:
    places: dict[str, tuple[str, list[Place]]] = {}
    out: list[Gold] = []
    for line in path.read_text("utf-8").splitlines():
        parts = line.split("\t")
        if line.startswith("T") and len(parts) >= 2:
            kind, _, rest = parts[1].partition(" ")
            spans = [tuple(int(n) for n in piece.split()) for piece in rest.split(";")]
            places[parts[0]] = (kind, spans)  # type: ignore[assignment]
        elif line.startswith("E") and len(parts) >= 2:
            roles: dict[str, list[Place]] = defaultdict(list)
            for pair in parts[1].split():
                name, _, ref = pair.partition(":")
                name = re.sub(r"\d+$", "", name)
                if ref in places and name in {"Source", "Cue", "Content"}:
                    roles[name].extend(places[ref][1])
            out.append(Gold(roles["Source"], roles["Cue"], roles["Content"]))
    return out


def overlaps(a: list[Place], b: list[Place]) -> bool:
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)


def f_score(right: int, predicted: int, found: int, gold: int) -> tuple[float, float, float]:
    precision = right / predicted if predicted else 0.0
    recall = found / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall or 1)


def score(folder: Path, limit: int = 0) -> dict[str, tuple[float, float, float]]:
    counts: dict[str, list[int]] = {
        role: [0, 0, 0, 0] for role in ("source", "cue", "content", "linked")
    }
    texts = sorted((folder / "text").glob("*.txt"))
    for path in texts[:: max(1, len(texts) // limit)] if limit else texts:
        golds = sorted((folder / "attributions").glob(path.stem[:60] + "*.ann"))
        golds = [g for g in golds if g.stem.startswith(path.stem + "_") or g.stem == path.stem]
        if not golds:
            continue
        gold = read_gold(golds[0])
        text = path.read_text("utf-8")
        bounds = [
            pair
            for line in re.finditer(r"[^\n]+", text)
            for pair in sentences(text, line.start(), line.end())
        ]
        found = attributions(text, bounds)
        predicted = [Gold([a.source] if a.source else [], [a.cue], list(a.content)) for a in found]
        for role in ("source", "cue", "content"):
            mine = [getattr(p, role) for p in predicted if getattr(p, role)]
            theirs = [getattr(g, role) for g in gold if getattr(g, role)]
            row = counts[role]
            row[0] += sum(any(overlaps(m, t) for t in theirs) for m in mine)
            row[1] += len(mine)
            row[2] += sum(any(overlaps(t, m) for m in mine) for t in theirs)
            row[3] += len(theirs)
        row = counts["linked"]
        row[0] += sum(any(linked(p, g) for g in gold) for p in predicted)
        row[1] += len(predicted)
        row[2] += sum(any(linked(p, g) for p in predicted) for g in gold)
        row[3] += len(gold)
    return {role: f_score(*row) for role, row in counts.items()}


def linked(one: Gold, other: Gold) -> bool:
    source = overlaps(one.source, other.source) or not (one.source or other.source)
    return source and overlaps(one.content, other.content)
