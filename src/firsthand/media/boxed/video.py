"""A recording: every frame's time stamp, its light, and a few frames upright.

One pass over the file. FFmpeg is given the open file, one demuxer, no protocol, and a callback that
refuses whatever else it would like to open.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, BinaryIO

import av
import av.error
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from firsthand.errors import UnreadableMedia
from firsthand.media.boxed.choose import Chooser
from firsthand.media.boxed.pixels import Bytes, contact_sheet, light_of, png, upright
from firsthand.media.kinds import AUDIO_CODECS, VIDEO_CODECS, Kind

__all__ = [
    "decoded",
    "look_at_video",
    "open_container",
    "picture_stream",
    "small_luma",
    "turn_of",
]

MOST_STREAMS = 64
MOST_PIXELS = 70_000_000
"""8K is 33 million."""
PIXEL_BUDGET = 20_000_000_000
"""Some five minutes of 1080p at 30 Hz; after that only key frames are decoded."""
MOST_FRAMES = 400_000
MOST_ERRORS = 200
SHEET_CELLS = 12
LIGHT_SAMPLES = 600
SMALL_SIDE = 96
"""Luma is sampled down to about this many rows for light and change."""
PLANAR_8_BIT = frozenset(
    f"{kind}{sub}p"
    for kind in ("yuv", "yuvj")
    for sub in ("420", "422", "444", "440", "411", "410")
) | {"nv12", "nv21", "gray"}
DISPLAY_MATRIX = "DISPLAYMATRIX"
TURNS = {
    (1, 0, 0, 1): (0, False), (0, 1, -1, 0): (1, False), (-1, 0, 0, -1): (2, False),
    (0, -1, 1, 0): (3, False), (-1, 0, 0, 1): (0, True), (0, 1, 1, 0): (1, True),
    (1, 0, 0, -1): (2, True), (0, -1, -1, 0): (3, True),
}  # fmt: skip
"""Signs of the matrix's a, b, c, d -> quarter turns clockwise, then a flip left to right."""
ONE = 1 << 16
FULL_RANGE = 2
"""AVCOL_RANGE_JPEG."""


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


def broken(kind: Kind, error: BaseException) -> UnreadableMedia:
    """The refusal of a file that the decoder gave up on."""
    return UnreadableMedia(
        f"This file begins like {kind.label}, but it cannot be decoded: it is damaged, cut short "
        "(an interrupted recording or transfer) or made to break decoders.",
        "Ask for the file as the camera wrote it; keep this one.",
        details={"decoder": f"{type(error).__name__}: {getattr(error, 'strerror', error)}"},
    )


def turn_of(frame: VideoFrame) -> tuple[int, bool, str]:
    """(quarter turns clockwise, flip after them, remark) from the frame's display matrix.

    The matrix maps stored to shown pixels in 16.16 fixed point (ISO/IEC 14496-12, 8.4.2.3).
    """
    matrix = frame.side_data.get(DISPLAY_MATRIX)
    if matrix is None:
        return 0, False, ""
    a, b, _, c, d, *_ = np.frombuffer(bytes(matrix), dtype=np.int32).tolist()
    signs = (_sign(a), _sign(b), _sign(c), _sign(d))
    if signs in TURNS:
        return *TURNS[signs], ""
    return 0, False, "The file asks to be shown at a slant or a scale, which was not applied."


def _sign(value: int) -> int:
    """-1, 0, 1, or 2 for a matrix entry that is none of them (scaled or slanted)."""
    if abs(value) < ONE // 64:
        return 0
    return (1 if value > 0 else -1) if abs(abs(value) - ONE) < ONE // 64 else 2


