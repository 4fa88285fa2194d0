"""Laws of a coarse place: near enough, the same for a whole cell, and no second try tells more."""

from __future__ import annotations

import math

from hypothesis import example, given
from hypothesis import strategies as st

from firsthand.case.coarse import CELL_M, METRES_PER_DEGREE, coarsened, middle_of_cell
from firsthand.records import Place

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
cells = st.sampled_from(sorted(CELL_M.values()))


def _apart_m(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """North and east of each other, in metres on the sphere, along the first one's parallel."""
    east = (one[1] - other[1] + 180.0) % 360.0 - 180.0
    return (
        abs(one[0] - other[0]) * METRES_PER_DEGREE,
        abs(east) * METRES_PER_DEGREE * math.cos(math.radians(one[0])),
    )


@given(latitude=latitudes, longitude=longitudes, cell_m=cells)
@example(latitude=90.0, longitude=180.0, cell_m=1000.0)
@example(latitude=-90.0, longitude=-180.0, cell_m=10.0)
def test_the_middle_is_near_and_on_the_earth(
    latitude: float, longitude: float, cell_m: float
) -> None:
    middle = middle_of_cell(latitude, longitude, cell_m)
    assert -90 <= middle[0] <= 90
    assert -180 <= middle[1] <= 180
    north, east = _apart_m(middle, (latitude, longitude))
    assert north <= cell_m * 1.01
    assert east <= cell_m * 1.01 or abs(latitude) > 89.9


@given(latitude=latitudes, longitude=longitudes, cell_m=cells)
def test_asking_again_tells_no_more(latitude: float, longitude: float, cell_m: float) -> None:
    middle = middle_of_cell(latitude, longitude, cell_m)
    assert middle_of_cell(*middle, cell_m) == middle


@given(
    latitude=st.floats(-80, 80),
    longitude=st.floats(-179, 179),
    north=st.floats(-0.49, 0.49),
    east=st.floats(-0.49, 0.49),
    cell_m=cells,
)
def test_all_of_a_cell_gives_the_same(
    latitude: float, longitude: float, north: float, east: float, cell_m: float
) -> None:
    middle = middle_of_cell(latitude, longitude, cell_m)
    one = middle[0] + north * cell_m / METRES_PER_DEGREE
    two = middle[1] + east * cell_m / METRES_PER_DEGREE / math.cos(math.radians(middle[0]))
    assert middle_of_cell(one, two, cell_m) == middle


@given(latitude=latitudes, longitude=longitudes, radius_m=st.floats(0.1, 50_000))
def test_the_radius_holds_the_place(latitude: float, longitude: float, radius_m: float) -> None:
    place = Place(
        name="x", latitude_deg=latitude, longitude_deg=longitude, radius_m=radius_m, elevation_m=12
    )
    told = coarsened(3, place)
    assert told.radius_m >= radius_m + CELL_M[place.precision] / math.sqrt(2)
    assert set(told.plain()) == {"line", "latitude_deg", "longitude_deg", "radius_m", "precision"}
