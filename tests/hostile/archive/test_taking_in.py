"""Broken and hostile files, a killed process, a full disk: the archive stays whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tests.archive_fixtures as made

from firsthand.archive.store import Archive
from firsthand.errors import DiskError, IntegrityError
from firsthand.sandbox import Box

ROOT = Path(__file__).parents[3]
KILLS = int(os.environ.get("FIRSTHAND_KILLS", "5"))
"""How often the process is killed here; `benchmarks/archive/kill.py` does it 200 times."""


@pytest.mark.shared
def test_hostile_files_are_listed_and_the_good_one_is_taken(shared: Path, tmp_path: Path) -> None:
    files = sorted((shared / "data" / "hostile").iterdir())
    chosen = random.Random(5).sample([file for file in files if file.is_file()], 16)
    good = made.write_clip(tmp_path / "good.mp4", made.scene(1, frames=20))
    with Archive(tmp_path / "archive", create=True) as archive, Box(unsandboxed=True) as box:
        taken = made.add(archive, box, *chosen, good)
        assert str(good) in taken.added
        seen = len(taken.added) + len(taken.known) + len(taken.broken)
        assert seen == len(chosen) + 1
        listed = {row["path"] for row in archive.broken()}
        assert listed == {row["path"] for row in taken.broken}


def test_a_list_under_a_films_name_opens_nothing_else(tmp_path: Path) -> None:
    secret = made.write_clip(tmp_path / "secret.mp4", made.scene(1, frames=20))
    trap = tmp_path / "trap.mp4"
    trap.write_text(f"ffconcat version 1.0\nfile {secret.name}\n")
    with Archive(tmp_path / "archive", create=True) as archive, Box(unsandboxed=True) as box:
        taken = made.add(archive, box, trap)
        assert taken.added == []
        assert "playlist" in taken.broken[0]["message"]


def test_a_full_disk_is_said_and_what_was_kept_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = [made.write_clip(tmp_path / f"{at}.mp4", made.scene(at, frames=20)) for at in (1, 2)]
    with Archive(tmp_path / "archive", create=True) as archive, Box(unsandboxed=True) as box:
        made.add(archive, box, clips[0])

        def full(_descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(DiskError):
            made.add(archive, box, clips[1])
        monkeypatch.undo()
        assert [item.paths for item in archive.items()] == [(str(clips[0]),)]
        assert not list((tmp_path / "archive").rglob("*.partial"))
        assert len(made.add(archive, box, *clips).added) == 1


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite").write_bytes(b"no database" * 500)
    with pytest.raises(IntegrityError):
        Archive(tmp_path)


PROGRAM = """
import sys
from pathlib import Path
import tests.archive_fixtures as made
from firsthand.archive.store import Archive
from firsthand.sandbox import Box
folder = Path(sys.argv[1])
with Archive(folder / "archive", create=True) as archive, Box(unsandboxed=True) as box:
    made.add(archive, box, *sorted(folder.glob("*.mp4")))
"""


def test_killed_at_any_moment_it_goes_on(tmp_path: Path) -> None:
    chance = random.Random(2)
    for at in range(4):
        made.write_clip(tmp_path / f"{at}.mp4", made.scene(at, frames=20))
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(tmp_path)], cwd=ROOT, start_new_session=True
        )
        time.sleep(chance.uniform(0.4, 2.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if (tmp_path / "archive" / "archive.sqlite").is_file():
            with Archive(tmp_path / "archive", create=True) as archive:
                for item in archive.items():
                    assert item.paths
                    archive.stretch(item.sha256, 0)
    subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], cwd=ROOT, check=True, timeout=120
    )
    with Archive(tmp_path / "archive") as archive:
        items = archive.items()
        assert sorted(path for item in items for path in item.paths) == [
            str(file) for file in sorted(tmp_path.glob("*.mp4"))
        ]
        assert len({item.sha256 for item in items}) == len(items) == 4
