"""Passes against what satellites themselves recorded, and against published pass times."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from firsthand.app.passes import find_passes, overpasses
from firsthand.evidence.elements import ElementSet, read_elements
from firsthand.measure.orbit import Orbit
from firsthand.measure.passes import passes_over
from firsthand.measure.sensors import SENSORS

pytestmark = pytest.mark.shared

BAGHDAD = {
    "Terra": ["07:34:30", "18:36:00"],
    "Aqua": ["10:53:00", "22:56:40"],
    "NOAA-20": ["09:07:50", "10:47:50", "23:10:10"],
}
FIRMS_NAMES = {"N": "Suomi NPP"}


def test_baghdad_on_the_28th_of_september(shared: Path) -> None:
    found = find_passes(
        "33.2625,44.2346",
        "2021-09-28T00:00:00Z",
        "2021-09-29T00:00:00Z",
        shared / "data/orbit/tle_2021_candidates.txt",
    )
    for satellite, times in BAGHDAD.items():
        swept = [
            datetime.fromisoformat(one["t_max"])
            for one in found["passes"]
            if one["satellite"] == satellite and one["in_swath"]
        ]
        expected = [datetime.fromisoformat(f"2021-09-28T{time}Z") for time in times]
        assert len(swept) == len(expected)
        for one, other in zip(swept, expected, strict=True):
            assert abs(one - other) <= timedelta(seconds=90)


def test_the_gate_lets_in_the_good_sets_alone(shared: Path) -> None:
    text = (shared / "data/orbit/tle_2021_candidates.txt").read_text()
    sets, refused = read_elements(text)
    assert {one.label for one in refused} == {
        "SUOMI NPP 21156 (suspect)",
        "AQUA 21187",
        "TERRA 21187",
        "LANDSAT 8 21264",
        "LANDSAT 8 21275a",
        "LANDSAT 8 21275b",
        "SENTINEL-2A 21275",
    }
    for one in sets:
        found = overpasses(text, 0.0, 0.0, one.epoch, one.epoch + timedelta(hours=1))
        assert not [bad for bad in found.refused if bad.reason == "node_time"]


def test_firms_minutes_and_pixels(shared: Path) -> None:
    """Every detection within 40 days of a good set: its minute, and its pixel's size."""
    sets, _ = read_elements((shared / "data/orbit/tle_2021_candidates.txt").read_text())
    checked = 0
    for path in sorted((shared / "data/fires").glob("*.csv")):
        with path.open(newline="") as file:
            for row in csv.DictReader(file):
                checked += sum(_agrees(row, one) for one in sets)
    assert checked >= 20


def _agrees(row: dict[str, str], one: ElementSet) -> bool:
    clock = row["acq_time"].zfill(4)
    minute = datetime.fromisoformat(f"{row['acq_date']}T{clock[:2]}:{clock[2:]}:00+00:00")
    name = FIRMS_NAMES.get(row["satellite"], row["satellite"])
    if one.name != name or abs(one.epoch - minute) > timedelta(days=40) or one.satellite is None:
        return False
    near = passes_over(
        Orbit(one.line1, one.line2),
        SENSORS[one.satellite.sensor],
        float(row["latitude"]),
        float(row["longitude"]),
        start_unix_s=(minute - timedelta(minutes=30)).timestamp(),
        end_unix_s=(minute + timedelta(minutes=30)).timestamp(),
    )
    seen = min(near, key=lambda each: abs(each.t_unix_s.value - minute.timestamp()))
    off = abs(seen.t_unix_s.value - minute.timestamp())
    assert off <= 90, (one.label, minute)
    assert datetime.fromtimestamp(seen.t_unix_s.value, UTC).date() == minute.date()
    assert seen.swath == "inside"
    assert abs(seen.scan_km - float(row["scan"])) <= 0.1
    assert abs(seen.track_km - float(row["track"])) <= 0.1
    return True
