"""Doubt in the claim never turns daylight against it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.checks.daylight import daylight
from firsthand.checks.run import run
from firsthand.records import Light, Place, Window

START = datetime(2000, 1, 1, tzinfo=UTC)
MINUTES_IN_30_YEARS = 30 * 365 * 24 * 60


def outcome(place: Place, window: Window, seen: str) -> str:
    light = Light.model_validate({"seen": seen})
    return run(daylight, {"place": place, "window": window, "light": light}).outcome.kind


PLACES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@settings(max_examples=40)
@given(
    PLACES,
    st.integers(0, MINUTES_IN_30_YEARS),
    st.integers(0, 600),
    st.tuples(st.integers(0, 300), st.integers(0, 300), st.floats(1, 200)),
    st.sampled_from(("day", "twilight", "night")),
)
def test_a_wider_claim_is_never_inconsistent_where_the_narrower_was_not(
    where: tuple[float, float],
    minute: int,
    length: int,
    wider: tuple[int, int, float],
    seen: str,
) -> None:
    start = START + timedelta(minutes=minute)
    end = start + timedelta(minutes=length)
    before, after, times = wider
    place = Place(latitude_deg=where[0], longitude_deg=where[1], radius_m=500.0)
    narrow = outcome(place, Window(start=start, end=end), seen)
    wide = outcome(
        place.model_copy(update={"radius_m": 500.0 * times}),
        Window(start=start - timedelta(minutes=before), end=end + timedelta(minutes=after)),
        seen,
    )
    assert narrow in {"consistent", "inconsistent", "inconclusive"}
    if narrow != "inconsistent":
        assert wide != "inconsistent"


@settings(max_examples=40)
@given(PLACES, st.integers(0, MINUTES_IN_30_YEARS))
def test_some_light_always_fits(where: tuple[float, float], minute: int) -> None:
    """At any instant and place at least one of the three is not inconsistent."""
    at = START + timedelta(minutes=minute)
    place = Place(latitude_deg=where[0], longitude_deg=where[1], radius_m=10.0)
    lights = ("day", "twilight", "night")
    kinds = {outcome(place, Window(start=at, end=at), seen) for seen in lights}
    assert kinds & {"consistent", "inconclusive"}
