"""Two small bags to be tampered with, and a folder that is changed and put back."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.custody.desk import START, desk, small_case
from PIL import Image

from firsthand.case import Case, Checkpoint
from firsthand.case.crypt import encrypt_payload
from firsthand.case.export import export_case
from firsthand.case.keys import KeyRing
from firsthand.case.redact import mark_release
from firsthand.case.seal import seal_case
from firsthand.records import Item, Place, Setting

Tree = dict[str, bytes]


@dataclass(frozen=True)
class Bag:
    """A bag on disk, its bytes, and the checkpoint that somebody holds elsewhere."""

    kind: str
    path: Path
    tree: Tree
    held: Checkpoint


def picture(level: int = 9) -> bytes:
    """A small PNG, compressed as hard as asked."""
    out = io.BytesIO()
    Image.new("RGB", (8, 6), (200, 40, 10)).save(out, "PNG", compress_level=level)
    return out.getvalue()


def place_setting(item: Item) -> Setting:
    """A claimed place, to be told coarsely."""
    return Setting(
        id="s2",
        revision=1,
        name="place",
        scope=item.id,
        value=Place(
            name="the north gate",
            latitude_deg=33.4512345,
            longitude_deg=43.8912345,
            radius_m=40,
            precision="vicinity",
        ),
        why="the witness said so",
        by="a1",
        at=START,
    )


def rich_case(folder: Path) -> tuple[Case, KeyRing, Checkpoint]:
    """The small case with a picture, a place, an encrypted payload and a seal."""
    context = desk(seed="rich")
    case = small_case(folder / "case")
    ring = KeyRing(folder / "keys", context.entropy)
    with case.writer(context) as writer:
        still = writer.add_file(
            io.BytesIO(picture()),
            kind="media",
            media_type="image/png",
            original_name="still.png",
            how="taken from a page",
        )
        writer.append("setting.set", ("s2",), sensitive=place_setting(still))
        encrypt_payload(case, writer, context, ring, 6)
        mark_release(writer, case.payload, still.id, "copy", why="the page shows it")
        mark_release(writer, case.payload, "item-0002", "public", why="it is published")
    sealed = seal_case(case, context, ring)
    return case, ring, sealed.checkpoint.held


def two_bags(folder: Path) -> tuple[Bag, Bag]:
    """The same case whole and redacted."""
    case, _, held = rich_case(folder)
    context = desk(seed="export")
    out: list[Bag] = []
    for kind in ("whole", "redacted"):
        path = folder / f"{kind}-bag"
        export_case(
            case,
            path,
            context,
            redacted=kind == "redacted",
            redraw=lambda _path, _item: picture(1),
        )
        for file in path.rglob("*"):
            file.chmod(0o700 if file.is_dir() else 0o600)
        out.append(Bag(kind, path, read_tree(path), held))
    return out[0], out[1]


def read_tree(path: Path) -> Tree:
    """Every file below a folder, by name."""
    return {
        str(file.relative_to(path)): file.read_bytes()
        for file in sorted(path.rglob("*"))
        if file.is_file()
    }


@contextmanager
def changed(path: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[None]:
    """The folder as `after` says; put back as `before` says at the end."""
    _move(path, before, after)
    try:
        yield
    finally:
        _move(path, after, before)


def _move(path: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    for name in before.keys() - after.keys():
        file = path / name
        file.unlink()
        for folder in file.relative_to(path).parents:
            if folder != Path() and not any((path / folder).iterdir()):
                (path / folder).rmdir()
    for name, data in after.items():
        if before.get(name) != data:
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(data)
