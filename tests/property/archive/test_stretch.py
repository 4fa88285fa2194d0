"""A kept fingerprint comes back as it was, and any flipped bit is found."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.archive.grid import FEATURE_STEP, KEY_STEP
from firsthand.archive.stretch import CHUNK, Stretch, from_box, from_bytes
from firsthand.errors import FirsthandError, IntegrityError


def _stretch(pictures: int, seed: int) -> Stretch:
    random = np.random.default_rng(seed)
    small = random.integers(0, 256, (pictures, 9, 16), np.uint8)
    packed = []
    for start in range(0, pictures, CHUNK):
        block = small[start : start + CHUNK].copy()
        block[1:] -= block[:-1].copy()
        packed.append(zlib.compress(block.tobytes(), 1))
    at = list(range(0, pictures, FEATURE_STEP))
    counts = [int(value) for value in random.integers(0, 5, len(at))]
    keys = -(-pictures // KEY_STEP)
    told = {
        "kind": "video", "start_s": 1.5, "end_s": 1.5 + pictures / 12.5, "pictures": pictures,
        "proxy": [16, 9], "key": [38, 20], "border": [0, 0, 38, 20],
        "chunks": [len(block) for block in packed], "feature_at": at, "feature_n": counts,
        "neural_at": [],
    }  # fmt: skip
    blobs = {
        "proxy": b"".join(packed),
        "pdq": random.bytes(keys * 64),
        "quality": random.bytes(keys * 2),
        "points": random.bytes(sum(counts) * 4),
        "descriptors": random.bytes(sum(counts) * 128),
    }
    stretch = from_box(told, blobs)
    assert np.array_equal(stretch.proxies(), small)
    return stretch


@given(st.integers(1, 120), st.integers(0, 2**31), st.integers(0, 119), st.integers(0, 130))
def test_round_trip_and_windows(pictures: int, seed: int, first: int, last: int) -> None:
    stretch = _stretch(pictures, seed)
    again = from_bytes(stretch.to_bytes())
    assert dict(again.told) == dict(stretch.told)
    assert again.blobs == stretch.blobs
    whole = stretch.proxies()
    assert np.array_equal(again.proxies(first, last), whole[first : max(last, first)])


@given(st.integers(1, 60), st.data())
def test_any_flipped_bit_is_found(pictures: int, data: st.DataObject) -> None:
    kept = bytearray(_stretch(pictures, 3).to_bytes())
    at = data.draw(st.integers(0, 8 * len(kept) - 1))
    kept[at // 8] ^= 1 << at % 8
    with pytest.raises(IntegrityError):
        from_bytes(bytes(kept))


@given(
    st.sampled_from(["pictures", "proxy", "key", "border", "chunks", "feature_at", "feature_n",
                     "start_s", "kind"]),
    st.one_of(st.none(), st.integers(-5, 10**9), st.floats(), st.text(max_size=3),
              st.lists(st.integers(-3, 400), max_size=4)),
)  # fmt: skip
def test_what_a_box_says_is_checked(name: str, value: object) -> None:
    good = _stretch(30, 4)
    told = dict(good.told) | {name: value}
    if told == dict(good.told):
        return
    try:
        stretch = from_box(told, good.blobs)
        stretch.proxies()
    except FirsthandError:
        return
    assert len(stretch.feature_at) == len(stretch.told["feature_n"])


def test_a_block_that_unpacks_to_more_than_it_may_is_cut_off() -> None:
    good = _stretch(30, 5)
    bomb = zlib.compress(bytes(10**7))
    blobs = dict(good.blobs) | {"proxy": bomb}
    stretch = from_box(dict(good.told) | {"chunks": [len(bomb)]}, blobs)
    assert stretch.proxies().shape == (30, 9, 16)
