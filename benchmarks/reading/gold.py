"""Our own reports against hand-made gold: what was found, and how its polarity came out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from firsthand.records import Claim
from firsthand.report import Reading, read_report


@dataclass
class Tally:
    claims: int = 0
    found: int = 0
    polarity: int = 0
    inverted: int = 0
    holders: int = 0
    holders_right: int = 0
    hedges: int = 0
    hedges_right: int = 0
    dates: int = 0
    dates_right: int = 0


def nearest(reading: Reading, words: str) -> Claim | None:
    """The shortest claim whose span or proposition has the words."""
    low = words.lower()
    holding = [
        claim
        for claim in reading.claims
        if low in claim.proposition.lower()
        or any(low in span.exact.lower() for span in claim.spans)
    ]
    return min(holding, key=lambda claim: len(claim.proposition), default=None)


def tally(folder: Path, notes: list[str] | None = None) -> Tally:
    out = Tally()
    said = notes if notes is not None else []
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        reading = read_report(path.with_suffix(".txt").read_bytes())
        for item in gold["claims"]:
            out.claims += 1
            claim = nearest(reading, item["words"])
            if claim is None:
                said.append(f"{path.stem}: missed {item['words']!r}")
                continue
            out.found += 1
            out.polarity += claim.polarity == item["polarity"]
            turned = {claim.polarity, item["polarity"]} == {"affirmed", "negated"} or (
                item["polarity"] == "open" and claim.polarity != "open"
            )
            out.inverted += turned
            if claim.polarity != item["polarity"]:
                said.append(f"{path.stem}: {item['words']!r} came out {claim.polarity}")
            if item.get("holders"):
                out.holders += 1
                first = claim.holders[0]
                names = f"{first.name} {first.span.exact if first.span else ''}".lower()
                right = item["holders"][0].lower() in names
                out.holders_right += right
                if not right:
                    said.append(f"{path.stem}: {item['words']!r} is held by {first.name!r}")
            for hedge in item.get("hedges", ()):
                out.hedges += 1
                out.hedges_right += any(hedge in h.cue.lower() for h in claim.hedges)
        for item in gold.get("dates", ()):
            out.dates += 1
            times = [c.when for c in reading.claims if c.when]
            out.dates_right += any(
                item["text"].lower() in when.text.lower()
                and when.earliest == item.get("earliest", when.earliest)
                and when.latest == item.get("latest", when.latest)
                for when in times
            )
    return out
