"""Evidence that a case keeps: taken in by what it is, given to the checks that ask for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from firsthand.app.checking import check_case
from firsthand.app.intake import add_to_case, new_case
from firsthand.app.kept_evidence import evidence_kind
from firsthand.app.setting import Asked, set_in_case
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
