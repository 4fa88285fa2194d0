"""The sun as measured in a picture, held against a place and time, or mapped; without a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from firsthand.app.asked import read_angle, read_instant, read_place
from firsthand.app.measuring import sun_at
from firsthand.app.sun_map_files import write_map
from firsthand.errors import InputError, InvalidTime
from firsthand.evidence.clocks import clocks_ahead_h, offset_h, places_with_clock
from firsthand.evidence.coast import land_cells
from firsthand.measure.sun_claim import ALPHA, SunSeen, allowed_spans, hold_claim, on_slope
from firsthand.measure.sun_image import Horizon, ImageSun, Known, Upright, View, sun_from_image
from firsthand.measure.sun_map import Shot, sun_region
from firsthand.records import Place, Quantity, Window, format_instant

__all__ = ["AskedSun", "measured_sun"]

DEFAULT_RADIUS_M: Final = 1000.0
EARTH_KM2: Final = 510_072_000.0


@dataclass(frozen=True)
class AskedSun:
    """The options of `firsthand sun` as typed."""

    at: str | None = None
    time: str | None = None
    radius_m: float = DEFAULT_RADIUS_M
    slack_min: float = 0.0
    date: str | None = None
    shadow_azimuth: str | None = None
    elevation: str | None = None
    ratio: str | None = None
    heading: str | None = None
    size: str | None = None
    base: Sequence[str] = ()
    top: Sequence[str] = ()
    tip: Sequence[str] = ()
    hfov: str | None = None
    pitch: str | None = None
    roll: str | None = None
    horizon: str | None = None
    click_sd_px: float = 2.0
    clock: str | None = None
    step_deg: float = 0.1
    maps: Sequence[Path] = ()
    also: Sequence[str] = ()
    slope: str | None = None
    land: bool = False
    zone: str | None = None


def measured_sun(asked: AskedSun) -> dict[str, Any]:
    """`firsthand sun`: position, the picture's sun, the claim test, clock spans and the map.

    Raises:
        InputError: options that do not go together, or values that cannot be.
    """
    answer: dict[str, Any] = {}
    if asked.at is not None and asked.time is not None:
        answer |= sun_at(asked.at, asked.time)
    image = _image(asked)
    if image is not None:
        answer["image"] = {
            "elevation_deg": _plain(image.elevation_deg),
            "azimuth_from_view_deg": _plain(image.azimuth_from_view_deg),
            "misfit_p": round(image.misfit_p, 6),
        }
    seen = _seen(asked, image)
    if seen.count == 0 and not answer:
        raise InputError(
            "Nothing was asked.",
            "Give --at and --time, a measured sun, or points of a picture; see --help.",
        )
    if seen.count == 0:
        return answer
    answer["measured"] = {
        name: None if pair is None else {"value": round(pair[0], 4), "sd": round(pair[1], 4)}
        for name, pair in (
            ("azimuth_deg", seen.azimuth),
            ("elevation_deg", seen.elevation),
            ("ratio", seen.ratio),
        )
    }
    if asked.at is not None and asked.time is not None:
        answer["claim"] = _claim(asked, seen)
    if asked.at is not None and asked.date is not None:
        answer["spans"] = _spans(asked, seen)
    if asked.at is None or asked.maps:
        answer |= _map(asked, seen)
    return answer


def _plain(value: Quantity) -> dict[str, float]:
    return {"value": value.value, "low": value.low, "high": value.high}


def _numbers(text: str, count: int, what: str) -> list[float]:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != count or not all(np.isfinite(numbers)):
        raise InputError(f"{text!r} is no {what}.", f"Write {count} numbers with commas between.")
    return numbers


def _known(text: str | None) -> Known | None:
    return None if text is None else Known(*read_angle(text))


def _image(asked: AskedSun) -> ImageSun | None:
    if not (asked.base or asked.top or asked.tip):
        return None
    if not len(asked.base) == len(asked.top) == len(asked.tip):
        raise InputError(
            "Each object needs its foot, its top and its shadow's tip.",
            "Give --base, --top and --tip equally often, object by object.",
        )
    hfov = _known(asked.hfov)
    if asked.size is None or hfov is None:
        raise InputError(
            "Points of a picture need its size and field of view.",
            "Give --size W,H and --hfov-deg F:SD.",
        )
    if not 0 < asked.click_sd_px < 1000:
        raise InputError("A click is off by some pixels.", "Give --click-sd-px, like 2.")
    width, height = _numbers(asked.size, 2, "size")
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise InputError(f"{asked.size!r} is no size.", "Write W,H in pixels.")
    horizon = None
    if asked.horizon is not None:
        x1, y1, x2, y2 = _numbers(asked.horizon, 4, "horizon")
        horizon = Horizon((x1, y1), (x2, y2))
    view = View(
        width,
        height,
        hfov,
        _known(asked.pitch),
        _known(asked.roll),
        horizon,
        asked.click_sd_px,
    )
    marks = zip(asked.base, asked.top, asked.tip, strict=True)
    objects = [Upright(*(_point(text) for text in one)) for one in marks]
    return sun_from_image(view, objects)


def _point(text: str) -> tuple[float, float]:
    x, y = _numbers(text, 2, "point")
    return x, y


def _seen(asked: AskedSun, image: ImageSun | None) -> SunSeen:
    azimuth = None
    if asked.shadow_azimuth is not None:
        value, sd = read_angle(asked.shadow_azimuth)
        azimuth = ((value + 180) % 360, sd)
    elevation = None if asked.elevation is None else read_angle(asked.elevation)
    if image is not None and elevation is None:
        elevation = (image.elevation_deg.value, image.elevation_sd_deg)
    if image is not None and azimuth is None and asked.heading is not None:
        value, sd = read_angle(asked.heading)
        turned = (value + image.azimuth_from_view_deg.value) % 360
        azimuth = (turned, float(np.hypot(sd, image.azimuth_sd_deg)))
    ratio = None
    if asked.slope is not None and asked.ratio is None:
        raise InputError(
            "A slope goes with a shadow's ratio alone.",
            "Points of a picture are taken on level ground; an elevation is what it is.",
        )
    if asked.ratio is not None:
        ratio = read_angle(asked.ratio)
        if ratio[0] <= 0:
            raise InputError(
                "A shadow's ratio is above 0.", "Give length over height, like 1.2:0.1."
            )
        if asked.slope is not None:
            if elevation is not None:
                raise InputError(
                    "With a slope the ratio gives the sun's height, and one is given already.",
                    "Leave out --elevation-deg or --slope-deg.",
                )
            elevation, ratio = on_slope(ratio, read_angle(asked.slope)), None
    if elevation is not None and not 0 < elevation[0] <= 90:
        raise InputError(
            f"A sun at {elevation[0]:g} degrees casts no shadow.", "Give 0 to 90 degrees."
        )
    return SunSeen(azimuth, elevation, ratio)


def _place(asked: AskedSun) -> Place:
    latitude, longitude, height = read_place(asked.at or "")
    if not 0 < asked.radius_m <= 2e7:
        raise InputError(f"A radius of {asked.radius_m:g} m cannot be.", "Give metres above 0.")
    return Place(
        latitude_deg=latitude, longitude_deg=longitude, elevation_m=height, radius_m=asked.radius_m
    )


def _claim(asked: AskedSun, seen: SunSeen) -> dict[str, Any]:
    time = read_instant(asked.time or "")
    slack = _slack(asked)
    tested = hold_claim(seen, _place(asked), Window(start=time - slack, end=time + slack))
    return {
        "outcome": "inconsistent" if tested.p <= ALPHA else "fits",
        "p": float(f"{tested.p:.4g}"),
        "alpha": ALPHA,
        "power": _plain(tested.power),
        "best_time": format_instant(datetime.fromtimestamp(round(tested.best_unix_s), UTC)),
    }


def _slack(asked: AskedSun) -> timedelta:
    if not 0 <= asked.slack_min <= 366 * 24 * 60:
        raise InvalidTime(f"{asked.slack_min:g} minutes cannot be.", "Give minutes, 0 or more.")
    return timedelta(minutes=asked.slack_min)


def _spans(asked: AskedSun, seen: SunSeen) -> list[dict[str, str]]:
    """Over the local solar day of that date: when the measured sun can have stood so."""
    place = _place(asked)
    try:
        day = datetime.fromisoformat(asked.date or "").replace(tzinfo=UTC)
    except ValueError:
        raise InvalidTime(f"{asked.date!r} is no date.", "Write it like 2021-09-28.") from None
    start = day - timedelta(hours=place.longitude_deg / 15)
    window = Window(start=start, end=start + timedelta(days=1))
    return [
        {
            "from": format_instant(datetime.fromtimestamp(round(span.start_unix_s), UTC)),
            "to": format_instant(datetime.fromtimestamp(round(span.end_unix_s), UTC)),
        }
        for span in allowed_spans(seen, place, window)
    ]


def _also(text: str, slack: timedelta) -> Shot:
    """Another measured height, `ISO=E:SD`, at the same place."""
    time, equals, height = text.partition("=")
    if not equals:
        raise InputError(
            f"{text!r} is no further sun.", "Write ISO=E:SD, like 2021-09-28T12:00:00Z=30:1."
        )
    return Shot(
        SunSeen(elevation=read_angle(height)),
        read_instant(time).timestamp(),
        slack.total_seconds(),
    )


def _map(asked: AskedSun, seen: SunSeen) -> dict[str, Any]:
    if asked.time is None and asked.clock is None:
        return {}
    ahead = None
    if asked.clock is not None:
        try:
            clock = datetime.fromisoformat(asked.clock)
        except ValueError:
            raise InvalidTime(
                f"{asked.clock!r} is no clock time.", "Write it like 2021-09-28T12:00."
            ) from None
        if clock.tzinfo is not None:
            raise InvalidTime("A clock time names no zone here.", "Give --time for an instant.")
        ahead = clocks_ahead_h(clock)
        at = clock.replace(tzinfo=UTC)
    else:
        at = read_instant(asked.time or "")
    shot = Shot(seen, at.timestamp(), _slack(asked).total_seconds())
    shots = [shot, *(_also(text, _slack(asked)) for text in asked.also)]
    known = []
    if asked.land:
        known.append(land_cells())
    if asked.zone is not None:
        if ahead is not None:
            raise InputError(
                "With a zone a clock time is an instant.", "Give --time with the zone's offset."
            )
        known.append(places_with_clock(at, offset_h(asked.zone, at)))
    region = sun_region(shots, step_deg=asked.step_deg, clock_ahead_h=ahead, within=known)
    for path in asked.maps:
        write_map(region, path)
    return {
        "region": {
            "level": 0.95,
            "share_of_earth": round(region.share, 6),
            "area_km2": round(region.share * EARTH_KM2),
            "step_deg": asked.step_deg,
            "land_only": asked.land,
            "zone": asked.zone,
            "files": [str(path) for path in asked.maps],
        }
    }
