"""The audit names each failure, by code and place, and goes on to the end."""

from __future__ import annotations

import io
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.custody.desk import desk, small_case

from firsthand.case import Case, Checkpoint, audit
from firsthand.case.head import encode_head
from firsthand.case.payload import content_commitment
from firsthand.errors import CaseDamaged, NoSuchThing
from firsthand.records import GENESIS, canonical, sha256_hex


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = small_case(tmp_path / "case")
    for path in case.path.rglob("*"):
        if path.is_file():
            path.chmod(0o600)
    return case


def _found(case: Case) -> set[tuple[str, str]]:
    report = audit(case.path)
    assert report.ok == (not report.problems)
    return {(problem.code, problem.where) for problem in report.problems}


def _object(case: Case, item: str) -> Path:
    return case.item_path(case.state().items[item])


def _where(case: Case, path: Path) -> str:
    return str(path.relative_to(case.path))


def test_a_whole_case(case: Case) -> None:
    report = audit(case.path)
    assert (report.ok, report.lines, report.items) == (True, 7, 3)
    assert report.head == case.state().head
    json.dumps(report.plain())


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(NoSuchThing):
        audit(tmp_path / "absent")


def test_an_empty_folder_is_no_whole_case(tmp_path: Path) -> None:
    assert {problem.code for problem in audit(tmp_path).problems} == {"missing_log", "missing_file"}


def test_changed_missing_and_added_files_are_named_together(case: Case) -> None:
    clip, report, sheet = (_object(case, f"item-000{number}") for number in (1, 2, 3))
    clip.write_bytes(clip.read_bytes()[:-1] + b"?")
    report.unlink()
    sheet.write_bytes(b"longer than it was")
    note = case.path / "note/0001/en"
    (note / "index.html").write_bytes(b"<p>Note 2</p>\n")
    (note / "extra.html").write_bytes(b"x")
    (case.path / "payloads/000002.sensitive.json").unlink()
    (case.path / "payloads/000004.open.json").write_bytes(b"{}")
    (case.path / "letter.txt").write_bytes(b"x")
    assert _found(case) == {
        ("changed_file", _where(case, clip)),
        ("missing_file", _where(case, report)),
        ("changed_file", _where(case, sheet)),
        ("changed_file", "note/0001/en/index.html"),
        ("unlogged", "note/0001/en/extra.html"),
        ("missing_payload", "payloads/000002.sensitive.json"),
        ("changed_payload", "payloads/000004.open.json"),
        ("unlogged", "letter.txt"),
    }


def test_stray_files_are_told_apart_from_evidence(case: Case) -> None:
    for name in (".DS_Store", "note/Thumbs.db", "originals/desktop.ini", "payloads/._000001"):
        (case.path / name).write_bytes(b"x")
    report = audit(case.path)
    assert report.ok
    assert len(report.stray) == 4


