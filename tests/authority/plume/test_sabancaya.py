"""Published pixels of an eruption to the published wind-corrected heights.

Snee et al. 2023 (doi:10.30909/vol.06.02.447458), Sabancaya, 31 July 2018. The camera and the
vent are published; the wind that they took from a reanalysis is not in their tables. It is one
number: taken from every other row, it has to give all the rows between.
"""

from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from firsthand.measure.plume.camera import focal_px, level_rays
from firsthand.measure.plume.plane import height_in_wind_plane

CAMERA_M, VENT_M, DISTANCE_M = 4561.0, 5900.0, 7200.0
VENT_PX = (249.0, 738.0)
HEADING_DEG = 350.0


@pytest.fixture
def table(shared: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    folder = shared / "data" / "plume"
    pixels = np.genfromtxt(folder / "sabancaya_plumeParameters.csv", delimiter=",", names=True)
    heights = dict(np.loadtxt(folder / "sabancaya_windHeight.csv", delimiter=","))
    kept = pixels[[float(row["Time"]) in heights for row in pixels]]
    return (
        kept["colPixel"],
        kept["rowPixel"],
        np.array([heights[float(row["Time"])] for row in kept]),
    )


def _altitude(column: np.ndarray, row: np.ndarray, wind_to_deg: float) -> np.ndarray:
    camera = {
        "focal": focal_px(31.9, 1920),
        "pitch": np.radians(14.0),
        "roll": 0.0,
        "size": (1920.0, 1080.0),
    }
    vent, top = level_rays(*VENT_PX, **camera), level_rays(column, row, **camera)
    distance = DISTANCE_M * np.hypot(vent.right, vent.forward) / vent.forward
    above_vent = height_in_wind_plane(vent, top, distance, wind_to_deg - HEADING_DEG)
    return CAMERA_M + distance * vent.elevation_slope + above_vent


@pytest.mark.shared
def test_the_vent_stands_where_it_is_known_to_stand(shared: Path) -> None:
    camera = {"focal": focal_px(31.9, 1920), "pitch": np.radians(14.0), "roll": 0.0}
    vent = level_rays(*VENT_PX, **camera, size=(1920.0, 1080.0))
    assert CAMERA_M + DISTANCE_M * vent.up / vent.forward == pytest.approx(VENT_M, abs=15)


@pytest.mark.shared
def test_published_pixels_give_the_published_altitudes_within_one_percent(table) -> None:
    column, row, published = table
    assert len(published) > 100

    def misfit(wind: float) -> float:
        return float(np.sum((_altitude(column, row, wind) - published)[::2] ** 2))

    wind = minimize_scalar(misfit, bounds=(0, 80), method="bounded").x
    error = _altitude(column, row, wind) - published
    assert np.abs(error[1::2] / published[1::2]).max() < 0.01
    tall = published[1::2] > VENT_M + 300
    assert np.abs(error[1::2][tall] / (published[1::2][tall] - VENT_M)).max() < 0.03
    assert np.median(np.abs(error[1::2][tall] / (published[1::2][tall] - VENT_M))) < 0.01
