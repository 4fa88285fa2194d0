"""A recording: every frame's time stamp, its light, and a few frames upright, in one pass."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, BinaryIO

import av
import av.error
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from firsthand.errors import UnreadableMedia
from firsthand.media.boxed.choose import Chooser
from firsthand.media.boxed.container import (
    fraction,
    open_container,
    out_of_time,
    picture_stream,
    ratio,
    seconds,
    stream_of,
    whole_seconds,
)
from firsthand.media.boxed.frames import small_luma, turn_of
from firsthand.media.boxed.pixels import Bytes, contact_sheet, light_of, png, upright
from firsthand.media.kinds import Kind

__all__ = ["decoded", "look_at_video", "open_container", "picture_stream", "small_luma", "turn_of"]

PIXEL_BUDGET = 20_000_000_000
"""Some five minutes of 1080p at 30 Hz; after that only key frames are decoded."""
MOST_FRAMES = 400_000
FIRST_SHARE, LAST_SHARE = 0.5, 0.75
"""Of the child's processor time: after the first only key frames, after the second no more."""
MOST_ERRORS = 200
KEY_FRAMES_ONLY = "It is long: past the first minutes only its key frames were decoded."
OUT_OF_TIME = "Time ran out: the rest was not decoded, not even its key frames."
TOO_MANY = f"Only its first {MOST_FRAMES} frames were decoded."
PARTLY = frozenset({KEY_FRAMES_ONLY, OUT_OF_TIME, TOO_MANY})
SHEET_CELLS = 12
LIGHT_SAMPLES = 600


def look_at_video(
    file: BinaryIO, kind: Kind, key_frames: int
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What `look` tells of a recording with pictures or sound."""
    with open_container(file, kind) as container:
        streams = [stream_of(stream) for stream in container.streams]
        data: dict[str, Any] = {
            "media_kind": "video",
            "container": container.format.name,
            "decoder": "FFmpeg",
            "decoder_version": f"{av.ffmpeg_version_info} (PyAV {av.__version__})",
            "streams": streams,
            "rotation_deg": 0,
            "mirrored": False,
            "duration_s": whole_seconds(container.duration, Fraction(1, av.time_base)),
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
    base = fraction(stream.time_base)
    data["rotation_deg"], data["mirrored"] = turn[0] * 90, turn[1]
    shown = data["streams"][stream.index]
    if turn[0] % 2:
        shown["width_px"], shown["height_px"] = shown["height_px"], shown["width_px"]
    aspect = fraction(stream.sample_aspect_ratio)
    data["sample_aspect"] = ratio(aspect if turn[0] % 2 == 0 else 1 / aspect)
    if aspect != 1:
        notes.append(
            f"Its pixels are not square ({ratio(aspect)}): lengths differ across and along."
        )
    data["decoded"] = {
        "frames": len(light),
        "first_pts": light[0][0],
        "last_pts": light[-1][0],
        "complete": PARTLY.isdisjoint(notes),
    }
    step = -(-len(light) // LIGHT_SAMPLES)
    sampled = light[::step]
    data["luma"] = {
        "pts": [pts for pts, _, _ in sampled],
        "time_base": ratio(base),
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
            "index": choice.index, "pts": pts, "time_base": ratio(base),
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
        if out_of_time(LAST_SHARE):
            notes.append(OUT_OF_TIME)
            break
        if (budget <= 0 or out_of_time(FIRST_SHARE)) and context.skip_frame != "NONKEY":
            context.skip_frame = "NONKEY"
            notes.append(KEY_FRAMES_ONLY)
        if count >= MOST_FRAMES:
            notes.append(TOO_MANY)
            break
    if errors:
        notes.append(f"{errors} stretches could not be decoded: it is damaged or cut short.")
    if undated:
        notes.append(f"{undated} frames carry no time stamp and were left out.")


def _rgb(frame: VideoFrame, turn: tuple[int, bool]) -> Bytes:
    return upright(frame.to_ndarray(format="rgb24"), *turn)
