"""Makes the demo's clip: a drawn smoke plume seen from a moving car. Nothing in it is real.

The same seed gives the same frames, and on one machine the same bytes. Every frame carries the
words "SYNTHETIC - firsthand demo", so that no copy of it can pass for footage.

    python examples/make_clip.py demo.mp4
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import av
import cv2
import numpy as np
import numpy.typing as npt

__all__ = ["frames", "write_clip"]

Image = npt.NDArray[np.float32]  # height x width x 3, RGB, 0..255
Frame = npt.NDArray[np.uint8]

WIDTH, HEIGHT, FPS, SECONDS = 640, 360, 25, 6.0
SEED = 20210928
LABEL = "SYNTHETIC - firsthand demo"

MARGIN = 40  # pixels drawn round the picture for the shaking camera to look into
WIDE, TALL = WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN
HORIZON = 288  # row in the wide drawing
VERGE = 84  # rows from the horizon to the edge of the road
SPEED = 330.0  # pixels a second at which the posts by the road pass
BASE_X = 300.0  # where the smoke leaves the ground at the start, in the wide drawing
DARK_LIFE, PALE_LIFE = 24.0, 5.0  # seconds until a lump has thinned to nothing


def frames(seed: int = SEED, seconds: float = SECONDS) -> Iterator[Frame]:
    """RGB frames of 640 x 360 at 25 a second."""
    rng = np.random.default_rng(seed)
    scene = _Scene(rng)
    shake = _shake(rng, round(seconds * FPS))
    for number, (dx, dy, turn) in enumerate(shake):
        picture = _look(scene.draw(number / FPS), dx, dy, turn)
        grain = rng.normal(0.0, 2.2, picture.shape[:2]).astype(np.float32)
        frame = np.clip(picture + grain[..., None], 0, 255).astype(np.uint8)
        yield _label(frame)


def write_clip(path: Path, seed: int = SEED, seconds: float = SECONDS) -> Path:
    """Writes the frames to `path` as H.264 in MP4, in one thread and without time stamps of now."""
    with av.open(str(path), "w", format="mp4", options={"fflags": "+bitexact"}) as container:
        container.metadata["title"] = LABEL
        stream = container.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.thread_count = 1
        stream.time_base = Fraction(1, FPS)
        stream.options = {"preset": "veryfast", "crf": "21", "g": "50", "flags": "+bitexact"}
        for number, frame in enumerate(frames(seed, seconds)):
            picture = av.VideoFrame.from_ndarray(frame, format="rgb24")
            picture.pts, picture.time_base = number, Fraction(1, FPS)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return path


class _Puffs(NamedTuple):
    """One lump of smoke a row: when it left the ground, and how it differs from the others."""

    born: npt.NDArray[np.float64]
    sideways: npt.NDArray[np.float64]
    swirl: npt.NDArray[np.float64]
    shade: npt.NDArray[np.float64]
    shape: npt.NDArray[np.int64]

    @classmethod
    def drawn(cls, rng: np.random.Generator, born: npt.NDArray[np.float64], shade: float) -> _Puffs:
        count = len(born)
        return cls(
            born=born,
            sideways=rng.normal(0.0, 1.0, count),
            swirl=rng.uniform(0.0, 2 * np.pi, count),
            shade=shade + rng.normal(0.0, 7.0, count),
            shape=rng.integers(0, 8, count),
        )


class _Layer:
    """Grey stuff that hides what is behind it: a tone and a cover (0..1) for each pixel."""

    def __init__(self) -> None:
        self.tone = np.zeros((TALL, WIDE), np.float32)
        self.cover = np.zeros((TALL, WIDE), np.float32)

    def lay(
        self, lump: Image, at: tuple[float, float], radius: float, *, tone: float, thickness: float
    ) -> None:
        """Puts one lump over what is there, placed to a fraction of a pixel."""
        x, y = at
        size = int(2.8 * radius) + 2
        left, top = int(np.floor(x - size / 2)), int(np.floor(y - size / 2))
        x0, x1 = max(left, 0), min(left + size, WIDE)
        y0, y1 = max(top, 0), min(top + size, TALL)
        if x0 >= x1 or y0 >= y1:
            return
        scale = 2.8 * radius / 96
        place = np.array(
            [[scale, 0.0, x - 48 * scale - x0], [0.0, scale, y - 48 * scale - y0]], np.float32
        )
        drawn = cv2.warpAffine(lump, place, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR)
        thick, light = cv2.split(drawn)
        thick *= np.float32(thickness)
        part = self.tone[y0:y1, x0:x1]
        part += thick * (light + np.float32(tone) - part)
        part = self.cover[y0:y1, x0:x1]
        part += thick * (np.float32(1) - part)

    def over(self, picture: Image, rows: slice, tint: tuple[float, float, float]) -> None:
        """Lays these rows in front of the picture; `tone` is already weighted by its cover."""
        clear = np.float32(1) - self.cover[rows]
        for channel, part in enumerate(tint):
            picture[rows, :, channel] *= clear
            picture[rows, :, channel] += self.tone[rows] * np.float32(part)


class _Scene:
    """Sky, smoke, a low skyline, ground and poles; each moves past as fast as it is near."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.sky = _sky(rng)
        self.lumps = [_lump(rng) for _ in range(8)]
        self.dark = _Puffs.drawn(rng, np.sort(rng.uniform(-DARK_LIFE, SECONDS, 210)), 34.0)
        self.pale = _Puffs.drawn(rng, np.sort(rng.uniform(-PALE_LIFE, SECONDS, 45)), 200.0)
        self.skyline = _skyline(rng)
        self.ground = _noise(rng, 512, 1024, octaves=6)
        self.shrubs = (
            rng.uniform(0.0, 2600.0, 100),
            np.sort(4.0 + 66.0 * rng.random(100) ** 1.6),
            rng.integers(0, 8, 100),
        )
        self.poles = 150.0 + np.cumsum(rng.uniform(330.0, 420.0, 12))

    def draw(self, time: float) -> Image:
        smoke = _Layer()
        base = BASE_X - 2.0 * time
        self._rise(smoke, self.dark, time, base, life=DARK_LIFE, pace=1.0)
        self._rise(smoke, self.pale, time, base + 6.0, life=PALE_LIFE, pace=0.34)
        picture = self.sky.copy()
        smoke.over(picture, slice(0, HORIZON + 4), tint=(1.0, 1.0, 1.0))
        self._place_skyline(picture, 9.0 * time)
        self._lay_ground(picture, time)
        self._place_shrubs(picture, time)
        self._place_poles(picture, time)
        return picture

    def _rise(
        self, smoke: _Layer, puffs: _Puffs, time: float, base: float, *, life: float, pace: float
    ) -> None:
        """Lumps rise ever slower, widen as they take in air, and drift with the wind."""
        for n in range(len(puffs.born)):
            age = time - puffs.born[n]
            if not 0.0 < age < life:
                continue
            height = pace * 21.0 * age**0.78
            radius = 6.8 + 0.20 * height
            curl = np.sin(puffs.swirl[n] + 0.5 * age)
            x = base + 2.6 * age**1.25 * pace + 0.55 * radius * (puffs.sideways[n] + 0.5 * curl)
            y = HORIZON - height - 0.15 * radius * np.cos(puffs.swirl[n] + 0.6 * age)
            thickness = min(1.0, age / 0.4) * (1.0 - age / life) ** 0.6
            haze = 0.10 + 0.30 * (age / DARK_LIFE)
            tone = puffs.shade[n] * (1 - haze) + 176.0 * haze
            smoke.lay(
                self.lumps[puffs.shape[n]], (x, y), radius, tone=tone, thickness=0.92 * thickness
            )

    def _place_skyline(self, picture: Image, scrolled: float) -> None:
        start = int(scrolled)
        roofs = self.skyline[start : start + WIDE]
        rows = np.arange(TALL)[:, None]
        built = (rows >= HORIZON - roofs[None, :]) & (rows < HORIZON + 2)
        picture[built] = (122.0, 113.0, 104.0)

    def _lay_ground(self, picture: Image, time: float) -> None:
        """A flat plain in perspective: a row n pixels under the horizon is 1/n away."""
        below = np.arange(1, TALL - HORIZON + 1, dtype=np.float32)[:, None]
        across = np.arange(WIDE, dtype=np.float32)[None, :] - WIDE / 2
        depth = 260.0 / below
        u = (across + SPEED * VERGE / 80.0 * time) * depth / 4.0 + 4000.0
        v = np.broadcast_to(depth * 9.0, u.shape)
        texture = cv2.remap(self.ground, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        near = np.clip(below / 110.0, 0, 1)
        tone = (texture - 0.5) * (20.0 + 70.0 * near)
        earth = np.array([171.0, 155.0, 130.0]) * (1 - 0.20 * near[..., None])
        plain = (earth + tone[..., None]).astype(np.float32)
        plain[VERGE:] = plain[VERGE:] * 0.25 + 60.0  # the road's own edge
        picture[HORIZON:] = plain

    def _place_shrubs(self, picture: Image, time: float) -> None:
        """Dry shrubs on the plain, each passing as fast as the ground that it stands on."""
        leaves = _Layer()
        for at, below, shape in zip(*self.shrubs, strict=True):
            x = at - SPEED * below / 80.0 * time
            if -30.0 < x < WIDE + 30.0:
                radius = 1.5 + 0.10 * below
                leaves.lay(
                    self.lumps[int(shape)], (x, HORIZON + below), radius, tone=74.0, thickness=0.9
                )
        leaves.over(picture, slice(HORIZON, HORIZON + VERGE), tint=(1.0, 1.0, 0.80))

    def _place_poles(self, picture: Image, time: float) -> None:
        """Lamp posts close by, drawn with the blur that a shutter of 1/50 s gives them."""
        foot = HORIZON + 80
        ink = np.zeros((TALL, WIDE), np.float32)
        for at in self.poles:
            for step in np.linspace(0.0, 1 / 50, 5):
                x = at - SPEED * (time + step)
                if -60.0 < x < WIDE + 60.0:
                    column = np.zeros_like(ink)
                    left = (round(x * 16), round(foot * 16))
                    top = (round((x + 2) * 16), round((foot - 300) * 16))
                    arm = (round((x - 46) * 16), round((foot - 312) * 16))
                    cv2.line(column, left, top, 1.0, 6, cv2.LINE_AA, 4)
                    cv2.line(column, top, arm, 1.0, 3, cv2.LINE_AA, 4)
                    ink += column / 5
        picture *= 1 - 0.82 * np.clip(ink, 0, 1)[..., None]


def _noise(rng: np.random.Generator, height: int, width: int, octaves: int) -> Image:
    """Cloud-like noise in 0..1: random grids, each twice as fine and half as strong."""
    total = np.zeros((height, width), np.float32)
    for octave in range(octaves):
        cells = 4 * 2**octave
        grid = rng.random((cells, cells), dtype=np.float32)
        total += cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC) / 2**octave
    low, high = float(total.min()), float(total.max())
    return np.asarray((total - low) / (high - low), np.float32)


