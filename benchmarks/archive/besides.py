"""The parts of the section that stand beside the main run: peers, model, chance, stills, speed."""

from __future__ import annotations

import json
from pathlib import Path

import figures
import make
from plot import growth
from truth import CAMERA

from firsthand.archive import geometry, score
from firsthand.archive.store import Archive

DOCS = Path(__file__).resolve().parents[2] / "docs"


def filmed(rows: list[dict]) -> list[dict]:
    """Without synthetic re-enactments, as queries and in the archive."""
    return [
        {**row, "matches": [m for m in row["matches"] if m["item"].get("kind") != "composite"]}
        for row in rows
        if row["query"]["kind"] != "composite"
    ]


def with_model(rows: list[dict], tag: str) -> list[str]:
    """The same queries with SSCD proposing candidates as well."""
    path = make.CACHE / f"answers-test-{tag}-0.jsonl"
    if not path.is_file():
        return ["With the extra `neural`: not run.", ""]
    ids = {row["id"] for row in rows}
    mine = [row for row in figures.load("test", tag) if row["id"] in ids]
    same = {row["id"] for row in mine}
    with Archive(make.CACHE / "archive-test-neural") as archive:
        items = archive.items()
    made = sum("/distractor/" in item.paths[0] for item in items)
    lacking = [item for item in items if not any(name[:5] == "sscd/" for name in item.descriptors)]
    bare = sum("/distractor/" in item.paths[0] for item in lacking)
    asked = "the same queries" if len(mine) == len(rows) else "an even part of the same queries"
    lines = [
        f"With the extra `neural` (SSCD proposes candidates too), on {asked}"
        f" ({sum(row['query']['kind'] == 'copy' for row in mine)} copies,"
        f" {sum(row['query']['kind'] != 'copy' for row in mine)} takes); goals with it: uAP .97,"
        " recall .90."
        f" Of the archive's {len(items) - made} clips of cameras {len(lacking) - bare} had no"
        f" vector, of the {made} made distractors {bare}.",
        "",
        "| | uAP | recall at precision 1 | uAP, filmed | recall, filmed | listed | the same |"
        " processor time a query |", "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for name, some in (
        ("default", [row for row in rows if row["id"] in same]),
        ("with `neural`", mine),
    ):
        told, eased = figures.summary(some), figures.ranking(filmed(some))
        lines.append(
            f"| {name} | {told['uAP']:.3f} | {told['recall at precision 1']:.3f} |"
            f" {eased['uAP']:.3f} | {eased['recall at precision 1']:.3f} | {told['listed']:.3f} |"
            f" {told['strict recall']:.3f} | {told['cpu_s median']:.1f} s |"
        )
    return [*lines, ""]


PEERS = {
    "vpdq": "vPDQ's rule", "phash": "pHash, 64 bits", "tmk": "TMK+PDQF, Meta's program",
}  # fmt: skip


def peers(rows: list[dict]) -> list[str]:
    """The peers that were run, on the queries that each of them and this archive was asked."""
    run = {
        name: figures.load("test", name)
        for name in PEERS
        if (make.CACHE / f"answers-test-{name}-0.jsonl").is_file()
    }
    asked = {row["id"] for row in rows}
    for answers in run.values():
        asked &= {row["id"] for row in answers}
    copies = sum(row["query"]["kind"] == "copy" for row in rows if row["id"] in asked)
    lines = [
        f"Peers, on the same clips and queries ({copies} copies in even rounds,"
        f" {len(asked) - copies} takes); *filmed*: without synthetic re-enactments.",
        "",
        "| | uAP | recall at precision 1 | uAP, filmed | recall, filmed | listed |",
        "|---|---|---|---|---|---|",
    ]
    for name, answers in {"this archive": rows, **run}.items():
        mine = [row for row in answers if row["id"] in asked]
        told, eased = figures.ranking(mine), figures.ranking(filmed(mine))
        lines.append(
            f"| {PEERS.get(name, name)} | {told['uAP']:.3f} | {told['recall at precision 1']:.3f} |"
            f" {eased['uAP']:.3f} | {eased['recall at precision 1']:.3f} | {told['listed']:.3f} |"
        )
    missing = [PEERS[name] for name in PEERS if name not in run]
    return [*lines, "", *([f"Not run: {', '.join(missing)}.", ""] if missing else [])]


