"""What the bench will measure, fixed before anything was tuned: `lists.json` and its SHA-256.

`python plan.py` writes the lists from the sources at hand; the figures are only comparable on the
same lists, so `lists.json` is committed and `run.py` refuses lists whose hash is another.
"""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path

import av
from sources import SOURCES, available

LISTS = Path(__file__).with_name("lists.json")
TRANSFORMATIONS = (
    "low bitrate", "double compression", "colour", "tiny", "letterbox", "blurred padding",
    "banner and logo", "flip", "crop to 70 %", "crop to 50 %", "picture in picture",
    "rotation by 8 deg", "re-filmed", "border and noise", "speed 0.8", "speed 1.25", "inserted",
    "under 3 s", "all combined",
)  # fmt: skip
REFERENCE_S, QUERY_S, SHORT_S = 8.0, 5.0, 2.2
"""Longest reference and query, and the length of a short one."""
WINDOWS_S = 4.0
"""Length of the windows of one recording that are other takes of its scene."""
MOST_WINDOWS = 14
MOST_PAIRS = 70
COMPOSITES = 4
"""Pairs made of one picture of each source: the same object on the same path, filmed twice."""
DISTRACTORS = {"tune": 200, "test": 1000}


def duration(path: Path) -> float:
    with av.open(str(path)) as container:
        return float(container.duration or 0) / av.time_base


def windows_of(seconds: float) -> list[float]:
    """Starts of windows that do not touch each other."""
    count = min(int((seconds - 0.5) // (WINDOWS_S + 0.5)), MOST_WINDOWS)
    if count < 2:
        return []
    gap = (seconds - 0.5 - WINDOWS_S) / (count - 1)
    return [round(gap * at, 2) for at in range(count)]


def plan(half: str) -> dict[str, list]:
    chance = random.Random(f"footage matching, {half}")
    references, queries, pairs = [], [], []
    sources = available(half)
    for source in sources:
        seconds = duration(source.path)
        start = round(chance.uniform(0, max(seconds - REFERENCE_S, 0)) * (seconds > REFERENCE_S), 2)
        length = round(min(seconds, REFERENCE_S), 2)
        references.append({"source": source.name, "start_s": start, "length_s": length})
        for name in TRANSFORMATIONS:
            wanted = SHORT_S if name == "under 3 s" else QUERY_S
            span = min(wanted, length)
            inner = round(start + chance.uniform(0, length - span), 2)
            other = chance.choice([one.name for one in sources if one.camera != source.camera])
            queries.append({
                "source": source.name, "transformation": name, "start_s": inner,
                "length_s": round(span, 2), "other": other, "seed": chance.randrange(10**6),
            })  # fmt: skip
        starts = windows_of(seconds)
        every = [(a, b) for a in starts for b in starts if a != b]
        for first, second in chance.sample(every, min(len(every), MOST_PAIRS)):
            pairs.append(
                {"kind": "other time", "a": [source.name, first], "b": [source.name, second]}
            )
        for at in range(COMPOSITES):
            seed = chance.randrange(10**6)
            pairs.append({"kind": "composite", "a": [source.name, at], "b": [source.name, seed]})
    for one in sources:
        for two in sources:
            if one.camera == two.camera and one.name != two.name:
                pairs.append({"kind": "other take", "a": [one.name, 0.0], "b": [two.name, 0.0]})
    return {"references": references, "queries": queries, "pairs": pairs}


def digest(lists: dict) -> str:
    return hashlib.sha256(json.dumps(lists, sort_keys=True).encode()).hexdigest()


def main() -> None:
    lists = {half: plan(half) for half in ("tune", "test")}
    document = {half: {"sha256": digest(rows), **rows} for half, rows in lists.items()}
    LISTS.write_text(json.dumps(document, indent=None, separators=(",", ":")) + "\n")
    for half, rows in document.items():
        counts = {key: len(row) for key, row in rows.items() if key != "sha256"}
        print(half, rows["sha256"], counts)
    print(len(SOURCES), "sources known")


if __name__ == "__main__":
    main()
