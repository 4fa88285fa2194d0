from dataclasses import replace

import numpy as np
import pytest

from firsthand.measure.plume.given import Given, Reference, Sure
from firsthand.measure.plume.height import Sighting, budget, draw

SIGHTING = Sighting(
    size=(640.0, 360.0),
    base=(300.0, 300.0),
    base_sd=0.5,
    base_x_sd=3.0,
    top=(360.0, 180.0),
    top_sd=1.0,
    half_width_px=15.0,
    horizon=(300.0, 0.0, 0.5),
)
GIVEN = Given(
    distance_m=Sure(1000, 20),
    hfov_deg=Sure(60, 1),
    heading_deg=Sure(0, 2),
    wind_from_deg=Sure(270, 5),
)


def _spread(given: Given) -> float:
    height = draw(SIGHTING, given).height_m
    assert height is not None
    return float(np.std(height) / np.mean(height))


def test_the_height_is_the_plane_across_the_view() -> None:
    height = draw(SIGHTING, GIVEN).height_m
    focal = 320 / np.tan(np.radians(30))
    pitch = np.arctan(120 / focal)
    up = np.tan(np.arctan(-0 / focal) + pitch)  # the top is in the middle row
    assert np.median(height) == pytest.approx(1000 * up / np.cos(np.arctan(40 / focal)), rel=0.02)


@pytest.mark.parametrize(
    "worse",
    [
        {"distance_m": Sure(1000, 100)},
        {"hfov_deg": Sure(60, 8)},
        {"hfov_deg": None},
        {"wind_from_deg": None},
        {"wind_from_deg": Sure(270, 60)},
    ],
)
def test_less_known_is_wider(worse: dict) -> None:
    assert _spread(replace(GIVEN, **worse)) > _spread(GIVEN)


def test_no_distance_gives_an_angle_alone() -> None:
    draws = draw(SIGHTING, replace(GIVEN, distance_m=None))
    assert draws.height_m is None
    assert np.median(draws.angular_height_deg) == pytest.approx(12.2, abs=0.3)


def test_a_wind_against_the_lean_is_a_conflict() -> None:
    assert draw(SIGHTING, GIVEN).wind_agreement > 0.05
    against = replace(GIVEN, wind_from_deg=Sure(90, 5))
    assert draw(SIGHTING, against).wind_agreement < 0.01


def test_an_object_of_known_size_is_as_good_as_a_field_of_view() -> None:
    focal = 320 / np.tan(np.radians(30))
    pole = Reference((100.0, 200.0), (100.0, 200.0 + focal * 6 / 50), 6.0, 50.0)
    draws = draw(SIGHTING, replace(GIVEN, hfov_deg=None, reference=pole))
    assert np.median(draws.hfov_deg) == pytest.approx(60, abs=1)


def test_the_budget_adds_up_and_names_the_worst() -> None:
    shares = budget(SIGHTING, replace(GIVEN, distance_m=Sure(1000, 200)))
    assert sum(shares.values()) == pytest.approx(1)
    assert max(shares, key=shares.get) == "distance"
    assert "distance" not in budget(SIGHTING, replace(GIVEN, distance_m=None))


def test_one_seed_one_answer() -> None:
    assert (draw(SIGHTING, GIVEN).height_m == draw(SIGHTING, GIVEN).height_m).all()
    assert (draw(SIGHTING, replace(GIVEN, seed=2)).height_m != draw(SIGHTING, GIVEN).height_m).any()
