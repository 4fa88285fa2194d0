"""A note's checks run again: the same, or each difference by its place in the note."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.app_fixtures import Run

from firsthand.app import checking
from firsthand.app.checking import check_case
from firsthand.app.comparing import Difference, differences
from firsthand.app.intake import new_case
from firsthand.app.noting import write_note
from firsthand.app.reproducing import reproduce
from firsthand.app.setting import Asked, set_in_case
from firsthand.app.signing import sign_off
from firsthand.checks.base import CheckResult
from firsthand.errors import IntegrityError, InvalidRecord, NoSuchThing


@pytest.fixture(scope="module")
def written(report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    case = tmp_path_factory.mktemp("reproducing") / "case"
    new_case(case, reports=[report], media=[], actor="Ann")
    check_case(case, only=["origins", "chronology"], actor="Ann")
    write_note(case, actor="Ann")
    return case


@pytest.fixture
def case(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "case"))


@pytest.fixture
def note(case: Path) -> Path:
    return case / "note/0001/en/note.json"


def _places(done: dict[str, Any]) -> list[str]:
    return [one["where"] for one in done["differences"]]


def test_it_comes_out_the_same(case: Path, note: Path) -> None:
    lines = (case / "log.jsonl").read_bytes()
    done = reproduce(note, case)
    assert done["reproduced"]
    assert done["as_kept"]
    assert done["differences"] == []
    assert {one["check"] for one in done["checks"]} == {"origins", "chronology"}
    assert (case / "log.jsonl").read_bytes() == lines


def test_the_case_may_have_moved_on_and_the_note_be_signed(case: Path, note: Path) -> None:
    sign_off(case, 1, by="Lee")
    set_in_case(case, Asked(name="X", place="33.3,44.2", radius_m=50.0), why="map", actor="Ann")
    write_note(case, actor="Ann")
    assert reproduce(note, case)["reproduced"]
    assert reproduce(note.parent / "signed/note.json", case)["reproduced"]
    second = reproduce(case / "note/0002/en/note.json", case)
    assert second["reproduced"], second


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda said: said["findings"][0].update(outcome="consistent"), "/findings/f1/outcome"),
        (
            lambda said: said["propositions"][0].update(status="consistent"),
            "/propositions/E/status",
        ),
        (lambda said: said["findings"].pop(), "/findings/f2"),
        (lambda said: said.update(title={"text": "x", "values": {}}), "/title/text"),
    ],
)
def test_what_was_changed_in_the_note_is_named(
    case: Path, note: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object], where: str
) -> None:
    said = json.loads(note.read_bytes())
    change(said)
    other = tmp_path / "note.json"
    other.write_text(json.dumps(said))
    done = reproduce(other, case)
    assert not done["reproduced"]
    assert not done["as_kept"]
    assert where in _places(done)


def test_a_check_that_answers_otherwise_now_is_named(
    case: Path, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = checking.run

    def otherwise(check: Any, values: dict[str, object]) -> CheckResult:
        result = before(check, values)
        if not result.measurements:
            return result
        first = result.measurements[0]
        wide = first.quantity.model_copy(update={"value": first.quantity.value + 1.0})
        changed = first.model_copy(update={"quantity": wide})
        return replace(result, measurements=(changed, *result.measurements[1:]))

    monkeypatch.setattr(checking, "run", otherwise)
    done = reproduce(note, case)
    assert not done["reproduced"]
    assert any(
        place.startswith("/findings/f") and place.endswith("/value") for place in _places(done)
    )


def test_a_check_that_is_gone_is_named(
    case: Path, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "all_checks", lambda: ())
    done = reproduce(note, case)
    assert [one["differences"][0]["now"] for one in done["checks"]] == ["not installed"] * 2
    assert not done["reproduced"]


def test_another_case_is_another_case(case: Path, note: Path, tmp_path: Path) -> None:
    said = json.loads(note.read_bytes())
    said["log"]["head"] = "0" * 64
    other = tmp_path / "note.json"
    other.write_text(json.dumps(said))
    with pytest.raises(IntegrityError, match="not drawn from this case"):
        reproduce(other, case)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema": "firsthand/note/1", "log": {"line": true}, "number": 1}']
)
def test_what_is_no_note_is_refused(case: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(InvalidRecord):
        reproduce(path, case)
    with pytest.raises(NoSuchThing):
        reproduce(tmp_path / "absent.json", case)


def test_the_command_ends_with_1_and_names_it(
    firsthand: Run, case: Path, note: Path, tmp_path: Path
) -> None:
    said = json.loads(note.read_bytes())
    said["findings"][0]["outcome"] = "consistent"
    other = tmp_path / "note.json"
    other.write_text(json.dumps(said))
    done = firsthand("case", "reproduce", other, case)
    assert done.returncode == 1
    assert "/findings/f1/outcome" in done.stdout
    assert "NOT REPRODUCED" in done.stdout


ROW = {"name": "height", "value": 10.0, "low": 5.0, "high": 15.0, "unit": "m"}


@pytest.mark.parametrize(("value", "within"), [(10.009, True), (10.011, False)])
def test_a_figure_within_a_thousandth_of_its_interval_is_the_same(
    value: float, within: bool
) -> None:
    found = list(differences({"rows": [ROW]}, {"rows": [ROW | {"value": value}]}))
    assert found == [Difference("/rows/height/value", 10.0, value, within)]


def test_rows_are_matched_by_what_names_them() -> None:
    old = [{"id": "a", "x": 1}, {"id": "b", "x": 2}]
    new = [{"id": "n", "x": 0}, *old]
    (found,) = differences(old, new)
    assert (found.where, found.noted) == ("/n", "nothing")


def test_true_is_not_one() -> None:
    assert [one.where for one in differences({"x": True}, {"x": 1})] == ["/x"]


def test_an_endless_interval_in_the_note_passes_nothing() -> None:
    noted = {"value": 42.0, "low": 0.0, "high": float("inf")}
    now = {"value": 5.0, "low": 4.0, "high": 6.0}
    assert all(not one.within for one in differences(noted, now))
    assert all(not one.within for one in differences(now, noted))
