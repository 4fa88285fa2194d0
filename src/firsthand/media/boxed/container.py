"""Opening a recording by the one demuxer that its kind allows, and what it says of itself.

FFmpeg is given the open file, no protocol, and a callback that refuses whatever else it would like
to open.
"""

from __future__ import annotations

import resource
import time
from fractions import Fraction
from typing import Any, BinaryIO

import av
import av.error
from av.container import InputContainer
from av.video.stream import VideoStream

from firsthand.errors import UnreadableMedia
from firsthand.media.kinds import AUDIO_CODECS, VIDEO_CODECS, Kind

__all__ = [
    "broken",
    "fraction",
    "open_container",
    "out_of_time",
    "picture_stream",
    "ratio",
    "seconds",
    "stream_of",
    "whole_seconds",
]

MOST_STREAMS = 64
MOST_PIXELS = 70_000_000
"""8K is 33 million."""
RARE_CODEC = "phones and cameras do not write it"


def open_container(file: BinaryIO, kind: Kind) -> InputContainer:
    """The container, opened by the one demuxer that its kind allows.

    Raises:
        UnreadableMedia: broken, or it wants other files.
    """
    wanted: list[str] = []

    def refuse(url: str, _flags: int, _options: dict[str, str]) -> BinaryIO:
        wanted.append(url)
        raise PermissionError("no other file")

    options = {
        "format_whitelist": kind.demuxer,
        "protocol_whitelist": "none",
        "codec_whitelist": ",".join(sorted(VIDEO_CODECS | AUDIO_CODECS)),
    }
    try:
        container = av.open(
            file, format=kind.demuxer, container_options=options, io_open=refuse, mode="r"
        )
    except (av.error.FFmpegError, PermissionError, ValueError) as error:
        if wanted:
            raise UnreadableMedia(
                "This file asks for other files or addresses; it was not opened.",
                "Ask for the recording itself. Such a file may be an attack.",
            ) from error
        raise broken(kind, error) from error
    if len(container.streams) > MOST_STREAMS:
        raise UnreadableMedia(
            f"This file declares {len(container.streams)} streams, which no camera writes.",
            "Keep it, and ask for the recording itself.",
        )
    return container


def out_of_time(share: float) -> bool:
    """More than `share` of the processor time that this child may have is spent.

    A slow machine then gives a part of a long recording, marked, where it would give nothing.
    """
    most, _ = resource.getrlimit(resource.RLIMIT_CPU)
    return most != resource.RLIM_INFINITY and time.process_time() > share * most


def broken(kind: Kind, error: BaseException) -> UnreadableMedia:
    """The refusal of a file that the decoder gave up on."""
    return UnreadableMedia(
        f"This file begins like {kind.label}, but it cannot be decoded: it is damaged, cut short "
        "(an interrupted recording or transfer) or made to break decoders.",
        "Ask for the file as the camera wrote it; keep this one.",
        details={"decoder": f"{type(error).__name__}: {getattr(error, 'strerror', error)}"},
    )


def picture_stream(container: InputContainer) -> VideoStream | None:
    """The first stream of moving pictures; cover art is none."""
    for stream in container.streams.video:
        if not stream.disposition & av.stream.Disposition.attached_pic:
            name = stream.codec_context.codec.name if stream.codec_context else "unknown"
            if name not in VIDEO_CODECS:
                raise UnreadableMedia(
                    f"Its pictures are coded as {name}, which is not opened here: {RARE_CODEC}.",
                    "Ask for the file as the camera wrote it; keep this one.",
                )
            if stream.width * stream.height > MOST_PIXELS:
                raise UnreadableMedia(
                    f"This recording claims {stream.width} x {stream.height} pixels, too many.",
                    "If it is real, make a smaller copy elsewhere and keep this one.",
                )
            return stream
    return None


def stream_of(stream: Any) -> dict[str, Any]:
    """What the container says of one stream."""
    context = stream.codec_context
    codec = context.codec.canonical_name if context is not None else "unknown"
    told: dict[str, Any] = {
        "index": stream.index,
        "kind": stream.type if stream.type in {"video", "audio", "subtitle"} else "data",
        "codec": codec,
        "duration_s": whole_seconds(stream.duration, stream.time_base),
    }
    if stream.type == "video":
        told |= {
            "width_px": stream.width,
            "height_px": stream.height,
            "frames": stream.frames or None,
        }
        told["mean_rate_hz"] = _rate(stream.average_rate)
    elif stream.type == "audio":
        told["sample_rate_hz"] = context.sample_rate if context is not None else None
    return told


def _rate(rate: Fraction | None) -> float | None:
    return round(float(rate), 6) if rate else None


def whole_seconds(value: int | None, base: Fraction | None) -> float | None:
    """A duration in seconds; None where there is none."""
    return None if value is None or base is None else seconds(value, fraction(base))


def seconds(pts: int, base: Fraction) -> float:
    """Seconds to the microsecond; the exact time is pts x base."""
    return round(float(pts * base), 6)


def fraction(value: Any) -> Fraction:
    """FFmpeg's rationals; one where it has none."""
    return Fraction(value.numerator, value.denominator) if value else Fraction(1)


def ratio(value: Fraction) -> str:
    """`numerator/denominator`."""
    return f"{value.numerator}/{value.denominator}"
