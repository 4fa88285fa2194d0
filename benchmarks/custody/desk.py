"""A desk whose clock and chance are fixed, for the studies and the tests of `case/`."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from firsthand.case import Actor, Case, Context
from firsthand.records import Item, Made, Setting, Window

START = datetime(2021, 10, 1, 8, 0, tzinfo=UTC)
ANALYST = Actor("a1", "R. Haddad")


def desk(actor: Actor = ANALYST, *, seed: str = "desk") -> Context:
    """A context whose clock steps one second an act and whose entropy is a hash chain."""
    ticks: Iterator[int] = count()
    blocks: Iterator[int] = count()

    def entropy(size: int) -> bytes:
        data = b""
        while len(data) < size:
            data += hashlib.sha256(f"{seed}/{next(blocks)}".encode()).digest()
        return data[:size]

    return Context(
        now=lambda: START + timedelta(seconds=next(ticks)),
        time_source="a test's clock",
        actor=actor,
        entropy=entropy,
    )


def window(item: Item, revision: int = 1) -> Setting:
    """A setting to log."""
    return Setting(
        id="s1",
        revision=revision,
        name="window",
        scope=item.id,
        value=Window(start=START, end=START + timedelta(hours=revision)),
        why="the desk's assumption",
        by=ANALYST.id,
        at=START,
    )


def small_case(path: Path) -> Case:
    """A case with one of everything that stands in a folder: about 20 files, a few kilobytes."""
    context = desk()
    case = Case.create(path, context, title="Smoke at the base")
    with case.writer(context) as writer:
        clip = writer.add_file(
            io.BytesIO(b"not really a clip\n" * 20),
            kind="media",
            media_type="video/mp4",
            original_name="IMG 0042.mp4",
            how="handed over on a stick",
        )
        writer.add_file(
            io.BytesIO(b"Smoke was seen.\n"),
            kind="report",
            media_type="text/plain",
            original_name="report.txt",
            how="saved from the page",
        )
        made = Made(tool="sheet", version="1", inputs=(clip.id,), input_sha256=(clip.sha256,))
        writer.add_derivative(b"sheet of frames", media_type="image/png", made=made)
        writer.append("setting.set", ("s1",), sensitive=window(clip))
        writer.write_note(
            1,
            "en",
            {"index.html": b"<p>Note 1</p>\n", "data/note.json": b"{}\n"},
            upto=writer.state.last_seq,
        )
    return case


def tree(path: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, the lock apart."""
    return {
        str(file.relative_to(path)): file.read_bytes()
        for file in sorted(path.rglob("*"))
        if file.is_file() and file.name != "lock"
    }
