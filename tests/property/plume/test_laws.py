"""Laws that hold for every camera and every height."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.measure.plume.camera import focal_px, hfov_deg, horizon_attitude, level_rays
from firsthand.measure.plume.claim import answer_claim
from firsthand.measure.plume.plane import height_at_depth, height_in_wind_plane
from firsthand.measure.plume.rates import robust_line

SIZE = (1280.0, 720.0)
fov = st.floats(15, 110)
angle = st.floats(-0.3, 0.3)
rolled = st.floats(-0.2, 0.2)


def _project(point: np.ndarray, focal: float, pitch: float, roll: float) -> tuple[float, float]:
    """World (right, forward, up) to a pixel, by rotation matrices: the way back of level_rays."""
    cp, sp, cr, sr = np.cos(pitch), np.sin(pitch), np.cos(roll), np.sin(roll)
    right, forward, up = point
    along, above = forward * cp + up * sp, -forward * sp + up * cp
    x, y = right * cr + above * sr, -right * sr + above * cr
    return 640 + focal * x / along, 360 - focal * y / along


@given(fov, angle, rolled, st.floats(50, 9000), st.floats(-0.25, 0.25), st.floats(0.02, 0.3),
       st.floats(0, 360), st.floats(0, 0.8))  # fmt: skip
def test_a_top_in_the_winds_plane_gets_its_height_back(  # noqa: PLR0917 -- hypothesis fills them
    fov_deg: float, pitch: float, roll: float, distance: float, aside: float, share: float,
    wind: float, lean: float,
) -> None:  # fmt: skip
    focal = float(focal_px(fov_deg, 1280))
    base = distance * np.array([np.sin(aside), np.cos(aside), -0.001])
    height = share * distance
    to = np.radians(wind)
    gone = lean * height
    top = base + np.array([gone * np.sin(to), gone * np.cos(to), height])
    camera = {"focal": focal, "pitch": pitch, "roll": roll, "size": SIZE}
    rays = [level_rays(*_project(p, focal, pitch, roll), **camera) for p in (base, top)]
    depth = float(np.dot(top[:2] - base[:2], base[:2]) / distance)
    assert height_at_depth(*rays, distance, depth) == pytest.approx(height, rel=1e-6)
    off_plane = abs(np.sin(to - aside))
    if off_plane > 0.05:
        assert height_in_wind_plane(*rays, distance, wind) == pytest.approx(height, rel=1e-6)


@given(fov)
def test_focal_length_and_field_of_view_are_one(fov_deg: float) -> None:
    assert hfov_deg(focal_px(fov_deg, 1280), 1280) == pytest.approx(fov_deg)


@given(fov, st.floats(100, 700), rolled)
def test_pixels_on_the_horizon_are_level(fov_deg: float, row: float, slope: float) -> None:
    focal = focal_px(fov_deg, 1280)
    pitch, roll = horizon_attitude(row, slope, focal, 720)
    x = np.linspace(0, 1280, 7)
    rays = level_rays(x, row + slope * (x - 640), focal=focal, pitch=pitch, roll=roll, size=SIZE)
    assert np.abs(rays.elevation_slope).max() < 1e-9


@given(st.floats(1, 5000), st.floats(1, 4), st.floats(1, 5000), st.floats(1, 10))
def test_an_interval_that_touches_the_claim_never_contradicts_it(
    low: float, wide: float, least: float, span: float
) -> None:
    high, most = low * wide, least * span
    if low <= most and high >= least:
        for vague in (True, False):
            assert answer_claim((least, most), low, high, vague=vague).verdict != "inconsistent"


@given(st.floats(-20, 20), st.floats(-500, 500), st.integers(5, 30), st.integers(0, 2**32 - 1))
def test_a_line_is_found_through_a_few_wild_points(
    slope: float, level: float, count: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    t = np.arange(count) / 5
    y = level + slope * (t - t.mean())
    y[rng.choice(count, count // 6, replace=False)] += 400
    line = robust_line(t, y, float(t.mean()))
    assert line.slope == pytest.approx(slope, abs=1e-6)
    assert line.level == pytest.approx(level, abs=1e-6)
