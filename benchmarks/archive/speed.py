"""How look-up grows with the archive: synthetic rows, 10^4 to 10^6 pictures, one thread.

Times: one PDQ look-up and one picture's words against everything; a 60 s query's whole shortlist;
what of it is resident. SSCD's 512 sign bits are timed as faiss finds them. Writes
speed.json, of which section.py makes a table, with the rate of fingerprinting at 720p.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import faiss
import numpy as np

from firsthand.archive import boxed
from firsthand.archive import index as tables
from firsthand.archive.intake import fingerprint_of, take_in
from firsthand.archive.shortlist import shortlist
from firsthand.archive.store import Archive
from firsthand.archive.words import WORDS
from firsthand.sandbox import Box

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
PICTURES_A_STRETCH = 120
FEATURES_A_PICTURE = 150


def synthetic(pictures: int, folder: Path) -> tables.Index:
    """An index of so many hashed pictures, half as many with words; mapped from a file."""
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
    return tables._mapped(folder)


def lookup(query: object, index: tables.Index) -> dict[str, float]:
    faiss.omp_set_num_threads(1)
    wanted = np.random.default_rng(1).integers(0, 256, (20, 32), np.uint8)
    bits = np.random.default_rng(2).integers(0, 256, (len(index.pdq), 64), np.uint8)
    began = time.perf_counter()
    faiss.knn_hamming(wanted, index.pdq, 48)
    pdq = (time.perf_counter() - began) / len(wanted)
    began = time.perf_counter()
    faiss.knn_hamming(np.repeat(wanted, 2, axis=1), bits, 48)
    sscd = (time.perf_counter() - began) / len(wanted)
    del bits
    began = time.perf_counter()
    shortlist(query, index)
    whole = time.perf_counter() - began
    return {"pdq_ms": 1e3 * pdq, "sscd_ms": 1e3 * sscd, "shortlist_s": whole}


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
    """`speed.py CLIP`: CLIP is a 720p recording to fingerprint, and the query.

    With a second argument, only fingerprinting is measured again and the rest kept.
    """
    clip = Path(sys.argv[1])
    kept = Path(os.environ["FIRSTHAND_BENCH"]) / "speed.json"
    if len(sys.argv) > 2:
        told = json.loads(kept.read_text()) | {"fingerprinting": fingerprinting(clip)}
        kept.write_text(json.dumps(told))
        print(told["fingerprinting"])
        return
    with Box() as box:
        query = next(fingerprint_of(clip, box))[0]
    out = {"fingerprinting": fingerprinting(clip), "query_s": query.pictures / 12.5, "rows": []}
    for size in SIZES:
        with tempfile.TemporaryDirectory(dir=os.environ.get("FIRSTHAND_BENCH")) as folder:
            index = synthetic(size, Path(folder) / "index")
            row = {"pictures": size, **lookup(query, index)}
        row["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        out["rows"].append(row)
        print({key: round(value, 2) for key, value in row.items()}, flush=True)
    print(json.dumps(out))
    kept.write_text(json.dumps(out))


if __name__ == "__main__":
    main()
