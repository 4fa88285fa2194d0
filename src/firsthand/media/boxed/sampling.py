"""Frames of a clip at so many a second, upright, small enough to measure on, with exact times."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, BinaryIO

import numpy as np
from PIL import Image, ImageOps

from firsthand.errors import UnreadableMedia
from firsthand.media.boxed.look import identify
from firsthand.media.boxed.pixels import upright
from firsthand.media.boxed.still import open_still, orientation_of
from firsthand.media.boxed.video import decoded, open_container, picture_stream, turn_of
from firsthand.media.kinds import Kind

__all__ = ["sample"]

MOST_FRAMES = 150


def sample(file: BinaryIO, args: dict[str, Any]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """RGB frames at `args["rate_hz"]`, scaled to at most `args["width"]` x `args["height"]`.

    At most 150 frames: of a longer clip, its first part (`complete` is false). `data` gives the
    full and the sampled size, `t_s` and `pts` with `time_base`; the blob "frames" holds the
    pictures one after the other, rows first, three bytes a pixel.

    Raises:
        UnreadableMedia: refused, broken, or without pictures.
    """
    kind = identify(file, str(args.get("suffix", "")))
    bounds = (int(args["width"]), int(args["height"]))
    if kind.opens == "ffmpeg":
        return _video(file, kind, Fraction(str(args["rate_hz"])), bounds)
    return _still(file, kind, bounds)


def _scaled(size: tuple[int, int], bounds: tuple[int, int]) -> tuple[int, int]:
    scale = min(bounds[0] / size[0], bounds[1] / size[1], 1.0)
    return max(round(size[0] * scale), 1), max(round(size[1] * scale), 1)


def _told(
    full: tuple[int, int], frames: list[np.ndarray[Any, Any]], pts: list[int], base: Fraction,
    notes: list[str], *, complete: bool,
) -> tuple[dict[str, Any], dict[str, bytes]]:  # fmt: skip
    if not frames:
        raise UnreadableMedia(
            "Not one frame of this file can be decoded.", "Ask for it as the camera wrote it."
        )
    height, width = frames[0].shape[:2]
    data = {
        "full_width_px": full[0],
        "full_height_px": full[1],
        "width_px": width,
        "height_px": height,
        "pts": pts,
        "time_base": f"{base.numerator}/{base.denominator}",
        "t_s": [round(float(one * base), 6) for one in pts],
        "complete": complete,
        "warnings": notes,
    }
    return data, {"frames": b"".join(frame.tobytes() for frame in frames)}


def _still(
    file: BinaryIO, kind: Kind, bounds: tuple[int, int]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    image = open_still(file, kind)
    image.draft("RGB", (bounds[0] * 2, bounds[1] * 2))
    orientation_of(image)
    try:
        turned = ImageOps.exif_transpose(image.convert("RGB"))
    except Exception as error:
        raise UnreadableMedia(
            "This picture cannot be decoded.", "Ask for it as the camera wrote it."
        ) from error
    full = turned.size
    small = turned.resize(_scaled(full, bounds), Image.Resampling.BOX)
    return _told(full, [np.asarray(small)], [0], Fraction(1), [], complete=True)


def _video(
    file: BinaryIO, kind: Kind, rate: Fraction, bounds: tuple[int, int]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    frames: list[np.ndarray[Any, Any]] = []
    pts: list[int] = []
    notes: list[str] = []
    complete, full = True, (0, 0)
    with open_container(file, kind) as container:
        stream = picture_stream(container)
        if stream is None:
            raise UnreadableMedia("There are no moving pictures in this file.", "Give footage.")
        stream.thread_type = "NONE"
        unit = stream.time_base
        base = Fraction(unit.numerator, unit.denominator) if unit else Fraction(1)
        for frame in decoded(container, stream, notes):
            at = int(frame.pts)
            if pts and (at - pts[0]) * base * rate < len(pts) - Fraction(1, 50):
                continue
            if len(frames) >= MOST_FRAMES:
                complete = False
                break
            turns, mirrored, _ = turn_of(frame)
            shown = (frame.width, frame.height) if turns % 2 == 0 else (frame.height, frame.width)
            wide, tall = _scaled(shown, bounds)
            if frames and (shown != full):
                continue  # a change of size in the middle: only the first size is measured
            full = shown
            stored = (wide, tall) if turns % 2 == 0 else (tall, wide)
            picture = frame.reformat(
                width=stored[0], height=stored[1], format="rgb24", interpolation="AREA"
            )
            frames.append(upright(picture.to_ndarray(), turns, mirrored))
            pts.append(at)
    return _told(full, frames, pts, base, notes, complete=complete)
