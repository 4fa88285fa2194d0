"""Evidence that a case keeps: taken in by what it is, given to the checks that ask for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
from PIL import Image
from scipy.io import netcdf_file

from firsthand.app.at_places import read_at_places
from firsthand.app.checking import check_case
from firsthand.app.evidence_files import evidence_kind
from firsthand.app.gather import Gatherer
from firsthand.app.intake import add_to_case, new_case
from firsthand.app.kept_evidence import LABEL
from firsthand.app.noting import write_note
from firsthand.app.setting import Asked, set_in_case
from firsthand.app.store import open_case, writing
from firsthand.errors import DecoderFailed, InputError
from firsthand.sandbox import Box

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
    (kept,) = read_at_places(case, actor="Test Person")["kept"]
    assert read_at_places(case, actor="Test Person") == {"kept": [], "warnings": []}
    (found,) = check_case(case, only=["sightline"], actor="Test Person")["findings"]
    assert found["outcome"]["kind"] == "inconsistent"
    assert kept in [one["id"] for one in found["inputs"]["items"]]
    # The smooth earth hides a few score metres there; the other side of the ridge hides nothing.
    set_in_case(case, Asked(place="33.25,44.3", radius_m=20.0), why="moved", actor="Test Person")
    (before,) = check_case(case, only=["sightline"], actor="Test Person")["findings"]
    assert before["outcome"]["kind"] == "consistent"
    assert kept not in [one["id"] for one in before["inputs"]["items"]]
    (again,) = read_at_places(case, actor="Test Person")["kept"]
    (after,) = check_case(case, only=["sightline"], actor="Test Person")["findings"]
    assert after["outcome"]["kind"] == "consistent"
    assert again in [one["id"] for one in after["inputs"]["items"]]


def failures(case: Path) -> list[tuple[str, ...]]:
    return [event.subject for event in open_case(case).state().events if event.kind == "failed"]


def test_a_model_that_holds_no_place_is_named_and_logged_once_for_a_place(
    case: Path, tmp_path: Path
) -> None:
    path = ground(tmp_path / "dem.tif", 0.0)
    add_to_case(case, reports=[], media=[], evidence=[path], actor="Test Person")
    asked = Asked(place="10.0,10.0", radius_m=500.0, camera="10.1,10.0")
    set_in_case(case, asked, why="a test", actor="Test Person")
    first = read_at_places(case, actor="Test Person")
    assert first["kept"] == []
    assert "item-0001 (dem.tif) is kept and not used: " in first["warnings"][0]
    assert "does not hold the line" in first["warnings"][0]
    assert failures(case) == [("item-0001", "s1", "s2")]
    assert read_at_places(case, actor="Test Person") == first
    assert failures(case) == [("item-0001", "s1", "s2")]
    set_in_case(case, Asked(place="10.0,10.2", radius_m=500.0), why="moved", actor="Test Person")
    read_at_places(case, actor="Test Person")
    read_at_places(case, actor="Test Person")
    assert failures(case) == [("item-0001", "s1", "s2")] * 2


@pytest.mark.parametrize("head", [b"GRIB", b"CDF\x01", b"\x89HDF\r\n\x1a\n"])
def test_broken_fields_are_named_and_logged_once(case: Path, tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "era5"
    path.write_bytes(head + bytes(200))
    add_to_case(case, reports=[], media=[], evidence=[path], actor="Test Person")
    set_in_case(case, Asked(place="33.3,44.2", radius_m=9.0), why="a test", actor="Test Person")
    first = read_at_places(case, actor="Test Person")
    assert len(first["warnings"]) == 1
    assert read_at_places(case, actor="Test Person") == first
    assert failures(case) == [("item-0001", "s1")]
    assert write_note(case, actor="Test Person")["new"]


def test_a_file_that_kills_its_reader_does_not_stop_the_case(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ground(tmp_path / "dem.tif", 0.0)
    add_to_case(case, reports=[], media=[], evidence=[path], actor="Test Person")
    asked = Asked(place="33.5,44.3", radius_m=20.0, camera="33.1,44.3")
    set_in_case(case, asked, why="a test", actor="Test Person")

    def dies(*_: object, **__: object) -> None:
        raise DecoderFailed("The decoder did not survive this file.")

    with monkeypatch.context() as patch:
        patch.setattr(Box, "call", dies)
        (told,) = read_at_places(case, actor="Test Person")["warnings"]
    assert "did not survive" in told
    assert len(failures(case)) == 1
    assert read_at_places(case, actor="Test Person")["kept"]  # Tried again, and read.


def test_a_second_elevation_model_is_named_as_not_used(case: Path, tmp_path: Path) -> None:
    models = [ground(tmp_path / "low.tif", 0.0), ground(tmp_path / "high.tif", 400.0)]
    clip = tmp_path / "clip.png"
    Image.new("RGB", (64, 48), "grey").save(clip)
    add_to_case(case, reports=[], media=[clip], evidence=models, actor="Test Person")
    asked = Asked(place="33.5,44.3", radius_m=20.0, camera="33.1,44.3", top_height_m="200:10")
    set_in_case(case, asked, why="a test", actor="Test Person")
    assert len(read_at_places(case, actor="Test Person")["kept"]) == 2
    (told,) = check_case(case, only=["sightline"], actor="Test Person")["warnings"]
    assert told.startswith("item-0002 (high.tif) is kept and not used: Another elevation model")
    again = check_case(case, only=["sightline"], actor="Test Person")
    assert (again["ran"], again["warnings"]) == ([], [told])


TERRA = """TERRA
1 25994U 99068A   21274.75027490  .00000107  00000-0  33588-4 0  9990
2 25994  98.1678 347.1838 0001354  91.6968  61.5062 14.57132833158940
"""
WINDS = json.dumps(
    {
        "utc_offset_seconds": 0,
        "hourly_units": {"wind_speed_10m": "m/s"},
        "hourly": {
            "time": ["2021-09-28T09:00"],
            "wind_speed_10m": [5.0],
            "wind_direction_10m": [270.0],
        },
    }
)
BROKEN = {
    "weather": (WINDS[:-20], "no JSON"),
    "fires": (FIRES.splitlines()[0] + "\n11.5,43.0,330,1.0,1.0,2015-\n", "No line"),
    "elements": (
        "1 25994U 99068A   21274.75027490  .00000107  00000-0  33588-4 0  9990\n",
        "no element set",
    ),
    "track": ("t_s,lat,lon\n0,11.5,43.0\n1,11.5,\n", "cannot be read"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_text_that_cannot_be_read_as_its_kind_is_refused_before_anything_is_kept(
    case: Path, tmp_path: Path, kind: str
) -> None:
    text, why = BROKEN[kind]
    path = tmp_path / "broken"
    path.write_text(text)
    assert evidence_kind(path) == kind
    good = tmp_path / "fires.csv"
    good.write_text(FIRES)
    before = open_case(case).state().head
    with pytest.raises(InputError, match=why) as told:
        add_to_case(case, reports=[], media=[], evidence=[good, path], actor="Test Person")
    assert told.value.message.startswith("broken: ")
    assert "--keep-unreadable" in told.value.next_step
    assert "Nothing was taken in." in told.value.next_step
    assert open_case(case).state().head == before


def kept_at_a_persons_word(case: Path, path: Path, _label: str) -> None:
    done = add_to_case(
        case, reports=[], media=[], evidence=[path], actor="Test Person", keep_unreadable=True
    )
    assert "was kept unread" in done["warnings"][0]
    assert failures(case) == [("item-0001",)]


def kept_by_an_older_version(case: Path, path: Path, label: str) -> None:
    with writing(case, "Test Person") as desk:
        desk.writer.add_file(
            path, kind="evidence", media_type="text/plain", how="copied", label=label
        )


@pytest.mark.parametrize("keep", [kept_at_a_persons_word, kept_by_an_older_version])
@pytest.mark.parametrize("kind", sorted(BROKEN.keys() - {"track"}))
def test_a_case_goes_on_with_evidence_that_cannot_be_read(
    case: Path, tmp_path: Path, kind: str, keep: Callable[[Path, Path, str], None]
) -> None:
    path = tmp_path / "broken"
    path.write_text(BROKEN[kind][0])
    keep(case, path, LABEL + kind)
    asked = Asked(
        place="11.5,43.0", radius_m=1000.0, window="2021-09-28T09:00:00Z/2021-09-28T12:00:00Z"
    )
    set_in_case(case, asked, why="a test", actor="Test Person")
    clip = tmp_path / "clip.png"
    Image.new("RGB", (64, 48), "grey").save(clip)
    add_to_case(case, reports=[], media=[clip], actor="Test Person")
    done = check_case(case, actor="Test Person")
    (told,) = done["warnings"]
    assert told.startswith("item-0001 (broken) is kept and not used: ")
    assert all(
        "item-0001" not in [ref["id"] for ref in one["inputs"]["items"]] for one in done["findings"]
    )
    assert write_note(case, actor="Test Person")["new"]
    again = check_case(case, actor="Test Person")
    assert (again["ran"], again["warnings"]) == ([], [told])
    # What can be read of the same kind still counts.
    if kind == "fires":
        path = tmp_path / "fires.csv"
        path.write_text(FIRES)
        add_to_case(case, reports=[], media=[], evidence=[path], actor="Test Person")
        (found,) = check_case(case, only=["fires"], actor="Test Person")["findings"]
        assert found["outcome"]["kind"] == "consistent"


def test_a_window_too_long_for_overpasses_does_not_stop_the_case(
    case: Path, tmp_path: Path
) -> None:
    path = tmp_path / "terra.txt"
    path.write_text(TERRA)
    add_to_case(case, reports=[], media=[], evidence=[path], actor="Test Person")
    asked = Asked(
        place="11.5,43.0", radius_m=1000.0, window="2019-09-28T09:00:00Z/2021-09-28T12:00:00Z"
    )
    set_in_case(case, asked, why="a test", actor="Test Person")
    (told,) = check_case(case, only=["fires"], actor="Test Person")["warnings"]
    assert told == "item-0001 (terra.txt) is kept and not used: The span is longer than a year."


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
    (kept,) = read_at_places(case, actor="Test Person")["kept"]
    held = open_case(case)
    state = held.state()
    values, inputs, _ = Gatherer(held, state).inputs_for(("weather",), None)
    records = values["weather"]
    assert isinstance(records, tuple) and len(records) == 2
    assert (records[0].from_deg, records[0].speed_ms, records[0].height_m) == (270.0, 6.0, 100.0)
    assert [one.id for one in inputs.items] == [kept]
    assert inputs.settings
