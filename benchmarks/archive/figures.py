"""The figures of one half, from what run.py and peers.py kept."""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

import av
import make
import numpy as np
from plan import LISTS, TRANSFORMATIONS
from scipy.stats import beta
from truth import CAMERA, relation, start_of

BOOTSTRAPS = 2000
SAME = "same_recording"
SHORTLISTED = 20
"""Candidates of one view, by hashes and by local features, at most."""


def load(half: str, tag: str) -> list[dict]:
    paths = sorted(make.CACHE.glob(f"answers-{half}-{tag}-*.jsonl"))
    every = [json.loads(line) for path in paths for line in path.read_text().splitlines()]
    rows = list({row["id"]: row for row in every}.values())
    for row in rows:
        for match in row["matches"]:
            match["relation"] = (
                "self" if match["same_file"] else relation(row["query"], match["item"])
            )
    return rows


def upper(count: int, of: int) -> float:
    """Clopper-Pearson's upper 95 % bound, one-sided."""
    return 1.0 if of in {0, count} else float(beta.ppf(0.95, count + 1, of - count))


def average_precision(pairs: list[tuple[float, bool]], positives: int) -> float:
    """Micro average precision: all pairs in one ranking; equal scores stand together."""
    ordered = sorted(pairs, key=lambda pair: -pair[0])
    area, hits, at = 0.0, 0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        new = sum(good for _, good in ordered[at:end])
        hits += new
        area += new * hits / end
        at = end
    return area / positives if positives else 0.0


def best(row: dict) -> dict | None:
    """The match with the query's own reference."""
    for match in row["matches"]:
        if match["relation"] == "copy" and match["item"]["kind"] == "reference":
            return match
    return None


def ranking(rows: list[dict]) -> dict[str, float]:
    copies = [row for row in rows if row["query"]["kind"] == "copy"]
    pairs, worst = [], 0.0
    for row in rows:
        for match in row["matches"]:
            if match["relation"] in {"other take", "unrelated"}:
                pairs.append((match["score"], False))
                worst = max(worst, match["score"])
    scores = []
    for row in copies:
        match = best(row)
        scores.append(match["score"] if match else 0.0)
        if match:
            pairs.append((match["score"], True))
    return {
        "uAP": average_precision(pairs, len(copies)),
        "recall at precision 1": float(np.mean([score > worst for score in scores])),
        "worst negative": worst,
        "listed": float(np.mean([score > 0 for score in scores])),
    }


def by_transformation(rows: list[dict]) -> dict[str, dict]:
    """Shares, and their lower 5 % bounds; a transformation has one copy of each source, so the
    bootstrap goes over sources."""
    random = np.random.default_rng(1)
    table = {}
    worst = ranking(rows)["worst negative"]
    for name in TRANSFORMATIONS:
        mine = [row for row in rows if row["query"].get("transformation") == name]
        values = defaultdict(list)
        for row in mine:
            match = best(row)
            values["same"].append(bool(match and match["verdict"] == "same_recording"))
            values["likely"].append(
                bool(match and match["verdict"] in {"same_recording", "likely_same"})
            )
            values["top"].append(bool(match and match["score"] > worst))
            values["different"].append(bool(match and match["verdict"] == "different_take"))
        if not mine:
            table[name] = {"n": 0}
            continue
        picks = random.integers(0, len(mine), (BOOTSTRAPS, len(mine)))
        lows = {
            f"{key} low": float(np.quantile(np.array(values[key])[picks].mean(1), 0.05))
            for key in ("same", "top")
        }
        shares = {key: float(np.mean(value)) for key, value in values.items()}
        table[name] = {"n": len(mine), **shares, **lows}
    return table


def times(rows: list[dict]) -> tuple[list[float], list[float]]:
    """Start errors in seconds of shown matches, and insertions' intersection over union."""
    errors, overlaps = [], []
    for row in rows:
        query, match = row["query"], None
        if query["kind"] == "copy":
            match = best(row)
        if match is None or match["verdict"] not in {"same_recording", "likely_same"}:
            continue
        path = make.cached("query", {key: value for key, value in query.items() if key != "kind"})
        with av.open(str(path)) as container:
            rate = float(container.streams.video[0].average_rate)
        at = match["query_s"][0]
        errors.append(abs(match["reference_s"][0] - start_of(query, match["item"], at, rate)))
        if query["transformation"] == "inserted":
            lead = make.inserted_at(rate) / rate
            true = (lead, lead + query["length_s"])
            low, high = match["query_s"]
            shared = max(min(high, true[1]) - max(low, true[0]), 0)
            overlaps.append(shared / (max(high, true[1]) - min(low, true[0])))
    return errors, overlaps


def negatives(rows: list[dict]) -> dict[str, object]:
    """Pairs of two takes of one scene that register, once for each unordered pair of clips."""
    seen: dict[tuple, dict] = {}
    for row in rows:
        for match in row["matches"]:
            if match["relation"] == "other take" and match["cells"] >= 12:
                mine = row["id"].removeprefix("take/")
                key = tuple(sorted((mine, Path(match["path"]).stem)))
                seen[key] = {"camera": CAMERA[row["query"]["source"]], **match}
    false = [match for match in seen.values() if match["verdict"] == "same_recording"]
    likely = [match for match in seen.values() if match["verdict"] == "likely_same"]
    cameras = {match["camera"] for match in seen.values()}
    return {
        "registered": len(seen), "same": len(false), "likely": len(likely),
        "different": sum(match["verdict"] == "different_take" for match in seen.values()),
        "bound": upper(len(false), len(seen)), "cameras": len(cameras),
        "camera bound": upper(len({m["camera"] for m in false}), len(cameras)),
        "which": [
            (match["camera"], match["path"][-40:], match["reason"], match["evidence"])
            for match in false + likely
        ],
    }  # fmt: skip


def summary(rows: list[dict]) -> dict[str, object]:
    copies = [row for row in rows if row["query"]["kind"] == "copy"]
    matched = [best(row) for row in copies]
    errors, overlaps = times(rows)
    return {
        "copies": len(copies), "takes": len(rows) - len(copies), **ranking(rows),
        "strict recall": float(np.mean([m is not None and m["verdict"] == SAME for m in matched])),
        "with likely": float(np.mean(
            [bool(m and m["verdict"] in {"same_recording", "likely_same"}) for m in matched])),
        "called different": float(np.mean(
            [bool(m and m["verdict"] == "different_take") for m in matched])),
        "start error median": float(np.median(errors or [np.nan])),
        "start error p90": float(np.quantile(errors or [np.nan], 0.9)),
        "insert IoU": float(np.mean(overlaps)) if overlaps else 0.0,
        "cpu_s median": float(np.median([row.get("cpu_s", 0) for row in rows])),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("half", choices=["tune", "test"])
    parser.add_argument("--tag", default="main")
    asked = parser.parse_args()
    rows = load(asked.half, asked.tag)
    print(json.loads(LISTS.read_text())[asked.half]["sha256"])
    for key, value in summary(rows).items():
        print(f"{key:24} {value:.3f}" if isinstance(value, float) else f"{key:24} {value}")
    for name, row in by_transformation(rows).items():
        print(f"{name:22}", {key: round(value, 2) for key, value in row.items()})
    told = negatives(rows)
    which = told.pop("which")
    print(told)
    for line in which:
        print("   ", line)
    missed = [row["id"] for row in rows if row["query"]["kind"] == "copy" and best(row) is None]
    print(len(missed), "not listed:", missed, file=sys.stderr)


if __name__ == "__main__":
    main()
