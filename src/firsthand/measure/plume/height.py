"""From pixels to metres by Monte Carlo over every input, and which input costs how much.

What one picture leaves open is how far behind or before its base the top stands. The wind's
direction, or its absence, is drawn; how far the smoke has gone along it is drawn from a broad
prior, and weighted by how well the sideways part of it meets the picture. A wind that cannot make
the lean that is seen leaves no weight: that is reported as a conflict, not averaged away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from firsthand.measure.plume.camera import (
    FULL_FRAME_WIDTH_MM,
    Rays,
    focal_px,
    hfov_deg,
    horizon_attitude,
    level_rays,
)
from firsthand.measure.plume.given import Given, Sure, phone_focal_35mm
from firsthand.measure.plume.plane import height_at_depth

__all__ = ["Draws", "Sighting", "budget", "draw", "focal_draws"]

Array = NDArray[np.float64]

LEAN_SPREAD: Final = 0.9
"""Half-normal spread of (distance gone downwind) / (height): up to 2 is common in fresh wind."""

PITCH_SD_WITHOUT_HORIZON: Final = np.radians(3.0)
"""Without a level horizon the base is taken to be at eye level, give or take this."""

FOCAL_35MM_SD: Final = 0.06
"""EXIF gives whole millimetres for the still lens; video crops it further, unsaid."""

GROUPS: Final = ("distance", "field_of_view", "wind_and_depth", "top", "base", "horizon")


@dataclass(frozen=True)
class Sighting:
    """What the picture gave at the clip's middle, in pixels, each with a standard deviation.

    `half_width_px` is half the smoke's width below its top. `horizon` is (row at the picture's
    centre, slope, sd) or None.
    """

    size: tuple[float, float]
    base: tuple[float, float]
    base_sd: float
    base_x_sd: float
    top: tuple[float, float]
    top_sd: float
    half_width_px: float
    horizon: tuple[float, float, float] | None


@dataclass(frozen=True)
class Draws:
    """Monte Carlo draws, all of one length.

    `ratio` is height over distance, `depth` the top's distance behind the base over the same;
    `height_m` is None without a distance. `wind_agreement` is the mean weight: near 1 where wind
    and lean fit, near 0 where they do not.
    """

    ratio: Array
    height_m: Array | None
    angular_height_deg: Array
    hfov_deg: Array
    downwind_deg: Array
    depth: Array
    wind_agreement: float


def focal_draws(given: Given, size: tuple[float, float], rng: np.random.Generator, n: int) -> Array:
    """Focal length in pixels; a field of view beats a reference object beats EXIF beats a prior."""
    width, height = size
    if given.hfov_deg is not None:
        fov = given.hfov_deg
        return focal_px(np.clip(fov.value + fov.sd * rng.standard_normal(n), 1.0, 170.0), width)
    if given.reference is not None:
        one, two = given.reference.start, given.reference.end
        length = np.hypot(one[0] - two[0], one[1] - two[1]) + 1.5 * rng.standard_normal(n)
        known = given.reference.distance_m / given.reference.metres
        return np.asarray(np.maximum(length, 1.0) * known * np.exp(0.03 * rng.standard_normal(n)))
    long_side = max(width, height)
    if given.focal_35mm is not None:
        spread = np.exp(FOCAL_35MM_SD * rng.standard_normal(n))
        return np.asarray(given.focal_35mm * spread * long_side / FULL_FRAME_WIDTH_MM)
    return np.asarray(phone_focal_35mm(rng, n) * long_side / FULL_FRAME_WIDTH_MM)


def _distance(distance: Sure, rng: np.random.Generator, n: int) -> Array:
    """Log-normal with the stated mean and spread, so that no draw lies behind the camera."""
    variance = np.log1p((distance.sd / distance.value) ** 2)
    return np.asarray(
        distance.value * np.exp(np.sqrt(variance) * rng.standard_normal(n) - variance / 2)
    )


def _depth(
    given: Given,
    base: Rays,
    top: Rays,
    half_width: Array,
    base_x_sd: Array,
    *,
    rng: np.random.Generator,
    n: int,
) -> tuple[Array, Array, Array]:
    """Depth behind the base in distances, the direction drawn (degrees), and each weight."""
    wind = given.wind_across
    if wind is None:
        to = rng.uniform(-180.0, 180.0, n)
    else:
        to = wind.value + wind.sd * rng.standard_normal(n)
    angle = np.radians(to) - base.azimuth
    rise = np.maximum(top.elevation_slope - base.elevation_slope, 1e-4)
    gone = rise * LEAN_SPREAD * np.abs(rng.standard_normal(n))
    jitter = half_width * 0.5
    depth = gone * np.cos(angle) + jitter * rng.standard_normal(n)
    depth = np.maximum(depth, -0.9)
    seen_aside = np.tan(top.azimuth - base.azimuth) * (1 + depth)
    spread = np.hypot(np.maximum(jitter, 0.03 * rise), base_x_sd)
    weight = np.exp(-0.5 * ((gone * np.sin(angle) - seen_aside) / spread) ** 2)
    return depth, to, weight


def draw(sighting: Sighting, given: Given, *, only: str | None = None) -> Draws:
    """Draw every input once (or, with `only`, one group of GROUPS) and carry it to metres."""
    n = given.draws
    streams = [np.random.default_rng([given.seed, k]) for k in range(len(GROUPS) + 1)]
    vary = {group: float(only in {None, group}) for group in GROUPS}
    focal = focal_draws(given, sighting.size, streams[1], n)
    if not vary["field_of_view"]:
        focal = np.full(n, np.median(focal))
    pixel = [streams[k].standard_normal(n) for k in (3, 4, 5)]
    base_y = sighting.base[1] + vary["base"] * sighting.base_sd * pixel[0]
    top_y = sighting.top[1] + vary["top"] * sighting.top_sd * pixel[1]
    if sighting.horizon is not None:
        row, slope, sd = sighting.horizon
        pitch, roll = horizon_attitude(
            row + vary["horizon"] * sd * pixel[2], slope, focal, sighting.size[1]
        )
    else:
        pitch, roll = horizon_attitude(base_y, 0.0, focal, sighting.size[1])
        pitch = pitch + vary["horizon"] * PITCH_SD_WITHOUT_HORIZON * pixel[2]

    def rays(x: float, y: Array) -> Rays:
        return level_rays(x, y, focal=focal, pitch=pitch, roll=roll, size=sighting.size)

    base, top = rays(sighting.base[0], base_y), rays(sighting.top[0], top_y)
    half_width = sighting.half_width_px / focal
    depth, to, weight = _depth(
        given, base, top, half_width, sighting.base_x_sd / focal, rng=streams[2], n=n
    )
    total = float(weight.sum())
    agreement = total / n
    chosen = np.arange(n)
    if total > 0:
        chosen = streams[6].choice(n, size=n, p=weight / total)
    depth, to = depth[chosen], to[chosen]
    if only is None:  # weights tie the depth to the rest of its own draw
        base, top, focal = _take(base, chosen), _take(top, chosen), focal[chosen]
    elif not vary["wind_and_depth"]:
        depth = np.full(n, np.median(depth))
    ratio = height_at_depth(base, top, 1.0, depth)
    height = None
    if given.distance_m is not None:
        metres = _distance(given.distance_m, streams[0], n)
        if not vary["distance"]:
            metres = np.full(n, given.distance_m.value)
        height = ratio * metres
    return Draws(
        ratio=ratio,
        height_m=height,
        angular_height_deg=np.degrees(
            np.arctan(top.elevation_slope) - np.arctan(base.elevation_slope)
        ),
        hfov_deg=hfov_deg(focal, sighting.size[0]),
        downwind_deg=to,
        depth=depth,
        wind_agreement=agreement,
    )


def _take(rays: Rays, which: NDArray[np.int64]) -> Rays:
    return Rays(rays.right[which], rays.forward[which], rays.up[which])


def budget(sighting: Sighting, given: Given) -> dict[str, float]:
    """Share of the height's (or ratio's) logarithmic variance that each group brings, alone."""
    fewer = replace(given, draws=min(given.draws, 3000))
    variances = {}
    for group in GROUPS:
        if group == "distance" and given.distance_m is None:
            continue
        draws = draw(sighting, fewer, only=group)
        values = draws.ratio if draws.height_m is None else draws.height_m
        variances[group] = float(np.var(np.log(np.maximum(values, 1e-9))))
    whole = sum(variances.values()) or 1.0
    return {group: variance / whole for group, variance in variances.items()}
