"""How look-up grows with the archive: synthetic rows, 10^4 to 10^6 pictures, one thread.

Times: one PDQ look-up against everything; a 60 s query's whole shortlist, by its full view alone
and by all views; then the comparison with one copy of it and with candidates that share nothing.
What is resident is read in a process that only maps the index. SSCD's 512 sign bits are timed as
faiss finds them. Writes speed.json, of which section.py makes a table and a plot, with the rate of
fingerprinting at 720p.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import cv2
import faiss
import make
import numpy as np

from firsthand.archive import boxed
from firsthand.archive import index as tables
from firsthand.archive.compare import compare
from firsthand.archive.intake import fingerprint_of, take_in
from firsthand.archive.shortlist import Candidate, _feature_votes, _hash_votes, shortlist
from firsthand.archive.store import Archive
from firsthand.archive.stretch import Stretch, from_bytes
from firsthand.archive.words import WORDS
from firsthand.sandbox import Box

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
PICTURES_A_STRETCH = 120
FEATURES_A_PICTURE = 150


def synthetic(pictures: int, folder: Path) -> None:
    """Write an index of so many hashed pictures, half as many with words."""
    random = np.random.default_rng(pictures)
    count = pictures // 2
    stretches = max(pictures // PICTURES_A_STRETCH, 1)
    word = (WORDS * random.random(count * FEATURES_A_PICTURE, np.float32) ** 2).astype(np.uint32)
    owner = np.repeat(np.arange(count, dtype=np.uint32), FEATURES_A_PICTURE)
    order = np.argsort(word, kind="stable")
    start = np.zeros(WORDS + 1, np.int64)
    np.cumsum(np.bincount(word, minlength=WORDS), out=start[1:])
    del word
    rows = np.stack([np.arange(pictures) // PICTURES_A_STRETCH % stretches,
                     np.arange(pictures) % PICTURES_A_STRETCH * 6], axis=1)  # fmt: skip
    made = tables.Index(
        stretches=[(f"{at:064x}", 0) for at in range(stretches)],
        pdq=random.integers(0, 256, (pictures, 32), np.uint8),
        pdq_row=rows.astype(np.int32), picture=rows[::2].astype(np.int32),
        picture_size=np.full(count, FEATURES_A_PICTURE, np.int32), start=start,
        post_picture=owner[order],
        post_sign=random.integers(0, 2**63, len(order), np.uint64), damaged=[],
        vector=np.zeros((0, 1), np.float16), vector_row=np.zeros((0, 2), np.int32), model="",
    )  # fmt: skip
    tables._write(folder, made)


def lookup(folder: Path, query: Stretch) -> dict[str, float]:
    """Times in this process, which has nothing else in memory."""
    faiss.omp_set_num_threads(1)
    index = tables._mapped(folder)
    wanted = np.random.default_rng(1).integers(0, 256, (20, 32), np.uint8)
    began = time.perf_counter()
    faiss.knn_hamming(wanted, index.pdq, 48)
    pdq = (time.perf_counter() - began) / len(wanted)
    began = time.perf_counter()
    _hash_votes(query, index, flipped=False, of=Candidate)
    _feature_votes(query, index, flipped=False, of=Candidate)
    full = time.perf_counter() - began
    began = time.perf_counter()
    shortlist(query, index)
    every = time.perf_counter() - began
    memory = dict(
        line.split(":") for line in Path("/proc/self/status").read_text().splitlines()[:60]
    )
    anonymous, mapped = (int(memory[name].split()[0]) / 1024 for name in ("RssAnon", "RssFile"))
    bits = np.random.default_rng(2).integers(0, 256, (len(index.pdq), 64), np.uint8)
    began = time.perf_counter()
    faiss.knn_hamming(np.repeat(wanted, 2, axis=1), bits, 48)
    sscd = (time.perf_counter() - began) / len(wanted)
    return {
        "pdq_ms": 1e3 * pdq, "sscd_ms": 1e3 * sscd, "full_s": full, "shortlist_s": every,
        "anonymous_mb": anonymous, "mapped_mb": mapped,
    }  # fmt: skip


def comparing(query: Stretch, copy: Stretch, others: list[Stretch]) -> dict[str, float]:
    """Seconds for the comparison with a copy, and with a candidate that shares nothing."""

    def of(reference: Stretch) -> Candidate:
        rows = tables.Rows()
        rows.add("0" * 64, 0, reference)
        found = shortlist(query, rows.index())
        return found[0] if found else Candidate(0, False)

    candidate = of(copy)
    began = time.perf_counter()
    found = compare(query, copy, candidate)
    took = time.perf_counter() - began
    candidates = [(other, of(other)) for other in others]
    began = time.perf_counter()
    for other, chosen in candidates:
        compare(query, other, chosen)
    each = (time.perf_counter() - began) / len(others)
    return {"copy_s": took, "other_s": each, "verdict": found.verdict if found else "none"}


def minute(clip: Path, out: Path, crf: int) -> Path:
    """60 s of 720p: the clip over and over, drifting, so that no second is like another."""
    frames, rate = make.read(clip, 0, 60.0, side=1400)
    pictures = []
    for at in range(round(60 * rate)):
        shift = np.roll(frames[at % len(frames)], (at // 12) % 400, axis=1)
        pictures.append(cv2.resize(shift, (1280, 720), interpolation=cv2.INTER_AREA))
    return make.write(out, pictures, rate, crf)


def fingerprinting(clip: Path) -> dict[str, float]:
    """Seconds of footage a second: two files at a time by the clock, and one core's processor time.

    The second is taken outside the box, where it can be counted; the load says how busy the cores
    were for the first.
    """
    copies = []
    with tempfile.TemporaryDirectory() as folder:
        for at in range(4):
            copies.append(Path(folder) / f"{at}.mp4")
            copies[-1].write_bytes(clip.read_bytes() + bytes(at))
        with Archive(Path(folder) / "archive", create=True) as archive, Box() as box:
            began = time.perf_counter()
            take_in(archive, copies, box, lambda: datetime.now(UTC))
            took = time.perf_counter() - began
            shown = sum(item.duration_s for item in archive.items())
    with clip.open("rb") as file:
        before = time.process_time()
        told, _ = boxed.fingerprint(file, {"span_s": 600.0})
        spent = time.process_time() - before
    return {
        "by_clock": shown / took,
        "one_core": float(told["end_s"]) / spent,
        "load": os.getloadavg()[0],
    }


def main() -> None:
    """`speed.py CLIP`: CLIP is made into 60 s of 720p, to fingerprint and to ask with."""
    if sys.argv[1] == "--lookup":
        query = from_bytes(Path(sys.argv[3]).read_bytes())
        print(json.dumps(lookup(Path(sys.argv[2]), query)))
        return
    kept = make.CACHE / "speed.json"
    with tempfile.TemporaryDirectory(dir=make.CACHE) as name, Box() as box:
        folder = Path(name)
        clip = minute(Path(sys.argv[1]), folder / "minute.mp4", 23)
        again = minute(Path(sys.argv[1]), folder / "again.mp4", 30)
        query, copy = (next(fingerprint_of(path, box))[0] for path in (clip, again))
        others = [next(fingerprint_of(make.distractor(seed), box))[0] for seed in range(20)]
        (folder / "query.fp").write_bytes(query.to_bytes())
        out = {
            "fingerprinting": fingerprinting(clip), "query_s": query.pictures / 12.5,
            "comparing": comparing(query, copy, others), "rows": [],
        }  # fmt: skip
        print(out, flush=True)
        for size in SIZES:
            synthetic(size, folder / "index")
            command = [sys.executable, __file__, "--lookup", folder / "index", folder / "query.fp"]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            out["rows"].append({"pictures": size, **json.loads(told)})
            shutil.rmtree(folder / "index")
            print(out["rows"][-1], flush=True)
    kept.write_text(json.dumps(out))


if __name__ == "__main__":
    main()
