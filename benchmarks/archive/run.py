"""Run one half of the bench: build its archive, ask every query, keep what came out.

python run.py tune|test [--part N/M] [--tag NAME]

Answers go to FIRSTHAND_BENCH/answers-<half>-<tag>.jsonl, one line a query; a run goes on where it
was. `figures.py` makes the figures of them.
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import UTC, datetime
from pathlib import Path

import make
from plan import DISTRACTORS, LISTS, digest

from firsthand.archive.intake import fingerprint_of, take_in
from firsthand.archive.search import search
from firsthand.archive.store import Archive
from firsthand.errors import FirsthandError
from firsthand.sandbox import Box


def lists(half: str) -> dict:
    rows = json.loads(LISTS.read_text())[half]
    stated = rows.pop("sha256")
    if digest(rows) != stated:
        raise SystemExit("lists.json is not the list whose hash it states")
    return rows


def contents(half: str, rows: dict) -> dict[str, dict]:
    """Every clip of the half's archive: path → what it shows."""
    held: dict[str, dict] = {}
    for row in rows["references"]:
        try:
            held[str(make.reference(row))] = {"kind": "reference", **row}
        except RuntimeError as error:
            print("left out:", row["source"], error, flush=True)
    for row in rows["pairs"]:
        for side, path in zip("ab", make.pair(row), strict=True):
            if row["kind"] == "composite":
                told = {
                    "kind": "composite",
                    "source": row["a"][0],
                    "which": row["a"][1],
                    "take": side,
                }
            else:
                name, start = row[side]
                told = {
                    "kind": "window",
                    "source": name,
                    "start_s": start,
                    "length_s": make.WINDOWS_S,
                }
            held[str(path)] = told
    for seed in range(DISTRACTORS[half]):
        held[str(make.distractor(seed + (0 if half == "test" else 1000)))] = {"kind": "distractor"}
    return held


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("half", choices=["tune", "test"])
    parser.add_argument("--tag", default="main")
    parser.add_argument("--part", default="0/1", help="the n-th of m processes")
    parser.add_argument("--takes-only", action="store_true", help="for tuning")
    parser.add_argument("--every", type=int, default=1, help="only every n-th query, for tuning")
    asked = parser.parse_args()
    rows = lists(asked.half)
    began = time.monotonic()
    held = contents(asked.half, rows)
    print(
        f"{len(held)} clips of the archive at hand after {time.monotonic() - began:.0f} s",
        flush=True,
    )
    part, parts = (int(number) for number in asked.part.split("/"))
    out = make.CACHE / f"answers-{asked.half}-{asked.tag}-{part}.jsonl"
    done = (
        {json.loads(line)["id"] for line in out.read_text().splitlines()}
        if out.is_file()
        else set()
    )
    with Archive(make.CACHE / f"archive-{asked.half}", create=True) as archive, Box() as box:
        began = time.monotonic()
        taken = take_in(
            archive, [Path(path) for path in held], box, lambda: datetime.now(UTC), workers=1
        )
        print(
            f"archive: {len(taken.added)} added, {len(taken.known)} known,"
            f" {len(taken.broken)} broken"
            f" after {time.monotonic() - began:.0f} s",
            flush=True,
        )
        with out.open("a") as file:
            for number, (name, path, told) in enumerate(asking(asked, rows, held)):
                if name in done or number % parts != part:
                    continue
                file.write(
                    json.dumps({"id": name, "query": told, **answer(archive, box, path, held)})
                    + "\n"
                )
                file.flush()
                if number % 20 == 0:
                    print(number, name, f"{time.monotonic() - began:.0f} s", flush=True)


def asking(asked: argparse.Namespace, rows: dict, held: dict[str, dict]):
    """Copies first, then takes of one scene, of which the archive has no copy but themselves."""
    for row in [] if asked.takes_only else rows["queries"][:: asked.every]:
        name = f"{row['source']}/{row['transformation']}"
        try:
            yield name, make.query(row), {"kind": "copy", **row}
        except RuntimeError as error:
            print("left out:", error, flush=True)
    others = [
        (path, told) for path, told in held.items() if told["kind"] in {"window", "composite"}
    ]
    for path, told in others[:: asked.every]:
        yield f"take/{Path(path).stem}", Path(path), told


def answer(archive: Archive, box: Box, path: Path, held: dict[str, dict]) -> dict:
    began = time.process_time()
    try:
        parts, sha256 = [], ""
        for stretch, _, _, sha256 in fingerprint_of(path, box):  # noqa: B007
            parts.append(stretch)
        found = search(archive, parts, sha256).answer
    except FirsthandError as error:
        return {"error": str(error), "matches": []}
    matches = []
    for match in found.matches:
        row = match.plain()
        row["item"] = held.get(match.path, {"kind": "unknown"})
        row["same_file"] = match.sha256 == sha256
        for name in ("paths", "seen_at", "pairs_s", "sha256"):
            row.pop(name)
        matches.append(row)
    return {"cpu_s": round(time.process_time() - began, 2), "matches": matches}


if __name__ == "__main__":
    main()
