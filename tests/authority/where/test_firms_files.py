"""The shared FIRMS files: every line is read, and the source near Djibouti is recurrent."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from firsthand.checks.fire_record import fire_record
from firsthand.evidence.firms import read_firms
from firsthand.records import Place, Window

pytestmark = pytest.mark.shared


def test_every_line_is_read(shared: Path) -> None:
    for path in sorted((shared / "data/fires").glob("*.csv")):
        data = path.read_bytes()
        file = read_firms(data)
        assert file.refused == ()
        assert len(file.points) == len(data.splitlines()) - 1


def test_the_recurrent_source_is_a_trap_no_more(shared: Path) -> None:
    files = [read_firms(path.read_bytes()) for path in (shared / "data/fires").glob("*58*.csv")]
    place = Place(latitude_deg=11.513, longitude_deg=43.095, radius_m=1000)
    seen = [p for f in files for p in f.points if abs(p.latitude_deg - 11.513) < 0.005]
    day = max(p.at for p in seen if p.at.year == 2019).date()
    window = Window(
        start=datetime(day.year, day.month, day.day, tzinfo=UTC),
        end=datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC),
    )
    record = fire_record(files, place, window)
    assert record.says == "seen"
    assert record.recurrent
    assert record.base_rate is not None and record.base_rate.value > 0.01