def _link(path: Path) -> None:
    outside = next(folder for folder in path.parents if folder.name == "case").parent
    path.rename(outside / path.name)
    path.symlink_to(outside / path.name)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _zero(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("change", [_link, _pipe, _folder, _zero])
@pytest.mark.parametrize("what", ["object", "payload", "log", "case", "note"])
def test_strange_files_are_named_and_not_read(
    case: Case, change: Callable[[Path], None], what: str
) -> None:
    places = {
        "object": _object(case, "item-0001"),
        "payload": case.path / "payloads/000001.open.json",
        "log": case.path / "log.jsonl",
        "case": case.path / "case.json",
        "note": case.path / "note/0001/en/index.html",
    }
    change(places[what])
    assert _where(case, places[what]) in {where for _, where in _found(case)}


@pytest.mark.parametrize("folder", ["payloads", "originals", "note", "note/0001"])
def test_a_folder_that_is_a_link_is_not_followed(case: Case, folder: str, tmp_path: Path) -> None:
    path = case.path / folder
    path.rename(tmp_path / "moved")
    path.symlink_to(tmp_path / "moved")
    assert (
        "strange" if folder in {"payloads", "originals", "note"} else "unlogged",
        folder,
    ) in _found(case)


@pytest.mark.parametrize("name", ["pipe", "socket"])
def test_things_that_are_no_files_are_named(case: Case, name: str) -> None:
    os.mknod(case.path / "originals" / name, (stat.S_IFIFO if name == "pipe" else stat.S_IFSOCK))
    assert _found(case) == {("unlogged", f"originals/{name}")}


def test_extra_folders_are_named(case: Case) -> None:
    (case.path / "originals/zz").mkdir()
    (case.path / "more").mkdir()
    (case.path / "note/0001/en/deep").mkdir()
    assert _found(case) == {
        ("unlogged", "originals/zz"),
        ("unlogged", "more"),
        ("unlogged", "note/0001/en/deep"),
    }


def test_a_second_name_elsewhere_is_named(case: Case, tmp_path: Path) -> None:
    path = _object(case, "item-0001")
    os.link(path, tmp_path / "other-name")
    assert _found(case) == {("hard_link", _where(case, path))}


def test_a_right_name_in_a_wrong_place_is_named(case: Case) -> None:
    path = _object(case, "item-0001")
    (case.path / "originals/00").mkdir()
    path.rename(case.path / "originals/00" / path.name)
    codes = {code for code, _ in _found(case)}
    assert codes == {"missing_file", "unlogged"}


def test_content_that_lies_about_its_sha512_is_found(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    _rewrite(case, 3, lambda data: data.update(sha512="0" * 128))
    assert {code for code, _ in _found(case)} == {"changed_file"}


def _rewrite(case: Case, seq: int, change: Callable[[dict[str, object]], None]) -> None:
    """Change a sensitive payload and make the whole log fit it again, as a forger would."""
    place = case.path / f"payloads/{seq:06d}.sensitive.json"
    payload = json.loads(place.read_bytes())
    change(payload["data"])
    data = canonical(payload) + b"\n"
    place.chmod(0o600)
    place.write_bytes(data)
    previous, lines = GENESIS, []
    for line in (case.path / "log.jsonl").read_bytes().splitlines():
        event = json.loads(line)
        event["prev"] = previous
        if event["seq"] == seq:
            event["payloads"]["sensitive"] = sha256_hex(data)
            if event["content"] is not None:
                event["content"] = content_commitment(payload["salt"], payload["data"]["sha256"])
        lines.append(canonical(event) + b"\n")
        previous = sha256_hex(lines[-1])
    _put_log(case, b"".join(lines))


def _put_log(case: Case, log: bytes) -> None:
    """Write a log and a head that fits it, as a forger would."""
    lines = log.splitlines(keepends=True)
    (case.path / "log.jsonl").write_bytes(log)
    (case.path / "head.json").write_bytes(
        encode_head(Checkpoint(len(lines), sha256_hex(lines[-1])))
    )


def test_a_history_made_anew_shows_against_a_checkpoint_alone(case: Case) -> None:
    held = Checkpoint(lines=6, head=case.state(6).head)
    _rewrite(case, 2, lambda data: data.update(name="Somebody Else"))
    assert audit(case.path).ok
    report = audit(case.path, checkpoint=held)
    assert [problem.code for problem in report.problems] == ["other_history"]


def test_a_rollback_shows_against_a_checkpoint_alone(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case", desk())
    with case.writer(desk()) as writer:
        writer.append("workflow.moved", open={"to": "To Do"})
        writer.append("workflow.moved")
        held = Checkpoint(writer.state.last_seq, writer.state.head)
    lines = (case.path / "log.jsonl").read_bytes().splitlines(keepends=True)
    (case.path / "log.jsonl").write_bytes(b"".join(lines[:-1]))
    assert {p.code for p in audit(case.path).problems} == {"rolled_back"}
    _put_log(case, b"".join(lines[:-1]))
    assert audit(case.path).ok
    assert [p.code for p in audit(case.path, checkpoint=held).problems] == ["rolled_back"]


def test_a_checkpoint_holds_for_a_log_that_grew(case: Case) -> None:
    held = Checkpoint(lines=3, head=case.state(3).head)
    assert audit(case.path, checkpoint=held).ok


def test_a_commitment_to_other_content_is_found(case: Case) -> None:
    log = case.path / "log.jsonl"
    lines = log.read_bytes().splitlines()
    event = json.loads(lines[3])
    event["content"] = "0" * 64
    lines[3] = canonical(event)
    log.write_bytes(b"\n".join(lines) + b"\n")
    assert ("wrong_content", "line 4") in _found(case)


def test_an_input_that_is_not_there_is_found(case: Case) -> None:
    def other(data: dict[str, object]) -> None:
        data["made"]["inputs"] = ["item-0009"]  # type: ignore[index]

    _rewrite(case, 5, other)
    assert _found(case) == {("unknown_input", "line 5")}


def test_an_actor_whom_nobody_introduced_is_found(case: Case) -> None:
    log = case.path / "log.jsonl"
    lines = log.read_bytes().splitlines()
    lines[6] = lines[6].replace(b'"actor":"a1"', b'"actor":"zz"')
    log.write_bytes(b"\n".join(lines) + b"\n")
    assert ("unknown_actor", "line 7") in _found(case)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"", "not_json"),
        (b"{}", "not_an_event"),
        (b"7", "not_an_event"),
        (b"[" * 60_000, "not_json"),
        (b'{"schema":"firsthand/event/2"}', "unknown_kind"),
        (b'{"kind":"weather.changed","schema":"firsthand/event/1"}', "unknown_kind"),
        (b"x" * 70_000, "line_too_long"),
        (b"\xff\xfe", "not_json"),
    ],
)
def test_a_broken_line_is_named_and_the_rest_is_read(case: Case, line: bytes, code: str) -> None:
    log = case.path / "log.jsonl"
    lines = log.read_bytes().splitlines()
    lines[3] = line
    log.write_bytes(b"\n".join(lines) + b"\n")
    found = _found(case)
    assert (code, "line 4") in found
    assert ("broken_chain", "line 5") in found
    assert not any(where in {"line 6", "line 7"} for _, where in found)


