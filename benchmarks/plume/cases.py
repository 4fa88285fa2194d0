"""Seeded cases: a scene, a camera, a clip with its truth, and what an analyst would say of it.

A case is its seed alone. Smoke cases cross all factors; clips without smoke hold what gets taken
for it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np
from degrade import coded, grain, lens, rolling
from render import Truth, World, render
from scene import HEIGHT, WIDTH, Camera
from smoke import Smoke

FPS, FRAMES = 5, 13
TUNE_SEEDS = range(100_000, 100_400)
TEST_SEEDS = range(1, 1_101)
TUNE_EMPTY_SEEDS = range(200_000, 200_120)
TEST_EMPTY_SEEDS = range(50_001, 50_301)
TEST_DRIFT_SEEDS = range(80_001, 80_601)
NOTHING = ("clouds", "dust", "fog", "glare", "trees")


def test_list_hash() -> str:
    """SHA-256 of the list of test seeds, committed before the first tuning run."""
    listed = ",".join(str(seed) for seed in [*TEST_SEEDS, *TEST_EMPTY_SEEDS])
    return hashlib.sha256(listed.encode()).hexdigest()


@dataclass
class Case:
    """A clip, its truth at the middle, and the analyst's inputs."""

    seed: int
    strata: dict[str, str]
    frames: list[np.ndarray]
    t_s: list[float]
    truths: list[Truth | None]
    inputs: dict[str, object] = field(default_factory=dict)
    rise_m_s: float = 0.0
    across_m_s: float = 0.0
    full_m: float = 0.0


def _world(rng: np.random.Generator, seed: int, distance: float) -> World:
    day = rng.uniform(0, 1)
    skyline = np.array([196, 204, 212]) * rng.uniform(0.62, 1.1) + rng.normal(0, 7, 3)
    zenith = skyline * np.array([0.50, 0.62, 0.86]) * (1 - 0.25 * day)
    soil = [(186, 168, 134), (120, 112, 92), (92, 108, 70), (150, 146, 140)][rng.integers(4)]
    return World(
        seed=seed,
        zenith=np.clip(zenith, 0, 240),
        skyline=np.clip(skyline, 0, 240),
        ground=np.array(soil, float) * rng.uniform(0.7, 1.05),
        ground_contrast=rng.uniform(5, 16),
        blocks=[],
        visibility_m=rng.uniform(15_000, 60_000),
        sun_right=float(rng.choice([-1, 1]) * rng.uniform(0.2, 1)),
    )


def _fill(world: World, rng: np.random.Generator, camera: np.ndarray, distance: float) -> None:
    """Buildings about the fire and along the way, poles near the camera."""
    sight = -camera[:2] / np.linalg.norm(camera[:2])
    right = np.array([sight[1], -sight[0]])
    for _ in range(rng.integers(14, 40)):
        away = distance * rng.uniform(0.55, 1.6)
        aside = rng.uniform(-0.9, 0.9) * away
        at = camera[:2] + sight * away + right * aside
        # Low against the smoke: a town, not towers.
        tall = min(rng.uniform(3, 14), 0.014 * away)
        tone = np.array([205, 195, 178]) * rng.uniform(0.4, 1.15)
        world.blocks.append((*at, rng.uniform(8, 60), tall, np.clip(tone, 0, 250)))
    for _ in range(rng.integers(0, 6)):
        away = rng.uniform(25, 120)
        at = camera[:2] + sight * away + right * rng.uniform(-0.7, 0.7) * away
        tone = np.full(3, rng.uniform(60, 150))
        world.blocks.append((*at, rng.uniform(0.15, 0.4), rng.uniform(4, 9), tone))


