"""One clip's smoke, measured: frames and what is known in, Quantities out.

What cannot be said is not said: the outcome is *measured*, *lower_bound* (at least, and perhaps at
most) or *cannot_tell*, with the reasons by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from firsthand.measure.plume.answer import PlumeMeasurement, Seen
from firsthand.measure.plume.camera import focal_px
from firsthand.measure.plume.find import Found, activity, find_smoke, pieces_of
from firsthand.measure.plume.given import Given
from firsthand.measure.plume.marks import marked_horizon, scaled, shrunk
from firsthand.measure.plume.motion import follow
from firsthand.measure.plume.ranging import range_by_travel
from firsthand.measure.plume.segment import Scene, look
from firsthand.measure.plume.steady import steadied
from firsthand.measure.plume.told import told
from firsthand.measure.plume.trace import EYE_HEIGHT_M, trace

__all__ = ["measure_frames"]

Array = NDArray[np.float64]
Picture = NDArray[np.uint8]

LEAST_ACTIVITY: Final = 0.024
"""Change against contrast below which a thing is stiff (find.activity)."""
BURNT: Final = 250
BURNT_SHARE: Final = 0.003
"""Grey levels in every colour, and the share of the sky that has them, where the sun blinds."""
LEAST_SEEN: Final = 0.6
"""Share of the frames that must show a sky."""


def measure_frames(
    frames: Sequence[Picture], t_s: Sequence[float], given: Given, *, full_width: int | None = None
) -> PlumeMeasurement:
    """Measure the smoke in a clip.

    Args:
        frames: upright RGB pictures of one size, in time order.
        t_s: their times, seconds.
        given: what is known; its pixels are of the picture `full_width` wide (default: as given).
    """
    if not frames:
        return PlumeMeasurement("cannot_tell", ("no_frames",))
    cv2.setRNGSeed(given.seed)  # whatever was run before in this process
    small, scale = shrunk(frames)
    mark_scale = scale * frames[0].shape[1] / (full_width or frames[0].shape[1])
    wanted, given = scaled(given, mark_scale)
    marked = marked_horizon(given, mark_scale, small[0].shape[1])
    looked = [look(frame, marked if k == 0 else None) for k, frame in enumerate(small)]
    scenes = [scene for scene in looked if scene is not None]
    if len(scenes) < max(LEAST_SEEN * len(small), 1):
        return PlumeMeasurement("cannot_tell", ("no_plume_found", "no_sky_seen"))
    shown = [k for k, scene in enumerate(looked) if scene is not None]
    times = np.asarray(t_s, dtype=float)[shown]
    pieces = pieces_of(scenes)
    anything = [
        np.logical_or.reduce([np.zeros_like(scene.above), *(piece.mask for piece in each)])
        for each, scene in zip(pieces, scenes, strict=True)
    ]
    motion = follow(scenes, anything)
    steady = steadied(scenes, motion, marked=marked is not None and shown[0] == 0)
    if any(a is not b for a, b in zip(scenes, steady, strict=True)):
        scenes, pieces = steady, pieces_of(steady)
    found = find_smoke(scenes, pieces, motion, wanted)
    if found is None:
        return PlumeMeasurement("cannot_tell", ("no_plume_found",))
    moving = activity(scenes, times, found, motion) if len(scenes) > 2 else None
    doubt = None if wanted.given else _doubt(scenes, moving, known=motion.enough)
    if doubt is not None:
        return PlumeMeasurement("cannot_tell", ("no_plume_found", doubt), activity=moving)
    ranged = None
    if given.travel is not None:
        ranged = range_by_travel(scenes, times, found, motion, given)
        if given.distance_m is None and ranged.sure is not None:
            given = replace(given, distance_m=ranged.sure)
    drop = _drop(given, small[0].shape)
    path = trace(scenes, times, found, motion, wanted, drop_px=drop, seed=given.seed)
    if path is None:
        return PlumeMeasurement("cannot_tell", ("no_plume_found", "no_outline"))
    if not wanted.given and path.leaves_top and _may_be_glare(scenes, found):
        return PlumeMeasurement("cannot_tell", ("no_plume_found", "may_be_glare"), activity=moving)
    seen = Seen(scenes, found, motion, path, mark_scale)
    return replace(told(seen, times, given, wanted, ranged), activity=moving)


def _doubt(scenes: list[Scene], moving: float | None, *, known: bool) -> str | None:
    """Why what was found unmarked is not taken for smoke."""
    if moving is not None and moving < LEAST_ACTIVITY:
        return "nothing_moves"
    ground = sum(scene.horizon is not None for scene in scenes) > len(scenes) / 2
    # Not known to stay in its place, it may be a tree by the road.
    return "too_few_ground_points" if moving is not None and ground and not known else None


def _drop(given: Given, shape: tuple[int, ...]) -> float:
    """Pixels that level ground at the smoke's distance lies below the horizon."""
    if given.distance_m is None or given.hfov_deg is None:
        return 0.0
    eye = EYE_HEIGHT_M if given.camera_height_m is None else given.camera_height_m
    focal = float(focal_px(given.hfov_deg.value, shape[1]))
    return min(focal * eye / given.distance_m.value, 0.05 * shape[0])


def _may_be_glare(scenes: list[Scene], found: Found) -> bool:
    """Whether what was found outshines the sky in most frames, or the sky itself is burnt out."""
    medians, burnt = [], []
    for scene, piece in zip(scenes, found.pieces, strict=True):
        if piece is not None:
            medians.append(float(np.median(scene.sky.light[piece.mask])))
            burnt.append(float((scene.picture[scene.above] >= BURNT).all(axis=1).mean()))
    return bool(np.median(medians) > 0 or np.median(burnt) > BURNT_SHARE)
