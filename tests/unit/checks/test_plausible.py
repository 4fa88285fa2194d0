"""What is supposed is what a check takes: every value can be asked of every check that wants it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from firsthand.checks.inputs import INPUTS
from firsthand.checks.plausible import CAN_BE_SUPPOSED, is_wide, plausible
from firsthand.checks.registry import all_checks, run
from firsthand.records import Place, Window

START = datetime(2021, 9, 28, 6, tzinfo=UTC)
KNOWN: dict[str, object] = {
    "place": Place(latitude_deg=33.0, longitude_deg=44.0, radius_m=500.0),
    "window": Window(start=START, end=START + timedelta(hours=1)),
}


def given() -> dict[str, object]:
    """Each input that can be supposed, at one of its values."""
    values = dict(KNOWN)
    for name in sorted(CAN_BE_SUPPOSED - set(values), key=lambda one: (one == "fire_watch", one)):
        values[name] = plausible(name, values)[0]
    return values


@pytest.mark.parametrize("name", sorted(CAN_BE_SUPPOSED))
def test_each_value_can_be_asked(name: str) -> None:
    values = given()
    some = plausible(name, values)
    assert some
    for check in all_checks():
        if name in check.inputs:
            for value in some:
                outcome = run(check, values | {name: value}).outcome
                assert outcome.kind != "could_not_run", (check.name, outcome)


def test_they_move_the_checks_that_can_decide() -> None:
    """The shadows of some bearings fit and those of others do not."""
    sun = next(one for one in all_checks() if one.name == "sun")
    kinds = {
        run(sun, KNOWN | {"shadow_azimuth": one}).outcome.kind
        for one in plausible("shadow_azimuth", KNOWN)
    }
    assert {"consistent", "inconsistent"} <= kinds


def test_a_wide_time_is_narrowed_inside_itself() -> None:
    wide = Window(start=START, end=START + timedelta(days=2))
    assert is_wide(wide)
    assert not is_wide(KNOWN["window"])
    some = plausible("window", KNOWN | {"window": wide})
    assert len(some) == 8
    for one in some:
        assert isinstance(one, Window)
        assert wide.start <= one.start < one.end <= wide.end


def test_what_cannot_be_supposed_has_no_values() -> None:
    assert plausible("metadata", KNOWN) == ()
    assert plausible("weather", {}) == ()


def test_each_has_a_sentence_that_asks_for_it() -> None:
    assert set(INPUTS) >= CAN_BE_SUPPOSED
