"""Do the shadows fit the sun at the claimed place and time?

Place and time are tested together, at the claim's best point. The reasoning and the measured error
rates: docs/explanation/where-and-when.md, docs/accuracy.md.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from firsthand.checks.base import CheckResult, check
from firsthand.checks.inputs import describe
from firsthand.checks.where_claims import place_and_time
from firsthand.measure.sun_claim import ALPHA, ClaimTest, SunSeen, allowed_spans, hold_claim
from firsthand.records import (
    Angle,
    Claim,
    Consistent,
    Inconclusive,
    Inconsistent,
    LikelihoodRatio,
    Measurement,
    Message,
    NeedsInput,
    Place,
    Window,
    say,
)

__all__ = ["CEILING", "LEAST_POWER", "RAREST", "STUDY", "seen_of", "sun"]

STUDY: Final = "docs/accuracy.md#where_when.sun"
CEILING: Final = 60.0
"""What the study of a thousand simulated claims supports (1/87 to 63 by ELUB, docs/accuracy.md)."""

RAREST: Final = 0.003
"""No p below it: the study tried a thousand true claims, and what happens in none of n is shown to
happen in at most 3/n (the rule of three, 95 %). How far out errors reach that are worse than any
seen there, it does not show."""

LEAST_POWER: Final = 0.5
"""With less, a fit is what most other times would have given too, and it weighs nothing."""


def seen_of(shadow_azimuth: Angle | None, sun_elevation: Angle | None) -> SunSeen:
    """The sun as measured: a shadow points away from it."""
    return SunSeen(
        azimuth=(
            ((shadow_azimuth.value_deg + 180) % 360, shadow_azimuth.sd_deg)
            if shadow_azimuth
            else None
        ),
        elevation=(sun_elevation.value_deg, sun_elevation.sd_deg) if sun_elevation else None,
    )


@check(
    name="sun",
    question="Do the shadows fit the sun at the claimed place and time?",
    proposition="F",
    version="5",
    scope="shot",
    alternative="same_place_other_time",
    study=STUDY,
)
def sun(
    place: Place,
    window: Window | None = None,
    shadow_azimuth: Angle | None = None,
    sun_elevation: Angle | None = None,
    claims: tuple[Claim, ...] = (),
) -> CheckResult:
    """Test the measured sun at the claim's best point, and say what it could have found."""
    missing = [] if shadow_azimuth or sun_elevation else ["shadow_azimuth"]
    if window is None:
        missing.append("window")
    if missing or window is None:
        return CheckResult(
            outcome=NeedsInput(missing=tuple(missing), why=describe(missing[0]).ask),
            statement=say(
                "The shadows cannot be held against the claim yet; what is missing: {missing}.",
                missing=", ".join(missing),
            ),
        )
    seen = seen_of(shadow_azimuth, sun_elevation)
    tested = hold_claim(seen, place, window)
    tests = place_and_time(claims)
    if tested.p <= ALPHA:
        p_value = max(tested.p, RAREST)
        return CheckResult(
            outcome=Inconsistent(),
            statement=say(
                "Nowhere in the claimed place and at no instant of the claimed time does the sun "
                "stand as the shadows say; so bad a fit comes by chance in at most {p} % of cases, "
                "if the stated errors hold.",
                p=f"{100 * p_value:.2g}",
            ),
            tests=tests,
            measurements=_measurements(tested),
            nuisances=_nuisances(shadow_azimuth),
            toward="against",
            lr=_misfit_ratio(tested),
            p_value=p_value,
            power=tested.power,
            limits=(_GROUND,),
        )
    if tested.power.value < LEAST_POWER:
        return CheckResult(
            outcome=Inconclusive(why=_when(seen, place, window)),
            statement=say(
                "The shadows fit the claimed place and time, but so would {share} % of the year's "
                "daylit times; this weighs nothing.",
                share=f"{100 * (1 - tested.power.value):.0f}",
            ),
            tests=tests,
            measurements=_measurements(tested),
            limits=(_GROUND,),
        )
    most = min(1 / max(1 - tested.power.low, 1 / CEILING), CEILING)
    least = max(min(0.95 / (1 - tested.power.low), most), 1.0)
    return CheckResult(
        outcome=Consistent(),
        statement=say(
            "The shadows fit the claimed place and time; {share} % of the year's daylit times "
            "would have been told apart.",
            share=f"{100 * tested.power.value:.0f}",
        ),
        tests=tests,
        measurements=_measurements(tested),
        nuisances=_nuisances(shadow_azimuth),
        toward="for",
        lr=LikelihoodRatio(low=least, high=max(most, least), study=STUDY, ceiling=CEILING),
        power=tested.power,
        limits=(_GROUND, _SAME_SEASON),
    )


def _misfit_ratio(tested: ClaimTest) -> LikelihoodRatio:
    """So bad a fit comes to a true claim at most so often as `ALPHA`, to others as power says."""
    most = min(max(ALPHA / max(tested.power.low, ALPHA), 1 / CEILING), 1.0)
    return LikelihoodRatio(low=1 / CEILING, high=most, study=STUDY, ceiling=CEILING)


_GROUND: Final = say(
    "The ground is taken as level and the object as upright: a slope along the shadow changes the "
    "sun's height that is read by as much."
)
_SAME_SEASON: Final = say(
    "The sun stands alike on two days of each year and in every year, so footage from another year "
    "at this season and hour fits too."
)


def _nuisances(shadow_azimuth: Angle | None) -> tuple[str, ...]:
    return ("marks", "heading") if shadow_azimuth else ("marks",)


def _measurements(tested: ClaimTest) -> tuple[Measurement, ...]:
    return (
        Measurement(name="sun's azimuth by the claim", quantity=tested.azimuth_deg),
        Measurement(name="sun's height by the claim", quantity=tested.elevation_deg),
    )


def _when(seen: SunSeen, place: Place, window: Window) -> Message:
    """If place and date hold: about when; for windows of at most three days."""
    if window.end - window.start > timedelta(days=3):
        return say("The claimed time is too wide to test: some day and hour of it always fits.")
    spans = allowed_spans(seen, place, window)
    times = "; ".join(
        f"{datetime.fromtimestamp(span.start_unix_s, UTC):%Y-%m-%d %H:%M} to "
        f"{datetime.fromtimestamp(span.end_unix_s, UTC):%H:%M} UTC"
        for span in spans[:6]
    )
    return say("If place and date hold, it was filmed about {times}.", times=times or "no time")
