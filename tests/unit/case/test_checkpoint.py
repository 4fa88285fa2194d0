"""A checkpoint that can be printed, typed in again, and held against a log."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.case import Checkpoint, SignedCheckpoint, checkpoint_qr, checkpoint_text
from firsthand.case import read_checkpoint as read
from firsthand.errors import InputError

CHECKPOINT = SignedCheckpoint(
    case="0123456789abcdef" * 2,
    lines=42,
    head="0123456789abcdef" * 4,
    at=datetime(2021, 10, 1, 8, 0, tzinfo=UTC),
    time_source="a test's clock",
    key="fedcba9876543210" * 4,
)
HELD = Checkpoint(42, CHECKPOINT.head, CHECKPOINT.case, CHECKPOINT.key)


def test_the_text_comes_back_as_it_was_printed() -> None:
    text = checkpoint_text(CHECKPOINT)
    assert len(text.splitlines()) < 15
    assert max(map(len, text.splitlines())) < 60
    assert read(text) == HELD


def test_the_text_may_be_typed_carelessly() -> None:
    text = checkpoint_text(CHECKPOINT).replace("  ", " \t ").replace("\n", "\n\n").upper()
    text = text.replace("CASE", "case").replace("LINES", "lines").replace("HEAD", "head")
    assert read(text.replace("KEY", "key").replace("MADE", "made")) == HELD


def test_checkpoint_json_is_read_too() -> None:
    assert read(CHECKPOINT.file().decode()) == HELD


def test_what_the_qr_code_says_is_read_too() -> None:
    compact = f"FIRSTHAND1/{CHECKPOINT.case}/42/{CHECKPOINT.head}/{CHECKPOINT.key}"
    assert read(compact) == HELD


def test_the_qr_code_is_a_small_svg_without_script() -> None:
    svg = checkpoint_qr(CHECKPOINT)
    assert svg.startswith("<svg")
    assert svg.count("<path") >= 1
    assert "script" not in svg
    assert len(svg) < 30_000
    assert svg == checkpoint_qr(CHECKPOINT)


@given(data=st.data())
def test_a_slip_of_the_hand_is_found(data: st.DataObject) -> None:
    lines = checkpoint_text(CHECKPOINT).splitlines()
    body = [
        n for n, line in enumerate(lines) if line.split()[0] in {"case", "lines", "head", "key"}
    ]
    number = data.draw(st.sampled_from(body))
    digits = [
        match.start() for match in re.finditer(r"[0-9a-f]", lines[number]) if match.start() > 5
    ]
    at = data.draw(st.sampled_from(digits))
    other = data.draw(st.sampled_from(sorted(set("0123456789abcdef") - {lines[number][at]})))
    lines[number] = lines[number][:at] + other + lines[number][at + 1 :]
    with pytest.raises(InputError, match="mistyped"):
        read("\n".join(lines))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "{}",
        "{" * 5000,
        "FIRSTHAND CHECKPOINT 1",
        "FIRSTHAND CHECKPOINT 2\ncase 1",
        "FIRSTHAND CHECKPOINT 1\nnonsense 1 2",
        "FIRSTHAND CHECKPOINT 1\ncase",
        "FIRSTHAND1/x/1/y/z",
        "x" * 20_000,
    ],
)
def test_what_is_no_checkpoint_is_said_so(text: str) -> None:
    with pytest.raises(InputError):
        read(text)


def test_a_line_left_out_is_found() -> None:
    lines = checkpoint_text(CHECKPOINT).splitlines()
    for number in range(1, len(lines) - 1):
        with pytest.raises(InputError):
            read("\n".join(lines[:number] + lines[number + 1 :]))
