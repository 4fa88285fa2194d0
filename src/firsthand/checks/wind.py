"""Does the smoke drift as the wind of that day would have it?

The reasoning: docs/explanation/where-and-when.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from firsthand.checks.base import CheckResult, check
from firsthand.checks.where_claims import place_and_time
from firsthand.evidence.weather import WindRecord
from firsthand.measure.wind import Drift, Wind, compare, wind_at, would_fit
from firsthand.records import (
    Angle,
    Claim,
    Consistent,
    Inconclusive,
    Inconsistent,
    LikelihoodRatio,
    Measurement,
    Place,
    Quantity,
    Window,
    quantity,
    say,
)

__all__ = [
    "CEILING",
    "MOST_FOR_A_FIT",
    "PLUME_M",
    "STUDY",
    "WRONGLY",
    "nearest_wind",
    "others",
    "wind",
]

STUDY: Final = "docs/accuracy.md#where_when.wind"
CEILING: Final = 8.5
MOST_FOR_A_FIT: Final = 1.35
"""What the study of a thousand true claims supports (1/8.92 to 1.39 by ELUB, docs/accuracy.md)."""

WRONGLY: Final = 0.02
"""How often the check calls a true claim inconsistent, at most: it did at 0.6 to 2.0 % of them."""

PLUME_M: Final = (50.0, 600.0)
"""Heights at which smoke that a person films drifts, where nothing better is known."""


def nearest_wind(
    records: Sequence[WindRecord], window: Window, place: Place, plume_m: tuple[float, float]
) -> Wind | str:
    """The recorded wind that says most of the plume then: nearest in time, then in height."""
    if not records:
        return "no wind is recorded"
    middle = window.start + (window.end - window.start) / 2
    half = (window.end - window.start).total_seconds() / 7200
    height = sum(plume_m) / 2

    def away(one: WindRecord) -> tuple[float, float]:
        hours = abs((one.at - middle).total_seconds()) / 3600
        return round(max(hours - half, 0.0), 1), abs(one.height_m - height)

    best = min(records, key=away)
    return wind_at(
        best.from_deg,
        best.speed_ms,
        measured_m=best.height_m,
        plume_m=plume_m,
        swing_deg=best.swing_deg,
        apart_h=away(best)[0] + min(half, 3.0),
        latitude_deg=place.latitude_deg,
    )


def others(
    records: Sequence[WindRecord], window: Window, place: Place, plume_m: tuple[float, float]
) -> list[Wind]:
    """Every other recorded wind, as if each had been the one: the place's climate.

    Each with the doubt that the one has by the window's width.
    """
    half = (window.end - window.start).total_seconds() / 7200
    found = (
        wind_at(
            one.from_deg,
            one.speed_ms,
            measured_m=one.height_m,
            plume_m=plume_m,
            swing_deg=one.swing_deg,
            apart_h=min(half, 3.0),
            latitude_deg=place.latitude_deg,
        )
        for one in records
        if not window.start <= one.at <= window.end
    )
    return [one for one in found if isinstance(one, Wind)]


@check(
    name="wind",
    question="Does the smoke drift as the wind of that time and place would have it?",
    proposition="F",
    version="4",
    scope="shot",
    alternative="same_place_other_time",
    study=STUDY,
)
def wind(
    place: Place,
    window: Window,
    *,
    heading: Angle,
    drift_angle: Angle,
    weather: tuple[WindRecord, ...],
    claims: tuple[Claim, ...] = (),
) -> CheckResult:
    """Hold the drift against the wind at the plume's height, and the fit against the climate."""
    tests = place_and_time(claims)
    there = nearest_wind(weather, window, place, PLUME_M)
    seen = Drift(drift_angle.value_deg, drift_angle.sd_deg)
    if isinstance(there, str):
        return CheckResult(
            outcome=Inconclusive(why=say("{why}.", why=there[:1].upper() + there[1:])),
            statement=say("The smoke's drift cannot be held against the wind: {why}.", why=there),
            tests=tests,
        )
    verdict = compare(there, heading.value_deg, heading.sd_deg, seen)
    climate = would_fit(
        others(weather, window, place, PLUME_M), heading.value_deg, heading.sd_deg, seen
    )
    expected, share = verdict.expected, climate.share if climate else None
    measurements = (
        *([Measurement(name="drift by the wind", quantity=expected)] if expected else []),
        *([Measurement(name="share of hours that fit", quantity=share)] if share else []),
    )
    words = {
        "speed": f"{there.speed_ms:.0f}",
        "from_deg": f"{there.from_deg:.0f}",
        "sd": f"{there.sd_deg:.0f}",
    }
    if verdict.kind == "misfits" and verdict.p is not None:
        return CheckResult(
            outcome=Inconsistent(),
            statement=say(
                "The wind at the smoke's height came from {from_deg} degrees (sd {sd}, {speed} "
                "m/s), and the smoke drifts otherwise.",
                **words,
            ),
            tests=tests,
            measurements=measurements,
            nuisances=("heading",),
            toward="against",
            lr=_misfit_ratio(climate.share) if climate else None,
            p_value=max(verdict.p, WRONGLY),
            limits=(_HEIGHT, _STUDIED),
        )
    if verdict.kind == "cannot_tell" or climate is None:
        why = verdict.why or "how common such a wind is there is not known, for want of a record"
        return CheckResult(
            outcome=Inconclusive(why=say("This does not tell: {why}.", why=why)),
            statement=say(
                "The wind came from {from_deg} degrees (sd {sd}, {speed} m/s); the smoke's drift "
                "does not tell.",
                **words,
            ),
            tests=tests,
            measurements=measurements,
            limits=(_HEIGHT,),
        )
    return CheckResult(
        outcome=Consistent(),
        statement=say(
            "The smoke drifts as the wind would have it (from {from_deg} degrees, sd {sd}, {speed} "
            "m/s); in {share} % of the recorded hours there it would too.",
            share=f"{100 * climate.share.value:.0f}",
            **words,
        ),
        tests=tests,
        measurements=measurements,
        nuisances=("heading",),
        toward="for",
        power=quantity(
            1 - climate.share.value,
            1 - climate.share.high,
            1 - climate.share.low,
            "1",
            "share of the recorded hours there in which the smoke would drift otherwise",
        ),
        lr=_fit_ratio(climate.share),
        limits=(_HEIGHT, _STUDIED),
    )


