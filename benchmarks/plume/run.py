"""Run the bench: `python benchmarks/plume/run.py tune|test|drift OUT.jsonl [SHARE]`.

Every case is one line of JSON; lines that are there are not run again, so that it may be stopped.
`drift` runs a list of its own, of clips where a person could measure. SHARE k/n runs every n-th
case from the k-th.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import cases
import cv2

from firsthand.measure.plume.answer import PlumeMeasurement
from firsthand.measure.plume.given import Given, Reference, Sure
from firsthand.measure.plume.measure import measure_frames
from firsthand.measure.plume.travel import Far, Travel

cv2.setNumThreads(1)


def given_of(inputs: dict[str, object]) -> Given:
    """The analyst's words as the measurement takes them."""
    told = dict(inputs)
    for name in ("distance_m", "hfov_deg", "heading_deg", "wind_from_deg"):
        if name in told:
            told[name] = Sure(*told[name])
    if "reference" in told:
        told["reference"] = Reference(*told["reference"])
    if "travel" in told:
        way = {name: tuple(v) if isinstance(v, list) else v for name, v in told["travel"].items()}
        told["travel"] = Travel(**way)
    if "far" in told:
        told["far"] = Far(*told["far"])
    return Given(**told)


def _quantity(value: object) -> list[float] | None:
    return None if value is None else [value.value, value.low, value.high]


def row_of(case: cases.Case, answer: PlumeMeasurement, spent: tuple[float, float]) -> dict:
    """What is scored later: the answer beside the truth."""
    middle = case.truths[len(case.truths) // 2]
    return {
        "seed": case.seed,
        "strata": case.strata,
        "truth_m": middle.top_m if middle else None,
        "full_m": case.full_m,
        "truth_cut": bool(middle.cut) if middle else False,
        "truth_span_px": (middle.base_px[1] - middle.top_px[1])
        if middle and middle.top_px
        else None,
        "truth_rise": case.rise_m_s,
        "truth_across": case.across_m_s,
        "outcome": answer.outcome,
        "reasons": list(answer.reasons),
        "height": _quantity(answer.height),
        "low": answer.low_m,
        "high": answer.high_m,
        "rise": _quantity(answer.rise),
        "drift": _quantity(answer.drift),
        "drift_side": answer.drift_side,
        "activity": answer.activity,
        "spread": answer.spread,
        "members": [] if answer.seen is None else answer.seen.trace.members.round(2).tolist(),
        "budget": answer.budget,
        "sizes": {k: v for k, v in case.inputs.items() if k != "reference"},
        "render_s": round(spent[0], 3),
        "measure_s": round(spent[1], 3),
    }


def run(seed: int, *, empty: bool) -> dict:
    """One case."""
    start = time.perf_counter()
    case = cases.empty_case(seed) if empty else cases.smoke_case(seed)
    made = time.perf_counter()
    answer = measure_frames(case.frames, case.t_s, given_of(case.inputs))
    return row_of(case, answer, (made - start, time.perf_counter() - made))


def able(seed: int) -> bool:
    """Whether a person could measure it: cross wind, top in the picture, sound inputs."""
    strata = cases.strata_of(seed)
    return (strata["wind"], strata["inputs"]) == ("cross", "sound") and (
        strata["scene"] != "top_leaves"
    )


def _run_list(out: Path, todo: list[tuple[int, bool]], part: int, parts: int) -> None:
    done = set()
    if out.exists():
        done = {json.loads(line)["seed"] for line in out.read_text().splitlines()}
    with out.open("a") as file:
        for k, (seed, is_empty) in enumerate(todo):
            if k % parts != part or seed in done:
                continue
            file.write(json.dumps(run(seed, empty=is_empty)) + "\n")
            file.flush()


def main() -> None:
    """Run what is missing."""
    which, out = sys.argv[1], Path(sys.argv[2])
    part, parts = (int(v) for v in (sys.argv[3] if len(sys.argv) > 3 else "0/1").split("/"))
    if which == "drift":
        _run_list(
            out, [(seed, False) for seed in cases.TEST_DRIFT_SEEDS if able(seed)], part, parts
        )
        return
    smoke = cases.TEST_SEEDS if which == "test" else cases.TUNE_SEEDS
    empty = cases.TEST_EMPTY_SEEDS if which == "test" else cases.TUNE_EMPTY_SEEDS
    # Mixed, so that a run that is cut short holds both kinds.
    every = len(smoke) // len(empty)
    todo = [(seed, False) for seed in smoke]
    for place, seed in enumerate(empty):
        todo.insert((place + 1) * (every + 1) - 1, (seed, True))
    _run_list(out, todo, part, parts)


if __name__ == "__main__":
    main()
