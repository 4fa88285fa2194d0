"""More doubt never makes an answer firmer: no interval narrows, no contradiction appears."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.checks.base import CheckResult
from firsthand.checks.registry import run
from firsthand.checks.sightline import sightline
from firsthand.checks.sun import sun
from firsthand.measure.base_rate import share_of_windows
from firsthand.measure.earth import distance
from firsthand.records import Angle, Length, Place, Window

AT = datetime(2021, 9, 28, 9, tzinfo=UTC)
PLACE = Place(latitude_deg=33.26, longitude_deg=44.23, radius_m=500.0)
WINDOW = Window(start=AT - timedelta(minutes=20), end=AT + timedelta(minutes=20))
ANGLES = st.floats(0, 359)
SD = st.floats(0.5, 8)
GROWN = st.floats(1, 4)


def low(result: CheckResult) -> float:
    return result.lr.low if result.lr else 1.0


def p(result: CheckResult) -> float:
    return 1.0 if result.p_value is None else result.p_value


@settings(max_examples=20)
@given(ANGLES, st.floats(5, 80), SD, GROWN)
def test_a_vaguer_measurement_is_never_firmer(
    azimuth: float, height: float, sd: float, grown: float
) -> None:
    one, vaguer = (
        run(
            sun,
            {
                "place": PLACE,
                "window": WINDOW,
                "shadow_azimuth": Angle(value_deg=azimuth, sd_deg=deg),
                "sun_elevation": Angle(value_deg=height, sd_deg=deg),
            },
        )
        for deg in (sd, sd * grown)
    )
    assert p(vaguer) >= p(one) - 1e-9
    assert low(vaguer) <= max(low(one), 1.0) + 1e-6 or one.outcome.kind == "inconsistent"
    if one.outcome.kind != "inconsistent":
        assert vaguer.outcome.kind != "inconsistent"


@settings(max_examples=12)
@given(ANGLES, st.floats(1, 10), st.floats(1, 30))
def test_a_wider_claim_is_never_contradicted_by_what_fits_the_narrow_one(
    azimuth: float, hours: float, kilometres: float
) -> None:
    wide = Window(start=WINDOW.start - timedelta(hours=hours), end=WINDOW.end)
    vague = PLACE.model_copy(update={"radius_m": PLACE.radius_m + 1000 * kilometres})
    seen = {"shadow_azimuth": Angle(value_deg=azimuth, sd_deg=2.0)}
    narrow = run(sun, {"place": PLACE, "window": WINDOW, **seen})
    for place, window in ((vague, WINDOW), (PLACE, wide)):
        wider = run(sun, {"place": place, "window": window, **seen})
        if narrow.outcome.kind != "inconsistent":
            assert wider.outcome.kind != "inconsistent"


@given(st.floats(100, 80_000), st.floats(5, 300), st.floats(1, 50), GROWN)
def test_a_vaguer_height_is_never_out_of_sight_where_the_known_one_is_not(
    away: float, top: float, sd: float, grown: float
) -> None:
    camera = Place(
        latitude_deg=PLACE.latitude_deg - away / 111_195,
        longitude_deg=PLACE.longitude_deg,
        radius_m=20.0,
    )
    one, vaguer = (
        run(
            sightline,
            {
                "place": PLACE,
                "camera_position": camera,
                "top_height": Length(value_m=top, sd_m=metres),
            },
        ).outcome.kind
        for metres in (sd, sd * grown)
    )
    if vaguer == "inconsistent":
        assert one == "inconsistent"
    if vaguer == "consistent":
        assert one == "consistent"


@given(st.floats(-60, 60), st.floats(-170, 170), st.floats(0, 1), st.floats(0, 1))
def test_a_distance_holds_what_it_says(lat: float, lon: float, dlat: float, dlon: float) -> None:
    found = distance(lat, lon, lat + dlat, lon + dlon)
    assert found.low <= found.value <= found.high


@given(st.integers(1, 12), st.integers(2, 5))
def test_a_shorter_record_says_less_of_how_often_it_burns(every: int, times: int) -> None:
    """The same share of days over fewer years: a wider interval."""
    short, long = 400, 400 * times
    one, more = (
        share_of_windows(range(0, days, 10 * every), 0, days, 1, (days + 10, days + 12))
        for days in (short, long)
    )
    if one is not None and more is not None:
        assert one.high - one.low >= (more.high - more.low) * 0.95
