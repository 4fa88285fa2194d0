"""The fold: every kind of event has its meaning, and withheld payloads are told."""

from __future__ import annotations

import io
from pathlib import Path
from typing import get_args

import pytest
from benchmarks.custody.desk import ANALYST, START, desk, small_case, window

from firsthand.case import Actor, Case, Withheld
from firsthand.case.log import UnknownKind
from firsthand.case.payload import Withheld as PayloadWithheld
from firsthand.case.state import BOOKKEEPING, Fold
from firsthand.errors import InvalidRecord
from firsthand.records import Edge, Event, EventKind, Media, Review, say, sha256_hex


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return small_case(tmp_path / "case")


def test_the_state_cannot_be_changed(case: Case) -> None:
    state = case.state()
    with pytest.raises(TypeError):
        state.items["x"] = state.items["item-0001"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        state.title = "other"  # type: ignore[misc]


def test_the_head_is_the_hash_of_the_last_line_with_its_newline(case: Case) -> None:
    lines = (case.path / "log.jsonl").read_bytes().splitlines(keepends=True)
    for number, line in enumerate(lines, 1):
        assert case.state(number).head == sha256_hex(line)
    assert [event.prev for event in case.events()][1:] == [sha256_hex(line) for line in lines[:-1]]


def test_a_note_changes_nothing_that_a_note_could_say(case: Case) -> None:
    state = case.state()
    assert (state.last_seq, state.substance) == (7, 6)
    assert state.note_number(6) == 1
    assert state.note_number(7) == 2


def test_a_state_up_to_a_line_is_what_it_was_then(case: Case) -> None:
    then = case.state(4)
    with case.writer(desk()) as writer:
        writer.append("workflow.moved", open={"to": "Completed"})
    assert case.state(4) == then


def test_reviews_sign_offs_and_labels(case: Case) -> None:
    edge = Edge(
        id="e1",
        lineage="footage",
        earlier="a",
        later="b",
        relation="credited",
        basis="stated",
        why=say("The caption says so."),
    )
    review = Review(state="accepted", by="a1", at=START)
    with case.writer(desk()) as writer:
        clip = writer.state.items["item-0001"]
        writer.append("edge.proposed", ("e1",), sensitive=edge)
        writer.append("edge.reviewed", ("e1",), open=review)
        writer.append("note.signed_off", ("0001",))
        writer.append("sensitivity.set", (clip.id,), open={"label": "Graphic Violence"})
        writer.append(
            "media.examined",
            (clip.id,),
            sensitive=Media(
                item=clip.id,
                sha256=clip.sha256,
                container="mp4",
                kind="video",
                streams=(),
                decoder="d",
                decoder_version="1",
                sandbox="none",
            ),
        )
    state = case.state()
    assert state.edges["e1"] == edge
    assert state.reviews["e1"] == review
    (signed,) = state.sign_offs[1]
    assert signed.actor == ANALYST.id
    assert state.events[signed.seq - 1].kind == "note.signed_off"
    assert state.sensitivity["item-0001"] == "Graphic Violence"
    assert state.media["item-0001"].container == "mp4"
    assert state.item_by_content(clip.sha256, "media") == clip
    assert state.item_by_content(clip.sha256, "report") is None


def test_withheld_payloads_are_told_and_break_nothing(case: Case) -> None:
    growing = Fold()
    for event in case.events():
        growing.take(event, {name: Withheld("redacted") for name in event.payloads}, "0" * 64)
    state = growing.state()
    assert state.last_seq == 7
    assert not state.items
    assert growing.items_added == 3
    assert {entry.why for entry in state.withheld} == {"redacted"}
    assert len(state.withheld) == sum(len(event.payloads) for event in case.events())


@pytest.mark.parametrize("kind", sorted(get_args(EventKind)))
def test_every_kind_folds_without_payloads(kind: EventKind) -> None:
    event = Event(
        seq=1, prev="0" * 64, at=START, time_source="t", actor="a1", kind=kind, subject=("1",)
    )
    growing = Fold()
    growing.take(event, {}, "0" * 64)
    assert growing.state().substance == (0 if kind in BOOKKEEPING else 1)


def test_a_payload_that_says_something_else_is_refused() -> None:
    event = Event(seq=1, prev="0" * 64, at=START, time_source="t", actor="a1", kind="note.written")
    for data in ({"note": "one"}, {"note": 1, "files": 7}):
        with pytest.raises(InvalidRecord):
            Fold().take(event, {"open": data}, "0" * 64)


def test_a_kind_from_a_newer_version_is_refused_by_name(case: Case) -> None:
    log = case.path / "log.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"setting.set"', b'"weather.changed"'))
    with pytest.raises(UnknownKind, match=r"weather\.changed") as caught:
        case.state()
    assert "newer" in caught.value.next_step


def test_withheld_is_one_thing() -> None:
    assert Withheld is PayloadWithheld


def test_an_actor_may_change_their_name(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c", desk(Actor("a1", "A")))
    with case.writer(desk(Actor("a2", "B"))) as writer:
        item = writer.add_file(io.BytesIO(b"x"), kind="media", media_type="x/y", how="h")
        writer.append("setting.set", ("s1",), sensitive=window(item))
    assert set(case.state().actors) == {"a2"}
