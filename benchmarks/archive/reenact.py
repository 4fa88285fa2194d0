"""Re-enactments, clean to noisy, lightly to heavily compressed: is one called the same?

Two takes of the same picture with the same object on the same path share everything but their
noise, and strong compression takes that away: what is left in still places is then the encoder's
answer to what moves. Writes reenact-<half>.json beside the answers.

python reenact.py tune|test
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import make
from sources import available

from firsthand.archive.compare import Comparison, compare
from firsthand.archive.index import Rows
from firsthand.archive.intake import fingerprint_of
from firsthand.archive.shortlist import shortlist
from firsthand.sandbox import Box

NOISES = (0, 1, 2, 4, 7)
"""Standard deviations in grey levels, at 480 pixels."""
CRFS = (18, 23, 28, 33, 38)


def asked(box: Box, one: Path, other: Path) -> list[Comparison]:
    """One take against the other, along every candidate."""
    query, reference = (next(fingerprint_of(path, box))[0] for path in (one, other))
    rows = Rows()
    rows.add("0" * 64, 0, reference)
    found = (compare(query, reference, each) for each in shortlist(query, rows.index()))
    return [each for each in found if each is not None and each.registration.registered]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("half", choices=["tune", "test"])
    half = parser.parse_args().half
    verdicts: Counter[str] = Counter()
    cameras, wrong = set(), []
    with Box() as box:
        for number, source in enumerate(available(half)):
            for noise in NOISES:
                for crf in CRFS:
                    which, seed = number % 4, 1000 * number + 10 * noise + crf
                    try:
                        takes = [
                            make.composite(source.name, which, seed, take, noise, crf)
                            for take in "ab"
                        ]
                    except (IndexError, RuntimeError) as error:
                        print("left out:", source.name, error, flush=True)
                        continue
                    found = asked(box, *takes)
                    if not found:
                        continue
                    cameras.add(source.camera)
                    names = {one.verdict for one in found}
                    same = [one for one in found if one.verdict == "same_recording"]
                    verdict = "same_recording" if same else "likely_same"
                    verdicts[verdict if same or "likely_same" in names else "other"] += 1
                    for one in same:
                        wrong.append([source.name, noise, crf, one.reason, one.found.plain()])
            print(source.name, dict(verdicts), *wrong[-3:], flush=True)
    out = {
        "registered": verdicts.total(), "cameras": len(cameras), "wrong": wrong, **verdicts,
        "noises": NOISES, "crfs": CRFS,
    }  # fmt: skip
    (make.CACHE / f"reenact-{half}.json").write_text(json.dumps(out))


if __name__ == "__main__":
    main()
