"""Every picture of an archive in flat tables that one query can be held against.

Built from the fingerprint files whenever items came or went, kept under `index/` and mapped, so
that a search holds little of it in memory. A run of nearly equal hashes (a static shot) is one row.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from firsthand.archive.neural import vectors_from_bytes
from firsthand.archive.picture import Bytes
from firsthand.archive.store import Archive
from firsthand.archive.stretch import Stretch
from firsthand.archive.words import WORDS, signatures, words
from firsthand.errors import IntegrityError

__all__ = ["Index", "Rows", "build", "opened"]

SAME_HASH = 10
"""Bits under which the next picture's PDQ joins the run before it…"""
LONGEST_RUN = 16
"""…of at most this many pictures (8 s)."""
LEAST_QUALITY = 20
"""PDQ of flatter pictures than this matches everything."""
INDEXED = 150
"""Of each picture's local features, the strongest are looked up by."""
TABLES = (
    "pdq", "pdq_row", "picture", "picture_size", "start", "post_picture", "post_sign", "vector",
    "vector_row",
)  # fmt: skip


@dataclass(frozen=True)
class Index:
    """The tables. `pdq_row`, `picture` and `vector_row` are (stretch number, grid index).

    `vector`: SSCD in half precision, of the items that have it by `model`; the others have none.
    """

    stretches: list[tuple[str, int]]
    pdq: Bytes
    pdq_row: NDArray[np.int32]
    picture: NDArray[np.int32]
    picture_size: NDArray[np.int32]
    start: NDArray[np.int64]
    post_picture: NDArray[np.uint32]
    post_sign: NDArray[np.uint64]
    vector: NDArray[np.float16]
    vector_row: NDArray[np.int32]
    model: str
    damaged: list[str]


class Rows:
    """Collects rows for the index; also used to make large synthetic ones."""

    def __init__(self) -> None:
        self.stretches: list[tuple[str, int]] = []
        self.damaged: list[str] = []
        self._pdq: list[Bytes] = []
        self._pdq_row: list[NDArray[np.int32]] = []
        self._picture: list[NDArray[np.int32]] = []
        self._word: list[NDArray[np.uint32]] = []
        self._sign: list[NDArray[np.uint64]] = []
        self._owner: list[NDArray[np.uint32]] = []
        self._vector: list[NDArray[np.float16]] = []
        self._vector_row: list[NDArray[np.int32]] = []
        self.model = ""
        self._pictures = 0

    def add(self, sha256: str, which: int, stretch: Stretch) -> None:
        """One stretch."""
        number = len(self.stretches)
        self.stretches.append((sha256, which))
        for view in range(2 if stretch.bordered else 1):
            good = stretch.quality[:, view] >= LEAST_QUALITY
            kept = _run_starts(stretch.hashes[:, view], good)
            self._pdq.append(stretch.hashes[kept, view])
            rows = np.stack([np.full(len(kept), number), stretch.key_at[kept]], axis=1)
            self._pdq_row.append(rows.astype(np.int32))
        for at in range(len(stretch.feature_at)):
            what = stretch.features(at)[1][:INDEXED]
            self.add_picture(
                number, int(stretch.feature_at[at]), words(what)[:, 0], signatures(what)
            )

    def add_vectors(self, vectors: NDArray[np.float16], at: list[int]) -> None:
        """SSCD vectors of the stretch that was added last, at these grid indices."""
        number = len(self.stretches) - 1
        self._vector.append(vectors)
        rows = np.stack([np.full(len(at), number), np.array(at, np.int64)], axis=1)
        self._vector_row.append(rows.astype(np.int32))

    def add_picture(
        self, number: int, at: int, word: NDArray[np.uint32], sign: NDArray[np.uint64]
    ) -> None:
        """One picture's words."""
        self._picture.append(np.array([[number, at]], np.int32))
        self._word.append(word)
        self._sign.append(sign)
        self._owner.append(np.full(len(word), self._pictures, np.uint32))
        self._pictures += 1

    def index(self) -> Index:
        """The tables of what was added."""
        word = _joined(self._word, (0,), np.uint32)
        order = np.argsort(word, kind="stable")
        start = np.zeros(WORDS + 1, np.int64)
        np.cumsum(np.bincount(word, minlength=WORDS), out=start[1:])
        return Index(
            stretches=self.stretches,
            pdq=_joined(self._pdq, (0, 32), np.uint8),
            pdq_row=_joined(self._pdq_row, (0, 2), np.int32),
            picture=_joined(self._picture, (0, 2), np.int32),
            picture_size=np.array([len(signs) for signs in self._sign], np.int32),
            start=start,
            post_picture=_joined(self._owner, (0,), np.uint32)[order],
            post_sign=_joined(self._sign, (0,), np.uint64)[order],
            vector=_joined(self._vector, (0, 1), np.float16),
            vector_row=_joined(self._vector_row, (0, 2), np.int32),
            model=self.model,
            damaged=self.damaged,
        )


def _joined[T: np.generic](
    parts: list[NDArray[T]], empty: tuple[int, ...], kind: type[T]
) -> NDArray[T]:
    return np.concatenate(parts) if parts else np.zeros(empty, kind)


def _run_starts(hashes: Bytes, good: NDArray[np.bool_]) -> NDArray[np.int64]:
    kept: list[int] = []
    for at in np.flatnonzero(good):
        if kept and at - kept[-1] < LONGEST_RUN:
            apart = int(np.bitwise_count(hashes[at] ^ hashes[kept[-1]]).sum())
            if apart <= SAME_HASH:
                continue
        kept.append(int(at))
    return np.array(kept, np.int64)


def build(archive: Archive) -> Index:
    """Read every fingerprint; a damaged one is named and left out."""
    rows, items = Rows(), archive.items()
    models = Counter(name for item in items for name in item.descriptors if name[:5] == "sscd/")
    rows.model = models.most_common(1)[0][0] if models else ""
    for item in items:
        for which in range(item.stretches):
            try:
                stretch = archive.stretch(item.sha256, which)
                rows.add(item.sha256, which, stretch)
                if rows.model and rows.model in item.descriptors:
                    at = [int(place) for place in stretch.told["neural_at"]]
                    kept = archive.file_of(item.sha256, which, "vec").read_bytes()
                    rows.add_vectors(vectors_from_bytes(kept, len(at)), at)
            except (IntegrityError, OSError):
                rows.damaged.append(item.sha256)
    return rows.index()


def opened(archive: Archive) -> Index:
    """The index of what the archive holds now: mapped, and built first if it is stale.

    One that an older version built without some of the tables is stale too.
    """
    name = archive.generation()
    folder = archive.directory / "index" / name
    if not all((folder / one).is_file() for one in ("head.json", *(f"{t}.npy" for t in TABLES))):
        _write(folder, build(archive))
        for old in (archive.directory / "index").iterdir():
            if old.name != name:
                shutil.rmtree(old, ignore_errors=True)
    return _mapped(folder)


def _write(folder: Path, index: Index) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        np.save(folder / f"{table}.npy", getattr(index, table))
    head = {"stretches": index.stretches, "damaged": index.damaged, "model": index.model}
    partial = folder / "head.partial"
    partial.write_text(json.dumps(head))
    partial.replace(folder / "head.json")


def _mapped(folder: Path) -> Index:
    head = json.loads((folder / "head.json").read_text())
    tables = {table: np.load(folder / f"{table}.npy", mmap_mode="r") for table in TABLES}
    stretches = [(str(sha256), int(which)) for sha256, which in head["stretches"]]
    return Index(stretches=stretches, damaged=head["damaged"], model=head["model"], **tables)
