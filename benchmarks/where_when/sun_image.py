"""The sun by a picture, against pictures whose sun another program knows.

    python benchmarks/where_when/sun_image.py

Scenes are projected here by rotation matrices, which the code under test does not share.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from firsthand.errors import InputError
from firsthand.measure.sun_image import Known, Upright, View, sun_from_image

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.report import write_section
from benchmarks.where_when.truths import interval

SEED = 2022
PICTURES = 1000


def render(
    camera: tuple[float, float, float], sun: tuple[float, float], things: np.ndarray
) -> np.ndarray:
    """Pixels (object, point, xy) of foot, top and shadow tip, by rotation matrices."""
    f = 960 / np.tan(np.radians(camera[0]) / 2)
    p, r = np.radians(camera[1:])
    tilt = np.array([[1, 0, 0], [0, np.cos(p), np.sin(p)], [0, -np.sin(p), np.cos(p)]])
    lean = np.array([[np.cos(r), 0, np.sin(r)], [0, 1, 0], [-np.sin(r), 0, np.cos(r)]])
    e, a = np.radians(sun)
    light = -np.array([np.sin(a) * np.cos(e), np.cos(a) * np.cos(e), np.sin(e)])
    out = []
    for x, y, h in things:
        foot, top = np.array([x, y, -1.6]), np.array([x, y, h - 1.6])
        tip = top + light * (top[2] + 1.6) / np.sin(e)
        seen = np.array([lean @ tilt @ point for point in (foot, top, tip)])
        out.append(np.c_[960 + f * seen[:, 0] / seen[:, 1], 540 - f * seen[:, 2] / seen[:, 1]])
        if seen[:, 1].min() < 0.8:
            return np.full((1, 3, 2), np.nan)
    return np.array(out)


def pictures(rng: np.random.Generator) -> list[str]:
    n = azimuths = heights = 0
    strata: dict[int, list[int]] = {1: [0, 0, 0], 2: [0, 0, 0], 3: [0, 0, 0]}
    while n < PICTURES:
        camera = rng.uniform(40, 80), rng.uniform(-12, 2), rng.normal(0, 1.5)
        sun = rng.uniform(8, 70), rng.uniform(-180, 180)
        far = rng.uniform(5, 30, int(rng.integers(1, 4)))
        things = np.c_[rng.uniform(-0.35, 0.35, far.size) * far, far, rng.uniform(1.5, 6, far.size)]
        pixels = render(camera, sun, things)
        if not np.isfinite(pixels).all():
            continue
        marked = pixels + rng.normal(0, 2, pixels.shape)
        view = View(
            1920,
            1080,
            Known(camera[0] + rng.normal(0, 2), 2),
            Known(camera[1] + rng.normal(0, 1), 1),
            Known(camera[2] + rng.normal(0, 1), 1),
        )
        try:
            found = sun_from_image(view, [Upright(*map(tuple, one)) for one in marked])
        except InputError as error:
            if "horizon" in str(error):
                continue  # the tool refuses points above the horizon of the camera as given
            raise
        n += 1
        a = found.azimuth_from_view_deg
        true = (sun[1] - a.value + 180) % 360 - 180 + a.value
        row = strata[far.size]
        good = (
            a.low <= true <= a.high,
            found.elevation_deg.low <= sun[0] <= found.elevation_deg.high,
        )
        azimuths += good[0]
        heights += good[1]
        row[0] += 1
        row[1] += good[0]
        row[2] += good[1]
    lines = [
        f"- pictures whose azimuth interval holds (95 %): {interval(azimuths, n)}",
        f"- pictures whose elevation interval holds (95 %): {interval(heights, n)}",
    ]
    lines += [
        f"- of those with {count} object{'s' * (count > 1)}: azimuth {interval(row[1], row[0])}, "
        f"elevation {interval(row[2], row[0])}"
        for count, row in strata.items()
    ]
    return lines


def main() -> str:
    head = [
        "### The sun by a picture",
        "",
        f"Seed {SEED}; clicks of 2 pixels, a field of view known to 2 degrees, pitch and roll to "
        "1.",
        "",
    ]
    return "\n".join([*head, *pictures(np.random.default_rng(SEED))])


if __name__ == "__main__":
    section = main()
    print(section)
    write_section("where_when.sun_image", section)
