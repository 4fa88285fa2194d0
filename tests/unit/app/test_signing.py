"""A sign-off: a second person, the last note, a line of the log, and an edition that says so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from firsthand.app.checking import check_case
from firsthand.app.intake import new_case
from firsthand.app.noting import write_note
from firsthand.app.setting import Asked, set_in_case
from firsthand.app.showing import show_case
from firsthand.app.signing import sign_off
from firsthand.app.store import open_case
from firsthand.case import audit
from firsthand.errors import InputError, NoSuchThing

URL = "https://desk.example/notes/1"


@pytest.fixture(scope="module")
def written(report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of Ann's, with a finding of Mia's, and note 1 by Ann."""
    case = tmp_path_factory.mktemp("signing") / "case"
    new_case(case, reports=[report], media=[], actor="Ann")
    check_case(case, only=["origins"], actor="Mia")
    write_note(case, actor="Ann")
    return case


@pytest.fixture
def case(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "case"))


def _lines(case: Path) -> int:
    return open_case(case).state().last_seq


def test_a_second_person_signs_and_the_note_says_so(case: Path) -> None:
    before = (case / "note/0001/en/index.html").read_bytes()
    done = sign_off(case, 1, by="Lee", why="Read the report again.")
    assert done["signed_by"] == ["Lee"]
    page = Path(done["path"]).read_text()
    assert "Signed off by two persons: <bdi>Ann</bdi> and <bdi>Lee</bdi>" in page
    assert (case / "note/0001/en/index.html").read_bytes() == before
    assert "Draft; second reader: none" in before.decode()
    model = json.loads((case / "note/0001/en/signed/note.json").read_bytes())
    state = open_case(case).state()
    line = model["sign_off"]["log"]["line"]
    assert state.events[line - 1].kind == "note.signed_off"
    assert open_case(case).state(line).head == model["sign_off"]["log"]["head"]
    assert audit(case).ok
    assert not list(case.glob("note/**/claim-review.json"))


@pytest.mark.parametrize("name", ["Ann", " ann ", "ＡＮＮ"])
def test_the_author_is_no_second_person(case: Path, name: str) -> None:
    lines = _lines(case)
    with pytest.raises(InputError, match="wrote note 1"):
        sign_off(case, 1, by=name)
    assert _lines(case) == lines


def test_who_made_a_finding_is_no_second_person(case: Path) -> None:
    with pytest.raises(InputError, match="made f1"):
        sign_off(case, 1, by="Mia")


def test_nobody_is_nobody(case: Path) -> None:
    with pytest.raises(InputError, match="Nobody is named"):
        sign_off(case, 1, by="  ")


def test_a_note_that_is_not_there(case: Path) -> None:
    with pytest.raises(NoSuchThing):
        sign_off(case, 7, by="Lee")


def test_a_case_that_moved_on_needs_its_next_note_first(case: Path) -> None:
    set_in_case(
        case, Asked(name="Camp Victory", place="33.3,44.2", radius_m=3000.0), why="map", actor="Ann"
    )
    with pytest.raises(InputError, match="moved on"):
        sign_off(case, 1, by="Lee")
    write_note(case, actor="Ann")
    with pytest.raises(InputError, match="taken the place"):
        sign_off(case, 1, by="Lee")
    assert sign_off(case, 2, by="Lee")["note"] == 2


def test_a_new_note_ends_the_sign_off_and_the_old_note_stays(case: Path) -> None:
    sign_off(case, 1, by="Lee")
    signed = (case / "note/0001/en/signed/index.html").read_bytes()
    assert write_note(case, actor="Ann") == write_note(case, actor="Kim") | {"new": False}
    set_in_case(
        case, Asked(name="Camp Victory", place="33.3,44.2", radius_m=3000.0), why="map", actor="Ann"
    )
    page = Path(write_note(case, actor="Ann")["path"]).read_text()
    assert "with this note that sign-off ends" in page
    assert "Draft; second reader: none" in page
    assert (case / "note/0001/en/signed/index.html").read_bytes() == signed


def test_what_is_in_the_case_tells_who_signed_and_what_is_overtaken(case: Path) -> None:
    sign_off(case, 1, by="Lee", pdf=False)
    set_in_case(case, Asked(name="X", place="33.3,44.2", radius_m=3000.0), why="map", actor="Ann")
    write_note(case, actor="Ann")
    first, second = show_case(case)["notes"]
    assert (first["signed_by"], first["overtaken"]) == (["Lee"], True)
    assert (second["signed_by"], second["overtaken"]) == ([], False)
    assert "signed/index.html" in first["files"]


def test_signing_again_changes_nothing(case: Path) -> None:
    sign_off(case, 1, by="Lee")
    lines = _lines(case)
    sign_off(case, 1, by="Lee")
    assert _lines(case) == lines


def test_a_claim_review_only_for_publication(case: Path) -> None:
    with pytest.raises(InputError, match="who publishes"):
        sign_off(case, 1, by="Lee", publish=URL)
    with pytest.raises(InputError, match="no web address"):
        sign_off(case, 1, by="Lee", publish="x", desk_name="Example Desk")
    assert open_case(case).state().sign_offs == {}
    sign_off(case, 1, by="Lee")
    assert not list(case.glob("note/**/claim-review.json"))
    sign_off(case, 1, by="Lee", publish=URL, desk_name="Example Desk")
    review = json.loads((case / "note/0001/en/signed/claim-review.json").read_bytes())
    assert review["itemReviewed"]["datePublished"] == "2021-09-28"
    assert review["url"] == URL
    assert not list(case.glob("note/**/media-review.json"))
    lines = _lines(case)
    sign_off(case, 1, by="Lee", publish=URL, desk_name="Example Desk")
    assert _lines(case) == lines


def test_a_claim_review_says_one_address(case: Path) -> None:
    sign_off(case, 1, by="Lee", publish=URL, desk_name="Example Desk")
    lines = _lines(case)
    for url, desk in ((URL + "2", "Example Desk"), (URL, "Another Desk")):
        with pytest.raises(InputError, match="has a ClaimReview"):
            sign_off(case, 1, by="Lee", publish=url, desk_name=desk)
    assert _lines(case) == lines


def test_an_unseen_letter_makes_no_second_person(case: Path) -> None:
    with pytest.raises(InputError, match="a second person"):
        sign_off(case, 1, by="A\u200bnn")
