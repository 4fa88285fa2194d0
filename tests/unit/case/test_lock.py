"""One writer; readers are never in the way nor blocked."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.custody.desk import desk, small_case

from firsthand.case import Case, audit
from firsthand.case.folder import Root
from firsthand.case.lock import Holder, is_held
from firsthand.errors import CaseBusy, DiskError

HOLD = """
import sys
from pathlib import Path
from benchmarks.custody.desk import desk
from firsthand.case import Case
with Case.open(Path(sys.argv[1])).writer(desk()) as writer:
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path, repository: Path):  # type: ignore[no-untyped-def]
    case = small_case(tmp_path / "case")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(case.path)],
        cwd=repository,
        env={**os.environ, "PYTHONPATH": str(repository)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield case, process
        process.kill()


def test_a_second_process_is_told_who_and_what_to_do(holder) -> None:  # type: ignore[no-untyped-def]
    case, process = holder
    with pytest.raises(CaseBusy) as caught, case.writer(desk()):
        pytest.fail("two writers")
    assert f"process {process.pid}" in caught.value.message
    assert "actor a1" in caught.value.message
    assert "Wait" in caught.value.next_step
    assert caught.value.exit_code == 3


def test_readers_read_meanwhile(holder) -> None:  # type: ignore[no-untyped-def]
    case, _ = holder
    assert Case.open(case.path).state().last_seq == 7
    assert audit(case.path).ok


def test_a_killed_holder_is_recognised(holder) -> None:  # type: ignore[no-untyped-def]
    case, process = holder
    process.kill()
    process.wait()
    assert (case.path / "lock").stat().st_size > 0
    assert audit(case.path).ok
    with case.writer(desk()) as writer:
        writer.append("workflow.moved", open={"to": "To Do"})
    assert (case.path / "lock").stat().st_size == 0


def test_the_same_process_cannot_hold_it_twice(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    with case.writer(desk()), pytest.raises(CaseBusy), case.writer(desk()):
        pytest.fail("two writers")
    with case.writer(desk()):
        pass


def _no_locks(*_args: object) -> None:
    raise OSError(errno.ENOLCK, "no locks here")


def _put(case: Case, **changes: object) -> None:
    holder = {
        "pid": os.getpid(),
        "started": Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19],
        "boot": Path("/proc/sys/kernel/random/boot_id").read_text().strip(),
        "host": os.uname().nodename,
        "actor": "a2",
        "since": "2021-10-01T08:00:00Z",
        **changes,
    }
    (case.path / "lock").write_text(json.dumps(holder))


@pytest.mark.parametrize(
    ("changes", "busy"),
    [
        ({}, "process"),
        ({"host": "another-machine"}, "marked as being written"),
        ({"boot": "another-boot"}, None),
        ({"pid": 2**22 + 1}, None),
        ({"started": "1"}, None),
        ({"pid": "x"}, None),
    ],
)
def test_without_kernel_locks_the_content_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object], busy: str | None
) -> None:
    case = small_case(tmp_path / "case")
    _put(case, **changes)
    monkeypatch.setattr(fcntl, "flock", _no_locks)
    assert is_held(Root(case.path)) == (busy == "process")
    if busy is None:
        with case.writer(desk()):
            assert Root(case.path).read(("lock",), 4096)
        return
    with pytest.raises(CaseBusy, match=busy), case.writer(desk()):
        pytest.fail("two writers")


def test_a_lock_that_fails_otherwise_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise OSError(errno.EIO, "input/output error")

    case = small_case(tmp_path / "case")
    monkeypatch.setattr(fcntl, "flock", broken)
    with pytest.raises(DiskError), case.writer(desk()):
        pytest.fail("unlocked")


def test_a_lock_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    case = small_case(tmp_path / "case")
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (case.path / "lock").unlink()
    (case.path / "lock").symlink_to(victim)
    with pytest.raises(DiskError), case.writer(desk()):
        pytest.fail("followed")
    assert victim.read_text() == "precious"


def test_a_holder_reads_as_a_sentence() -> None:
    holder = Holder(7, "1", "b", "desk-1", "a1", "2021-10-01T08:00:00Z")
    assert str(holder) == "process 7 on desk-1 (actor a1, since 2021-10-01T08:00:00Z)"
