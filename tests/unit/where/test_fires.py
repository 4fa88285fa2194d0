"""Fires: the dialects of FIRMS, presence against base rate, absence over all sweeps jointly."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from firsthand.checks.fire_record import Watch, fire_record
from firsthand.checks.fires import fires
from firsthand.checks.registry import run
from firsthand.cli.main import app
from firsthand.errors import InputError
from firsthand.evidence.firms import read_firms
from firsthand.measure.base_rate import share_of_windows
from firsthand.measure.fire_absence import Fire, Sweep, missed_by_all
from firsthand.measure.fire_detection import DETECTORS, brightness_k, detection_probability, planck
from firsthand.records import Place, Window

HERE = Place(latitude_deg=11.5, longitude_deg=43.0, radius_m=1000)
NOON = Window(start=datetime(2021, 9, 28, 9, tzinfo=UTC), end=datetime(2021, 9, 28, 12, tzinfo=UTC))
DAY, AWAY = "2021-09-28", "11.7,43.3"
MODIS = "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence"


def modis(*rows: str) -> bytes:
    return "\n".join([MODIS, *rows]).encode()


def row(day: str, clock: str = "1000", at: str = "11.5,43.0") -> str:
    return f"{at},330,1.0,1.0,{day},{clock},Terra,MODIS,80"


@pytest.mark.parametrize(
    ("head", "cells", "satellite", "sensor", "confidence"),
    [
        (MODIS, "1,2,330,1,1,2021-09-28,900,Terra,MODIS,29", "Terra", "MODIS", "low"),
        (MODIS, "1,2,330,1,1,2021-09-28,0900,A,MODIS,80", "Aqua", "MODIS", "high"),
        (
            "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,"
            "confidence,version,bright_ti5,frp,daynight,type",
            "1,2,330,.4,.4,2021-09-28,9:00,N,VIIRS,n,2,290,1.5,D,0",
            "Suomi NPP",
            "VIIRS",
            "nominal",
        ),
        (
            "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,confidence",
            "1,2,330,.4,.4,2021/09/28,09:00,N20,high",
            "NOAA-20",
            "VIIRS",
            "high",
        ),
        ("acq_date,acq_time,longitude,latitude", f"{DAY},900,2,1", *["not stated"] * 2, None),
    ],
)
def test_each_dialect(
    head: str, cells: str, satellite: str, sensor: str, confidence: str | None
) -> None:
    (point,) = read_firms(f"\ufeff{head}\r\n{cells}\r\n".encode()).points
    assert point.at == datetime(2021, 9, 28, 9, tzinfo=UTC)
    assert (point.latitude_deg, point.longitude_deg) == (1.0, 2.0)
    assert (point.satellite, point.sensor, point.confidence) == (satellite, sensor, confidence)


def test_a_bad_line_is_named_and_the_others_stand() -> None:
    file = read_firms(
        modis(*(row(*cells) for cells in ((DAY,), ("2021-02-30",), (DAY, ""), (DAY, "2561"))))
    )
    assert len(file.points) == 1
    assert [line for line, _ in file.refused] == [3, 4, 5]


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b'latitude,"'])
def test_what_is_no_firms_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        read_firms(data)


def test_planck_inverts() -> None:
    kelvin = np.array([250.0, 300.0, 900.0])
    assert brightness_k(3.96, planck(3.96, kelvin)) == pytest.approx(kelvin)
    # CODATA: 9.9 W m-2 sr-1 um-1 at 10 um and 300 K.
    assert float(planck(10.0, 300.0)) == pytest.approx(9.924, rel=1e-3)


def test_larger_fires_are_seen_more_and_none_is_not() -> None:
    for name, detector in DETECTORS.items():
        for light in ("day", "night"):
            pods = detection_probability(detector, [0.01, 10, 100, 1e4], 900.0, 1e6, light=light)
            assert pods[0] < 1e-3, name
            assert pods[-1] == 1, name
            assert np.all(np.diff(pods) >= 0)


FIRE = Fire((0, 3600), (1800, 6 * 3600), (100, 1e4), (800, 1100), (0.3, 0.3))


def test_passes_minutes_apart_are_no_two_witnesses() -> None:
    sweeps = [Sweep(5400.0 + 300 * n, "MODIS", "day", 1.5e6) for n in range(2)]
    absence = missed_by_all(FIRE, sweeps)
    assert absence is not None
    assert absence.product == pytest.approx(absence.each[0] * absence.each[1], abs=1e-3)
    assert absence.missed.value > absence.product + 0.08
    assert absence.missed.value <= min(absence.each) + 1e-9
    apart = [sweeps[0], Sweep(5400.0 + 40 * 3600, "MODIS", "day", 1.5e6)]
    later = missed_by_all(FIRE, apart)
    assert later is not None
    assert later.each[1] > 0.99  # it had burned out


def test_no_sweep_says_nothing() -> None:
    assert missed_by_all(FIRE, []) is None


def test_a_base_rate_leaves_out_what_it_weighs() -> None:
    rate = share_of_windows(range(0, 1000, 10), 0, 999, 1, (500, 500))
    assert rate is not None
    assert rate.value == pytest.approx(99 / 999, abs=1e-3)
    assert rate.low < 0.1 < rate.high
    assert share_of_windows([1], 0, 20, 1, (5, 5)) is None


def test_a_recurrent_source_proves_little_and_a_first_fire_more() -> None:
    days = [date.fromordinal(date(2015, 1, 1).toordinal() + 9 * n).isoformat() for n in range(250)]
    flare = read_firms(modis(*(row(day) for day in days), row("2021-09-28")))
    quiet = read_firms(modis(row("2015-01-01", at=AWAY), row(DAY), row("2021-12-31", at=AWAY)))
    usual, first = fire_record([flare], HERE, NOON), fire_record([quiet], HERE, NOON)
    assert usual.says == first.says == "seen"
    assert usual.recurrent and not first.recurrent
    assert usual.presence is not None and first.presence is not None
    assert usual.presence.high < 12
    assert first.presence.high > 50
    assert usual.presence.low >= 1


def test_absence_needs_passes_and_a_file_that_covers_the_time() -> None:
    file = read_firms(modis(row("2015-01-01", at="11.7,43.3"), row("2021-12-31", at="11.7,43.3")))
    old = read_firms(modis(row("2015-01-01"), row("2016-01-01")))
    sweep = Sweep(NOON.end.timestamp(), "MODIS", "day", 1.2e6)
    watch = Watch((sweep,), ("Terra",), ("Aqua",))
    assert fire_record([file], HERE, NOON).says == "nothing"
    assert fire_record([old], HERE, NOON, watch=watch).says == "nothing"
    assert fire_record([file], HERE, NOON, watch=Watch((sweep,), ("Aqua",), ())).says == "nothing"
    assert fire_record([file], HERE, NOON, watch=watch).says == "not_seen"


def test_the_check_speaks_to_the_event_alone() -> None:
    assert fires.proposition == "E"
    quiet = read_firms(modis(row("2015-01-01"), row("2021-09-28"), row("2021-12-31")))
    seen = run(fires, {"place": HERE, "window": NOON, "fire_files": (quiet,)})
    assert seen.outcome.kind == "consistent"
    assert seen.lr is None, "no study, no figure"
    assert any("not of whether this footage" in str(limit) for limit in seen.limits)
    assert seen.figures[0].data.startswith(b"<svg")
    missing = run(fires, {"place": HERE, "window": NOON})
    assert missing.outcome.kind == "needs_input"


def test_absence_that_proves_little_carries_no_weight() -> None:
    file = read_firms(modis(row("2015-01-01", at="11.7,43.3"), row("2021-12-31", at="11.7,43.3")))
    watch = Watch((Sweep(NOON.end.timestamp(), "MODIS", "day", 1.2e6),), ("Terra",), ("Aqua",))
    told = run(fires, {"place": HERE, "window": NOON, "fire_files": (file,), "fire_watch": watch})
    assert told.outcome.kind == "inconclusive"
    assert told.lr is None and told.p_value is None
    assert any("Aqua" in str(limit) for limit in told.limits)


def test_the_command(tmp_path: Path) -> None:
    path, picture = tmp_path / "fires.csv", tmp_path / "line.svg"
    path.write_bytes(modis(row("2015-01-01"), row("2021-09-28"), row("2021-12-31")))
    arguments = ["fires", "--at", "11.5,43.0", "--from", "2021-09-28T09:00Z", "--to"]
    arguments += ["2021-09-28T12:00Z", "--firms", str(path), "--svg", str(picture)]
    told = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)
    assert told["says"] == "seen"
    assert told["speaks_to"] == "the event, not the footage"
    assert picture.read_text().startswith("<svg")
    assert "not of the footage" in CliRunner().invoke(app, arguments).stdout
    bad = CliRunner().invoke(app, [*arguments, "--cloud", "2,3"])
    assert bad.exit_code != 0
