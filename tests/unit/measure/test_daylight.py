"""The sun over a place and a window: extremes, classes, shares."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from firsthand.errors import InvalidTime
from firsthand.measure.daylight import daylight, sun_class
from firsthand.measure.sun import sun_position
from firsthand.records import Place, Window


def place(latitude: float = 33.26, longitude: float = 44.23, radius_m: float = 10.0) -> Place:
    return Place(latitude_deg=latitude, longitude_deg=longitude, radius_m=radius_m)


def window(start: datetime, **span: float) -> Window:
    return Window(start=start, end=start + timedelta(**span))


MIDNIGHT = datetime(2021, 9, 28, tzinfo=UTC)


def test_the_extreme_lies_between_the_ends() -> None:
    """Noon in Baghdad is at 9 UTC: both ends of the window see a lower sun."""
    over = daylight(place(), window(MIDNIGHT + timedelta(hours=7), hours=4))
    ends = sun_position(
        [(MIDNIGHT + timedelta(hours=h)).timestamp() for h in (7, 11)], 33.26, 44.23
    ).elevation_deg
    assert over.highest.low > ends.max() + 5
    assert over.lowest.value == pytest.approx(ends.min(), abs=0.01)
    assert over.highest.value == pytest.approx(90 - 33.26 - 2.1, abs=0.3)


@pytest.mark.parametrize("latitude", [-90, -66.6, -23.4, 0, 12, 33.26, 51.5, 70, 89.99])
@pytest.mark.parametrize("span", [{"minutes": 3}, {"hours": 30}, {"days": 70}])
def test_no_instant_of_a_dense_sampling_lies_outside(
    latitude: float, span: dict[str, float]
) -> None:
    over = daylight(place(latitude), window(MIDNIGHT, **span))
    end = MIDNIGHT + timedelta(**span)
    rng = np.random.default_rng(7)
    at = rng.uniform(MIDNIGHT.timestamp(), end.timestamp(), 8_000)
    heights = sun_position(at, latitude, 44.23).elevation_deg
    assert over.lowest.low <= heights.min()
    assert heights.max() <= over.highest.high
    missed = 0.02 + 15.1 / 3600 * (end - MIDNIGHT).total_seconds() / at.size
    assert over.lowest.low > heights.min() - missed
    assert over.highest.high < heights.max() + missed


def test_the_sun_in_the_zenith_is_not_stepped_over() -> None:
    """Rising 15 degrees an hour it stands within a degree of the zenith for eight minutes."""
    equinox = datetime(2021, 3, 20, tzinfo=UTC)
    over = daylight(place(0.0, 0.0), window(equinox, days=1))
    assert over.highest.value > 89.8


def test_no_point_of_the_disc_lies_outside() -> None:
    radius_m = 300_000.0
    over = daylight(place(33.26, 44.23, radius_m), window(MIDNIGHT, minutes=1))
    bearing = np.linspace(0, 2 * np.pi, 73)
    latitude = 33.26 + np.cos(bearing) * radius_m / 111_200
    longitude = 44.23 + np.sin(bearing) * radius_m / 111_320 / np.cos(np.radians(latitude))
    heights = sun_position(MIDNIGHT.timestamp(), latitude, longitude).elevation_deg
    assert over.lowest.low <= heights.min() < over.lowest.value + 0.3
    assert over.highest.value - 0.3 < heights.max() <= over.highest.high


def test_an_instant_is_a_window_too() -> None:
    over = daylight(place(), window(MIDNIGHT))
    assert over.possible == ("night",)
    assert over.shares["night"].value == 1.0


def test_shares_of_a_whole_day_at_the_equinox() -> None:
    over = daylight(place(0.0, 0.0), window(datetime(2021, 3, 20, tzinfo=UTC), days=1))
    assert set(over.possible) == set(over.shares)
    assert sum(share.value for share in over.shares.values()) == pytest.approx(1, abs=0.01)
    assert over.shares["day"].value == pytest.approx(0.505, abs=0.01)
    assert over.shares["civil_twilight"].value == pytest.approx(2 * 20.7 / 1440, abs=0.005)
    for share in over.shares.values():
        assert 0 <= share.low <= share.value <= share.high <= 1


def test_a_wide_place_widens_the_shares() -> None:
    dawn = window(MIDNIGHT + timedelta(hours=2), hours=2)
    near, far = daylight(place(), dawn), daylight(place(radius_m=200_000), dawn)
    assert far.shares["day"].width > near.shares["day"].width
    assert far.lowest.value < near.lowest.value


def test_polar_day_and_night() -> None:
    june, december = datetime(2021, 6, 1, tzinfo=UTC), datetime(2021, 12, 1, tzinfo=UTC)
    assert daylight(place(80.0), window(june, days=20)).possible == ("day",)
    assert "day" not in daylight(place(80.0), window(december, days=20)).possible


def test_decades_are_answered_by_their_last_four_years() -> None:
    over = daylight(place(), window(datetime(1990, 1, 1, tzinfo=UTC), days=30 * 365))
    assert over.possible[0] == "day"
    assert over.possible[-1] == "night"
    assert over.highest.value == pytest.approx(90 - 33.26 + 23.44, abs=0.05)


@pytest.mark.parametrize(
    ("height", "name"),
    [
        (-0.83, "day"),
        (-0.84, "civil_twilight"),
        (-6.0, "civil_twilight"),
        (-6.01, "nautical_twilight"),
        (-12.01, "astronomical_twilight"),
        (-18.01, "night"),
        (90.0, "day"),
    ],
)
def test_classes_of_height(height: float, name: str) -> None:
    assert sun_class(height) == name


def test_a_window_that_runs_backwards_or_too_far_is_refused() -> None:
    with pytest.raises(InvalidTime, match="ends before"):
        daylight(place(), Window(start=MIDNIGHT, end=MIDNIGHT - timedelta(seconds=1)))
    with pytest.raises(InvalidTime, match="1950 to 2050"):
        daylight(place(), Window(start=datetime(1900, 1, 1, tzinfo=UTC), end=MIDNIGHT))
