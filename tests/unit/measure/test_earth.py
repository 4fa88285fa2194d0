"""Great-circle distances."""

from __future__ import annotations

import pytest

from firsthand.measure.earth import distance


@pytest.mark.parametrize(
    ("ends", "metres"),
    [
        ((0, 0, 0, 1), 111_319.5),
        ((0, 0, 1, 0), 110_574.4),
        ((89, 0, 90, 0), 111_693.9),
        ((-37.95103, 144.42487, -37.65282, 143.92650), 54_972.3),
        ((0, 179.5, 0, -179.5), 111_319.5),
        ((0, 0, 0, 180), 20_003_931.5),
    ],
)
def test_the_geodesic_lies_in_the_interval(
    ends: tuple[float, float, float, float], metres: float
) -> None:
    """Lengths of degrees on WGS 84; Flinders Peak to Buninyong (GDA technical manual)."""
    found = distance(*ends)
    assert found.low <= metres <= found.high
    assert found.width < 0.013 * metres


def test_no_distance_is_zero() -> None:
    assert distance(33, 44, 33, 44).value == 0
