"""Checks come from installed packages, ours and other people's alike."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from firsthand.checks.registry import all_checks, find_check, run
from firsthand.errors import InputError, NoSuchThing

SHADOWS = """
from firsthand.checks.base import CheckResult, check
from firsthand.records import Consistent, say

@check(name="{name}", question="Do the shadows fit?", proposition="F", version="3", scope="shot")
def shadows(place, heading=None):
    return CheckResult(outcome=Consistent(), statement=say("They fit at {{place}}.", place=place))
"""


class Shelf:
    """A folder on `sys.path` into which a test installs small packages by hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, package: str, source: str, entry: str) -> None:
        (self.folder / f"{package}.py").write_text(source)
        info = self.folder / f"{package}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.2\n")
        (info / "entry_points.txt").write_text(f"[firsthand.checks]\n{entry}\n")
        importlib.invalidate_caches()


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)
    yield Shelf(tmp_path)
    for name in set(sys.modules) - before:
        if name.startswith("third_party_"):
            del sys.modules[name]


def test_our_own_three_are_registered_like_any_other() -> None:
    names = [one.name for one in all_checks()]
    assert names == sorted(names)
    assert {"daylight", "origins", "provenance"} <= set(names)
    assert find_check("daylight").source.startswith("firsthand ")


def test_a_check_comes_from_outside(shelf: Shelf) -> None:
    shelf.install(
        "third_party_shadows",
        SHADOWS.format(name="shadows"),
        "shadows = third_party_shadows:shadows",
    )
    one = find_check("shadows")
    assert (one.version, one.scope, one.source) == ("3", "shot", "third_party_shadows 1.2")
    assert str(run(one, {"place": "the bridge"}).statement) == "They fit at the bridge."
    assert run(one, {}).outcome.kind == "needs_input"
    assert {"daylight", "shadows"} <= {check.name for check in all_checks()}


def test_two_of_one_name_are_refused_by_name(shelf: Shelf) -> None:
    shelf.install(
        "third_party_day", SHADOWS.format(name="daylight"), "mine = third_party_day:shadows"
    )
    with pytest.raises(InputError, match=r"third_party_day 1\.2") as caught:
        all_checks()
    assert "daylight" in str(caught.value)
    assert "Uninstall" in caught.value.next_step


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import no_such_module_anywhere", "ModuleNotFoundError"),
        ("raise SystemExit(1)", "SystemExit"),
        ("shadows = 3", "not a Check"),
        ("nothing = None", "AttributeError"),
    ],
)
def test_a_broken_package_is_an_outcome_not_a_crash(shelf: Shelf, source: str, said: str) -> None:
    shelf.install("third_party_broken", source, "broken = third_party_broken:shadows")
    one = find_check("broken")
    result = run(one, {"place": "here"})
    assert result.outcome.kind == "could_not_run"
    assert said in result.outcome.error  # type: ignore[union-attr]
    assert one.source == "third_party_broken 1.2"


def test_an_unknown_check_is_named_with_those_there_are() -> None:
    with pytest.raises(NoSuchThing, match="moonlight") as caught:
        find_check("moonlight")
    assert "daylight" in caught.value.next_step
