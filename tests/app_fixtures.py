"""A short clip and a report that every test of the use cases may take."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    spec = importlib.util.spec_from_file_location("make_clip", ROOT / "examples" / "make_clip.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_clip"] = module
    spec.loader.exec_module(module)
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    module.write_clip(path, seconds=0.5)
    return path


@pytest.fixture(scope="session")
def report() -> Path:
    return ROOT / "examples" / "report.txt"


@pytest.fixture(scope="session")
def firsthand() -> Run:
    """Run the real command; stdin is closed, so that nothing can prompt."""

    def run(*words: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
        env = os.environ | {"FIRSTHAND_ACTOR": "tester"} | more.pop("env", {})
        return subprocess.run(
            [str(Path(sys.executable).parent / "firsthand"), *map(str, words)],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env=env,
            check=False,
            timeout=120,
            **more,
        )

    return run


@pytest.fixture(scope="session")
def document(firsthand: Run) -> Callable[..., dict[str, Any]]:
    """Run a command with --json and give the one document that stdout holds."""

    def run(*words: str | Path) -> dict[str, Any]:
        done = firsthand(*words, "--json")
        assert done.returncode == 0, done.stderr
        read: dict[str, Any] = json.loads(done.stdout)
        return read

    return run