def _path(
    rng: np.random.Generator, kind: str, position: np.ndarray, hfov: float, aim: np.ndarray
) -> tuple[list[Camera], list[tuple[float, float]]]:
    """Camera of each frame and its turning in pixels a second (for the rolling shutter)."""
    phase, tempo = rng.uniform(0, 2 * np.pi, (3, 3)), rng.uniform(1.0, 7.0, (3, 3))
    shake = {"still": 0.0, "pan": 0.15, "shake": 1.0, "drive": 0.6}[kind]
    size = np.radians(hfov / 60) * np.array([0.9, 0.8, 0.5]) * shake
    pan = rng.choice([-1, 1]) * rng.uniform(1, 4) * hfov / 60 if kind == "pan" else 0.0
    speed = rng.uniform(6, 20) if kind == "drive" else 0.0
    to = rng.uniform(0, 2 * np.pi)
    roll0 = rng.normal(0, 1.0)
    cameras, turning = [], []
    focal = WIDTH / 2 / np.tan(np.radians(hfov / 2))
    for k in range(FRAMES):
        t = (k - (FRAMES - 1) / 2) / FPS
        wave = (np.sin(phase + tempo * t) / np.array([1, 2, 3])).sum(1) * size
        swing = (tempo * np.cos(phase + tempo * t) / np.array([1, 2, 3])).sum(1) * size
        at = position + speed * t * np.array([np.sin(to), np.cos(to), 0])
        yaw = aim[0] + np.radians(pan * t) + wave[0]
        cameras.append(
            Camera(
                hfov, at, float(yaw), float(aim[1] + wave[1]), float(np.radians(roll0) + wave[2])
            )
        )
        rate = (swing[0] + np.radians(pan)) * focal
        turning.append((float(rate), float(-swing[1] * focal)))
    return cameras, turning


def _smoke(
    rng: np.random.Generator, strata: dict[str, str], height: float, heading: float
) -> Smoke:
    kind = strata["smoke"]
    speed = rng.uniform(3, 9)
    power = rng.uniform(0.75, 1.0)
    if strata["wind"] == "along":
        to = heading + rng.choice([0, 180]) + rng.uniform(-30, 30)
    else:
        to = heading + rng.choice([90, -90]) + rng.uniform(-45, 45)
    dark = rng.uniform(18, 60) * np.array([1, 0.98, 0.95])
    light = rng.uniform(185, 235) * np.array([1, 1, 1.0])
    age = power * height / speed
    return Smoke(
        rng_seed=int(rng.integers(1 << 30)),
        height_m=height,
        age_s=age,
        power=power,
        wind_to_deg=float(to % 360),
        wind_m_s=float(min(rng.uniform(0.5, 7), 1.3 * height / age)),
        swell=rng.uniform(0.10, 0.2),
        root_m=rng.uniform(0.02, 0.05) * height,
        kind=kind,
        opacity=rng.uniform(0.9, 2.2) if kind != "light" else rng.uniform(0.6, 1.8),
        colour=light if kind == "light" else dark,
        light_colour=light,
        churn=rng.uniform(0.08, 0.25),
        shear=rng.uniform(0, 0.3),
    )


def _strata(rng: np.random.Generator) -> dict[str, str]:
    return {
        "smoke": str(rng.choice(["dark", "light", "mixed"], p=[0.42, 0.36, 0.22])),
        "wind": str(rng.choice(["cross", "along"], p=[0.84, 0.16])),
        "camera": str(rng.choice(["still", "pan", "shake", "drive"], p=[0.16, 0.28, 0.28, 0.28])),
        "picture": str(rng.choice(["clean", "rolling", "low_rate", "lens", "haze"])),
        "scene": str(rng.choice(["open", "hidden_base", "top_leaves"], p=[0.70, 0.15, 0.15])),
        "inputs": str(rng.choice(["sound", "wrong"], p=[0.85, 0.15])),
        "marks": str(rng.choice(["none", "base", "box", "both"])),
    }


def strata_of(seed: int) -> dict[str, str]:
    """The strata of a smoke case, without making its clip."""
    return _strata(np.random.default_rng([seed, 1]))


