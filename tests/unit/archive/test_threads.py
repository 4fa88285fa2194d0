"""Several threads use one archive while files come in."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from firsthand.archive.store import Archive

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ASKERS, ROWS, FILES = 4, 300, 50


def test_one_thread_asks_while_another_writes(tmp_path: Path) -> None:
    over = Event()

    def ask(number: int) -> int:
        asked = 0
        while not over.is_set():
            assert archive.holds(f"{number:064x}") is None
            asked += 1
        return asked

    with Archive(tmp_path / "a", create=True) as archive, ThreadPoolExecutor(ASKERS) as pool:
        asking = [pool.submit(ask, number) for number in range(ASKERS)]
        try:
            for number in range(ROWS):
                archive.put_broken(f"/{number}.mp4", "0" * 64, "no footage", NOW)
        finally:
            over.set()
        assert all(one.result() > 0 for one in asking)
        assert len(archive.broken()) == ROWS


def test_files_of_one_content_are_written_by_turns(tmp_path: Path) -> None:
    data = os.urandom(200_000)
    with Archive(tmp_path / "a", create=True) as archive, ThreadPoolExecutor(ASKERS) as pool:
        path = archive.file_of("ab" * 32, 0)
        for one in [pool.submit(archive.put_file, path, data) for _ in range(FILES)]:
            one.result()
        assert path.read_bytes() == data
        assert [file.name for file in path.parent.iterdir()] == [path.name]