def _sky(rng: np.random.Generator) -> Image:
    """Pale blue above, dust near the ground, thin high cloud."""
    down = (np.clip(np.arange(TALL) / HORIZON, 0, 1) ** 1.3)[:, None, None]
    sky = np.array([126.0, 158.0, 194.0]) * (1 - down) + np.array([214.0, 206.0, 190.0]) * down
    cloud = cv2.resize(_noise(rng, 128, 256, octaves=5), (WIDE, TALL))
    veil = (np.clip(cloud - 0.45, 0, 1) * 60.0)[..., None]
    return np.asarray(sky + veil * (1 - 0.7 * down), np.float32)


def _lump(rng: np.random.Generator) -> Image:
    """A ragged ball of smoke, 96 x 96 x 2: how thick it is, and how much lighter above than below.

    The sun stands high to the left, so the upper left of each ball is lit.
    """
    axis = np.linspace(-1.0, 1.0, 96, dtype=np.float32)
    x, y = np.meshgrid(axis, axis)
    ragged = _noise(rng, 96, 96, octaves=5) - 0.5
    distance = np.hypot(x, y) + 0.75 * ragged
    thick = np.clip((0.72 - distance) / 0.42, 0, 1) * (np.hypot(x, y) < 0.98)
    light = np.clip(-0.55 * x - 0.80 * y, -1, 1) * 30.0 - ragged * 46.0
    return np.dstack([thick, light]).astype(np.float32)


