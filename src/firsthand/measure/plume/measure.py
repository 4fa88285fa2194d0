"""One clip's smoke, measured: frames and what is known in, Quantities out.

What cannot be said is not said: the outcome is *measured*, *lower_bound* (at least, and perhaps at
most) or *cannot_tell*, with the reasons by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from firsthand.measure.plume.camera import focal_px, horizon_attitude, level_rays
from firsthand.measure.plume.claim import ClaimAnswer, answer_claim, range_needed
from firsthand.measure.plume.darkness import Darkness, darkness_of
from firsthand.measure.plume.drift import Drift, smoke_flow
from firsthand.measure.plume.find import (
    Found,
    Wanted,
    activity,
    find_smoke,
    pieces_of,
)
from firsthand.measure.plume.given import Given
from firsthand.measure.plume.height import Draws, Sighting, budget, draw
from firsthand.measure.plume.horizon import Horizon
from firsthand.measure.plume.motion import Motion, follow
from firsthand.measure.plume.plane import height_at_depth
from firsthand.measure.plume.rates import Line, robust_line
from firsthand.measure.plume.segment import Candidate, Scene, look
from firsthand.measure.plume.steady import steadied
from firsthand.measure.plume.trace import EYE_HEIGHT_M, Trace, trace
from firsthand.records import Quantity, quantity

__all__ = ["Outcome", "PlumeMeasurement", "Seen", "measure_frames"]

Array = NDArray[np.float64]
Picture = NDArray[np.uint8]
Outcome = Literal["measured", "lower_bound", "cannot_tell"]

WORKING_WIDTH: Final = 640
"""Pictures are worked on no wider than this: the outline is known no better than that."""
ALONG_VIEW_DEG: Final = 35.0
LEAST_AGREEMENT: Final = 0.01
"""Mean weight below which the stated wind cannot make the lean that is seen."""
MOST_SPREAD: Final = 0.12
"""Ensemble standard deviation over height above which the outlines disagree."""
LEAST_ACTIVITY: Final = 0.024
SLOWEST_SD: Final = 2.0
"""Deviations by which a drift must stand out to be told."""
HOW: Final = "pinhole rays, plane in the wind, Monte Carlo over all inputs"


@dataclass(frozen=True)
class Seen:
    """What was found in the pictures, for figures; pixels of the working pictures."""

    scenes: list[Scene]
    found: Found
    motion: Motion
    trace: Trace
    scale: float


@dataclass(frozen=True)
class PlumeMeasurement:
    """The answer. Pixels are of the full upright picture; None means not told."""

    outcome: Outcome
    reasons: tuple[str, ...]
    height: Quantity | None = None
    low_m: float | None = None
    high_m: float | None = None
    frames_t_s: tuple[float, ...] = ()
    tops_px: tuple[tuple[float, float], ...] = ()
    bases_px: tuple[tuple[float, float], ...] = ()
    heights_m: tuple[float | None, ...] = ()
    rise: Quantity | None = None
    drift: Quantity | None = None
    drift_side: Literal["left", "right", "none"] | None = None
    drift_to_deg: tuple[float, float] | None = None
    growth: Quantity | None = None
    darkness: Darkness | None = None
    angular_height: Quantity | None = None
    hfov: Quantity | None = None
    claim: ClaimAnswer | None = None
    needs_range_m: tuple[float, float] | None = None
    budget: dict[str, float] | None = None
    proposed: tuple[str, ...] = ()
    activity: float | None = None
    spread: float | None = None
    seen: Seen | None = None


def _interval(values: Array, unit: str, how: str) -> Quantity:
    low, middle, high = np.percentile(values, [2.5, 50, 97.5])
    return quantity(float(middle), float(low), float(high), unit, how)


def _scaled(given: Given, scale: float) -> tuple[Wanted, Given]:
    """Marks in pixels of the working picture."""
    base = None if given.base is None else (given.base[0] * scale, given.base[1] * scale)
    box = None
    if given.box is not None:
        x, y, w, h = (value * scale for value in given.box)
        box = (x, y, w, h)
    reference = given.reference
    if reference is not None:
        reference = replace(
            reference,
            start=(reference.start[0] * scale, reference.start[1] * scale),
            end=(reference.end[0] * scale, reference.end[1] * scale),
        )
    return Wanted(base, box), replace(given, reference=reference)


def _marked_horizon(given: Given, scale: float, width: int) -> Horizon | None:
    if given.horizon is None:
        return None
    x1, y1, x2, y2 = (value * scale for value in given.horizon)
    slope = (y2 - y1) / (x2 - x1) if x2 != x1 else 0.0
    row = y1 + slope * (width / 2 - x1)
    return Horizon(row, slope, 1.0, True, np.full(width, np.nan))


def _shrunk(frames: Sequence[Picture]) -> tuple[list[Picture], float]:
    width = frames[0].shape[1]
    if width <= WORKING_WIDTH:
        return list(frames), 1.0
    scale = WORKING_WIDTH / width
    size = (WORKING_WIDTH, round(frames[0].shape[0] * scale))
    small = [
        np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), np.uint8)
        for frame in frames
    ]
    return small, scale


def _scenes(frames: list[Picture], marked: Horizon | None) -> list[Scene | None]:
    """Each frame taken apart. A marked horizon holds in the first frame and guides no other."""
    return [look(frame, marked if k == 0 else None) for k, frame in enumerate(frames)]


def measure_frames(
    frames: Sequence[Picture], t_s: Sequence[float], given: Given, *, full_width: int | None = None
) -> PlumeMeasurement:
    """Measure the smoke in a clip.

    Args:
        frames: upright RGB pictures of one size, in time order.
        t_s: their times, seconds.
        given: what is known; its pixels are of the picture `full_width` wide (default: as given).
    """
    if not frames:
        return PlumeMeasurement("cannot_tell", ("no_frames",))
    small, scale = _shrunk(frames)
    mark_scale = scale * frames[0].shape[1] / (full_width or frames[0].shape[1])
    wanted, given = _scaled(given, mark_scale)
    times = np.asarray(t_s, dtype=float)
    marked = _marked_horizon(given, mark_scale, small[0].shape[1])
    looked = _scenes(small, marked)
    scenes = [scene for scene in looked if scene is not None]
    if len(scenes) < max(0.6 * len(small), 1):
        return PlumeMeasurement("cannot_tell", ("no_plume_found", "no_sky_seen"))
    times = times[[k for k, scene in enumerate(looked) if scene is not None]]
    pieces = pieces_of(scenes)
    largest = [
        np.logical_or.reduce([piece.mask for piece in each]) if each else np.zeros_like(scene.above)
        for each, scene in zip(pieces, scenes, strict=True)
    ]
    motion = follow(scenes, largest)
    steady = steadied(scenes, motion)
    if any(a is not b for a, b in zip(scenes, steady, strict=True)):
        scenes, pieces = steady, pieces_of(steady)
    found = find_smoke(scenes, pieces, motion, wanted)
    if found is None:
        return PlumeMeasurement("cannot_tell", ("no_plume_found",))
    moving = activity(scenes, times, found, motion) if len(scenes) > 2 else None
    if moving is not None and moving < LEAST_ACTIVITY and not wanted.given:
        return PlumeMeasurement("cannot_tell", ("no_plume_found", "nothing_moves"), activity=moving)
    if not wanted.given and not motion.enough and _ground_seen(scenes):
        # Not known to stay in place, it may be a tree by the road.
        return PlumeMeasurement(
            "cannot_tell", ("no_plume_found", "too_few_ground_points"), activity=moving
        )
    drop = 0.0
    if given.distance_m is not None and given.hfov_deg is not None:
        eye = EYE_HEIGHT_M if given.camera_height_m is None else given.camera_height_m
        focal = float(focal_px(given.hfov_deg.value, small[0].shape[1]))
        drop = min(focal * eye / given.distance_m.value, 0.05 * small[0].shape[0])
    path = trace(scenes, times, found, motion, wanted, drop_px=drop, seed=given.seed)
    if path is None:
        return PlumeMeasurement("cannot_tell", ("no_plume_found", "no_outline"))
    if not wanted.given and path.leaves_top and _lighter(scenes, found):
        return PlumeMeasurement("cannot_tell", ("no_plume_found", "may_be_glare"), activity=moving)
    seen = Seen(scenes, found, motion, path, mark_scale)
    answer = _told(seen, times, given, wanted)
    return replace(answer, activity=moving)


def _ground_seen(scenes: list[Scene]) -> bool:
    return sum(scene.horizon is not None for scene in scenes) > len(scenes) / 2


def _lighter(scenes: list[Scene], found: Found) -> bool:
    """Whether what was found outshines the sky in most frames."""
    medians = [
        float(np.median(scene.sky.light[piece.mask]))
        for scene, piece in zip(scenes, found.pieces, strict=True)
        if piece is not None
    ]
    return bool(np.median(medians) > 0)


def _along_view(given: Given) -> bool:
    wind = given.wind_across
    if wind is None:
        return False
    off = abs(wind.value) % 180
    return min(off, 180 - off) < ALONG_VIEW_DEG


def _told(seen: Seen, times: Array, given: Given, wanted: Wanted) -> PlumeMeasurement:
    path = seen.trace
    reasons: list[str] = []
    if _reference_conflict(given, path.sighting):
        reasons.append("reference_contradicts_field_of_view")
        given = replace(given, hfov_deg=None)
    draws = draw(path.sighting, given)
    if given.wind_across is not None and draws.wind_agreement < LEAST_AGREEMENT:
        reasons.append("wind_contradicts_lean")
        free = replace(given, wind_from_deg=None)
        draws = draw(path.sighting, free)
    if path.leaves_top:
        reasons.append("top_leaves_frame")
    if path.leaves_side:
        reasons.append("smoke_leaves_frame_aside")
    if _along_view(given):
        reasons.append("wind_along_view")
    if path.spread > MOST_SPREAD:
        reasons.append("outlines_disagree")
    if not seen.motion.enough:
        reasons.append("too_few_ground_points")
    ratio = draws.ratio
    measured = PlumeMeasurement(
        "cannot_tell",
        tuple(reasons),
        angular_height=_interval(draws.angular_height_deg, "deg", HOW),
        hfov=_interval(draws.hfov_deg, "deg", "stated, a reference object, EXIF or a prior"),
        budget=budget(path.sighting, given),
        proposed=tuple(
            name for name, mark in (("base", wanted.base), ("box", wanted.box)) if mark is None
        ),
        spread=path.spread,
        seen=seen,
        needs_range_m=None if given.claim_m is None else range_needed(given.claim_m, ratio),
        **_pixels(path, times, seen.scale),
    )
    middle_piece = seen.found.pieces[path.frames[len(path.frames) // 2]]
    if middle_piece is not None:
        scene = seen.scenes[path.frames[len(path.frames) // 2]]
        measured = replace(measured, darkness=darkness_of(scene, middle_piece))
    measured = replace(measured, growth=_growth(seen, times))
    if draws.height_m is None:
        side = _drift(seen, times, given, None)
        return replace(measured, reasons=(*reasons, "no_range"), **side)
    measured = replace(measured, **_rates(seen, times, given, draws))
    return _outcome(measured, draws, reasons, given)


def _outcome(
    measured: PlumeMeasurement, draws: Draws, reasons: list[str], given: Given
) -> PlumeMeasurement:
    assert draws.height_m is not None  # noqa: S101 -- the caller has a range
    heights = draws.height_m
    low, middle, high = (float(v) for v in np.percentile(heights, [2.5, 50, 97.5]))
    cut = {"top_leaves_frame", "smoke_leaves_frame_aside"} & set(reasons)
    bounds = {
        "wind_along_view", "wind_contradicts_lean", "reference_contradicts_field_of_view",
    } & set(reasons)  # fmt: skip
    outcome: Outcome = "measured"
    top: float | None = high
    told = heights
    if "outlines_disagree" in reasons:
        outcome = "cannot_tell"
    elif cut:
        outcome, top = "lower_bound", None
    elif bounds:
        outcome = "lower_bound"
    elif high - low > middle:
        outcome = "lower_bound"
        reasons = [*reasons, "interval_wider_than_value"]
    whole = quantity(middle, low, high, "m", HOW)
    claim = None
    if given.claim_m is not None and outcome != "cannot_tell":
        claim = answer_claim(given.claim_m, low, top, told if outcome == "measured" else None)
    return replace(
        measured,
        outcome=outcome,
        reasons=tuple(reasons),
        height=whole if outcome == "measured" else None,
        low_m=whole.low,
        high_m=None if top is None else whole.high,
        claim=claim,
    )


def _reference_conflict(given: Given, sighting: Sighting) -> bool:
    if given.reference is None or given.hfov_deg is None:
        return False
    width = sighting.size[0]
    one, two = given.reference.start, given.reference.end
    length = float(np.hypot(one[0] - two[0], one[1] - two[1]))
    by_object = length * given.reference.distance_m / given.reference.metres
    stated = float(focal_px(given.hfov_deg.value, width))
    slack = np.hypot(0.04 + 1.5 / max(length, 1.0), given.hfov_deg.sd / given.hfov_deg.value)
    return bool(abs(np.log(by_object / stated)) > 3 * slack)


def _pixels(path: Trace, times: Array, scale: float) -> dict[str, tuple[tuple[float, ...], ...]]:
    """The track's times and pixels of the full picture, to a tenth of a pixel."""

    def pairs(points: Array) -> tuple[tuple[float, float], ...]:
        return tuple((round(float(x) / scale, 1), round(float(y) / scale, 1)) for x, y in points)

    return {
        "frames_t_s": tuple(round(float(times[k]), 6) for k in path.frames),  # type: ignore[dict-item]
        "tops_px": pairs(path.top),
        "bases_px": pairs(path.base),
    }


