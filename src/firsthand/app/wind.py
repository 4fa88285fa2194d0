"""The smoke's drift against recorded wind, without a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from firsthand.app.asked import read_angle, read_instant, read_place
from firsthand.app.passes import read_file
from firsthand.checks.wind import MOST_FOR_A_FIT, PLUME_M, nearest_wind, others
from firsthand.errors import InputError
from firsthand.evidence.weather import (
    WindRecord,
    read_metars,
    read_open_meteo,
    records_of_fields,
)
from firsthand.measure.wind import Drift, compare, would_fit
from firsthand.records import Place, Window, format_instant
from firsthand.sandbox import Box

__all__ = ["AskedWind", "field_reader", "read_weather", "wind_against", "winds_of"]

SIDES: Final = {
    "away": (0.0, 30.0),
    "right": (90.0, 40.0),
    "toward": (180.0, 30.0),
    "left": (270.0, 40.0),
}
"""Words for a drift, each with the doubt that an eye's word carries."""


@dataclass(frozen=True)
class AskedWind:
    """The options of `firsthand wind` as typed."""

    at: str
    time: str
    weather: Sequence[Path]
    heading: str | None = None
    drift: str | None = None
    plume_m: str | None = None
    slack_min: float = 30.0


def read_weather(
    path: Path, place: Place, near: datetime, *, unsandboxed: bool = False
) -> tuple[WindRecord, ...]:
    """The winds of a file, by its content: GRIB, NetCDF (in the sandbox), JSON, METAR lines.

    Raises:
        InputError: no wind in it.
    """
    reader = field_reader(path)
    if reader is not None:
        args = {"latitude_deg": place.latitude_deg, "longitude_deg": place.longitude_deg}
        with Box(unsandboxed=unsandboxed) as box:
            found = box.call(reader, path, args)
        return records_of_fields(found.data["winds"])
    records = winds_of(read_file(path), near)
    if not records:
        raise InputError(
            f"{path.name} holds no wind that can be read.",
            "Give METAR lines, Open-Meteo's JSON, or GRIB or NetCDF with u and v.",
        )
    return records


def field_reader(path: Path) -> str | None:
    """Which function reads the winds of a file of gridded fields, in the sandbox; None: none is."""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"GRIB"):
        return "firsthand.evidence.weather:grib_wind"
    if head.startswith((b"CDF\x01", b"CDF\x02", b"CDF\x05", b"\x89HDF\r\n\x1a\n")):
        return "firsthand.evidence.netcdf:netcdf_wind"
    return None


def winds_of(data: bytes, near: datetime) -> tuple[WindRecord, ...]:
    """The winds of Open-Meteo's JSON or of METAR lines."""
    if data.lstrip().startswith(b"{"):
        return read_open_meteo(data)
    return read_metars(data.decode("utf-8", "replace"), near)


def wind_against(asked: AskedWind, *, unsandboxed: bool = False) -> dict[str, Any]:
    """`firsthand wind`: the wind at the plume's height, the drift it makes, and the comparison."""
    latitude, longitude, height = read_place(asked.at)
    at = read_instant(asked.time)
    place = Place(
        latitude_deg=latitude, longitude_deg=longitude, elevation_m=height, radius_m=1000.0
    )
    if not 0 <= asked.slack_min <= 1440:
        raise InputError(f"{asked.slack_min:g} minutes cannot be.", "Give 0 to 1440.")
    slack = timedelta(minutes=asked.slack_min)
    window = Window(start=at - slack, end=at + slack)
    plume = _plume(asked.plume_m)
    records = [
        record
        for path in asked.weather
        for record in read_weather(path, place, at, unsandboxed=unsandboxed)
    ]
    there = nearest_wind(records, window, place, plume)
    answer: dict[str, Any] = {
        "time": format_instant(at),
        "latitude_deg": latitude,
        "longitude_deg": longitude,
        "records": len(records),
        "plume_m": list(plume),
    }
    if isinstance(there, str):
        return answer | {"wind": None, "outcome": "cannot_tell", "why": there}
    answer["wind"] = {
        "from_deg": round(there.from_deg, 1),
        "sd_deg": round(there.sd_deg, 1),
        "speed_ms": round(there.speed_ms, 1),
    }
    if asked.heading is None:
        return answer | {"outcome": "cannot_tell", "why": "no heading was given"}
    heading, heading_sd = read_angle(asked.heading)
    seen = _drift(asked.drift)
    verdict = compare(there, heading, heading_sd, seen or Drift(0.0, 1.0))
    if verdict.expected is not None:
        value = verdict.expected
        answer["expected_drift_deg"] = {"value": value.value, "low": value.low, "high": value.high}
        answer["expected_words"] = _words(value.value)
    if seen is None:
        return answer | {"outcome": "cannot_tell", "why": "no drift was given"}
    climate = would_fit(others(records, window, place, plume), heading, heading_sd, seen)
    answer["outcome"] = verdict.kind
    answer["why"] = verdict.why or None
    answer["p"] = None if verdict.p is None else float(f"{verdict.p:.4g}")
    answer["share_of_hours_that_fit"] = climate.share.value if climate else None
    answer["ratio_at_most"] = (
        round(min(1 / max(climate.share.value, 0.1), MOST_FOR_A_FIT), 2)
        if climate and verdict.kind == "fits"
        else None
    )
    return answer


def _words(angle_deg: float) -> str:
    right = ("away", "away and right", "right", "toward and right")
    names = (*right, "toward", "toward and left", "left", "away and left")
    return names[round(angle_deg % 360 / 45) % 8]


def _drift(text: str | None) -> Drift | None:
    if text is None:
        return None
    return Drift(*(SIDES[text] if text in SIDES else read_angle(text)))


def _plume(text: str | None) -> tuple[float, float]:
    if text is None:
        return PLUME_M
    try:
        low, high = (float(part) for part in text.split(","))
    except ValueError:
        raise InputError(f"{text!r} is no range of heights.", "Write LOW,HIGH in metres.") from None
    if not 0 <= low <= high <= 20_000:
        raise InputError(f"{text!r} is no range of heights.", "Write LOW,HIGH in metres.")
    return low, high
