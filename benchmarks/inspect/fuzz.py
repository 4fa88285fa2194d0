"""The own walkers on mutated files, for as long as asked: no exception, no hang.

    python benchmarks/inspect/fuzz.py [--minutes 30] [--seed 1] [--write]

Starts from the real and hostile test files (their first 256 kB) and mutates them as a fuzzer does:
flips, splices, numbers at the edges put where sizes are. A mutant that makes a walker say something
new joins the corpus, which is kept small. One that raises, or takes longer than a second of
processor time, is put aside.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
from pathlib import Path

from firsthand.media.kinds import sniff
from firsthand.media.outline import outline_of
from firsthand.media.structure import structure_from

sys.path.insert(0, str(Path(__file__).resolve().parent))
from figures import keep

ROOT = Path(__file__).resolve().parents[2]
MOST = 256 << 10
CORPUS = 400
SLOW_S = 1.0
EDGES = (0, 1, 2, 4, 7, 8, 9, 127, 128, 255, 256, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1)


def mutate(data: bytes, other: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(1 + rng.randrange(6)):
        if not out:
            break
        at = rng.randrange(len(out)) if rng.random() < 0.5 else rng.randrange(min(len(out), 512))
        kind = rng.randrange(7)
        if kind == 0:
            out[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            out[at : at + 4] = rng.choice(EDGES).to_bytes(4, rng.choice(("big", "little")))
        elif kind == 2:
            out[at : at + 8] = rng.choice((2**63, 2**64 - 1, 16, 0)).to_bytes(8, "big")
        elif kind == 3:
            start = rng.randrange(len(other) or 1)
            out[at:at] = other[start : start + rng.randrange(1, 256)]
        elif kind == 4:
            del out[at : at + rng.randrange(1, 64)]
        elif kind == 5:
            out[at:at] = out[at : at + rng.randrange(1, 128)] * rng.randrange(1, 20)
        else:
            out = out[: at + 1]
    return bytes(out[:MOST])


def keep_failure(kind: str, number: int, mutant: bytes) -> None:
    """Put a mutant aside, outside the repository."""
    Path(tempfile.gettempdir(), f"fuzz-{kind}-{number}.bin").write_bytes(mutant)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    corpus: list[tuple[str, bytes]] = []
    for folder in ("hostile", "exif", "c2pa"):
        for path in sorted((options.shared / "data" / folder).iterdir()):
            with path.open("rb") as file:
                data = file.read(MOST)
            if outline_of(sniff(data).name, io.BytesIO(b"")) is not None:
                corpus.append((sniff(data).name, data))
    known: set[tuple[object, ...]] = set()
    runs, slowest, failures = 0, 0.0, []
    end = time.monotonic() + options.minutes * 60
    while time.monotonic() < end:
        kind, data = rng.choice(corpus)
        mutant = mutate(data, rng.choice(corpus)[1], rng)
        began = time.process_time()
        try:
            outline = outline_of(kind, io.BytesIO(mutant))
            structure_from(outline.plain())
        except Exception as error:
            failures.append(f"{kind}: {error!r}")
            keep_failure(kind, len(failures), mutant)
            continue
        took = time.process_time() - began
        slowest = max(slowest, took)
        if took > SLOW_S:
            failures.append(f"{kind}: {took:.1f} s")
            keep_failure(kind, len(failures), mutant)
        runs += 1
        shape = (kind, tuple(outline.facts.get("order", ()))[:8], outline.whole,
                 tuple(note[:20] for note in outline.notes[:3]))  # fmt: skip
        if shape not in known:
            known.add(shape)
            corpus.append((kind, mutant))
            if len(corpus) > CORPUS:
                corpus.pop(rng.randrange(len(corpus)))
    text = f"""
### Fuzzing the walkers

{options.minutes:g} minutes, seed {options.seed}: {runs} mutants, {len(known)} different outlines,
{len(failures)} failures, slowest {slowest:.2f} s
of processor time.
"""
    print(text)
    print(*failures[:20], sep="\n")
    if options.write:
        keep("fuzz", text)


if __name__ == "__main__":
    main()
