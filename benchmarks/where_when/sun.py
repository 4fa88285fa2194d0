"""A measured sun: claims, clock spans, maps and pictures against simulated truths; a map's peer.

    python benchmarks/where_when/sun.py [PYTHON_WITH_SHADOWFINDER]

True suns come from pvlib's own rendering of NREL's algorithm, so that the code
under test does not grade itself; pictures are rendered here, by rotation matrices.
"""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from pvlib import spa
from scipy.stats import beta

from firsthand.evidence.clocks import clocks_ahead_h
from firsthand.measure.sun_claim import ALPHA, SunSeen, allowed_spans, hold_claim
from firsthand.measure.sun_image import Known, Upright, View, sun_from_image
from firsthand.measure.sun_map import Shot, sun_region
from firsthand.records import Place, Window

SEED = 2021
CLAIMS = 1000
PICTURES = 1000
FIRST, LAST = datetime(2010, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)


def true_sun(unix_s: np.ndarray, lat: np.ndarray, lon: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Azimuth and apparent elevation, one by one place; degrees."""
    sun = spa.solar_position_numpy(unix_s, lat, lon, 0.0, 1013.25, 12.0, 68.0, 0.5667, numthreads=1)
    return np.asarray(sun[4]), np.asarray(sun[2])


def interval(hits: int, n: int) -> str:
    low = beta.ppf(0.025, hits, n - hits + 1) if hits else 0.0
    high = beta.ppf(0.975, hits + 1, n - hits) if hits < n else 1.0
    return f"{100 * hits / n:.1f} % ({100 * low:.1f} to {100 * high:.1f}; {hits} of {n})"


def truths(rng: np.random.Generator, n: int, lowest: float) -> list[tuple[float, ...]]:
    """Places spread over the earth up to 65 degrees, times over fifteen years, sun up."""
    found: list[tuple[float, ...]] = []
    while len(found) < n:
        m = 400
        lat = np.degrees(np.arcsin(rng.uniform(-1, 1, m) * np.sin(np.radians(65))))
        lon = rng.uniform(-180, 180, m)
        when = rng.uniform(FIRST.timestamp(), LAST.timestamp(), m)
        azimuth, height = true_sun(when, lat, lon)
        keep = height > lowest
        found += list(
            zip(lat[keep], lon[keep], when[keep], azimuth[keep], height[keep], strict=True)
        )
    return found[:n]


def claims(rng: np.random.Generator) -> list[str]:
    wrong = caught = spans_hold = inside = 0
    area = band = 0.0
    widths, offs = 0, 0
    for lat, lon, when, azimuth, height in truths(rng, CLAIMS, 8.0):
        sd = float(rng.choice([0.5, 1.0, 2.0]))
        seen = SunSeen(
            azimuth=((azimuth + rng.normal(0, sd)) % 360, sd),
            elevation=(height + rng.normal(0, sd), sd),
        )
        slack = timedelta(minutes=float(rng.choice([1, 10, 30])))
        radius = float(rng.choice([50, 2000, 20000]))
        off = rng.uniform(0, radius / 111_195)
        turn = rng.uniform(0, 2 * np.pi)
        place = Place(
            latitude_deg=float(np.clip(lat + off * np.cos(turn), -89, 89)),
            longitude_deg=float(
                (lon + off * np.sin(turn) / np.cos(np.radians(lat)) + 180) % 360 - 180
            ),
            radius_m=radius,
        )
        claimed = datetime.fromtimestamp(when, UTC) + rng.uniform(-1, 1) * slack
        true = hold_claim(seen, place, Window(start=claimed - slack, end=claimed + slack))
        wrong += true.p <= ALPHA
        late = claimed + rng.choice([-1, 1]) * timedelta(hours=2)
        if abs(late.timestamp() - when) >= 2 * 3600 - slack.total_seconds():
            offs += 1
            false = hold_claim(seen, place, Window(start=late - slack, end=late + slack))
            caught += false.p <= ALPHA
        known = Place(latitude_deg=lat, longitude_deg=lon, radius_m=50)
        start = datetime.fromtimestamp(when, UTC) - timedelta(hours=12)
        alone = SunSeen(elevation=seen.elevation)
        day = Window(start=start, end=start + timedelta(days=1))
        widths += 1
        spans_hold += any(
            one.start_unix_s <= when <= one.end_unix_s for one in allowed_spans(alone, known, day)
        )
        region = sun_region([Shot(alone, when)], step_deg=0.5)
        inside += region.inside[int((90 - lat) * 2), int((lon + 180) * 2)]
        area += region.share
        wide = SunSeen(elevation=(seen.elevation[0], 0.2 * max(seen.elevation[0], 1) / 1.96))
        band += sun_region([Shot(wide, when)], step_deg=1).share
    return [
        f"- true claims called inconsistent (at most 1 % wanted): {interval(wrong, CLAIMS)}",
        f"- claims two hours off called inconsistent (sd 0.5 to 2 deg): {interval(caught, offs)}",
        f"- clock spans of a day that hold the true time (95 %): {interval(spans_hold, widths)}",
        f"- regions that hold the true place (95 %): {interval(int(inside), CLAIMS)}",
        f"- area of the region over the area of a 20 % band: {area / band:.2f}",
    ]


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
        except ValueError:
            raise
        except Exception as error:
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


def speed(python: str) -> list[str]:
    seen = SunSeen(ratio=(0.8, 0.05))
    clock = datetime(2021, 9, 28, 9)  # noqa: DTZ001
    clocks_ahead_h(clock)  # the zone grid is made once, as the peer's is
    stamp = clock.replace(tzinfo=UTC).timestamp()
    ours = {}
    for kind in ("utc", "local"):
        best = np.inf
        for _ in range(3):
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


def main(python: str | None) -> str:
    rng = np.random.default_rng(SEED)
    lines = ["### A measured sun", "", f"Seed {SEED}; true suns by pvlib.", ""]
    if python:
        lines += speed(python)
    return "\n".join(lines + claims(rng))


def main_pictures() -> str:
    head = [
        "### The sun by a picture",
        "",
        f"Seed {SEED + 1}; clicks of 2 pixels, a field of view ",
    ]
    head[-1] += "known to 2 degrees, pitch and roll to 1."
    return "\n".join([*head, "", *pictures(np.random.default_rng(SEED + 1))])


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from benchmarks.report import write_section

    section = main(sys.argv[1] if len(sys.argv) > 1 else None)
    print(section)
    write_section("where_when.sun", section)
    section = main_pictures()
    print(section)
    write_section("where_when.sun_image", section)
