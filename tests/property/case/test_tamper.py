"""Law: whatever is changed in a case at rest, the audit finds it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from benchmarks.custody.desk import small_case, tree
from hypothesis import given
from hypothesis import strategies as st

from firsthand.case import audit
from firsthand.case.layout import is_stray

MEMORY = Path("/dev/shm")  # noqa: S108


@pytest.fixture(scope="module")
def model():  # type: ignore[no-untyped-def]
    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    case = small_case(folder / "case")
    for path in case.path.rglob("*"):
        if path.is_file():
            path.chmod(0o600)
    yield case.path, sorted(tree(case.path).items())
    shutil.rmtree(folder)


def _with(place: Path, name: str, data: bytes) -> bool:
    """Whether the audit passes with this content at `name`; what was there is put back."""
    path = place / name
    before = path.read_bytes()
    path.write_bytes(data)
    try:
        return audit(place).ok
    finally:
        path.write_bytes(before)


def test_every_flipped_bit_is_found(model) -> None:  # type: ignore[no-untyped-def]
    """One bit of every 13th byte of every file: the bit runs on, so all eight occur."""
    place, files = model
    assert audit(place).ok
    missed = [
        (name, byte)
        for name, data in files
        for byte in range(0, len(data), 1 if len(data) < 100 else 13)
        if _with(place, name, _flipped(data, byte, byte % 8))
    ]
    assert missed == []


def _flipped(data: bytes, byte: int, bit: int) -> bytes:
    changed = bytearray(data)
    changed[byte] ^= 1 << bit
    return bytes(changed)


@given(data=st.data())
def test_any_flipped_bit_is_found(model, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    place, files = model
    name, content = data.draw(st.sampled_from(files))
    byte = data.draw(st.integers(0, len(content) - 1))
    assert not _with(place, name, _flipped(content, byte, data.draw(st.integers(0, 7))))


@given(data=st.data())
def test_any_other_length_is_found(model, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    place, files = model
    name, content = data.draw(st.sampled_from(files))
    cut = data.draw(st.integers(0, len(content) - 1))
    assert not _with(place, name, content[:cut])
    assert not _with(place, name, content + data.draw(st.binary(min_size=1, max_size=9)))


@given(data=st.data())
def test_lines_dropped_doubled_swapped_or_cut_off_are_found(model, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    place, files = model
    lines = dict(files)["log.jsonl"].splitlines(keepends=True)
    first = data.draw(st.integers(0, len(lines) - 1))
    second = data.draw(st.integers(0, len(lines) - 1))
    dropped = lines[:first] + lines[first + 1 :]
    doubled = [*lines[:first], lines[second], *lines[first:]]
    swapped = list(lines)
    swapped[first], swapped[second] = swapped[second], swapped[first]
    unended = [*lines[:first], lines[first].rstrip(b"\n"), *lines[first + 1 :]]
    returned = [*lines[:first], lines[first].replace(b"\n", b"\r\n"), *lines[first + 1 :]]
    for changed in (dropped, doubled, lines[:first], unended, returned):
        assert not _with(place, "log.jsonl", b"".join(changed))
    if first != second:
        assert not _with(place, "log.jsonl", b"".join(swapped))


@given(data=st.data())
def test_any_file_taken_away_added_or_swapped_is_found(model, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    place, files = model
    name, content = data.draw(st.sampled_from(files))
    path, away = place / name, place.parent / "away"
    path.rename(away)
    try:
        assert not audit(place).ok
    finally:
        away.rename(path)
    folder = data.draw(st.sampled_from(sorted({path.parent for path in place.rglob("*")})))
    extra = folder / data.draw(st.text("abc.0-_ é", min_size=1, max_size=12))
    if not extra.exists() and not is_stray(extra.name):
        extra.write_bytes(content)
        try:
            assert not audit(place).ok
        finally:
            extra.unlink()
    other_content = data.draw(st.sampled_from(files))[1]
    if other_content != content:
        assert not _with(place, name, other_content)
    assert audit(place).ok
