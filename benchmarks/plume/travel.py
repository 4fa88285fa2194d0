"""Smoke ranged by the camera's own way: `python benchmarks/plume/travel.py tune|test OUT.jsonl`.

Every case is one line of JSON; lines that are there are not run again. `--score OUT.jsonl...
--code=COMMIT [--write]` writes the section of docs/accuracy.md; COMMIT is what measured the rows.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import cv2
import numpy as np
import travel_cases
from run import given_of
from score import clopper

from firsthand.measure.plume.answer import PlumeMeasurement
from firsthand.measure.plume.measure import measure_frames

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from report import write_section

cv2.setNumThreads(1)


def _row(seed: int) -> dict:
    case = travel_cases.travel_case(seed)
    answer: PlumeMeasurement = measure_frames(case.frames, case.t_s, given_of(case.inputs))
    told, height = answer.track_range, answer.height
    middle = case.truths[len(case.truths) // 2]
    return {
        "seed": seed,
        "strata": case.strata,
        "truth_m": case.full_m,
        "top_m": middle.top_m if middle else None,
        "outcome": answer.outcome,
        "reasons": list(answer.reasons),
        "range": None if told is None else [told.value, told.low, told.high],
        "at_least": answer.track_at_least_m,
        "height": None if height is None else [height.value, height.low, height.high],
        "low": answer.low_m,
        "high": answer.high_m,
    }


def run(which: str, out: Path, share: str) -> None:
    """Run what is missing."""
    part, parts = (int(v) for v in share.split("/"))
    seeds = {"tune": travel_cases.TUNE_TRAVEL_SEEDS, "test": travel_cases.TEST_TRAVEL_SEEDS}[which]
    done = set()
    if out.exists():
        done = {json.loads(line)["seed"] for line in out.read_text().splitlines()}
    with out.open("a") as file:
        for k, seed in enumerate(seeds):
            if k % parts == part and seed not in done:
                file.write(json.dumps(_row(seed)) + "\n")
                file.flush()


def _line(name: str, rows: list[dict]) -> str:
    told = [r for r in rows if r["range"]]
    bounds = [r for r in rows if r["at_least"]]
    held = sum(r["range"][1] <= r["truth_m"] <= r["range"][2] for r in told)
    held += sum(r["at_least"] <= r["truth_m"] for r in bounds)
    both = len(told) + len(bounds)
    low, high = clopper(held, both) if both else (0.0, 1.0)
    errors = [abs(r["range"][0] / r["truth_m"] - 1) for r in told]
    middle = f"{np.median(errors):.1%} | {np.percentile(errors, 90):.1%}" if errors else "- | -"
    share = f"{held} of {both} ({low:.3f}-{high:.3f})" if both else "-"
    widths = [r["range"][2] / r["range"][1] for r in told]
    wide = f"{np.median(widths):.2f}" if widths else "-"
    return f"| {name} | {len(rows)} | {len(told)} | {len(bounds)} | {middle} | {share} | {wide} |"


def section(rows: list[dict], code: str) -> str:
    """The section as Markdown; `code` names what measured the rows."""
    with_smoke = [r for r in rows if "no_plume_found" not in r["reasons"]]
    tall = [r for r in rows if r["height"] and r["top_m"]]
    errors = [abs(r["height"][0] / r["top_m"] - 1) for r in tall]
    held = sum(r["height"][1] <= r["top_m"] <= r["height"][2] for r in tall)
    kinds = ("headings", "far", "neither")
    lines = [
        "## Smoke: how far, from a camera that travels",
        "",
        f"Test seeds run: {len(rows)} of {len(travel_cases.TEST_TRAVEL_SEEDS)} (list fixed by hash "
        f"before tuning: `{travel_cases.travel_list_hash()[:16]}`), once, by the "
        f"code of {code}. Synthetic clips of 8 s at 5 "
        "frames a second from a car at 8 to 25 m/s, smoke 600 to 3,000 m away, by the renderer of "
        "the other smoke bench, with the log that a receiver would keep (its way off by 1 to 4 m "
        "over the clip). *Headings*: the log says where the camera looked (offset 3 degrees, drift "
        "0.2 to 1.5); *far*: hills are marked and one heading is stated; *neither*: the turning is "
        "not known, and no range may be told. No distance is stated in any of them. *Bound*: only "
        f"a least distance is told. Smoke was found in {len(with_smoke)}.",
        "",
        "| clips | n | ranged | bound | median error | 90th percentile | held | high / low |",
        "|---|---|---|---|---|---|---|---|",
        *(_line(kind, [r for r in rows if r["strata"]["kind"] == kind]) for kind in kinds),
        _line("headings or far, way across the view",
              [r for r in rows if r["strata"]["kind"] != "neither"
               and r["strata"]["along"] == "False"]),
        _line("headings or far, way along the view",
              [r for r in rows if r["strata"]["kind"] != "neither"
               and r["strata"]["along"] == "True"]),
        "",
        f"Heights on such a range: told in {len(tall)}, median error "
        f"{np.median(errors) if errors else float('nan'):.1%}, the 95 % interval holds the truth "
        f"in {held} of {len(tall)}.",
    ]  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    """Run, or score."""
    if sys.argv[1] == "--score":
        files = [Path(one) for one in sys.argv[2:] if not one.startswith("--")]
        rows = [json.loads(line) for file in files for line in file.read_text().splitlines()]
        code = next(one[7:] for one in sys.argv if one.startswith("--code="))
        print(section(rows, code))
        if "--write" in sys.argv:
            write_section("plume-track", section(rows, code))
        return
    run(sys.argv[1], Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "0/1")


if __name__ == "__main__":
    main()
