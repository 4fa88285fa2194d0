"""What a person or a file tells the measurement, each with its doubt."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import InputError
from firsthand.measure.plume.travel import Far, Travel

__all__ = ["Given", "Point", "Reference", "Sure", "phone_focal_35mm"]

Point = tuple[float, float]

PHONE_LENSES = ((0.80, 28.0, 0.10), (0.13, 52.0, 0.25), (0.07, 14.5, 0.15))
"""Prior over phone cameras when nothing is known: share, 35 mm equivalent focal length in mm,
spread of its logarithm. Main cameras are 23-27 mm and film with a crop for stabilisation
(x 1.05-1.25); then digital or optical telephoto; then ultra-wide (12-16 mm). The shares are our
own stated assumption, not a census; the wide spread is the point."""

LONG_SIDE_MM = 36.0


@dataclass(frozen=True)
class Sure:
    """A number and its standard deviation, in the unit its place names."""

    value: float
    sd: float

    def __post_init__(self) -> None:
        if not (np.isfinite(self.value) and np.isfinite(self.sd) and self.sd >= 0):
            raise InputError("A number and its standard deviation must be finite, sd >= 0.")


@dataclass(frozen=True)
class Reference:
    """An upright object of known size at a known distance: both ends in first-frame pixels."""

    start: Point
    end: Point
    metres: float
    distance_m: float


@dataclass(frozen=True)
class Given:
    """Inputs of one measurement; everything may be missing.

    Pixels are of the first sampled frame, upright. `heading_deg` is of the optical axis,
    `wind_from_deg` where the wind comes from, both clockwise from true north. `claim_m` is the
    span that a claim names. `distance_m` is horizontal, camera to the plume's base.
    """

    distance_m: Sure | None = None
    hfov_deg: Sure | None = None
    focal_35mm: float | None = None
    base: Point | None = None
    box: tuple[float, float, float, float] | None = None
    horizon: tuple[float, float, float, float] | None = None
    reference: Reference | None = None
    heading_deg: Sure | None = None
    wind_from_deg: Sure | None = None
    camera_height_m: float | None = None
    claim_m: tuple[float, float] | None = None
    travel: Travel | None = None
    far: Far | None = None
    seed: int = 1
    draws: int = field(default=8000)

    def __post_init__(self) -> None:
        if self.distance_m is not None and not 0 < self.distance_m.value < 1e6:
            raise InputError("The distance must be above 0 and below 1000 km.")
        if self.hfov_deg is not None and not 1 < self.hfov_deg.value < 170:
            raise InputError("The field of view must be between 1 and 170 degrees.")
        if self.claim_m is not None and not 0 < self.claim_m[0] <= self.claim_m[1]:
            raise InputError("A claim runs from a smaller to a larger height above 0.")
        if self.box is not None and min(self.box[2:]) <= 0:
            raise InputError("The box must have a width and a height.")

    @property
    def wind_across(self) -> Sure | None:
        """Where the wind goes against the optical axis, degrees clockwise from straight away."""
        if self.heading_deg is None or self.wind_from_deg is None:
            return None
        to = self.wind_from_deg.value + 180 - self.heading_deg.value
        return Sure(
            (to + 180) % 360 - 180, float(np.hypot(self.heading_deg.sd, self.wind_from_deg.sd))
        )


def phone_focal_35mm(rng: np.random.Generator, draws: int) -> NDArray[np.float64]:
    """Draws of a phone camera's 35 mm equivalent focal length, mm."""
    shares = np.array([share for share, _, _ in PHONE_LENSES])
    which = rng.choice(len(PHONE_LENSES), size=draws, p=shares)
    centre = np.log([mm for _, mm, _ in PHONE_LENSES])[which]
    spread = np.array([sd for _, _, sd in PHONE_LENSES])[which]
    return np.asarray(np.exp(centre + spread * rng.standard_normal(draws)))
