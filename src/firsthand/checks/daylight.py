"""Does the light in the picture fit the sun's height at the claimed place and time?

The reasoning, the margins and why no error rate is claimed: docs/explanation/daylight.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

import numpy as np

from firsthand.checks.base import CheckResult, check
from firsthand.checks.claimed import claimed_time
from firsthand.checks.inputs import describe
from firsthand.checks.sun_figure import sun_figure
from firsthand.measure.daylight import (
    ASTRONOMICAL_DEG,
    CIVIL_DEG,
    NAUTICAL_DEG,
    SUNRISE_DEG,
    Daylight,
)
from firsthand.measure.daylight import daylight as sun_over
from firsthand.measure.delta_t import FIRST_YEAR, LAST_YEAR
from firsthand.measure.light import LightReading
from firsthand.measure.sun import sun_position
from firsthand.records import (
    Claim,
    ClaimRef,
    Consistent,
    Inconclusive,
    Inconsistent,
    Light,
    Measurement,
    Message,
    NeedsInput,
    Place,
    Quantity,
    Window,
    quantity,
    say,
)

__all__ = ["BANDS", "Band", "daylight"]

Seen = Literal["day", "twilight", "night"]


@dataclass(frozen=True)
class Band:
    """True heights of the sun, in degrees, under which a light is seen.

    From `usual_low` to `usual_high` it is the common sight; outside `low` to `high` it is not
    seen even under thick cloud or with a camera that brightens the dusk.
    """

    low: float
    usual_low: float
    usual_high: float
    high: float


BANDS: Final[dict[Seen, Band]] = {
    "day": Band(CIVIL_DEG, SUNRISE_DEG, 90.0, 90.0),
    "twilight": Band(ASTRONOMICAL_DEG, NAUTICAL_DEG, 3.0, 10.0),
    "night": Band(-90.0, -90.0, CIVIL_DEG, 6.0),
}

_INSTANTS: Final = 3001
"""Over a year: every 2 h 55 min, so that no hour of the day is favoured."""

MEASURED_MARGIN_DEG: Final = 6.0
"""Added to both ends of a band when nobody looked and the picture's numbers are all there is."""


@check(
    name="daylight",
    question="Does the light in the picture fit the sun's height at the claimed place and time?",
    proposition="F",
    version="1",
    scope="shot",
    alternative="same_place_other_time",
)
def daylight(
    place: Place | None = None,
    window: Window | None = None,
    light: Light | None = None,
    measured_light: LightReading | None = None,
    claims: tuple[Claim, ...] = (),
) -> CheckResult:
    """Hold the sun's heights over the whole window and place against the light that was seen."""
    eye = None if light is None or light.seen == "cannot_tell" else light.seen
    numbers = None
    if measured_light is not None and measured_light.seen != "cannot_tell":
        numbers = measured_light.seen
    missing = [name for name, value in (("place", place), ("window", window)) if value is None]
    if light is None and numbers is None:
        missing.append("light")
    if missing or place is None or window is None:
        return _needs(tuple(missing))
    over = sun_over(place, window)
    tests = _tested(claims)
    seen = eye or numbers
    if seen is None:
        return _untold(
            say("Whoever looked could not tell day from night in the picture."), over, tests
        )
    if eye is None and measured_light is not None:
        return _by_numbers(seen, measured_light, over, tests)
    return _by_eye(seen, place, window, over, tests)


def _needs(missing: tuple[str, ...]) -> CheckResult:
    return CheckResult(
        outcome=NeedsInput(missing=missing, why=describe(missing[0]).ask),
        statement=say(
            "The sun's height cannot be held against the picture yet; what is missing: {missing}.",
            missing=", ".join(missing),
        ),
    )


def _tested(claims: tuple[Claim, ...]) -> tuple[ClaimRef, ...]:
    """Place and time are tested together: the claims about the footage that state either."""
    times = claimed_time(claims).claims
    places = tuple(
        claim.ref
        for claim in claims
        if claim.footage and claim.where is not None and claim.polarity == "affirmed"
    )
    return tuple(dict.fromkeys((*places, *times)))


def _untold(why: Message, over: Daylight, tests: tuple[ClaimRef, ...]) -> CheckResult:
    return CheckResult(
        outcome=Inconclusive(why=why),
        statement=say(
            "The sun stood between {low} and {high} degrees at the claimed place and time; this "
            "does not tell.",
            **_ends(over),
        ),
        tests=tests,
        measurements=_measurements(over),
    )


