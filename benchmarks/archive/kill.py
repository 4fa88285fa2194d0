"""SIGKILL at random moments of `archive add`: nothing acknowledged lost, nothing twice, it goes on.

python kill.py [TIMES]. Whenever everything is in, a fresh archive is begun, so that the moments
fall into real work. The killed process prints each file once it is acknowledged.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import make

from firsthand.archive.store import Archive

PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from firsthand.archive.intake import take_in
from firsthand.archive.store import Archive
from firsthand.sandbox import Box
files = sorted(Path(sys.argv[1]).glob("*.mp4"))
print("started", flush=True)
with Archive(Path(sys.argv[2]), create=True) as archive, Box() as box:
    take_in(archive, files, box, lambda: datetime.now(UTC),
            progress=lambda size, name: print(name, flush=True))
"""
CLIPS = 12
LATEST_S = float(os.environ.get("FIRSTHAND_KILL_WITHIN_S", "4"))


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    chance = random.Random(9)
    folder = Path(tempfile.mkdtemp())
    clips, archive = folder / "clips", folder / "archive"
    clips.mkdir()
    for seed in range(CLIPS):
        shutil.copy(make.distractor(seed), clips / f"{seed:02}.mp4")
    command = [sys.executable, "-c", PROGRAM, str(clips), str(archive)]
    killed = finished = lost = twice = damaged = told = 0
    acknowledged: set[str] = set()
    while killed < times:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        process.stdout.readline()
        time.sleep(chance.uniform(0, LATEST_S))
        done = process.poll() is not None
        if not done:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:  # it ended in this very moment
                done = True
        new = set(process.stdout.read().split()) - acknowledged
        acknowledged, told = acknowledged | new, told + len(new)
        process.wait()
        killed, finished = killed + (not done), finished + done
        if (archive / "archive.sqlite").is_file():
            with Archive(archive, create=True) as opened:
                items = opened.items()
                paths = [Path(path).name for item in items for path in item.paths]
                lost += len(acknowledged - set(paths))
                twice += len(paths) - len(set(paths)) + len(items) - len({i.sha256 for i in items})
                for item in items:
                    try:
                        opened.stretch(item.sha256, 0)
                    except Exception as error:
                        damaged += 1
                        print("damaged", item.sha256, error)
        if done:
            shutil.rmtree(archive)
            acknowledged = set()
    outcome = (
        f"killed {killed} times within {LATEST_S:g} s of its start, {finished} runs finished"
        f" between, {told} files acknowledged: {lost} acknowledged files lost, {twice} held twice,"
        f" {damaged} damaged"
    )
    print(outcome)
    (make.CACHE / "kill.txt").write_text(outcome + "\n")
    shutil.rmtree(folder)
    sys.exit(bool(lost or twice or damaged))


if __name__ == "__main__":
    main()
