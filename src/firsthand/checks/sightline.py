"""Could the camera have seen the top of what it shows, from where it is said to have stood?

The reasoning: docs/explanation/where-and-when.md.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from firsthand.checks.base import CheckResult, check
from firsthand.checks.where_claims import place_and_time
from firsthand.evidence.ground import GroundLines
from firsthand.measure.earth import distance
from firsthand.measure.sightline import over_smooth_earth, over_terrain
from firsthand.records import (
    Claim,
    ClaimRef,
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
    version="2",
    scope="shot",
    alternative="other_place",
)
def sightline(
    place: Place,
    camera_position: Place,
    top_height: Length,
    *,
    camera_height: Length | None = None,
    ground: GroundLines | None = None,
    claims: tuple[Claim, ...] = (),
) -> CheckResult:
    """Over the ground where a model was kept; else what the Earth's own curve hides, nearest and
    farthest."""
    eye = camera_height.value_m + 1.96 * camera_height.sd_m if camera_height else EYE_M
    tests = place_and_time(claims)
    if ground is not None:
        return _over_ground(ground, eye, top_height, tests)
    away = distance(
        camera_position.latitude_deg,
        camera_position.longitude_deg,
        place.latitude_deg,
        place.longitude_deg,
    )
    slack = place.radius_m + camera_position.radius_m
    nearest = max(away.low - slack, 1.0)
    near = over_smooth_earth(nearest, eye, top_height.value_m, top_sd_m=top_height.sd_m)
    far = over_smooth_earth(away.high + slack, eye, top_height.value_m, top_sd_m=top_height.sd_m)
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


def _over_ground(
    ground: GroundLines, eye_m: float, top: Length, tests: tuple[ClaimRef, ...]
) -> CheckResult:
    """Every line from where the camera may have stood to where the thing may be; all must agree."""
    sights = [
        over_terrain(
            np.linspace(0.0, line.distance_m, len(line.heights_m)),
            np.asarray(line.heights_m),
            eye_m,
            top.value_m,
            top_sd_m=top.sd_m,
            near_m=max(1.5 * ground.cell_m, 50.0),
        )
        for line in ground.lines
    ]
    least = min((sight.hidden_m for sight in sights), key=lambda hidden: hidden.value)
    most = max((sight.hidden_m for sight in sights), key=lambda hidden: hidden.value)
    seen = {sight.seen for sight in sights}
    words = {
        "count": str(len(sights)),
        "low": f"{least.value:.0f}",
        "high": f"{most.value:.0f}",
        "top": f"{top.value_m:.0f}",
    }
    measurements = (
        Measurement(name="hidden by the ground, where it hides least", quantity=least),
        Measurement(name="hidden by the ground, where it hides most", quantity=most),
    )
    if seen == {"hidden"}:
        return CheckResult(
            outcome=Inconsistent(),
            statement=say(
                "The ground hides the lowest {low} to {high} m on all {count} lines between where "
                "the camera and the place may be; a top of {top} m is out of sight.",
                **words,
            ),
            tests=tests,
            measurements=measurements,
            nuisances=("position",),
            toward="against",
            limits=(_MODEL,),
        )
    if seen == {"visible"}:
        return CheckResult(
            outcome=Consistent(),
            statement=say(
                "Over the ground a top of {top} m is in sight on all {count} lines between where "
                "the camera and the place may be. Buildings and trees were not looked at, and this "
                "weighs nothing.",
                **{name: words[name] for name in ("top", "count")},
            ),
            tests=tests,
            measurements=measurements,
            nuisances=("position",),
            limits=(_MODEL, _ONE_BEARING),
        )
    return CheckResult(
        outcome=Inconclusive(
            why=say(
                "Within the doubt of positions, heights and refraction the top may be in sight or "
                "hidden: the ground hides {low} to {high} m.",
                **{name: words[name] for name in ("low", "high")},
            )
        ),
        statement=say(
            "Whether a top of {top} m is in sight over the ground cannot be told.", top=words["top"]
        ),
        tests=tests,
        measurements=measurements,
        limits=(_MODEL, _ONE_BEARING),
    )


_MODEL: Final = say(
    "The elevation model's cells are wider than a wall or a wood: what stands on the ground can "
    "only hide more, and a ridge narrower than a cell may too. The first cell or so before the "
    "camera is taken as open. Points on the rims of both places were tried, not every point."
)
_SMOOTH: Final = say(
    "A smooth earth without hills or buildings: these can only hide more. Over cold water or "
    "strong inversions light bends further and more is seen."
)
_ONE_BEARING: Final = say(
    "One bearing places nothing inside a site: what is seen along it may stand before or behind."
)
