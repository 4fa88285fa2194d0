"""Clips from a camera that travels, with the log of its way as a receiver would write it.

Three kinds: the log holds where the camera looked (`headings`); far hills are marked and one
heading is stated (`far`); neither (`neither`), where nothing may be told.
"""

from __future__ import annotations

import hashlib

import cases
import numpy as np
from render import render
from scene import HEIGHT, WIDTH, Camera
from smoke import Smoke

TRAVEL_FRAMES = 41
TUNE_TRAVEL_SEEDS = range(300_000, 300_060)
TEST_TRAVEL_SEEDS = range(60_001, 60_181)
KINDS = ("headings", "far", "neither")


def travel_list_hash() -> str:
    """SHA-256 of the list of test seeds, committed before the first tuning run."""
    listed = ",".join(str(seed) for seed in TEST_TRAVEL_SEEDS)
    return hashlib.sha256(listed.encode()).hexdigest()


def _hills(rng: np.random.Generator, world, position: np.ndarray, aim: float, side: int) -> float:
    """A ridge aside of the smoke; its middle azimuth, radians."""
    azimuth = aim + side * rng.uniform(0.16, 0.22)
    for _ in range(14):
        away = rng.uniform(14_000, 24_000)
        to = azimuth + rng.uniform(-0.06, 0.06)
        at = position[:2] + away * np.array([np.sin(to), np.cos(to)])
        tone = np.array([112, 116, 104]) * rng.uniform(0.6, 1.1)
        world.blocks.append((*at, away * rng.uniform(0.01, 0.035), away * rng.uniform(0.008, 0.036),
                             tone))  # fmt: skip
    return float(azimuth)


def _feed(smoke: Smoke, rng: np.random.Generator, seconds: float) -> None:
    """Puffs that are let out while the clip runs, so that the column stands on its fire."""
    gap = max(float(smoke.age_at_middle[1] - smoke.age_at_middle[0]), 0.15)
    ages = -np.arange(gap / 2, seconds, gap)
    smoke.age_at_middle = np.concatenate([smoke.age_at_middle, ages])
    more = len(ages)
    smoke.phase = np.concatenate([smoke.phase, rng.uniform(0, 2 * np.pi, (more, 3, 3))])
    smoke.tempo = np.concatenate([smoke.tempo, rng.uniform(0.15, 0.7, (more, 3, 3))])
    smoke.which = np.concatenate([smoke.which, rng.integers(0, 8, more)])
    smoke.size = np.concatenate([smoke.size, rng.uniform(0.8, 1.2, more)])


def _way(rng: np.random.Generator, bearing: float) -> tuple[np.ndarray, float]:
    """Velocity (east, north), m/s, and its angle to the sight, degrees."""
    along = rng.random() < 0.15
    angle = rng.uniform(0, 15) if along else rng.uniform(40, 140)
    to = np.radians(bearing + rng.choice([-1, 1]) * angle)
    return rng.uniform(8, 25) * np.array([np.sin(to), np.cos(to)]), angle