def _skyline(rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Roof heights in pixels along the horizon: a wall, low flat houses, a water tower or two."""
    roofs = np.full(WIDE + 200, 4.0)
    at = 0
    while at < len(roofs):
        width = int(rng.integers(10, 46))
        if rng.random() < 0.55:
            roofs[at : at + width] = rng.uniform(5.0, 15.0)
        if rng.random() < 0.12:
            roofs[at : at + 4] = rng.uniform(20.0, 30.0)
        at += width + int(rng.integers(0, 16))
    return roofs


def _shake(rng: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
    """Per frame: shift right, shift down (pixels), turn (degrees). Smooth, with road jolts."""
    spectrum = rng.normal(size=(3, 64))
    phase = rng.uniform(0.0, 2 * np.pi, (3, 64))
    rate = np.linspace(0.15, 5.0, 64)
    time = np.arange(count)[:, None] / FPS
    reach = np.array([3.0, 3.6, 0.28])
    sums = [
        (spectrum[n] / rate**0.8 * np.sin(2 * np.pi * rate * time + phase[n])).sum(axis=1)
        for n in range(3)
    ]
    moved = np.stack(sums, axis=1) * reach / 2.6
    return np.asarray(moved.clip(-MARGIN * 0.6, MARGIN * 0.6), np.float64)


def _look(wide: Image, dx: float, dy: float, turn: float) -> Image:
    """What the shaking camera sees of the wide drawing, a little soft and darker at the corners."""
    aim = cv2.getRotationMatrix2D((WIDE / 2, TALL / 2), turn, 1.0)
    aim[:, 2] -= np.array([MARGIN + dx, MARGIN + dy])
    seen = cv2.warpAffine(wide, aim, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    seen = cv2.GaussianBlur(seen, (0, 0), 0.7)
    x, y = np.linspace(-1, 1, WIDTH)[None, :], np.linspace(-1, 1, HEIGHT)[:, None]
    return np.asarray(seen * (1 - 0.10 * (x**2 + y**2))[..., None], np.float32)


def _label(frame: Frame) -> Frame:
    """White letters on a black rim: read on sky and on road."""
    for dx, dy in ((-2, 0), (2, 0), (0, -2), (0, 2), (-1, -1), (1, -1), (-1, 1), (1, 1)):
        _write(frame, dx, dy, (0, 0, 0))
    return _write(frame, 0, 0, (255, 255, 255))


def _write(frame: Frame, dx: int, dy: int, ink: tuple[int, int, int]) -> Frame:
    at = (14 + dx, HEIGHT - 16 + dy)
    cv2.putText(frame, LABEL, at, cv2.FONT_HERSHEY_SIMPLEX, 0.8, ink, 2, cv2.LINE_AA)
    return frame


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python examples/make_clip.py OUT.mp4")
    print(write_clip(Path(sys.argv[1])))
