"""A measured sun: the claim test, clock spans, the map, and the command."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from firsthand.app.sun_map_files import geojson
from firsthand.checks.registry import run
from firsthand.checks.sun import sun
from firsthand.cli.main import app
from firsthand.errors import InputError
from firsthand.evidence.clocks import clocks_ahead_h
from firsthand.measure.sun import sun_position
from firsthand.measure.sun_claim import SunSeen, allowed_spans, hold_claim
from firsthand.measure.sun_map import Region, Shot, sun_region
from firsthand.records import Angle, Place, Window

BAGHDAD = Place(latitude_deg=33.2625, longitude_deg=44.2346, radius_m=3000)
NOON = datetime(2021, 9, 28, 9, tzinfo=UTC)
NARROW = Window(start=NOON - timedelta(minutes=15), end=NOON + timedelta(minutes=15))
DAY = Window(start=datetime(2021, 9, 27, 21, tzinfo=UTC), end=datetime(2021, 9, 28, 21, tzinfo=UTC))


def at(when: datetime) -> tuple[float, float]:
    there = sun_position(when.timestamp(), BAGHDAD.latitude_deg, BAGHDAD.longitude_deg)
    return float(there.azimuth_deg), float(there.apparent_elevation_deg)


def test_a_true_claim_fits_and_one_two_hours_off_does_not() -> None:
    azimuth, height = at(NOON)
    seen = SunSeen(azimuth=(azimuth, 2), elevation=(height, 2))
    assert hold_claim(seen, BAGHDAD, NARROW).p > 0.5
    azimuth, height = at(NOON + timedelta(hours=2))
    seen = SunSeen(azimuth=(azimuth, 2), elevation=(height, 2))
    assert hold_claim(seen, BAGHDAD, NARROW).p < 1e-4


def test_a_whole_day_has_next_to_no_power() -> None:
    _, height = at(NOON - timedelta(hours=3))
    assert hold_claim(SunSeen(elevation=(height, 2)), BAGHDAD, DAY).power.value < 0.3
    assert hold_claim(SunSeen(elevation=(height, 2)), BAGHDAD, NARROW).power.value > 0.8


def test_a_height_alone_keeps_morning_and_afternoon() -> None:
    morning = NOON - timedelta(hours=3)
    azimuth, height = at(morning)
    spans = allowed_spans(SunSeen(elevation=(height, 1)), BAGHDAD, DAY)
    assert len(spans) == 2
    assert spans[0].start_unix_s < morning.timestamp() < spans[0].end_unix_s
    both = allowed_spans(SunSeen(elevation=(height, 1), azimuth=(azimuth, 3)), BAGHDAD, DAY)
    assert len(both) == 1


def test_a_ratio_is_the_cotangent() -> None:
    _, height = at(NOON)
    ratio = float(1 / np.tan(np.radians(height)))
    assert hold_claim(SunSeen(ratio=(ratio, 0.02)), BAGHDAD, NARROW).p > 0.5
    assert hold_claim(SunSeen(ratio=(2 * ratio, 0.02)), BAGHDAD, NARROW).p < 1e-6


def holds(region: Region, place: Place) -> bool:
    rows, columns = region.inside.shape
    row = int((90 - place.latitude_deg) * rows / 180)
    return bool(region.inside[row, int((place.longitude_deg + 180) * columns / 360)])


def test_the_map_holds_the_place_by_each_route() -> None:
    azimuth, height = at(NOON)
    stamp = NOON.timestamp()
    alone = SunSeen(elevation=(height, 1))
    later = at(NOON + timedelta(hours=4))
    second = Shot(SunSeen(elevation=(later[1], 1)), stamp + 4 * 3600)
    regions = {
        "height": sun_region([Shot(alone, stamp)], step_deg=1),
        "slack": sun_region([Shot(alone, stamp + 600, 900)], step_deg=1),
        "both": sun_region([Shot(SunSeen((azimuth, 3), (height, 1)), stamp)], step_deg=1),
        "two": sun_region([Shot(alone, stamp), second], step_deg=1),
        "clock": sun_region(
            [Shot(alone, stamp + 3 * 3600)],
            step_deg=1,
            clock_ahead_h=clocks_ahead_h(datetime(2021, 9, 28, 12)),  # noqa: DTZ001
        ),
    }
    for name, region in regions.items():
        assert holds(region, BAGHDAD), name
    assert regions["both"].share < regions["height"].share / 4
    assert regions["two"].share < regions["height"].share / 2
    assert regions["slack"].share > regions["height"].share


def test_both_ways_of_drawing_a_map_agree() -> None:
    _, height = at(NOON)
    shot = Shot(SunSeen(elevation=(height, 1)), NOON.timestamp())
    one = sun_region([shot], step_deg=0.5)
    weak = Shot(SunSeen(elevation=(height, 1e6)), NOON.timestamp())
    # A second shot that tells nothing but is counted: chi square's bound is of two, not of one.
    two = sun_region([shot, weak], step_deg=0.5, level=1 - np.exp(-3.841 / 2))
    lit_edge = one.inside ^ two.inside
    assert lit_edge.mean() < 2e-3


def test_a_map_needs_something_measured() -> None:
    with pytest.raises(InputError, match="Nothing was measured"):
        sun_region([Shot(SunSeen(), 0.0)])


def test_geojson_keeps_the_area() -> None:
    inside = np.zeros((18, 36), bool)
    inside[4:6, 10:13] = True
    region = Region(inside, np.linspace(85, -85, 18), np.linspace(-175, 175, 36))
    (shape,) = geojson(region)["features"][0]["geometry"]["coordinates"]
    ring = np.array(shape[0])
    assert ring.min(axis=0).tolist() == [-80, 30]
    assert ring.max(axis=0).tolist() == [-50, 50]


def test_the_check() -> None:
    azimuth, height = at(NOON)
    inputs: dict[str, object] = {
        "place": BAGHDAD,
        "window": NARROW,
        "shadow_azimuth": Angle(value_deg=(azimuth + 180) % 360, sd_deg=3),
        "sun_elevation": Angle(value_deg=height, sd_deg=2),
    }
    fits = run(sun, inputs)
    assert fits.outcome.kind == "consistent"
    assert fits.lr is not None and fits.lr.low >= 1
    wrong = run(sun, inputs | {"sun_elevation": Angle(value_deg=20, sd_deg=2)})
    assert wrong.outcome.kind == "inconsistent"
    assert wrong.p_value is not None and wrong.p_value < 0.01
    inputs.pop("shadow_azimuth")
    wide = run(sun, inputs | {"window": DAY, "sun_elevation": Angle(value_deg=40, sd_deg=2)})
    assert wide.outcome.kind == "inconclusive"
    assert "filmed about 2021-09-28" in str(wide.outcome.why)
    assert run(sun, {"place": BAGHDAD, "window": NARROW}).outcome.kind == "needs_input"


def test_the_command_keeps_its_keys_and_adds_the_rest(tmp_path: Path) -> None:
    place = ["sun", "--at", "33.2625,44.2346", "--time", "2021-09-28T09:00:00Z"]
    plain = json.loads(CliRunner().invoke(app, [*place, "--json"]).stdout)
    assert {"azimuth_deg", "elevation_deg", "apparent_elevation_deg"} <= set(plain)
    maps = [tmp_path / f"map.{kind}" for kind in ("geojson", "png", "svg")]
    asked = [*place, "--elevation-deg", "54.5:1", "--date", "2021-09-28", "--step-deg", "1"]
    asked += [part for path in maps for part in ("--map", str(path))]
    told = json.loads(CliRunner().invoke(app, [*asked, "--json"]).stdout)
    assert told["claim"]["outcome"] == "fits"
    assert 0 < told["region"]["share_of_earth"] < 0.1
    assert json.loads(maps[0].read_text())["type"] == "FeatureCollection"
    assert maps[1].read_bytes().startswith(b"\x89PNG")
    assert maps[2].read_text().startswith("<svg")
    words = CliRunner().invoke(app, asked).stdout
    assert "fits this place and time" in words
    alone = ["sun", "--time", "2021-09-28T09:00:00Z", "--elevation-deg", "54.5:1", "--json"]
    one = json.loads(CliRunner().invoke(app, alone).stdout)["region"]["share_of_earth"]
    both = [*alone, "--also", "2021-09-28T12:00:00Z=34.4:1"]
    two = json.loads(CliRunner().invoke(app, both).stdout)["region"]["share_of_earth"]
    assert 0 < two < one / 2
    nothing = CliRunner().invoke(app, ["sun"])
    assert isinstance(nothing.exception, InputError)
