"""A case folder that somebody sends may be built to hurt: bounded time and memory, no escape."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.custody.desk import desk, small_case

from firsthand.case import Case, audit
from firsthand.errors import FirsthandError
from firsthand.records import canonical, sha256_hex


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = small_case(tmp_path / "case")
    for path in case.path.rglob("*"):
        if path.is_file():
            path.chmod(0o600)
    return case


def _huge_line(path: Path) -> None:
    with (path / "log.jsonl").open("r+b") as file:
        file.truncate(500_000_000)  # sparse: a line of zeros without an end


def _endless_log(path: Path) -> None:
    os.truncate(path / "log.jsonl", 1 << 42)


def _huge_payload(path: Path) -> None:
    os.truncate(path / "payloads/000003.sensitive.json", 1 << 40)


def _huge_object(path: Path) -> None:
    os.truncate(next((path / "originals").glob("*/*")), 1 << 42)


def _huge_note(path: Path) -> None:
    os.truncate(path / "note/0001/en/index.html", 1 << 42)


def _huge_case_file(path: Path) -> None:
    os.truncate(path / "case.json", 1 << 40)


def _huge_lock(path: Path) -> None:
    os.truncate(path / "lock", 1 << 40)


def _huge_intent(path: Path) -> None:
    (path / "incoming/intent.json").write_bytes(b"")
    os.truncate(path / "incoming/intent.json", 1 << 40)


def _deep_payload(path: Path) -> None:
    _payload(path, b'{"data":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}")


def _wide_payload(path: Path) -> None:
    _payload(path, b'{"data":{' + b",".join(b'"%d":1' % n for n in range(200_000)) + b"}}")


def _long_number(path: Path) -> None:
    _payload(path, b'{"data":{"n":' + b"9" * 100_000 + b'},"salt":"' + b"0" * 64 + b'"}')


def _payload(path: Path, data: bytes) -> None:
    """Put a payload and a last line that commits to it."""
    (path / "payloads/000008.open.json").write_bytes(data)
    _add_line(path, "failed", payloads={"open": sha256_hex(data)})


def _add_line(path: Path, kind: str, **members: object) -> None:
    log = path / "log.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    event = {**json.loads(lines[-1]), "seq": len(lines) + 1, "prev": sha256_hex(lines[-1])}
    event.update({"kind": kind, "payloads": {}, **members})
    log.write_bytes(b"".join(lines) + canonical(event) + b"\n")


def _note_that_leads_out(path: Path) -> None:
    victim = path.parent / "victim"
    victim.write_bytes(b"precious")
    file = {"path": "../../../../victim", "sha256": sha256_hex(b"precious"), "size": 8}
    data = canonical(
        {
            "data": {"files": [file], "language": "en", "note": 2, "upto": 1},
            "salt": "0" * 64,
            "schema": "firsthand/payload/1",
        }
    )
    (path / "payloads/000008.open.json").write_bytes(data + b"\n")
    _add_line(path, "note.written", payloads={"open": sha256_hex(data + b"\n")})


def _subjects_that_are_not_there(path: Path) -> None:
    _add_line(path, "note.signed_off", subject=[])


def _surrogates(path: Path) -> None:
    _payload(
        path,
        b'{"data":{"a":"\\ud800"},"salt":"' + b"0" * 64 + b'","schema":"firsthand/payload/1"}\n',
    )


def _link_to_zero(path: Path) -> None:
    (path / "payloads/000003.sensitive.json").unlink()
    (path / "payloads/000003.sensitive.json").symlink_to("/dev/zero")


def _pipe_for_a_log(path: Path) -> None:
    (path / "log.jsonl").unlink()
    os.mkfifo(path / "log.jsonl")


def _link_loop(path: Path) -> None:
    (path / "originals/loop").symlink_to(".")


def _deep_folders(path: Path) -> None:
    deep = path / "note"
    for _ in range(100):
        deep /= "d"
    deep.mkdir(parents=True)


def _many_files(path: Path) -> None:
    for number in range(20_000):
        (path / "originals" / f"{number}").touch()


def _strange_names(path: Path) -> None:
    for name in (b"a\nb", b"\xff\xfe", b"<script>", b"\xe2\x80\xaegpj.exe", b"=cmd()", b"-rf"):
        Path(os.fsdecode(os.fsencode(path) + b"/originals/" + name)).touch()


HURTS = [
    _huge_line,
    _endless_log,
    _huge_payload,
    _huge_object,
    _huge_note,
    _huge_case_file,
    _huge_lock,
    _huge_intent,
    _deep_payload,
    _wide_payload,
    _long_number,
    _note_that_leads_out,
    _subjects_that_are_not_there,
    _surrogates,
    _link_to_zero,
    _pipe_for_a_log,
    _link_loop,
    _deep_folders,
    _many_files,
    _strange_names,
]


@pytest.mark.parametrize("hurt", HURTS)
def test_the_audit_ends_soon_and_finds_it(case: Case, hurt: Callable[[Path], None]) -> None:
    hurt(case.path)
    started = time.monotonic()
    report = audit(case.path)
    assert time.monotonic() - started < 20
    assert not report.ok
    json.dumps(report.plain())
    if hurt is _note_that_leads_out:
        assert ("bad_record", "line 8") in {(p.code, p.where) for p in report.problems}


@pytest.mark.parametrize("hurt", HURTS)
def test_reading_and_writing_end_with_a_clear_word(
    case: Case, hurt: Callable[[Path], None]
) -> None:
    hurt(case.path)
    started = time.monotonic()
    for act in (lambda: Case.open(case.path).state(), lambda: _write(case.path)):
        try:
            act()
        except FirsthandError as error:
            assert error.next_step
    assert time.monotonic() - started < 20
    victim = case.path.parent / "victim"
    assert not victim.exists() or victim.read_bytes() == b"precious"


def _write(path: Path) -> None:
    with Case.open(path).writer(desk()) as writer:
        writer.append("workflow.moved", open={"to": "To Do"})


AUDIT = """
import sys
from pathlib import Path
from firsthand.case import audit
audit(Path(sys.argv[1]))
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


def test_the_audit_of_a_huge_line_stays_small(case: Case) -> None:
    _huge_line(case.path)
    done = subprocess.run(
        [sys.executable, "-c", AUDIT, str(case.path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 200_000, "kB"
