"""Daylight: inconsistent only where no instant of the claim has such light, and then undecided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from firsthand.checks.base import CheckResult
from firsthand.checks.daylight import daylight
from firsthand.checks.run import run
from firsthand.measure.light import LightReading
from firsthand.records import Claim, Light, Place, Window, say

BAGHDAD = Place(latitude_deg=33.2625, longitude_deg=44.2346, radius_m=3000)
DAY = datetime(2021, 9, 28, tzinfo=UTC)
NOON = Window(start=DAY + timedelta(hours=7), end=DAY + timedelta(hours=11))
NIGHT = Window(start=DAY + timedelta(hours=18), end=DAY + timedelta(hours=23))
DUSK = Window(start=DAY + timedelta(hours=15), end=DAY + timedelta(hours=15, minutes=10))


def ask(window: Window | None, seen: str | None = None, **more: Any) -> CheckResult:
    light = Light.model_validate({"seen": seen}) if seen else None
    return run(daylight, {"place": BAGHDAD, "window": window, "light": light, **more})


def numbers(seen: str) -> LightReading:
    return LightReading(seen, say("By the numbers."), (say("With doubt."),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("window", "seen", "outcome"),
    [
        (NOON, "day", "consistent"),
        (NOON, "twilight", "inconsistent"),
        (NOON, "night", "inconsistent"),
        (NIGHT, "night", "consistent"),
        (NIGHT, "day", "inconsistent"),
        (NIGHT, "twilight", "inconsistent"),
        (DUSK, "twilight", "consistent"),
        (DUSK, "day", "inconclusive"),
        (DUSK, "night", "inconclusive"),
        (NOON, "cannot_tell", "inconclusive"),
    ],
)
def test_what_was_seen_against_the_sun(window: Window, seen: str, outcome: str) -> None:
    assert ask(window, seen).outcome.kind == outcome


def test_an_inconsistency_carries_no_error_rate_and_says_why() -> None:
    result = ask(NIGHT, "day")
    assert (result.toward, result.p_value, result.lr) == ("against", None, None)
    assert any("no error rate" in str(limit) for limit in result.limits)


def test_consistent_daylight_says_how_little_it_says() -> None:
    result = ask(NOON, "day")
    assert (result.toward, result.p_value, result.lr) == ("for", None, None)
    assert result.power is not None
    assert result.power.low == 0
    assert result.power.high < 0.5
    assert "says little" in str(result.statement)


def test_a_window_with_day_and_night_in_it_weighs_nothing() -> None:
    for seen in ("day", "twilight", "night"):
        result = ask(Window(start=DAY, end=DAY + timedelta(days=1)), seen)
        assert result.outcome.kind == "inconclusive"
        assert result.toward is None


def test_nothing_stated_is_asked_for_all_at_once() -> None:
    result = run(daylight, {})
    assert result.outcome.missing == ("place", "window", "light")  # type: ignore[union-attr]
    result = ask(None, "day")
    assert result.outcome.missing == ("window",)  # type: ignore[union-attr]
    result = ask(NOON, None, measured_light=numbers("cannot_tell"))
    assert result.outcome.missing == ("light",)  # type: ignore[union-attr]


def test_the_pictures_own_numbers_never_speak_against_a_claim() -> None:
    for window in (NOON, NIGHT, DUSK):
        for seen in ("day", "night"):
            result = ask(window, None, measured_light=numbers(seen))
            assert result.outcome.kind in {"consistent", "inconclusive"}
            assert result.toward is None
    assert "would not fit" in str(ask(NIGHT, None, measured_light=numbers("day")).outcome.why)  # type: ignore[union-attr]


def test_an_eye_goes_before_the_numbers() -> None:
    assert ask(NOON, "day", measured_light=numbers("night")).outcome.kind == "consistent"


def test_the_edge_of_the_place_may_save_the_claim() -> None:
    """Day was seen; the sun at the middle stands at -6.6, at the western edge above -6."""
    sunk = Window(
        start=DAY + timedelta(hours=15, minutes=19), end=DAY + timedelta(hours=15, minutes=19)
    )
    small = run(daylight, {"place": BAGHDAD, "window": sunk, "light": Light(seen="day")})
    wide = BAGHDAD.model_copy(update={"radius_m": 150_000.0})
    large = run(daylight, {"place": wide, "window": sunk, "light": Light(seen="day")})
    assert small.outcome.kind == "inconsistent"
    assert large.outcome.kind == "inconclusive"


def test_place_and_time_are_tested_together(claim: Callable[..., Claim], when: Any) -> None:
    claims = (
        claim(id="r1.c1", type="place", where={"text": "the base"}),
        claim(id="r1.c2", when=when("2021-09-28", "2021-09-28")),
        claim(id="r1.c3", type="description"),
    )
    assert [ref.id for ref in ask(NOON, "day", claims=claims).tests] == ["r1.c1", "r1.c2"]


def test_the_figure_is_drawn_from_the_inputs_alone() -> None:
    one, other = ask(NOON, "day").figures, ask(NOON, "day").figures
    assert one == other
    assert one[0].data.startswith(b"<svg ")
    for word in (b"<script", b"href", b"http://", b"style="):
        assert word not in one[0].data.replace(b"http://www.w3.org/2000/svg", b"")
    assert ask(Window(start=DAY, end=DAY + timedelta(days=9)), "day").figures == ()


def test_beyond_its_years_the_check_breaks_openly() -> None:
    old = Window(start=datetime(1931, 1, 1, tzinfo=UTC), end=datetime(1931, 1, 2, tzinfo=UTC))
    result = ask(old, "day")
    assert result.outcome.kind == "could_not_run"
    assert "1950 to 2050" in result.outcome.error  # type: ignore[union-attr]
