"""Records refuse what is not so; old schemas are brought up; unknown ones are refused by name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from firsthand.errors import InvalidRecord
from firsthand.records import (
    Finding,
    Inconclusive,
    Inconsistent,
    Inputs,
    Item,
    LikelihoodRatio,
    Method,
    Place,
    Quantity,
    Review,
    canonical,
    format_instant,
    load_record,
    say,
)

ITEM: dict[str, Any] = {
    "schema": "firsthand/item/1",
    "id": "i1",
    "kind": "media",
    "media_type": "video/mp4",
    "sha256": "0" * 64,
    "sha512": "0" * 128,
    "size": 3,
}


def finding(**changes: Any) -> Finding:
    given: dict[str, Any] = {
        "id": "f1",
        "check": "daylight",
        "question": "Does the light fit?",
        "proposition": "F",
        "outcome": Inconclusive(why=say("Nothing to tell by.")),
        "statement": say("Nothing to tell by."),
        "inputs": Inputs(),
        "method": Method(check="daylight", version="1", source="firsthand"),
    }
    return Finding(**(given | changes))


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(InvalidRecord, match="colour: Extra inputs"):
        load_record(canonical(ITEM | {"colour": "red"}))


def test_a_number_in_place_of_text_is_refused() -> None:
    with pytest.raises(InvalidRecord, match="media_type"):
        load_record(canonical(ITEM | {"media_type": 3}))


def test_big_integers_leave_as_strings_and_come_back() -> None:
    item = Item.parse(canonical(ITEM | {"size": str(2**60)}))
    assert item.size == 2**60
    assert item.plain()["size"] == str(2**60)


def test_an_unknown_schema_is_refused_by_name() -> None:
    with pytest.raises(InvalidRecord, match="firsthand/item/9"):
        load_record(canonical(ITEM | {"schema": "firsthand/item/9"}))


@pytest.mark.parametrize("data", [b"", b"[]", b"nonsense", b'{"id":"i1"}'])
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidRecord, match="names no schema"):
        load_record(data)


def test_an_old_schema_is_brought_up_step_by_step() -> None:
    def from_zero(plain: dict[str, Any]) -> dict[str, Any]:
        return {**{k: v for k, v in plain.items() if k != "bytes"}, "size": plain["bytes"]} | {
            "schema": "firsthand/item/1"
        }

    old = {k: v for k, v in ITEM.items() if k != "size"} | {"schema": "firsthand/item/0"}
    item = load_record(canonical(old | {"bytes": 7}), upcasters={"firsthand/item/0": from_zero})
    assert isinstance(item, Item)
    assert item.size == 7


def test_an_outcome_that_does_not_tell_carries_no_strength() -> None:
    with pytest.raises(ValidationError, match="no strength"):
        finding(toward="for")
    with pytest.raises(ValidationError, match="inconsistent, yet for"):
        finding(outcome=Inconsistent(), toward="for")


def test_no_likelihood_ratio_beyond_its_study() -> None:
    with pytest.raises(ValidationError, match="beyond what its study supports"):
        LikelihoodRatio(low=1.0, high=200.0, study="s", ceiling=100.0)


def test_not_a_number_is_no_quantity() -> None:
    with pytest.raises(ValidationError):
        Quantity(value=float("nan"), low=0.0, high=1.0, unit="m", how="x")
    with pytest.raises(ValidationError):
        Quantity(value=2.0, low=0.0, high=1.0, unit="m", how="x")


def test_a_review_names_its_reviewer() -> None:
    with pytest.raises(ValidationError):
        Review(state="accepted")
    with pytest.raises(ValidationError):
        Review(state="proposed", by="a1", at=datetime(2021, 9, 28, tzinfo=UTC))


def test_a_place_off_the_earth_is_refused() -> None:
    with pytest.raises(ValidationError):
        Place(latitude_deg=91.0, longitude_deg=0.0, radius_m=10.0)


def test_instants_leave_as_utc_with_a_final_z() -> None:
    assert format_instant(datetime(2021, 9, 28, 9, 30, tzinfo=UTC)) == "2021-09-28T09:30:00Z"


def test_a_sentence_needs_each_of_its_values() -> None:
    assert str(say("{n} of {m}", n="1", m="2")) == "1 of 2"
    with pytest.raises(ValidationError):
        say("{n} of {m}", n="1")
