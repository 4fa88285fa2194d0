"""What satellites recorded at a place, without a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from firsthand.app.asked import read_instant, read_place
from firsthand.app.passes import overpasses, read_file
from firsthand.checks.fire_figure import fire_figure
from firsthand.checks.fire_record import (
    ASSUMED,
    FireRecord,
    Watch,
    fire_record,
    watched_until,
)
from firsthand.errors import InputError, InvalidTime
from firsthand.evidence.firms import FirePoint, read_firms
from firsthand.measure.fire_absence import Fire, Sweep
from firsthand.measure.sun import sun_position
from firsthand.records import Place, Quantity, Window, format_instant

__all__ = ["AskedFires", "fires_at", "watch_of"]


@dataclass(frozen=True)
class AskedFires:
    """The options of `firsthand fires` as typed."""

    at: str
    radius_m: float
    start: str
    end: str
    firms: Sequence[Path]
    tle: Path | None = None
    covers: str | None = None
    area_m2: str | None = None
    lasts_h: str | None = None
    cloud: str | None = None
    svg: Path | None = None


def watch_of(text: str, place: Place, window: Window, fire: Fire = ASSUMED) -> Watch:
    """The sweeps of the fire satellites that may see what began in the window."""
    found = overpasses(
        text, place.latitude_deg, place.longitude_deg, window.start, watched_until(window, fire)
    )
    swept = [one for one in found.passes if one.sees_fire and one.seen.swath != "outside"]
    times = np.array([one.at.timestamp() for one in swept])
    high = sun_position(times, place.latitude_deg, place.longitude_deg).elevation_deg
    return Watch(
        sweeps=tuple(
            Sweep(
                t_unix_s=float(time),
                sensor=one.sensor,
                light="day" if sun > 0 else "night",
                pixel_m2=max(one.seen.scan_km * one.seen.track_km, 0.1) * 1e6,
                certain=one.seen.swath == "inside",
            )
            for one, time, sun in zip(swept, times, high, strict=True)
        ),
        names=tuple(one.satellite for one in swept),
        unknown=found.unknown,
    )


def fires_at(asked: AskedFires) -> dict[str, Any]:
    """`firsthand fires`: presence with its base rate, or absence with its joint chance."""
    latitude, longitude, height = read_place(asked.at)
    if not 0 < asked.radius_m <= 500_000:
        raise InputError(f"A radius of {asked.radius_m:g} m cannot be.", "Give 1 m to 500 km.")
    place = Place(
        latitude_deg=latitude, longitude_deg=longitude, elevation_m=height, radius_m=asked.radius_m
    )
    window = Window(start=read_instant(asked.start), end=read_instant(asked.end))
    if window.end < window.start:
        raise InvalidTime("The window ends before it starts.", "Swap --from and --to.")
    fire = Fire(
        start=ASSUMED.start,
        lasts_s=_range(asked.lasts_h, ASSUMED.lasts_s, 3600.0, "duration"),
        area_m2=_range(asked.area_m2, ASSUMED.area_m2, 1.0, "area"),
        kelvin=ASSUMED.kelvin,
        cloud=_cloud(asked.cloud),
    )
    files = [read_firms(read_file(path)) for path in asked.firms]
    watch = None
    if asked.tle is not None:
        text = read_file(asked.tle, 20 * 2**20).decode("utf-8", "replace")
        watch = watch_of(text, place, window, fire)
    record = fire_record(files, place, window, watch=watch, fire=fire, covers=_covers(asked.covers))
    if asked.svg is not None:
        asked.svg.write_bytes(fire_figure(record, window, watch).data)
    return {
        "latitude_deg": latitude,
        "longitude_deg": longitude,
        "radius_m": asked.radius_m,
        "from": format_instant(window.start),
        "to": format_instant(window.end),
        **_record_json(record),
        "sweeps": _sweeps_json(watch, record),
        "unknown": list(watch.unknown) if watch else None,
        "refused_lines": sum(len(file.refused) for file in files),
    }


def _range(
    text: str | None, default: tuple[float, float], unit: float, what: str
) -> tuple[float, float]:
    if text is None:
        return default
    parts = text.split(",")
    try:
        low, high = (float(part) * unit for part in parts)
    except ValueError:
        raise InputError(f"{text!r} is no range of {what}.", "Write LOW,HIGH.") from None
    if not 0 < low <= high < 1e9:
        raise InputError(f"{text!r} is no range of {what}.", "Write LOW,HIGH, above 0.")
    return low, high


def _cloud(text: str | None) -> tuple[float, float]:
    if text is None:
        return ASSUMED.cloud
    try:
        low, high = (float(part) for part in text.split(","))
    except ValueError:
        raise InputError(f"{text!r} is no cloud cover.", "Write LOW,HIGH from 0 to 1.") from None
    if not 0 <= low <= high <= 1:
        raise InputError(f"{text!r} is no cloud cover.", "Write LOW,HIGH from 0 to 1.")
    return low, high


def _covers(text: str | None) -> tuple[date, date] | None:
    if text is None:
        return None
    first, _, last = text.partition("/")
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise InvalidTime(
            f"{text!r} is no span of days.", "Write FIRST/LAST, like 2012-01-01/2021-12-31."
        ) from None


def _quantity(value: Quantity | None) -> dict[str, float] | None:
    return None if value is None else {"value": value.value, "low": value.low, "high": value.high}


def _point(point: FirePoint) -> dict[str, Any]:
    return {
        "at": format_instant(point.at),
        "latitude_deg": point.latitude_deg,
        "longitude_deg": point.longitude_deg,
        "satellite": point.satellite,
        "confidence": point.confidence,
        "frp_mw": point.frp_mw,
    }


def _record_json(record: FireRecord) -> dict[str, Any]:
    absence = record.absence
    return {
        "says": record.says,
        "detections": [_point(point) for point in record.in_window],
        "here_in_all": len(record.here),
        "days_with_fire": len({point.at.date() for point in record.here}),
        "recurrent": record.recurrent,
        "record": [str(record.first), str(record.last)] if record.first else None,
        "base_rate": _quantity(record.base_rate),
        "likelihood_ratio": (
            [round(record.presence.low, 3), round(record.presence.high, 3)]
            if record.presence
            else None
        ),
        "missed_by_all": _quantity(absence.missed) if absence else None,
        "missed_by_plain_product": absence.product if absence else None,
        "why_absence_weighs_nothing": record.why_no_absence or None,
        "speaks_to": "the event, not the footage",
    }


def _sweeps_json(watch: Watch | None, record: FireRecord) -> list[dict[str, Any]] | None:
    if watch is None:
        return None
    in_files = iter(record.absence.each if record.absence else ())
    missed = [next(in_files, None) if name in record.satellites else None for name in watch.names]
    return [
        {
            "satellite": name,
            "at": format_instant(datetime.fromtimestamp(round(sweep.t_unix_s), UTC)),
            "light": sweep.light,
            "certain": sweep.certain,
            "missed": miss,
            "in_files": name in record.satellites,
        }
        for sweep, name, miss in zip(watch.sweeps, watch.names, missed, strict=True)
    ]
