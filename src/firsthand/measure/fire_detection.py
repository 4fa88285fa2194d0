"""Would a satellite have seen this fire? Planck radiances against the products' own tests.

A fire fills a small part of a pixel; the pixel's brightness at 4 and 11 micrometres follows from
Planck's law (Dozier 1981, doi:10.1016/0034-4257(81)90021-3). The tests are those of the MODIS
product (Giglio et al. 2016, doi:10.1016/j.rse.2016.02.054) and of the VIIRS 375 m product
(Schroeder et al. 2014, doi:10.1016/j.rse.2013.12.008), reduced to what a lone fire meets: a fixed
threshold that must be passed, contrast to the surroundings, or an absolute threshold.

What is stated is the probability of detection in clear air, over backgrounds that vary, detector
and ground noise, and where in its pixel the fire lies. Cloud is not in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["DETECTORS", "Background", "Detector", "brightness_k", "detection_probability", "planck"]

Array = NDArray[np.float64]
Light = Literal["day", "night"]

_C1: Final = 1.191042972e8  # 2 h c^2, W um^4 m^-2 sr^-1
_C2: Final = 14387.7688  # h c / k, um K


def planck(wavelength_um: float, kelvin: ArrayLike) -> Array:
    """Spectral radiance, W m^-2 sr^-1 um^-1."""
    return np.asarray(
        _C1 / wavelength_um**5 / np.expm1(_C2 / (wavelength_um * np.asarray(kelvin, dtype=float)))
    )


def brightness_k(wavelength_um: float, radiance: ArrayLike) -> Array:
    """The temperature of a black body of that radiance, kelvin."""
    level = _C1 / wavelength_um**5 / np.asarray(radiance, dtype=float)
    return np.asarray(_C2 / (wavelength_um * np.log1p(level)))


@dataclass(frozen=True)
class Detector:
    """A product's wavelengths and tests; temperatures in kelvin, pairs are (day, night)."""

    sensor: str
    short_um: float
    long_um: float
    least_short_k: tuple[float, float]
    least_contrast_k: tuple[float, float]
    absolute_k: tuple[float, float]
    short_sigmas: float
    contrast_sigmas: float
    contrast_over_k: float
    saturates_k: float


DETECTORS: Final = {
    each.sensor: each
    for each in (
        Detector("MODIS", 3.96, 11.03, (310, 305), (10, 10), (360, 320), 3.0, 3.5, 6.0, 500.0),
        Detector("VIIRS", 3.74, 11.45, (325, 295), (25, 10), (367, 320), 3.5, 2.0, 10.0, 367.0),
    )
}


@dataclass(frozen=True)
class Background:
    """The ground round a fire: its mean, how it varies from case to case, and pixel to pixel.

    `sun_k` is what reflected sunlight adds at 4 micrometres. Defaults are arid land.
    """

    mean_k: float
    between_sd_k: float
    pixel_sd_k: float
    sun_k: float

    @classmethod
    def usual(cls, light: Light) -> Background:
        """Arid land by day or by night."""
        return cls(308.0, 6.0, 1.3, 8.0) if light == "day" else cls(290.0, 5.0, 0.8, 0.0)


TRANSMISSION: Final = (0.85, 0.90)
"""Of the air at the short and the long wavelength, seen straight down."""

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(7)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
_PLACES: Final = (np.arange(6) + 0.5) / 12
"""Where the fire lies from the pixel's centre, in pixels: evenly from 0 to one half."""


def detection_probability(
    detector: Detector,
    area_m2: ArrayLike,
    fire_k: ArrayLike,
    pixel_m2: ArrayLike,
    *,
    light: Light,
    background: Background | None = None,
) -> Array:
    """Probability of detection in clear air; inputs broadcast, the result has their shape.

    The detector's response along the scan is a triangle two pixels wide, so a fire halfway
    between two pixels gives each half of itself.
    """
    ground = background or Background.usual(light)
    area, fire, pixel = np.broadcast_arrays(
        *(
            np.asarray(each, dtype=float)[..., None, None, None, None]
            for each in (area_m2, fire_k, pixel_m2)
        )
    )
    night = int(light == "night")
    between = _NODES[:, None, None, None]
    short_noise, long_noise = _NODES[:, None, None], _NODES[:, None]
    mean = ground.mean_k + ground.between_sd_k * between
    share = np.clip(area / pixel, 0, 1) * (1 - _PLACES)
    short = _mixed(detector.short_um, mean + ground.sun_k, fire, share * TRANSMISSION[0])
    short = np.minimum(short + ground.pixel_sd_k * short_noise, detector.saturates_k)
    long = _mixed(detector.long_um, mean, fire, share * TRANSMISSION[1])
    long = long + ground.pixel_sd_k * long_noise
    contrast = short - long
    contrast_sd = ground.pixel_sd_k * np.sqrt(2.0)
    seen = (
        (short > detector.least_short_k[night])
        & (contrast > detector.least_contrast_k[night])
        & (short > mean + ground.sun_k + detector.short_sigmas * _mad(ground.pixel_sd_k))
        & (contrast > ground.sun_k + detector.contrast_sigmas * _mad(contrast_sd))
        & (contrast > ground.sun_k + detector.contrast_over_k)
    ) | (short >= detector.absolute_k[night])
    weights = (
        _WEIGHTS[:, None, None, None] * _WEIGHTS[:, None, None] * _WEIGHTS[:, None] / _PLACES.size
    )
    return np.clip(np.sum(seen * weights, axis=(-4, -3, -2, -1)), 0.0, 1.0)


def _mad(sd: float) -> float:
    """The mean absolute deviation of a normal spread, which is what the products use."""
    return sd * float(np.sqrt(2 / np.pi))


def _mixed(wavelength_um: float, ground_k: Array, fire_k: Array, share: Array) -> Array:
    radiance = (1 - share) * planck(wavelength_um, ground_k) + share * planck(wavelength_um, fire_k)
    return brightness_k(wavelength_um, radiance)
