"""Stated probability of detection against simulated fires seen by a simulated sensor.

    python benchmarks/where_when/fires.py

The simulation shares no code with the model under test: scenes are drawn on a fine grid, blurred
and sampled as a scanner does, given noise and ground that varies over kilometres, and searched with
the products' full contextual tests (windows that grow, background pixels picked, mean absolute
deviations measured). Only Planck's law is common, written here in other units.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from firsthand.measure.fire_detection import DETECTORS, detection_probability

SCENES = 1000
SEED = 88
SIDE = 21
H, C, K = 6.62607015e-34, 2.99792458e8, 1.380649e-23
AREAS = (3, 6, 10, 15, 25, 40, 60, 100, 150, 200, 300, 500, 1000, 3000)
FIRES_K = (750.0, 950.0, 1150.0)
PIXELS = {"MODIS": (1.0e6, 2.2e6), "VIIRS": (0.14e6, 0.3e6)}
BANDS = {"MODIS": (3.96e-6, 11.03e-6), "VIIRS": (3.74e-6, 11.45e-6)}


def radiance(metres: float, kelvin: np.ndarray | float) -> np.ndarray:
    return 2 * H * C**2 / metres**5 / (np.exp(H * C / (metres * K * np.asarray(kelvin))) - 1)


def temperature(metres: float, level: np.ndarray) -> np.ndarray:
    return H * C / (metres * K) / np.log(2 * H * C**2 / (metres**5 * level) + 1)


def scene(rng: np.random.Generator, sensor: str, day: bool) -> tuple[np.ndarray, np.ndarray]:
    """Ground temperatures of 21 by 21 pixels at both wavelengths, without fire."""
    mean = rng.normal(308.0, 6.0) if day else rng.normal(290.0, 5.0)
    slope = rng.normal(0, 0.05, 2)
    y, x = np.mgrid[:SIDE, :SIDE] - SIDE // 2
    smooth = mean + slope[0] * x + slope[1] * y
    noise = 1.3 if day else 0.8
    short = smooth + (8.0 if day else 0.0) + rng.normal(0, noise, (SIDE, SIDE))
    return short, smooth + rng.normal(0, noise, (SIDE, SIDE))


def with_fire(
    rng: np.random.Generator,
    sensor: str,
    ground: tuple[np.ndarray, np.ndarray],
    burning: tuple[float, float, float],
) -> tuple[np.ndarray, np.ndarray]:
    """The same with a fire somewhere in the middle pixel; a triangle along the scan shares it."""
    area, kelvin, pixel = burning
    at = rng.uniform(-0.5, 0.5)
    middle = SIDE // 2
    out = []
    for wave, thru, field in zip(BANDS[sensor], (0.85, 0.90), ground, strict=True):
        level = radiance(wave, field)
        for step in (-1, 0, 1):
            share = max(0.0, 1 - abs(at - step)) * area / pixel * thru
            cell = (middle, middle + step)
            level[cell] = (1 - share) * level[cell] + share * radiance(wave, kelvin)
        out.append(temperature(wave, level))
    if sensor == "VIIRS":
        out[0] = np.minimum(out[0], 367.0)
    return out[0], out[1]


def found(sensor: str, short: np.ndarray, long: np.ndarray, day: bool) -> bool:
    """Whether any of the three middle pixels passes the tests."""
    middle = SIDE // 2
    return any(_passes(sensor, short, long, (middle, middle + step), day) for step in (-1, 0, 1))


def _passes(
    sensor: str, short: np.ndarray, long: np.ndarray, at: tuple[int, int], day: bool
) -> bool:
    t4, contrast = short[at], short[at] - long[at]
    viirs = sensor == "VIIRS"
    if t4 >= ((367 if viirs else 360) if day else 320):
        return True
    least4 = (325 if viirs else 310) if day else (295 if viirs else 305)
    least = (25 if viirs else 10) if day else 10
    if t4 <= least4 or contrast <= least:
        return False
    delta = short - long
    for half in range(1, 10):
        block = (slice(at[0] - half, at[0] + half + 1), slice(at[1] - half, at[1] + half + 1))
        keep = np.ones((2 * half + 1,) * 2, bool)
        keep[half, max(half - 1, 0) : half + 2] = False
        hot = (short[block] > least4 + 10) & (delta[block] > 20)
        keep &= ~hot
        if keep.sum() >= max(8, 0.25 * keep.size):
            b4, bd = short[block][keep], delta[block][keep]
            mad4, madd = np.abs(b4 - b4.mean()).mean(), np.abs(bd - bd.mean()).mean()
            if viirs:
                return bool(
                    contrast > bd.mean() + 2 * madd
                    and contrast > bd.mean() + 10
                    and t4 > b4.mean() + 3.5 * mad4
                )
            return bool(
                contrast > bd.mean() + 3.5 * madd
                and contrast > bd.mean() + 6
                and t4 > b4.mean() + 3 * mad4
            )
    return False


def main() -> str:
    rng = np.random.default_rng(SEED)
    gaps: dict[str, list[float]] = {}
    for sensor, pixels in PIXELS.items():
        for day in (True, False):
            light = "day" if day else "night"
            for pixel in pixels:
                for kelvin in FIRES_K:
                    for area in AREAS:
                        hits = 0
                        for _ in range(SCENES):
                            ground = scene(rng, sensor, day)
                            seen = with_fire(rng, sensor, ground, (area, kelvin, pixel))
                            hits += found(sensor, *seen, day)
                        stated = float(
                            detection_probability(
                                DETECTORS[sensor], area, kelvin, pixel, light=light
                            )
                        )
                        gaps.setdefault(f"{sensor}, {light}", []).append(stated - hits / SCENES)
    lines = [
        "### Fire detection: stated against simulated",
        "",
        f"{SCENES} scenes for each of {sum(map(len, gaps.values()))} fires (seed {SEED}): areas "
        f"{AREAS[0]} to {AREAS[-1]} m2, {FIRES_K[0]:g} to {FIRES_K[-1]:g} K, small and large "
        "pixels. The difference is stated less simulated, in points.",
        "",
        "| sensor, light | fires | within 10 points | mean | largest |",
        "|---|---|---|---|---|",
    ]
    for name, each in gaps.items():
        points = 100 * np.array(each)
        within = int((np.abs(points) <= 10).sum())
        worst = points[np.abs(points).argmax()]
        lines.append(
            f"| {name} | {points.size} | {within} of {points.size} | {points.mean():+.1f} "
            f"| {worst:+.1f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from benchmarks.report import write_section

    section = main()
    print(section)
    if "--dry" not in sys.argv:
        write_section("where_when.fires", section)
