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
from firsthand.checks.sun import RAREST, sun
from firsthand.cli.main import app
from firsthand.errors import InputError
from firsthand.evidence.clocks import clocks_ahead_h, clocks_near, offset_h, places_with_clock
from firsthand.evidence.coast import land_cells
from firsthand.measure.masks import cell_of, onto_grid
from firsthand.measure.sun import sun_position
from firsthand.measure.sun_claim import SunSeen, allowed_spans, hold_claim, on_slope, ratio_off
from firsthand.measure.sun_map import Region, Shot, place_allowed, sun_region
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


def test_masks_take_away_places_alone() -> None:
    _, height = at(NOON)
    shot = Shot(SunSeen(elevation=(height, 1)), NOON.timestamp(), 600)
    whole = sun_region([shot], step_deg=0.5)
    land = sun_region([shot], step_deg=0.5, within=[land_cells()])
    clock = places_with_clock(NOON, 3.0)
    both = sun_region([shot], step_deg=0.5, within=[land_cells(), clock])
    assert holds(both, BAGHDAD)
    assert not (land.inside & ~whole.inside).any() and not (both.inside & ~land.inside).any()
    assert both.share < land.share / 2 < whole.share / 3


def test_a_mask_keeps_every_place_on_any_grid() -> None:
    land = land_cells()
    points = np.random.default_rng(3).uniform((-90, -180), (90, 180), (20_000, 2))
    for rows in (18, 180, 700, 1800, 3600):
        other = onto_grid(land, rows, 2 * rows)
        row, column = (90 - points[:, 0]) / 180, (points[:, 1] + 180) / 360
        was = land[(row * 1800).astype(int), (column * 3600).astype(int)]
        now = other[(row * rows).astype(int), (column * 2 * rows).astype(int)]
        assert not (was & ~now).any()
        assert rows < 1800 or (was == now).all() or rows % 1800
        cells = zip((row * rows).astype(int)[:200], (column * 2 * rows).astype(int), strict=False)
        for one, held in zip(cells, now, strict=False):
            assert cell_of(land, rows, 2 * rows, one) == held


def test_a_clock_without_a_zone_with_an_azimuth() -> None:
    azimuth, height = at(NOON)
    ahead = clocks_ahead_h(datetime(2021, 9, 28, 12))  # noqa: DTZ001
    seen = SunSeen((azimuth, 3), (height, 1))
    stamp = NOON.timestamp() + 3 * 3600
    for slack in (0, 900):
        region = sun_region([Shot(seen, stamp, slack)], step_deg=1, clock_ahead_h=ahead)
        assert holds(region, BAGHDAD)
        assert region.share < 0.02


def test_a_sun_on_the_horizon_excuses_no_ratio() -> None:
    heights = np.array([0.05, 0.1, 0.3, 1.0, 5.0])
    assert (ratio_off((0.8, 0.05), heights) > 5).all()
    assert sun_region([Shot(SunSeen(ratio=(0.8, 0.05)), NOON.timestamp())], step_deg=1).share < 0.05


def test_a_slope_lengthens_and_shortens_a_shadow() -> None:
    """Against points in the plane: foot at 0, top at H, tip where the ray meets the slope."""
    for height_deg, slope_deg in ((50.0, 0.0), (50.0, 12.0), (35.0, -20.0)):
        sun, slope = np.radians(height_deg), np.radians(slope_deg)
        along = 2.0 / (np.tan(sun) * np.cos(slope) + np.sin(slope))
        value, sd = on_slope((along / 2.0, 0.02), (slope_deg, 1.0))
        assert value == pytest.approx(height_deg)
        off = [
            on_slope((along / 2 + a, 0.02), (slope_deg + b, 1.0))[0] - value
            for a, b in ((0.02, 0), (0, 1.0))
        ]
        assert sd == pytest.approx(np.hypot(*off), rel=0.05)
    with pytest.raises(InputError, match="below the horizon"):
        on_slope((4.0, 0.1), (30.0, 1.0))


def test_a_place_is_asked_for_as_the_region_has_it() -> None:
    azimuth, height = at(NOON)
    stamp = NOON.timestamp()
    both = SunSeen((azimuth, 3), (height, 1))
    ahead = clocks_ahead_h(datetime(2021, 9, 28, 12))  # noqa: DTZ001
    places = np.random.default_rng(2).uniform((-60, -180), (60, 180), (60, 2))
    near = np.random.default_rng(3).normal((33.3, 44.2), 3, (60, 2))
    for shots, clock in (
        ([Shot(SunSeen(elevation=(height, 2)), stamp, 900)], None),
        ([Shot(both, stamp, 900)], None),
        ([Shot(SunSeen(elevation=(height, 2)), stamp + 3 * 3600)], ahead),
    ):
        region = sun_region(shots, step_deg=1, clock_ahead_h=clock)
        for latitude, longitude in np.vstack([places, near]):
            place = Place(latitude_deg=latitude, longitude_deg=longitude, radius_m=1)
            told = place_allowed(shots, latitude, longitude, step_deg=1, clock_ahead_h=clock)
            assert told == holds(region, place)


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
    assert wrong.p_value == RAREST  # Far less by the stated errors, which no study bears out.
    assert "at most 0.3 % of cases, if the stated errors hold" in str(wrong.statement)
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


def test_masks_and_slopes_by_the_command() -> None:
    asked = ["sun", "--time", "2021-09-28T09:00:00Z", "--step-deg", "1", "--json"]

    def share(*more: str) -> float:
        found = CliRunner().invoke(app, [*asked, *more])
        assert found.exit_code == 0, found.exception
        return float(json.loads(found.stdout)["region"]["share_of_earth"])

    ratio = ("--ratio", "0.71:0.03")
    assert share(*ratio, "--land") < share(*ratio) / 2
    assert share(*ratio, "--zone", "Asia/Baghdad") == share(*ratio, "--zone", "+03:00")
    assert share(*ratio, "--zone", "+03:00", "--land") < share(*ratio, "--land")
    assert share(*ratio, "--slope-deg", "0:5") > share(*ratio)
    for wrong in (
        (*ratio, "--zone", "Mars/Olympus"),
        ("--elevation-deg", "50:1", "--slope-deg", "3:1"),
        (*ratio, "--elevation-deg", "50:1", "--slope-deg", "3:1"),
    ):
        assert isinstance(CliRunner().invoke(app, [*asked, *wrong]).exception, InputError)


def test_clocks_at_a_place_are_those_of_the_grid() -> None:
    clock = datetime(2021, 9, 28, 12)  # noqa: DTZ001
    ahead = clocks_ahead_h(clock)
    assert 3.0 in clocks_near(clock, 33.3, 44.2)
    for latitude, longitude in np.random.default_rng(6).uniform((-60, -180), (70, 180), (100, 2)):
        cell = int((90 - latitude) * 2), int((longitude + 180) * 2)
        told = {hours for hours, kept in ahead.items() if kept[cell]}
        assert clocks_near(clock, latitude, longitude) == told


def test_zones_as_named_and_as_offsets() -> None:
    assert offset_h("Asia/Baghdad", NOON) == 3
    assert offset_h("-03:30", NOON) == -3.5
    assert offset_h("Europe/Berlin", datetime(2021, 1, 1, tzinfo=UTC)) == 1
    assert offset_h("Europe/Berlin", NOON) == 2
    for wrong in ("", "Nowhere", "../etc/passwd", "+25:00"):
        with pytest.raises(InputError, match="time zone"):
            offset_h(wrong, NOON)
