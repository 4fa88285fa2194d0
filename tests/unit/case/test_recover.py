"""What an interrupted writer leaves is put right, and nothing else is touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.custody.desk import desk, small_case, tree

from firsthand.case import Case, audit
from firsthand.errors import CaseDamaged


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return small_case(tmp_path / "case")


def _codes(case: Case) -> set[str]:
    return {problem.code for problem in audit(case.path).problems}


def test_half_a_line_is_cut_and_logged(case: Case) -> None:
    log = case.path / "log.jsonl"
    whole = log.read_bytes()
    log.write_bytes(whole + b'{"actor":"a1","at')
    assert _codes(case) == {"half_line"}
    assert case.state().last_seq == 7
    with case.writer(desk()) as writer:
        assert writer.recovery is not None
        assert writer.recovery.cut == b'{"actor":"a1","at'
    event = list(case.events())[-1]
    assert event.kind == "recovered"
    assert case.payload(event, "open") == {
        "cut_bytes": 17,
        "removed_files": 0,
        "head": False,
    }
    sensitive = case.payload(event, "sensitive")
    assert isinstance(sensitive, dict)
    assert bytes.fromhex(sensitive["cut_hex"]) == b'{"actor":"a1","at'
    assert log.read_bytes().startswith(whole)
    assert audit(case.path).ok


def test_a_file_on_its_way_in_is_removed(case: Case) -> None:
    (case.path / "incoming" / "77-1.part").write_bytes(b"half a clip")
    assert _codes(case) == {"unfinished"}
    with case.writer(desk()) as writer:
        assert writer.recovery is not None
        assert writer.recovery.removed == ("incoming/77-1.part",)
    assert audit(case.path).ok


def test_only_what_the_intent_names_and_no_line_accounts_for_is_removed(case: Case) -> None:
    kept = case.item_path(case.state().items["item-0001"])
    named = case.path / "payloads" / "000008.open.json"
    named.write_text("{}")
    unnamed = case.path / "payloads" / "000009.open.json"
    unnamed.write_text("{}")
    intent = {
        "seq": 8,
        "files": [
            "payloads/000008.open.json",
            str(kept.relative_to(case.path)),
            "case.json",
            "log.jsonl",
            "../outside",
        ],
    }
    outside = case.path.parent / "outside"
    outside.write_text("x")
    (case.path / "incoming" / "intent.json").write_text(json.dumps(intent))
    with case.writer(desk()) as writer:
        assert writer.recovery is not None
        assert writer.recovery.removed == ("payloads/000008.open.json",)
    assert outside.exists()
    assert unnamed.exists()
    assert kept.exists()
    assert [problem.where for problem in audit(case.path).problems] == ["payloads/000009.open.json"]


def test_an_intent_of_a_line_that_is_there_removes_nothing(case: Case) -> None:
    (case.path / "payloads" / "000007.sensitive.json").write_text("{}")
    (case.path / "incoming" / "intent.json").write_text(
        json.dumps({"seq": 7, "files": ["payloads/000007.sensitive.json"]})
    )
    with case.writer(desk()) as writer:
        assert writer.recovery is None
    assert (case.path / "payloads" / "000007.sensitive.json").exists()


@pytest.mark.parametrize(
    "intent", [b"", b"{", b"[]", b'{"seq":"8","files":[]}', b'{"seq":8,"files":[7]}', b"[" * 5000]
)
def test_an_intent_cut_short_removes_nothing(case: Case, intent: bytes) -> None:
    before = tree(case.path)
    (case.path / "incoming" / "intent.json").write_bytes(intent)
    with case.writer(desk()) as writer:
        assert writer.recovery is None
    assert tree(case.path) == before


@pytest.mark.parametrize("with_head", [False, True])
def test_a_log_that_was_cut_back_loses_no_evidence(case: Case, with_head: bool) -> None:
    log = case.path / "log.jsonl"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:3]))
    if with_head:
        with pytest.raises(CaseDamaged, match="some are gone"), case.writer(desk()):
            pytest.fail("it was opened")
    else:
        (case.path / "head.json").unlink()
    before = {name for name in tree(case.path) if name != "log.jsonl"}
    if not with_head:
        with pytest.raises(CaseDamaged), case.writer(desk()):
            pytest.fail("its payload is in the way")
    assert {name for name in tree(case.path) if name != "log.jsonl"} >= before
    assert not audit(case.path).ok


def test_an_acknowledged_line_that_lost_its_end_is_not_cut(case: Case) -> None:
    log = case.path / "log.jsonl"
    log.write_bytes(log.read_bytes()[:-1])
    before = tree(case.path)
    with pytest.raises(CaseDamaged, match="some are gone"), case.writer(desk()):
        pytest.fail("it was opened")
    assert tree(case.path) == before


def test_a_line_that_the_head_does_not_know_yet_is_kept(case: Case) -> None:
    head = case.path / "head.json"
    before = head.read_bytes()
    with case.writer(desk()) as writer:
        writer.append("workflow.moved", open={"to": "To Do"})
    head.write_bytes(before)
    assert _codes(case) == {"head_behind"}
    with case.writer(desk()) as writer:
        assert writer.recovery is not None
        assert writer.state.workflow == "To Do"
    assert audit(case.path).ok


def test_a_case_without_its_empty_folders_is_whole(case: Case, tmp_path: Path) -> None:
    bare = Case.create(tmp_path / "bare", desk())
    for folder in ("originals", "derived", "note", "incoming"):
        (bare.path / folder).rmdir()
    (bare.path / "lock").unlink()
    assert audit(bare.path).ok
    with bare.writer(desk()) as writer:
        writer.append("workflow.moved", open={"to": "To Do"})
    assert audit(bare.path).ok


def test_a_log_that_cannot_be_cut_is_damage(case: Case, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    (case.path / "log.jsonl").rename(target)
    (case.path / "log.jsonl").symlink_to(target)
    with pytest.raises(CaseDamaged), case.writer(desk()):
        pytest.fail("followed")
