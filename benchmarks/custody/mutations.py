"""10,000 ways to tamper with an exported bag: which are caught, by the audit and by verify.sh?

    python -m benchmarks.custody.mutations [--count 10000] [--shell 2000] [--write]

Stratified by kind of bag and file and by operation. Half of the changes to files are *mended*:
every list of files is made to fit again, as anybody can who has the bag, so that only the log,
its commitments and its seal can show them. Bags made anew as a whole (a log cut back, or sealed
anew with another key) can be shown by nothing in them; there the audit is given the checkpoint
that somebody held elsewhere.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.custody.bags import Bag, changed, two_bags
from benchmarks.custody.tamper import (
    FILE_OPERATIONS,
    Tampered,
    forge_key,
    kind_of,
    roll_back,
    tamper,
)
from benchmarks.report import write_section

from firsthand.case import audit

SEED = 20211001
MEMORY = Path("/dev/shm")  # noqa: S108
FOLDER_OPERATIONS = ("file deleted", "file added", "two files swapped")
ANEW_EVERY = 10
"""One in ten is a bag made anew as a whole."""


@dataclass
class Score:
    """What became of the changes of one stratum."""

    tried: int = 0
    caught: int = 0
    without: int = 0
    shell_tried: int = 0
    shell_caught: int = 0
    shell_without: int = 0

    def add(self, other: Score) -> None:
        """Another share of the same stratum."""
        for name, number in vars(other).items():
            setattr(self, name, getattr(self, name) + number)


@dataclass
class Result:
    """Scores by stratum and by operation, and what was missed."""

    strata: dict[str, Score] = field(default_factory=dict)
    operations: dict[str, Score] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    disagreed: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, other: Result) -> None:
        """What another share of the work found."""
        for mine, theirs in ((self.strata, other.strata), (self.operations, other.operations)):
            for name, score in theirs.items():
                mine.setdefault(name, Score()).add(score)
        self.kinds.update(other.kinds)
        self.missed.extend(other.missed)
        self.disagreed.extend(other.disagreed)


def tampering(bags: tuple[Bag, Bag], number: int, seed: int) -> tuple[Bag, Tampered]:
    """The change of this number: all strata in turn, the same whoever asks."""
    rng = random.Random(f"{seed}/{number}")
    if number % ANEW_EVERY == 0:
        forge = forge_key if number % (2 * ANEW_EVERY) else roll_back
        return bags[0], forge(bags[0], rng)
    cells = _cells(bags, seed)
    turn = number - number // ANEW_EVERY - 1
    bag, kind, operation, mended = cells[turn % len(cells)]
    return bag, tamper(bag, rng, kind, operation, mended=mended)


def _cells(bags: tuple[Bag, Bag], seed: int) -> list[tuple[Bag, str, str, bool]]:
    cells = [
        (bag, kind, operation, mended)
        for bag in bags
        for kind in sorted({kind_of(name) for name in bag.tree})
        for operation in (*FILE_OPERATIONS, *FOLDER_OPERATIONS)
        for mended in (False, True)
        if _makes_sense(bag, kind, operation, mended=mended)
    ]
    random.Random(seed).shuffle(cells)
    return cells


def _makes_sense(bag: Bag, kind: str, operation: str, *, mended: bool) -> bool:
    if mended and kind == "manifest":
        return False
    if operation in {"lines reordered", "line dropped", "line doubled"}:
        most = max(bag.tree[name].count(b"\n") for name in bag.tree if kind_of(name) == kind)
        return most > (1 if operation == "lines reordered" else 0)
    return True


def shell_says(program: Path, bag: Path, *held: str, shell: str = "sh") -> bool:
    """Whether verify.sh finds that everything holds: the reader's own copy of it."""
    done = subprocess.run(
        [shell, str(program), str(bag), *held], capture_output=True, check=False, timeout=120
    )
    return done.returncode == 0


def run(count: int, shell: int, *, seed: int = SEED, jobs: int = 1) -> Result:
    """Tamper `count` times, and ask verify.sh too about `shell` of them."""
    began = time.monotonic()
    asked = frozenset(random.Random(seed + 1).sample(range(count), min(shell, count)))
    shares = [range(start, count, jobs) for start in range(jobs)]
    if jobs == 1:
        result = _run(shares[0], asked, seed)
    else:
        with ProcessPoolExecutor(jobs) as pool:
            result = Result()
            for one in pool.map(_run, shares, [asked] * jobs, [seed] * jobs):
                result.add(one)
    result.seconds = time.monotonic() - began
    return result


