"""The tutorial runs as it is written: each command ends as told, each shown line appears.

In a ```console block, a line after `$ ` is run; the lines under it must appear in its output, in
order, where `…` stands for anything. `# exit N` at a command's end names another exit code than 0.
"""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.M | re.S)
EXIT = re.compile(r"\s+# exit (\d+)$")


def steps(page: str) -> list[tuple[str, int, list[str]]]:
    found: list[tuple[str, int, list[str]]] = []
    for block in BLOCK.findall(page):
        for line in block.splitlines():
            if line.startswith("$ "):
                command = line[2:]
                code = EXIT.search(command)
                found.append((EXIT.sub("", command), int(code[1]) if code else 0, []))
            elif line.strip() and line.strip() != "…":
                found[-1][2].append(line.strip())
    return found


def test_the_tutorial_runs_as_written(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    env = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "FIRSTHAND_ACTOR": "tutorial",
        "COLUMNS": "200",
    }
    told = steps((ROOT / "docs" / "tutorial" / "first-case.md").read_text(encoding="utf-8"))
    assert len(told) >= 8
    for command, code, lines in told:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        everything = done.stdout + done.stderr
        assert done.returncode == code, f"{command}\n{everything}"
        rest = iter(line.strip() for line in everything.splitlines())
        for line in lines:
            pattern = fnmatch.translate(line.replace("[", "[[]").replace("…", "*"))
            assert any(re.match(pattern, got) for got in rest), (
                f"{command}\nshould have printed: {line}\nprinted:\n{everything}"
            )
