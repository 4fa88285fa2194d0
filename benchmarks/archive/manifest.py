"""Every pair of the 42 shared clips: are the relations of manifest.csv found, and no other?

Writes manifest.json beside the other answers; section.py tells of it.
"""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime

import make
from sources import VIDEOS

from firsthand.archive.intake import fingerprint_of, take_in
from firsthand.archive.search import search
from firsthand.archive.store import Archive
from firsthand.sandbox import Box

RELATED = (
    {"33", "34"}, {"36", "39"}, {"50", "51"}, {"80", "83"},
    {"103", "104", "105", "106", "107", "108", "109"}, {"111", "112", "113", "114", "115"},
)  # fmt: skip
"""The column known_relation as groups; 82 is an excerpt of 22, which is not among the files."""


def main() -> None:
    with (VIDEOS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        names = {str(VIDEOS / row["file"]): row["id"] for row in csv.DictReader(file)}
    files = [path for path in sorted(VIDEOS.rglob("*")) if str(path) in names]
    wanted = {frozenset((a, b)) for group in RELATED for a in group for b in group if a != b}
    told: dict[str, set[frozenset[str]]] = {"same_recording": set(), "likely_same": set()}
    with Archive(make.CACHE / "archive-manifest", create=True) as archive, Box() as box:
        take_in(archive, files, box, lambda: datetime.now(UTC))
        for path in files:
            parts, sha256 = [], ""
            for stretch, _, _, sha256 in fingerprint_of(path, box):  # noqa: B007
                parts.append(stretch)
            for match in search(archive, parts, sha256).answer.matches:
                other = names[match.path]
                if other != names[str(path)] and match.verdict in told:
                    told[match.verdict].add(frozenset((names[str(path)], other)))
            print(path.name, flush=True)
    same = told["same_recording"]
    out = {
        "pairs": len(wanted), "same": len(wanted & same),
        "likely": sorted(sorted(pair) for pair in (wanted & told["likely_same"]) - same),
        "missed": sorted(sorted(pair) for pair in wanted - same - told["likely_same"]),
        "others called the same": sorted(sorted(pair) for pair in same - wanted),
        "others called likely": sorted(sorted(pair) for pair in told["likely_same"] - wanted),
    }  # fmt: skip
    (make.CACHE / "manifest.json").write_text(json.dumps(out))
    print(out)


if __name__ == "__main__":
    main()
