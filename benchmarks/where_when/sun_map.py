"""The sun's map against simulated places, and against ShadowFinder: coverage, area, speed.

    python benchmarks/where_when/sun_map.py PYTHON_WITH_SHADOWFINDER

That interpreter also says which clock is kept at the simulated places, by timezonefinder's
polygons, which had no part in making our own grid of clocks. The peer's band is the places whose
sun (or shadow's length) is within a fifth of the measured one; between two heights of the sun lies
(sin b - sin a) / 2 of the earth, so its area needs no grid.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from firsthand.evidence.clocks import clocks_ahead_h, clocks_near
from firsthand.measure.sun_claim import SunSeen, on_slope
from firsthand.measure.sun_map import Shot, place_allowed, sun_region

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.report import write_section
from benchmarks.where_when.truths import Truth, interval, true_sun, truths

SEED = 2024
EACH = 400
"""Places each way."""
DRAWN = 100
"""Regions drawn whole, for their area, each way that the peer has too."""
BAND = 0.2
SDS = (0.5, 1.0, 2.0)

ZONES = """
import json, sys
from timezonefinder import TimezoneFinder
finder = TimezoneFinder(in_memory=True)
print(json.dumps([finder.timezone_at(lng=lon, lat=lat) for lat, lon in json.load(sys.stdin)]))
"""

PEER = """
import time, datetime
from shadowfinder import ShadowFinder
f = ShadowFinder(object_height=10, shadow_length=8, date_time=datetime.datetime(2021, 9, 28, 9))
f.generate_timezone_grid()
for kind in ("utc", "local"):
    best = 1e9
    for _ in range(3):
        f.set_details(datetime.datetime(2021, 9, 28, 9), 10, 8, kind)
        begin = time.perf_counter(); f.find_shadows(); best = min(best, time.perf_counter() - begin)
    print(kind, best)
"""


Answer = tuple[list[Shot], tuple[float, float] | None]
"""What is measured, and between which heights of the sun (radians) the peer's band lies."""


def ratio_of(height: float, sd: float) -> tuple[float, float]:
    """A shadow's ratio and the doubt in it that is worth `sd` degrees of the sun's height."""
    return 1 / np.tan(np.radians(height)), np.radians(sd) / np.sin(np.radians(height)) ** 2


def by_height(rng: np.random.Generator, t: Truth, sd: float) -> Answer:
    seen = t.height + rng.normal(0, sd)
    shots = [Shot(SunSeen(elevation=(seen, sd)), t.unix_s)]
    low, high = np.radians(np.clip([(1 - BAND) * seen, (1 + BAND) * seen], 0, 90))
    return shots, (float(low), float(high))


def by_ratio(rng: np.random.Generator, t: Truth, sd: float) -> Answer:
    ratio, wide = ratio_of(t.height, sd)
    seen = max(ratio + rng.normal(0, wide), 0.02)
    shots = [Shot(SunSeen(ratio=(float(seen), float(wide))), t.unix_s)]
    low, high = np.arctan([1 / ((1 + BAND) * seen), 1 / ((1 - BAND) * seen)])
    return shots, (float(low), float(high))


def on_a_slope(rng: np.random.Generator, t: Truth, sd: float) -> Answer:
    """The shadow falls on ground that rises or falls by 10 degrees or less, known to two."""
    slope = np.radians(rng.uniform(-1, 1) * min(10, t.height / 3))
    high = np.radians(t.height)
    ratio = 1 / (np.tan(high) * np.cos(slope) + np.sin(slope))
    wide = 0.03 * ratio
    told = (float(np.degrees(slope) + rng.normal(0, 2)), 2.0)
    height = on_slope((float(ratio + rng.normal(0, wide)), float(wide)), told)
    return [Shot(SunSeen(elevation=height), t.unix_s)], None


def with_azimuth(rng: np.random.Generator, t: Truth, sd: float) -> Answer:
    seen = SunSeen(
        azimuth=((t.azimuth + rng.normal(0, 2 * sd)) % 360, 2 * sd),
        elevation=(t.height + rng.normal(0, sd), sd),
    )
    return [Shot(seen, t.unix_s)], None


def two_suns(rng: np.random.Generator, t: Truth, sd: float) -> Answer:
    """The second between one and four hours off, sun still up."""
    while True:
        later = t.unix_s + rng.choice([-1, 1]) * rng.uniform(3600, 4 * 3600)
        _, height = true_sun(np.array([later]), np.array([t.lat]), np.array([t.lon]))
        if height[0] > 4:
            break
        if t.height < 9:
            later = t.unix_s
            height = np.array([t.height])
            break
    shots = [
        Shot(SunSeen(elevation=(float(h + rng.normal(0, sd)), sd)), when)
        for h, when in ((t.height, t.unix_s), (height[0], later))
    ]
    return shots, None


def doubtful_time(rng: np.random.Generator, t: Truth, sd: float) -> Answer:
    slack = float(rng.choice([300, 1800]))
    seen = SunSeen(elevation=(t.height + rng.normal(0, sd), sd))
    if rng.random() < 0.5:
        seen = SunSeen(((t.azimuth + rng.normal(0, sd)) % 360, sd), seen.elevation)
    return [Shot(seen, t.unix_s + rng.uniform(-1, 1) * slack, slack)], None


ROUTES: dict[str, Callable[[np.random.Generator, Truth, float], Answer]] = {
    "a height": by_height,
    "a shadow's ratio": by_ratio,
    "a ratio on a slope": on_a_slope,
    "height and azimuth": with_azimuth,
    "two heights at two times": two_suns,
    "a time in doubt by 5 or 30 minutes": doubtful_time,
}
AT_LEAST = "a time in doubt by 5 or 30 minutes"


