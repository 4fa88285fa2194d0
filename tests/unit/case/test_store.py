"""Making and opening a case."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.custody.desk import desk, small_case, tree

from firsthand.case import Actor, Case, audit
from firsthand.errors import CaseDamaged, InputError, NoSuchThing


def test_a_new_case_is_whole_and_has_one_line(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "deep" / "case", desk(), title="Smoke")
    assert [event.kind for event in case.events()] == ["case.created"]
    assert case.state().title == "Smoke"
    assert case.state().case_id == case.id
    assert audit(case.path).ok


def test_the_title_stands_in_no_open_place(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case", desk(), title="Camp Victory")
    holders = [name for name, data in tree(case.path).items() if b"Camp Victory" in data]
    assert holders == ["payloads/000001.sensitive.json"]


def test_the_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case", desk())
    assert case.path.stat().st_mode & 0o077 == 0


def test_nothing_is_made_where_something_is(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="not empty"):
        Case.create(tmp_path, desk())
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.txt"]


def test_a_case_is_not_made_twice(tmp_path: Path) -> None:
    small_case(tmp_path / "case")
    before = tree(tmp_path / "case")
    with pytest.raises(InputError, match="a case already"):
        Case.create(tmp_path / "case", desk())
    assert tree(tmp_path / "case") == before


def test_a_case_that_lost_its_first_file_is_not_written_over(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    (case.path / "case.json").unlink()
    before = tree(case.path)
    with pytest.raises(InputError, match="not empty"):
        Case.create(case.path, desk())
    assert tree(case.path) == before


def test_a_half_made_case_is_made_again(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case", desk())
    (case.path / "case.json").unlink()
    again = Case.create(tmp_path / "case", desk(seed="again"))
    assert again.id != case.id
    assert audit(again.path).ok


def test_a_file_manager_may_have_been_there_first(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    case = Case.create(tmp_path, desk())
    assert audit(case.path).stray == (".DS_Store",)


@pytest.mark.parametrize("name", ["absent", "file"])
def test_what_is_no_case_is_said_so(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NoSuchThing):
        Case.open(tmp_path / name)
    with pytest.raises(NoSuchThing, match=r"no case\.json"):
        Case.open(tmp_path)


def test_a_newer_format_is_refused_by_name(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    (case.path / "case.json").chmod(0o600)
    (case.path / "case.json").write_text('{"id":"x","schema":"firsthand/case/9"}\n')
    with pytest.raises(InputError, match="firsthand/case/9"):
        Case.open(case.path)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b'{"id":"x"}', b'{"id":7,"schema":"firsthand/case/1"}']
)
def test_a_broken_first_file_is_damage(tmp_path: Path, content: bytes) -> None:
    case = small_case(tmp_path / "case")
    (case.path / "case.json").chmod(0o600)
    (case.path / "case.json").write_bytes(content)
    with pytest.raises(CaseDamaged):
        Case.open(case.path)


@pytest.mark.parametrize("bad", ["", "R. Haddad", "a/b", "A1", "x" * 65])
def test_an_actor_id_is_no_name(bad: str) -> None:
    with pytest.raises(InputError):
        Actor(bad, "R. Haddad")


def test_reading_changes_nothing(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    before = {path: path.stat().st_mtime_ns for path in case.path.rglob("*")}
    again = Case.open(case.path)
    again.state()
    list(again.events())
    audit(case.path)
    assert {path: path.stat().st_mtime_ns for path in case.path.rglob("*")} == before
