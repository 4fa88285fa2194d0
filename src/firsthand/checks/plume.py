"""Does the smoke in the footage stand as high as the report says?

How it is measured, and what it cannot tell: docs/explanation/plume.md. A direction and no number:
what the measurement errs by has been studied, how people use words like "hundreds of metres" of
smoke has not, and a likelihood ratio would rest on both.
"""

from __future__ import annotations

from typing import Final, Literal

from firsthand.checks.base import CheckResult, check
from firsthand.measure.plume.claim import answer_claim, range_needed_for
from firsthand.measure.plume.reading import SmokeReading
from firsthand.records import (
    Claim,
    Consistent,
    Inconclusive,
    Inconsistent,
    Measurement,
    Message,
    NeedsInput,
    NotApplicable,
    say,
)

__all__ = ["ALT", "claimed_height", "plume"]

METRES: Final = {"m": 1.0, "metre": 1.0, "metres": 1.0, "meter": 1.0, "meters": 1.0,
                 "ft": 0.3048, "foot": 0.3048, "feet": 0.3048, "km": 1000.0}  # fmt: skip
SMOKE_WORDS: Final = ("smoke", "plume", "column", "cloud")

ALT: Final = {
    "frame": say(
        "The smoke's outline, its top and foot, and a scale in metres where a range is known."
    ),
    "graph": say("Height above the foot against time, with its 95 % interval."),
}
"""What the pictures of a measurement show, in words."""

_RANGE: Final = {
    "place": say(
        "The range was taken from the claimed place, so the height holds only if the smoke is "
        "there; it is no support for the place."
    ),
    "stated": say(
        "The range is what a person stated; if they took it from the claimed place, the height "
        "holds only if the smoke is there."
    ),
    "track": say(
        "The range comes from the camera's own track alone, and rests on no claim of the report."
    ),
}
TRACK_NOT_USABLE: Final = "track_not_usable"
TRACK_UNASSIGNED: Final = "track_unassigned"
_TRACK: Final = {
    TRACK_NOT_USABLE: say("A camera's track is in the case, and could not be used."),
    TRACK_UNASSIGNED: say(
        "A camera's track is in the case, and which clip it belongs to is not known: it was not "
        "used."
    ),
}
"""Why a kept track ranges nothing, by the reason that a measurement gives."""

_UNSTUDIED: Final = say(
    "A direction alone: how people use such words of smoke has not been studied."
)
_VISIBLE: Final = say(
    "Measured is the highest smoke that can be seen against the sky; thinner smoke may go higher."
)
_ORDINARY: Final = say("Many ordinary fires make smoke of such a height.")


_STOOD: Final = {
    (False, True): "The smoke stood between {low} and {high} m above its base (95 % interval).",
    (False, False): (
        "The smoke stood at least {low} m above its base in the picture; its top is not seen."
    ),
    (True, True): (
        "If the smoke is at the claimed place, it stood between {low} and {high} m above its base "
        "(95 % interval)."
    ),
    (True, False): (
        "If the smoke is at the claimed place, it stood at least {low} m above its base in the "
        "picture; its top is not seen."
    ),
}
"""By whether the range is the claim's own, and whether the top is in the picture."""


def _metres(value: float) -> str:
    """Three digits, and never an exponent."""
    return f"{float(f'{value:.3g}'):g}" if value < 1e6 else f"{value:.0f}"


def claimed_height(claims: tuple[Claim, ...]) -> Claim | None:
    """The claim that states a height of smoke in a unit of length, an accepted one first."""
    found = [
        claim
        for claim in claims
        if claim.quantity is not None
        and claim.quantity.unit.lower() in METRES
        and (claim.quantity.min is not None or claim.quantity.max is not None)
        and claim.polarity == "affirmed"
        and _about_smoke(claim)
    ]
    return min(found, key=lambda claim: not claim.stands, default=None)


def _about_smoke(claim: Claim) -> bool:
    quantity = claim.quantity
    words = f"{claim.proposition} {quantity.of if quantity else ''}".lower()
    return any(word in words for word in SMOKE_WORDS)


def _span(claim: Claim) -> tuple[float, float]:
    """Least and greatest height in metres; an end that is left open is ten times the other."""
    quantity = claim.quantity
    assert quantity is not None  # noqa: S101 -- claimed_height has looked
    unit = METRES[quantity.unit.lower()]
    low = quantity.min if quantity.min is not None else (quantity.max or 0.0) / 10
    high = quantity.max if quantity.max is not None else (quantity.min or 0.0) * 10
    return low * unit, high * unit


