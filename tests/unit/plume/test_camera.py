import numpy as np
import pytest

from firsthand.measure.plume.camera import focal_px, hfov_deg, horizon_attitude, level_rays
from firsthand.measure.plume.plane import height_at_depth, height_in_wind_plane

SIZE = (1280.0, 720.0)


def test_the_picture_spans_its_field_of_view() -> None:
    focal = focal_px(55.0, 1280)
    rays = level_rays([0, 1280], 360, focal=focal, pitch=0.0, roll=0.0, size=SIZE)
    assert np.degrees(np.ptp(rays.azimuth)) == pytest.approx(55)
    assert hfov_deg(focal, 1280) == pytest.approx(55)


@pytest.mark.parametrize(("fov", "error"), [(55, 0.07), (90, 0.20)])
def test_an_angle_is_not_pixels_times_field_of_view_over_width(fov: float, error: float) -> None:
    one = level_rays(641, 360, focal=focal_px(fov, 1280), pitch=0.0, roll=0.0, size=SIZE)
    naive = np.radians(fov) / 1280
    assert 1 - naive / float(one.azimuth - 0.0) == pytest.approx(error, abs=0.025)


def test_the_horizon_is_level_whatever_pitch_and_roll() -> None:
    focal = focal_px(60, 1280)
    pitch, roll = horizon_attitude(500.0, 0.08, focal, 720)
    x = np.array([100.0, 640.0, 1200.0])
    rays = level_rays(x, 500 + 0.08 * (x - 640), focal=focal, pitch=pitch, roll=roll, size=SIZE)
    assert rays.elevation_slope == pytest.approx(np.zeros(3), abs=1e-12)
    assert pitch > 0  # the horizon below the middle: the camera looks up


def test_a_mast_straight_up_has_its_height_whatever_the_wind() -> None:
    camera = {"focal": focal_px(60, 1280), "pitch": np.radians(7.0), "roll": 0.0, "size": SIZE}
    base = level_rays(640, 360 + camera["focal"] * np.tan(np.radians(7.0)), **camera)
    top = level_rays(640, 300, **camera)
    expected = 1000 * (top.elevation_slope - base.elevation_slope)
    for wind in (20, 90, 200):
        assert height_in_wind_plane(base, top, 1000, wind) == pytest.approx(expected)
    assert height_at_depth(base, top, 1000, 0) == pytest.approx(expected)


def test_smoke_blown_towards_the_camera_is_lower_than_it_looks() -> None:
    camera = {"focal": 1000.0, "pitch": 0.0, "roll": 0.0, "size": SIZE}
    base, top = level_rays(640, 360, **camera), level_rays(700, 200, **camera)
    across = height_in_wind_plane(base, top, 1000, 90)
    assert height_in_wind_plane(base, top, 1000, 135) < across
    assert height_in_wind_plane(base, top, 1000, 45) > across
