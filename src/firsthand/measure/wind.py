"""What a wind makes smoke do in a picture, and whether that is what was seen.

Angles of drift are measured from the line of sight: 0 straight away from the camera, 90 to the
right, 180 straight toward it, 270 (or -90) to the left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from scipy.special import ndtr

from firsthand.records import Quantity, quantity

__all__ = [
    "ALPHA",
    "CALM_MS",
    "Climate",
    "Drift",
    "Verdict",
    "Wind",
    "compare",
    "wind_at",
    "would_fit",
]

CALM_MS: Final = 2.0
"""Below it a wind's direction says nothing of where a plume goes (METAR calls up to 1 m/s calm)."""

VARIABLE_DEG: Final = 60.0
"""Swings wider than this are what WMO calls variable."""

ALPHA: Final = 0.01

_ROUNDING_SD_DEG: Final = 5.0
_WANDER_DEG_MS: Final = 120.0
"""How far direction wanders within an hour, times the speed: slack winds turn about, strong ones
keep. Fitted to the 99 % quantiles of a year of hourly reports at one airport (Greensboro; changes
by more than 150, 120, 100 and 60 degrees at 2.5, 3.5, 5 and 7.5 m/s), because wind's turning has
long tails and a normal law of its middle would call one true claim in thirty inconsistent."""
_WANDER_MOST_DEG: Final = 60.0
_VEER_DEG: Final = 15.0
_VEER_SD_DEG: Final = 20.0
"""How far wind turns (clockwise north of the equator) from 10 m to a kilometre up, and how much
that varies. A choice, wide on purpose: it depends on stability, roughness and latitude."""
_VEERED_BY_M: Final = 1000.0


@dataclass(frozen=True)
class Wind:
    """A wind at a plume's height: where it comes from with its spread, and how strong."""

    from_deg: float
    sd_deg: float
    speed_ms: float


@dataclass(frozen=True)
class Drift:
    """What was seen: an angle with its standard deviation, the camera's own motion taken out."""

    angle_deg: float
    sd_deg: float


@dataclass(frozen=True)
class Verdict:
    """`p` for a misfit so large; `expected` the angle of drift, its interval unwrapped."""

    kind: Literal["fits", "misfits", "cannot_tell"]
    why: str
    p: float | None
    expected: Quantity | None


@dataclass(frozen=True)
class Climate:
    """The share of other hours at this place whose wind would have fitted as well."""

    share: Quantity


def wind_at(
    from_deg: float | None,
    speed_ms: float,
    *,
    measured_m: float,
    plume_m: tuple[float, float],
    swing_deg: float = 0.0,
    apart_h: float = 0.0,
    latitude_deg: float,
) -> Wind | str:
    """One recorded wind carried to a plume's height range, or in words why it cannot be.

    `apart_h` is how far the record lies from the time asked for.
    """
    if from_deg is None or swing_deg > VARIABLE_DEG:
        return "the wind was variable"
    if speed_ms < CALM_MS:
        return "it was calm"
    if apart_h > 3:
        return "no wind is recorded within three hours"
    middle = sum(plume_m) / 2
    share = float(np.clip((middle - measured_m) / _VEERED_BY_M, -1, 1))
    veer = np.sign(latitude_deg) * _VEER_DEG * share
    sd = np.sqrt(
        _ROUNDING_SD_DEG**2
        + min(_WANDER_DEG_MS / speed_ms, _WANDER_MOST_DEG) ** 2 * (1 + apart_h)
        + (swing_deg / 4) ** 2
        + (_VEER_SD_DEG * abs(share)) ** 2
    )
    return Wind(float((from_deg + veer) % 360), float(sd), speed_ms)


def compare(wind: Wind, heading_deg: float, heading_sd_deg: float, seen: Drift) -> Verdict:
    """Hold the drift that was seen against the wind."""
    angle = (wind.from_deg + 180 - heading_deg) % 360
    sd = float(np.hypot(wind.sd_deg, heading_sd_deg))
    expected = quantity(
        angle, angle - 1.96 * sd, angle + 1.96 * sd, "deg", "wind carried to the plume's height"
    )
    off = (seen.angle_deg - angle + 180) % 360 - 180
    whole = float(np.hypot(sd, seen.sd_deg))
    p = float(2 * ndtr(-abs(off) / whole))
    if abs(np.sin(np.radians(angle))) < np.sin(np.radians(min(1.5 * sd, 60))) and _is_side(seen):
        return Verdict(
            "cannot_tell", "the wind blew along the line of sight within its doubt", None, expected
        )
    return Verdict("misfits" if p <= ALPHA else "fits", "", p, expected)


def _is_side(seen: Drift) -> bool:
    """Whether only the side was made out: an angle known to no better than 30 degrees."""
    return seen.sd_deg >= 30


def would_fit(
    winds: Sequence[Wind], heading_deg: float, heading_sd: float, seen: Drift
) -> Climate | None:
    """How common such a wind is there; None with fewer than 100 hours."""
    if len(winds) < 100:
        return None
    kinds = [compare(wind, heading_deg, heading_sd, seen).kind for wind in winds]
    n, hits = len(kinds), sum(kind != "misfits" for kind in kinds)
    # Hours follow one another: a day's hours count as two.
    free = max(n / 12, 1.0)
    share = hits / n
    error = 1.96 * float(np.sqrt(max(share * (1 - share), 0.25 / free) / free))
    how = f"{hits} of {n} recorded hours would have fitted"
    return Climate(quantity(share, max(share - error, 0), min(share + error, 1), "1", how))
