"""What files say of themselves; nothing is kept."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from firsthand.app.progress import QUIET, Progress
from firsthand.app.trust import load_trust
from firsthand.case.source import plain_name
from firsthand.errors import (
    CouldNot,
    DiskError,
    FirsthandError,
    InputError,
    NoSuchThing,
    SandboxUnavailable,
)
from firsthand.media.credentials import Trust
from firsthand.media.inspection import inspect_file, inspect_with_pictures
from firsthand.sandbox import Box

__all__ = ["inspect_many", "inspect_one"]


def inspect_one(
    path: Path,
    *,
    roots: Path | None = None,
    purposes: Path | None = None,
    pictures: Path | None = None,
    unsandboxed: bool = False,
) -> dict[str, Any]:
    """Metadata, contradictions, Content Credentials, structure, continuity and warnings.

    The pictures that its continuity names are written to the new folder `pictures`, if one is
    named.

    Raises:
        NoSuchThing: there is no such file.
        UnreadableMedia: it is no media, or was refused.
        InputError: the trusted roots cannot be read, or the folder is there already.
        DiskError: the pictures cannot be written.
    """
    trust = load_trust(roots, purposes)
    if pictures is not None and os.path.lexists(pictures):
        raise InputError(f"{str(pictures)!r} is there already.", "Name a new folder.")
    with Box(unsandboxed=unsandboxed) as box:
        found = inspect_with_pictures(path, box, trust=trust)
    if pictures is not None:
        _write(found.pictures, pictures)
    return found.inspection.plain()


def _write(pictures: Mapping[str, bytes], folder: Path) -> None:
    """The names are ours: they come out of the continuity's record, never out of the file."""
    try:
        folder.mkdir(parents=True)
        for name, data in sorted(pictures.items()):
            (folder / name).write_bytes(data)
    except OSError as error:
        raise DiskError(
            f"The pictures cannot be written: {error.strerror}.", "Name a folder that can be made."
        ) from error


def inspect_many(
    paths: Sequence[Path],
    *,
    roots: Path | None = None,
    purposes: Path | None = None,
    unsandboxed: bool = False,
    on: Progress = QUIET,
) -> dict[str, Any]:
    """Every file of the folders and files given, in order of name; a refusal stops none of them.

    Raises:
        NoSuchThing: a path that is neither file nor folder, or no file at all.
        SandboxUnavailable: nothing here can box a decoder in.
    """
    files = list(dict.fromkeys(_files(paths)))
    if not files:
        raise NoSuchThing("There is no file in it.", "Give files, or a folder that holds some.")
    trust = load_trust(roots, purposes)
    on.step(f"inspecting {len(files)} files")
    with Box(unsandboxed=unsandboxed) as box, ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = list(pool.map(partial(_answer, box=box, trust=trust), files))
    return {
        "inspections": [one for one in answers if "error" not in one],
        "refused": [one for one in answers if "error" in one],
    }


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.is_file())
        elif path.is_file():
            yield path
        else:
            raise NoSuchThing(f"There is no file {str(path)!r}.", "Check the path.")


def _answer(path: Path, *, box: Box, trust: Trust | None) -> dict[str, Any]:
    name = plain_name(str(path))
    try:
        return {"path": name} | inspect_file(path, box, trust=trust).plain()
    except SandboxUnavailable:
        raise
    except (InputError, CouldNot) as error:
        return {"path": name, "error": _told(error)}


def _told(error: FirsthandError) -> dict[str, str]:
    return {
        "kind": type(error).__name__,
        "message": error.message,
        "next_step": error.next_step,
    }
