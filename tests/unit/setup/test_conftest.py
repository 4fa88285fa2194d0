"""The shared fixtures do what the rest of the suite relies on; run in a suite of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

SUITE = """
import pytest

def test_tool(needs_tool):
    needs_tool("no-such-program", "nor-this-one")

def test_data(shared):
    assert (shared / "data").is_dir()

@pytest.mark.shared
def test_marked():
    pass

def test_second_name_will_do(needs_tool):
    assert needs_tool("no-such-program", "sh").name == "sh"
"""


@pytest.fixture
def suite(
    pytester: pytest.Pytester, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> pytest.Pytester:
    pytester.makeconftest((repository / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nmarkers = shared: uses shared test data\n")
    pytester.makepyfile(SUITE)
    monkeypatch.setenv("FIRSTHAND_SHARED", str(pytester.path / "nothing-here"))
    monkeypatch.delenv("FIRSTHAND_NO_SKIP", raising=False)
    return pytester


def test_what_is_absent_skips_by_name(suite: pytest.Pytester) -> None:
    result = suite.runpytest_subprocess("-rs", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, skipped=3)
    result.stdout.fnmatch_lines_random(["*needs no-such-program or nor-this-one*", "*../shared*"])


def test_no_skip_fails_a_missing_tool_but_not_missing_data(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIRSTHAND_NO_SKIP", "1")
    result = suite.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=1, skipped=2)


def test_shared_data_is_handed_over_where_it_is(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    (suite.path / "kept" / "data").mkdir(parents=True)
    monkeypatch.setenv("FIRSTHAND_SHARED", str(suite.path / "kept"))
    result = suite.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=3, skipped=1)
