"""What every test shares: where test data is, which tools are here, one deterministic profile.

Shared test data is a folder beside the repository (or `FIRSTHAND_SHARED`). It never ships, so a
test that needs it skips by name where it is absent. A missing *program* skips too, except under
`FIRSTHAND_NO_SKIP=1`, where it fails: continuous integration must not pass by running nothing.
"""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# A launcher in the background leaves SIGINT ignored, and children inherit that: tests of Ctrl-C
# would then test nothing.
if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)

REPOSITORY = Path(__file__).resolve().parent.parent

settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def _shared_folder() -> Path:
    return Path(os.environ.get("FIRSTHAND_SHARED", REPOSITORY.parent / "shared"))


def _skip_without_shared() -> None:
    if not (_shared_folder() / "data").is_dir():
        pytest.skip("needs ../shared/data/ (or FIRSTHAND_SHARED)")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test marked `shared` skips without the data, whether or not it asks for the fixture."""
    if item.get_closest_marker("shared") is not None:
        _skip_without_shared()


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the work tree."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared test data; skips by name where it is absent."""
    _skip_without_shared()
    return _shared_folder()


@pytest.fixture(scope="session")
def needs_tool() -> Callable[..., Path]:
    """`needs_tool("exiftool")` gives the program's path; of several names the first found.

    Where none is on PATH the test skips by name, or fails under `FIRSTHAND_NO_SKIP=1`.
    """

    def find(*names: str) -> Path:
        for name in names:
            found = shutil.which(name)
            if found is not None:
                return Path(found)
        message = f"needs {' or '.join(names)} on PATH (see packages.debian)"
        if os.environ.get("FIRSTHAND_NO_SKIP") == "1":
            pytest.fail(message)
        pytest.skip(message)

    return find
