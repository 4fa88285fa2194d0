"""The claimed place against 5Pils (Tonglet et al. 2024, https://arxiv.org/abs/2408.09939).

`folder` holds the dataset's `*.json`. Counted are items whose claimed location, or its first
part before a comma, stands in the claim's own words; a hit is a claimed place (with the
wider one named right behind it) that overlaps it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from firsthand.report.named import claimed_place, named_places
from firsthand.report.parse import parse


def whole(words: str, text: str) -> list[re.Match[str]]:
    return list(re.finditer(r"(?<!\w)" + re.escape(words) + r"(?!\w)", text, re.I))


def score(folder: Path, split: str, verbose: bool = False) -> dict[str, float]:
    named = hit = mentioned = 0
    for item in json.loads((folder / f"{split}.json").read_text("utf-8")):
        place, text = str(item.get("claimed_location", "")), str(item.get("claim", ""))
        if place in {"", "not enough information", "None", "[]"}:
            continue
        found = [whole(k, text) for k in (place, place.partition(",")[0].strip()) if k]
        matches = next((m for m in found if m), None)
        if matches is None:
            continue
        named += 1
        doc = parse(text)

        def over(first: int, last: int) -> bool:
            begin, end = doc[first].idx, doc[last].idx + len(doc[last].text)  # noqa: B023
            return any(begin < m.end() and m.start() < end for m in matches)  # noqa: B023

        best = claimed_place(doc)
        good = best is not None and (
            over(best.first, best.last) or (best.wider is not None and over(*best.wider))
        )
        hit += good
        mentioned += any(
            over(p.first, p.last) or (p.wider is not None and over(*p.wider))
            for p in named_places(doc)
        )
        if verbose and not good:
            print(
                place,
                "|",
                re.sub(r"\s+", " ", text)[:150],
                "| got",
                best and doc[best.first : best.last + 1],
            )
    return {"named": named, "claimed": hit / named, "mentioned": mentioned / named}
