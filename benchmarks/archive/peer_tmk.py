"""The same queries and archive by TMK+PDQF, Meta's own program.

Build it from https://github.com/facebook/ThreatExchange (tmk/cpp: `make tmk-hash-video tmk-query`)
and name the folder in FIRSTHAND_TMK. It wants 15 pictures a second, 64 x 64, from an ffmpeg
program; PyAV's pictures are handed to it by a script in that program's place. Level 1 is asked at
.7, which its makers recommend; the score is level 2's, kept from .3.

python peer_tmk.py test writes answers-test-tmk-0.jsonl.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
from pathlib import Path

import av
import make
from run import asking, contents, lists

TMK = Path(os.environ.get("FIRSTHAND_TMK", "tmk"))
SIDE, RATE = 64, 15
LEVEL_1, LEVEL_2 = "0.7", "0.3"
SCRIPT = '#!/bin/sh\nwhile [ "$1" != "-i" ]; do shift; done\nexec cat "$2"\n'


def pictures(path: str) -> bytes:
    """Raw RGB at 15 pictures a second: at each instant the one that is shown."""
    out, held, due, zero = [], b"", 0, None
    with av.open(path) as container:
        for frame in container.decode(video=0):
            if frame.time is None:
                continue
            zero = frame.time if zero is None else zero
            while held and due / RATE < frame.time - zero - 1e-6:
                out.append(held)
                due += 1
            small = frame.reformat(SIDE, SIDE, format="rgb24", interpolation="BICUBIC")
            held = small.to_ndarray().tobytes()
    return b"".join([*out, held])


def hashed(path: str, program: Path, folder: Path) -> Path:
    """The clip's .tmk file."""
    name = hashlib.sha256(path.encode()).hexdigest()[:20]
    done = folder / f"{name}.tmk"
    if not done.is_file():
        raw = folder / f"{name}.rgb"
        raw.write_bytes(pictures(path))
        command = [TMK / "tmk-hash-video", "-f", program, "-i", raw, "-o", done]
        subprocess.run(command, check=True, capture_output=True)
        raw.unlink()
    return done


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("half", choices=["tune", "test"])
    parser.add_argument("--rounds", type=int, default=1000, help="stop after so many")
    asked = parser.parse_args()
    rows = lists(asked.half)
    held = contents(asked.half, rows)
    folder = make.CACHE / "tmk"
    folder.mkdir(exist_ok=True)
    program = folder / "pictures.sh"
    program.write_text(SCRIPT)
    program.chmod(0o755)
    queries = list(asking(asked, rows, held))
    items = {str(hashed(path, program, folder)): path for path in held}
    mine = {str(hashed(str(path), program, folder)): (name, path, told)
            for name, path, told in queries}  # fmt: skip
    print(len(items), "items and", len(mine), "queries hashed", flush=True)
    (folder / "haystack").write_text("\n".join(items) + "\n")
    (folder / "needles").write_text("\n".join(mine) + "\n")
    told = subprocess.run(
        [TMK / "tmk-query", "--c1", LEVEL_1, "--c2", LEVEL_2, folder / "needles",
         folder / "haystack"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    matches: dict[str, list[dict]] = {needle: [] for needle in mine}
    for line in told.splitlines():
        parts = line.split()
        ends = [part for part in parts if part.endswith(".tmk")]
        if len(ends) != 2:
            continue
        other = items[ends[1]]
        matches[ends[0]].append({
            "path": other, "item": held[other], "same_file": other == str(mine[ends[0]][1]),
            "score": float(parts[1]), "cells": 0, "verdict": "cannot_tell", "false_alarms": 0.0,
        })  # fmt: skip
    with (make.CACHE / f"answers-{asked.half}-tmk-0.jsonl").open("w") as file:
        for needle, (name, _, what) in mine.items():
            row = {"id": name, "query": what, "matches": matches[needle]}
            file.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
