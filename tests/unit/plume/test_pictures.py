"""Pictures drawn by hand: a sky, a ground, and what stands before it."""

import cv2
import numpy as np
import pytest

from firsthand.measure.plume.edges import root_column, top_edge
from firsthand.measure.plume.find import plausible
from firsthand.measure.plume.given import Given, Sure
from firsthand.measure.plume.horizon import find_horizon
from firsthand.measure.plume.measure import measure_frames
from firsthand.measure.plume.segment import candidates, look

HEIGHT, WIDTH = 270, 480


def _scene(row: float = 200.0, slope: float = 0.0, seed: int = 0, roofs: bool = True) -> np.ndarray:
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(float)
    line = row + slope * (x - WIDTH / 2)
    sky = np.stack([70 + 0.3 * y, 100 + 0.3 * y, 160 + 0.2 * y], axis=-1)
    ground = np.array([150.0, 130, 100]) + rng.normal(0, 8, (HEIGHT, WIDTH, 1))
    share = np.clip(y - line + 0.5, 0, 1)[..., None]
    picture = sky * (1 - share) + ground * share + rng.normal(0, 1.0, (HEIGHT, WIDTH, 3))
    for k in range(0, WIDTH if roofs else 0, 37):
        wide = int(rng.integers(6, 14))
        top = int(row + slope * (k - WIDTH / 2)) - int(rng.integers(2, 5))
        picture[top : top + 8, k : k + wide] = rng.uniform(60, 220, 3)
    return np.clip(picture, 0, 255).astype(np.uint8)


def _smoke(picture: np.ndarray, top: int, tone: int = 25, lean: int = 30) -> np.ndarray:
    layer = np.zeros(picture.shape[:2], np.float32)
    for share in np.linspace(0, 1, 40):
        centre = (round(220 + lean * share), round(200 - share * (200 - top - 16)))
        cv2.circle(layer, centre, round(6 + 10 * share), 1.0, -1)
    layer = cv2.GaussianBlur(layer, (0, 0), 1.2)[..., None]
    layer[201:] = 0
    return (picture * (1 - layer) + tone * layer).astype(np.uint8)


@pytest.mark.parametrize("slope", [0.0, 0.06, -0.05])
def test_the_horizon_is_found_to_half_a_pixel(slope: float) -> None:
    horizon = find_horizon(_scene(191.3, slope))
    assert horizon is not None
    assert horizon.flat
    assert horizon.row == pytest.approx(191.3, abs=0.6)
    assert horizon.slope == pytest.approx(slope, abs=0.003)


def test_where_no_ground_is_there_is_no_horizon() -> None:
    assert find_horizon(np.full((HEIGHT, WIDTH, 3), 120, np.uint8)) is None


@pytest.mark.parametrize("tone", [25, 235])
def test_the_top_of_smoke_is_found_to_a_pixel_and_a_half(tone: int) -> None:
    scene = look(_smoke(_scene(), 90, tone))
    (piece,) = [one for one in candidates(scene) if plausible(scene, one)]
    edge = top_edge(scene, piece, 0.45)
    assert edge.y == pytest.approx(90, abs=1.6)
    assert edge.x == pytest.approx(250, abs=6)
    assert root_column(scene, piece) == pytest.approx(220, abs=8)


def test_a_pole_before_the_smoke_does_not_raise_it() -> None:
    picture = _smoke(_scene(), 90)
    picture[30:215, 246:256] = (140, 140, 140)
    scene = look(picture)
    piece = max(candidates(scene), key=lambda one: one.area)
    assert top_edge(scene, piece, 0.32).y == pytest.approx(90, abs=4)


@pytest.mark.parametrize(
    "box",
    [(200, 150, 214, 201), (100, 120, 400, 201), (150, 60, 260, 110), (200, 100, 260, 201)],
    ids=["chimney", "bank", "cloud", "wall"],
)
def test_what_is_no_smoke_is_not_taken_for_it(box: tuple[int, int, int, int]) -> None:
    picture = _scene(roofs=False)
    left, top, right, bottom = box
    picture[top:bottom, left:right] = (90, 80, 70)
    scene = look(picture)
    assert [one for one in candidates(scene) if plausible(scene, one)] == []


def _clip(tops: list[int]) -> list[np.ndarray]:
    return [_smoke(_scene(), top, lean=30 + k) for k, top in enumerate(tops)]


