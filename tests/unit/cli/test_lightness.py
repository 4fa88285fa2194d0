"""`firsthand --help` comes at once: it imports nothing of weight."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"numpy", "pydantic", "av", "cv2", "spacy", "scipy", "PIL", "trafilatura", "jinja2"}


def modules_after(argument: str) -> set[str]:
    code = (
        "import sys\n"
        f"sys.argv = ['firsthand', {argument!r}]\n"
        "from firsthand.cli.main import run\n"
        "try:\n    run()\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write('\\n'.join(sorted({name.split('.')[0] for name in sys.modules})))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "firsthand" in done.stdout
    return set(done.stderr.split())


def test_help_imports_nothing_of_weight() -> None:
    loaded = modules_after("--help")
    assert "typer" in loaded
    assert not loaded & HEAVY


def test_version_imports_nothing_of_weight() -> None:
    assert not modules_after("--version") & HEAVY
