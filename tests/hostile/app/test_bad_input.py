"""Bad input: one clear message with the next step, the right exit code, the case as it was."""

from __future__ import annotations

import fcntl
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Document = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, document: Document, report: Path) -> Path:
    directory = tmp_path_factory.mktemp("bad") / "case"
    document("case", "new", directory, "--report", report)
    return directory


def everything(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def refused(done: subprocess.CompletedProcess[str], code: int) -> str:
    """The one message; nothing of a traceback, nothing on stdout without --json."""
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    told = [line for line in done.stderr.splitlines() if line.startswith("firsthand: ")]
    assert len(told) == 1, done.stderr
    return told[0]


BAD_MEDIA = {
    "empty.mp4": b"",
    "text.mp4": b"This is a letter and no film.\n" * 20,
    "concat.mp4": b"ffconcat version 1.0\nfile 'secret.mp4'\n",
    "list.mp4": b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n/etc/passwd\n#EXT-X-ENDLIST\n",
    "cut.mp4": b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41\x00\x00\x00\x08free",
    "zip.jpg": b"PK\x03\x04" + b"\x00" * 60,
}


@pytest.mark.parametrize("name", sorted(BAD_MEDIA))
def test_bad_footage_leaves_the_case_as_it_was(
    name: str, tmp_path: Path, case: Path, firsthand: Run
) -> None:
    path = tmp_path / name
    path.write_bytes(BAD_MEDIA[name])
    before = everything(case)
    message = refused(firsthand("case", "add", case, "--media", path), 2)
    assert name in message
    assert "Nothing was taken in." in message
    assert everything(case) == before


BAD_REPORTS = {
    "empty.txt": b"",
    "numbers.txt": b"0123 4567\n" * 9,
    "film.txt": b"\x00\x00\x00\x20ftypisom" + bytes(range(256)) * 4,
}


@pytest.mark.parametrize("name", sorted(BAD_REPORTS))
def test_a_text_that_is_no_report(name: str, tmp_path: Path, firsthand: Run) -> None:
    path = tmp_path / name
    path.write_bytes(BAD_REPORTS[name])
    refused(firsthand("report", path), 2)
    refused(firsthand("case", "new", tmp_path / "case", "--report", path), 2)
    assert not (tmp_path / "case").exists(), "no case is made of what is no report"


def test_a_report_without_claims_is_no_error(tmp_path: Path, document: Document) -> None:
    path = tmp_path / "poem.txt"
    path.write_text("Roses in the garden.\nNothing else.\n", encoding="utf-8")
    done = document("report", path)
    assert done["claims"] == []
    assert done["warnings"]


def test_refused_footage_can_be_kept_on_purpose(
    tmp_path: Path, document: Document, firsthand: Run
) -> None:
    case = tmp_path / "case"
    document("case", "new", case)
    path = tmp_path / "empty.mp4"
    path.write_bytes(b"")
    done = document("case", "add", case, "--media", path, "--keep-unreadable")
    assert done["warnings"]
    assert document("case", "audit", case)["ok"]
    assert document("case", "check", case)["findings"] is not None
    assert firsthand("case", "note", case).returncode == 0


def test_evidence_that_gives_nothing_is_told_and_stops_nothing(
    tmp_path: Path, document: Document, firsthand: Run
) -> None:
    case = tmp_path / "case"
    document("case", "new", case)
    winds, fields, clip = tmp_path / "winds.json", tmp_path / "era5.nc", tmp_path / "clip.png"
    Image.new("RGB", (64, 48), "grey").save(clip)
    winds.write_text('{"hourly": {"time": ["2021-09-28T09:00"], "wind_sp')
    fields.write_bytes(b"CDF\x01" + bytes(100))
    refused = firsthand("case", "add", case, "--evidence", winds)
    assert refused.returncode == 2
    assert "winds.json: This weather file is no JSON." in refused.stderr
    words = ("--evidence", winds, "--evidence", fields, "--keep-unreadable")
    document("case", "add", case, "--media", clip, *words)
    where = (
        "--place",
        "33,44",
        "--radius-m",
        "9",
        "--window",
        "2021-09-28T00:00Z/2021-09-29T00:00Z",
    )
    document("case", "set", case, *where, "--why", "a test")
    told = document("case", "check", case)["warnings"]
    assert [one.split(":")[0] for one in told] == [
        "item-0002 (era5.nc) is kept and not used",
        "item-0001 (winds.json) is kept and not used",
    ]
    said = firsthand("case", "check", case)
    assert said.returncode == 0
    assert all(f"note: {one}" in said.stderr for one in told)
    assert firsthand("case", "note", case).returncode == 0
    assert document("case", "audit", case)["ok"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--place", "99,44", "--radius-m", "9"), "latitude of 99"),
        (("--place", "33,444", "--radius-m", "9"), "longitude of 444"),
        (("--place", "here", "--radius-m", "9"), "no position"),
        (("--place", "33,44"), "radius"),
        (("--place", "nan,44", "--radius-m", "9"), "no position"),
        (("--place", "33,44", "--radius-m", "nan"), "radius"),
        (("--place", "33,44", "--radius-m", "inf"), "radius"),
        (("--camera", "33,44", "--radius-m", "inf"), "radius"),
        (("--window", "2021-02-30T00:00:00Z/2021-03-01T00:00:00Z"), "no time that ever was"),
        (("--window", "2021-02-20T00:00:00/2021-03-01T00:00:00Z"), "no zone"),
        (("--window", "2021-03-02T00:00:00Z/2021-03-01T00:00:00Z"), "ends before it starts"),
        (("--window", "today"), "no window"),
        (("--heading-deg", "310"), "how sure"),
        (("--heading-deg", "north:5"), "no angle"),
        (("--distance-m", "-4:1"), "length"),
        (("--light", "dusky"), "no light"),
        (("--scope", "item-0099", "--light", "day"), "no footage of this case"),
        ((), "Nothing to set"),
    ],
)
def test_what_cannot_be_is_not_set(
    words: tuple[str, ...], says: str, case: Path, firsthand: Run
) -> None:
    before = everything(case)
    assert says in refused(firsthand("case", "set", case, *words, "--why", "x"), 2)
    assert everything(case) == before


