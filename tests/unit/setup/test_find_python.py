"""Set-up finds a Python that works, past ones that only look so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BROKEN = "#!/bin/sh\necho 'pyenv: python3.12: command not found' >&2\nexit 127\n"


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def good(path: Path) -> Path:
    """One that passes the probe and answers with where it stands."""
    return program(path, f"#!/bin/sh\necho '{path}'\n")


@pytest.fixture
def find(repository: Path, tmp_path: Path) -> dict[str, str]:
    """An environment in which only what the test puts there is on PATH."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "id", "cut", "getent"):
        for folder in ("/usr/bin", "/bin"):
            if Path(folder, name).exists() and not (tools / name).exists():
                (tools / name).symlink_to(Path(folder, name))
    return {"PATH": str(tools), "HOME": str(tmp_path / "home"), "SCRIPTS": str(repository)}


def run(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    script = Path(environment["SCRIPTS"]) / "scripts" / "find_python"
    return subprocess.run(
        [script], env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_a_broken_shim_does_not_stop_the_search(find: dict[str, str], tmp_path: Path) -> None:
    shims = program(tmp_path / "shims" / "python3.12", BROKEN).parent
    works = good(tmp_path / "later" / "python3.12")
    find["PATH"] = f"{shims}{os.pathsep}{works.parent}{os.pathsep}{find['PATH']}"
    assert run(find).stdout.strip() == str(works)


def test_a_pyenv_python_counts_though_its_shim_is_broken(
    find: dict[str, str], tmp_path: Path
) -> None:
    shims = program(tmp_path / "home" / ".pyenv" / "shims" / "python3.12", BROKEN).parent
    works = good(tmp_path / "home" / ".pyenv" / "versions" / "3.12.9" / "bin" / "python3")
    find["PATH"] = f"{shims}{os.pathsep}{find['PATH']}"
    assert run(find).stdout.strip() == str(works)


def test_the_named_python_is_the_only_candidate(find: dict[str, str], tmp_path: Path) -> None:
    works = good(tmp_path / "there" / "python3.12")
    find["PATH"] = f"{works.parent}{os.pathsep}{find['PATH']}"
    find["FIRSTHAND_PYTHON"] = str(program(tmp_path / "old", "#!/bin/sh\nexit 1\n"))
    refused = run(find)
    assert (refused.returncode, refused.stdout) == (1, "")
    find["FIRSTHAND_PYTHON"] = "python3.12"
    assert run(find).stdout.strip() == str(works)


def test_the_probe_takes_a_real_python_of_the_right_age(find: dict[str, str]) -> None:
    """The suite runs on a Python that set-up made, so its base is one that set-up takes."""
    find["FIRSTHAND_PYTHON"] = sys.executable
    assert Path(run(find).stdout.strip()).samefile(Path(sys.executable).resolve())
