"""No command and no check goes undocumented, and the reference says what --help says."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_command_reference_is_what_help_says() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "write_reference.py"), "--check"], check=False
    )
    assert done.returncode == 0, "run: .venv/bin/python scripts/write_reference.py"


def test_every_check_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "checks.md").read_text(encoding="utf-8")
    names = [point.name for point in entry_points(group="firsthand.checks")]
    assert names
    for name in names:
        assert f"## {name}\n" in page, f"docs/reference/checks.md says nothing of {name}"
