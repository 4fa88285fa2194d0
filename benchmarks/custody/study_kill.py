"""2,000 kills at random moments, and one at each system call that changes the disk."""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.custody.crash import Tally, calls, trial
from benchmarks.custody.desk import desk
from benchmarks.custody.export_act import bag_holds, export_once, sweep

from firsthand.case import Case

RANDOM_KILLS = 2_000
KILLS_PER_CASE = 25
SEED = 20211001
ACTS = 14
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
"""A kill leaves the page cache in place, so a disk in memory shows the same, only quicker."""


def study_kill() -> str:
    """Both series; the section's text."""
    at_random, wrong_random = _at_random()
    at_calls, wrong_calls = _at_calls()
    acts = ", ".join(f"{act} {count}" for act, count in sorted(at_random.by_act.items()))
    lines = [
        "## Custody: a writer that is killed",
        "",
        "A child process ingests files of 10 bytes to 3 MB, makes derivatives, logs, writes notes,"
        " seals and exports; it is killed with SIGKILL, and the case is audited, opened and"
        " audited again. An act counts as acknowledged when the call that does it has returned.",
        "",
        "| | at a random moment | before each system call in turn |",
        "|---|---|---|",
        f"| kills | {at_random.kills:,} | {at_calls.kills:,} |",
        f"| acts acknowledged before | {at_random.acknowledged:,} | {at_calls.acknowledged:,} |",
        f"| acknowledged and lost | {at_random.lost} | {at_calls.lost} |",
        f"| damaged, yet audited as whole | {at_random.false_whole} | {at_calls.false_whole} |",
        f"| not opened again by itself | {at_random.unopened} | {at_calls.unopened} |",
        f"| something had to be put right | {at_random.recovered:,} | {at_calls.recovered:,} |",
        "",
        f"Killed during (random series): {acts}. 0 of {at_random.kills:,} bounds the rate at"
        f" {3 / at_random.kills:.2%} (95 %, rule of three). The calls counted are write, fsync,"
        " link, rename, mkdir, ftruncate and unlink. A kill leaves the page cache in place: what a"
        " power cut does to a disk that lies about fsync is not tested here.",
    ]
    for wrong in (*wrong_random, *wrong_calls)[:20]:
        lines.append(f"- went wrong: {wrong}")
    return "\n".join(lines)


def _at_random() -> tuple[Tally, list[str]]:
    """Half on a disk, where most of the time goes into syncing; half in memory."""
    tally, wrong = Tally(), []
    for folder, kills, longest_s in (
        (None, RANDOM_KILLS // 2, 1.2),
        (MEMORY, RANDOM_KILLS // 2, 0.6),
    ):
        chance = random.Random(f"{SEED}/{folder}")
        with tempfile.TemporaryDirectory(prefix="firsthand-kill-", dir=folder) as base:
            for number in range(kills):
                place = Path(base) / f"case-{number // KILLS_PER_CASE}"
                keys = Path(base) / f"keys-{number // KILLS_PER_CASE}"
                if number % KILLS_PER_CASE == 0:
                    shutil.rmtree(place.with_name(f"case-{number // KILLS_PER_CASE - 1}"), True)
                    Case.create(place, desk(seed=str(number))).close()
                wrong += trial(
                    place,
                    keys,
                    number,
                    tally,
                    after_s=chance.uniform(0.0, longest_s),
                    extra=export_once,
                    check=bag_holds,
                )
                sweep(place)
                if number % 100 == 99:
                    print(f"{tally.kills} kills, {tally}", file=sys.stderr, flush=True)
    return tally, wrong


def _at_calls() -> tuple[Tally, list[str]]:
    tally, wrong = Tally(), []
    with tempfile.TemporaryDirectory(prefix="firsthand-kill-", dir=MEMORY) as folder:
        base = Path(folder)
        Case.create(base / "counted", desk()).close()
        total = calls(base / "counted", base / "keys", SEED, acts=ACTS, extra=export_once)
        sweep(base / "counted")
        for at_call in range(1, total + 1):
            place, keys = base / f"case-{at_call}", base / f"keys-{at_call}"
            Case.create(place, desk()).close()
            wrong += trial(
                place,
                keys,
                SEED,
                tally,
                at_call=at_call,
                acts=ACTS,
                extra=export_once,
                check=bag_holds,
            )
            shutil.rmtree(place)
            shutil.rmtree(keys, True)
            sweep(place)
            if at_call % 100 == 0:
                print(f"call {at_call} of {total}, {tally}", file=sys.stderr, flush=True)
    return tally, wrong
