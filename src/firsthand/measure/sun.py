"""Where the sun stands: a vectorised Solar Position Algorithm of NREL.

    Reda, I.; Andreas, A. (2004). Solar position algorithm for solar radiation applications.
    Solar Energy 76(5), 577-589. doi:10.1016/j.solener.2003.12.003

Written from the paper; the step numbers in the comments are the paper's. What is added is the
Earth's turning: see `firsthand.measure.delta_t`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from firsthand.errors import InvalidPlace
from firsthand.measure import spa_terms
from firsthand.measure.delta_t import tt_and_ut1

__all__ = ["SUN_RADIUS_DEG", "SunPosition", "standard_pressure_mbar", "sun_position"]

Array = NDArray[np.float64]

SUN_RADIUS_DEG: Final = 0.26667
"""The sun's mean apparent radius (Reda & Andreas 2004, section 3.15)."""

HORIZON_REFRACTION_DEG: Final = 0.5667
"""The usual refraction at the horizon; lower than this and the sun's radius, none is applied."""

_J2000_UNIX_S: Final = 946728000.0  # 2000-01-01T12:00:00Z
_EARTH_RADIUS_M: Final = 6378140.0
_EARTH_AXIS_RATIO: Final = 0.99664719
_ARCSEC: Final = np.pi / (180 * 3600)
_BLOCK: Final = 8192  # instants at a time: bounds memory to some 10 MB whatever the input


@dataclass(frozen=True)
class SunPosition:
    """Topocentric place of the sun's centre; every field is an array of the inputs' shape.

    `azimuth_deg` is clockwise from true north, 0 <= a < 360; it is undefined with the sun in the
    zenith or nadir, and at the poles it is counted from the meridian that the longitude names.
    `elevation_deg` is the true height, as if there were no air. `apparent_elevation_deg` adds
    refraction; where `refracted` is false the sun's upper rim is below the horizon, refraction is
    undefined, none is applied and both heights are equal. `zenith_deg` is 90 less the apparent
    elevation, as in NREL's published case.
    """

    azimuth_deg: Array
    elevation_deg: Array
    apparent_elevation_deg: Array
    zenith_deg: Array
    refracted: NDArray[np.bool_]


def standard_pressure_mbar(elevation_m: ArrayLike) -> Array:
    """Pressure in the International Standard Atmosphere (ISO 2533:1975), -500 to 11000 m."""
    height = np.clip(np.asarray(elevation_m, dtype=float), -500.0, 11000.0)
    return np.asarray(1013.25 * (1 - 0.0065 * height / 288.15) ** 5.25588)


def _series(tables: tuple[Array, ...], millennia: Array) -> Array:
    """Steps 3.2.1 to 3.2.4: the sum over i of t^i times the sum of A cos(B + C t)."""
    total = np.zeros_like(millennia)
    for table in reversed(tables):
        size, phase, rate = table.T
        total = total * millennia + np.cos(np.multiply.outer(millennia, rate) + phase) @ size
    return total / 1e8


def _nutation(centuries: Array) -> tuple[Array, Array]:
    """Step 3.4: nutation in longitude and in obliquity, radians."""
    t = centuries
    arguments = np.radians(
        np.stack(
            [
                297.85036 + t * (445267.111480 + t * (-0.0019142 + t / 189474)),
                357.52772 + t * (35999.050340 + t * (-0.0001603 - t / 300000)),
                134.96298 + t * (477198.867398 + t * (0.0086972 + t / 56250)),
                93.27191 + t * (483202.017538 + t * (-0.0036825 + t / 327270)),
                125.04452 + t * (-1934.136261 + t * (0.0020708 + t / 450000)),
            ],
            axis=-1,
        )
    )
    angle = arguments @ spa_terms.NUTATION_ARGUMENTS.T
    a, b, c, d = spa_terms.NUTATION_SIZES.T
    sine, cosine = np.sin(angle), np.cos(angle)
    longitude = sine @ a + t * (sine @ b)
    obliquity = cosine @ c + t * (cosine @ d)
    return longitude * 1e-4 * _ARCSEC, obliquity * 1e-4 * _ARCSEC


