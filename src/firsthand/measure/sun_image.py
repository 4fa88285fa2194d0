"""The sun's place from a picture: upright objects and the tips of their shadows on level ground.

A pinhole camera with square pixels and its axis in the middle of the picture stands over level
ground; its height sets the scale and drops out. Unknown are the sun (elevation, azimuth from the
view), the camera (field of view, pitch, roll: each with what is known of it) and for each object
its foot and the length of its shadow. All points and all prior knowledge are fitted together, and
intervals are by profile likelihood: for each value of the elevation (or azimuth) everything else is
fitted anew, and values whose misfit rises by no more than `RISE` are in (Venzon & Moolgavkar 1988,
doi:10.2307/2347496). So an interval is as wide and as lopsided as the geometry makes it.

World axes: x to the right, y along the view's azimuth, z up. Pitch up is positive; a positive roll
lifts the camera's right side. Pixels: x right, y down, from the picture's upper left corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2 as chi2_law

from firsthand.errors import InputError
from firsthand.measure.sun_image_fit import fit, profile_ends
from firsthand.records import Quantity, quantity

__all__ = ["Horizon", "ImageSun", "Known", "Upright", "View", "sun_from_image"]

Array = NDArray[np.float64]
Point = tuple[float, float]

WEAK_SD_DEG: Final = 25.0
"""What is taken of a pitch that the horizon alone tells."""

USUAL_ROLL_SD_DEG: Final = 2.0
"""A roll that nobody measured, of a picture that looks level."""

HORIZON_SD_DEG: Final = 0.3
"""What is seen as horizon lies so near eye level: dip, hills, haze."""


@dataclass(frozen=True)
class Known:
    """An angle with its standard deviation, degrees."""

    value: float
    sd: float


@dataclass(frozen=True)
class Upright:
    """An upright object: its foot, its top, and the tip of its shadow, pixels."""

    base: Point
    top: Point
    tip: Point


@dataclass(frozen=True)
class Horizon:
    """Two points on the horizon, pixels."""

    first: Point
    second: Point


@dataclass(frozen=True)
class View:
    """A picture's size in pixels and what is known of the camera, pitch or horizon at least."""

    width_px: float
    height_px: float
    hfov: Known
    pitch: Known | None = None
    roll: Known | None = None
    horizon: Horizon | None = None
    click_sd_px: float = 2.0


@dataclass(frozen=True)
class ImageSun:
    """The sun by the picture. `misfit_p`: how often points so ill fitting would come by chance."""

    elevation_deg: Quantity
    azimuth_from_view_deg: Quantity
    misfit_p: float
    elevation_sd_deg: float
    azimuth_sd_deg: float


def sun_from_image(view: View, objects: Sequence[Upright]) -> ImageSun:
    """Fit the sun to a picture.

    Raises:
        InputError: no object, a camera of which too little is known, or points above the horizon.
    """
    _check(view, objects)
    problem = _Problem(view, objects)
    best = fit(problem.residuals, problem.start())
    if not np.isfinite(best.chi2):
        raise InputError(
            "These points fit no camera over level ground.",
            "Feet and shadow tips must lie below the horizon; check pitch and field of view.",
        )
    azimuth, log_slope = float(best.x[0]), float(best.x[1])
    elevation = _elevation(log_slope)
    az_low, az_high = profile_ends(problem.residuals, best, 0, limit=np.pi)
    el_low, el_high = profile_ends(problem.residuals, best, 1, limit=12.0)
    how = "bundle fit of camera, objects and sun; profile likelihood"
    turn = 360 * np.floor((np.degrees(azimuth) + 180) / 360)
    low_deg, high_deg = (np.degrees(x) - turn for x in (az_low, az_high))
    freedom = problem.freedom
    return ImageSun(
        elevation_deg=quantity(elevation, _elevation(el_low), _elevation(el_high), "deg", how),
        azimuth_from_view_deg=quantity(
            float(np.degrees(azimuth) - turn), float(low_deg), float(high_deg), "deg", how
        ),
        misfit_p=float(chi2_law.sf(best.chi2, freedom)) if freedom > 0 else 1.0,
        elevation_sd_deg=(_elevation(el_high) - _elevation(el_low)) / 3.92,
        azimuth_sd_deg=float(high_deg - low_deg) / 3.92,
    )


