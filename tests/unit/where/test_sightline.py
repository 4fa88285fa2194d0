"""Lines of sight: the closed form, terrain, and where they cannot tell."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from firsthand.app.sightline import AskedSight, line_of_sight
from firsthand.cli.main import app
from firsthand.errors import InputError
from firsthand.measure.sightline import (
    contrast_left,
    hidden_m,
    needed_height_m,
    over_smooth_earth,
    over_terrain,
    range_m,
)


@pytest.mark.parametrize(("km", "hidden"), [(20, 15.7), (50, 139.2), (100, 618.3)])
def test_what_a_smooth_earth_hides(km: int, hidden: float) -> None:
    """On an Earth of R / (1 - k): the way beyond the horizon squared, over twice its radius."""
    assert float(hidden_m(km * 1000, 1.6)) == pytest.approx(hidden, rel=2e-3)


def test_three_hundred_metres_are_in_sight_to_71_km() -> None:
    assert range_m(1.6, 300) == pytest.approx(71_100, rel=0.005)
    assert float(hidden_m(range_m(1.6, 300), 1.6)) == pytest.approx(300, rel=1e-6)


def test_two_per_cent_of_contrast_is_left_at_the_visibility() -> None:
    assert contrast_left(5000, 5000) == pytest.approx(0.02, rel=1e-3)


def test_a_flat_profile_agrees_with_the_closed_form() -> None:
    distance = np.linspace(0, 50_000, 5001)
    found = float(needed_height_m(distance, np.zeros(5001), 1.6))
    assert found == pytest.approx(float(hidden_m(50_000, 1.6)), rel=2e-3)


def test_a_hill_hides_what_similar_triangles_say() -> None:
    distance = np.linspace(0, 2000, 201)
    ground = np.where(np.abs(distance - 1000) < 15, 50.0, 0.0)
    found = float(needed_height_m(distance, ground, 2.0, k=1 - 1e-9))
    assert found == pytest.approx(2 + (50 - 2) * 2000 / 990, rel=0.003)


def test_it_tells_only_beyond_its_doubt() -> None:
    assert over_smooth_earth(50_000, 1.6, 300).seen == "visible"
    assert over_smooth_earth(50_000, 1.6, 50).seen == "hidden"
    assert over_smooth_earth(50_000, 1.6, 139).seen == "cannot_tell"
    assert over_smooth_earth(50_000, 1.6, None).seen == "cannot_tell"
    distance = np.linspace(0, 10_000, 101)
    ridge = np.where(np.abs(distance - 5000) < 60, 100.0, 0.0)
    assert over_terrain(distance, ridge, 1.6, 150, near_m=500).seen == "hidden"
    assert over_terrain(distance, ridge, 1.6, 250, near_m=500).seen == "visible"
    assert over_terrain(distance, ridge, 1.6, 200, near_m=500).seen == "cannot_tell"


def test_bad_ends_are_refused() -> None:
    for asked in (
        AskedSight(),
        AskedSight(camera="1,1"),
        AskedSight(distance_m=-5),
        AskedSight(distance_m=1000, eye_m=-2),
        AskedSight(distance_m=1000, dem=Path("x.tif")),
        AskedSight(camera="1,1", target="1,1"),
    ):
        with pytest.raises(InputError):
            line_of_sight(asked)


def test_the_command_writes_a_picture(tmp_path: Path) -> None:
    picture = tmp_path / "line.svg"
    arguments = ["sightline", "--distance-m", "50000", "--top-m", "300:10", "--svg", str(picture)]
    done = CliRunner().invoke(app, [*arguments, "--visibility-km", "5", "--json"])
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert told["seen"] == "visible"
    assert told["contrast_left"] < 0.001
    assert picture.read_text().startswith("<svg")
    assert "km" in CliRunner().invoke(app, arguments).stdout


def _model(path: Path, heights: np.ndarray, driver: str = "GTiff") -> Path:
    import rasterio
    from rasterio.transform import from_origin

    with rasterio.open(
        path,
        "w",
        driver=driver,
        height=heights.shape[0],
        width=heights.shape[1],
        count=1,
        dtype="float32",
        crs="EPSG:4326",
        transform=from_origin(10.0, 50.0, 0.001, 0.001),
    ) as out:
        out.write(heights.astype("float32"), 1)
    return path


def test_a_wall_in_a_model_hides(tmp_path: Path) -> None:
    heights = np.zeros((200, 200))
    heights[:, 100:103] = 80.0
    dem = _model(tmp_path / "wall.tif", heights)
    ends = {"camera": "49.9,10.02", "target": "49.9,10.18"}
    assert line_of_sight(AskedSight(**ends, top="60:5", dem=dem))["seen"] == "hidden"
    assert line_of_sight(AskedSight(**ends, top="900:5", dem=dem))["seen"] == "visible"
    with pytest.raises(InputError, match="does not hold the line"):
        line_of_sight(AskedSight(camera="49.9,10.02", target="49.9,10.4", dem=dem))


def test_a_model_that_names_other_files_is_refused(tmp_path: Path) -> None:
    _model(tmp_path / "real.tif", np.zeros((200, 200)))
    trick = tmp_path / "trick.tif"
    trick.write_text(
        '<VRTDataset rasterXSize="200" rasterYSize="200">'
        '<VRTRasterBand dataType="Float32" band="1">'
        f"<SimpleSource><SourceFilename>{tmp_path / 'real.tif'}</SourceFilename></SimpleSource>"
        "</VRTRasterBand></VRTDataset>"
    )
    with pytest.raises(InputError, match="no GeoTIFF"):
        line_of_sight(AskedSight(camera="49.9,10.02", target="49.9,10.1", dem=trick))
