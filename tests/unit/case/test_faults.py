"""A disk that fails at each call in turn: what was acknowledged stays, the rest never was."""

from __future__ import annotations

import errno
import io
from contextlib import suppress
from pathlib import Path

import pytest
from benchmarks.custody.desk import desk, tree
from benchmarks.custody.faults import SHORT, fault

from firsthand.case import Case, Writer, audit
from firsthand.errors import DiskError
from firsthand.records import Made


def _work(writer: Writer, acknowledged: list[str]) -> None:
    clip = writer.add_file(io.BytesIO(b"clip" * 50), kind="media", media_type="x/y", how="h")
    acknowledged.append(clip.id)
    made = Made(tool="t", version="1", inputs=(clip.id,), input_sha256=(clip.sha256,))
    acknowledged.append(writer.add_derivative(b"sheet", media_type="x/y", made=made).id)
    writer.write_note(1, "en", {"index.html": b"note", "data/a.json": b"{}"}, upto=1)
    acknowledged.append("note")


def _calls(tmp_path: Path) -> int:
    case = Case.create(tmp_path / "counted", desk())
    with fault(None) as counter, case.writer(desk()) as writer:
        _work(writer, [])
    return counter.seen


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, SHORT])
def test_every_call_may_fail(tmp_path: Path, error: int, lasting: bool) -> None:
    total = _calls(tmp_path)
    assert total > 60
    raised = 0
    step = 1 if error == errno.ENOSPC and not lasting else 3
    for nth in range(1, total + 1, step):
        case = Case.create(tmp_path / f"case-{nth}", desk())
        acknowledged: list[str] = []
        with fault(nth, error, lasting=lasting) as counter:
            try:
                with case.writer(desk()) as writer:
                    _work(writer, acknowledged)
            except DiskError as failure:
                raised += 1
                assert failure.next_step
        assert counter.failed, nth
        if lasting or "unlink" in counter.failed:
            # The disk works again: whoever opens the case next puts it right.
            with case.writer(desk(seed="next")):
                pass
        report = audit(case.path)
        assert report.ok, (nth, counter.failed, report.problems)
        state = case.state()
        kept = {*state.items, *("note" for _ in state.notes)}
        assert kept >= set(acknowledged), nth
        with case.writer(desk(seed="again")) as writer:
            _work(writer, [])
        assert audit(case.path).ok
    assert raised > total // step // 2


def test_a_full_disk_leaves_the_case_byte_for_byte(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case", desk())
    with case.writer(desk()) as writer:
        writer.append("workflow.moved", open={"to": "To Do"})
    before = tree(case.path)
    with (
        case.writer(desk()) as writer,
        fault(1, errno.ENOSPC, lasting=True, calls=("write",)),
        pytest.raises(DiskError, match="disk is full") as caught,
    ):
        writer.add_file(io.BytesIO(b"clip"), kind="media", media_type="x/y", how="h")
    assert "as it was" in caught.value.next_step
    assert tree(case.path) == before


def test_a_source_that_cannot_be_read_is_not_kept(tmp_path: Path) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(errno.EIO, "input/output error")

    case = Case.create(tmp_path / "case", desk())
    before = tree(case.path)
    with case.writer(desk()) as writer, pytest.raises(DiskError, match="cannot be read"):
        writer.add_file(Failing(), kind="media", media_type="x/y", how="h")
    assert tree(case.path) == before


def test_creation_may_fail_anywhere_and_be_tried_again(tmp_path: Path) -> None:
    with fault(None) as counter:
        Case.create(tmp_path / "counted", desk())
    for nth in range(1, counter.seen + 1):
        path = tmp_path / f"case-{nth}"
        with fault(nth, lasting=True), suppress(DiskError):
            Case.create(path, desk())
        if not (path / "case.json").exists():
            Case.create(path, desk(seed="again"))
        with Case.open(path).writer(desk()):
            pass
        assert audit(path).ok, nth


@pytest.mark.parametrize("error", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_disk_without_links_works_too(
    tmp_path: Path, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_args: object, **_kwargs: object) -> None:
        raise OSError(error, "no links here")

    monkeypatch.setattr("os.link", no_links)
    case = Case.create(tmp_path / "case", desk())
    with case.writer(desk()) as writer:
        _work(writer, [])
    assert audit(case.path).ok
