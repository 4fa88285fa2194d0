"""Evidence that a case keeps: taken in by what it is, given to the checks that ask for it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from PIL import Image
from scipy.io import netcdf_file

from firsthand.app.at_places import read_at_places
from firsthand.app.checking import check_case
from firsthand.app.gather import Gatherer
from firsthand.app.intake import add_to_case, new_case
from firsthand.app.kept_evidence import evidence_kind
from firsthand.app.setting import Asked, set_in_case
from firsthand.app.store import open_case
from firsthand.errors import InputError

FIRES = (
    "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence\n"
    "11.5,43.0,330,1.0,1.0,2015-01-01,1000,Terra,MODIS,80\n"
    "11.5,43.0,330,1.0,1.0,2021-09-28,1000,Terra,MODIS,80\n"
    "11.5,43.0,330,1.0,1.0,2021-12-31,1000,Terra,MODIS,80\n"
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    directory = tmp_path / "case"
    new_case(directory, reports=[], media=[], actor="Test Person")
    return directory


def test_fires_kept_in_a_case_are_checked(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "fires.csv"
    path.write_text(FIRES)
    add_to_case(case, reports=[], media=[], evidence=[path], actor="Test Person")
    before = check_case(case, only=["fires"], actor="Test Person")["findings"]
    assert before[0]["outcome"]["kind"] == "needs_input"
    asked = Asked(
        place="11.5,43.0", radius_m=1000.0, window="2021-09-28T09:00:00Z/2021-09-28T12:00:00Z"
    )
    set_in_case(case, asked, why="a test", actor="Test Person")
    (found,) = check_case(case, only=["fires"], actor="Test Person")["findings"]
    assert found["outcome"]["kind"] == "consistent"
    assert found["proposition"] == "E"
    assert len(found["inputs"]["items"]) == 1
    assert check_case(case, only=["fires"], actor="Test Person")["ran"] == []


def test_what_no_check_can_use_is_refused_before_anything_is_kept(
    case: Path, tmp_path: Path
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("hello")
    log = case.glob("**/*")
    names = sorted(str(each) for each in log)
    with pytest.raises(InputError, match="no evidence"):
        add_to_case(case, reports=[], media=[], evidence=[path], actor="Test Person")
    assert sorted(str(each) for each in case.glob("**/*")) == names


def test_a_kind_is_told_by_content(tmp_path: Path) -> None:
    path = tmp_path / "anything"
    path.write_text(FIRES)
    assert evidence_kind(path) == "fires"
    path.write_text("1 25994U 99068A   21274.75027490  .00000107  00000-0  33588-4 0  9990\n")
    assert evidence_kind(path) == "elements"


def ground(path: Path, ridge_m: float) -> Path:
    """Level ground at 50 m with one ridge across its middle; a GeoTIFF of 0.01 degree cells."""
    heights = np.full((60, 60), 50.0, "f4")
    heights[28:32] += ridge_m
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=60,
        height=60,
        count=1,
        dtype="float32",
        crs="EPSG:4326",
        transform=rasterio.transform.from_origin(44.0, 33.6, 0.01, 0.01),
    ) as out:
        out.write(heights, 1)
    return path


def test_terrain_kept_in_a_case_is_looked_along(case: Path, tmp_path: Path) -> None:
    path = ground(tmp_path / "dem.tif", 400.0)
    clip = tmp_path / "clip.png"
    Image.new("RGB", (64, 48), "grey").save(clip)
    add_to_case(case, reports=[], media=[clip], evidence=[path], actor="Test Person")
    asked = Asked(place="33.5,44.3", radius_m=20.0, camera="33.1,44.3", top_height_m="200:10")
    set_in_case(case, asked, why="a test", actor="Test Person")
    (kept,) = read_at_places(case, actor="Test Person")
    assert read_at_places(case, actor="Test Person") == []
    (found,) = check_case(case, only=["sightline"], actor="Test Person")["findings"]
    assert found["outcome"]["kind"] == "inconsistent"
    assert kept in [one["id"] for one in found["inputs"]["items"]]
    # The smooth earth hides a few score metres there; the other side of the ridge hides nothing.
    set_in_case(case, Asked(place="33.25,44.3", radius_m=20.0), why="moved", actor="Test Person")
    (before,) = check_case(case, only=["sightline"], actor="Test Person")["findings"]
    assert before["outcome"]["kind"] == "consistent"
    assert kept not in [one["id"] for one in before["inputs"]["items"]]
    (again,) = read_at_places(case, actor="Test Person")
    (after,) = check_case(case, only=["sightline"], actor="Test Person")["findings"]
    assert after["outcome"]["kind"] == "consistent"
    assert again in [one["id"] for one in after["inputs"]["items"]]


def test_a_model_that_holds_no_place_is_left_out(case: Path, tmp_path: Path) -> None:
    path = ground(tmp_path / "dem.tif", 0.0)
    add_to_case(case, reports=[], media=[], evidence=[path], actor="Test Person")
    asked = Asked(place="10.0,10.0", radius_m=500.0, camera="10.1,10.0")
    set_in_case(case, asked, why="a test", actor="Test Person")
    assert read_at_places(case, actor="Test Person") == []


def test_fields_kept_in_a_case_give_the_wind(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "era5.nc"
    with netcdf_file(path, "w", version=2) as out:
        for name, values in (("time", [1067169, 1067170]), ("latitude", [34.0, 33.0]),
                             ("longitude", [44.0, 45.0])):  # fmt: skip
            out.createDimension(name, len(values))
            one = out.createVariable(name, "f8", (name,))
            one[:] = np.array(values)
            one.units = "hours since 1900-01-01 00:00:00.0"
        for name, value in (("u100", 6.0), ("v100", 0.0)):
            one = out.createVariable(name, "f4", ("time", "latitude", "longitude"))
            one[:] = np.full((2, 2, 2), value)
    add_to_case(case, reports=[], media=[], evidence=[path], actor="Test Person")
    asked = Asked(
        place="33.3,44.2", radius_m=1000.0, window="2021-09-28T09:00:00Z/2021-09-28T09:30:00Z"
    )
    set_in_case(case, asked, why="a test", actor="Test Person")
    (kept,) = read_at_places(case, actor="Test Person")
    held = open_case(case)
    state = held.state()
    values, inputs, _ = Gatherer(held, state).inputs_for(("weather",), None)
    records = values["weather"]
    assert isinstance(records, tuple) and len(records) == 2
    assert (records[0].from_deg, records[0].speed_ms, records[0].height_m) == (270.0, 6.0, 100.0)
    assert [one.id for one in inputs.items] == [kept]
    assert inputs.settings
