"""Could the camera have seen it? A line of sight without a case."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from firsthand.app.asked import read_length, read_place
from firsthand.checks.sightline_figure import sightline_figure
from firsthand.errors import InputError
from firsthand.measure.sightline import (
    K_USUAL,
    Sight,
    contrast_left,
    over_smooth_earth,
    over_terrain,
    range_m,
)
from firsthand.sandbox import Box

__all__ = ["AskedSight", "Line", "line_of_sight", "near_m", "terrain_line", "told_range"]

MAX_DISTANCE_M: Final = 500_000.0
_STEP_M: Final = 30.0
_MOST: Final = 8000
EYE_M: Final = 1.6

ONE_BEARING: Final = (
    "One bearing places nothing inside a site: what is seen along it may stand before or behind."
)

FOREGROUND: Final = "What lies within a cell or so of the camera is taken as open."
SMOOTH: Final = "No terrain was used: a smooth earth."


@dataclass(frozen=True)
class AskedSight:
    """The options of `firsthand sightline` as typed."""

    camera: str | None = None
    target: str | None = None
    distance_m: float | None = None
    eye_m: float = EYE_M
    top: str | None = None
    dem: Path | None = None
    k: float = K_USUAL
    visibility_km: float | None = None
    svg: Path | None = None


@dataclass(frozen=True)
class Line:
    """A geodesic from a camera to a target with the ground under it, metres."""

    distance_m: NDArray[np.float64]
    ground_m: NDArray[np.float64]
    cell_m: float
    crs: str


def _geodesic(camera: tuple[float, float], target: tuple[float, float]) -> tuple[float, float]:
    from pyproj import Geod

    bearing, _, distance = Geod(ellps="WGS84").inv(camera[1], camera[0], target[1], target[0])
    return float(distance), float(bearing) % 360


def terrain_line(
    box: Box,
    dem: Path,
    camera: tuple[float, float],
    target: tuple[float, float],
    *,
    most: int = _MOST,
) -> Line:
    """The ground along the geodesic at `most` points or fewer, read in the sandbox.

    Raises:
        InputError: no GeoTIFF, or it does not hold the whole line.
    """
    from pyproj import Geod

    distance, _ = _geodesic(camera, target)
    count = int(np.clip(np.ceil(distance / _STEP_M), 2, most))
    between = Geod(ellps="WGS84").npts(camera[1], camera[0], target[1], target[0], count - 1)
    points = [list(camera), *([lat, lon] for lon, lat in between), list(target)]
    data = box.call("firsthand.evidence.terrain:profile", dem, {"points": points}).data
    heights = data["heights_m"]
    lacking = sum(height is None for height in heights)
    if lacking:
        raise InputError(
            f"The elevation model does not hold the line: {lacking} of {len(heights)} points lie "
            "outside it or have no height.",
            "Give a model that covers both ends and all between them.",
        )
    along = np.linspace(0.0, distance, count + 1)
    return Line(along, np.asarray(heights, dtype=float), data["cell_m"], data["crs"])


def near_m(line: Line) -> float:
    """Within a cell and a half of the camera the model says nothing of the foreground."""
    return max(1.5 * line.cell_m, 50.0)


def told_range(eye_m: float, top_m: float, k: float) -> float:
    """To what distance a top of that height is in sight over a smooth earth, km."""
    return round(range_m(eye_m, top_m, k) / 1000, 1)


def line_of_sight(asked: AskedSight, *, unsandboxed: bool = False) -> dict[str, Any]:
    """`firsthand sightline`: visible, hidden or cannot tell, and the height that is hidden.

    Raises:
        InputError: ends or heights that cannot be.
    """
    if not 0 < asked.eye_m < 9000:
        raise InputError(f"An eye at {asked.eye_m:g} m cannot be.", "Give metres above the ground.")
    if not -1 <= asked.k < 0.9:
        raise InputError(f"A refraction of {asked.k:g} cannot be.", "Day over land: about 0.13.")
    top, top_sd = _top(asked.top)
    distance, bearing, ends = _ends(asked)
    line: Line | None = None
    if asked.dem is not None:
        if ends is None:
            raise InputError(
                "With an elevation model both ends must be known.", "Give --camera and --target."
            )
        with Box(unsandboxed=unsandboxed) as box:
            line = terrain_line(box, asked.dem, *ends)
        sight = over_terrain(
            line.distance_m,
            line.ground_m,
            asked.eye_m,
            top,
            top_sd_m=top_sd,
            k=asked.k,
            near_m=near_m(line),
        )
    else:
        sight = over_smooth_earth(distance, asked.eye_m, top, top_sd_m=top_sd, k=asked.k)
    if asked.svg is not None:
        asked.svg.write_bytes(_picture(asked, line, distance, top, sight))
    return {
        "distance_m": round(distance, 1),
        "bearing_deg": None if bearing is None else round(bearing, 3),
        "eye_m": asked.eye_m,
        "k": asked.k,
        "top_m": top,
        "seen": sight.seen,
        "hidden_height_m": _plain(sight),
        "top_in_sight_to_km": None if top is None else told_range(asked.eye_m, top, asked.k),
        **_air(asked.visibility_km, distance),
        "basis": _basis(line),
        "limits": [ONE_BEARING, FOREGROUND if line else SMOOTH],
    }


def _plain(sight: Sight) -> dict[str, float]:
    hidden = sight.hidden_m
    return {"value": hidden.value, "low": hidden.low, "high": hidden.high}


def _top(text: str | None) -> tuple[float | None, float]:
    if text is None:
        return None, 0.0
    if ":" in text:
        return read_length(text)
    return read_length(f"{text}:1")[0], 0.0


def _ends(
    asked: AskedSight,
) -> tuple[float, float | None, tuple[tuple[float, float], tuple[float, float]] | None]:
    if asked.camera is not None and asked.target is not None:
        camera, target = read_place(asked.camera)[:2], read_place(asked.target)[:2]
        distance, bearing = _geodesic(camera, target)
        ends = (camera, target)
    elif asked.distance_m is not None and asked.camera is None and asked.target is None:
        distance, bearing, ends = asked.distance_m, None, None
    else:
        raise InputError(
            "A line of sight needs its two ends.",
            "Give --camera and --target, or --distance-m alone.",
        )
    if not 0 < distance <= MAX_DISTANCE_M:
        raise InputError(
            f"{distance:g} m is no line of sight.", "Give ends more than 0 and up to 500 km apart."
        )
    return distance, bearing, ends


def _air(visibility_km: float | None, distance_m: float) -> dict[str, Any]:
    if visibility_km is None:
        return {"contrast_left": None}
    if not 0 < visibility_km <= 300:
        raise InputError(f"A visibility of {visibility_km:g} km cannot be.", "Give 0 to 300 km.")
    return {"contrast_left": round(contrast_left(distance_m, visibility_km * 1000), 4)}


def _basis(line: Line | None) -> dict[str, Any]:
    if line is None:
        return {"kind": "smooth earth, closed form"}
    return {"kind": "terrain", "cell_m": line.cell_m, "crs": line.crs}


def _picture(
    asked: AskedSight, line: Line | None, distance: float, top: float | None, sight: Sight
) -> bytes:
    along = np.linspace(0, distance, 200) if line is None else line.distance_m
    ground = np.zeros(along.size) if line is None else line.ground_m
    return sightline_figure(
        along,
        ground,
        eye_m=asked.eye_m,
        top_m=top,
        hidden_m=sight.hidden_m.value,
        k=asked.k,
    ).data