@check(
    name="plume",
    question="Does the smoke stand as high as the report says?",
    proposition="F",
    version="1",
    scope="shot",
)
def plume(
    claims: tuple[Claim, ...] = (),
    smoke: SmokeReading | None = None,
) -> CheckResult:
    """Hold the height that was measured in this shot against the claimed one."""
    claim = claimed_height(claims)
    if claim is None:
        why = say("No reading of the report states how high the smoke stood.")
        return CheckResult(outcome=NotApplicable(why=why), statement=why)
    if smoke is None:
        why = say("The smoke in the footage has not been measured.")
        return CheckResult(
            outcome=NeedsInput(missing=("smoke",), why=why), statement=why, tests=(claim.ref,)
        )
    if "no_plume_found" in smoke.reasons:
        why = say("No smoke rising from the ground was found in this shot.")
        return CheckResult(outcome=Inconclusive(why=why), statement=why, tests=(claim.ref,))
    low, high = _span(claim)
    if smoke.low_m is None:
        return _without_range(smoke, claim)
    vague = bool(claim.quantity and claim.quantity.vague)
    answer = answer_claim((low, high), smoke.low_m, smoke.high_m, vague=vague)
    if smoke.outcome == "cannot_tell":
        why = say("The outlines of the smoke, drawn in different ways, do not agree.")
        return _result(smoke, claim, Inconclusive(why=why))
    limits = (*((_RANGE[smoke.range_from],) if smoke.range_from else ()), _VISIBLE, _ORDINARY)
    if answer.verdict == "consistent" and smoke.range_from == "place":
        return _result(smoke, claim, Consistent(), limits=limits)  # the place lends itself nothing
    if answer.verdict == "consistent":
        return _result(smoke, claim, Consistent(), toward="for", limits=(*limits, _UNSTUDIED))
    if answer.verdict == "inconsistent":
        return _result(smoke, claim, Inconsistent(), toward="against", limits=(*limits, _UNSTUDIED))
    why = say("The interval of the height lies partly inside and partly outside of the claim.")
    return _result(smoke, claim, Inconclusive(why=why), limits=limits)


def _of_track(smoke: SmokeReading) -> tuple[Message, ...]:
    return tuple(_TRACK[reason] for reason in smoke.reasons if reason in _TRACK)


def _without_range(smoke: SmokeReading, claim: Claim) -> CheckResult:
    """No metres without a range; which range the claim needs can always be said."""
    angle = smoke.angular_height
    missing = NeedsInput(
        missing=("distance",), why=say("How far the smoke is from the camera is not known.")
    )
    if angle is None:
        return CheckResult(
            outcome=missing, statement=missing.why, tests=(claim.ref,), limits=_of_track(smoke)
        )
    near, far = range_needed_for(_span(claim), angle.low, angle.high)
    return CheckResult(
        outcome=missing,
        statement=say(
            "The smoke spans {low} to {high} degrees; the claimed height needs it to be between "
            "{near} and {far} m away.",
            low=f"{angle.low:.3g}",
            high=f"{angle.high:.3g}",
            near=_metres(near),
            far=_metres(far),
        ),
        tests=(claim.ref,),
        measurements=(Measurement(name="angular height", quantity=angle),),
        limits=(_VISIBLE, *_of_track(smoke)),
        shows=smoke.figures,
    )


def _result(
    smoke: SmokeReading,
    claim: Claim,
    outcome: Consistent | Inconsistent | Inconclusive,
    *,
    toward: Literal["for", "against"] | None = None,
    limits: tuple[Message, ...] = (_VISIBLE,),
) -> CheckResult:
    named = (
        ("height", smoke.height),
        ("angular height", smoke.angular_height),
        ("distance by the camera's way", smoke.track_range),
    )
    # Rise and drift answer no claim, and their intervals hold less than they state (accuracy.md).
    claimed = smoke.range_from == "place"
    low = _metres(smoke.low_m or 0.0)
    if smoke.high_m is None:
        statement = say(_STOOD[claimed, False], low=low)
    else:
        statement = say(_STOOD[claimed, True], low=low, high=_metres(smoke.high_m))
    return CheckResult(
        outcome=outcome,
        statement=statement,
        tests=(claim.ref,),
        measurements=tuple(
            Measurement(name=name, quantity=value) for name, value in named if value is not None
        ),
        nuisances=("distance", "field of view"),
        toward=toward,
        limits=(*limits, *_of_track(smoke)),
        shows=smoke.figures,
    )