def travel_case(seed: int) -> cases.Case:
    """A clip of eight seconds from a moving car."""
    rng = np.random.default_rng([seed, 3])
    kind = KINDS[seed % 3]
    picture = str(rng.choice(["clean", "rolling", "low_rate", "lens"]))
    hfov, distance = rng.uniform(42, 66), rng.uniform(600, 3000)
    bearing = rng.uniform(0, 360)
    side = int(rng.choice([-1, 1]))
    eye = rng.uniform(1.4, 2.2)
    to = np.radians(bearing)
    middle = np.array([-distance * np.sin(to), -distance * np.cos(to), eye])
    world = cases._world(rng, seed, distance)
    world.visibility_m = rng.uniform(30_000, 60_000)
    angular = np.radians(rng.uniform(0.18, 0.36) * hfov * HEIGHT / WIDTH)
    height = distance * np.tan(angular)
    cases._fill(world, rng, middle, distance)
    azimuth = _hills(rng, world, middle, to, side) if kind == "far" else None
    strata = {"smoke": str(rng.choice(["dark", "light", "mixed"])), "wind": "cross"}
    smoke = cases._smoke(rng, strata, height, bearing)
    _feed(smoke, rng, TRAVEL_FRAMES / cases.FPS / 2)
    velocity, angle = _way(rng, bearing)
    phase, tempo = rng.uniform(0, 2 * np.pi, (3, 3)), rng.uniform(1.0, 5.0, (3, 3))
    size = np.radians(hfov / 60) * np.array([0.9, 0.7, 0.4]) * 0.6
    aside = side * 0.08 if kind == "far" else rng.uniform(-0.1, 0.1)
    pitch = rng.uniform(0.10, 0.25) * np.radians(hfov * HEIGHT / WIDTH)
    focal = WIDTH / 2 / np.tan(np.radians(hfov / 2))
    cameras, turning, times = [], [], []
    for k in range(TRAVEL_FRAMES):
        t = (k - (TRAVEL_FRAMES - 1) / 2) / cases.FPS
        wave = (np.sin(phase + tempo * t) / np.array([1, 2, 3])).sum(1) * size
        swing = (tempo * np.cos(phase + tempo * t) / np.array([1, 2, 3])).sum(1) * size
        at = middle + np.array([*(velocity * t), 0.0])
        yaw = float(np.arctan2(-at[0], -at[1]) + aside + wave[0])
        cameras.append(Camera(hfov, at, yaw, float(pitch + wave[1]), float(wave[2])))
        turning.append((float(swing[0] * focal), float(-swing[1] * focal)))
        times.append(k / cases.FPS)
    rendered = [
        render(smoke, world, camera, (k - (TRAVEL_FRAMES - 1) / 2) / cases.FPS)
        for k, camera in enumerate(cameras)
    ]
    frames = cases._spoil([frame for frame, _ in rendered], picture, turning, rng)
    strata |= {"kind": kind, "picture": picture, "along": str(angle < 20)}
    case = cases.Case(seed, strata, frames, times, [truth for _, truth in rendered])
    case.inputs = _stated(rng, cameras, kind, azimuth)
    truth = case.truths[0]
    if truth is not None and rng.random() < 0.75:
        base = np.array(truth.base_px) + rng.normal(0, 1.6, 2)
        case.inputs["base"] = (float(base[0]), float(base[1]))
    case.full_m = distance
    return case


def _stated(
    rng: np.random.Generator, cameras: list[Camera], kind: str, azimuth: float | None
) -> dict[str, object]:
    """What the analyst has: the log, the lens, a heading, far things marked."""
    length = (TRAVEL_FRAMES - 1) / cases.FPS
    fixes = np.arange(-1.0, length + 2.0, 1.0 if kind != "headings" else 0.2)
    frame_t = np.arange(TRAVEL_FRAMES) / cases.FPS
    path = np.array([camera.position[:2] for camera in cameras])
    speed = (path[-1] - path[0]) / length
    true = path[0] + speed * fixes[:, None]
    sd = rng.uniform(1.0, 4.0)
    wrong = rng.standard_normal(2) * sd * ((fixes - length / 2) / length)[:, None]
    logged = true + wrong + rng.standard_normal(true.shape) * 0.3 + rng.uniform(-8, 8, 2)
    fov_sd = rng.uniform(0.3, 1.5)
    stated: dict[str, object] = {
        "hfov_deg": (cameras[0].hfov_deg + fov_sd * rng.standard_normal(), fov_sd),
        "travel": {"t_s": fixes.tolist(), "east_m": logged[:, 0].tolist(),
                   "north_m": logged[:, 1].tolist(), "sd_m": sd},
    }  # fmt: skip
    yaw = np.degrees(np.unwrap([camera.yaw for camera in cameras]))
    if kind == "headings":
        drift = rng.uniform(0.2, 1.5)
        log = np.interp(fixes, frame_t, yaw) + 3 * rng.standard_normal()
        log += drift * rng.standard_normal() * (fixes - length / 2) / length
        log += 0.2 * rng.standard_normal(len(fixes))
        stated["travel"] |= {"heading_deg": (log % 360).tolist(), "heading_drift_deg": drift}
    elif kind == "far":
        heading_sd = rng.uniform(2, 6)
        middle = yaw[TRAVEL_FRAMES // 2] + heading_sd * rng.standard_normal()
        stated["heading_deg"] = (float(middle % 360), heading_sd)
        at = cameras[0].position
        hills = [
            [*(at[:2] + 18_000 * np.array([np.sin(to), np.cos(to)])), up]
            for to in (azimuth - 0.07, azimuth + 0.07) for up in (250.0, 680.0)
        ]  # fmt: skip
        px, _ = cameras[0].pixels(np.array(hills))
        left, top = px.min(axis=0)
        right, bottom = px.max(axis=0)
        stated["far"] = ((float(left), float(top), float(right - left), float(bottom - top)),
                         12_000.0)  # fmt: skip
    return stated