def smoke_case(seed: int) -> Case:
    """A clip with smoke."""
    rng = np.random.default_rng([seed, 1])
    strata = _strata(rng)
    hfov = rng.uniform(38, 68)
    distance = rng.uniform(700, 4500)
    bearing = rng.uniform(0, 360)
    heading = bearing + rng.uniform(-0.18, 0.18) * hfov
    eye = rng.uniform(1.4, 2.2)
    to = np.radians(bearing)
    position = np.array([-distance * np.sin(to), -distance * np.cos(to), eye])
    world = _world(rng, seed, distance)
    if strata["picture"] == "haze":
        world.visibility_m = distance * rng.uniform(1.6, 4)
    angular = np.radians(rng.uniform(0.16, 0.42) * hfov * HEIGHT / WIDTH)
    height = distance * np.tan(angular)
    _fill(world, rng, position, distance)
    if strata["scene"] == "hidden_base":
        sight = -position[:2] / distance
        away = distance * rng.uniform(0.5, 0.92)
        tall = height * rng.uniform(0.08, 0.16) * away / distance
        tone = np.array([196, 186, 170]) * rng.uniform(0.35, 1.1)
        at = position[:2] + sight * away
        world.blocks.append((*at, height * rng.uniform(0.3, 0.7), tall, tone))
    smoke = _smoke(rng, strata, height, heading)
    vertical = np.radians(hfov * HEIGHT / WIDTH)
    pitch = rng.uniform(0.08, 0.30) * vertical
    if strata["scene"] == "top_leaves":
        pitch = angular * rng.uniform(0.45, 0.9) - vertical / 2
    cameras, turning = _path(
        rng, strata["camera"], position, hfov, np.array([np.radians(heading), pitch])
    )
    frames, truths = [], []
    for k, camera in enumerate(cameras):
        t = (k - (FRAMES - 1) / 2) / FPS
        frame, truth = render(smoke, world, camera, t)
        frames.append(frame)
        truths.append(truth)
    frames = _spoil(frames, strata["picture"], turning, rng)
    case = Case(seed, strata, frames, [k / FPS for k in range(FRAMES)], truths)
    middle = truths[FRAMES // 2]
    if middle is not None and middle.top_m is not None and middle.cut:
        case.strata["scene"] = "top_leaves"
    tops = [(k / FPS, one.top_m) for k, one in enumerate(truths) if one and one.top_m]
    if len(tops) > 3:
        case.rise_m_s = float(np.polyfit(*np.array(tops).T, 1)[0])
    case.across_m_s = float(np.median([one.across_m_s for one in truths if one]))
    state = smoke.at(0.0)
    case.full_m = float(np.max(state["centre"][:, 2] + 0.9 * state["radius"]))
    case.inputs = _inputs(rng, case, cameras, smoke)
    return case


def _spoil(
    frames: list[np.ndarray], picture: str, turning: list[tuple[float, float]],
    rng: np.random.Generator,
) -> list[np.ndarray]:  # fmt: skip
    if picture == "rolling":
        frames = [rolling(f, rate) for f, rate in zip(frames, turning, strict=True)]
    k = rng.uniform(-0.05, 0.07)
    if picture == "lens":
        frames = [lens(frame, k) for frame in frames]
    sd = rng.uniform(0.6, 2.5)
    frames = [grain(frame, sd, rng) for frame in frames]
    crf = int(rng.integers(32, 39)) if picture == "low_rate" else int(rng.integers(18, 27))
    return coded(frames, FPS, crf)


def _inputs(
    rng: np.random.Generator, case: Case, cameras: list[Camera], smoke: Smoke
) -> dict[str, object]:
    """What the analyst states, drawn from its stated doubt."""
    camera = cameras[FRAMES // 2]
    distance = float(np.linalg.norm(camera.position[:2]))
    share = rng.uniform(0.01, 0.05)
    fov_sd = rng.uniform(0.3, 1.5)
    wind_sd, heading_sd = rng.uniform(5, 15), rng.uniform(2, 6)
    heading = np.degrees(camera.yaw)
    stated = {
        "distance_m": (distance * (1 + share * rng.standard_normal()), share * distance),
        "hfov_deg": (camera.hfov_deg + fov_sd * rng.standard_normal(), fov_sd),
        "heading_deg": ((heading + heading_sd * rng.standard_normal()) % 360, heading_sd),
        "wind_from_deg": (
            (smoke.wind_to_deg + 180 + wind_sd * rng.standard_normal()) % 360,
            wind_sd,
        ),
        "camera_height_m": float(camera.position[2]),
    }
    truth = case.truths[0]
    if truth is not None and truth.top_px is not None and case.strata["marks"] != "none":
        base = np.array(truth.base_px) + rng.normal(0, 1.6, 2)
        top = np.array(truth.top_px)
        if case.strata["marks"] in {"base", "both"}:
            stated["base"] = (float(base[0]), float(base[1]))
        if case.strata["marks"] in {"box", "both"}:
            aside = abs(top[0] - base[0]) + 0.30 * abs(base[1] - top[1])
            left = min(top[0], base[0]) - 0.30 * abs(base[1] - top[1]) - 0.3 * aside
            right = max(top[0], base[0]) + 0.30 * abs(base[1] - top[1]) + 0.3 * aside
            up = top[1] - 0.12 * abs(base[1] - top[1])
            stated["box"] = (
                float(left), float(up), float(right - left), float(base[1] + 4 - up),
            )  # fmt: skip
    if case.strata["inputs"] == "wrong":
        _mislead(rng, stated, camera, distance, smoke)
    return stated


def _mislead(
    rng: np.random.Generator, stated: dict[str, object], camera: Camera, distance: float,
    smoke: Smoke,
) -> None:  # fmt: skip
    """A wind turned about, or a field of view far off with a reference object that shows it."""
    if rng.random() < 0.5:
        sd = stated["wind_from_deg"][1]
        stated["wind_from_deg"] = ((smoke.wind_to_deg + rng.uniform(-20, 20)) % 360, sd)
        return
    stated["hfov_deg"] = (camera.hfov_deg * rng.choice([0.7, 1.4]), stated["hfov_deg"][1])
    focal = WIDTH / 2 / np.tan(np.radians(camera.hfov_deg) / 2)
    metres, away = 7.0, 60.0
    length = focal * metres / away
    stated["reference"] = ((100.0, 200.0), (100.0, 200.0 + length), metres, away)


def empty_case(seed: int) -> Case:
    """A clip without smoke: clouds, dust, fog, glare, or trees and buildings alone."""
    rng = np.random.default_rng([seed, 2])
    kind = NOTHING[seed % len(NOTHING)]
    hfov, distance = rng.uniform(38, 68), rng.uniform(700, 4500)
    position = np.array([0.0, -distance, rng.uniform(1.4, 2.2)])
    world = _world(rng, seed, distance)
    _fill(world, rng, position, distance)
    smoke = None
    if kind == "clouds":
        world.clouds, world.cloud_low = rng.uniform(0.5, 1), bool(rng.random() < 0.5)
    elif kind == "fog":
        world.fog = rng.uniform(0.3, 0.9)
    elif kind == "glare":
        world.glare = (rng.uniform(0.1, 0.9), rng.uniform(0.05, 0.6), rng.uniform(0.4, 1))
    elif kind == "trees":
        for _ in range(rng.integers(3, 9)):
            away = rng.uniform(40, 200)
            tall = away * rng.uniform(0.06, 0.22)
            tone = np.array([62, 78, 48]) * rng.uniform(0.5, 1.2)
            aside = rng.uniform(-0.6, 0.6) * away
            world.blocks.append(
                (aside, -distance + away, tall * rng.uniform(0.25, 1.1), tall, tone)
            )
    elif kind == "dust":
        smoke = _dust(rng, distance)
    camera = str(rng.choice(["still", "pan", "shake", "drive"]))
    pitch = rng.uniform(0.0, 0.25) * np.radians(hfov * HEIGHT / WIDTH)
    cameras, turning = _path(rng, camera, position, hfov, np.array([0.0, pitch]))
    frames = [
        render(smoke, world, one, (k - (FRAMES - 1) / 2) / FPS)[0] for k, one in enumerate(cameras)
    ]
    picture = str(rng.choice(["clean", "rolling", "low_rate", "lens"]))
    frames = _spoil(frames, picture, turning, rng)
    strata = {"nothing": kind, "camera": camera, "picture": picture}
    return Case(seed, strata, frames, [k / FPS for k in range(FRAMES)], [None] * FRAMES)


def _dust(rng: np.random.Generator, distance: float) -> Smoke:
    """A bank of dust behind a car: wide, low, the colour of the ground."""
    height = distance * rng.uniform(0.02, 0.05)
    age = rng.uniform(8, 20)
    return Smoke(
        rng_seed=int(rng.integers(1 << 30)), height_m=height, age_s=age, power=0.5,
        wind_to_deg=float(rng.choice([90, 270]) + rng.uniform(-20, 20)),
        wind_m_s=height * rng.uniform(5, 12) / age, swell=0.3, root_m=0.25 * height, kind="dust",
        opacity=rng.uniform(0.4, 1.2), colour=np.array([176, 152, 118]) * rng.uniform(0.8, 1.1),
        light_colour=np.array([200.0, 180, 150]), churn=0.2, shear=0.0,
    )  # fmt: skip
