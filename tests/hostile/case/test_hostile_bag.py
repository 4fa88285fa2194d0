"""A bag from a stranger: nothing in it is followed or believed, and nothing of it is taken in."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.custody.desk import desk, small_case
from benchmarks.custody.mutations import shell_says

from firsthand.case import audit
from firsthand.case.export import export_case
from firsthand.case.import_ import import_bag
from firsthand.errors import FirsthandError


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    done = export_case(small_case(tmp_path / "case"), tmp_path / "bag", desk(seed="out"))
    (tmp_path / "secret").write_bytes((done.path / "README.txt").read_bytes())
    return done.path


def _link_to_the_same(bag: Path) -> None:
    (bag / "README.txt").unlink()
    (bag / "README.txt").symlink_to(bag.parent / "secret")


def _link_in_data(bag: Path) -> None:
    (bag / "data/passwd").symlink_to("/etc/passwd")


def _data_is_a_link(bag: Path) -> None:
    (bag / "data").rename(bag.parent / "elsewhere")
    (bag / "data").symlink_to(bag.parent / "elsewhere")


def _folder_is_a_link(bag: Path) -> None:
    (bag / "data/note").rename(bag.parent / "note")
    (bag / "data/note").symlink_to(bag.parent / "note")


def _pipe(bag: Path) -> None:
    os.mkfifo(bag / "data/pipe")


def _log_is_a_pipe(bag: Path) -> None:
    (bag / "data/log.jsonl").unlink()
    os.mkfifo(bag / "data/log.jsonl")


def _empty_folder(bag: Path) -> None:
    (bag / "data/originals/zz").mkdir()


def _hidden_file(bag: Path) -> None:
    (bag / "data/.hidden").write_bytes(b"x")


def _file_manager(bag: Path) -> None:
    (bag / "data/.DS_Store").write_bytes(b"x")


def _new_line_in_a_name(bag: Path) -> None:
    (bag / "data/a\nb").write_bytes(b"x")


def _deep(bag: Path) -> None:
    deep = bag / "data" / "/".join("d" * 40)
    deep.mkdir(parents=True)
    (deep / "f").write_bytes(b"x")


def _redaction_bomb(bag: Path) -> None:
    (bag / "data/redaction.json").write_bytes(b"[" * 200_000)


@pytest.mark.parametrize(
    "change",
    [
        _link_to_the_same,
        _link_in_data,
        _data_is_a_link,
        _folder_is_a_link,
        _pipe,
        _empty_folder,
        _hidden_file,
        _file_manager,
        _new_line_in_a_name,
        _deep,
        _redaction_bomb,
    ],
)
def test_it_is_refused_by_audit_shell_and_import(
    bag: Path, change: Callable[[Path], None], needs_tool: Callable[..., Path]
) -> None:
    needs_tool("openssl")
    ours = bag.parent / "ours.sh"
    ours.write_bytes((bag / "verify.sh").read_bytes())
    bag.chmod(0o700)
    change(bag)
    assert not audit(bag).ok
    assert not shell_says(ours, bag)
    with pytest.raises(FirsthandError):
        import_bag(bag, bag.parent / "in", desk(seed="in"))
    assert not (bag.parent / "in").exists()
    assert not list(bag.parent.glob(".in*"))


def test_a_log_that_is_a_pipe_hangs_nothing(bag: Path) -> None:
    _log_is_a_pipe(bag)
    assert not audit(bag).ok
