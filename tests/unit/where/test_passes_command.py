"""`firsthand passes`: its document, its gaps, its refusals."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from firsthand.app.passes import find_passes
from firsthand.cli.main import app
from firsthand.errors import InvalidTime, NoSuchThing

TERRA = """TERRA
1 25994U 99068A   21274.75027490  .00000107  00000-0  33588-4 0  9990
2 25994  98.1678 347.1838 0001354  91.6968  61.5062 14.57132833158940
"""
SPAN = ("2021-09-28T00:00:00Z", "2021-09-29T00:00:00Z")


@pytest.fixture
def elements(tmp_path: Path) -> Path:
    path = tmp_path / "sets.txt"
    path.write_text(TERRA)
    return path


def test_gaps_and_sweeps_fill_the_span(elements: Path) -> None:
    found = find_passes("33.2625,44.2346", *SPAN, elements)
    swept = [one["t_max"] for one in found["passes"] if one["in_swath"]]
    edges = [SPAN[0], *swept, SPAN[1]]
    pairs = list(pairwise(edges))
    assert [(gap["from"], gap["to"]) for gap in found["gaps"]] == pairs
    assert len(swept) == 2


def test_a_satellite_without_elements_is_unknown_and_no_gap(elements: Path) -> None:
    found = find_passes("33.2625,44.2346", *SPAN, elements)
    assert found["unknown"] == ["Aqua", "Suomi NPP", "NOAA-20"]


def test_the_command_prints_one_document(elements: Path) -> None:
    arguments = ["passes", "--at", "33.2625,44.2346", "--from", SPAN[0], "--to", SPAN[1]]
    done = CliRunner().invoke(app, [*arguments, "--tle", str(elements), "--json"])
    assert done.exit_code == 0
    first = json.loads(done.stdout)["passes"][0]
    keys = {"satellite", "t_max", "max_elevation_deg", "in_swath", "scan_km", "track_km"}
    assert keys | {"local_time"} <= set(first)
    spoken = CliRunner().invoke(app, [*arguments, "--tle", str(elements)])
    assert "Terra" in spoken.stdout


def test_bad_spans_and_files_are_refused(elements: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidTime, match="before it starts"):
        find_passes("0,0", SPAN[1], SPAN[0], elements)
    with pytest.raises(InvalidTime, match="longer than a year"):
        find_passes("0,0", "2019-01-01T00:00:00Z", SPAN[0], elements)
    with pytest.raises(NoSuchThing):
        find_passes("0,0", *SPAN, tmp_path / "none.txt")
