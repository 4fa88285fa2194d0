"""The sun by a picture: known cameras and suns come back, with doubt where the geometry is poor."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest
from typer.testing import CliRunner

from firsthand.cli.main import app
from firsthand.errors import InputError
from firsthand.measure.sun_image import Horizon, Known, Upright, View, sun_from_image

WIDE, TALL = 1920.0, 1080.0


def seen(
    camera: tuple[float, float, float], sun: tuple[float, float], things: Sequence[Sequence[float]]
) -> list[Upright]:
    """Pixels of (x, y, height) things on the ground 1.6 m below, by plain rotation matrices."""
    hfov, pitch, roll = np.radians(camera)
    height, azimuth = np.radians(sun)
    tilt = np.array(
        [[1, 0, 0], [0, np.cos(pitch), np.sin(pitch)], [0, -np.sin(pitch), np.cos(pitch)]]
    )
    lean = np.array([[np.cos(roll), 0, np.sin(roll)], [0, 1, 0], [-np.sin(roll), 0, np.cos(roll)]])
    focal = WIDE / 2 / np.tan(hfov / 2)

    def pixel(point: Sequence[float]) -> tuple[float, float]:
        x, y, z = lean @ tilt @ np.array(point)
        return float(WIDE / 2 + focal * x / y), float(TALL / 2 - focal * z / y)

    out = []
    for x, y, h in things:
        long = h / np.tan(height)
        tip = (x - long * np.sin(azimuth), y - long * np.cos(azimuth), -1.6)
        out.append(Upright(pixel((x, y, -1.6)), pixel((x, y, h - 1.6)), pixel(tip)))
    return out


@pytest.mark.parametrize("sun", [(35.0, 60.0), (20.0, -120.0), (60.0, 175.0)])
def test_a_known_sun_comes_back(sun: tuple[float, float]) -> None:
    camera = (60.0, -4.0, 2.0)
    objects = seen(camera, sun, [(1.0, 9.0, 2.0), (-2.0, 14.0, 3.0)])
    view = View(WIDE, TALL, Known(60, 1), Known(-4, 0.5), Known(2, 0.5))
    found = sun_from_image(view, objects)
    assert found.elevation_deg.value == pytest.approx(sun[0], abs=0.05)
    off = (found.azimuth_from_view_deg.value - sun[1] + 180) % 360 - 180
    assert off == pytest.approx(0, abs=0.05)
    assert found.misfit_p > 0.99


def test_a_person_far_off_tells_the_azimuth_poorly_and_says_so() -> None:
    objects = seen((60.0, -3.0, 0.0), (35.0, 60.0), [(2.0, 25.0, 1.75)])
    view = View(WIDE, TALL, Known(60, 2), Known(-3, 0.5), Known(0, 0.5))
    found = sun_from_image(view, objects)
    assert 9 < found.azimuth_sd_deg < 19


def test_the_horizon_stands_in_for_pitch_and_roll() -> None:
    camera = (60.0, -4.0, 3.0)
    objects = seen(camera, (30.0, 40.0), [(1.0, 8.0, 2.0), (-2.0, 12.0, 2.0)])
    far = seen(camera, (30.0, 40.0), [(-3e4, 1e5, 1.6), (3e4, 1e5, 1.6)])
    horizon = Horizon(far[0].top, far[1].top)
    found = sun_from_image(View(WIDE, TALL, Known(60, 1), horizon=horizon), objects)
    assert found.elevation_deg.value == pytest.approx(30, abs=0.2)
    assert found.azimuth_from_view_deg.value == pytest.approx(40, abs=0.5)


def test_points_that_no_sun_makes_are_called_a_misfit() -> None:
    one, other = seen((60.0, -4.0, 0.0), (35.0, 60.0), [(1.0, 9.0, 2.0), (-2.0, 12.0, 2.0)])
    (wrong,) = seen((60.0, -4.0, 0.0), (35.0, -60.0), [(-2.0, 12.0, 2.0)])
    view = View(WIDE, TALL, Known(60, 1), Known(-4, 0.5), Known(0, 0.5))
    assert sun_from_image(view, [one, other]).misfit_p > 0.5
    assert sun_from_image(view, [one, wrong]).misfit_p < 1e-6


def test_what_cannot_be_is_refused() -> None:
    objects = seen((60.0, -4.0, 0.0), (35.0, 60.0), [(1.0, 9.0, 2.0)])
    hfov, pitch = Known(60, 1), Known(-4, 0.5)
    above = Upright((960.0, 100.0), (960.0, 50.0), (900.0, 120.0))
    for view, marks in (
        (View(WIDE, TALL, hfov, pitch), []),
        (View(WIDE, TALL, hfov), objects),
        (View(WIDE, TALL, Known(190, 1), pitch), objects),
        (View(WIDE, TALL, hfov, pitch), [above]),
        (View(WIDE, TALL, hfov, pitch), [Upright((1.0, 900.0), (1.0, 900.0), (2.0, 950.0))]),
    ):
        with pytest.raises(InputError):
            sun_from_image(view, marks)


def test_the_command_measures_a_picture() -> None:
    objects = seen((60.0, -4.0, 0.0), (35.0, 60.0), [(1.0, 9.0, 2.0), (-2.0, 12.0, 2.0)])
    asked = ["sun", "--size", "1920,1080", "--hfov-deg", "60:1", "--pitch-deg", "-4:0.5"]
    asked += ["--roll-deg", "0:0.5", "--heading-deg", "100:2", "--json"]
    for one in objects:
        for name, point in (("--base", one.base), ("--top", one.top), ("--tip", one.tip)):
            asked += [name, f"{point[0]},{point[1]}"]
    told = json.loads(CliRunner().invoke(app, asked).stdout)
    image = told["image"]
    for name, value in (("elevation_deg", 35.0), ("azimuth_from_view_deg", 60.0)):
        assert image[name]["low"] <= image[name]["value"] <= image[name]["high"]
        assert image[name]["value"] == pytest.approx(value, abs=0.05)
    assert told["measured"]["azimuth_deg"]["value"] == pytest.approx(160, abs=0.1)
