"""One pass over a recording for what `continuity` judges: times, change from frame to frame, sound.

Nothing is judged here; numbers go out, and a few small pictures of the places that may matter.
"""

from __future__ import annotations

import io
from collections import deque
from fractions import Fraction
from typing import Any, BinaryIO

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from firsthand.errors import UnreadableMedia
from firsthand.media.boxed.container import open_container, out_of_time, picture_stream
from firsthand.media.boxed.frames import small_luma, turn_of
from firsthand.media.boxed.identify import identify
from firsthand.media.boxed.pixels import upright

__all__ = ["continuity"]

MOST_ERRORS = 200
PIXEL_BUDGET = 20_000_000_000
MOST_FRAMES = 200_000
SHARE = 0.75
"""Of the child's processor time, after which it ends with what it has."""
SIDE = 32
"""Change is measured on squares of this many cells: camera noise averages out."""
BINS = 24
BLOCK_S = 0.02
LEAST_GAP_S = 0.03
"""Containers with millisecond stamps wander by a block or so."""
MOST_BLOCKS = 1_000_000
MOST_PAIRS = 40
NOTABLE, NOTABLE_RATIO = 0.05, 3.5
"""Change worth a picture while passing: half of what is called a cut afterwards."""
STILL_CHANGE, STILL_FRAMES = 0.0008, 8
PICTURE_SIDE, PICTURE_QUALITY = 320, 80

Small = tuple[VideoFrame, int, bool]
"""A shrunken frame as stored, and how to turn and mirror it."""


