"""Smoke as a column of puffs that rise, are carried off, swell and churn.

Puff i was let out at time e_i; at age a it stands at height c a^p, downwind by the wind's way, with
a radius that grows with height (Briggs' entrainment, roughly). Each carries a noise patch, so that
texture goes with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

PATCH = 64


def noise_patch(rng: np.random.Generator, size: int = PATCH, octaves: int = 4) -> np.ndarray:
    """Smooth noise, mean 0, deviation 1, size x size, wrapping."""
    total = np.zeros((size, size), np.float32)
    for k in range(octaves):
        cells = 4 * 2**k
        if cells > size:
            break
        grid = rng.standard_normal((cells, cells)).astype(np.float32)
        total += cv2.resize(grid, (size, size), interpolation=cv2.INTER_CUBIC) / 1.6**k
    half = total[: size // 2, : size // 2]
    total = np.block([[half, half[:, ::-1]], [half[::-1], half[::-1, ::-1]]])
    return (total - total.mean()) / total.std()


@dataclass
class Smoke:
    """All numbers in metres, seconds, degrees; `age_s` of the fire at the clip's middle."""

    rng_seed: int
    height_m: float
    age_s: float
    power: float
    wind_to_deg: float
    wind_m_s: float
    swell: float
    root_m: float
    kind: str
    opacity: float
    colour: np.ndarray
    light_colour: np.ndarray
    churn: float
    shear: float
    count: int = 60

    def __post_init__(self) -> None:
        rng = np.random.default_rng(self.rng_seed)
        self.rate = self.height_m / self.age_s**self.power
        # Evenly in height, so that the column is closed all the way up.
        heights = (np.arange(self.count) + rng.uniform(0.2, 0.8, self.count)) / self.count
        self.age_at_middle = (heights * self.age_s**self.power) ** (1 / self.power)
        self.phase = rng.uniform(0, 2 * np.pi, (self.count, 3, 3))
        self.tempo = rng.uniform(0.15, 0.7, (self.count, 3, 3))
        self.patches = [noise_patch(rng) for _ in range(8)]
        self.which = rng.integers(0, 8, self.count)
        self.size = rng.uniform(0.8, 1.2, self.count)

    def at(self, t: float) -> dict[str, np.ndarray]:
        """Centres (n x 3), radii, velocities (n x 3) and ages at t seconds after the middle."""
        age = np.maximum(self.age_at_middle + t, 0.0)
        z = self.rate * age**self.power
        # Wind grows with height as wind ~ z^shear; the way is its integral over the rise.
        relative = (np.maximum(z, 1.0) / self.height_m) ** self.shear
        way = self.wind_m_s * age * relative / (1 + self.power * self.shear)
        to = np.radians(self.wind_to_deg)
        heading = np.array([np.sin(to), np.cos(to)])
        radius = (self.root_m + self.swell * z) * self.size
        wobble = (np.sin(self.phase + self.tempo * t) / np.array([1, 2, 3])).sum(-1)
        wobble *= (self.churn * radius)[:, None]
        centre = np.c_[way[:, None] * heading, z] + wobble
        rise = self.rate * self.power * np.maximum(age, 0.2) ** (self.power - 1)
        speed = self.wind_m_s * relative
        velocity = np.c_[speed[:, None] * heading, rise]
        alive = age > 0
        centre[:, 2] = np.maximum(centre[:, 2], 0.0)
        return {
            "centre": centre[alive],
            "radius": radius[alive],
            "velocity": velocity[alive],
            "age": age[alive],
            "index": np.flatnonzero(alive),
        }
