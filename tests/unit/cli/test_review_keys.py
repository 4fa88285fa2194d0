"""Reviewing on a terminal: one proposal at a time, one key each, each decision logged at once."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[3]
PROGRAM = Path(sys.executable).parent / "firsthand"


def typed(case: Path, keys: str, within_s: float = 90.0) -> tuple[int, str]:
    """Run `case accept` on a terminal, answer each question with a key, give what it showed."""
    leader, follower = pty.openpty()
    started = subprocess.Popen(
        [PROGRAM, "case", "accept", case],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=os.environ | {"FIRSTHAND_ACTOR": "tester", "COLUMNS": "100", "TERM": "xterm"},
        close_fds=True,
    )
    os.close(follower)
    shown, answered, deadline = "", 0, time.monotonic() + within_s
    while time.monotonic() < deadline:
        if select.select([leader], [], [], 0.2)[0]:
            try:
                piece = os.read(leader, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece.decode("utf-8", "replace")
        elif started.poll() is not None:
            break
        if answered < len(keys) and shown.count("uit") > answered:
            os.write(leader, keys[answered].encode())
            answered += 1
    os.close(leader)
    return started.wait(timeout=10), shown


def states(case: Path) -> list[str]:
    done = subprocess.run(
        [PROGRAM, "case", "show", case, "--json"], capture_output=True, text=True, check=True
    )
    return [claim["review"]["state"] for claim in json.loads(done.stdout)["claims"]]


def test_one_key_a_reading(tmp_path: Path) -> None:
    case = tmp_path / "case"
    report = ROOT / "examples" / "report.txt"
    subprocess.run([PROGRAM, "case", "new", case, "--report", report], check=True)
    code, shown = typed(case, "arsq")
    assert code == 0, shown
    assert "polarity" in shown
    assert "held by" in shown
    assert states(case)[:4] == ["accepted", "rejected", "proposed", "proposed"]
