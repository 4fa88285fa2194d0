"""Whatever bytes they are given, the walkers end, stay within bounds and never raise."""

import io
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.media.kinds import sniff
from firsthand.media.outline import outline_of
from firsthand.media.outline.outline import MOST_NOTES, MOST_PIECES
from firsthand.media.structure import structure_from

KINDS = ("mov", "heif", "avi", "wav", "WEBP", "matroska", "JPEG", "PNG")
STARTS = {
    "mov": b"\x00\x00\x00\x14ftypisom\x00\x00\x00\x00isom",
    "heif": b"\x00\x00\x00\x14ftypheic\x00\x00\x00\x00heic\x00\x00\x00\x30meta\x00\x00\x00\x00",
    "avi": b"RIFF\x40\x00\x00\x00AVI LIST\x20\x00\x00\x00hdrl",
    "wav": b"RIFF\x40\x00\x00\x00WAVE",
    "WEBP": b"RIFF\x40\x00\x00\x00WEBP",
    "matroska": b"\x1aE\xdf\xa3\x80\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff",
    "JPEG": b"\xff\xd8",
    "PNG": b"\x89PNG\r\n\x1a\n",
}
NAMES = [
    b"moov", b"trak", b"meta", b"udta", b"ilst", b"hdlr", b"elst", b"stsd", b"mvhd", b"ftyp",
    b"\xa9too", b"LIST", b"INFO", b"strh", b"ISFT", b"\x15\x49\xa9\x66", b"\x16\x54\xae\x6b",
    b"\xff\xdb", b"\xff\xda", b"\xff\xc0", b"\xff\xc4", b"tEXt", b"IEND", b"IDAT",
]  # fmt: skip
pieces = st.lists(
    st.one_of(
        st.binary(max_size=12),
        st.sampled_from(NAMES),
        st.integers(0, 2**32 - 1).map(lambda n: n.to_bytes(4, "big")),
        st.integers(0, 64).map(lambda n: n.to_bytes(4, "big")),
        st.integers(0, 64).map(lambda n: n.to_bytes(4, "little")),
        st.integers(2**62, 2**64 - 1).map(lambda n: b"\x00\x00\x00\x01moov" + n.to_bytes(8, "big")),
    ),
    max_size=60,
).map(b"".join)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=250)
@given(body=pieces)
def test_they_end_within_bounds(kind, body):
    data = STARTS[kind] + body
    outline = outline_of(kind, io.BytesIO(data))
    assert len(outline.pieces) <= MOST_PIECES
    assert len(outline.notes) <= MOST_NOTES
    assert 0 <= outline.trailing <= len(data)
    for _, at, size, depth in outline.pieces:
        assert 0 <= at <= at + size <= len(data)
        assert depth >= 0
    top = sorted((at, size) for _, at, size, depth in outline.pieces if depth == 0)
    assert all(a + size <= b for (a, size), (b, _) in pairwise(top))
    assert structure_from(outline.plain()).canonical()


@given(st.binary(max_size=64))
def test_sniffing_never_fails(data):
    assert sniff(data).why


@given(st.binary(max_size=64), st.sampled_from(list(STARTS.values())))
def test_a_start_is_a_kind(rest, start):
    assert sniff(start + rest).name != "empty"
