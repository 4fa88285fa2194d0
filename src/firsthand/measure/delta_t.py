"""From UTC to the two times that the sun's position needs: UT1 and TT.

UT1 is the turning of the Earth, TT runs evenly; delta-T = TT - UT1. TT follows from UTC exactly by
the leap seconds. delta-T is observed: yearly values from the International Earth Rotation Service
(Bulletin A, file finals2000A.all, https://datacenter.iers.org/eop.php), here at 0h UTC on
1 January, interpolated linearly (within 0.07 s of the daily values). Outside those years it is the
polynomial of Espenak & Meeus (Five Millennium Canon of Solar Eclipses, NASA/TP-2006-214141, 2006;
https://eclipse.gsfc.nasa.gov/SEcat5/deltatpoly.html), shifted after the last observed year so that
it does not jump, and UT1 is then taken to be UTC, which by the definition of UTC is right to
0.9 s, or 0.004 degrees of the Earth's turning.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from firsthand.errors import InvalidTime

__all__ = ["FIRST_YEAR", "LAST_YEAR", "delta_t_seconds", "leap_seconds", "tt_and_ut1"]

Seconds = NDArray[np.float64]

FIRST_YEAR: Final = 1950
LAST_YEAR: Final = 2050
"""The years (both whole) for which delta-T is known or forecast here."""

TT_MINUS_TAI_S: Final = 32.184
"""IAU 1991, recommendation IV."""

YEAR_S: Final = 365.25 * 86400

# TT - UT1 in seconds at 0h UTC on 1 January, 1973 to 2025, IERS Bulletin A.
_FIRST_OBSERVED: Final = 1973
# fmt: off
_OBSERVED: Final = (
    43.372, 44.484, 45.476, 46.457, 47.521, 48.534, 49.586, 50.539, 51.381, 52.167,
    52.956, 53.788, 54.343, 54.871, 55.322, 55.820, 56.300, 56.855, 57.565, 58.309,
    59.122, 59.984, 60.785, 61.629, 62.295, 62.966, 63.467, 63.829, 64.091, 64.300,
    64.473, 64.574, 64.688, 64.845, 65.146, 65.457, 65.777, 66.070, 66.325, 66.603,
    66.907, 67.281, 67.644, 68.102, 68.593, 68.968, 69.220, 69.361, 69.359, 69.294,
    69.204, 69.175, 69.138,
)

# The days (0h UTC) from which one leap second more holds, IERS Bulletin C; TAI - UTC is 10 s from
# 1972-01-01 and 37 s from 2017-01-01.
_LEAP_DAYS: Final = (
    (1972, 7), (1973, 1), (1974, 1), (1975, 1), (1976, 1), (1977, 1), (1978, 1), (1979, 1),
    (1980, 1), (1981, 7), (1982, 7), (1983, 7), (1985, 7), (1988, 1), (1990, 1), (1991, 1),
    (1992, 7), (1993, 7), (1994, 7), (1996, 1), (1997, 7), (1999, 1), (2006, 1), (2009, 1),
    (2012, 7), (2015, 7), (2017, 1),
)
# fmt: on


def _unix(year: int, month: int = 1) -> float:
    return datetime(year, month, 1, tzinfo=UTC).timestamp()


_OBSERVED_AT: Final = np.array([_unix(_FIRST_OBSERVED + n) for n in range(len(_OBSERVED))])
_LEAPS_AT: Final = np.array([_unix(year, month) for year, month in _LEAP_DAYS])


def leap_seconds(unix_s: ArrayLike) -> Seconds:
    """TAI - UTC in seconds, from 1972 on; before that 10 s, which is not right and not used."""
    count = np.searchsorted(_LEAPS_AT, np.asarray(unix_s, dtype=np.float64), side="right")
    return np.asarray(10.0 + count, dtype=np.float64)


def _polynomial(year: Seconds) -> Seconds:
    from_1950, from_1975, from_2000 = year - 1950, year - 1975, year - 2000
    return np.select(
        [year < 1961, year < 1986],
        [
            29.07 + 0.407 * from_1950 - from_1950**2 / 233 + from_1950**3 / 2547,
            45.45 + 1.067 * from_1975 - from_1975**2 / 260 - from_1975**3 / 718,
        ],
        62.92 + 0.32217 * from_2000 + 0.005589 * from_2000**2,
    )


def _decimal_year(unix_s: Seconds) -> Seconds:
    return 2000.0 + (unix_s - _unix(2000)) / YEAR_S


def delta_t_seconds(unix_s: ArrayLike) -> Seconds:
    """TT - UT1 in seconds at UTC instants given as Unix time.

    Raises:
        InvalidTime: an instant outside 1950 to 2050, or not a number.
    """
    at = np.asarray(unix_s, dtype=float)
    if not np.all((at >= _unix(FIRST_YEAR)) & (at < _unix(LAST_YEAR + 1))):
        raise InvalidTime(
            f"The Earth's turning is known here from {FIRST_YEAR} to {LAST_YEAR} only.",
            "Give a time within these years, or state delta-T yourself.",
        )
    last = _OBSERVED_AT[-1]
    shift = _OBSERVED[-1] - _polynomial(_decimal_year(last))
    modelled = _polynomial(_decimal_year(at)) + np.where(at > last, shift, 0.0)
    return np.where(_is_observed(at), np.interp(at, _OBSERVED_AT, _OBSERVED), modelled)


def _is_observed(at: Seconds) -> NDArray[np.bool_]:
    return np.asarray((at >= _OBSERVED_AT[0]) & (at <= _OBSERVED_AT[-1]))


def tt_and_ut1(unix_s: ArrayLike, delta_t_s: ArrayLike | None = None) -> tuple[Seconds, Seconds]:
    """TT and UT1 as seconds on the Unix scale (both count 86400 s a day, from 1970-01-01 0h).

    With `delta_t_s` given, the instant is taken as UT1 itself and TT = UT1 + delta-T: this is the
    convention of the NREL paper. Without it, see the head of this module.
    """
    at = np.asarray(unix_s, dtype=float)
    if delta_t_s is not None:
        return at + np.asarray(delta_t_s, dtype=float), at
    delta_t = delta_t_seconds(at)
    observed = _is_observed(at)
    tt = np.where(observed, at + leap_seconds(at) + TT_MINUS_TAI_S, at + delta_t)
    return tt, np.where(observed, tt - delta_t, at)