def _by_numbers(
    seen: Seen, reading: LightReading, over: Daylight, tests: tuple[ClaimRef, ...]
) -> CheckResult:
    """Without anybody's eye nothing is held against the claim, whatever the numbers say."""
    band = BANDS[seen]
    apart = (
        over.highest.high < band.low - MEASURED_MARGIN_DEG
        or over.lowest.low > band.high + MEASURED_MARGIN_DEG
    )
    limits = (reading.why, *reading.doubts)
    if not apart and _fit(over, band) == "throughout":
        return CheckResult(
            outcome=Consistent(),
            statement=say(
                "By its own numbers the picture looks like {seen}, and the sun stood between "
                "{low} and {high} degrees. Nobody has looked yet, so this weighs nothing.",
                seen=seen,
                **_ends(over),
            ),
            tests=tests,
            measurements=_measurements(over),
            nuisances=("light",),
            limits=limits,
        )
    why = (
        say("By its own numbers the picture looks like {seen}, which would not fit.", seen=seen)
        if apart
        else say("By its own numbers the picture looks like {seen}.", seen=seen)
    )
    return CheckResult(
        outcome=Inconclusive(why=why),
        statement=say(
            "The sun stood between {low} and {high} degrees at the claimed place and time. By its "
            "own numbers the picture looks like {seen}; a person has to look at it.",
            seen=seen,
            **_ends(over),
        ),
        tests=tests,
        measurements=_measurements(over),
        limits=limits,
    )


def _by_eye(
    seen: Seen, place: Place, window: Window, over: Daylight, tests: tuple[ClaimRef, ...]
) -> CheckResult:
    fit = _fit(over, BANDS[seen])
    figures = sun_figure(place, window, over)
    if fit == "never":
        return CheckResult(
            outcome=Inconsistent(),
            statement=say(
                "The picture was seen as {seen}, but at no instant of the claimed time, anywhere "
                "in the claimed place, did the sun stand so: between {low} and {high} degrees.",
                seen=seen,
                **_ends(over),
            ),
            tests=tests,
            measurements=_measurements(over),
            nuisances=("light",),
            toward="against",
            limits=(_NO_ERROR_RATE, _WHAT_DARKENS),
            figures=figures,
        )
    if fit != "throughout":
        why = (
            say(
                "The claimed time is long enough to hold such light and other light ({day} % of "
                "it is day, {night} % night), so what is seen decides nothing.",
                day=_percent(over.shares["day"]),
                night=_percent(over.shares["night"]),
            )
            if fit == "partly"
            else say("The light seen is only just possible with the sun so high or so low.")
        )
        return CheckResult(
            outcome=Inconclusive(why=why),
            statement=say(
                "The picture was seen as {seen}; over the claimed time and place the sun stood "
                "between {low} and {high} degrees, which does not tell.",
                seen=seen,
                **_ends(over),
            ),
            tests=tests,
            measurements=_measurements(over),
            figures=figures,
        )
    power = _power(seen, place, window)
    return CheckResult(
        outcome=Consistent(),
        statement=say(
            "The picture was seen as {seen}, and the sun stood between {low} and {high} degrees "
            "over the whole claimed time and place. This says little: {share} % of all hours of "
            "the year have such light there.",
            seen=seen,
            share=f"{100 * (1 - power.high):.0f}",
            **_ends(over),
        ),
        tests=tests,
        measurements=_measurements(over),
        nuisances=("light",),
        toward="for",
        power=power,
        limits=(_NO_CALIBRATION,),
        figures=figures,
    )


_NO_ERROR_RATE: Final = say(
    "How often an analyst takes day for night or night for day has not been measured, so this has "
    "no error rate and does not decide by itself."
)
_WHAT_DARKENS: Final = say(
    "Thick smoke, a dust storm, an eclipse or a dark filter makes night of day; a night mode, "
    "floodlight or a large fire makes day of dusk."
)
_NO_CALIBRATION: Final = say(
    "No study says how often footage from another time has such light, so no likelihood ratio is "
    "given; footage is filmed by day more often than by night."
)


def _fit(over: Daylight, band: Band) -> Literal["throughout", "partly", "barely", "never"]:
    """How the heights attained lie to a band; doubt in the heights never makes it "never"."""
    if over.highest.high < band.low or over.lowest.low > band.high:
        return "never"
    if over.lowest.low < band.low or over.highest.high > band.high:
        return "partly"
    usual = over.highest.low >= band.usual_low and over.lowest.high <= band.usual_high
    return "throughout" if usual else "barely"


def _ends(over: Daylight) -> dict[str, str]:
    return {"low": f"{over.lowest.value:.1f}", "high": f"{over.highest.value:.1f}"}


def _percent(share: Quantity) -> str:
    return f"{100 * share.value:.0f}"


def _measurements(over: Daylight) -> tuple[Measurement, ...]:
    shares = (
        Measurement(name=f"share of {name.replace('_', ' ')}", quantity=share)
        for name, share in over.shares.items()
    )
    return (
        Measurement(name="lowest sun", quantity=over.lowest),
        Measurement(name="highest sun", quantity=over.highest),
        *shares,
    )


def _power(seen: Seen, place: Place, window: Window) -> Quantity:
    """At most how often this would have spoken against footage from another time of the year.

    The share of the hours of the year before the window's end in which the light seen cannot be.
    """
    last = min(window.end, datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC) - timedelta(days=1))
    first = max(last - timedelta(days=365), datetime(FIRST_YEAR, 1, 1, tzinfo=UTC))
    at = np.linspace(first.timestamp(), last.timestamp(), _INSTANTS)
    heights = sun_position(at, place.latitude_deg, place.longitude_deg).elevation_deg
    band = BANDS[seen]
    share = float(np.mean((heights < band.low) | (heights > band.high)))
    how = "share of the year's hours in which such light cannot be; an upper bound"
    return quantity(share, 0.0, share, "1", how)
