"""Lists of others in a case: kept with their hashes, used by the chronology, faults named."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from firsthand.app.auditing import audit_case
from firsthand.app.checking import check_case
from firsthand.app.incident_lists import take_incidents
from firsthand.app.intake import new_case
from firsthand.app.setting import Asked, set_in_case
from firsthand.app.store import open_case
from firsthand.errors import InputError, InvalidRecord

LIST = """ref,when,what,type,town,lat,lon,link
A1,03/04/2021,Refuse burns,fire,Baghdad,33.262,44.23,https://x.example/1
A2,25/12/2020,Kitchen fire,fire,Baghdad,33.263,44.231,[removed]
A2,12/25/2020,Kitchen fire again,fire,Baghdad,33.263,44.231,https://x.example/2
A3,2021-07-01,Rockets,strike,Erbil,36,44,https://x.example/3
"""
MAPPING = {
    "id": "ref", "date": "when", "name": "Example list", "summary": "what", "kind": "type",
    "place": "town", "latitude": "lat", "longitude": "lon", "source": "link",
    "kinds": {"strike": "attack"},
}  # fmt: skip


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, report: Path) -> Path:
    folder = tmp_path_factory.mktemp("lists") / "case"
    new_case(folder, reports=[report], media=[])
    return folder


@pytest.fixture(scope="module")
def mapping(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mapping") / "mapping.json"
    path.write_text(json.dumps(MAPPING))
    return path


def test_a_list_that_is_refused_leaves_the_case_as_it_was(
    case: Path, mapping: Path, tmp_path: Path
) -> None:
    before = open_case(case).state().head
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="no such column"):
        take_incidents(case, bad, mapping)
    with pytest.raises(InvalidRecord):
        take_incidents(case, bad, bad)
    assert open_case(case).state().head == before


def test_a_list_is_kept_read_and_used(case: Path, mapping: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(LIST)
    done = take_incidents(case, listed, mapping)
    assert done["list"]["sha256"] == hashlib.sha256(LIST.encode()).hexdigest()
    assert (done["new"], done["incidents"], done["kinds"]) == (True, 3, {"attack": 1, "fire": 2})
    told = " ".join(done["warnings"])
    for part in ("day first and month first", "day 3 of month 4", "source", "row 2", "whole degr"):
        assert part in told, part
    again = take_incidents(case, listed, mapping)
    assert (again["new"], again["read"]) == (False, done["read"])

    set_in_case(case, Asked(place="33.26,44.23", radius_m=3000), why="map")
    (finding,) = check_case(case, only=["chronology"])["findings"]
    assert {one["id"] for one in finding["inputs"]["items"]} >= {done["read"]["id"]}
    counted = {one["name"]: one["quantity"]["value"] for one in finding["measurements"]}
    assert counted["earlier fires, smoke or blasts there"] == 2
    assert counted["earlier attacks there"] == 3
    assert len(finding["figures"]) == 1
    assert audit_case(case)["ok"]
