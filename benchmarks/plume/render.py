"""One frame: sky, clouds, ground with texture, buildings, poles, smoke, haze; and its truth."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from scene import HEIGHT, WIDTH, Camera
from smoke import Smoke, noise_patch

VISIBLE = 0.25
"""Share of the background that smoke must cover to be seen as smoke."""
GRID_Y, GRID_X = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32) + 0.5


@dataclass
class World:
    """Everything but the smoke; colours 0..255 RGB, blocks are (x, y, width, height, colour)."""

    seed: int
    zenith: np.ndarray
    skyline: np.ndarray
    ground: np.ndarray
    ground_contrast: float
    blocks: list[tuple[float, float, float, float, np.ndarray]]
    visibility_m: float
    sun_right: float
    clouds: float = 0.0
    cloud_low: bool = False
    fog: float = 0.0
    glare: tuple[float, float, float] | None = None
    texture: np.ndarray = field(init=False)
    cover: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        rng = np.random.default_rng([self.seed, 7])
        self.texture = noise_patch(rng, 256, 7)
        self.cover = noise_patch(rng, 512, 5)


@dataclass
class Truth:
    """`top` in world metres and pixels, None where no visible top stands in the picture."""

    top_m: float | None
    top_px: tuple[float, float] | None
    base_px: tuple[float, float]
    cut: bool
    across_m_s: float


def _background(world: World, camera: Camera, t: float) -> tuple[np.ndarray, np.ndarray]:
    way = camera.grid()
    up = np.clip(way[..., 2], -1, 1)
    glow = np.exp(-np.maximum(up, 0) / 0.10)[..., None]
    image = (world.zenith + (world.skyline - world.zenith) * glow).astype(np.float32)
    if world.clouds > 0:
        reach = 1800 / np.maximum(up, 0.01)
        u = ((way[..., 0] * reach + 8 * t) / 14).astype(int) % 512
        v = (way[..., 1] * reach / 14).astype(int) % 512
        cover = cv2.GaussianBlur(world.cover[v, u], (0, 0), 1.2)
        if world.cloud_low:
            side = ((np.arctan2(way[..., 0], way[..., 1]) * 330).astype(int)) % 512
            tall = ((up * 900).astype(int)) % 512
            cover = world.cover[tall, side] + 1.1 - np.abs(up - 0.14) / 0.06
        share = np.clip(cover * 1.3 - 0.4, 0, 1) * world.clouds * (up > 0)
        image = image * (1 - share[..., None]) + np.array([236.0, 236, 240]) * share[..., None]
    below = way[..., 2] < -1e-4
    down = way[below]
    reach = (camera.position[2] / np.maximum(-down[:, 2], 1e-4)).astype(np.float32)
    x = camera.position[0] + down[:, 0] * reach
    y = camera.position[1] + down[:, 1] * reach
    fine = np.zeros(len(reach), np.float32)
    for cell, strength in ((0.7, 0.5), (6.0, 0.7), (60.0, 1.0)):
        fade = np.exp(-reach / np.float32(cell * 400))
        u, v = (x / cell).astype(np.int64) & 255, (y / cell).astype(np.int64) & 255
        fine += world.texture[v, u] * np.float32(strength) * fade
    soil = world.ground + (fine * world.ground_contrast)[:, None]
    clear = np.exp(-np.minimum(reach, 1e5) / world.visibility_m)[:, None]
    image[below] = soil * clear + world.skyline * (1 - clear)
    return image, way


def _blocks(world: World, camera: Camera, image: np.ndarray, near: bool) -> np.ndarray:
    """Draw blocks nearer (or farther) than the fire; returns where near ones hide it."""
    hidden = np.zeros((HEIGHT, WIDTH), bool)
    fire = np.linalg.norm(camera.position[:2])
    order = []
    for block in world.blocks:
        away = np.hypot(block[0] - camera.position[0], block[1] - camera.position[1])
        if (away < fire) == near:
            order.append((away, block))
    for away, (x, y, wide, tall, colour) in sorted(order, key=lambda one: -one[0]):
        to = np.array([x, y]) - camera.position[:2]
        side = np.array([to[1], -to[0]]) / np.linalg.norm(to) * wide / 2
        corners = np.array([
            [x - side[0], y - side[1], 0], [x + side[0], y + side[1], 0],
            [x + side[0], y + side[1], tall], [x - side[0], y - side[1], tall],
        ])  # fmt: skip
        at, w = camera.pixels(corners)
        if (w <= 1).any() or np.abs(at).max() > 5000:
            continue
        clear = np.exp(-away / world.visibility_m)
        tone = colour * clear + world.skyline * (1 - clear)
        points = np.round(at * 16).astype(np.int32)
        cv2.fillPoly(image, [points], tone.tolist(), lineType=cv2.LINE_AA, shift=4)
        mask = np.zeros((HEIGHT, WIDTH), np.uint8)
        cv2.fillPoly(mask, [points], 1, shift=4)
        hidden |= mask > 0
    return hidden


def _puff_order(camera: Camera, state: dict[str, np.ndarray]) -> tuple[np.ndarray, ...]:
    at, w = camera.pixels(state["centre"])
    edge = state["centre"] + state["radius"][:, None] * np.array([0, 0, 1.0])
    rim, _ = camera.pixels(edge)
    return at, w, np.linalg.norm(rim - at, axis=1), np.argsort(-w)


def _smoke(
    smoke: Smoke, world: World, camera: Camera, *, t: float, image: np.ndarray
) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray], np.ndarray]:
    state = smoke.at(t)
    at, w, radius, order = _puff_order(camera, state)
    clear = np.exp(-np.linalg.norm(camera.position) / world.visibility_m)
    through = np.ones((HEIGHT, WIDTH), np.float64)
    weight = np.full((HEIGHT, WIDTH), 1e-9)
    depth = np.zeros((HEIGHT, WIDTH))
    seen = np.zeros(len(order))
    for k in order:
        r = 1.35 * radius[k]
        x0, x1 = int(max(at[k, 0] - r, 0)), int(min(at[k, 0] + r + 2, WIDTH))
        y0, y1 = int(max(at[k, 1] - r, 0)), int(min(at[k, 1] + r + 2, HEIGHT))
        if x1 <= x0 or y1 <= y0 or w[k] <= 1:
            continue
        u = (GRID_X[y0:y1, x0:x1] - at[k, 0]) / radius[k]
        v = (GRID_Y[y0:y1, x0:x1] - at[k, 1]) / radius[k]
        index = state["index"][k]
        patch = smoke.patches[smoke.which[index]]
        turn = 0.12 * t * (1 if index % 2 else -1)
        i = ((u * np.cos(turn) - v * np.sin(turn) + 1.5) * 21).astype(int) % 64
        j = ((u * np.sin(turn) + v * np.cos(turn) + 1.5) * 21).astype(int) % 64
        rough = patch[j, i]
        profile = np.clip(1.25 - (u * u + v * v) * (1 + 0.25 * rough), 0, 1)
        alpha = 1 - np.exp(-smoke.opacity * profile * np.clip(1 + 0.35 * rough, 0.2, 2))
        shade = 1 + 0.22 * (u * world.sun_right - v) / 1.4 + 0.07 * rough
        low = state["centre"][k, 2] < 0.25 * smoke.height_m
        mixed = smoke.kind == "mixed" and low
        tone = (smoke.light_colour if mixed else smoke.colour) * shade[..., None]
        tone = np.clip(tone, 0, 255) * clear + world.skyline * (1 - clear)
        part = image[y0:y1, x0:x1]
        image[y0:y1, x0:x1] = part * (1 - alpha[..., None]) + tone * alpha[..., None]
        through[y0:y1, x0:x1] *= 1 - alpha
        weight[y0:y1, x0:x1] = weight[y0:y1, x0:x1] * (1 - alpha) + alpha
        depth[y0:y1, x0:x1] = depth[y0:y1, x0:x1] * (1 - alpha) + alpha * w[k]
        seen[k] = alpha.sum() if state["centre"][k, 2] > 0.2 * smoke.height_m else 0
    return 1 - through, depth / weight, state, seen


def _truth(
    camera: Camera, cover: np.ndarray, depth: np.ndarray, *, state: dict[str, np.ndarray],
    seen: np.ndarray, clear: float,
) -> Truth:  # fmt: skip
    base, _ = camera.pixels(np.zeros((1, 3)))
    share = cover * clear
    rows = np.flatnonzero((share > VISIBLE).sum(axis=1) >= 3)
    sight = -camera.position[:2] / np.linalg.norm(camera.position[:2])
    right = np.array([sight[1], -sight[0]])
    total = max(seen.sum(), 1e-9)
    across = float((state["velocity"][:, :2] @ right) @ seen / total)
    where = (float(base[0, 0]), float(base[0, 1]))
    if len(rows) == 0:
        return Truth(None, None, where, False, across)
    row = int(rows[0])
    columns = np.flatnonzero(share[row] > VISIBLE)
    middle = columns[len(columns) // 2]
    inner = np.median(share[row, columns])
    outer = np.median(share[row - 1, columns]) if row else 0.0
    y = row + 0.5 - float(np.clip((inner - VISIBLE) / max(inner - outer, 1e-6), 0, 1))
    x = float(columns.mean()) + 0.5
    way = camera.directions(np.array(x), np.array(y))
    # Clip w is the distance along the optical axis.
    axis = camera.directions(np.array(WIDTH / 2), np.array(HEIGHT / 2))
    reach = depth[row, middle] / float(way @ axis)
    top = camera.position + way * reach
    return Truth(float(top[2]), (x, y), where, row <= 1, across)


def render(
    smoke: Smoke | None, world: World, camera: Camera, t: float
) -> tuple[np.ndarray, Truth | None]:
    """RGB uint8 and the truth of the smoke in it."""
    image, way = _background(world, camera, t)
    image = np.ascontiguousarray(image, dtype=np.float32)
    _blocks(world, camera, image, near=False)
    truth = None
    if smoke is not None:
        cover, depth, state, seen = _smoke(smoke, world, camera, t=t, image=image)
        clear = np.exp(-np.linalg.norm(camera.position) / world.visibility_m)
        truth = _truth(camera, cover, depth, state=state, seen=seen, clear=float(clear))
    _blocks(world, camera, image, near=True)
    if world.fog > 0:
        up = way[..., 2]
        bank = world.cover[(np.abs(up * 700)).astype(int) % 512, GRID_X.astype(int) % 512]
        share = world.fog * np.exp(-np.maximum(up, 0) / 0.09) * np.clip(0.8 + 0.2 * bank, 0, 1)
        image = image * (1 - share[..., None]) + np.array([205.0, 207, 210]) * share[..., None]
    if world.glare is not None:
        x, y, strength = world.glare
        r = np.hypot(GRID_X - x * WIDTH, GRID_Y - y * HEIGHT) / WIDTH
        veil = strength * (np.exp(-r / 0.10) + 0.8 * np.exp(-(((GRID_X / WIDTH - x) / 0.012) ** 2)))
        image = image + 255 * veil[..., None] * np.array([1, 0.95, 0.85])
    return np.clip(image, 0, 255).astype(np.uint8), truth
