"""A short series of kills: `python -m benchmarks.custody.kill_some calls|moments FOLDER`.

In a process of its own, because it forks, and a test runner has threads.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.custody.crash import Tally, calls, trial
from benchmarks.custody.desk import desk

from firsthand.case import Case

SEED, ACTS = 3, 7
AT_CALLS = 24
"""Of some 600 calls; the study takes each one."""
MOMENTS = 8


def at_calls(folder: Path, tally: Tally) -> list[str]:
    """Kill before system calls spread over all of them, each in a new case."""
    Case.create(folder / "counted", desk()).close()
    total = calls(folder / "counted", folder / "keys", SEED, acts=ACTS)
    wrong: list[str] = []
    for number in range(AT_CALLS):
        place, keys = folder / f"case-{number}", folder / f"keys-{number}"
        Case.create(place, desk()).close()
        at_call = 1 + number * total // AT_CALLS
        wrong += trial(place, keys, SEED, tally, at_call=at_call, acts=ACTS)
    return wrong


def at_moments(folder: Path, tally: Tally) -> list[str]:
    """Kill one case again and again, at random moments."""
    chance = random.Random(7)
    Case.create(folder / "case", desk()).close()
    wrong: list[str] = []
    for number in range(MOMENTS):
        after_s = chance.uniform(0, 0.3)
        wrong += trial(folder / "case", folder / "keys", number, tally, after_s=after_s)
    return wrong


def main(series: str, folder: str) -> None:
    """Run one series and print what came of it."""
    tally = Tally()
    wrong = {"calls": at_calls, "moments": at_moments}[series](Path(folder), tally)
    print(json.dumps({**asdict(tally), "wrong": wrong}))


if __name__ == "__main__":
    main(*sys.argv[1:])
