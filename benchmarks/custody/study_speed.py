"""Ingest against `sha256sum` and `cp` on the same file in the same run."""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.custody.desk import desk

from firsthand.case import Case

SIZES = (64 << 20, 1 << 30, 4 << 30)
ROUNDS = 5
LIMIT = 1.6


def study_speed() -> str:
    """The section's text."""
    rows: list[str] = []
    with tempfile.TemporaryDirectory(prefix="firsthand-speed-") as folder:
        base = Path(folder)
        for size in SIZES:
            source = base / "source"
            _fill(source, size)
            ours, theirs, synced = [], [], []
            for number in range(ROUNDS):
                theirs.append(_theirs(source, base / "copy", sync=False))
                synced.append(_theirs(source, base / "copy", sync=True))
                ours.append(_ours(source, base / f"case-{number}"))
                print(size, ours[-1], theirs[-1], synced[-1], file=sys.stderr, flush=True)
            rows.append(
                f"| {size >> 20} MiB | {statistics.median(theirs):.2f} |"
                f" {statistics.median(synced):.2f} | {statistics.median(ours):.2f} |"
                f" {_ratios(ours, theirs)} | {_ratios(ours, synced)} |"
                f" {size / statistics.median(ours) / 1e6:.0f} |"
            )
        peak = _peak(source, base / "case-peak")
    return "\n".join(
        [
            "## Custody: speed of ingest",
            "",
            "One file into a case (SHA-256, SHA-512, fsync of file, folder and log) against"
            " `sha256sum` plus `cp`, which neither hashes twice nor syncs; for comparison also with"
            f" a `sync` of the copy. Seconds, median of {ROUNDS} rounds in turn, file in the page"
            f" cache, {os.cpu_count()} cores.",
            "",
            "| size | sha256sum + cp | with sync | ingest | ratio (median, worst) | ratio with sync"
            " (median, worst) | MB/s |",
            "|---|---|---|---|---|---|---|",
            *rows,
            "",
            f"The bound is {LIMIT}. Peak memory while taking in {SIZES[-1] >> 20} MiB:"
            f" {peak >> 20} MiB, the interpreter and its libraries included.",
        ]
    )


def _ratios(ours: list[float], others: list[float]) -> str:
    ratios = [one / other for one, other in zip(ours, others, strict=True)]
    return f"{statistics.median(ratios):.2f}, {max(ratios):.2f}"


def _fill(path: Path, size: int) -> None:
    block = os.urandom(1 << 20)
    with path.open("wb") as file:
        for number in range(size >> 20):
            file.write(number.to_bytes(8, "big") + block[8:])


def _theirs(source: Path, copy: Path, *, sync: bool) -> float:
    started = time.monotonic()
    subprocess.run(["sha256sum", source], check=True, capture_output=True)
    subprocess.run(["cp", source, copy], check=True)
    if sync:
        subprocess.run(["sync", copy], check=True)
    took = time.monotonic() - started
    copy.unlink()
    os.sync()
    return took


def _ours(source: Path, place: Path) -> float:
    case = Case.create(place, desk())
    with case.writer(desk()) as writer:
        started = time.monotonic()
        writer.add_file(source, kind="media", media_type="video/mp4", how="copied")
        took = time.monotonic() - started
    shutil.rmtree(place)
    os.sync()
    return took


def _peak(source: Path, place: Path) -> int:
    """Peak resident memory in bytes of a child that takes the file in."""
    child = os.fork()
    if child == 0:
        _ours(source, place)
        os._exit(0)
    os.waitpid(child, 0)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
