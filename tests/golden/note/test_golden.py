"""The note of the invented case, byte for byte.

After a change that is meant, `FIRSTHAND_UPDATE_GOLDEN=1 pytest tests/golden/note` writes the files
anew; read the difference before committing it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from firsthand.note import build_note, render

HERE = Path(__file__).resolve().parent
EXPECTED = HERE / "expected"


@pytest.fixture(scope="module")
def written(cases: ModuleType) -> dict[str, bytes]:
    made = cases.sample()
    return render(build_note(made.view), made.figures)


def test_same_case_same_files(written: dict[str, bytes]) -> None:
    if os.environ.get("FIRSTHAND_UPDATE_GOLDEN") == "1":
        for path, data in written.items():
            target = EXPECTED / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    kept = {
        str(path.relative_to(EXPECTED)): path.read_bytes()
        for path in sorted(EXPECTED.rglob("*"))
        if path.is_file()
    }
    assert set(written) == set(kept) == {"en/index.html", "note.json"}
    for path, data in written.items():
        assert data == kept[path], (
            f"{path} differs from the golden file; if the change is meant, run this test with "
            "FIRSTHAND_UPDATE_GOLDEN=1 and read the difference"
        )


PROGRAM = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from sample import sample
from firsthand.note import build_note, render
made = sample()
files = render(build_note(made.view), made.figures)
for path in sorted(files):
    print(path, hashlib.sha256(files[path]).hexdigest())
"""


@pytest.mark.parametrize("locale", ["C", "de_DE.UTF-8"])
def test_bytes_do_not_depend_on_the_process(locale: str) -> None:
    """Hash seed, locale and time zone are the process's own; the note is not."""
    said = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(HERE)],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("4242", "Asia/Baghdad"))
    }
    assert len(said) == 1
    assert "en/index.html" in said.pop()
