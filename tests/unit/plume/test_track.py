"""A camera's own way: what is read, and the range that follows from it."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from firsthand.app.plume import PlumeAsked, travel_of
from firsthand.errors import InputError
from firsthand.evidence.track import read_track
from firsthand.measure.plume.given import Given, Sure
from firsthand.measure.plume.horizon import Horizon
from firsthand.measure.plume.motion import Motion
from firsthand.measure.plume.ranging import Ranged, range_by_travel
from firsthand.measure.plume.travel import Travel

WIDTH, HEIGHT, HFOV = 640, 360, 55.0
FOCAL = WIDTH / 2 / np.tan(np.radians(HFOV / 2))
TIMES = np.arange(41) / 5


def _clip(
    distance: float, speed: float, *, along: bool = False, noise_px: float = 0.0, heading: float = 0
) -> tuple[list[Any], Any, Motion, Travel]:
    """A foot straight ahead at the middle, seen from a car that drives across (or along)."""
    rng = np.random.default_rng(5)
    t = TIMES - TIMES.mean()
    way = speed * t
    east, north = (0 * way, way) if along else (way, 0 * way)
    bearing = np.arctan2(-east, distance - north)
    yaw = np.radians(3) * np.sin(t)  # the hand that holds it turns
    roots = WIDTH / 2 + FOCAL * np.tan(bearing - yaw) + noise_px * rng.standard_normal(len(t))
    line = Horizon(HEIGHT / 2, 0.0, 0.5, True, np.full(WIDTH, np.nan))
    scenes = [SimpleNamespace(above=np.zeros((HEIGHT, WIDTH), bool), horizon=line) for _ in t]
    found = SimpleNamespace(frames=list(range(len(t))), roots=roots.tolist())
    motion = Motion([np.eye(2, 3)] * len(t), [20] * len(t))
    turn = np.radians(heading)
    e = east * np.cos(turn) + north * np.sin(turn)
    n = north * np.cos(turn) - east * np.sin(turn)
    travel = Travel(
        tuple(TIMES), tuple(e + 500), tuple(n - 900), tuple(np.degrees(yaw) + heading), 0.5, 0.1
    )
    return scenes, found, motion, travel


def _ranged(distance: float, speed: float, **more: Any) -> Ranged:
    scenes, found, motion, travel = _clip(distance, speed, **more)
    given = Given(hfov_deg=Sure(HFOV, 0.3), travel=travel)
    return range_by_travel(scenes, TIMES, found, motion, given)


@pytest.mark.parametrize("distance", [400.0, 1200.0, 2500.0])
@pytest.mark.parametrize("heading", [0, 130, 359])
def test_a_foot_seen_from_a_moving_car_is_ranged(distance: float, heading: int) -> None:
    ranged = _ranged(distance, 20.0, noise_px=1.0, heading=heading)
    assert ranged.distance is not None
    assert ranged.distance.value == pytest.approx(distance, rel=0.08)
    assert ranged.distance.low < distance < ranged.distance.high
    assert ranged.sure is not None


def test_more_doubt_makes_a_wider_interval() -> None:
    narrow, wide = (_ranged(1200.0, 20.0, noise_px=noise).distance for noise in (0.5, 6.0))
    assert narrow is not None
    assert wide is not None
    assert wide.width > 1.2 * narrow.width


def test_a_way_along_the_view_or_too_short_tells_no_distance() -> None:
    along = _ranged(1500.0, 15.0, along=True, noise_px=1.0)
    assert along.distance is None
    assert along.reason == "track_parallax_too_small"
    assert _ranged(1500.0, 0.2).reason == "track_too_short"
    far = _ranged(40_000.0, 10.0, noise_px=1.0)
    assert far.distance is None
    assert far.at_least_m is not None
    assert far.at_least_m < 40_000


def test_without_the_turning_nothing_is_told() -> None:
    scenes, found, motion, travel = _clip(1200.0, 20.0)
    bare = Travel(travel.t_s, travel.east_m, travel.north_m)
    ranged = range_by_travel(scenes, TIMES, found, motion, Given(travel=bare))
    assert ranged == Ranged(reason="track_needs_turning")


def test_a_track_that_ends_early_is_not_used() -> None:
    scenes, found, motion, travel = _clip(1200.0, 20.0)
    late = Travel(tuple(t + 5 for t in travel.t_s), travel.east_m, travel.north_m)
    ranged = range_by_travel(scenes, TIMES, found, motion, Given(travel=late))
    assert ranged.reason == "track_does_not_cover_clip"


def test_gpx_and_csv_give_the_same_way() -> None:
    fixes = [(33.0, 44.0), (33.0, 44.001), (33.001, 44.001)]
    points = "".join(
        f'<trkpt lat="{lat}" lon="{lon}"><time>2021-09-28T09:30:0{k}Z</time></trkpt>'
        for k, (lat, lon) in enumerate(fixes)
    )
    gpx = (
        f'<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{points}</trkseg></trk></gpx>'
    )
    csv = "t_s,lat,lon,heading_deg\n" + "".join(
        f"{k},{lat},{lon},{(350 + 10 * k) % 360}\n" for k, (lat, lon) in enumerate(fixes)
    )
    one = travel_of(gpx.encode(), PlumeAsked(track_start="2021-09-28T12:30:00+03:00"))
    two = travel_of(csv.encode(), PlumeAsked(track_sd="2:0.5"))
    assert one.t_s == two.t_s == (0, 1, 2)
    assert one.east_m == two.east_m
    assert one.east_m[1] == pytest.approx(93.3, abs=0.2)
    assert one.north_m[2] == pytest.approx(111.2, abs=0.2)
    assert (two.sd_m, two.heading_drift_deg) == (2, 0.5)
    assert one.heading_deg is None
    assert np.degrees(two.headings(np.array([1.5]))) == pytest.approx([365])


def test_a_clock_that_is_not_the_clips_is_asked_for() -> None:
    data = b"time,lat,lon\n2021-09-28T09:30:00Z,33,44\n2021-09-28T09:30:09Z,33,44.1\n"
    assert read_track(data).absolute
    with pytest.raises(InputError, match="when the clip starts"):
        travel_of(data, PlumeAsked())
