"""The sun's position against three authorities: NREL's published case, skyfield, pvlib."""

from __future__ import annotations

import importlib
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from firsthand.measure.sun import sun_position

TOLERANCE_DEG = 0.003
START = datetime(2000, 1, 1, tzinfo=UTC).timestamp()
END = datetime(2031, 1, 1, tzinfo=UTC).timestamp()
PLACES = 80
INSTANTS = 250


def direction(azimuth_deg: Any, elevation_deg: Any) -> Any:
    azimuth, elevation = np.radians(azimuth_deg), np.radians(elevation_deg)
    return np.stack(
        [
            np.cos(elevation) * np.sin(azimuth),
            np.cos(elevation) * np.cos(azimuth),
            np.sin(elevation),
        ]
    )


def separation_deg(one: Any, other: Any) -> Any:
    """Angle between directions, from the chord: exact for small angles, at poles and zenith too."""
    chord = np.linalg.norm(direction(*one) - direction(*other), axis=0)
    return np.degrees(2 * np.arcsin(np.clip(chord / 2, 0, 1)))


def test_the_published_case_of_nrel() -> None:
    at = datetime(2003, 10, 17, 19, 30, 30, tzinfo=UTC).timestamp()
    sun = sun_position(
        at, 39.742476, -105.1786, 1830.14, pressure_mbar=820, temperature_c=11, delta_t_s=67
    )
    assert sun.zenith_deg == pytest.approx(50.11162, abs=1e-5)
    assert sun.azimuth_deg == pytest.approx(194.34024, abs=1e-5)


@pytest.fixture(scope="module")
def sky() -> Any:
    api = pytest.importorskip("skyfield.api", reason="needs skyfield")
    data = pytest.importorskip("skyfield_data", reason="needs skyfield-data")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # its polar motion file ages; unused here
        folder = Path(data.get_skyfield_data_path())
    return api.load.timescale(builtin=True), api.load_file(str(folder / "de421.bsp")), api.wgs84


def test_within_three_thousandths_of_a_degree_of_an_ephemeris(sky: Any) -> None:
    timescale, ephemeris, wgs84 = sky
    rng = np.random.default_rng(20210928)
    latitudes = np.concatenate([[-90, 90, -89.9999, 89.9999, 0], rng.uniform(-90, 90, PLACES - 5)])
    worst = []
    for latitude in latitudes:
        longitude, height = rng.uniform(-180, 180), rng.uniform(-400, 8800)
        at = np.sort(rng.uniform(START, END, INSTANTS))
        days, seconds = np.divmod(at, 86400)  # its seconds count leap seconds, ours do not
        time = timescale.utc(1970, 1, 1 + days, 0, 0, seconds)
        place = wgs84.latlon(latitude, longitude, height)
        seen = (ephemeris["earth"] + place).at(time).observe(ephemeris["sun"]).apparent()
        elevation, azimuth, _ = seen.altaz()
        ours = sun_position(at, latitude, longitude, height)
        worst.append(
            separation_deg(
                (ours.azimuth_deg, ours.elevation_deg), (azimuth.degrees, elevation.degrees)
            )
        )
    apart = np.concatenate(worst)
    assert apart.size == PLACES * INSTANTS
    assert apart.max() < TOLERANCE_DEG


def test_the_same_algorithm_written_by_others() -> None:
    pytest.importorskip("pvlib", reason="needs pvlib")
    spa = importlib.import_module("pvlib.spa")
    rng = np.random.default_rng(20031017)
    at = rng.uniform(START, END, 400)
    for latitude, longitude in zip(
        rng.uniform(-90, 90, 10), rng.uniform(-180, 180, 10), strict=True
    ):
        theirs = spa.solar_position_numpy(
            at, latitude, longitude, 250.0, 990.0, 15.0, 67.0, 0.5667, 1
        )
        ours = sun_position(
            at, latitude, longitude, 250.0, pressure_mbar=990.0, temperature_c=15.0, delta_t_s=67.0
        )
        zenith, _, elevation, true_elevation, azimuth = theirs[:5]
        apart = separation_deg((ours.azimuth_deg, ours.elevation_deg), (azimuth, true_elevation))
        assert apart.max() < 2e-6
        np.testing.assert_allclose(ours.zenith_deg, zenith, atol=2e-6)
        np.testing.assert_allclose(ours.apparent_elevation_deg, elevation, atol=2e-6)
