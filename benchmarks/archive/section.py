"""Write the section on footage matching of docs/accuracy.md from the answers that were kept.

python section.py [--tag main]; what was not run is said to be missing, and nothing is filled in.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import figures
import make
from plan import LISTS
from truth import CAMERA

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from report import write_section

FALSE_REASONS = {"same changes and same noise", "same changes everywhere", "same noise"}


def head(rows: list[dict], tag: str) -> list[str]:
    document = json.loads(LISTS.read_text())["test"]
    planned = len(document["queries"])
    copies = sum(row["query"]["kind"] == "copy" for row in rows)
    sources = {row["query"]["source"] for row in rows if row["query"]["kind"] == "copy"}
    faults = sum("error" in row for row in rows)
    held = make.CACHE / "archive-test" / "index"
    names = sorted(folder.name.split("-")[0] for folder in held.iterdir())
    return [
        "## Footage matching",
        "",
        f"Test half (list `{document['sha256'][:16]}…`, fixed before tuning; run `{tag}`):"
        f" **{copies} of {planned} planned copies** were run (every n-th, all transformations),"
        f" from {len(sources)} recordings; {len(rows) - copies} other takes were asked as well; the"
        f" archive held {', '.join(names)} clips, about 1,000 of them made"
        " distractors. No model was used."
        f" {faults} queries could not be decoded and count as missed.",
        "",
    ]


def filmed(rows: list[dict]) -> list[dict]:
    """Without synthetic re-enactments, as queries and in the archive."""
    return [
        {**row, "matches": [m for m in row["matches"] if m["item"].get("kind") != "composite"]}
        for row in rows
        if row["query"]["kind"] != "composite"
    ]


def main_table(rows: list[dict]) -> list[str]:
    told = figures.summary(rows)
    plain = [row for row in rows if row["query"]["kind"] == "copy"]
    eased = figures.ranking(filmed(rows))
    unlike = figures.upper(round(told["called different"] * len(plain)), len(plain))
    lines = [
        "| figure | goal | measured |", "|---|---|---|",
        f"| uAP, all hard negatives in | ≥ .80 without a model | {told['uAP']:.3f} |",
        f"| recall at precision 1, all in | .90 with a model |"
        f" {told['recall at precision 1']:.3f} |",
        f"| the same without synthetic re-enactments | | uAP {eased['uAP']:.3f},"
        f" recall {eased['recall at precision 1']:.3f} |",
        f"| copies listed at all | | {told['listed']:.3f} |",
        f"| copies called `same_recording` | ≥ .75 | {told['strict recall']:.3f} |",
        f"| … or `likely_same` | | {told['with likely']:.3f} |",
        f"| copies called `different_take` | ≤ .01 | {told['called different']:.3f}"
        f" (of {len(plain)}; bound {unlike:.3f}) |",
        f"| start error, median and p90 | ≤ .1 s, ≤ .5 s | {told['start error median']:.3f} s,"
        f" {told['start error p90']:.3f} s |",
        f"| insertions: intersection over union | ≥ .85 | {told['insert IoU']:.3f} |",
        f"| processor time a query, median | | {told['cpu_s median']:.1f} s |",
        "",
    ]  # fmt: skip
    return lines


def shortfalls(rows: list[dict]) -> list[str]:
    """Which goals are not met on what was run, and what this size cannot show."""
    told = figures.summary(rows)
    goals = {
        "uAP without a model (.80)": told["uAP"] >= 0.8,
        "copies called the same (.75)": told["strict recall"] >= 0.75,
        "start error p90 (.5 s)": told["start error p90"] <= 0.5,
        "insertions (.85)": told["insert IoU"] >= 0.85,
    }
    short = [name for name, met in goals.items() if not met]
    return [
        f"Short of its goal here: {', '.join(short) or 'none of those that need no model'}. Not"
        " measured: anything with the extra `neural`, recall of each transformation with a bound"
        " (three or four queries each are too few), agreement of stated and observed chance (none"
        " was observed), clips longer than a minute.",
        "",
    ]


def takes_table(rows: list[dict]) -> list[str]:
    lines = [
        "Other takes of one scene that register (12 places or more), each pair of clips once:",
        "", "| kind of pair | pairs | cameras | `same_recording` | bound |"
        " by cameras | `likely_same` | `different_take` |", "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    kinds = {
        "all": lambda match: True,
        "filmed: other times and takes": lambda match: match["item"]["kind"] != "composite",
        "re-enacted: one picture, same object and path": lambda match: (
            match["item"]["kind"] == "composite"
        ),
    }
    for name, keep in kinds.items():
        some = [
            {**row, "matches": [m for m in row["matches"] if keep(m)]} for row in rows
            if name == "all" or (row["query"]["kind"] == "composite") == (name[0] == "r")
        ]  # fmt: skip
        told = figures.negatives(some)
        lines.append(
            f"| {name} | {told['registered']} | {told['cameras']} | {told['same']} |"
            f" {told['bound']:.3f} | {told['camera bound']:.2f} | {told['likely']} |"
            f" {told['different']} |"
        )
    told = figures.negatives(rows)
    false = [row for row in told["which"] if row[2] in FALSE_REASONS]
    lines += ["", *(f"- {camera}: {reason}, {found}" for camera, _, reason, found in false), ""]
    return lines


def transformations(rows: list[dict]) -> list[str]:
    lines = ["| transformation | n | called the same | or likely | listed above every negative |",
             "|---|---|---|---|---|"]  # fmt: skip
    for name, row in figures.by_transformation(rows).items():
        if row["n"]:
            lines.append(
                f"| {name} | {row['n']} | {row['same']:.2f} | {row['likely']:.2f} |"
                f" {row['top']:.2f} |"
            )
    return [*lines, ""]


def peers(rows: list[dict]) -> list[str]:
    asked = {row["id"] for row in rows}
    lines = [
        "On the same queries and clips; *filmed*: without synthetic re-enactments.",
        "",
        "| | uAP | recall at precision 1 | uAP, filmed | recall, filmed | listed |",
        "|---|---|---|---|---|---|",
    ]
    for name, shown in (("", "this archive"), ("vpdq", "vPDQ's rule"), ("phash", "pHash, 64 bits")):
        if name and not (make.CACHE / f"answers-test-{name}-0.jsonl").is_file():
            lines.append(f"| {shown} | not run | | | | |")
            continue
        mine = [row for row in figures.load("test", name) if row["id"] in asked] if name else rows
        told, eased = figures.ranking(mine), figures.ranking(filmed(mine))
        lines.append(
            f"| {shown} | {told['uAP']:.3f} | {told['recall at precision 1']:.3f} |"
            f" {eased['uAP']:.3f} | {eased['recall at precision 1']:.3f} | {told['listed']:.3f} |"
        )
    return [*lines, ""]


def chance(rows: list[dict]) -> list[str]:
    unrelated = [m for row in rows for m in row["matches"] if m["relation"] == "unrelated"]
    return [
        f"Chance: {len(unrelated)} matches with clips that have nothing to do with the query, in"
        f" {len(rows)} queries; stated (12 places, 1,184 stretches): 0.010 a query."
        f" Largest number of agreeing places: {max((m['cells'] for m in unrelated), default=0)}.",
        "",
    ]


def manifest() -> list[str]:
    path = make.CACHE / "manifest.json"
    if not path.is_file():
        return ["Shared clips: the pairs of manifest.csv were not run.", ""]
    told = json.loads(path.read_text())
    return [
        f"Shared clips: of the {told['pairs']} related pairs of manifest.csv {told['same']} are"
        f" called the same, likely {told['likely'] or 'none'}, missed {told['missed'] or 'none'};"
        f" of all other pairs called the same: {told['others called the same'] or 'none'}, likely:"
        f" {told['others called likely'] or 'none'}.",
        "",
    ]


def speed() -> list[str]:
    path = make.CACHE / "speed.json"
    if not path.is_file():
        return ["Speed: not run.", ""]
    told = json.loads(path.read_text())
    made = told["fingerprinting"]
    lines = [
        f"Fingerprinting 720p: {made['one_core']:.1f} x real time by one core's processor time; two"
        f" files at a time by the clock {made['by_clock']:.1f} x, at a load of"
        f" {made['load']:.0f} on two cores. Look-up on one thread,"
        " synthetic rows, the machine as busy; the peak includes making the rows:",
        "", "| pictures | PDQ look-up | 512 sign bits |"
        f" shortlist of a {told['query_s']:.0f} s query, both mirror images | peak memory |",
        "|---|---|---|---|---|",
    ]  # fmt: skip
    lines += [
        f"| {row['pictures']:,} | {row['pdq_ms']:.2f} ms | {row['sscd_ms']:.2f} ms |"
        f" {row['shortlist_s']:.1f} s | {row['peak_mb']:.0f} MB |"
        for row in told["rows"]
    ]  # fmt: skip
    return [*lines, ""]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tag", default="main")
    asked = parser.parse_args()
    rows = figures.load("test", asked.tag)
    cameras = sorted({CAMERA[row["query"]["source"]] for row in rows})
    kill = make.CACHE / "kill.txt"
    lines = [
        *head(rows, asked.tag), *main_table(rows), *shortfalls(rows), *takes_table(rows),
        *transformations(rows),
        *peers(rows), *chance(rows), *manifest(), *speed(),
        f"SIGKILL: {kill.read_text().strip() if kill.is_file() else 'not run'}.", "",
        f"Cameras: {', '.join(cameras)}. Real re-filming, real screen recordings and wholly static"
        " clips are not among them; copies were made by program.",
    ]  # fmt: skip
    write_section("archive", "\n".join(lines))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