# Step 3.5.1: arc seconds by powers of ten thousand Julian years.
# fmt: off
_OBLIQUITY: Final = (
    84381.448, -4680.93, -1.55, 1999.25, -51.38, -249.67, -39.05, 7.12, 27.87, 5.79, 2.45,
)
# fmt: on


def _geocentric(tt_s: Array, ut1_s: Array) -> tuple[Array, Array, Array, Array]:
    """Steps 3.1 to 3.10: right ascension, declination, sidereal time (rad), distance (au)."""
    tt_days = (tt_s - _J2000_UNIX_S) / 86400
    ut_days = (ut1_s - _J2000_UNIX_S) / 86400
    centuries, ut_centuries = tt_days / 36525, ut_days / 36525
    millennia = centuries / 10

    radius = _series(spa_terms.RADIUS, millennia)
    longitude = _series(spa_terms.LONGITUDE, millennia) + np.pi
    latitude = -_series(spa_terms.LATITUDE, millennia)
    d_longitude, d_obliquity = _nutation(centuries)
    mean_obliquity = np.polynomial.polynomial.polyval(millennia / 10, _OBLIQUITY) * _ARCSEC
    obliquity = mean_obliquity + d_obliquity
    aberration = -20.4898 * _ARCSEC / radius
    apparent = longitude + d_longitude + aberration

    sidereal = np.radians(
        (280.46061837 + 360.98564736629 * ut_days) % 360
        + ut_centuries**2 * (0.000387933 - ut_centuries / 38710000)
    ) + d_longitude * np.cos(obliquity)

    right_ascension = np.arctan2(
        np.sin(apparent) * np.cos(obliquity) - np.tan(latitude) * np.sin(obliquity),
        np.cos(apparent),
    )
    declination = np.arcsin(
        np.sin(latitude) * np.cos(obliquity)
        + np.cos(latitude) * np.sin(obliquity) * np.sin(apparent)
    )
    return right_ascension, declination, sidereal, radius


def _in_blocks(tt_s: Array, ut1_s: Array) -> tuple[Array, Array, Array, Array]:
    shape = tt_s.shape
    tt, ut1 = tt_s.reshape(-1), ut1_s.reshape(-1)
    out = np.empty((4, tt.size))
    for start in range(0, tt.size, _BLOCK):
        part = slice(start, start + _BLOCK)
        out[:, part] = _geocentric(tt[part], ut1[part])
    return (
        out[0].reshape(shape),
        out[1].reshape(shape),
        out[2].reshape(shape),
        out[3].reshape(shape),
    )


def _check_place(latitude_deg: Array, longitude_deg: Array, elevation_m: Array) -> None:
    fine = (
        np.all(np.abs(latitude_deg) <= 90)
        and np.all(np.abs(longitude_deg) <= 360)
        and np.all(np.abs(elevation_m) < 1e5)
    )
    if not fine:
        raise InvalidPlace(
            "This is no place on Earth for the sun's position.",
            "Latitude runs from -90 to 90 degrees, longitude from -180 to 180; heights in metres.",
        )


