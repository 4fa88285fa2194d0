"""Small clips made from seeds, and an archive with them, for the tests of footage matching."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import av
import cv2
import numpy as np

from firsthand.archive.intake import Taken, fingerprint_of, take_in
from firsthand.archive.search import Searched, search
from firsthand.archive.store import Archive
from firsthand.sandbox import Box

RATE = 25
NOW = datetime(2024, 5, 1, tzinfo=UTC)


def scene(
    seed: int, take: int = 0, *, frames: int = 75, size: tuple[int, int] = (320, 180)
) -> list:
    """A still street with things moving through it. Another `take`: other things, other noise."""
    world = np.random.default_rng(seed)
    moving = np.random.default_rng([seed, take])
    width, height = size
    ground = np.zeros((height, width, 3), np.float32)
    ground[:] = np.linspace(world.uniform(120, 220, 3), world.uniform(60, 160, 3), height)[:, None]
    for _ in range(60):
        x, y = int(world.integers(0, width - 30)), int(world.integers(0, height - 20))
        w, h = (int(value) for value in world.integers(6, 40, 2))
        ground[y : y + h, x : x + w] = world.uniform(20, 240, 3)
    ground = cv2.GaussianBlur(ground, (0, 0), 0.7)
    things = [
        (moving.uniform(0, [width, height]), moving.uniform(-4, 4, 2), moving.uniform(20, 235, 3))
        for _ in range(5)
    ]
    out = []
    for at in range(frames):
        picture = ground.copy()
        for start, speed, colour in things:
            x, y = start + speed * at + 12 * np.sin(at / (5 + abs(speed[0])))
            middle = (round(float(x)) % width, round(float(y)) % height)
            cv2.circle(picture, middle, 14, colour.tolist(), -1)
        noise = moving.normal(0, 3.5, (height, width, 1))
        out.append(np.clip(picture + noise, 0, 255).astype(np.uint8))
    return out


def write_clip(path: Path, frames: list, *, rate: int = RATE, crf: int = 20) -> Path:
    """H.264 in MP4."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate)
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        stream.options = {"crf": str(crf), "preset": "ultrafast", "threads": "1"}
        for picture in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        container.mux(stream.encode())
    return path


def add(archive: Archive, box: Box, *paths: Path, **more: object) -> Taken:
    """Take files in at a fixed time."""
    return take_in(archive, list(paths), box, lambda: NOW, **more)  # type: ignore[arg-type]


def ask(archive: Archive, box: Box, path: Path) -> Searched:
    """Search for a file."""
    parts, sha256 = [], ""
    for stretch, _, _, sha256 in fingerprint_of(path, box):  # noqa: B007
        parts.append(stretch)
    return search(archive, parts, sha256)
