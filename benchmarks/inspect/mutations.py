"""Signed files, changed at random: one whose decoded pixels changed must never count as valid.

    python benchmarks/inspect/mutations.py [--count 10000] [--seed 1] [--write]

Each mutation is one of: a bit flipped, a byte set, a short run overwritten, bytes put in or cut
out, a stretch copied elsewhere; two thirds of them outside the manifest, where the picture is. The
pixels of the mutant are compared with those of the file it came from (JPEG, PNG: all; MP4: every
frame).
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from firsthand.errors import FirsthandError
from firsthand.media.credentials import Trust, judge
from firsthand.sandbox import Box

sys.path.insert(0, str(Path(__file__).resolve().parent))
from figures import keep, upper_bound

ROOT = Path(__file__).resolve().parents[2]
FILES = (
    "py_boxhash.jpg", "pub_adobe-20220124-C.jpg", "py_CA_ct.jpg", "rs_success.jpg", "py_video1.mp4",
)  # fmt: skip
GOOD = ("trusted", "valid_unknown_signer")


def mutate(data: bytes, rng: random.Random, manifest: tuple[int, int]) -> bytes:
    out = bytearray(data)
    low, high = manifest

    def place() -> int:
        if rng.random() < 1 / 3 or high - low >= len(out):
            return rng.randrange(len(out))
        at = rng.randrange(len(out) - (high - low))
        return at if at < low else at + high - low

    at = min(place(), len(out) - 1)
    kind = rng.randrange(6)
    if kind == 0:
        out[at] ^= 1 << rng.randrange(8)
    elif kind == 1:
        out[at] = rng.randrange(256)
    elif kind == 2:
        run = rng.randbytes(rng.randrange(1, 64))
        out[at : at + len(run)] = run
    elif kind == 3:
        out[at:at] = rng.randbytes(rng.randrange(1, 64))
    elif kind == 4:
        del out[at : at + rng.randrange(1, 64)]
    else:
        start = place()
        out[at:at] = out[start : start + rng.randrange(8, 512)]
    return bytes(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    folder = options.shared / "data/c2pa"
    told = json.loads((folder / "trust_settings.json").read_text())["trust"]
    trust = Trust(told["trust_anchors"], told["trust_config"])
    seen: collections.Counter[tuple[str, bool]] = collections.Counter()
    bad: list[str] = []
    began = time.monotonic()
    with Box() as box, tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
        originals = {}
        for file in FILES:
            data = (folder / file).read_bytes()
            at = max(data.find(b"jumb") - 64, 0)
            originals[file] = (data, (at, at + 40_000), pixels(box, folder / file))

        def one(number: int) -> tuple[str, bool, str]:
            rng = random.Random(options.seed * 1_000_003 + number)
            file = FILES[number % len(FILES)]
            data, manifest, before = originals[file]
            mutant = mutate(data, rng, manifest)
            path = Path(name) / f"{number}{Path(file).suffix}"
            path.write_bytes(mutant)
            state = credentials(box, path, trust)
            changed = state in GOOD and pixels(box, path) != before
            kept = f"{file} seed {options.seed} number {number} {state}"
            path.unlink()
            return state, changed, kept

        for state, changed, kept in pool.map(one, range(options.count)):
            seen[state, changed] += 1
            if changed:
                bad.append(kept)
    rows = collections.Counter()
    for (state, _), count in seen.items():
        rows[state] += count
    good = sum(rows[state] for state in GOOD)
    told_states = ", ".join(f"{count} {state}" for state, count in rows.most_common())
    text = f"""
### Mutations of signed files

{options.count} random mutations of {len(FILES)} signed files (seed {options.seed}, test root
configured, {time.monotonic() - began:.0f} s): {told_states}.
Of the {good} that still count as valid, {len(bad)} decode to other pixels than the file they came
from (so at most {upper_bound(max(options.count, 1)):.3%} of mutations at 95 %).
"""
    print(text)
    print(*bad, sep="\n")
    if options.write:
        keep("mutations", text)


def credentials(box: Box, path: Path, trust: Trust) -> str:
    arguments = {"suffix": path.suffix, "parts": ["c2pa"], "trust": trust.plain()}
    try:
        answer = box.call(
            "firsthand.media.boxed.provenance:provenance", path, arguments, hash_input=False
        )
    except FirsthandError as error:
        return type(error).__name__
    return judge(answer.data["c2pa"], roots=True).state


def pixels(box: Box, path: Path) -> object:
    """Something that is equal only where every decoded pixel is."""
    try:
        target = "firsthand.media.boxed.pixel_hash:pixel_hash"
        return box.call(target, path, {"suffix": path.suffix}, hash_input=False).data["sha256"]
    except FirsthandError as error:
        return type(error).__name__


if __name__ == "__main__":
    main()
