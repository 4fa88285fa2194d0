"""Clips for the bench: references, copies under transformations, other takes, distractors.

Everything is made from seeds and cached by what it is made from. Each clip is decoded again after
it was written, so that no broken query counts.
"""

from __future__ import annotations

import hashlib
import json
import os
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from plan import WINDOWS_S
from sources import SOURCES

CACHE = Path(os.environ.get("FIRSTHAND_BENCH", "bench-archive"))
SIDE = 480
"""Long side of references and queries."""
BY_NAME = {source.name: source for source in SOURCES}
cv2.setNumThreads(1)


def read(path: Path, start: float, length: float, side: int = SIDE) -> tuple[list, float]:
    """RGB frames of a stretch, and their rate."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "NONE"
        rate = min(float(stream.average_rate or 25), 60.0)
        frames, zero = [], None
        for frame in container.decode(stream):
            if frame.pts is None:
                continue
            at = float(frame.pts * stream.time_base)
            zero = at if zero is None else zero
            if at - zero < start - 1e-3:
                continue
            if at - zero >= start + length - 1e-3:
                break
            scale = min(side / max(frame.width, frame.height), 1.0)
            size = (round(frame.width * scale) // 2 * 2, round(frame.height * scale) // 2 * 2)
            small = frame.reformat(*size, format="rgb24", interpolation="AREA")
            picture = small.to_ndarray()
            turn = frame.rotation // 90 % 4
            frames.append(np.ascontiguousarray(np.rot90(picture, turn)) if turn else picture)
    return frames, rate


def write(path: Path, frames: list, rate: float, crf: int = 20) -> Path:
    """H.264, then decoded again: as many frames, and the middle one as intended."""
    if not frames:
        raise RuntimeError(f"{path.name}: its source gives no frame there")
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.mp4")
    with av.open(str(partial), "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(rate).limit_denominator(1001))
        height, width = frames[0].shape[:2]
        stream.width, stream.height, stream.pix_fmt = width // 2 * 2, height // 2 * 2, "yuv420p"
        stream.options = {"crf": str(crf), "preset": "veryfast", "threads": "1"}
        for picture in frames:
            even = np.ascontiguousarray(picture[: height // 2 * 2, : width // 2 * 2])
            container.mux(stream.encode(av.VideoFrame.from_ndarray(even, "rgb24")))
        container.mux(stream.encode())
    back, _ = read(partial, 0, 1e9, side=10**6)
    middle = len(frames) // 2
    if len(back) != len(frames):
        raise RuntimeError(f"{path.name}: {len(back)} of {len(frames)} frames came back")
    wanted = frames[middle][: back[middle].shape[0], : back[middle].shape[1]]
    if np.abs(back[middle].astype(int) - wanted).mean() > 30:
        raise RuntimeError(f"{path.name}: it does not show what was meant")
    partial.replace(path)
    return path


def cached(kind: str, what: dict) -> Path:
    name = hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:16]
    return CACHE / kind / f"{name}.mp4"


def reference(row: dict) -> Path:
    path = cached("reference", row)
    if not path.is_file():
        frames, rate = read(BY_NAME[row["source"]].path, row["start_s"], row["length_s"])
        write(path, frames, rate, crf=18)
    return path


def query(row: dict) -> Path:
    path = cached("query", row)
    if not path.is_file():
        frames, rate = read(BY_NAME[row["source"]].path, row["start_s"], row["length_s"])
        other, _ = read(BY_NAME[row["other"]].path, 0, 6.0)
        if not frames or not other:
            raise RuntimeError(f"{row['source']}: it gives no frame there")
        out, rate, crf = transformed(row["transformation"], frames, rate, other, row["seed"])
        write(path, out, rate, crf)
    return path


def transformed(  # noqa: PLR0912, PLR0915
    name: str, frames: list, rate: float, other: list, seed: int
) -> tuple:
    """(frames, rate, crf) of a copy."""
    random = np.random.default_rng(seed)
    height, width = frames[0].shape[:2]
    crf = 26
    if name == "low bitrate":
        crf = 40
    elif name == "double compression":
        path = write(CACHE / "tmp" / f"{seed}.mp4", frames, rate, 34)
        frames, rate = read(path, 0, 1e9)
        path.unlink()
        small = (round(width * 0.8) // 2 * 2, round(height * 0.8) // 2 * 2)
        frames, crf = [cv2.resize(f, small, interpolation=cv2.INTER_AREA) for f in frames], 32
    elif name == "colour":
        gains = random.uniform(0.7, 1.25, 3)
        table = (255 * (np.arange(256) / 255) ** random.choice([0.65, 1.5])).astype(np.uint8)
        frames = [np.clip(table[f] * gains, 0, 255).astype(np.uint8) for f in frames]
    elif name == "tiny":
        scale = 120 / max(width, height)
        small = (round(width * scale) // 2 * 2, round(height * scale) // 2 * 2)
        frames = [cv2.resize(f, small, interpolation=cv2.INTER_AREA) for f in frames]
    elif name == "letterbox":
        bar = round(height * random.uniform(0.1, 0.25))
        frames = [np.pad(f, ((bar, bar), (0, 0), (0, 0))) for f in frames]
    elif name == "blurred padding":
        frames = [_blurred_padding(f) for f in frames]
    elif name == "banner and logo":
        frames = [_banner(f, seed) for f in frames]
    elif name == "flip":
        frames = [np.ascontiguousarray(f[:, ::-1]) for f in frames]
    elif name.startswith("crop"):
        share = 0.7 if "70" in name else 0.5
        frames = _cropped(frames, share, random)
    elif name == "picture in picture":
        frames = _inset(frames, other, random)
    elif name == "rotation by 8 deg":
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(random.choice([-8, 8])), 1.0)
        frames = [cv2.warpAffine(f, turn, (width, height)) for f in frames]
    elif name == "re-filmed":
        frames = _refilmed(frames, random)
    elif name == "border and noise":
        edge = round(min(height, width) * 0.08)
        sides = ((edge, edge), (edge, edge), (0, 0))
        framed = [np.pad(frame, sides, constant_values=230) for frame in frames]
        frames = [_noisy(frame, 9, random) for frame in framed]
    elif name.startswith("speed"):
        rate *= 0.8 if "0.8" in name else 1.25
    elif name == "inserted":
        frames = _inserted(frames, other, rate)
    elif name == "all combined":
        frames = _cropped([np.ascontiguousarray(f[:, ::-1]) for f in frames], 0.85, random)
        frames = [_banner(f, seed) for f in frames]
        frames, crf = [np.clip(f * [1.1, 1.0, 0.85], 0, 255).astype(np.uint8) for f in frames], 32
    return frames, rate, crf


def inserted_at(rate: float) -> int:
    """Frames of other footage before the copy."""
    return round(3.0 * rate)


def _fit(picture: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def _blurred_padding(frame: np.ndarray) -> np.ndarray:
    height, width = frame.shape[:2]
    side = max(height, width)
    ground = cv2.GaussianBlur(cv2.resize(frame, (side, side)), (0, 0), side / 16)
    if height == width:
        ground = cv2.resize(ground, (side, round(side * 1.5)))
    top, left = (ground.shape[0] - height) // 2, (ground.shape[1] - width) // 2
    ground[top : top + height, left : left + width] = frame
    return ground


def _banner(frame: np.ndarray, seed: int) -> np.ndarray:
    out = frame.copy()
    height, width = frame.shape[:2]
    top = round(height * 0.82)
    out[top:] = (20, 40, 140)
    words = f"BREAKING {seed} LIVE NOW"
    cv2.putText(out, words, (8, top + round(height * 0.12)), 0, width / 420, (255, 255, 255), 2)
    cv2.circle(
        out, (round(width * 0.88), round(height * 0.14)), round(width * 0.06), (220, 30, 30), -1
    )
    return out


def _cropped(frames: list, share: float, random: np.random.Generator) -> list:
    height, width = frames[0].shape[:2]
    tall, wide = round(height * share) // 2 * 2, round(width * share) // 2 * 2
    top, left = random.integers(0, height - tall + 1), random.integers(0, width - wide + 1)
    return [np.ascontiguousarray(f[top : top + tall, left : left + wide]) for f in frames]


def _inset(frames: list, other: list, random: np.random.Generator) -> list:
    height, width = frames[0].shape[:2]
    wide, tall = round(width * 0.42) // 2 * 2, round(height * 0.42) // 2 * 2
    left, top = width - wide - 12, 12 if random.random() < 0.5 else height - tall - 12
    out = []
    for at, frame in enumerate(frames):
        ground = _fit(other[at % len(other)], (width, height))
        ground[top : top + tall, left : left + wide] = _fit(frame, (wide, tall))
        out.append(ground)
    return out


def _refilmed(frames: list, random: np.random.Generator) -> list:
    height, width = frames[0].shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    inset = random.uniform(0.04, 0.14, (4, 2)) * [width, height]
    sign = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])
    matrix = cv2.getPerspectiveTransform(corners, (corners + inset * sign).astype(np.float32))
    out = []
    for frame in frames:
        seen = cv2.warpPerspective(frame, matrix, (width, height), borderValue=(25, 22, 30))
        seen = cv2.GaussianBlur(seen, (0, 0), 0.8)
        out.append(_noisy(np.clip(seen * 0.85 + 12, 0, 255).astype(np.uint8), 5, random))
    return out


def _noisy(frame: np.ndarray, sigma: float, random: np.random.Generator) -> np.ndarray:
    noise = random.normal(0, sigma, frame.shape[:2])[..., None]
    return np.clip(frame + noise, 0, 255).astype(np.uint8)


def _inserted(frames: list, other: list, rate: float) -> list:
    height, width = frames[0].shape[:2]
    count = inserted_at(rate)
    before = [_fit(other[at % len(other)], (width, height)) for at in range(count)]
    after = [_fit(other[(count + at) % len(other)], (width, height)) for at in range(count)]
    return before + frames + after


def window(name: str, start: float) -> Path:
    """Another time of the same recording."""
    path = cached("window", {"source": name, "start_s": start})
    if not path.is_file():
        frames, rate = read(BY_NAME[name].path, start, WINDOWS_S)
        write(path, frames, rate, 22)
    return path


def composite(  # noqa: PLR0917
    name: str, which: int, seed: int, take: str, noise: float = 3, crf: int = 23
) -> Path:
    """One still picture, an object on the same path in both takes, each take with its own noise."""
    what = {"source": name, "which": which, "seed": seed, "take": take}
    if (noise, crf) != (3, 23):
        what |= {"noise": noise, "crf": crf}
    path = cached("composite", what)
    if path.is_file():
        return path
    frames, _ = read(BY_NAME[name].path, 0.3 * which, 0.2)
    if not frames:
        frames, _ = read(BY_NAME[name].path, 0, 0.2)
    ground, random = frames[0], np.random.default_rng([seed, which, take == "b"])
    path_of = np.random.default_rng([seed, which])
    height, width = ground.shape[:2]
    ends = path_of.uniform(0.1, 0.9, (2, 2)) * [width, height]
    colour = [int(value) for value in path_of.integers(0, 255, 3)]
    size = float(path_of.uniform(0.05, 0.12)) * width
    delay = float(random.uniform(0, 1.5))
    out = []
    for at in range(90):
        share = np.clip((at / 25 - delay) / 2.0, 0, 1)
        centre = ends[0] + (ends[1] - ends[0]) * share + random.normal(0, 0.4, 2)
        picture = ground.copy()
        middle, axes = (round(centre[0]), round(centre[1])), (round(size), round(size * 0.6))
        cv2.ellipse(picture, middle, axes, 20, 0, 360, colour, -1, cv2.LINE_AA)
        out.append(_noisy(picture, noise, random))
    return write(path, out, 25, crf)


def pair(row: dict) -> tuple[Path, Path]:
    """Both clips of a pair that are two takes of one scene."""
    if row["kind"] == "composite":
        name, which = row["a"]
        return tuple(composite(name, which, row["b"][1], take) for take in "ab")
    return window(*row["a"]), window(*row["b"])


def distractor(seed: int) -> Path:
    """A made street: sky, houses with windows, trees, cars; a pan, a shake or a fixed camera."""
    path = cached("distractor", {"seed": seed})
    if path.is_file():
        return path
    random = np.random.default_rng([77, seed])
    wide, tall = 420, 260
    world = np.zeros((tall, wide, 3), np.float32)
    world[:] = np.linspace(random.uniform(90, 230, 3), random.uniform(90, 230, 3), tall)[:, None]
    for _ in range(int(random.integers(3, 9))):
        left, top = random.integers(0, wide - 60), random.integers(40, 150)
        right = left + random.integers(40, 110)
        world[top:220, left:right] = random.uniform(40, 210, 3)
        step_x, step_y = random.integers(9, 18, 2)
        for y in range(int(top) + 6, 210, int(step_y)):
            for x in range(int(left) + 4, int(right) - 6, int(step_x)):
                world[y : y + step_y // 2, x : x + step_x // 2] = random.uniform(10, 250)
    texture = cv2.resize(random.normal(0, 1, (65, 105)).astype(np.float32), (wide, tall))
    fine = cv2.GaussianBlur(random.normal(0, 1, (tall, wide)).astype(np.float32), (0, 0), 1.1)
    world += 14 * texture[..., None] + 22 * fine[..., None]
    for _ in range(int(random.integers(0, 6))):
        centre = random.integers(0, wide), random.integers(120, 230)
        cv2.circle(world, tuple(int(c) for c in centre), int(random.integers(10, 35)),
                   random.uniform(20, 120, 3).tolist(), -1)  # fmt: skip
    pan, shake = random.uniform(-2, 2) * (random.random() < 0.6), random.uniform(0, 1.5)
    cars = random.uniform([0, 180, -6], [wide, 235, 6], (int(random.integers(1, 4)), 3))
    frames = []
    for at in range(30):
        picture = world.copy()
        for x, y, speed in cars:
            place = int((x + speed * at) % wide)
            cv2.rectangle(picture, (place, int(y)), (place + 26, int(y) + 12), (30, 40, 180), -1)
        moved = np.float32([[1, 0, -40 + pan * at + shake * random.normal()],
                            [0, 1, -30 + shake * random.normal()]])  # fmt: skip
        seen = cv2.warpAffine(picture, moved, (320, 180), borderMode=cv2.BORDER_REFLECT)
        frames.append(_noisy(np.clip(seen, 0, 255).astype(np.uint8), 2.5, random))
    return write(path, frames, 12, 27)
