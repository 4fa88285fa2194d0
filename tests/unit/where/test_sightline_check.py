"""The check of the line of sight tells only what the Earth's curve alone decides."""

from __future__ import annotations

import pytest

from firsthand.checks.registry import run
from firsthand.checks.sightline import sightline
from firsthand.records import Length, Place

CAMERA = Place(latitude_deg=33.0, longitude_deg=44.0, radius_m=100)


@pytest.mark.parametrize(
    ("north_deg", "top", "outcome"),
    [(0.9, 100.0, "inconsistent"), (0.45, 600.0, "consistent"), (0.45, 140.0, "inconclusive")],
)
def test_hidden_in_sight_or_untold(north_deg: float, top: float, outcome: str) -> None:
    place = Place(latitude_deg=33.0 + north_deg, longitude_deg=44.0, radius_m=1000)
    told = run(
        sightline,
        {"place": place, "camera_position": CAMERA, "top_height": Length(value_m=top, sd_m=5)},
    )
    assert told.outcome.kind == outcome
    assert told.p_value is None and told.lr is None


def test_without_a_camera_it_asks() -> None:
    told = run(sightline, {"place": CAMERA, "top_height": Length(value_m=100, sd_m=5)})
    assert told.outcome.kind == "needs_input"