def test_a_clip_with_a_top_that_leaves_gives_a_lower_bound() -> None:
    frames = _clip([2] * 9)
    answer = measure_frames(
        frames, [0.2 * k for k in range(9)], Given(Sure(1000, 30), Sure(60, 1), base=(220, 201))
    )
    assert answer.outcome == "lower_bound"
    assert "top_leaves_frame" in answer.reasons
    assert answer.high_m is None
    assert answer.height is None
    assert answer.low_m > 100


def test_wind_along_the_view_gives_bounds_only() -> None:
    given = Given(
        Sure(1000, 30), Sure(60, 1), base=(220, 201), heading_deg=Sure(0, 3),
        wind_from_deg=Sure(200, 5),
    )  # fmt: skip
    answer = measure_frames(_clip([90] * 9), [0.2 * k for k in range(9)], given)
    assert answer.outcome == "lower_bound"
    assert answer.reasons == ("wind_along_view",)
    assert answer.low_m < answer.high_m


def test_a_top_that_rises_has_a_rate_and_a_still_one_has_none() -> None:
    times = [0.2 * k for k in range(11)]
    given = Given(Sure(1000, 20), Sure(60, 1), base=(220, 201))
    rising = measure_frames(_clip([100 - 2 * k for k in range(11)]), times, given)
    # 10 pixels a second at 1 km and a focal length of 416 pixels.
    assert rising.rise.value == pytest.approx(24, rel=0.15)
    assert rising.rise.low > 0
    still = measure_frames(_clip([90] * 11), times, given)
    assert still.rise.low < 0 < still.rise.high


def test_the_same_picture_over_and_over_is_no_smoke_unless_a_person_says_so() -> None:
    frames = [_smoke(_scene(), 90)] * 11
    times = [0.2 * k for k in range(11)]
    assert "nothing_moves" in measure_frames(frames, times, Given()).reasons
    marked = measure_frames(frames, times, Given(base=(220, 201)))
    assert "no_plume_found" not in marked.reasons


def test_no_frames_and_no_sky_are_said() -> None:
    assert measure_frames([], [], Given()).reasons == ("no_frames",)
    noise = np.random.default_rng(0).integers(0, 255, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    assert "no_plume_found" in measure_frames([noise] * 3, [0, 0.2, 0.4], Given()).reasons


def _drifting(px_a_frame: float) -> list[np.ndarray]:
    """Smoke with a texture that goes aside and up as one, before a ground that stands."""
    rng = np.random.default_rng(4)
    patch = cv2.GaussianBlur(rng.normal(0, 1, (400, 400)).astype(np.float32), (0, 0), 5)
    patch *= 40 / patch.std()
    frames = []
    for k in range(16):
        picture = _scene()
        layer = np.zeros(picture.shape[:2], np.float32)
        for share in np.linspace(0, 1, 40):
            x = 210 + 40 * share + px_a_frame * k * share
            cv2.circle(layer, (round(x), round(200 - 105 * share)), round(8 + 18 * share), 1.0, -1)
        layer = cv2.GaussianBlur(layer, (0, 0), 1.5)
        layer[201:] = 0
        shift = np.float32([[1, 0, -100 + px_a_frame * k], [0, 1, -100]])
        tone = 45 + cv2.warpAffine(patch, shift, (WIDTH, HEIGHT))
        share = layer[..., None]
        frames.append(np.clip(picture * (1 - share) + tone[..., None] * share, 0, 255))
    return [frame.astype(np.uint8) for frame in frames]


@pytest.mark.parametrize(("px", "side"), [(1.2, "right"), (-0.8, "left")])
def test_the_drift_of_the_heads_texture_is_told(px: float, side: str) -> None:
    given = Given(Sure(1000, 20), Sure(60, 1), base=(215, 201), heading_deg=Sure(90, 3))
    answer = measure_frames(_drifting(px), [0.2 * k for k in range(16)], given)
    assert answer.drift_side == side
    # 5 frames a second, 1 km, a focal length of 416 pixels.
    assert answer.drift.value == pytest.approx(abs(px) * 5 * 1000 / 416, rel=0.15)
    assert answer.drift.low < abs(px) * 5 * 1000 / 416 < answer.drift.high
    assert answer.drift_to_deg == ((90, 270) if side == "right" else (270, 90))


def test_smoke_that_stands_has_no_speed() -> None:
    answer = measure_frames(
        _drifting(0.0), [0.2 * k for k in range(16)], Given(Sure(1000, 20), base=(215, 201))
    )
    assert answer.drift is None