def look_at_video(
    file: BinaryIO, kind: Kind, key_frames: int
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What `look` tells of a recording with pictures or sound."""
    with open_container(file, kind) as container:
        streams = [_stream(stream) for stream in container.streams]
        data: dict[str, Any] = {
            "media_kind": "video",
            "container": container.format.name,
            "decoder": "FFmpeg",
            "decoder_version": f"{av.ffmpeg_version_info} (PyAV {av.__version__})",
            "streams": streams,
            "rotation_deg": 0,
            "mirrored": False,
            "duration_s": _seconds(container.duration, Fraction(1, av.time_base)),
            "sample_aspect": "1/1",
            "frames": [],
            "contact_sheet": None,
            "luma": None,
            "decoded": None,
            "tags": {str(k)[:80]: str(v)[:400] for k, v in list(container.metadata.items())[:100]},
            "warnings": [],
        }
        picture = picture_stream(container)
        if picture is None:
            if not any(stream["kind"] == "audio" for stream in streams):
                raise UnreadableMedia(
                    f"This is {kind.label} without any picture or sound in it.",
                    "It was cut short, or it is the head of a stream: ask for the whole file.",
                )
            data["media_kind"] = "audio"
            return data, {}
        return _frames(container, picture, data, kind, key_frames)


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


RARE_CODEC = "phones and cameras do not write it"


def _frames(
    container: InputContainer,
    stream: VideoStream,
    data: dict[str, Any],
    kind: Kind,
    key_frames: int,
) -> tuple[dict[str, Any], dict[str, bytes]]:
    stream.thread_type = "NONE"
    notes: list[str] = data["warnings"]
    chooser = Chooser(frame_bytes=max(stream.width * stream.height, 1) * 3 // 2)
    light: list[tuple[int, float, float]] = []
    turn: tuple[int, bool] | None = None
    for frame in decoded(container, stream, notes):
        if turn is None:
            *turn_now, remark = turn_of(frame)
            turn = (int(turn_now[0]), bool(turn_now[1]))
            notes += [remark] if remark else []
        small = upright(small_luma(frame), *turn)
        light.append((int(frame.pts), *light_of(small)))
        chooser.take(frame, small)
    if turn is None:
        raise UnreadableMedia(
            f"This file begins like {kind.label}, but not one frame can be decoded.",
            "Ask for the file as the camera wrote it; keep this one.",
            details={"decoder": "; ".join(notes[:3])},
        )
    base = _fraction(stream.time_base)
    data["rotation_deg"], data["mirrored"] = turn[0] * 90, turn[1]
    shown = data["streams"][stream.index]
    if turn[0] % 2:
        shown["width_px"], shown["height_px"] = shown["height_px"], shown["width_px"]
    aspect = _fraction(stream.sample_aspect_ratio)
    data["sample_aspect"] = _ratio(aspect if turn[0] % 2 == 0 else 1 / aspect)
    if aspect != 1:
        notes.append(
            f"Its pixels are not square ({_ratio(aspect)}): lengths differ across and along."
        )
    data["decoded"] = {
        "frames": len(light),
        "first_pts": light[0][0],
        "last_pts": light[-1][0],
        "complete": chooser.complete and not any("key frames" in note for note in notes),
    }
    step = -(-len(light) // LIGHT_SAMPLES)
    sampled = light[::step]
    data["luma"] = {
        "pts": [pts for pts, _, _ in sampled],
        "time_base": _ratio(base),
        "overall": [overall for _, overall, _ in sampled],
        "upper": [upper for _, _, upper in sampled],
    }
    return data, _pictures(chooser, base, turn, data, key_frames)


def _pictures(
    chooser: Chooser, base: Fraction, turn: tuple[int, bool], data: dict[str, Any], key_frames: int
) -> dict[str, bytes]:
    blobs: dict[str, bytes] = {}
    for choice in chooser.key_frames(key_frames):
        picture = _rgb(choice.frame, turn)
        blob, digest = png(picture)
        pts = choice.pts
        blobs[f"frame-{choice.index:06d}.png"] = blob
        data["frames"].append({
            "index": choice.index, "pts": pts, "time_base": _ratio(base),
            "t_s": seconds(pts, base), "why": choice.why, "key": bool(choice.frame.key_frame),
            "width_px": picture.shape[1], "height_px": picture.shape[0], "sha256": digest,
        })  # fmt: skip
    cells = [
        (seconds(choice.pts, base), _rgb(choice.frame, turn))
        for choice in chooser.spread(SHEET_CELLS)
    ]
    blobs["contact-sheet.jpg"], told = contact_sheet([(f"{t:.3f} s", rgb) for t, rgb in cells])
    data["contact_sheet"] = {**told, "t_s": [t for t, _ in cells]}
    return blobs


def decoded(container: InputContainer, stream: VideoStream, notes: list[str]) -> Any:
    """Frames in the order shown, skipping over damage, within the budget."""
    budget, errors, count, undated = PIXEL_BUDGET, 0, 0, 0
    context = stream.codec_context
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
            frames = packet.decode()
        except StopIteration:
            break
        except (av.error.EOFError, av.error.ExitError):
            break
        except (av.error.FFmpegError, ValueError):
            errors += 1
            if errors > MOST_ERRORS:
                notes.append("Decoding was given up: nearly every frame is damaged.")
                break
            continue
        for frame in frames:
            if frame.pts is None:
                undated += 1
                continue
            budget -= frame.width * frame.height
            count += 1
            yield frame
        if budget <= 0 and context.skip_frame != "NONKEY":
            context.skip_frame = "NONKEY"
            notes.append("It is long: past the first minutes only its key frames were decoded.")
        if count >= MOST_FRAMES:
            notes.append(f"Only its first {MOST_FRAMES} frames were decoded: later key frames too.")
            break
    if errors:
        notes.append(f"{errors} stretches could not be decoded: it is damaged or cut short.")
    if undated:
        notes.append(f"{undated} frames carry no time stamp and were left out.")


def small_luma(frame: VideoFrame) -> Any:
    """Luma of about SMALL_SIDE rows, 0 to 1, as stored (not yet upright)."""
    step = max(min(frame.width, frame.height) // SMALL_SIDE, 1)
    if frame.format.name in PLANAR_8_BIT:
        plane = frame.planes[0]
        rows = np.frombuffer(plane, dtype=np.uint8)[: plane.line_size * frame.height]
        array = rows.reshape(frame.height, plane.line_size)[::step, : frame.width : step]
        full = frame.format.name.startswith("yuvj") or int(frame.color_range) == FULL_RANGE
        if full or frame.format.name == "gray":
            return array.astype(np.float32) / 255
        return np.clip((array.astype(np.float32) - 16) / 219, 0, 1)
    size = (max(frame.width // step, 1), max(frame.height // step, 1))
    small = frame.reformat(width=size[0], height=size[1], format="rgb24").to_ndarray()
    weights = np.array([0.299, 0.587, 0.114], dtype=np.float32)
    return (small.astype(np.float32) @ weights) / 255


def _rgb(frame: VideoFrame, turn: tuple[int, bool]) -> Bytes:
    return upright(frame.to_ndarray(format="rgb24"), *turn)


def _stream(stream: Any) -> dict[str, Any]:
    context = stream.codec_context
    codec = context.codec.canonical_name if context is not None else "unknown"
    told: dict[str, Any] = {
        "index": stream.index,
        "kind": stream.type if stream.type in {"video", "audio", "subtitle"} else "data",
        "codec": codec,
        "duration_s": _seconds(stream.duration, stream.time_base),
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


def _seconds(value: int | None, base: Fraction | None) -> float | None:
    return None if value is None or base is None else seconds(value, _fraction(base))


def seconds(pts: int, base: Fraction) -> float:
    """Seconds to the microsecond; the exact time is pts x base."""
    return round(float(pts * base), 6)


def _fraction(value: Any) -> Fraction:
    """FFmpeg's rationals; one where it has none."""
    return Fraction(value.numerator, value.denominator) if value else Fraction(1)


def _ratio(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"