def chance(rows: list[dict]) -> list[str]:
    """Stated against seen: at twelve places and more, and where the need for twelve is lifted."""
    unrelated = [m for row in rows for m in row["matches"] if m["relation"] == "unrelated"]
    stated = score.false_alarms(geometry.LEAST_CELLS, 1184)
    lines = [
        f"Chance: {len(unrelated)} matches with clips that have nothing to do with the query, in"
        f" {len(rows)} queries, which is at most {figures.upper(len(unrelated), len(rows)):.4f} a"
        f" query; `false_alarms` states {stated:.4f} for the fewest places that a match may have.",
        "",
    ]
    path = make.CACHE / "chance.json"
    if not path.is_file():
        return lines
    told = json.loads(path.read_text())
    queries, items = told["queries"], told["items"]
    lines += [
        f"The law behind it, where the need for twelve places is lifted ({queries} queries of the"
        f" tuning half's cameras, of which the test half's archive of {items} clips has nothing;"
        " goal: within 2 x; the law was fitted on the tuning half at five places):",
        "", "| places, at least | stated a query | seen a query | seen |", "|---|---|---|---|",
    ]  # fmt: skip
    lines += [
        f"| {least} | {score.by_chance(int(least), items):.4f} | {count / queries:.4f} | {count} |"
        for least, count in told["reached"].items()
    ]
    return [*lines, ""]


def stills() -> list[str]:
    path = make.CACHE / "stills.json"
    if not path.is_file():
        return ["Stills: not run.", ""]
    told = json.loads(path.read_text())
    lines = [
        f"Stills: a frame of each recording asked in the test half's archive of videos, and"
        f" {told['photos']} photographs asked in an archive of them and"
        f" {told['others']} more; found means: listed as likely the same. Called the same recording"
        f" (a still never may): {told['called the same']}; frames likely the same as something"
        f" unrelated: {told['unrelated']}.",
        "", "| changed by | frames found in videos | photographs found |", "|---|---|---|",
    ]  # fmt: skip
    lines += [
        f"| {name} | {row['frames'][0]} of {row['frames'][1]} |"
        f" {row['photos'][0]} of {row['photos'][1]} |"
        for name, row in told["changes"].items()
    ]
    return [*lines, ""]


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
    told = json.loads(path.read_text()) if path.is_file() else {}
    if "comparing" not in told:
        return ["Speed: not run.", ""]
    made, each = told["fingerprinting"], told["comparing"]
    growth(told["rows"], DOCS / "accuracy" / "archive-growth.svg")
    most = told["rows"][-1]
    others = figures.SHORTLISTED * each["other_s"]
    lines = [
        f"Fingerprinting 720p: {made['by_clock']:.1f} x real time, two files at a time by the clock"
        f" (goal 8; load {made['load']:.0f} on two cores); {made['one_core']:.1f} x by one core's"
        " processor time.",
        "",
        f"With the machine as busy (a load of {made['load']:.0f}): a query of"
        f" {told['query_s']:.0f} s against {most['pictures']:,} pictures (synthetic rows,"
        f" one thread), its copy among them: {most['full_s'] + each['copy_s'] + others:.1f} s with"
        f" the full view (goal 15), {most['shortlist_s'] + each['copy_s'] + 2 * others:.1f} s with"
        f" all views (goal 60). In it: the comparison with the copy {each['copy_s']:.1f} s, and"
        f" {each['other_s']:.2f} s for each of up to {figures.SHORTLISTED} candidates a view that"
        " share nothing. Each further item that does share its pictures costs as much as the copy.",
        "",
        "| pictures | PDQ look-up | 512 sign bits | shortlist, full view | all views | resident,"
        " own | and mapped |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['pictures']:,} | {row['pdq_ms']:.2f} ms | {row['sscd_ms']:.2f} ms |"
        f" {row['full_s']:.1f} s | {row['shortlist_s']:.1f} s | {row['anonymous_mb']:.0f} MB |"
        f" {row['mapped_mb']:.0f} MB |"
        for row in told["rows"]
    ]
    shown = "Time of a look-up against the number of pictures in the archive, both logarithmic"
    return [*lines, "", f"![{shown}](accuracy/archive-growth.svg)", ""]


def misled() -> set[str]:
    """Cameras of which a re-enactment was called the same."""
    path = make.CACHE / "reenact-test.json"
    told = json.loads(path.read_text()) if path.is_file() else {"wrong": []}
    return {CAMERA[name] for name, *_ in told["wrong"]}


def reenacted() -> list[str]:
    """Re-enactments under other noise and other compression than the bench's own."""
    path = make.CACHE / "reenact-test.json"
    if not path.is_file():
        return ["Re-enactments from clean to noisy: not run.", ""]
    told = json.loads(path.read_text())
    count, wrong = told["registered"], told["wrong"]
    return [
        "The same re-enactments once more, with noise of"
        f" {', '.join(str(one) for one in told['noises'])} grey levels and CRF"
        f" {', '.join(str(one) for one in told['crfs'])} each: {count} pairs of"
        f" {told['cameras']} cameras register, {len(wrong)} called the same (bound"
        f" {figures.upper(len(wrong), count):.3f}), {told.get('likely_same', 0)} likely.",
        "",
        *(f"- {name}, noise {noise}, CRF {crf}: {why}, {found}"
          for name, noise, crf, why, found in wrong),
        *([""] if wrong else []),
    ]  # fmt: skip
