"""Could the camera have seen the top of what it shows, from where it is said to have stood?

The reasoning: docs/explanation/where-and-when.md.
"""

from __future__ import annotations

from typing import Final

from firsthand.checks.base import CheckResult, check
from firsthand.checks.where_claims import place_and_time
from firsthand.measure.earth import distance
from firsthand.measure.sightline import over_smooth_earth
from firsthand.records import (
    Claim,
    Consistent,
    Inconclusive,
    Inconsistent,
    Length,
    Measurement,
    Place,
    say,
)

__all__ = ["EYE_M", "sightline"]

EYE_M: Final = 1.6


@check(
    name="sightline",
    question="Could the camera have seen the top of what it shows from where it stood?",
    proposition="F",
    version="1",
    scope="shot",
    alternative="other_place",
)
def sightline(
    place: Place,
    camera_position: Place,
    top_height: Length,
    camera_height: Length | None = None,
    claims: tuple[Claim, ...] = (),
) -> CheckResult:
    """Over a smooth earth: what the Earth's own curve hides at the place's nearest and farthest."""
    away = distance(
        camera_position.latitude_deg,
        camera_position.longitude_deg,
        place.latitude_deg,
        place.longitude_deg,
    )
    slack = place.radius_m + camera_position.radius_m
    eye = camera_height.value_m + 1.96 * camera_height.sd_m if camera_height else EYE_M
    nearest = max(away.low - slack, 1.0)
    near = over_smooth_earth(nearest, eye, top_height.value_m, top_sd_m=top_height.sd_m)
    far = over_smooth_earth(away.high + slack, eye, top_height.value_m, top_sd_m=top_height.sd_m)
    tests = place_and_time(claims)
    words = {
        "near": f"{nearest / 1000:.1f}",
        "far": f"{(away.high + slack) / 1000:.1f}",
        "hidden": f"{near.hidden_m.value:.0f}",
        "top": f"{top_height.value_m:.0f}",
    }
    measurements = (
        Measurement(name="distance to the place", quantity=away),
        Measurement(name="hidden at the nearest point", quantity=near.hidden_m),
    )
    if near.seen == "hidden":
        return CheckResult(
            outcome=Inconsistent(),
            statement=say(
                "From the camera's position the place is {near} km away or more, where the "
                "Earth's curve hides the lowest {hidden} m; a top of {top} m is out of sight.",
                **{name: words[name] for name in ("near", "hidden", "top")},
            ),
            tests=tests,
            measurements=measurements,
            nuisances=("position",),
            toward="against",
            limits=(_SMOOTH,),
        )
    if far.seen == "visible":
        return CheckResult(
            outcome=Consistent(),
            statement=say(
                "A top of {top} m is above the horizon at {near} to {far} km. Hills and buildings "
                "between were not looked at, and this weighs nothing.",
                **{name: words[name] for name in ("near", "far", "top")},
            ),
            tests=tests,
            measurements=measurements,
            nuisances=("position",),
            limits=(_SMOOTH, _ONE_BEARING),
        )
    return CheckResult(
        outcome=Inconclusive(
            why=say("The top lies at the horizon within the doubt of refraction and distance.")
        ),
        statement=say(
            "Whether a top of {top} m is in sight at {near} to {far} km cannot be told.",
            **{name: words[name] for name in ("near", "far", "top")},
        ),
        tests=tests,
        measurements=measurements,
        limits=(_SMOOTH, _ONE_BEARING),
    )


_SMOOTH: Final = say(
    "A smooth earth without hills or buildings: these can only hide more. Over cold water or "
    "strong inversions light bends further and more is seen."
)
_ONE_BEARING: Final = say(
    "One bearing places nothing inside a site: what is seen along it may stand before or behind."
)
