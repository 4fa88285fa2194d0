"""Shapes, poles, refraction and refusals of the sun's position."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from firsthand.errors import InvalidPlace
from firsthand.measure.sun import standard_pressure_mbar, sun_position

NOON = datetime(2021, 6, 21, 12, tzinfo=UTC).timestamp()


def test_inputs_broadcast_against_each_other() -> None:
    sun = sun_position(np.full((5, 1, 1), NOON), np.zeros((3, 1)), np.zeros(2))
    for field in (sun.azimuth_deg, sun.elevation_deg, sun.apparent_elevation_deg, sun.zenith_deg):
        assert field.shape == (5, 3, 2)
    assert sun.refracted.shape == (5, 3, 2)
    assert sun_position(NOON, 0, 0, pressure_mbar=[900, 1000]).elevation_deg.shape == (2,)


def test_a_scalar_stays_a_scalar_and_many_equal_each_alone() -> None:
    at = NOON + np.arange(9000) * 3600.0  # more than one block
    many = sun_position(at, 33.2, 44.2)
    for index in (0, 8191, 8192, 8999):
        alone = sun_position(at[index], 33.2, 44.2)
        assert alone.azimuth_deg.shape == ()
        assert many.azimuth_deg[index] == pytest.approx(float(alone.azimuth_deg), abs=1e-9)


def test_no_instants_give_no_positions() -> None:
    assert sun_position([], 0, 0).azimuth_deg.shape == (0,)


def test_known_skies() -> None:
    """Midsummer: the sun north of Quito at noon, and up at midnight on the North Cape."""
    quito = sun_position(datetime(2021, 6, 21, 17, 15, tzinfo=UTC).timestamp(), -0.2, -78.5)
    assert min(float(quito.azimuth_deg), 360 - float(quito.azimuth_deg)) < 3
    assert quito.elevation_deg == pytest.approx(66.4, abs=0.5)
    cape = sun_position(datetime(2021, 6, 21, 22, 20, tzinfo=UTC).timestamp(), 71.17, 25.78)
    assert 0 < cape.elevation_deg < 10


def test_at_the_pole_the_height_is_the_declination_at_any_longitude() -> None:
    sun = sun_position(NOON, 90, np.linspace(-180, 180, 9))
    np.testing.assert_allclose(sun.elevation_deg, sun.elevation_deg[0], atol=1e-9)
    assert sun.elevation_deg[0] == pytest.approx(23.43, abs=0.02)


def test_no_refraction_once_the_whole_disc_is_down() -> None:
    at = NOON + np.arange(0, 86400, 60.0)
    sun = sun_position(at, 33.2, 44.2)
    down = sun.elevation_deg < -0.8334
    assert down.any()
    assert not sun.refracted[down].any()
    np.testing.assert_array_equal(sun.apparent_elevation_deg[down], sun.elevation_deg[down])
    assert sun.refracted[~down].all()
    assert np.all(sun.apparent_elevation_deg[~down] > sun.elevation_deg[~down])
    near = np.abs(sun.elevation_deg) < 0.3
    assert np.all(sun.apparent_elevation_deg[near] - sun.elevation_deg[near] > 0.4)


def test_pressure_of_the_standard_atmosphere() -> None:
    """ISO 2533:1975, table 1."""
    np.testing.assert_allclose(
        standard_pressure_mbar([0, 1000, 5000]), [1013.25, 898.76, 540.20], atol=0.1
    )


@pytest.mark.parametrize(
    "place", [(90.1, 0, 0), (0, 361, 0), (float("nan"), 0, 0), (0, float("inf"), 0), (0, 0, 1e6)]
)
def test_what_is_no_place_is_refused(place: tuple[float, float, float]) -> None:
    with pytest.raises(InvalidPlace, match="no place on Earth"):
        sun_position(NOON, *place)
