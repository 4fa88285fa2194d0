"""In how many places do pictures agree that have nothing to do with each other?

The false alarms that a match states are a tail: nothing unrelated ever reached the twelve places
that a match needs. Here the need is lifted. Clips of the tuning half are asked in the test half's
archive, which has nothing of their cameras, and what they reach is held against the law that the
tail is taken from. Writes chance.json beside the answers.

python chance.py [--rounds N]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter

import make
from run import asking, contents, lists

from firsthand.archive import geometry
from firsthand.archive.index import opened
from firsthand.archive.intake import fingerprint_of
from firsthand.archive.shortlist import shortlist
from firsthand.archive.store import Archive
from firsthand.sandbox import Box

FEWEST = 4
"""A homography has four points; with more asked, nothing unrelated was seen to agree at all."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=6)
    asked = parser.parse_args()
    asked.half = "tune"
    rows = lists("tune")
    asking_of = contents("tune", rows)
    held = contents("test", lists("test"))
    geometry.LEAST_CELLS, geometry.LEAST_MATCHES = FEWEST, FEWEST
    places: Counter[int] = Counter()
    queries = 0
    with Archive(make.CACHE / "archive-test") as archive, Box() as box:
        index = opened(archive)
        for name, path, told in asking(asked, rows, asking_of):
            if told["kind"] != "copy":
                continue
            best: Counter[str] = Counter()
            query = next(fingerprint_of(path, box))[0]
            for candidate in shortlist(query, index):
                sha256, which = index.stretches[candidate.stretch]
                found = geometry.register(query, archive.stretch(sha256, which), candidate)
                best[sha256] = max(best[sha256], found.cells if found else 0)
            places.update(best.values())
            queries += 1
            if queries % 20 == 0:
                print(queries, name, dict(places), flush=True)
    reached = {
        least: sum(count for most, count in places.items() if most >= least)
        for least in range(FEWEST + 1, 13)
    }
    out = {"queries": queries, "items": len(held), "reached": reached}
    (make.CACHE / "chance.json").write_text(json.dumps(out))
    print(out)


if __name__ == "__main__":
    main()
