"""The picture's own numbers nearly always say "cannot tell"."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from firsthand.measure.light import FrameLight, read_light, sky_luminance_cd_m2

BLUE = FrameLight(
    t_s=0.0, sky_luma=0.7, sky_blue=0.15, sky_texture=0.01, ground_luma=0.4, clipped=0.0
)
DARK = FrameLight(
    t_s=0.0, sky_luma=0.01, sky_blue=0.0, sky_texture=0.01, ground_luma=0.02, clipped=0.0
)


def clip(frame: FrameLight, count: int = 8) -> list[FrameLight]:
    return [replace(frame, t_s=float(n)) for n in range(count)]


def test_a_dark_picture_is_never_night() -> None:
    assert read_light(clip(DARK)).seen == "cannot_tell"


def test_a_bright_picture_is_not_day() -> None:
    assert read_light(clip(replace(BLUE, sky_blue=0.0))).seen == "cannot_tell"
    assert read_light(clip(replace(BLUE, sky_texture=0.2))).seen == "cannot_tell"
    assert read_light(clip(replace(BLUE, clipped=0.3))).seen == "cannot_tell"


def test_blue_sky_over_a_lit_ground_reads_as_day_with_its_doubts() -> None:
    reading = read_light(clip(BLUE))
    assert reading.seen == "day"
    assert any("twilight" in str(doubt) for doubt in reading.doubts)


def test_brightness_by_itself_reads_as_nothing() -> None:
    assert read_light([FrameLight(t_s=n, sky_luma=0.7) for n in range(9)]).seen == "cannot_tell"


def test_one_frame_that_differs_or_too_few_frames_undo_it() -> None:
    assert read_light([*clip(BLUE), DARK]).seen == "cannot_tell"
    assert read_light(clip(BLUE, 4)).seen == "cannot_tell"
    assert read_light([]).seen == "cannot_tell"


def test_a_stated_exposure_counts_only_over_a_marked_sky() -> None:
    noon = replace(BLUE, sky_blue=0.0, exposure_ev100=14.0)
    assert read_light(clip(noon)).seen == "cannot_tell"
    assert read_light(clip(replace(noon, sky_marked=True))).seen == "day"


def test_street_and_twilight_exposures_stay_silent() -> None:
    for ev in np.arange(-4.0, 9.0):
        grey = replace(BLUE, sky_blue=0.0, sky_luma=0.46, exposure_ev100=float(ev), sky_marked=True)
        assert read_light(clip(grey)).seen == "cannot_tell"


def test_a_sky_as_dark_as_starlight_is_night() -> None:
    stars = replace(DARK, exposure_ev100=-5.0, sky_marked=True)
    assert read_light(clip(stars)).seen == "night"
    assert read_light([*clip(stars), replace(DARK, t_s=9.0)]).seen == "cannot_tell"


def test_luminance_of_mid_grey_is_what_the_meter_says() -> None:
    """K = 12.5: at EV100 15 mid-grey has 4096 cd/m2."""
    grey = replace(BLUE, sky_luma=0.4614, exposure_ev100=15.0, sky_marked=True)
    assert sky_luminance_cd_m2(grey) == pytest.approx(4096, rel=0.01)
