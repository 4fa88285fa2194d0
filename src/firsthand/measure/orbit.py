"""Where a satellite is, and how a place on the ground lies to it.

SGP4 by the `sgp4` library (Vallado et al. 2006, doi:10.2514/6.2006-6753), whose frame is TEME. From
TEME to the earth by the turning of the Earth alone (GMST 1982 on UT1; the pole's motion, some ten
metres, is left out).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sgp4.api import WGS72, Satrec

from firsthand.errors import InputError
from firsthand.measure.delta_t import tt_and_ut1

__all__ = ["Look", "Orbit", "earth_fixed_km", "look", "place_km", "time_error_s"]

Array = NDArray[np.float64]

_A_KM = 6378.137
_E2 = 6.69437999014e-3
_TURNS_RAD_S = 7.292115e-5
_UNIX_EPOCH_JD = 2440587.5


class Orbit:
    """One element set, ready to be moved through time.

    Raises:
        InputError: the lines are no element set.
    """

    def __init__(self, line1: str, line2: str) -> None:
        try:
            self._satrec = Satrec.twoline2rv(line1, line2, WGS72)
        except ValueError as error:
            raise InputError(
                "This is no element set.", "Give the two lines as they were published."
            ) from error
        self.epoch_unix_s = (
            self._satrec.jdsatepoch - _UNIX_EPOCH_JD + self._satrec.jdsatepochF
        ) * 86400

    def teme(self, unix_s: ArrayLike) -> tuple[Array, Array]:
        """Position (km) and velocity (km/s) in TEME, shape (n, 3); NaN where SGP4 fails."""
        at = np.atleast_1d(np.asarray(unix_s, dtype=float))
        return self.teme_after((at - self.epoch_unix_s) / 60)

    def teme_after(self, minutes: ArrayLike) -> tuple[Array, Array]:
        """The same, by minutes after the set's epoch (exact where Unix seconds round)."""
        after = np.atleast_1d(np.asarray(minutes, dtype=float))
        errors, position, velocity = self._satrec.sgp4_array(
            np.full(after.size, self._satrec.jdsatepoch),
            self._satrec.jdsatepochF + after / 1440,
        )
        failed = errors != 0
        position[failed], velocity[failed] = np.nan, np.nan
        return position, velocity


def _turn(unix_s: Array) -> Array:
    """Greenwich mean sidereal time 1982, radians."""
    _, ut1 = tt_and_ut1(unix_s)
    days = (ut1 - 946728000.0) / 86400
    t = days / 36525
    seconds = 67310.54841 + t * (876600 * 3600 + 8640184.812866 + t * (0.093104 - 6.2e-6 * t))
    return np.asarray(np.radians(seconds / 240 % 360))


def earth_fixed_km(orbit: Orbit, unix_s: ArrayLike) -> tuple[Array, Array]:
    """Position (km) and velocity (km/s) turning with the Earth, shape (n, 3)."""
    at = np.atleast_1d(np.asarray(unix_s, dtype=float))
    position, velocity = orbit.teme(at)
    angle = _turn(at)
    cosine, sine = np.cos(angle), np.sin(angle)

    def turned(v: Array) -> Array:
        x = cosine * v[:, 0] + sine * v[:, 1]
        return np.stack([x, cosine * v[:, 1] - sine * v[:, 0], v[:, 2]], axis=1)

    fixed = turned(position)
    carried = np.stack([-fixed[:, 1], fixed[:, 0], np.zeros(at.size)], axis=1) * _TURNS_RAD_S
    return fixed, turned(velocity) - carried


def place_km(latitude_deg: float, longitude_deg: float, height_m: float = 0.0) -> Array:
    """A place on the WGS 84 ellipsoid, earth-fixed, kilometres."""
    phi, lam, h = np.radians(latitude_deg), np.radians(longitude_deg), height_m / 1000
    n = _A_KM / np.sqrt(1 - _E2 * np.sin(phi) ** 2)
    return np.array(
        [
            (n + h) * np.cos(phi) * np.cos(lam),
            (n + h) * np.cos(phi) * np.sin(lam),
            (n * (1 - _E2) + h) * np.sin(phi),
        ]
    )


@dataclass(frozen=True)
class Look:
    """How a place and a satellite lie to each other at each instant; arrays of one shape.

    `scan_deg` is the angle at the satellite between nadir and the place, across the track;
    `ahead_deg` the same along the track, positive while the place is still ahead.
    """

    elevation_deg: Array
    azimuth_deg: Array
    range_km: Array
    scan_deg: Array
    ahead_deg: Array
    height_km: Array


def look(orbit: Orbit, latitude_deg: float, longitude_deg: float, unix_s: ArrayLike) -> Look:
    """The geometry of one satellite over one place at sea level."""
    satellite, velocity = earth_fixed_km(orbit, unix_s)
    phi, lam = np.radians(latitude_deg), np.radians(longitude_deg)
    east = np.array([-np.sin(lam), np.cos(lam), 0.0])
    north = np.array([-np.sin(phi) * np.cos(lam), -np.sin(phi) * np.sin(lam), np.cos(phi)])
    up = np.cross(east, north)
    sight = satellite - place_km(latitude_deg, longitude_deg)
    distance = np.linalg.norm(sight, axis=1)
    e, n, u = sight @ east, sight @ north, sight @ up
    down, under = _nadir(satellite)
    # The scanner's axes are those of the inertial motion; the Earth's turning is put back.
    inertial = (
        velocity
        + np.stack([-satellite[:, 1], satellite[:, 0], np.zeros(len(satellite))], axis=1)
        * _TURNS_RAD_S
    )
    side = np.cross(down, inertial)
    side /= np.linalg.norm(side, axis=1)[:, None]
    along = np.cross(side, down)
    to_place = -sight
    below = np.sum(to_place * down, axis=1)
    across = np.sum(to_place * side, axis=1)
    forward = np.sum(to_place * along, axis=1)
    return Look(
        elevation_deg=np.degrees(np.arcsin(np.clip(u / distance, -1, 1))),
        azimuth_deg=np.degrees(np.arctan2(e, n)) % 360,
        range_km=distance,
        scan_deg=np.degrees(np.arctan2(across, below)),
        ahead_deg=np.degrees(np.arctan2(forward, np.hypot(below, across))),
        height_km=under,
    )


def _nadir(satellite: Array) -> tuple[Array, Array]:
    """Unit vectors to the geodetic nadir, and the height over the ellipsoid, km (Bowring)."""
    x, y, z = satellite.T
    p = np.hypot(x, y)
    b = _A_KM * np.sqrt(1 - _E2)
    theta = np.arctan2(z * _A_KM, p * b)
    phi = np.arctan2(
        z + _E2 / (1 - _E2) * b * np.sin(theta) ** 3, p - _E2 * _A_KM * np.cos(theta) ** 3
    )
    lam = np.arctan2(y, x)
    down = -np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=1)
    n = _A_KM / np.sqrt(1 - _E2 * np.sin(phi) ** 2)
    height = p * np.cos(phi) + z * np.sin(phi) - n * (1 - _E2 * np.sin(phi) ** 2)
    return down, height


def time_error_s(age_s: ArrayLike) -> Array:
    """About how far off in time a pass may be, seconds, by the element set's age (95 %).

    A power law through 60 s at 40 days and 600 s at 250 days, never under 10 s: what drag and
    unmodelled manoeuvres were found to do to the low polar orbits used here.
    """
    days = np.abs(np.asarray(age_s, dtype=float)) / 86400
    power = np.log(10) / np.log(250 / 40)
    return np.asarray(np.maximum(60 * (days / 40) ** power, 10.0))
