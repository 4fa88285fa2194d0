"""SIGKILL in the middle of work: is anything that was acknowledged lost, does the case open again?

A child works on a case and writes an acknowledgement to a pipe after each act; the parent kills it
at a random moment (or exactly at its n-th system call that changes the disk), then looks.
"""

from __future__ import annotations

import hashlib
import io
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.custody.desk import desk
from benchmarks.custody.faults import KILL, fault

from firsthand.case import Authority, Case, KeyRing, audit, seal_case
from firsthand.records import Made

ROOT = b"-----BEGIN CERTIFICATE-----\nnot asked, for nothing is sent\n-----END CERTIFICATE-----\n"
UNFINISHED = {"unfinished", "unlogged", "half_line", "head_behind", "hard_link"}
"""What an audit may say of a case whose writer died and that nobody has opened since."""

Extra = Callable[[Case, KeyRing, int], str]
"""One more act, for what is built on the case; returns the path of what it acknowledges."""


@dataclass
class Tally:
    """What came of the trials."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    false_whole: int = 0
    unopened: int = 0
    recovered: int = 0
    by_act: dict[str, int] = field(default_factory=dict)

    @property
    def bad(self) -> int:
        """Trials that went wrong in any way."""
        return self.lost + self.false_whole + self.unopened


def content(seed: int, size: int) -> bytes:
    """Bytes that no other seed gives."""
    return hashlib.shake_128(str(seed).encode()).digest(size)


def work(
    place: Path, keys: Path, seed: int, out: int, *, extra: Extra | None = None, acts: int = 40
) -> None:
    """Act after act, each acknowledged on `out`, until killed or done."""
    chance = random.Random(seed)
    ring = KeyRing(keys, os.urandom)
    case = Case.open(place)

    def say(*words: object) -> None:
        os.write(out, (" ".join(map(str, words)) + "\n").encode())

    for number in range(acts):
        act = chance.choice(["add", "add", "log", "note", "seal", *(["extra"] if extra else [])])
        say("doing", act)
        if act == "seal":
            authority = Authority("None", "http://tsa.invalid/", ROOT)
            done = seal_case(case, desk(seed=f"{seed}/{number}"), ring, authorities=[authority])
            say("line", done.checkpoint.lines, done.checkpoint.head)
            continue
        if act == "extra" and extra is not None:
            say("made", extra(case, ring, seed * 100 + number))
            continue
        with case.writer(desk(seed=f"{seed}/{number}")) as writer:
            if act == "add":
                data = content(seed * 100 + number, chance.choice([10, 100_000, 3_000_000]))
                item = writer.add_file(io.BytesIO(data), kind="media", media_type="x/y", how="h")
                say("item", item.id, hashlib.sha256(data).hexdigest())
                made = Made(
                    tool="t",
                    version=str(number),
                    inputs=(item.id,),
                    input_sha256=(item.sha256,),
                )
                sheet = writer.add_derivative(data[:1000], media_type="x/y", made=made)
                say("item", sheet.id, hashlib.sha256(data[:1000]).hexdigest())
            elif act == "log":
                writer.append("workflow.moved", open={"to": str(number)}, sensitive={"n": number})
            else:
                upto = writer.state.last_seq
                files = {"index.html": content(number, 5000), "data/a.json": b"{}"}
                writer.write_note(writer.state.note_number(upto), "en", files, upto=upto)
            say("line", writer.state.last_seq, writer.state.head)


def trial(
    place: Path,
    keys: Path,
    seed: int,
    tally: Tally,
    *,
    after_s: float | None = None,
    at_call: int | None = None,
    extra: Extra | None = None,
    check: Callable[[Path], bool] | None = None,
    acts: int = 40,
) -> list[str]:
    """One child, one kill, one look. Returns what went wrong."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            with fault(at_call, KILL):
                work(place, keys, seed, writing, extra=extra, acts=acts)
        except BaseException as error:
            os.write(writing, f"broke {type(error).__name__} {error}\n".encode())
        os._exit(0)
    os.close(writing)
    if after_s is not None:
        time.sleep(after_s)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as pipe:
        said = [line.decode().split() for line in pipe.read().splitlines()]
    os.waitpid(child, 0)
    tally.kills += 1
    doing = next((words[1] for words in reversed(said) if words[0] == "doing"), "start")
    tally.by_act[doing] = tally.by_act.get(doing, 0) + 1
    return _look(place, said, tally, check)


def _look(
    place: Path, said: list[list[str]], tally: Tally, check: Callable[[Path], bool] | None
) -> list[str]:
    wrong = [" ".join(words) for words in said if words[0] == "broke"]
    acknowledged = [words for words in said if words[0] in {"item", "line", "made"}]
    tally.acknowledged += len(acknowledged)
    before = audit(place)
    codes = {problem.code for problem in before.problems}
    if codes - UNFINISHED:
        wrong.append(f"damaged: {codes}")
    case = Case.open(place)
    if before.ok:
        missing = _missing(case, acknowledged, check)
        tally.false_whole += bool(missing)
        wrong += missing
    try:
        with case.writer(desk(seed="after")) as writer:
            tally.recovered += writer.recovery is not None
    except Exception as error:
        tally.unopened += 1
        return [*wrong, f"does not open: {error}"]
    after = audit(place)
    if not after.ok:
        tally.unopened += 1
        wrong.append(f"not whole after recovery: {after.problems[:3]}")
    missing = _missing(case, acknowledged, check)
    tally.lost += len(missing)
    return wrong + missing


def _missing(
    case: Case, acknowledged: list[list[str]], check: Callable[[Path], bool] | None
) -> list[str]:
    state = case.state()
    lines = (case.path / "log.jsonl").read_bytes().splitlines(keepends=True)
    wrong: list[str] = []
    for words in acknowledged:
        match words:
            case ["item", name, sha256]:
                item = state.items.get(name)
                if item is None or hashlib.sha256(case.read_item(item)).hexdigest() != sha256:
                    wrong.append(f"lost: {name}")
            case ["line", seq, head]:
                line = lines[int(seq) - 1] if int(seq) <= len(lines) else b""
                if hashlib.sha256(line).hexdigest() != head:
                    wrong.append(f"lost: line {seq}")
            case ["made", path]:
                if check is None or not check(Path(path)):
                    wrong.append(f"lost: {path}")
            case _:
                wrong.append(f"half an acknowledgement: {words}")
    return wrong


def calls(place: Path, keys: Path, seed: int, *, acts: int = 40, extra: Extra | None = None) -> int:
    """How many system calls that change the disk one child makes; it runs in a child too."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with fault(None) as counter, Path(os.devnull).open("wb") as sink:
            work(place, keys, seed, sink.fileno(), acts=acts, extra=extra)
        os.write(writing, str(counter.seen).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        seen = int(pipe.read() or b"0")
    os.waitpid(child, 0)
    return seen
