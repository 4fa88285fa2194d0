"""The use case: what is typed, the document, the figures."""

import json
from pathlib import Path

import pytest

from firsthand.app.plume import PlumeAsked, measure_plume, read_asked, write_figures
from firsthand.app.plume_document import REASONS
from firsthand.errors import InputError

KEYS = {
    "outcome", "reasons", "height_m", "track", "rise_m_s", "drift", "growth", "darkness",
    "angular_height_deg", "claim", "needs", "budget", "seed", "versions",
}  # fmt: skip


def test_what_is_typed_is_read_and_assumed_doubts_are_named() -> None:
    given, assumed = read_asked(
        PlumeAsked(distance_m="1800", hfov_deg="55:1", base="10,20", claim_m="100,1000")
    )
    assert given.distance_m.sd == pytest.approx(90)
    assert given.hfov_deg.sd == 1
    assert given.base == (10, 20)
    assert assumed == ("distance_m",)


@pytest.mark.parametrize(
    "asked",
    [
        PlumeAsked(distance_m="far"),
        PlumeAsked(distance_m="-5:1"),
        PlumeAsked(distance_m="100:nan"),
        PlumeAsked(hfov_deg="190:1"),
        PlumeAsked(base="1"),
        PlumeAsked(box="1,2,3"),
        PlumeAsked(box="1,2,0,4"),
        PlumeAsked(claim_m="1000,100"),
        PlumeAsked(reference="1,2,3,4,0,60"),
    ],
)
def test_what_cannot_be_is_refused(asked: PlumeAsked) -> None:
    with pytest.raises(InputError):
        read_asked(asked)


@pytest.mark.shared
def test_a_clip_through_the_sandbox_to_document_and_figures(shared: Path, tmp_path: Path) -> None:
    clip = shared / "data" / "plume" / "d1.mp4"
    asked = PlumeAsked(distance_m="1800:40", hfov_deg="55:1", claim_m="100,1000")
    answer = measure_plume(clip, asked)
    document = json.loads(json.dumps(answer.document, allow_nan=False))
    assert set(document) >= KEYS
    assert document["outcome"] == "measured"
    assert document["height_m"]["low"] < 263 < document["height_m"]["high"]
    assert document["claim"]["verdict"] == "consistent"
    assert document["track"][0].keys() == {"t_s", "top_px", "base_px", "height_m"}
    assert document["needs"]["range_m"][0] < 1800 < document["needs"]["range_m"][1]
    assert set(document["proposed_marks"]) == {"base", "box"}
    assert set(document["reasons"]) <= set(REASONS)
    paths = write_figures(answer, tmp_path / "figures")
    assert [path.name for path in paths] == [
        "plume-frame-1.png", "plume-frame-2.png", "plume-frame-3.png", "plume-height.svg",
    ]  # fmt: skip
    assert paths[0].read_bytes().startswith(b"\x89PNG")
    assert b"<script" not in paths[-1].read_bytes()


@pytest.mark.shared
def test_a_still_without_a_range_has_an_angle(shared: Path) -> None:
    answer = measure_plume(
        shared / "data" / "plume" / "sabancaya_plume.jpg", PlumeAsked(hfov_deg="31.9:0.3")
    )
    assert answer.document["outcome"] == "cannot_tell"
    assert "no_range" in answer.document["reasons"]
    angle = answer.document["angular_height_deg"]
    # The published camera sees its vent (row 738) and the top (row 440) 5.1 degrees apart.
    assert angle["low"] < 5.1 < angle["high"]
