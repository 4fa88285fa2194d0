"""The locks name every package at one version with hashes, and no place to fetch it from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

LOCKS = ["runtime.txt", "dev.txt", "build.txt", "uv.txt"]
PINNED = re.compile(r"^([a-z0-9][a-z0-9-]*)==\S+(?: ; [^\\]+)?((?: --hash=sha256:[0-9a-f]{64})+)$")


def entries(lock: Path) -> list[str]:
    """One string per package: continuation lines joined, comments dropped."""
    text = re.sub(r"^\s*#.*\n", "", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [" ".join(line.split()) for line in text.replace("\\\n", " ").splitlines() if line]


def names(lock: Path) -> set[str]:
    return {entry.split("==")[0] for entry in entries(lock)}


def canonical(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[ \[<>=!~;]", requirement)[0]).lower()


@pytest.fixture(scope="module")
def project(repository: Path) -> dict[str, Any]:
    return tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_one_version_and_hashes(repository: Path, name: str) -> None:
    locked = entries(repository / "requirements" / name)
    assert locked
    assert [entry for entry in locked if PINNED.match(entry) is None] == []


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_says_where_to_download(repository: Path, name: str) -> None:
    text = (repository / "requirements" / name).read_text(encoding="utf-8")
    assert re.findall(r"(?i)https?:|file:|index|find-links|trusted-host| @ |\s/", text) == []


def test_the_locks_hold_what_the_project_asks_for(
    repository: Path, project: dict[str, Any]
) -> None:
    runtime = {canonical(each) for each in project["project"]["dependencies"]}
    dev = {canonical(each) for each in project["dependency-groups"]["dev"]}
    assert runtime - names(repository / "requirements" / "runtime.txt") == set()
    assert (runtime | dev) - names(repository / "requirements" / "dev.txt") == set()


def test_both_locks_agree(repository: Path) -> None:
    runtime = set(entries(repository / "requirements" / "runtime.txt"))
    assert runtime <= set(entries(repository / "requirements" / "dev.txt"))


def test_the_build_backend_is_locked(project: dict[str, Any]) -> None:
    """Installed without build isolation, so the backend must come from the lock."""
    assert set(project["build-system"]["requires"]) <= set(project["dependency-groups"]["dev"])


def test_every_dependency_has_its_reason_written_down(
    repository: Path, project: dict[str, Any]
) -> None:
    page = (repository / "docs" / "design" / "dependencies.md").read_text(encoding="utf-8")
    explained = {
        name
        for row in re.findall(r"^\| ([^|]+) \|", page, flags=re.MULTILINE)
        for name in re.findall(r"[a-z0-9][a-z0-9-]*", row.lower())
    }
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    assert {canonical(each) for each in wanted} - explained == set()
