"""Run one half of the bench: build its archive, ask every query, keep what came out.

python run.py tune|test [--rounds N] [--neural] [--tag NAME]

Answers go to FIRSTHAND_BENCH/answers-<half>-<tag>-0.jsonl, one line a query; a run goes on where it
was. `figures.py` makes the figures of them. Queries come in rounds: a round has each transformation
once, each of another recording, and some other takes, all drawn by a seed. So whatever part of the
rounds there was time for is an even sample.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from datetime import UTC, datetime
from pathlib import Path

import make
from plan import DISTRACTORS, LISTS, TRANSFORMATIONS, digest

from firsthand.archive.intake import fingerprint_of, take_in
from firsthand.archive.neural import Neural
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
    parser.add_argument("--rounds", type=int, default=1000, help="stop after so many")
    parser.add_argument("--neural", action="store_true", help="let SSCD propose candidates too")
    parser.add_argument("--as-it-is", action="store_true", help="ask the archive, add nothing")
    asked = parser.parse_args()
    rows = lists(asked.half)
    began = time.monotonic()
    held = contents(asked.half, rows)
    print(
        f"{len(held)} clips of the archive at hand after {time.monotonic() - began:.0f} s",
        flush=True,
    )
    model = Neural.load() if asked.neural else None
    name = f"archive-{asked.half}{'-neural' if asked.neural else ''}"
    out = make.CACHE / f"answers-{asked.half}-{asked.tag}-0.jsonl"
    done = (
        {json.loads(line)["id"] for line in out.read_text().splitlines()}
        if out.is_file()
        else set()
    )
    with Archive(make.CACHE / name, create=True) as archive, Box() as box:
        began = time.monotonic()
        taken = take_in(
            archive, [] if asked.as_it_is else [Path(path) for path in held], box,
            lambda: datetime.now(UTC), workers=1, neural=model,
        )  # fmt: skip
        print(
            f"archive: {len(taken.added)} added, {len(taken.known)} known,"
            f" {len(taken.broken)} broken"
            f" after {time.monotonic() - began:.0f} s",
            flush=True,
        )
        with out.open("a") as file:
            for number, (name, path, told) in enumerate(asking(asked, rows, held)):
                if name in done:
                    continue
                row = {"id": name, "query": told, **answer(archive, box, path, held, model)}
                file.write(json.dumps(row) + "\n")
                file.flush()
                if number % 20 == 0:
                    print(number, name, f"{time.monotonic() - began:.0f} s", flush=True)


TAKES_A_ROUND = 4


def asking(asked: argparse.Namespace, rows: dict, held: dict[str, dict]):
    """(id, path, what it is) of every query, round by round; a take finds itself in the archive."""
    chance = random.Random(f"rounds, {asked.half}")
    queries = {(row["source"], row["transformation"]): row for row in rows["queries"]}
    sources = sorted({source for source, _ in queries})
    chance.shuffle(sources)
    first = {name: chance.randrange(len(sources)) for name in TRANSFORMATIONS}
    others = [
        (path, told) for path, told in held.items() if told["kind"] in {"window", "composite"}
    ]
    chance.shuffle(others)
    for number in range(min(len(sources), asked.rounds)):
        for at, name in enumerate(TRANSFORMATIONS):
            row = queries[sources[(first[name] + at + number) % len(sources)], name]
            try:
                path = make.query(row)
            except RuntimeError as error:
                print("left out:", error, flush=True)
                continue
            yield f"{row['source']}/{row['transformation']}", path, {"kind": "copy", **row}
        for path, told in others[number * TAKES_A_ROUND : (number + 1) * TAKES_A_ROUND]:
            yield f"take/{Path(path).stem}", Path(path), told


def answer(
    archive: Archive, box: Box, path: Path, held: dict[str, dict], model: Neural | None
) -> dict:
    began = time.process_time()
    try:
        parts, colours, sha256 = [], [], ""
        for stretch, _, rgb, sha256 in fingerprint_of(path, box, neural=model is not None):  # noqa: B007
            parts.append(stretch)
            colours.append(rgb)
        found = search(archive, parts, sha256, neural=model, colours=colours).answer
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