def _run(numbers: range, asked: frozenset[int], seed: int) -> Result:
    result = Result()
    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    try:
        bags = two_bags(folder)
        ours = folder / "ours.sh"
        ours.write_bytes(bags[0].tree["verify.sh"])
        for bag in bags:
            if not audit(bag.path, checkpoint=bag.held).ok or not shell_says(ours, bag.path):
                raise RuntimeError("a bag as it was handed over does not hold")
        for number in numbers:
            bag, one = tampering(bags, number, seed)
            with changed(bag.path, bag.tree, one.tree):
                _judge(result, bag, one, ours if number in asked else None)
    finally:
        shutil.rmtree(folder)
    return result


def _judge(result: Result, bag: Bag, one: Tampered, program: Path | None) -> None:
    anew = one.stratum == "made anew"
    without = not audit(bag.path).ok
    caught = without or not audit(bag.path, checkpoint=bag.held).ok if anew else without
    scores = (
        result.strata.setdefault(one.stratum, Score()),
        result.operations.setdefault(one.operation, Score()),
    )
    result.kinds[one.kind] += 1
    shell = shell_without = False
    if program is not None:
        held = (str(bag.held.lines), bag.held.head)
        shell_without = not shell_says(program, bag.path)
        shell = shell_without or (anew and not shell_says(program, bag.path, *held))
    for score in scores:
        score.tried += 1
        score.caught += caught
        score.without += without
        score.shell_tried += program is not None
        score.shell_caught += shell
        score.shell_without += shell_without
    name = f"{one.stratum}: {one.operation} of {one.kind}"
    if not caught:
        result.missed.append(name)
    if program is not None and shell != caught:
        result.disagreed.append(name)


def markdown(result: Result) -> str:
    """The section of docs/accuracy.md."""
    tried = sum(score.tried for score in result.strata.values())
    asked = sum(score.shell_tried for score in result.strata.values())
    caught = sum(score.caught for score in result.strata.values())
    shell = sum(score.shell_caught for score in result.strata.values())
    missed = tried - caught
    bound = 3 / tried
    lines = [
        "## Tampering with exported bags",
        "",
        f"{tried:,} changes to two small bags (one whole, one redacted), in turn over"
        f" {len(result.kinds)} kinds of file and {len(result.operations)} operations; seed {SEED}."
        f" `case audit` caught {caught:,}; `verify.sh` was asked about {asked:,} of them and caught"
        f" {shell:,}. {_of_none(missed, bound)}",
        "",
        "*Lists mended*: every manifest was written anew over the changed files, as anybody can, so"
        " that only the log shows the change. *Made anew*: the log cut back and ended with a new"
        " line, or a line rewritten and everything after it chained and sealed anew with another"
        " key. Nothing in such a bag can show that; it is caught by the checkpoint that the reader"
        " held, and without one by nothing, as both programs say when they end.",
        "",
        "| bag | changes | audit caught | without a held checkpoint | verify.sh asked | caught |"
        " without a held checkpoint |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [_row(name, result.strata[name]) for name in sorted(result.strata)]
    lines += [
        "",
        "| operation | changes | audit caught | without a held checkpoint | verify.sh asked |"
        " caught | without a held checkpoint |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [_row(name, result.operations[name]) for name in sorted(result.operations)]
    kinds = ", ".join(f"{kind} {number:,}" for kind, number in sorted(result.kinds.items()))
    lines += ["", f"Changes by kind of file: {kinds}.", ""]
    for title, names in (("Missed", result.missed), ("Disagreed", result.disagreed)):
        told = ", ".join(f"{name} ({n})" for name, n in sorted(Counter(names).items())) or "none"
        lines.append(f"{title}: {told}.")
    return "\n".join(lines)


def _of_none(missed: int, bound: float) -> str:
    if missed:
        return f"Missed: {missed}."
    return f"None of them missed: with 95 % confidence fewer than {bound:.2%} of such changes are."


def _row(name: str, score: Score) -> str:
    return (
        f"| {name} | {score.tried:,} | {score.caught:,} | {score.without:,} |"
        f" {score.shell_tried:,} | {score.shell_caught:,} | {score.shell_without:,} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--shell", type=int, default=2_000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="write docs/accuracy.md")
    asked = parser.parse_args()
    result = run(asked.count, asked.shell, jobs=asked.jobs)
    text = markdown(result)
    print(text)
    print(f"{result.seconds:.0f} s")
    if asked.write:
        write_section("custody-mutations", text)


if __name__ == "__main__":
    main()