def _elevation(log_slope: float) -> float:
    return float(np.degrees(np.arctan(np.exp(log_slope))))


def _check(view: View, objects: Sequence[Upright]) -> None:
    if not objects:
        raise InputError("No object was marked.", "Give foot, top and shadow tip of one at least.")
    if view.pitch is None and view.horizon is None:
        raise InputError(
            "Without pitch or horizon the ground cannot be placed.",
            "Give --pitch-deg P:SD, or two points on the horizon.",
        )
    if not 1 < view.hfov.value < 170:
        raise InputError(
            f"A field of view of {view.hfov.value:g} degrees cannot be.", "Give 1 to 170."
        )
    for one in objects:
        if one.base in {one.top, one.tip}:
            raise InputError("Two points of one object are the same.", "Mark them apart.")


class _Problem:
    """Residuals of all points and of all prior knowledge, for many parameter vectors at once.

    Parameters: azimuth (rad), ln tan elevation, hfov, pitch, roll (rad), then for each object the
    foot's true pixel (x, y) and ln of the shadow's length in camera heights.
    """

    def __init__(self, view: View, objects: Sequence[Upright]) -> None:
        self.view = view
        self.objects = objects
        self.pixels = np.array([[one.base, one.top, one.tip] for one in objects], dtype=float)
        centre, pitch_0 = np.array([view.width_px, view.height_px]) / 2, 0.0
        roll_0 = 0.0
        self.centre = centre
        self.horizon = None
        if view.horizon is not None:
            ends = np.array([view.horizon.first, view.horizon.second], dtype=float)
            ends = ends[np.argsort(ends[:, 0])]
            if ends[1, 0] - ends[0, 0] < 1:
                raise InputError("These horizon points lie above one another.", "Mark them apart.")
            self.horizon = ends
            focal = self._focal(np.radians(view.hfov.value))
            slope = (ends[1, 1] - ends[0, 1]) / (ends[1, 0] - ends[0, 0])
            roll_0 = float(np.arctan(slope))
            away = (ends[0, 1] - centre[1] + slope * (centre[0] - ends[0, 0])) * np.cos(roll_0)
            pitch_0 = float(np.arctan(away / focal))
        known_pitch = view.pitch or Known(float(np.degrees(pitch_0)), WEAK_SD_DEG)
        unknown_roll = WEAK_SD_DEG if self.horizon is not None else USUAL_ROLL_SD_DEG
        known_roll = view.roll or Known(float(np.degrees(roll_0)), unknown_roll)
        self.prior = np.radians([view.hfov.value, known_pitch.value, known_roll.value])
        self.prior_sd = np.radians([view.hfov.sd, known_pitch.sd, known_roll.sd])
        self.begin = self.prior.copy()
        if self.horizon is not None:
            self.begin[1:] = pitch_0, roll_0

    @property
    def freedom(self) -> int:
        """Points and priors less parameters."""
        marks = 6 * len(self.objects) + 3 + (2 if self.horizon is not None else 0)
        return marks - (5 + 3 * len(self.objects))

    def _focal(self, hfov: Array | float) -> Array:
        return np.asarray(self.view.width_px / 2 / np.tan(np.asarray(hfov) / 2))

    def _axes(self, pitch: Array, roll: Array) -> tuple[Array, Array, Array]:
        """Right, up and forward of the camera, each (m, 3)."""
        zero, one = np.zeros_like(pitch), np.ones_like(pitch)
        forward = np.stack([zero, np.cos(pitch), np.sin(pitch)], axis=1)
        level = np.stack([one, zero, zero], axis=1)
        above = np.stack([zero, -np.sin(pitch), np.cos(pitch)], axis=1)
        c, s = np.cos(roll)[:, None], np.sin(roll)[:, None]
        return level * c + above * s, above * c - level * s, forward

    def _ground(self, x: Array, pixel: Array) -> Array:
        """Where the ray of a pixel meets the ground one camera height below; (m, 2), NaN if not."""
        right, up, forward = self._axes(x[:, 3], x[:, 4])
        focal = self._focal(x[:, 2])
        across = ((pixel[:, 0] - self.centre[0]) / focal)[:, None]
        down = ((pixel[:, 1] - self.centre[1]) / focal)[:, None]
        ray = forward + right * across - up * down
        scale = np.where(ray[:, 2] < -1e-9, -1 / np.minimum(ray[:, 2], -1e-9), np.nan)
        return np.asarray(ray[:, :2] * scale[:, None])

    def _project(self, x: Array, world: Array) -> Array:
        right, up, forward = self._axes(x[:, 3], x[:, 4])
        focal = self._focal(x[:, 2])
        depth = np.sum(world * forward, axis=1)
        depth = np.where(depth > 1e-6, depth, np.nan)
        return np.stack(
            [
                self.centre[0] + focal * np.sum(world * right, axis=1) / depth,
                self.centre[1] - focal * np.sum(world * up, axis=1) / depth,
            ],
            axis=1,
        )

    def residuals(self, x: Array) -> Array:
        """(m, n_residuals) for parameters (m, n); rows that cannot be are infinite."""
        sd = self.view.click_sd_px
        parts = [(x[:, 2:5] - self.prior) / self.prior_sd]
        toward = np.stack([np.sin(x[:, 0]), np.cos(x[:, 0])], axis=1)
        for index, pixels in enumerate(self.pixels):
            at = 5 + 3 * index
            foot_px = x[:, at : at + 2]
            foot = self._ground(x, foot_px)
            length = np.exp(np.clip(x[:, at + 2], -30, 30))
            tall = length * np.exp(np.clip(x[:, 1], -30, 30))
            below = -np.ones(len(x))
            top = np.column_stack([foot, below + tall])
            tip = np.column_stack([foot - toward * length[:, None], below])
            for seen, marked in (
                (foot_px, pixels[0]),
                (self._project(x, top), pixels[1]),
                (self._project(x, tip), pixels[2]),
            ):
                parts.append((seen - marked) / sd)
        if self.horizon is not None:
            parts.append(self._horizon_residuals(x))
        whole = np.concatenate(parts, axis=1)
        return np.where(np.isfinite(whole), whole, 1e6)

    def _horizon_residuals(self, x: Array) -> Array:
        """How far each horizon mark lies from the line of rays at eye level, in its own doubt."""
        right, up, forward = self._axes(x[:, 3], x[:, 4])
        focal = self._focal(x[:, 2])
        sd = np.hypot(self.view.click_sd_px, focal * np.radians(HORIZON_SD_DEG))
        out = []
        for mark in self.horizon if self.horizon is not None else ():
            ray = (
                forward * focal[:, None]
                + right * (mark[0] - self.centre[0])
                - up * (mark[1] - self.centre[1])
            )
            out.append(ray[:, 2] / np.hypot(up[:, 2], right[:, 2]) / sd)
        return np.stack(out, axis=1)

    def start(self) -> Array:
        """Each object by itself in closed form, then the middle."""
        x = np.concatenate([[0.0, 0.0], self.begin, np.zeros(3 * len(self.objects))])[None, :]
        azimuths, slopes = [], []
        for index, pixels in enumerate(self.pixels):
            foot = self._ground(x, pixels[None, 0])[0]
            tip = self._ground(x, pixels[None, 2])[0]
            if not (np.isfinite(foot).all() and np.isfinite(tip).all()):
                raise InputError(
                    "A foot or a shadow's tip lies above the horizon of this camera.",
                    "Check the points, the pitch and the field of view.",
                )
            shadow = foot - tip
            length = max(float(np.hypot(*shadow)), 1e-6)
            tall = self._height(x, foot, pixels[1])
            azimuths.append(np.exp(1j * np.arctan2(shadow[0], shadow[1])))
            slopes.append(np.log(max(tall, 1e-4) / length))
            x[0, 5 + 3 * index : 8 + 3 * index] = *pixels[0], np.log(length)
        x[0, 0] = float(np.angle(np.sum(azimuths)))
        x[0, 1] = float(np.mean(slopes))
        return np.asarray(x[0])

    def _height(self, x: Array, foot: Array, top: Array) -> float:
        """The height above a foot at which the marked top's ray passes nearest."""
        right, up, forward = self._axes(x[:, 3], x[:, 4])
        focal = float(self._focal(x[:, 2])[0])
        ray = (
            forward[0]
            + right[0] * (top[0] - self.centre[0]) / focal
            - up[0] * (top[1] - self.centre[1]) / focal
        )
        distance = float(np.dot(foot, ray[:2]) / max(np.dot(ray[:2], ray[:2]), 1e-12))
        return 1.0 + distance * float(ray[2])
