"""Wind: three sources, what smoke does in a picture, and where it cannot be told."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from firsthand.app.wind import read_weather
from firsthand.checks.registry import run
from firsthand.checks.wind import MOST_FOR_A_FIT, WRONGLY, wind
from firsthand.cli.main import app
from firsthand.errors import InputError
from firsthand.evidence.weather import WindRecord, read_metars, read_open_meteo
from firsthand.measure.wind import Drift, Wind, compare, wind_at, would_fit
from firsthand.records import Angle, Place, Window

NOON = datetime(2021, 9, 28, 9, tzinfo=UTC)
BAGHDAD = Place(latitude_deg=33.26, longitude_deg=44.23, radius_m=1000)
WINDOW = Window(start=NOON - timedelta(minutes=10), end=NOON + timedelta(minutes=10))
METAR = "METAR ORBI 280900Z 31012KT 5000 FEW040 36/05 Q1008 NOSIG="


def test_a_metar_is_read_with_the_month_that_is_near() -> None:
    (one,) = read_metars(METAR, NOON)
    assert one.at == NOON
    assert one.from_deg == 310
    assert one.speed_ms == pytest.approx(6.17, abs=0.01)
    assert one.visibility_m == 5000
    (late,) = read_metars(METAR.replace("280900Z", "302300Z"), datetime(2021, 10, 1, tzinfo=UTC))
    assert late.at == datetime(2021, 9, 30, 23, tzinfo=UTC)
    (varied,) = read_metars(METAR.replace("31012KT", "VRB02KT"), NOON)
    assert varied.from_deg is None
    assert read_metars("no weather here\n", NOON) == ()


def test_open_meteo_is_read_at_each_height_and_unit() -> None:
    told = {
        "utc_offset_seconds": 10800,
        "hourly_units": {"wind_speed_10m": "km/h", "wind_speed_100m": "m/s"},
        "hourly": {
            "time": ["2021-09-28T12:00"],
            "wind_speed_10m": [36.0],
            "wind_direction_10m": [310],
            "wind_speed_100m": [12.0],
            "wind_direction_100m": [320],
        },
    }
    low, high = read_open_meteo(json.dumps(told).encode())
    assert (low.at, low.speed_ms, low.height_m) == (NOON, 10.0, 10.0)
    assert (high.speed_ms, high.height_m, high.from_deg) == (12.0, 100.0, 320)
    for bad in (b"[]", b"{", b'{"hourly": {}}', b'{"hourly": {"time": []}}'):
        with pytest.raises(InputError):
            read_open_meteo(bad)


@pytest.mark.shared
def test_grib_winds_are_read_in_the_sandbox(shared: Path) -> None:
    path = shared / "data/weather/uv_on_different_levels.grib"
    records = read_weather(path, BAGHDAD, NOON)
    assert {one.height_m for one in records} == {110.0, 3010.0, 5570.0}
    assert {one.at.hour for one in records} == {18, 0}
    with pytest.raises(InputError, match="no pair"):
        read_weather(shared / "data/weather/era5-single-level-scalar-time.grib", BAGHDAD, NOON)


def test_calm_and_variable_cannot_tell() -> None:
    level = {"measured_m": 10.0, "plume_m": (50.0, 300.0), "latitude_deg": 33.0}
    assert wind_at(None, 5.0, **level) == "the wind was variable"
    assert wind_at(310, 1.0, **level) == "it was calm"
    assert wind_at(310, 5.0, swing_deg=90, **level) == "the wind was variable"
    assert wind_at(310, 5.0, apart_h=5, **level) == "no wind is recorded within three hours"
    north, south = wind_at(310, 5.0, **level), wind_at(310, 5.0, **level | {"latitude_deg": -33.0})
    assert isinstance(north, Wind) and isinstance(south, Wind)
    assert north.from_deg > 310 > south.from_deg


def test_drift_is_told_from_the_line_of_sight() -> None:
    west = Wind(270, 10, 6)
    assert compare(west, 0, 3, Drift(90, 40)).kind == "fits"
    assert compare(west, 0, 3, Drift(270, 40)).kind == "misfits"
    assert compare(west, 90, 3, Drift(90, 40)).kind == "cannot_tell"
    assert compare(west, 90, 3, Drift(180, 15)).kind == "misfits"


def test_a_common_wind_weighs_little() -> None:
    usual = [Wind(300, 20, 6)] * 60 + [Wind(120, 20, 6)] * 40
    climate = would_fit(usual, 30, 5, Drift(90, 40))
    assert climate is not None
    assert climate.share.value == 0.6
    assert would_fit(usual[:50], 30, 5, Drift(90, 40)) is None


def winds(share: float) -> tuple[WindRecord, ...]:
    month = [
        WindRecord(NOON - timedelta(hours=n + 1), 300.0 if n < 240 * share else 120.0, 6, 10, "t")
        for n in range(240)
    ]
    return (WindRecord(NOON, 300.0, 6, 10, "t"), *month)


def test_the_check() -> None:
    inputs: dict[str, object] = {
        "place": BAGHDAD,
        "window": WINDOW,
        "heading": Angle(value_deg=30, sd_deg=5),
        "drift_angle": Angle(value_deg=90, sd_deg=40),
        "weather": winds(0.6),
    }
    fits = run(wind, inputs)
    assert fits.outcome.kind == "consistent"
    assert fits.lr is not None and fits.lr.low <= fits.lr.high <= MOST_FOR_A_FIT
    against = run(wind, inputs | {"drift_angle": Angle(value_deg=270, sd_deg=20)})
    assert against.outcome.kind == "inconsistent"
    assert against.p_value == WRONGLY  # it objects, and decides nothing
    assert against.lr is not None and against.lr.high < 1
    assert run(wind, inputs | {"weather": winds(0.6)[:1]}).outcome.kind == "inconclusive"
    calm = (WindRecord(NOON, 300.0, 0.5, 10, "t"),)
    assert run(wind, inputs | {"weather": calm}).outcome.kind == "inconclusive"


def test_the_command(tmp_path: Path) -> None:
    path = tmp_path / "metar.txt"
    path.write_text(METAR)
    asked = ["wind", "--at", "33.26,44.23", "--time", "2021-09-28T09:00:00Z", "--weather"]
    asked += [str(path), "--heading-deg", "40:5", "--drift", "right"]
    told = json.loads(CliRunner().invoke(app, [*asked, "--json"]).stdout)
    assert told["outcome"] == "fits"
    assert told["expected_words"] == "right"
    assert "should drift right" in CliRunner().invoke(app, asked).stdout
    path.write_text("nothing")
    assert isinstance(CliRunner().invoke(app, asked).exception, InputError)
