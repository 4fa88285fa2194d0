"""Runs in the sandbox: from a file to its fingerprint, one stretch of at most ten minutes a call.

Everything lies on one grid of 12.5 pictures a second: picture `k` is the frame shown nearest to
`start_s + k / 12.5`; where no frame was shown, the one before it is repeated.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, BinaryIO

import av.error
import cv2
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image, ImageOps

from firsthand.archive.grid import FEATURE_STEP, KEY_SIDE, KEY_STEP, PROXY_SIDE, RATE
from firsthand.archive.picture import Bytes, borders, hash_of, inside, local_features
from firsthand.errors import UnreadableMedia
from firsthand.media.boxed.look import identify
from firsthand.media.boxed.pixels import upright
from firsthand.media.boxed.still import open_still
from firsthand.media.boxed.video import open_container, picture_stream, turn_of

__all__ = ["fingerprint"]

cv2.setNumThreads(1)

MOST_ERRORS = 200
CHUNK = 50
"""Small pictures packed together."""
STILL_CHANGE = 1.5
"""Mean grey difference under which a key picture brings no new local features…"""
STILL_STEPS = 48
"""…for at most this many grid steps (3.84 s)."""
NEURAL_SIDE = 288
POINT_SCALE = 64
"""Points are kept in 1/64 pixel as 16-bit integers."""

Answer = tuple[dict[str, Any], dict[str, bytes]]


class _Taker:
    """Collects what a fingerprint keeps, picture by picture on the grid."""

    def __init__(self, neural: bool) -> None:
        self.neural = neural
        self.size = (0, 0)
        self.count = 0
        self._chunk: list[Bytes] = []
        self.packed: list[bytes] = []
        self.keys: list[Bytes] = []
        self.features: list[tuple[int, Bytes]] = []
        self.colours: list[tuple[int, bytes]] = []
        self._last: tuple[int, Bytes] | None = None

    def take(self, small: Bytes, key: Bytes | None, colour: Bytes | None) -> None:
        """One grid picture; `key` and `colour` come when the grid asks for them."""
        at = self.count
        self.count += 1
        self._chunk.append(small)
        if len(self._chunk) == CHUNK:
            self._pack()
        if key is None:
            return
        self.keys.append(key)
        if at % FEATURE_STEP == 0 and self._new(at, small):
            self.features.append((at, key))
            if colour is not None:
                self.colours.append((at, colour.tobytes()))

    def _new(self, at: int, small: Bytes) -> bool:
        if self._last is not None:
            since, before = self._last
            change = float(np.abs(small.astype(np.int16) - before).mean())
            if change < STILL_CHANGE and at - since < STILL_STEPS:
                return False
        self._last = (at, small)
        return True

    def _pack(self) -> None:
        block = np.stack(self._chunk)
        block[1:] -= block[:-1].copy()  # wraps round, and unwraps on reading
        self.packed.append(zlib.compress(block.tobytes(), 1))
        self._chunk = []

    def answer(self, told: dict[str, Any]) -> Answer:
        """The fingerprint of what was taken."""
        if self._chunk:
            self._pack()
        box = borders(self.keys)
        hashes, qualities = [], []
        for key in self.keys:
            for picture in (key, inside(key, box)):
                bits, quality = hash_of(picture)
                hashes.append(bits)
                qualities.append(quality)
        points, descriptors, counts = [], [], []
        for _, key in self.features:
            where, what = local_features(key)
            points.append(np.round(where * POINT_SCALE).astype(np.uint16))
            descriptors.append(what)
            counts.append(len(where))
        height, width = self.keys[0].shape
        told |= {
            "pictures": self.count,
            "proxy": list(self.size),
            "key": [width, height],
            "border": list(box),
            "chunks": [len(block) for block in self.packed],
            "feature_at": [at for at, _ in self.features],
            "feature_n": counts,
            "neural_at": [at for at, _ in self.colours],
        }
        blobs = {
            "proxy": b"".join(self.packed),
            "pdq": np.stack(hashes).tobytes(),
            "quality": np.array(qualities, np.uint8).tobytes(),
            "points": np.concatenate(points).tobytes(),
            "descriptors": np.concatenate(descriptors).tobytes(),
        }
        if self.neural:
            blobs["neural"] = b"".join(colour for _, colour in self.colours)
        return told, blobs


def fingerprint(file: BinaryIO, args: dict[str, Any]) -> Answer:
    """One stretch of a recording, or a still.

    `args`: `start_s` and `span_s` on the recording's own time (0 is its first frame), `zero_pts` as
    an earlier call gave it, `neural` to have 288 x 288 RGB pictures too, `suffix` for sentences.

    Raises:
        UnreadableMedia: refused or broken, or without a single picture.
    """
    kind = identify(file, str(args.get("suffix", "")))
    taker = _Taker(bool(args.get("neural")))
    if kind.opens != "ffmpeg":
        return _still(open_still(file, kind), taker)
    with open_container(file, kind) as container:
        stream = picture_stream(container)
        if stream is None:
            raise UnreadableMedia(
                "There is no moving picture in it.", "Footage matching needs pictures."
            )
        return _video(container, stream, taker, args)


def _still(image: Image.Image, taker: _Taker) -> Answer:
    image.draft("L", (KEY_SIDE * 2, KEY_SIDE * 2))
    try:
        grey = ImageOps.exif_transpose(image)
        if "A" in grey.mode or "transparency" in grey.info:
            layer = grey.convert("RGBA")
            grey = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
        rgb = np.asarray(grey.convert("RGB"))
    except MemoryError:
        raise
    except Exception as error:  # decoders raise whatever they like on broken input
        raise UnreadableMedia(
            "The picture begins, but it cannot be decoded.", "Ask for it again; keep this one."
        ) from error
    luma = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    taker.size = _fit(rgb.shape[1], rgb.shape[0], PROXY_SIDE)
    small = cv2.resize(luma, taker.size, interpolation=cv2.INTER_AREA)
    key = cv2.resize(luma, _fit(rgb.shape[1], rgb.shape[0], KEY_SIDE), interpolation=cv2.INTER_AREA)
    colour = cv2.resize(rgb, (NEURAL_SIDE,) * 2, interpolation=cv2.INTER_AREA)
    taker.take(_bytes(small), _bytes(key), _bytes(colour) if taker.neural else None)
    return taker.answer({
        "kind": "image", "start_s": 0.0, "end_s": 0.0, "next_s": None, "zero_pts": 0, "errors": 0,
        "width_px": rgb.shape[1], "height_px": rgb.shape[0],
    })  # fmt: skip


def _bytes(array: Any) -> Bytes:
    return np.ascontiguousarray(array, dtype=np.uint8)


def _fit(width: int, height: int, side: int) -> tuple[int, int]:
    scale = min(side / max(width, height), 1.0)
    return max(round(width * scale), 8), max(round(height * scale), 8)


def _video(
    container: InputContainer, stream: VideoStream, taker: _Taker, args: dict[str, Any]
) -> Answer:
    base = Fraction(str(stream.time_base or 1))
    start, span = float(args.get("start_s", 0.0)), float(args["span_s"])
    zero: int | None = args.get("zero_pts")
    if start > 0 and zero is not None:
        container.seek(zero + int(start / base), stream=stream, backward=True)
    stream.thread_type = "NONE"
    errors = [0]
    most = int(span * RATE)
    first: int | None = None
    best: tuple[int, float, VideoFrame] | None = None
    next_s: float | None = None
    shape = (0, 0)
    for frame in _frames(container, stream, errors):
        pts = int(frame.pts or 0)
        zero = pts if zero is None else zero
        at = float((pts - zero) * base) - start
        slot = int(np.floor(at * RATE + 0.5))
        if slot < 0:
            continue
        if slot >= most:
            next_s = start + at
            break
        first = slot if first is None else first
        off = abs(at * RATE - slot)
        if best is not None and slot > best[0]:
            shape = _take(taker, best[2], slot - best[0])
        if best is None or slot > best[0] or (slot == best[0] and off < best[1]):
            best = (slot, off, frame)
    if best is None or first is None:
        raise UnreadableMedia(
            "Not one frame of it can be decoded.", "Ask for the file as the camera wrote it."
        )
    shape = _take(taker, best[2], 1)
    start += first / RATE
    return taker.answer({
        "kind": "video", "start_s": start, "end_s": start + taker.count / RATE, "next_s": next_s,
        "zero_pts": zero, "errors": errors[0], "width_px": shape[0], "height_px": shape[1],
    })  # fmt: skip


def _take(taker: _Taker, frame: VideoFrame, times: int) -> tuple[int, int]:
    """Put a frame on the grid, repeated until the next; its upright size."""
    turns, mirrored, _ = turn_of(frame)
    wide, high = frame.width, frame.height

    def shrunk(size: tuple[int, int], form: str = "gray") -> Bytes:
        small = frame.reformat(*size, format=form, interpolation="AREA").to_ndarray()
        return upright(small, turns, mirrored)

    small = shrunk(_fit(wide, high, PROXY_SIDE))
    if taker.count == 0:
        taker.size = (small.shape[1], small.shape[0])
    elif small.shape != (taker.size[1], taker.size[0]):
        small = _bytes(cv2.resize(small, taker.size, interpolation=cv2.INTER_AREA))
    for _ in range(times):
        key = colour = None
        if taker.count % KEY_STEP == 0:
            key = shrunk(_fit(wide, high, KEY_SIDE))
            if taker.keys and key.shape != taker.keys[0].shape:
                size = taker.keys[0].shape[::-1]
                key = _bytes(cv2.resize(key, size, interpolation=cv2.INTER_AREA))
        if key is not None and taker.neural and taker.count % FEATURE_STEP == 0:
            colour = shrunk((NEURAL_SIDE, NEURAL_SIDE), "rgb24")
        taker.take(small, key, colour)
    return (high, wide) if turns % 2 else (wide, high)


def _frames(
    container: InputContainer, stream: VideoStream, errors: list[int]
) -> Iterator[VideoFrame]:
    """Frames with a time stamp, stepping over damage."""
    packets = container.demux(stream)
    while errors[0] <= MOST_ERRORS:
        try:
            frames: list[Any] = next(packets).decode()
        except (StopIteration, av.error.EOFError, av.error.ExitError):
            return
        except (av.error.FFmpegError, ValueError):
            errors[0] += 1
            continue
        yield from (frame for frame in frames if frame.pts is not None)