def _heights(seen: Seen, draws: Draws, given: Given) -> Array:
    """Height of every frame with the inputs at their medians."""
    assert given.distance_m is not None  # noqa: S101 -- the caller has a range
    path = seen.trace
    size = path.sighting.size
    focal = focal_px(float(np.median(draws.hfov_deg)), size[0])
    depth = float(np.median(draws.depth)) * given.distance_m.value
    heights = []
    for j, k in enumerate(path.frames):
        horizon = seen.scenes[k].horizon
        if horizon is not None and horizon.flat:
            pitch, roll = horizon_attitude(horizon.row, horizon.slope, focal, size[1])
        else:
            pitch, roll = horizon_attitude(path.base[j, 1], 0.0, focal, size[1])
        base, top = (
            level_rays(*point, focal=focal, pitch=pitch, roll=roll, size=size)
            for point in (path.base[j], path.top[j])
        )
        heights.append(float(height_at_depth(base, top, given.distance_m.value, depth)))
    return np.array(heights)


def _rates(seen: Seen, times: Array, given: Given, draws: Draws) -> dict[str, object]:
    assert draws.height_m is not None  # noqa: S101 -- the caller has a range
    heights = _heights(seen, draws, given)
    t = times[seen.trace.frames]
    told: dict[str, object] = {"heights_m": tuple(round(float(h), 1) for h in heights)}
    relative = float(np.std(np.log(np.maximum(draws.height_m, 1e-6))))
    steady = seen.motion.enough or all(
        s.horizon is not None and s.horizon.flat for s in seen.scenes
    )
    if steady and len(t) >= 5:
        line = robust_line(t, heights, float(t.mean()))
        told["rise"] = _rate(line, relative, "m/s", "robust slope of the height")
    return told | _drift(seen, times, given, draws)


