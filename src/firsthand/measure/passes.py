"""When a satellite passed over a place, how high, and whether its sensor's swath held the place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from firsthand.measure.orbit import Orbit, look, time_error_s
from firsthand.measure.sensors import Sensor, pixel_km
from firsthand.records import Quantity, quantity

__all__ = ["Pass", "Swath", "passes_over"]

Swath = Literal["inside", "edge", "outside"]
"""`edge`: within what the element set's age leaves open."""

_STEP_S: Final = 60.0
_DAY_BLOCK_S: Final = 10 * 86400.0
_TURNS_KM_S: Final = 0.4651
"""The speed of the Earth's surface at the equator: a pass that comes late lies further west."""


@dataclass(frozen=True)
class Pass:
    """One culmination above the horizon.

    `t_unix_s` is the instant of greatest elevation, with the doubt of the element set's age;
    `scan_angle_deg` is where in the sweep the place lies (negative left of the track); pixel sizes
    are 0 for a sensor whose pixels are not modelled.
    """

    t_unix_s: Quantity
    max_elevation_deg: float
    scan_angle_deg: float
    swath: Swath
    scan_km: float
    track_km: float


def passes_over(
    orbit: Orbit,
    sensor: Sensor,
    latitude_deg: float,
    longitude_deg: float,
    *,
    start_unix_s: float,
    end_unix_s: float,
    lowest_deg: float = 5.0,
) -> tuple[Pass, ...]:
    """All culminations between two instants that rise over `lowest_deg`, in order of time."""
    found: list[Pass] = []
    begin = start_unix_s
    while begin <= end_unix_s:
        until = min(begin + _DAY_BLOCK_S, end_unix_s)
        at = np.arange(begin - 2 * _STEP_S, until + 2 * _STEP_S + 1, _STEP_S)
        heights = look(orbit, latitude_deg, longitude_deg, at).elevation_deg
        top = (heights[1:-1] > heights[:-2]) & (heights[1:-1] >= heights[2:])
        # Between samples a culmination can rise some degrees; the fine search below decides.
        for index in np.nonzero(top & (heights[1:-1] > lowest_deg - 10))[0] + 1:
            peak = _refine(orbit, latitude_deg, longitude_deg, float(at[index]))
            if not begin <= peak <= until:
                continue
            one = _describe(orbit, sensor, latitude_deg, longitude_deg, peak)
            if one.max_elevation_deg >= lowest_deg:
                found.append(one)
        begin = until + 1e-3 if until < end_unix_s else np.inf
    return tuple(found)


def _refine(orbit: Orbit, latitude_deg: float, longitude_deg: float, near: float) -> float:
    """The instant of greatest elevation, by three ever finer combs, then a parabola."""
    for step in (_STEP_S / 6, _STEP_S / 60):
        at = near + np.arange(-8, 9) * step
        near = float(at[np.argmax(look(orbit, latitude_deg, longitude_deg, at).elevation_deg)])
    at = near + np.array([-1.0, 0.0, 1.0])
    low, mid, high = look(orbit, latitude_deg, longitude_deg, at).elevation_deg
    bend = low - 2 * mid + high
    shift = float((low - high) / (2 * bend)) if bend < 0 else 0.0
    return near + float(np.clip(shift, -1, 1))


def _describe(
    orbit: Orbit, sensor: Sensor, latitude_deg: float, longitude_deg: float, peak: float
) -> Pass:
    """The pass as the sensor swept it: at the instant at which its scan crossed the place."""
    swept = peak
    for _ in range(3):
        at = swept + np.array([-1.0, 1.0])
        ahead = look(orbit, latitude_deg, longitude_deg, at).ahead_deg
        rate = (ahead[1] - ahead[0]) / 2
        swept -= float(np.clip(ahead.mean() / rate, -120, 120)) if rate else 0.0
    view = look(orbit, latitude_deg, longitude_deg, [peak, swept])
    error = float(time_error_s(peak - orbit.epoch_unix_s))
    scan = float(view.scan_deg[1])
    size = pixel_km(sensor, scan, view.height_km[1]) if sensor.sample_rad else (0.0, 0.0)
    return Pass(
        t_unix_s=quantity(peak, peak - error, peak + error, "s", "SGP4; doubt by the set's age"),
        max_elevation_deg=round(float(view.elevation_deg[0]), 2),
        scan_angle_deg=round(scan, 2),
        swath=_swath(sensor, scan, float(view.range_km[1]), error, latitude_deg),
        scan_km=round(float(size[0]), 3),
        track_km=round(float(size[1]), 3),
    )


def _swath(
    sensor: Sensor, scan_deg: float, range_km: float, error_s: float, latitude_deg: float
) -> Swath:
    """The Earth turns under a pass that comes late; that moves the place across the swath."""
    moved_km = error_s * _TURNS_KM_S * float(np.cos(np.radians(latitude_deg)))
    slack = min(float(np.degrees(moved_km / range_km)) * float(np.cos(np.radians(scan_deg))), 5.0)
    off = abs(scan_deg) - sensor.half_swath_deg
    if off > slack:
        return "outside"
    return "inside" if off < -slack else "edge"