@pytest.mark.parametrize(
    "words",
    [
        ("case", "accept", "{case}", "r9.c99"),
        ("case", "accept", "{case}", "--edit", "r1.c1:polarity=maybe"),
        ("case", "accept", "{case}", "--edit", "r1.c1:spans=none"),
        ("case", "accept", "{case}", "--edit", "nonsense"),
        ("case", "accept", "{case}", "r1.c1", "--reject", "r1.c1"),
        ("case", "show", "{case}", "nothing"),
        ("case", "check", "{case}", "--only", "nothing"),
        ("case", "weigh", "{case}", "--without", "nothing"),
        ("case", "audit", "{case}/payloads"),
        ("case", "note", "{case}-elsewhere"),
        ("case", "new", "{case}"),
        ("case", "add", "{case}", "--media", "no-such-file.mp4"),
        ("inspect", "no-such-file.mp4"),
        ("sun", "--at", "91,0", "--time", "2021-09-28T09:00:00Z"),
        ("sun", "--at", "33,44", "--time", "2021-13-28T09:00:00Z"),
        ("sun", "--at", "33,44", "--time", "2021-09-28"),
    ],
    ids=" ".join,
)
def test_bad_usage(words: tuple[str, ...], case: Path, firsthand: Run) -> None:
    before = everything(case)
    given = [word.format(case=case) for word in words]
    refused(firsthand(*given), 2)
    done = firsthand(*given, "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["message"]
    assert everything(case) == before


def test_a_case_that_another_process_holds(case: Path, firsthand: Run, clip: Path) -> None:
    with (case / "lock").open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        before = everything(case)
        refused(firsthand("case", "add", case, "--media", clip), 3)
        assert firsthand("case", "show", case).returncode == 0, "readers are never blocked"
        assert everything(case) == before


def test_a_full_disk(tmp_path: Path, document: Document, firsthand: Run, clip: Path) -> None:
    case = tmp_path / "case"
    document("case", "new", case)
    before = everything(case)

    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    big = tmp_path / "big.mp4"
    big.write_bytes(clip.read_bytes())
    assert big.stat().st_size > 20_000
    refused(firsthand("case", "add", case, "--media", big, preexec_fn=small_files_only), 3)
    assert everything(case) == before
    document("case", "add", case, "--media", big)
    assert document("case", "audit", case)["ok"]


@pytest.mark.parametrize("delay_s", [0.3, 0.7, 1.1, 1.6, 2.2, 3.0])
def test_ctrl_c_at_any_moment_leaves_it_whole(
    delay_s: float, tmp_path: Path, document: Document, clip: Path, report: Path
) -> None:
    case = tmp_path / "case"
    program = Path(sys.executable).parent / "firsthand"
    started = subprocess.Popen(
        [program, "examine", report, clip, "--case", case],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env=os.environ | {"FIRSTHAND_ACTOR": "tester"},
    )
    time.sleep(delay_s)
    os.killpg(started.pid, signal.SIGINT)
    _, errors = started.communicate(timeout=60)
    assert started.returncode in {0, 130, -signal.SIGINT}, errors
    if (case / "case.json").exists():
        assert document("case", "audit", case)["ok"]
    document("examine", report, clip, "--case", case)
    assert document("case", "audit", case)["ok"]
