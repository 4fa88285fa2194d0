"""A writer killed at a system call or at any moment loses nothing that it acknowledged."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.custody.crash import Tally, calls, trial
from benchmarks.custody.desk import desk

from firsthand.case import Case

SEED, ACTS = 3, 7
TRIALS = 24
"""Of some 600 calls; the study in benchmarks/custody takes each one."""


def test_killed_at_a_system_call(tmp_path: Path) -> None:
    Case.create(tmp_path / "counted", desk()).close()
    total = calls(tmp_path / "counted", tmp_path / "keys", SEED, acts=ACTS)
    assert total > 400
    tally = Tally()
    wrong: list[str] = []
    for number in range(TRIALS):
        at_call = 1 + number * total // TRIALS
        place = tmp_path / f"case-{number}"
        Case.create(place, desk()).close()
        keys = tmp_path / f"keys-{number}"
        wrong += trial(place, keys, SEED, tally, at_call=at_call, acts=ACTS)
    assert wrong == []
    assert tally.bad == 0
    assert tally.recovered > 3


def test_killed_at_a_random_moment_again_and_again(tmp_path: Path) -> None:
    chance = random.Random(7)
    tally = Tally()
    wrong: list[str] = []
    Case.create(tmp_path / "case", desk()).close()
    for number in range(8):
        after_s = chance.uniform(0, 0.3)
        wrong += trial(tmp_path / "case", tmp_path / "keys", number, tally, after_s=after_s)
    assert wrong == []
    assert tally.acknowledged > 5
