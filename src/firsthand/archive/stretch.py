"""A fingerprint as it is kept: one stretch of a recording, or a still.

The bytes come out of a sandbox and later off a disk; both may be wrong, so every length is checked
before anything is believed.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firsthand.archive.grid import FEATURE_STEP, FEATURES, FORMAT, KEY_STEP, RATE, STRETCH_S
from firsthand.archive.picture import Bytes
from firsthand.errors import FirsthandError, IntegrityError

__all__ = ["Stretch", "from_box", "from_bytes"]

POINT_SCALE = 64
CHUNK = 50
MOST_PICTURES = int(STRETCH_S * RATE) + 1
MOST_SIDE = 1024
BLOBS = ("proxy", "pdq", "quality", "points", "descriptors")


@dataclass(frozen=True)
class Stretch:
    """Fingerprint of at most ten minutes. Times are seconds on the recording's own clock."""

    told: Mapping[str, Any]
    blobs: Mapping[str, bytes]

    @property
    def kind(self) -> str:
        """`video` or `image`."""
        return str(self.told["kind"])

    @property
    def start_s(self) -> float:
        """When picture 0 was shown."""
        return float(self.told["start_s"])

    @property
    def pictures(self) -> int:
        """How many grid pictures there are."""
        return int(self.told["pictures"])

    @property
    def proxy_size(self) -> tuple[int, int]:
        """Width and height of the small grey pictures."""
        width, height = self.told["proxy"]
        return int(width), int(height)

    @property
    def key_size(self) -> tuple[int, int]:
        """Width and height that points are measured in."""
        width, height = self.told["key"]
        return int(width), int(height)

    @property
    def border(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of the picture without its bars, in key pixels."""
        left, top, right, bottom = (int(edge) for edge in self.told["border"])
        return left, top, right, bottom

    @property
    def bordered(self) -> bool:
        """There are bars or blurred padding."""
        return self.border != (0, 0, *self.key_size)

    @cached_property
    def hashes(self) -> Bytes:
        """PDQ, (keys, 2, 32): of the whole picture, and without borders."""
        return np.frombuffer(self.blobs["pdq"], np.uint8).reshape(-1, 2, 32)

    @cached_property
    def quality(self) -> Bytes:
        """PDQ quality, (keys, 2)."""
        return np.frombuffer(self.blobs["quality"], np.uint8).reshape(-1, 2)

    @property
    def key_at(self) -> NDArray[np.int64]:
        """Grid index of each hashed picture."""
        return np.arange(len(self.hashes)) * KEY_STEP

    @cached_property
    def feature_at(self) -> NDArray[np.int64]:
        """Grid index of each picture with local features."""
        return np.array(self.told["feature_at"], np.int64)

    def features(self, which: int) -> tuple[NDArray[np.float32], Bytes]:
        """Points (n, 2) in key pixels and descriptors (n, 128) of picture `feature_at[which]`."""
        first, last = self._edges[which], self._edges[which + 1]
        points = np.frombuffer(self.blobs["points"], np.uint16).reshape(-1, 2)[first:last]
        what = np.frombuffer(self.blobs["descriptors"], np.uint8).reshape(-1, 128)[first:last]
        return (points / POINT_SCALE).astype(np.float32), what

    @cached_property
    def _edges(self) -> NDArray[np.int64]:
        return np.concatenate([[0], np.cumsum(np.array(self.told["feature_n"], np.int64))])

    def proxies(self, first: int = 0, last: int | None = None) -> Bytes:
        """Small grey pictures `first` to `last` (without it), (n, height, width)."""
        last = self.pictures if last is None else min(last, self.pictures)
        first = max(min(first, last), 0)
        width, height = self.proxy_size
        sizes = self.told["chunks"]
        offsets = np.concatenate([[0], np.cumsum(np.array(sizes, np.int64))])
        blocks = []
        for which in range(first // CHUNK, -(-last // CHUNK)):
            count = min(CHUNK, self.pictures - which * CHUNK)
            packed = self.blobs["proxy"][offsets[which] : offsets[which + 1]]
            raw = _unpack(packed, count * width * height)
            block = np.frombuffer(raw, np.uint8).reshape(count, height, width)
            blocks.append(np.cumsum(block, axis=0, dtype=np.uint8))
        if not blocks:
            return np.zeros((0, height, width), np.uint8)
        skipped = first // CHUNK * CHUNK
        return np.concatenate(blocks)[first - skipped : last - skipped]

    def at_s(self, picture: float) -> float:
        """Time of a grid position."""
        return self.start_s + picture / RATE

    def to_bytes(self) -> bytes:
        """As kept: a line of JSON, the blobs, and the SHA-256 of both."""
        table = [[name, len(self.blobs[name])] for name in BLOBS]
        head = json.dumps({"format": FORMAT, "told": dict(self.told), "blobs": table}).encode()
        body = head + b"\n" + b"".join(self.blobs[name] for name in BLOBS)
        return body + hashlib.sha256(body).digest()


def _unpack(packed: bytes, size: int) -> bytes:
    unpacker = zlib.decompressobj()
    raw = unpacker.decompress(packed, size)
    if len(raw) != size:
        raise _damaged("a block of pictures is too short")
    return raw


def _damaged(why: str) -> FirsthandError:
    return IntegrityError(
        "A fingerprint in the archive is damaged.",
        "Remove the item and add its file again.",
        details={"why": why},
    )


def from_box(told: Mapping[str, Any], blobs: Mapping[str, bytes]) -> Stretch:
    """What the sandbox gave, once it adds up.

    Raises:
        IntegrityError: it does not.
    """
    stretch = Stretch(dict(told), {name: blobs.get(name, b"") for name in BLOBS})
    try:
        fault = _fault(stretch)
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(f"{type(error).__name__}: {error}") from error
    if fault:
        raise _damaged(fault)
    return stretch


def _fault(stretch: Stretch) -> str:
    told, count = stretch.told, stretch.pictures
    if not 1 <= count <= MOST_PICTURES or told["kind"] not in {"video", "image"}:
        return "no sensible number of pictures"
    sides = (*stretch.proxy_size, *stretch.key_size)
    if not all(8 <= side <= MOST_SIDE for side in sides):
        return "no sensible size"
    left, top, right, bottom = stretch.border
    if not (0 <= left < right <= sides[2] and 0 <= top < bottom <= sides[3]):
        return "a border outside the picture"
    keys = -(-count // KEY_STEP)
    if stretch.hashes.shape[0] != keys or stretch.quality.shape[0] != keys:
        return "hashes missing"
    at, numbers = told["feature_at"], told["feature_n"]
    if len(at) != len(numbers) or not all(0 <= number <= FEATURES for number in numbers):
        return "features missing"
    if any(where % FEATURE_STEP or not 0 <= where < count for where in at) or sorted(at) != at:
        return "features off the grid"
    total = sum(numbers)
    if (
        len(stretch.blobs["points"]) != total * 4
        or len(stretch.blobs["descriptors"]) != total * 128
    ):
        return "features missing"
    if len(told["chunks"]) != -(-count // CHUNK) or any(size < 0 for size in told["chunks"]):
        return "pictures missing"
    if sum(told["chunks"]) != len(stretch.blobs["proxy"]):
        return "pictures missing"
    for name in ("start_s", "end_s"):
        if not 0 <= float(told[name]) < 1e7:
            return "no sensible time"
    return ""


def from_bytes(data: bytes) -> Stretch:
    """A kept fingerprint.

    Raises:
        IntegrityError: a bit of it is not as it was written.
    """
    body, digest = data[:-32], data[-32:]
    if hashlib.sha256(body).digest() != digest:
        raise _damaged("its checksum does not hold")
    head, _, rest = body.partition(b"\n")
    document = json.loads(head)
    if document.get("format") != FORMAT:
        raise IntegrityError(
            "This archive was written by another version.",
            "Add its files again, or use the version that wrote it.",
        )
    blobs, at = {}, 0
    for name, size in document["blobs"]:
        blobs[name] = rest[at : at + size]
        at += size
    return from_box(document["told"], blobs)
