"""The shipped example, from start to note.

The report is ours, and the clip comes from a small seeded generator and says inside the picture
that it is synthetic. Nobody accepts a reading here: that is what a person does. What the clip shows
is put in, because whoever drew it knows.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from firsthand.app.checking import check_case
from firsthand.app.examining import take_in
from firsthand.app.noting import write_note
from firsthand.app.progress import QUIET, Progress
from firsthand.app.setting import Asked, set_in_case
from firsthand.app.store import is_case
from firsthand.errors import InputError, NoSuchThing

__all__ = ["demo"]

EXAMPLES = Path(__file__).parents[3] / "examples"
"""The demo runs from a checkout: the examples are not part of the installed package."""


ACTOR = "demo"
SEEN = "a drawn clip: dark smoke, lighter patches low down, a moving camera, daylight"


def _generator() -> ModuleType:
    path = EXAMPLES / "make_clip.py"
    spec = importlib.util.spec_from_file_location("firsthand_examples_make_clip", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise NoSuchThing(
            "The examples are not here.", "Run the demo from a checkout of the project: make demo."
        )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def demo(directory: Path, *, on: Progress = QUIET) -> dict[str, Any]:
    """Make the clip, examine it with the shipped report, and leave the case in `directory`.

    A demo that stands there already goes on from where it is; any other folder is left alone.

    Raises:
        InputError: the folder holds something that is no demo.
    """
    if directory.exists() and any(directory.iterdir()) and not is_case(directory):
        raise InputError(
            f"{directory} is not empty and holds no case.", "Choose another folder with --case."
        )
    on.step("drawing the synthetic clip")
    with TemporaryDirectory(prefix="firsthand-demo-") as folder:
        clip = Path(folder) / "clip.mp4"
        _generator().write_clip(clip)
        take_in(EXAMPLES / "report.txt", [clip], directory, actor=ACTOR, on=on)
    set_in_case(directory, Asked(seen=SEEN), why="drawn so by examples/make_clip.py", actor=ACTOR)
    check_case(directory, actor=ACTOR, on=on)
    return write_note(directory, actor=ACTOR)
