"""The renderings' own pixels to the heights that their fluid simulation holds."""

import json
from pathlib import Path

import numpy as np
import pytest

from firsthand.measure.plume.camera import focal_px, level_rays
from firsthand.measure.plume.given import Given, Sure
from firsthand.measure.plume.height import Sighting, draw
from firsthand.measure.plume.plane import height_in_wind_plane


def _truth(shared: Path, name: str) -> dict:
    return json.loads((shared / "data" / "plume" / f"{name}.json").read_text())


@pytest.mark.shared
@pytest.mark.parametrize("name", ["d1", "d2"])
def test_the_plane_in_the_wind_gives_the_height_of_every_frame(shared: Path, name: str) -> None:
    truth = _truth(shared, name)
    for frame in truth["frames"]:
        camera = {
            "focal": focal_px(truth["hfov_deg"], truth["width"]),
            "pitch": np.radians(frame["pitch_deg"]),
            "roll": np.radians(frame["roll_deg"]),
            "size": (truth["width"], truth["height"]),
        }
        base = level_rays(*frame["base_px"], **camera)
        top = level_rays(*frame["top_px"], **camera)
        distance = np.hypot(*frame["camera_enu_m"][:2])
        east, north = frame["top_enu_m"][:2]
        towards = np.degrees(np.arctan2(east, north)) - frame["heading_deg"]
        assert height_in_wind_plane(base, top, distance, towards) == pytest.approx(
            frame["top_m"], rel=0.01
        )


@pytest.mark.shared
@pytest.mark.parametrize("name", ["d1", "d2"])
def test_the_draws_hold_the_truth_with_the_stated_wind_alone(shared: Path, name: str) -> None:
    truth = _truth(shared, name)
    frame = truth["frames"][24]
    focal = focal_px(truth["hfov_deg"], truth["width"])
    horizon = truth["height"] / 2 + focal * np.tan(np.radians(frame["pitch_deg"]))
    sighting = Sighting(
        size=(truth["width"], truth["height"]),
        base=tuple(frame["base_px"]),
        base_sd=1.0,
        base_x_sd=1.0,
        top=tuple(frame["top_px"]),
        top_sd=1.5,
        half_width_px=20.0,
        horizon=(float(horizon), 0.0, 1.0),
    )
    given = Given(
        distance_m=Sure(truth["distance_m"], 0.02 * truth["distance_m"]),
        hfov_deg=Sure(truth["hfov_deg"], 1.0),
        heading_deg=Sure(frame["heading_deg"], 3.0),
        wind_from_deg=Sure((truth["wind_to_deg"] + 180) % 360, 5.0),
    )
    height = draw(sighting, given).height_m
    low, middle, high = np.percentile(height, [2.5, 50, 97.5])
    assert low < frame["top_m"] < high
    assert middle == pytest.approx(frame["top_m"], rel=0.03)
