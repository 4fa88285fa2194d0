"""Clips whose smoke another program knows, and clips without any."""

import json
from pathlib import Path

import numpy as np
import pytest

from firsthand.measure.plume.given import Given, Sure
from firsthand.measure.plume.measure import measure_frames
from firsthand.measure.plume.travel import Travel

pytestmark = pytest.mark.shared


def _given(truth: dict, rng: np.random.Generator, *, marked: bool) -> Given:
    """Inputs anywhere inside their stated doubt."""
    frame = truth["frames"][len(truth["frames"]) // 2]
    distance = float(np.hypot(*frame["camera_enu_m"][:2]))

    def drawn(value: float, sd: float) -> Sure:
        return Sure(value + sd * float(rng.uniform(-1, 1)), sd)

    base = box = None
    if marked:
        x, y = truth["frames"][0]["base_px"]
        top_x, top_y = truth["frames"][0]["top_px"]
        base = (x + float(rng.uniform(-3, 3)), y + float(rng.uniform(-3, 3)))
        box = (min(x, top_x) - 60.0, top_y - 15.0, abs(x - top_x) + 120.0, y - top_y + 20.0)
    return Given(
        distance_m=drawn(distance, 0.02 * distance),
        hfov_deg=drawn(truth["hfov_deg"], 0.8),
        heading_deg=drawn(frame["heading_deg"], 3.0),
        wind_from_deg=drawn((truth["wind_to_deg"] + 180) % 360, 8.0),
        camera_height_m=1.7,
        base=base,
        box=box,
        claim_m=(100.0, 1000.0),
    )


@pytest.mark.parametrize("marked", [False, True], ids=["proposed", "marked"])
@pytest.mark.parametrize("name", ["d1", "d2"])
def test_the_height_is_the_simulations_within_a_tenth_and_inside_the_interval(
    shared: Path, frames_of, name: str, marked: bool
) -> None:
    truth = json.loads((shared / "data" / "plume" / f"{name}.json").read_text())
    frames, times, width = frames_of(f"{name}.mp4")
    at = [frame["t_s"] for frame in truth["frames"]]
    tops = [frame["top_m"] for frame in truth["frames"]]
    height = float(np.interp((times[0] + times[-1]) / 2, at, tops))
    for seed in range(2):
        given = _given(truth, np.random.default_rng(seed), marked=marked)
        answer = measure_frames(frames, times, given, full_width=width)
        assert answer.outcome == "measured"
        assert answer.proposed == (() if marked else ("base", "box"))
        assert answer.height is not None
        assert answer.height.value == pytest.approx(height, rel=0.10)
        assert answer.height.low <= height <= answer.height.high
        assert answer.claim is not None
        assert answer.claim.verdict == "consistent"
        near, far = answer.needs_range_m
        assert near < truth["distance_m"] < far


def test_the_smoke_of_d1_is_far_darker_than_that_of_d2(frames_of) -> None:
    dark, light = (
        measure_frames(frames, times, Given(), full_width=width).darkness
        for frames, times, width in (frames_of("d1.mp4"), frames_of("d2.mp4"))
    )
    assert dark.ratio < 0.15 < light.ratio


def test_a_rerun_gives_the_same_bits(frames_of) -> None:
    frames, times, width = frames_of("d1.mp4")
    given = Given(distance_m=Sure(1800, 40))
    one = measure_frames(frames, times, given, full_width=width)
    measure_frames(*frames_of("d2.mp4")[:2], Given())
    two = measure_frames(frames, times, given, full_width=width)
    assert one.height == two.height
    assert one.tops_px == two.tops_px
    assert one.budget == two.budget


def test_the_top_of_the_still_is_where_the_light_begins(shared: Path, frames_of) -> None:
    frames, times, width = frames_of("sabancaya_plume.jpg")
    (x, y), *_ = measure_frames(frames, times, Given(), full_width=width).tops_px
    # By a rule of its own: the first row where the ash outshines its row by forty levels.
    still = frames[0].astype(float).mean(axis=2)
    scale = width / frames[0].shape[1]
    columns = slice(round(300 / scale), round(600 / scale))
    bright = still[:, columns] > np.median(still, axis=1)[:, None] + 40
    row = int(np.flatnonzero(bright.sum(axis=1) >= 3)[0]) * scale
    assert abs(y - row) <= 15
    assert 380 < x < 560


@pytest.mark.parametrize("name", ["pyronear_test_bg.mp4", "moviepy_fire2.mp4"])
def test_no_smoke_is_made_up(frames_of, name: str) -> None:
    frames, times, _ = frames_of(name)
    answer = measure_frames(frames, times, Given(distance_m=Sure(1000, 50)))
    assert answer.outcome == "cannot_tell"
    assert "no_plume_found" in answer.reasons
    assert answer.height is None
    assert answer.tops_px == ()


def test_smoke_before_a_black_ground_is_found(frames_of) -> None:
    frames, times, width = frames_of("pyronear_test_smoke.mp4")
    answer = measure_frames(frames, times, Given(), full_width=width)
    assert answer.reasons == ("too_few_ground_points", "no_range")
    assert 400 < answer.tops_px[-1][0] < 700


def test_the_way_of_d1_bounds_its_distance_and_no_claim_is_needed(shared: Path, frames_of) -> None:
    truth = json.loads((shared / "data" / "plume" / "d1.json").read_text())
    frames, times, width = frames_of("d1.mp4")
    log = truth["frames"]
    travel = Travel(
        t_s=tuple(one["t_s"] for one in log),
        east_m=tuple(one["camera_enu_m"][0] for one in log),
        north_m=tuple(one["camera_enu_m"][1] for one in log),
        heading_deg=tuple(one["heading_deg"] for one in log),
        sd_m=0.3,
        heading_drift_deg=0.05,
    )
    given = Given(hfov_deg=Sure(truth["hfov_deg"], 0.5), travel=travel)
    answer = measure_frames(frames, times, given, full_width=width)
    distance = float(np.hypot(*log[len(log) // 2]["camera_enu_m"][:2]))
    # 47 m of way against 1.8 km: a range with a wide interval, or its lower end alone.
    low = answer.track_at_least_m if answer.track_range is None else answer.track_range.low
    assert low is not None
    assert 0.5 * distance < low < distance
    assert answer.track_range is None or answer.track_range.high > distance
