"""From what was seen to what can be said: bounds, conflicts, abstentions."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from firsthand.measure.plume.answer import Outcome, PlumeMeasurement, Seen
from firsthand.measure.plume.camera import focal_px
from firsthand.measure.plume.claim import answer_claim, range_needed
from firsthand.measure.plume.darkness import darkness_of
from firsthand.measure.plume.find import Wanted
from firsthand.measure.plume.given import Given
from firsthand.measure.plume.going import drifting, growth, heights_of, rise_of
from firsthand.measure.plume.height import Draws, Sighting, budget, draw
from firsthand.measure.plume.ranging import Ranged
from firsthand.records import Quantity, quantity

__all__ = ["told"]

Array = NDArray[np.float64]

ALONG_VIEW_DEG: Final = 35.0
LEAST_AGREEMENT: Final = 0.01
"""Mean weight below which the stated wind cannot make the lean that is seen."""
MOST_SPREAD: Final = 0.12
"""Ensemble standard deviation over height above which the outlines disagree."""
HOW: Final = "pinhole rays, plane in the wind, Monte Carlo over all inputs"


def _interval(values: Array, unit: str, how: str) -> Quantity:
    low, middle, high = np.percentile(values, [2.5, 50, 97.5])
    return quantity(float(middle), float(low), float(high), unit, how)


def _along_view(given: Given) -> bool:
    wind = given.wind_across
    if wind is None:
        return False
    off = abs(wind.value) % 180
    return min(off, 180 - off) < ALONG_VIEW_DEG


def told(
    seen: Seen, times: Array, given: Given, wanted: Wanted, ranged: Ranged | None = None
) -> PlumeMeasurement:
    """The whole answer for smoke that was found; `ranged` is the range by the camera's own way."""
    path = seen.trace
    reasons: list[str] = []
    if _reference_conflict(given, path.sighting):
        reasons.append("reference_contradicts_field_of_view")
        given = replace(given, hfov_deg=None)
    if ranged is not None:
        reasons += _by_track(ranged, given)
    draws = draw(path.sighting, given)
    if given.wind_across is not None and draws.wind_agreement < LEAST_AGREEMENT:
        reasons.append("wind_contradicts_lean")
        draws = draw(path.sighting, replace(given, wind_from_deg=None))
    for name, holds in (
        ("top_leaves_frame", path.leaves_top),
        ("smoke_leaves_frame_aside", path.leaves_side),
        ("wind_along_view", _along_view(given)),
        ("outlines_disagree", path.spread > MOST_SPREAD),
        ("too_few_ground_points", not seen.motion.enough),
    ):
        reasons += [name] if holds else []
    middle = path.frames[len(path.frames) // 2]
    piece = seen.found.pieces[middle]
    drift = drifting(seen, times, given, draws)
    measured = PlumeMeasurement(
        "cannot_tell",
        tuple(reasons),
        frames_t_s=tuple(round(float(times[k]), 6) for k in path.frames),
        tops_px=_pairs(path.top, seen.scale),
        bases_px=_pairs(path.base, seen.scale),
        drift=drift.speed,
        drift_side=drift.side,
        drift_to_deg=drift.to_deg,
        growth=growth(seen, times),
        darkness=None if piece is None else darkness_of(seen.scenes[middle], piece),
        angular_height=_interval(draws.angular_height_deg, "deg", HOW),
        hfov=_interval(draws.hfov_deg, "deg", "stated, a reference object, EXIF or a prior"),
        track_range=None if ranged is None else ranged.distance,
        track_at_least_m=None if ranged is None else ranged.at_least_m,
        needs_range_m=None if given.claim_m is None else range_needed(given.claim_m, draws.ratio),
        budget=budget(path.sighting, given),
        proposed=tuple(
            name for name, mark in (("base", wanted.base), ("box", wanted.box)) if mark is None
        ),
        spread=path.spread,
        seen=seen,
    )
    if draws.height_m is None:
        return replace(measured, reasons=(*reasons, "no_range"))
    heights = heights_of(seen, draws, given)
    measured = replace(
        measured,
        heights_m=tuple(round(float(height), 1) for height in heights),
        rise=rise_of(seen, times, heights, draws),
    )
    return _outcome(measured, draws, reasons, given)


def _by_track(ranged: Ranged, given: Given) -> list[str]:
    """Why the way gave no range, or that it contradicts the stated one."""
    if ranged.sure is None or given.distance_m is None:
        return [] if ranged.reason is None else [ranged.reason]
    one, two = ranged.sure, given.distance_m
    apart = abs(np.log(one.value / two.value))
    if apart > 3 * np.hypot(one.sd / one.value, two.sd / two.value):
        return ["track_contradicts_distance"]
    return []


def _outcome(
    measured: PlumeMeasurement, draws: Draws, reasons: list[str], given: Given
) -> PlumeMeasurement:
    assert draws.height_m is not None  # noqa: S101 -- the caller has a range
    heights = draws.height_m
    low, middle, high = (float(v) for v in np.percentile(heights, [2.5, 50, 97.5]))
    cut = {"top_leaves_frame", "smoke_leaves_frame_aside"} & set(reasons)
    bounds = {
        "wind_along_view", "wind_contradicts_lean", "reference_contradicts_field_of_view",
        "track_contradicts_distance",
    } & set(reasons)  # fmt: skip
    outcome: Outcome = "measured"
    top: float | None = high
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
        claim = answer_claim(given.claim_m, low, top, heights if outcome == "measured" else None)
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


def _pairs(points: Array, scale: float) -> tuple[tuple[float, float], ...]:
    """Pixels of the full picture, to a tenth of a pixel."""
    return tuple((round(float(x) / scale, 1), round(float(y) / scale, 1)) for x, y in points)
