"""Smoke in a case: what it is measured with, what is kept, and when it is measured again."""

from pathlib import Path
from typing import Any

import pytest

from firsthand.app.checking import check_case
from firsthand.app.intake import add_to_case, new_case
from firsthand.app.noting import write_note
from firsthand.app.plume_case import SMOKE, measure_smoke, terms_of
from firsthand.app.setting import Asked, set_in_case
from firsthand.app.store import open_case
from firsthand.errors import InputError


@pytest.fixture(scope="module")
def taken(shared: Path, report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    case = tmp_path_factory.mktemp("smoke") / "case"
    clip = shared / "data" / "plume" / "d1.mp4"
    new_case(case, reports=[report], media=[clip], actor="tester")
    return case


def _clip(case: Path) -> str:
    return next(one.id for one in open_case(case).state().items.values() if one.kind == "media")


def _asked(case: Path) -> dict[str, str]:
    return terms_of(open_case(case).state(), _clip(case)).arguments


def _finding(case: Path) -> dict[str, Any]:
    (finding,) = check_case(case, only=["plume"], actor="tester")["findings"]
    return finding


@pytest.mark.shared
def test_from_nothing_known_to_a_height_and_a_note(taken: Path) -> None:
    assert _finding(taken)["outcome"]["kind"] == "needs_input"
    assert _asked(taken) == {"seed": "1"}
    (kept,) = measure_smoke(taken, actor="tester")
    finding = _finding(taken)
    assert finding["outcome"]["missing"] == ["distance"]
    assert "needs it to be between" in finding["statement"]["text"]
    assert measure_smoke(taken, actor="tester") == []

    set_in_case(
        taken,
        Asked(place="33.2625,44.2346", camera="33.27869,44.2346", radius_m=60, hfov_deg="55:1"),
        why="a map", actor="tester",
    )  # fmt: skip
    assert _asked(taken)["range_from"] == "place"
    assert float(_asked(taken)["distance_m"].split(":")[0]) == pytest.approx(1800, rel=0.01)
    assert _finding(taken)["outcome"]["kind"] == "needs_input"
    (again,) = measure_smoke(taken, actor="tester")
    assert again != kept
    finding = _finding(taken)
    assert finding["outcome"]["kind"] == "consistent"
    assert any("only if the smoke is" in one["text"] for one in finding["limits"])
    low, high = (float(finding["statement"]["values"][end]) for end in ("low", "high"))
    assert low < 263 < high

    set_in_case(
        taken, Asked(distance_m="1800:40", base="429,349", box="400,200,160,160"),
        why="seen", actor="tester",
    )  # fmt: skip
    asked = _asked(taken)
    assert asked["range_from"] == "stated"
    assert (asked["base"], asked["box"]) == ("429,349", "400,200,160,160")
    measure_smoke(taken, actor="tester")
    finding = _finding(taken)
    assert {ref["id"] for ref in finding["inputs"]["settings"]} >= {"k1", "k2"}
    state = open_case(taken).state()
    made = [one.made for one in state.items.values() if one.label == SMOKE]
    assert made[-1].tool == "firsthand plume"
    assert made[-1].input_sha256 == (state.items[_clip(taken)].sha256,)
    figures = [state.items[one] for one in finding["figures"]]
    assert len(figures) == 4
    assert {one.media_type for one in figures} == {"image/png", "image/svg+xml"}
    page = Path(write_note(taken, actor="tester")["path"])
    assert "height above its base" not in page.read_text()
    assert "m above its base" in page.read_text()


@pytest.mark.shared
def test_a_mark_is_made_once_and_moved_by_a_revision(taken: Path) -> None:
    def set_box(text: str) -> dict[str, Any]:
        return set_in_case(taken, Asked(horizon=text), why="seen", actor="tester")

    assert set_box("0,350,853,350")["set"][0]["points_px"] == [[0, 350], [853, 350]]
    assert set_box("0,350,853,350")["set"] == []
    assert set_box("0,351,853,350")["set"][0]["revision"] == 2


@pytest.mark.shared
@pytest.mark.parametrize(
    "asked",
    [Asked(base="1"), Asked(box="1,2,0,4"), Asked(horizon="a,b,c,d"),
     Asked(reference="1,2,3,4,0,60")],
)  # fmt: skip
def test_a_mark_that_cannot_be_is_refused(taken: Path, asked: Asked) -> None:
    before = open_case(taken).state().last_seq
    with pytest.raises(InputError):
        set_in_case(taken, asked, why="seen", actor="tester")
    assert open_case(taken).state().last_seq == before


def test_without_a_claimed_height_nothing_is_measured(clip: Path, tmp_path: Path) -> None:
    quiet = tmp_path / "quiet.txt"
    quiet.write_text("A lorry drives along the coast road\nIt was filmed from a car.\n")
    new_case(tmp_path / "case", reports=[quiet], media=[clip], actor="tester")
    assert measure_smoke(tmp_path / "case", actor="tester") == []


def test_a_track_is_used_for_one_clip_alone(clip: Path, report: Path, tmp_path: Path) -> None:
    track = tmp_path / "way.csv"
    track.write_text("t_s,lat,lon\n0,33.1,44.1\n1,33.1,44.1001\n2,33.1,44.1002\n")
    other = tmp_path / "other.mp4"
    other.write_bytes(clip.read_bytes() + b"\x00\x00\x00\x08free")
    case = tmp_path / "case"
    new_case(case, reports=[report], media=[clip], actor="tester")
    add_to_case(case, reports=[], media=[], evidence=[track], actor="tester")
    assert terms_of(open_case(case).state(), _clip(case)).track is not None
    add_to_case(case, reports=[], media=[other], actor="tester")
    terms = terms_of(open_case(case).state(), _clip(case))
    assert (terms.track, terms.track_unused) == (None, True)
    assert terms.arguments["track"] == "unused"