def test_a_line_that_says_the_same_in_other_bytes_is_named(case: Case) -> None:
    log = case.path / "log.jsonl"
    _put_log(case, log.read_bytes().replace(b'"seq":7', b'"seq": 7'))
    assert _found(case) == {("not_canonical", "line 7")} | {
        ("unlogged", "payloads/000007.open.json"),
        ("unlogged", "note/0001"),
    }


def test_a_case_file_of_another_case_is_named(case: Case, tmp_path: Path) -> None:
    other = Case.create(tmp_path / "other", desk(seed="other"))
    (case.path / "case.json").write_bytes((other.path / "case.json").read_bytes())
    assert _found(case) == {("changed_file", "case.json")}


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"head":"","lines":7,"schema":"x"}', b"[" * 4000]
)
def test_a_head_that_says_nothing_is_named_and_written_anew(case: Case, content: bytes) -> None:
    (case.path / "head.json").write_bytes(content)
    assert _found(case) == {("changed_file", "head.json")}
    with case.writer(desk()) as writer:
        assert writer.recovery is not None
        assert writer.recovery.head
    assert audit(case.path).ok


def test_a_head_of_another_history_is_named(case: Case) -> None:
    (case.path / "head.json").write_bytes(encode_head(Checkpoint(7, "0" * 64)))
    assert _found(case) == {("other_history", "log.jsonl")}
    with pytest.raises(CaseDamaged), case.writer(desk()):
        pytest.fail("it was opened")


def test_a_lock_holds_nothing_else(case: Case) -> None:
    (case.path / "lock").write_bytes(b"a letter")
    assert _found(case) == {("unlogged", "lock")}


def test_what_a_writer_is_doing_right_now_is_no_failure(case: Case) -> None:
    with case.writer(desk()) as writer:
        (case.path / "incoming/9-9.part").write_bytes(b"half")
        report = audit(case.path)
        assert report.ok
        assert report.in_progress == ("incoming/9-9.part",)
        writer.add_file(io.BytesIO(b"more"), kind="media", media_type="x/y", how="h")
    assert audit(case.path).ok


def test_a_flood_of_failures_is_counted_and_not_kept(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("firsthand.case.audit_report.MAX_KEPT", 5)
    for number in range(20):
        (case.path / f"extra-{number}").write_bytes(b"")
    report = audit(case.path)
    assert (len(report.problems), report.more_problems, report.ok) == (5, 15, False)