def coverage(rng: np.random.Generator) -> list[str]:
    held: dict[str, int] = dict.fromkeys(ROUTES, 0)
    areas: dict[float, list[tuple[float, float]]] = {sd: [] for sd in SDS}
    banded = {sd: [0, 0] for sd in SDS}
    for name, route in ROUTES.items():
        for n, truth in enumerate(truths(rng, EACH, 8.0)):
            sd = float(rng.choice(SDS))
            shots, band = route(rng, truth, sd)
            held[name] += place_allowed(shots, truth.lat, truth.lon)
            if band is None:
                continue
            low, high = band
            banded[sd][0] += low <= np.radians(truth.height) <= high
            banded[sd][1] += 1
            if n < DRAWN:
                areas[sd].append((sun_region(shots).share, (np.sin(high) - np.sin(low)) / 2))
    exact = [name for name in ROUTES if name != AT_LEAST]
    total = sum(held[name] for name in exact)
    every = np.array([pair for pairs in areas.values() for pair in pairs])
    lines = [
        "- regions that hold the true place (95 %), time known: "
        f"{interval(total, EACH * len(exact))}",
        *(f"  - by {name}: {interval(held[name], EACH)}" for name in ROUTES if name != AT_LEAST),
        f"- by {AT_LEAST} (the bounds of a time are not a distribution: 95 % or more): "
        f"{interval(held[AT_LEAST], EACH)}",
        f"- area over that of the peer's 20 % band (at most .5 wanted): "
        f"{every[:, 0].sum() / every[:, 1].sum():.2f}; "
        + "; ".join(
            f"sd {sd:g} deg: {np.array(a)[:, 0].sum() / np.array(a)[:, 1].sum():.2f}"
            for sd, a in areas.items()
        ),
        "- the peer's band, whatever the doubt, holds the true place: "
        + "; ".join(f"sd {sd:g} deg: {interval(*of)}" for sd, of in banded.items()),
    ]
    return lines


def zones_at(python: str, places: np.ndarray) -> list[str | None]:
    done = subprocess.run(
        [python, "-c", ZONES],
        input=json.dumps(places.tolist()),
        capture_output=True,
        text=True,
        check=True,
    )
    return list(json.loads(done.stdout.splitlines()[-1]))


def unknown_clock(rng: np.random.Generator, python: str) -> list[str]:
    """A clock whose zone nobody knows, at places where one is kept (by polygons); land cells."""
    found = truths(rng, 12 * EACH, 8.0)
    zones = zones_at(python, np.array([[t.lat, t.lon] for t in found]))
    held = tried = known = asked = 0
    for truth, zone in zip(found, zones, strict=True):
        if zone is None or zone.startswith("Etc/"):
            continue
        here = datetime.fromtimestamp(truth.unix_s, UTC).astimezone(ZoneInfo(zone))
        clock = here.replace(tzinfo=None, fold=0)
        near = clocks_near(clock, truth.lat, truth.lon)
        hours = (clock - here.astimezone(UTC).replace(tzinfo=None)).total_seconds() / 3600
        asked += 1
        known += hours in near
        if tried == EACH:
            continue
        tried += 1
        sd = float(rng.choice(SDS))
        seen = SunSeen(elevation=(truth.height + rng.normal(0, sd), sd))
        stamp = clock.replace(tzinfo=UTC).timestamp()
        held += any(
            place_allowed([Shot(seen, stamp - 3600 * ahead)], truth.lat, truth.lon)
            for ahead in near
        )
    return [
        f"- by a height and a clock whose zone is not known: {interval(held, tried)}",
        f"- places whose true clock is among those tried there: {interval(known, asked)}",
    ]


def speed(python: str) -> list[str]:
    clock = datetime(2021, 9, 28, 9)  # noqa: DTZ001
    clocks_ahead_h(clock)  # the zone grid is made once, as the peer's is
    stamp = clock.replace(tzinfo=UTC).timestamp()
    ours = {}
    for kind in ("utc", "local"):
        best = np.inf
        for turn in range(3):
            seen = SunSeen(ratio=(0.8 + 1e-6 * turn, 0.05))  # nothing is remembered of the last
            begin = time.perf_counter()
            if kind == "utc":
                sun_region([Shot(seen, stamp, 600)])
            else:
                sun_region([Shot(seen, stamp, 600)], clock_ahead_h=clocks_ahead_h(clock))
            best = min(best, time.perf_counter() - begin)
        ours[kind] = best
    done = subprocess.run([python, "-c", PEER], capture_output=True, text=True, check=True)
    theirs = dict(line.split() for line in done.stdout.splitlines() if line.count(" ") == 1)
    return [
        f"- map, {kind}: ours {ours[kind]:.3f} s (0.1 degree, ten minutes of doubt in time), "
        f"ShadowFinder {float(theirs[kind]):.3f} s (0.5 degree, none); best of three, zone "
        "grids made beforehand and not counted"
        for kind in ours
    ]


def main(python: str) -> str:
    rng = np.random.default_rng(SEED)
    head = [
        "### The sun's map",
        "",
        f"Seed {SEED}; true suns by pvlib; {EACH} places each way, anywhere up to 65 degrees of "
        "latitude; sd 0.5, 1 or 2 degrees; cells of 0.1 degree.",
        "",
    ]
    return "\n".join([*head, *speed(python), *coverage(rng), *unknown_clock(rng, python)])


if __name__ == "__main__":
    section = main(sys.argv[1])
    print(section)
    write_section("where_when.sun_map", section)