def sun_position(
    unix_s: ArrayLike,
    latitude_deg: ArrayLike,
    longitude_deg: ArrayLike,
    elevation_m: ArrayLike = 0.0,
    *,
    pressure_mbar: ArrayLike | None = None,
    temperature_c: ArrayLike = 12.0,
    delta_t_s: ArrayLike | None = None,
) -> SunPosition:
    """The sun's place in the sky; all inputs broadcast against each other.

    Args:
        unix_s: UTC instants as Unix time, seconds.
        latitude_deg: Geodetic latitude, WGS 84, north positive, -90 to 90.
        longitude_deg: Longitude, east positive; -180 to 180 (0 to 360 is taken too).
        elevation_m: Height above the ellipsoid, metres.
        pressure_mbar: Air pressure for the refraction; None takes the standard atmosphere at
            `elevation_m`.
        temperature_c: Air temperature for the refraction.
        delta_t_s: TT - UT1. None takes observed values (1950-2050). When given, `unix_s` is read
            as UT1, as NREL does.

    Returns:
        A SunPosition. Against an ephemeris the true direction is within 0.003 degrees (2000-2030,
        any latitude; NREL states 0.0003 for -2000 to 6000 with the Earth's turning known).
        Refraction near the horizon varies with weather by tenths of a degree, whatever is
        computed here.

    Raises:
        InvalidPlace: a latitude, longitude or height that cannot be.
        InvalidTime: no `delta_t_s`, and an instant outside 1950-2050.
    """
    tt, ut1 = tt_and_ut1(unix_s, delta_t_s)
    lat, lon = np.asarray(latitude_deg, dtype=float), np.asarray(longitude_deg, dtype=float)
    height = np.asarray(elevation_m, dtype=float)
    _check_place(lat, lon, height)
    pressure = standard_pressure_mbar(height) if pressure_mbar is None else pressure_mbar
    right_ascension, declination, sidereal, radius = _in_blocks(tt, ut1)

    phi = np.radians(lat)
    hour = sidereal + np.radians(lon) - right_ascension  # step 3.11
    # Steps 3.12: parallax, for an observer on the ellipsoid.
    parallax = np.radians(8.794 / 3600) / radius
    u = np.arctan(_EARTH_AXIS_RATIO * np.tan(phi))
    x = np.cos(u) + height / _EARTH_RADIUS_M * np.cos(phi)
    y = _EARTH_AXIS_RATIO * np.sin(u) + height / _EARTH_RADIUS_M * np.sin(phi)
    east = -x * np.sin(parallax) * np.sin(hour)
    inwards = np.cos(declination) - x * np.sin(parallax) * np.cos(hour)
    d_alpha = np.arctan2(east, inwards)
    declination = np.arctan2(
        (np.sin(declination) - y * np.sin(parallax)) * np.cos(d_alpha), inwards
    )
    hour = hour - d_alpha  # step 3.13

    # Steps 3.14 and 3.15.
    sine = np.sin(phi) * np.sin(declination) + np.cos(phi) * np.cos(declination) * np.cos(hour)
    elevation = np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0)))
    azimuth = 180 + np.degrees(
        np.arctan2(np.sin(hour), np.cos(hour) * np.sin(phi) - np.tan(declination) * np.cos(phi))
    )
    refraction, refracted = _refraction(elevation, pressure, temperature_c)
    apparent = np.asarray(elevation + refraction)
    return SunPosition(
        azimuth_deg=np.broadcast_to(azimuth % 360, apparent.shape),
        elevation_deg=np.broadcast_to(elevation, apparent.shape),
        apparent_elevation_deg=apparent,
        zenith_deg=np.asarray(90 - apparent),
        refracted=refracted,
    )


def _refraction(
    elevation_deg: Array, pressure_mbar: ArrayLike, temperature_c: ArrayLike
) -> tuple[Array, NDArray[np.bool_]]:
    """Step 3.14.2, in degrees, and where it is defined (after Bennett and Saemundsson)."""
    pressure = np.asarray(pressure_mbar, dtype=float)
    kelvin = 273 + np.asarray(temperature_c, dtype=float)
    lowest = -(SUN_RADIUS_DEG + HORIZON_REFRACTION_DEG)
    safe = np.maximum(elevation_deg, lowest)
    angle = (
        pressure
        / 1010
        * (283 / kelvin)
        * 1.02
        / (60 * np.tan(np.radians(safe + 10.3 / (safe + 5.11))))
    )
    refracted = np.broadcast_to(elevation_deg >= lowest, angle.shape)
    return np.where(refracted, angle, 0.0), refracted
