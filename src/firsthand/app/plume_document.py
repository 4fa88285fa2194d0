"""The answer of `firsthand plume` as one JSON document."""

from __future__ import annotations

from typing import Any, Final

from firsthand.measure.plume.answer import PlumeMeasurement
from firsthand.measure.plume.given import Given
from firsthand.records import Quantity

__all__ = ["REASONS", "document_of"]

REASONS: Final = {
    "no_frames": "There is not one frame to measure.",
    "no_sky_seen": "No sky is seen that smoke could stand before.",
    "no_plume_found": "No smoke rising from the ground was found, and none is made up.",
    "nothing_moves": "What stands before the sky does not change as smoke does.",
    "may_be_glare": "It outshines the sky and leaves the picture: it may be the sun's glare.",
    "no_outline": "What was found has no outline.",
    "no_range": "How far away it is was not said: an angle has no metres.",
    "top_leaves_frame": "The top leaves the picture: at least so high.",
    "smoke_leaves_frame_aside": "The smoke leaves the picture at the side: at least so high.",
    "wind_along_view": "The wind blows along the view: how far the top leans is not seen.",
    "wind_contradicts_lean": "The stated wind cannot make the lean that is seen; it was left out.",
    "reference_contradicts_field_of_view": (
        "The object of known size contradicts the stated field of view; only the object was used."
    ),
    "outlines_disagree": "The outlines drawn in different ways do not agree on the top.",
    "interval_wider_than_value": "What is unsure is more than the height itself.",
    "track_contradicts_distance": (
        "The camera's own way gives another distance than the one stated."
    ),
    "track_does_not_cover_clip": "The track has no fixes for the whole of the clip.",
    "track_too_short": "The camera moved too little to tell how far the smoke is.",
    "track_needs_turning": (
        "How the camera turned is not known: the track holds no headings, and nothing far away "
        "that could be followed is marked together with a heading."
    ),
    "track_parallax_too_small": (
        "The direction to the smoke changes too little on the camera's way to tell how far it is."
    ),
    "too_few_ground_points": "Too little of the ground could be followed: no drift is told.",
}
"""Each reason's name, and what it says to a person."""

RESTS_ON: Final = (
    "A range taken from the claimed place makes the height conditional, if the smoke is there, "
    "and no support for the place."
)
DARKNESS_LIMIT: Final = (
    "Smoke with the sun behind it looks black; light patches may be anything. Described, not "
    "judged."
)


def _plain(value: Quantity | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {"value": value.value, "low": value.low, "high": value.high, "unit": value.unit}


def _height(answer: PlumeMeasurement) -> dict[str, Any] | None:
    if answer.low_m is None:
        return None
    value = None if answer.height is None else answer.height.value
    return {"value": value, "low": answer.low_m, "high": answer.high_m, "unit": "m"}


def _track(answer: PlumeMeasurement) -> list[dict[str, Any]]:
    heights = answer.heights_m or (None,) * len(answer.frames_t_s)
    return [
        {"t_s": t, "top_px": list(top), "base_px": list(base), "height_m": height}
        for t, top, base, height in zip(
            answer.frames_t_s, answer.tops_px, answer.bases_px, heights, strict=True
        )
    ]


def _drift(answer: PlumeMeasurement) -> dict[str, Any] | None:
    if answer.drift_side is None:
        return None
    compass = answer.drift_to_deg
    return {
        "side": answer.drift_side,
        "speed_m_s": _plain(answer.drift),
        "compass_from_to_deg": None if compass is None else [round(one, 1) for one in compass],
    }


def _darkness(answer: PlumeMeasurement) -> dict[str, Any] | None:
    dark = answer.darkness
    if dark is None:
        return None
    patch = dark.patch_ratio
    return {
        "body_to_sky": round(dark.ratio, 3),
        "body_to_sky_10_to_90_percent": [round(dark.low, 3), round(dark.high, 3)],
        "light_patches": None
        if patch is None
        else {"to_sky": round(patch, 3), "share_of_lowest_third": round(dark.patch_share, 3)},
        "limit": DARKNESS_LIMIT,
    }


def _by_track(answer: PlumeMeasurement) -> dict[str, Any] | None:
    if answer.track_range is None and answer.track_at_least_m is None:
        return None
    told = _plain(answer.track_range) or {
        "value": None, "low": answer.track_at_least_m, "high": None, "unit": "m",
    }  # fmt: skip
    return told


def _needs(answer: PlumeMeasurement, given: Given) -> dict[str, Any] | None:
    if answer.needs_range_m is None or given.claim_m is None:
        return None
    near, far = answer.needs_range_m
    return {
        "claim_m": list(given.claim_m),
        "range_m": [float(f"{near:.3g}"), float(f"{far:.3g}")],
        "says": f"A height of {given.claim_m[0]:g} to {given.claim_m[1]:g} m needs the smoke to "
        f"be between {near:.3g} and {far:.3g} m away.",
    }


def document_of(
    answer: PlumeMeasurement,
    given: Given,
    *,
    assumed: tuple[str, ...],
) -> dict[str, Any]:
    """The document; everything that was not told is null."""
    claim = answer.claim
    return {
        "outcome": answer.outcome,
        "reasons": list(answer.reasons),
        "reasons_in_words": [REASONS[reason] for reason in answer.reasons],
        "height_m": _height(answer),
        "track": _track(answer),
        "rise_m_s": _plain(answer.rise),
        "drift": _drift(answer),
        "growth": _plain(answer.growth),
        "darkness": _darkness(answer),
        "angular_height_deg": _plain(answer.angular_height),
        "hfov_deg": _plain(answer.hfov),
        "claim": None
        if claim is None
        else {
            "verdict": claim.verdict,
            "log10_lr": None if claim.log10_lr is None else round(claim.log10_lr, 2),
        },
        "needs": _needs(answer, given),
        "range_by_track_m": _by_track(answer),
        "rests_on": RESTS_ON if given.distance_m is not None else None,
        "budget": None
        if answer.budget is None
        else {name: round(share, 3) for name, share in answer.budget.items()},
        "ensemble_spread": None if answer.spread is None else round(answer.spread, 4),
        "proposed_marks": list(answer.proposed),
        "assumed_sd": list(assumed),
        "seed": given.seed,
    }
