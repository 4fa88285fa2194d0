"""What it means that no satellite reported a fire: one integral over all passes together.

Passes minutes apart look at the same fire under the same cloud; multiplying their chances of
missing it takes them for independent and makes of absence far more than it is. Here whole worlds
are drawn (how large and hot the fire, when it began and how long it burned, where the cloud was),
and in each world the passes miss or see together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from firsthand.measure.fire_detection import DETECTORS, Light, detection_probability
from firsthand.records import Quantity, quantity

__all__ = ["Absence", "Fire", "Sweep", "missed_by_all"]

Array = NDArray[np.float64]

WORLDS: Final = 2000
_SEED: Final = 20210928
_CLOUD_LASTS_S: Final = (7 * 3600.0, 14 * 3600.0, 58 * 3600.0)
"""Time over which cloud at a place loses its memory, by a factor e: least, usual, most. Jones 1992
("Cloud-cover distributions and correlations", J. Appl. Meteor. 31, 732) found exponentials whose
half-lives run from 5 to 40 hours; 10 is taken as usual."""

PLUME_AS_CLOUD: Final = 0.15
"""A large daytime plume may be flagged as cloud, its pixels left out; shared by a day's passes."""


@dataclass(frozen=True)
class Sweep:
    """One pass whose sensor swept the place. `certain`: inside the swath by a margin."""

    t_unix_s: float
    sensor: str
    light: Light
    pixel_m2: float
    certain: bool = True


@dataclass(frozen=True)
class Fire:
    """What the claim says of the fire, as 95 % ranges, each log-normal between its ends.

    `start` is the span in which it began, Unix seconds; `cloud` the chance of cloud over the place.
    """

    start: tuple[float, float]
    lasts_s: tuple[float, float]
    area_m2: tuple[float, float]
    kelvin: tuple[float, float]
    cloud: tuple[float, float]


@dataclass(frozen=True)
class Absence:
    """`missed` is the chance that all sweeps miss the fire; `product` what a plain product of the
    sweeps' own chances would have said; `each` those, in the order of the sweeps."""

    missed: Quantity
    product: float
    each: tuple[float, ...]


def missed_by_all(fire: Fire, sweeps: Sequence[Sweep]) -> Absence | None:
    """The joint chance of no detection, or None without any sweep: then absence says nothing.

    Deterministic: the worlds are drawn by a fixed seed, and the interval takes the sampling and the
    cloud's ranges, of how much and of how lasting.
    """
    if not sweeps:
        return None
    times = np.array([sweep.t_unix_s for sweep in sweeps])
    rng = np.random.default_rng(_SEED)
    area = _log_between(rng, fire.area_m2)
    kelvin = _log_between(rng, fire.kelvin)
    start = rng.uniform(*fire.start, WORLDS)
    lasts = _log_between(rng, fire.lasts_s)
    noise = rng.standard_normal((WORLDS, times.size))
    skies = [_correlated(noise, times, lasting) for lasting in _CLOUD_LASTS_S]
    smoke = rng.random(WORLDS) < PLUME_AS_CLOUD
    burning = (times >= start[:, None]) & (times <= (start + lasts)[:, None])
    pod = np.stack([_pod(sweep, area, kelvin) for sweep in sweeps], axis=1)
    by_day = np.array([sweep.light == "day" for sweep in sweeps])
    pod = np.where(smoke[:, None] & by_day, 0.0, pod)
    pod = pod * np.array([1.0 if sweep.certain else 0.5 for sweep in sweeps])

    def chance(cloud: float, sky: Array) -> tuple[float, Array]:
        clear = sky > ndtri(cloud) if 0 < cloud < 1 else np.full(sky.shape, cloud == 0)
        miss = 1 - pod * burning * clear
        return float(np.prod(miss, axis=1).mean()), miss.mean(axis=0)

    middle = (fire.cloud[0] + fire.cloud[1]) / 2
    value, each = chance(middle, skies[1])
    ends = [chance(cloud, sky)[0] for cloud in fire.cloud for sky in (skies[0], skies[2])]
    low, high = min(ends), max(ends)
    error = 1.96 * float(np.sqrt(max(value * (1 - value), 1e-6) / WORLDS))
    return Absence(
        missed=quantity(
            value,
            max(min(low, value) - error, 0.0),
            min(max(high, value) + error, 1.0),
            "1",
            "joint over burning, cloud and detection; 2,000 worlds",
        ),
        product=round(float(np.prod(each)), 4),
        each=tuple(round(float(one), 4) for one in each),
    )


def _log_between(rng: np.random.Generator, ends: tuple[float, float]) -> Array:
    low, high = np.log(ends)
    return np.asarray(
        np.exp((low + high) / 2 + (high - low) / (2 * 1.96) * rng.standard_normal(WORLDS))
    )


def _correlated(noise: Array, times: Array, lasting_s: float) -> Array:
    """A standard normal sky for each world and sweep, remembering over hours."""
    apart = np.abs(times[:, None] - times[None, :])
    covariance = np.exp(-apart / lasting_s) + 1e-9 * np.eye(times.size)
    return np.asarray(noise @ np.linalg.cholesky(covariance).T)


def _pod(sweep: Sweep, area: Array, kelvin: Array) -> Array:
    """Detection over the worlds, through a table: the full sum for each world would be waste."""
    areas = np.geomspace(max(area.min(), 1e-2), area.max() * 1.0001, 24)
    heats = np.linspace(kelvin.min(), kelvin.max() * 1.0001, 6)
    grid = detection_probability(
        DETECTORS[sweep.sensor], areas[:, None], heats[None, :], sweep.pixel_m2, light=sweep.light
    )
    x = np.interp(np.log(area), np.log(areas), np.arange(areas.size))
    y = np.interp(kelvin, heats, np.arange(heats.size))
    i, j = np.minimum(x.astype(int), areas.size - 2), np.minimum(y.astype(int), heats.size - 2)
    fx, fy = x - i, y - j
    near = grid[i, j] * (1 - fy) + grid[i, j + 1] * fy
    far = grid[i + 1, j] * (1 - fy) + grid[i + 1, j + 1] * fy
    return np.asarray(near * (1 - fx) + far * fx)
