"""A pixel never shrinks outwards within a zone, and is smallest below the satellite."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from firsthand.measure.sensors import SENSORS, pixel_km

ANGLES = st.floats(min_value=0, max_value=55)


@given(one=ANGLES, other=ANGLES, height=st.floats(min_value=690, max_value=850))
def test_modis_pixels_grow_outwards(one: float, other: float, height: float) -> None:
    near, far = sorted((one, other))
    a, b = pixel_km(SENSORS["MODIS"], near, height), pixel_km(SENSORS["MODIS"], far, height)
    assert a[0] <= b[0] + 1e-9
    assert a[1] <= b[1] + 1e-9


@given(angle=ANGLES, height=st.floats(min_value=690, max_value=850))
def test_a_pixel_knows_no_side(angle: float, height: float) -> None:
    left, right = (pixel_km(SENSORS["VIIRS"], sign * angle, height) for sign in (-1, 1))
    assert left[0] == right[0]
    assert left[1] == right[1]


@given(angle=ANGLES)
def test_a_viirs_pixel_stays_within_its_published_growth(angle: float) -> None:
    """0.375 km below the satellite and about 0.8 km at the edge (Schroeder et al. 2014)."""
    along, across = pixel_km(SENSORS["VIIRS"], angle, 829)
    assert 0.3 < along < 0.85
    assert 0.3 < across < 0.85