def _rate(line: Line, relative: float, unit: str, how: str) -> Quantity:
    sd = float(np.hypot(line.slope_sd, relative * line.slope))
    return quantity(line.slope, line.slope - 1.96 * sd, line.slope + 1.96 * sd, unit, how)


def _drift(seen: Seen, times: Array, given: Given, draws: Draws | None) -> dict[str, object]:
    if not seen.motion.enough:
        return {}
    flow: Drift | None = smoke_flow(seen.scenes, times, seen.found)
    if flow is None or not flow.agree:
        return {}
    still = abs(flow.px_s) < SLOWEST_SD * flow.sd_px_s
    side = "none" if still else ("right" if flow.px_s > 0 else "left")
    told: dict[str, object] = {"drift_side": side}
    if given.heading_deg is not None and side != "none":
        heading = given.heading_deg.value
        centre = heading + (90 if side == "right" else -90)
        # One view tells the side; towards or away it does not tell.
        told["drift_to_deg"] = ((centre - 90) % 360, (centre + 90) % 360)
    if draws is None or given.distance_m is None:
        return told
    focal = float(focal_px(float(np.median(draws.hfov_deg)), seen.trace.sighting.size[0]))
    metres = given.distance_m.value * (1 + float(np.median(draws.depth))) / focal
    relative = np.hypot(given.distance_m.sd / given.distance_m.value, 0.1)
    speed = abs(flow.px_s) * metres
    sd = float(np.hypot(flow.sd_px_s * metres, relative * speed))
    if still:
        return told
    told["drift"] = quantity(
        speed,
        max(speed - 1.96 * sd, 0.0),
        speed + 1.96 * sd,
        "m/s",
        "across the view: DIS flow and block matching, camera motion taken out",
    )
    return told


def _growth(seen: Seen, times: Array) -> Quantity | None:
    """Relative growth of the smoke's area in the picture, a second."""
    kept: list[tuple[float, Candidate]] = [
        (float(times[k]), piece) for k, piece in enumerate(seen.found.pieces) if piece is not None
    ]
    if len(kept) < 5:
        return None
    t = np.array([at for at, _ in kept])
    logs = np.log([piece.mask.sum() for _, piece in kept])
    return _rate(robust_line(t, logs, float(t.mean())), 0.0, "1/s", "robust slope of ln(area)")