LEAST_FITTING: Final = 0.95
"""True claims fit at least so often, of those that are told."""


def _fit_ratio(fits: Quantity) -> LikelihoodRatio:
    """A fit is worth no more than one over the share of hours that fit, doubt of it or not."""
    high = min(1 / max(fits.value, 1e-3), MOST_FOR_A_FIT)
    low = min(max(LEAST_FITTING / max(fits.high, 1e-3), 1 / CEILING), high)
    return LikelihoodRatio(low=low, high=high, study=STUDY, ceiling=CEILING)


def _misfit_ratio(fits: Quantity) -> LikelihoodRatio:
    """How often a true claim misfits at most, over how often another hour there does."""
    low, high = (
        min(max(WRONGLY / max(1 - end, 1e-3), 1 / CEILING), 1.0) for end in (fits.low, fits.high)
    )
    return LikelihoodRatio(low=low, high=high, study=STUDY, ceiling=CEILING)


_STUDIED: Final = say(
    "Error rates and ratios were studied on hourly winds of two airports with a simulated turn up "
    "to the smoke's height; mountains and sea breezes were not among them."
)
_HEIGHT: Final = say(
    "Surface wind is not wind at the plume's height; turning with height is allowed for, hills and "
    "sea breezes are not. A moving camera's parallax must have been taken out."
)
