"""One clip's smoke, measured: frames from the sandbox, the analyst's words read, one document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from firsthand.app.asked import read_instant, read_numbers
from firsthand.app.passes import read_file
from firsthand.app.plume_document import document_of
from firsthand.app.plume_figures import figures_of
from firsthand.errors import DiskError, FirsthandError, InputError
from firsthand.evidence.track import read_track
from firsthand.measure.plume.answer import PlumeMeasurement
from firsthand.measure.plume.given import Given, Reference, Sure
from firsthand.measure.plume.measure import measure_frames
from firsthand.measure.plume.travel import Far, Travel
from firsthand.media.examination import read_metadata, suffix_of
from firsthand.sandbox import Box

__all__ = ["PlumeAnswer", "PlumeAsked", "measure_plume", "read_asked", "travel_of", "write_figures"]

RATE_HZ: Final = "5"
LARGEST: Final = (640, 960)
DISTANCE_SHARE: Final = 0.05
TRACK_SD_M: Final = 3.0
HEADING_DRIFT_DEG: Final = 1.0
HFOV_SHARE: Final = 0.03
COMPASS_SD_DEG: Final = 5.0
WIND_SD_DEG: Final = 15.0
"""Standard deviations taken where none is given; the document says which were."""


@dataclass(frozen=True)
class PlumeAsked:
    """What was typed: texts as the command line takes them, None for what was not said."""

    distance_m: str | None = None
    hfov_deg: str | None = None
    base: str | None = None
    box: str | None = None
    horizon: str | None = None
    reference: str | None = None
    heading_deg: str | None = None
    wind_from_deg: str | None = None
    camera_height_m: float | None = None
    claim_m: str | None = None
    track_start: str | None = None
    track_sd: str | None = None
    far: str | None = None
    seed: int = 1


@dataclass(frozen=True)
class PlumeAnswer:
    """The document, the figures by name as bytes, and the measurement that both come from."""

    document: dict[str, Any]
    figures: dict[str, bytes]
    measurement: PlumeMeasurement


def _sure(text: str, what: str, default: Callable[[float], float]) -> tuple[Sure, bool]:
    """VALUE[:SD], and whether the deviation was taken by us."""
    value, _, sd = text.partition(":")
    try:
        number = float(value)
        deviation = float(sd) if sd else default(number)
    except ValueError:
        raise InputError(f"{text!r} is no {what}.", "Write VALUE or VALUE:SD.") from None
    if not np.isfinite([number, deviation]).all() or deviation < 0:
        raise InputError(f"{text!r} is no {what}.", "Write VALUE or VALUE:SD, SD not below 0.")
    return Sure(number, deviation), not sd


def read_asked(asked: PlumeAsked) -> tuple[Given, tuple[str, ...]]:
    """The inputs as numbers, and the names of those whose deviation nobody gave.

    Raises:
        InputError: a text that cannot be read, or a value that cannot be.
    """
    told: dict[str, Any] = {"seed": asked.seed, "camera_height_m": asked.camera_height_m}
    assumed: list[str] = []
    for name, what, default in (
        ("distance_m", "distance in metres", lambda v: DISTANCE_SHARE * abs(v)),
        ("hfov_deg", "field of view in degrees", lambda v: HFOV_SHARE * abs(v)),
        ("heading_deg", "heading in degrees", lambda _: COMPASS_SD_DEG),
        ("wind_from_deg", "wind direction in degrees", lambda _: WIND_SD_DEG),
    ):
        text = getattr(asked, name)
        if text is not None:
            told[name], ours = _sure(text, what, default)
            assumed += [name] if ours else []
    for name, count, what, example in (
        ("base", 2, "point X,Y", "640,512"),
        ("box", 4, "box X,Y,W,H", "500,100,300,420"),
        ("horizon", 4, "line X1,Y1,X2,Y2", "0,520,1279,514"),
        ("claim_m", 2, "span MIN,MAX in metres", "100,1000"),
        ("far", 5, "far box X,Y,W,H,METRES", "900,300,200,60,8000"),
    ):
        text = getattr(asked, name)
        if text is not None:
            told[name] = read_numbers(text, count, what, example)
    if "far" in told:
        *box, away = told["far"]
        if min(box[2:]) <= 0 or away <= 0:
            raise InputError("What is far has a width, a height and a distance above 0.")
        told["far"] = Far((box[0], box[1], box[2], box[3]), away)
    if asked.reference is not None:
        x1, y1, x2, y2, metres, away = read_numbers(
            asked.reference, 6, "reference X1,Y1,X2,Y2,METRES,DISTANCE", "100,400,100,460,7,60"
        )
        if metres <= 0 or away <= 0:
            raise InputError("A reference has a size and a distance above 0 metres.")
        told["reference"] = Reference((x1, y1), (x2, y2), metres, away)
    return Given(**told), tuple(assumed)


def travel_of(data: bytes, asked: PlumeAsked) -> Travel:
    """A track file's fixes on the clip's clock.

    Raises:
        InputError: it cannot be read, or its clock and the clip's cannot be brought together.
    """
    track = read_track(data)
    start = 0.0
    if track.absolute:
        if asked.track_start is None:
            raise InputError(
                "This track tells instants, and when the clip starts is not known.",
                "Add --track-start, like --track-start 2021-09-28T09:30:05Z.",
            )
        start = read_instant(asked.track_start).timestamp()
    way, _, drift = (asked.track_sd or f"{TRACK_SD_M}:{HEADING_DRIFT_DEG}").partition(":")
    sd, _ = _sure(f"{way}:0", "deviation in metres", abs)
    turned, _ = _sure(f"{drift or HEADING_DRIFT_DEG}:0", "deviation in degrees", abs)
    if sd.value < 0 or turned.value < 0:
        raise InputError("A standard deviation is not below 0.", "Write METRES or METRES:DEGREES.")
    fixes = track.fixes
    headings = [fix.heading_deg for fix in fixes if fix.heading_deg is not None]
    return Travel(
        t_s=tuple(fix.at_s - start for fix in fixes),
        east_m=tuple(fix.east_m for fix in fixes),
        north_m=tuple(fix.north_m for fix in fixes),
        heading_deg=tuple(headings) if len(headings) == len(fixes) else None,
        sd_m=sd.value,
        heading_drift_deg=turned.value,
    )


def _frames(data: dict[str, Any], blob: bytes) -> list[NDArray[np.uint8]]:
    height, width, count = int(data["height_px"]), int(data["width_px"]), len(data["t_s"])
    whole = np.frombuffer(blob, dtype=np.uint8)
    if whole.size != height * width * 3 * count:
        raise InputError("The sandbox gave frames of another size than it said.")
    return list(whole.reshape(count, height, width, 3))


def _focal_35mm(clip: Path, box: Box) -> float | None:
    """The 35 mm equivalent focal length that the file states, if it states one."""
    try:
        metadata, _ = read_metadata(clip, box)
    except FirsthandError:
        return None
    stated = [field.value for field in metadata.focal_length_35mm if 4 <= field.value <= 800]
    return stated[0] if stated else None


def measure_plume(
    clip: Path, asked: PlumeAsked, *, track: Path | None = None, unsandboxed: bool = False
) -> PlumeAnswer:
    """Measure the smoke in a clip; `track` is a log of the camera's way.

    Raises:
        InputError: an input that cannot be read.
        NoSuchThing, UnreadableMedia: the clip cannot be opened.
    """
    given, assumed = read_asked(asked)
    if track is not None:
        given = replace(given, travel=travel_of(read_file(track), asked))
    arguments = {
        "suffix": suffix_of(clip), "rate_hz": RATE_HZ, "width": LARGEST[0], "height": LARGEST[1],
    }  # fmt: skip
    with Box(unsandboxed=unsandboxed) as box:
        sampled = box.call("firsthand.media.boxed.sampling:sample", clip, arguments)
        focal = None
        if given.hfov_deg is None and given.reference is None:
            focal = _focal_35mm(clip, box)
    if focal is not None:
        given = replace(given, focal_35mm=focal)
    frames = _frames(sampled.data, sampled.blobs["frames"])
    times = [float(t) for t in sampled.data["t_s"]]
    full = int(sampled.data["full_width_px"])
    answer = measure_frames(frames, times, given, full_width=full)
    document = document_of(answer, given, assumed=assumed)
    document["clip"] = {
        "sha256": sampled.sha256,
        "full_width_px": full,
        "full_height_px": int(sampled.data["full_height_px"]),
        "sampled_rate_hz": float(RATE_HZ),
        "frames": len(frames),
        "complete": bool(sampled.data["complete"]),
        "warnings": list(sampled.data["warnings"]),
        "sandbox": sampled.sandbox,
    }
    document["versions"] = {
        name: version(name) for name in ("firsthand", "numpy", "opencv-python-headless", "av")
    }
    return PlumeAnswer(document, figures_of(answer), answer)


def write_figures(answer: PlumeAnswer, folder: Path) -> list[Path]:
    """Write the figures into a folder, made if need be; the paths written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for name, data in answer.figures.items():
            (folder / name).write_bytes(data)
            paths.append(folder / name)
    except OSError as error:
        raise DiskError(
            f"The figures cannot be written: {error.strerror}.", "Name another folder."
        ) from error
    return paths
