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


ASKED, FIELD = "\x1b[1mq\x1b[0muit", "keeps it): "


def typed(case: Path, script: list[tuple[str, str]], within_s: float = 120.0) -> tuple[int, str]:
    """Run `case accept` on a terminal; where the words stand, type what goes with them."""
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
    shown, read_to, todo, deadline = "", 0, list(script), time.monotonic() + within_s
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
        # What is asked next may have come in the same piece.
        while todo and (at := shown.find(todo[0][0], read_to)) >= 0:
            read_to = at + len(todo[0][0])
            os.write(leader, todo.pop(0)[1].encode())
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
    edit = [(FIELD, "\n"), (FIELD, "maybe\n"), (FIELD, "\n"), (FIELD, "\n"), (FIELD, "\n")]
    script = [
        (ASKED, "a"),  # the first is accepted
        (ASKED, "r"),  # the second rejected,
        (ASKED, "b"),  # gone back to,
        (ASKED, "a"),  # and accepted after all
        (ASKED, "e"),  # the third edited to what cannot be:
        *edit,
        ("not kept", ""),
        (ASKED, "r"),  # so it is asked for again
        (ASKED, "s"),
        (ASKED, "q"),
    ]
    code, shown = typed(case, script)
    assert code == 0, shown
    assert "\x1b[7m" in shown  # the words that a reading rests on are lit
    assert "[7;4m" in shown or "[4;7m" in shown  # and cues of doubt in them underlined
    for part in ("polarity", "held by", "hedged by", "where", "not kept: r1.c3", "decided."):
        assert part in shown, part
    assert "\\u{a}" not in shown
    assert states(case)[:4] == ["accepted", "accepted", "rejected", "proposed"]