def continuity(file: BinaryIO, args: dict[str, Any]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Per frame: pts, change, change over two frames, change of histogram; per 20 ms: sound level.

    Raises:
        UnreadableMedia: refused, broken, or no recording.
    """
    kind = identify(file, str(args.get("suffix", "")))
    if kind.opens != "ffmpeg":
        raise UnreadableMedia("This is no recording.", "Continuity is asked of recordings alone.")
    with open_container(file, kind) as container:
        watch = _Watch()
        picture = picture_stream(container)
        sound = next(iter(container.streams.audio), None)
        ear = _Ear(sound) if sound is not None else None
        streams = [s for s in (picture, sound) if s is not None]
        if not streams:
            raise UnreadableMedia(
                "There is neither picture nor sound in it.", "Ask for the whole file."
            )
        for stream in streams:
            stream.codec_context.thread_type = "NONE"
        complete = _pass(container, streams, watch, ear)
        if not watch.pts and (ear is None or ear.first_s is None):
            raise UnreadableMedia("Not one frame can be decoded.", "Ask for the file again.")
        base = Fraction(1)
        if picture is not None and picture.time_base:
            base = Fraction(picture.time_base.numerator, picture.time_base.denominator)
    blobs: dict[str, bytes] = {}
    for number, (_, before, after) in enumerate(watch.pairs):
        blobs[f"event-{number:03d}-before.jpg"] = _jpeg(before)
        blobs[f"event-{number:03d}-after.jpg"] = _jpeg(after)
    data = {
        "time_base": f"{base.numerator}/{base.denominator}",
        "video": watch.plain() if picture is not None else None,
        "audio": ear.plain() if ear is not None else None,
        "pairs": [index for index, _, _ in watch.pairs],
        "complete": complete,
    }
    return data, blobs


def _pass(container: InputContainer, streams: list[Any], watch: _Watch, ear: _Ear | None) -> bool:
    """Feed frames to watch and ear; False when a bound ended it early."""
    errors = 0
    packets = container.demux(*streams)
    while True:
        try:
            packet = next(packets)
            frames = packet.decode()
        except (StopIteration, av.error.EOFError):
            return True
        except (av.error.FFmpegError, ValueError):
            errors += 1
            watch.damaged = errors
            if errors > MOST_ERRORS:
                return False
            continue
        for frame in frames:
            if isinstance(frame, VideoFrame):
                watch.see(frame)
            elif isinstance(frame, AudioFrame) and ear is not None:
                ear.hear(frame)
        if watch.pixels > PIXEL_BUDGET or len(watch.pts) >= MOST_FRAMES or out_of_time(SHARE):
            return False


class _Watch:
    """What the pictures do."""

    def __init__(self) -> None:
        self.pts: list[int] = []
        self.change: list[float] = []
        self.over_two: list[float] = []
        self.histogram: list[float] = []
        self.shapes: list[tuple[int, int, int, int]] = []
        self.pairs: list[tuple[int, Small, Small]] = []
        self.pixels = self.damaged = self.undated = 0
        self._small: deque[NDArray[np.float32]] = deque(maxlen=2)
        self._bins: NDArray[np.float64] | None = None
        self._before: VideoFrame | None = None
        self._recent: deque[float] = deque(maxlen=15)
        self._still = 0

    def see(self, frame: VideoFrame) -> None:
        if frame.pts is None:
            self.undated += 1
            return
        index = len(self.pts)
        self.pts.append(int(frame.pts))
        self.pixels += frame.width * frame.height
        turns, mirrored, _ = turn_of(frame)
        shape = (frame.width, frame.height, turns, int(mirrored))
        if not self.shapes or self.shapes[-1][:4] != shape:
            self.shapes.append(shape)
            if index and self._before is not None:
                self._keep(index, self._before, frame)
        small = _cells(small_luma(frame))
        bins = np.histogram(small, bins=BINS, range=(0.0, 1.0))[0] / small.size
        change = _difference(small, self._small, 1)
        self.change.append(change)
        self.over_two.append(_difference(small, self._small, 2))
        self.histogram.append(
            0.0 if self._bins is None else round(float(np.abs(bins - self._bins).sum()) / 2, 4)
        )
        self._notice(index, frame, change)
        self._small.append(small)
        self._bins = bins
        self._before = frame
        self._recent.append(change)

    def _notice(self, index: int, frame: VideoFrame, change: float) -> None:
        if self._before is None:
            return
        usual = sorted(self._recent)[len(self._recent) // 2]
        self._still = self._still + 1 if change < STILL_CHANGE else 0
        if change > max(NOTABLE, NOTABLE_RATIO * usual) or self._still == STILL_FRAMES:
            self._keep(index, self._before, frame)

    def _keep(self, index: int, before: VideoFrame, after: VideoFrame) -> None:
        if len(self.pairs) < MOST_PAIRS and (not self.pairs or self.pairs[-1][0] != index):
            self.pairs.append((index, _shrunk(before), _shrunk(after)))

    def plain(self) -> dict[str, Any]:
        return {
            "pts": self.pts,
            "change": self.change,
            "over_two": self.over_two,
            "histogram": self.histogram,
            "shapes": [list(shape) for shape in self.shapes],
            "damaged": self.damaged,
            "undated": self.undated,
        }


def _cells(luma: NDArray[np.float32]) -> NDArray[np.float32]:
    """Means over a SIDE x SIDE grid."""
    rows = np.linspace(0, luma.shape[0], min(SIDE, luma.shape[0]) + 1).astype(int)[:-1]
    columns = np.linspace(0, luma.shape[1], min(SIDE, luma.shape[1]) + 1).astype(int)[:-1]
    sums = np.add.reduceat(np.add.reduceat(luma, rows, axis=0), columns, axis=1)
    heights = np.diff([*rows, luma.shape[0]])
    widths = np.diff([*columns, luma.shape[1]])
    cells: NDArray[np.float32] = (sums / np.outer(heights, widths)).astype(np.float32)
    return cells


def _difference(small: NDArray[np.float32], before: deque[NDArray[np.float32]], back: int) -> float:
    if len(before) < back or before[-back].shape != small.shape:
        return 0.0
    return round(float(np.abs(small - before[-back]).mean()), 6)


def _shrunk(frame: VideoFrame) -> Small:
    scale = min(PICTURE_SIDE / max(frame.width, frame.height), 1.0)
    size = (max(round(frame.width * scale), 2), max(round(frame.height * scale), 2))
    turns, mirrored, _ = turn_of(frame)
    return frame.reformat(width=size[0], height=size[1], format="rgb24"), turns, mirrored


def _jpeg(small: Small) -> bytes:
    frame, turns, mirrored = small
    out = io.BytesIO()
    picture = upright(frame.to_ndarray(format="rgb24"), turns, mirrored)
    Image.fromarray(picture).save(out, "JPEG", quality=PICTURE_QUALITY)
    return out.getvalue()


class _Ear:
    """What the sound does, in blocks of 20 ms."""

    def __init__(self, stream: Any) -> None:
        base = stream.time_base
        self.base = Fraction(base.numerator, base.denominator) if base else Fraction(1)
        self.rate = int(stream.codec_context.sample_rate or 0)
        self.resampler = AudioResampler(format="s16", layout="mono")
        self.level_db: list[float] = []
        self.gaps: list[list[float]] = []
        self.first_s: float | None = None
        self.end_s = 0.0
        self._rest = np.zeros(0, dtype=np.int16)

    def hear(self, frame: AudioFrame) -> None:
        rate = frame.sample_rate or self.rate
        if frame.pts is None or not rate or len(self.level_db) >= MOST_BLOCKS:
            return
        base = frame.time_base
        start = float(frame.pts * Fraction(base.numerator, base.denominator)) if base else 0.0
        if self.first_s is None:
            self.first_s = start
        elif abs(start - self.end_s) > max(1.5 * frame.samples / rate, LEAST_GAP_S):
            self.gaps.append([round(self.end_s, 6), round(start, 6)])
        self.end_s = start + frame.samples / rate
        parts = [part.to_ndarray().ravel() for part in self.resampler.resample(frame)]
        samples = np.concatenate([self._rest, *parts])
        size = max(int(rate * BLOCK_S), 1)
        whole = len(samples) // size
        for block in samples[: whole * size].reshape(whole, size):
            power = float(np.square(block.astype(np.float64)).mean())
            level = 10 * np.log10(power / 32768**2) if power > 0 else -120.0
            self.level_db.append(round(max(float(level), -120.0), 1))
        self._rest = samples[whole * size :]

    def plain(self) -> dict[str, Any]:
        return {
            "block_s": BLOCK_S,
            "level_db": self.level_db,
            "gaps": self.gaps[:1000],
            "first_s": self.first_s,
            "end_s": round(self.end_s, 6),
        }
