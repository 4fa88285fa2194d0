"""UTC to UT1 and TT: the steps where seconds get lost."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from firsthand.errors import InvalidTime
from firsthand.measure.delta_t import delta_t_seconds, leap_seconds, tt_and_ut1


def unix(*when: int) -> float:
    return datetime(*when, tzinfo=UTC).timestamp()  # type: ignore[misc]


@pytest.mark.parametrize(
    ("when", "offset"),
    [
        ((1972, 1, 1), 10),
        ((1998, 12, 31, 23, 59, 59), 31),
        ((1999, 1, 1), 32),
        ((2016, 12, 31, 23, 59, 59), 36),
        ((2017, 1, 1), 37),
        ((2026, 1, 1), 37),
    ],
)
def test_leap_seconds_change_at_midnight_utc(when: tuple[int, ...], offset: int) -> None:
    assert leap_seconds(unix(*when)) == offset


@pytest.mark.parametrize(
    ("year", "seconds"), [(1955, 31.1), (1970, 40.2), (1990, 56.86), (2000, 63.83), (2020, 69.36)]
)
def test_the_published_values(year: int, seconds: float) -> None:
    """1955 and 1970 from the Astronomical Almanac, section K; the rest as the USNO gives them."""
    assert delta_t_seconds(unix(year, 1, 1)) == pytest.approx(
        seconds, abs=0.3 if year < 1973 else 0.01
    )


def test_there_is_no_jump_where_the_observations_begin_and_end() -> None:
    for year in (1973, 2025):
        before, after = delta_t_seconds([unix(year, 1, 1) - 60, unix(year, 1, 1) + 60])
        assert abs(after - before) < 0.1


def test_ut1_keeps_within_nine_tenths_of_a_second_of_utc() -> None:
    at = np.linspace(unix(1950, 1, 1), unix(2050, 12, 31), 40_000)
    tt, ut1 = tt_and_ut1(at)
    assert np.abs(ut1 - at).max() < 0.9
    assert np.all(np.diff(tt) > 0)
    np.testing.assert_allclose(tt - ut1, delta_t_seconds(at), atol=1e-6)


def test_a_stated_delta_t_reads_the_instant_as_ut1() -> None:
    tt, ut1 = tt_and_ut1(1e9, 67.0)
    assert (tt, ut1) == (1e9 + 67.0, 1e9)


@pytest.mark.parametrize("at", [unix(1949, 12, 31), unix(2051, 1, 1), float("nan"), float("inf")])
def test_outside_its_years_it_refuses_and_says_so(at: float) -> None:
    with pytest.raises(InvalidTime, match="1950 to 2050"):
        delta_t_seconds(at)
