"""A writer killed at a system call or at any moment loses nothing that it acknowledged."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(("series", "kills"), [("calls", 24), ("moments", 8)])
def test_nothing_acknowledged_is_lost(
    tmp_path: Path, repository: Path, series: str, kills: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.custody.kill_some", series, str(tmp_path)],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    found = json.loads(done.stdout)
    assert found["wrong"] == []
    assert (found["lost"], found["false_whole"], found["unopened"]) == (0, 0, 0)
    assert found["kills"] == kills
    assert found["acknowledged"] > 5
    if series == "calls":
        assert found["recovered"] > 3
