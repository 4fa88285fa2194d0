"""Wind as others recorded it: METAR lines, Open-Meteo JSON, GRIB fields.

Direction is where the wind comes from, degrees from true north; speeds are in metres a second.
METAR: WMO-No. 306, code form FM 15. Open-Meteo: https://open-meteo.com/en/docs. GRIB by ecCodes,
inside the sandbox.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO, Final

from firsthand.errors import InputError

__all__ = ["WindRecord", "grib_wind", "read_metars", "read_open_meteo", "records_of_fields"]

MAX_BYTES: Final = 64 * 2**20
MAX_RECORDS: Final = 500_000
MAX_MESSAGES: Final = 5000
MAX_FAR_KM: Final = 300.0
"""A place further than this from every grid point is not in the file."""

_METAR: Final = re.compile(r"^(?:METAR |SPECI )?(?:COR )?[A-Z]{4} \d{6}Z\b")
_PRESSURE_HEIGHT_M: Final = {1000: 110, 925: 760, 850: 1460, 700: 3010, 500: 5570, 400: 7180}
"""Heights of pressure levels in the International Standard Atmosphere (ISO 2533:1975)."""


@dataclass(frozen=True)
class WindRecord:
    """One wind. `from_deg` is None where it was variable; `swing_deg` is a stated range's width.

    `height_m` is above the ground for surface winds, above the sea for pressure levels.
    """

    at: datetime
    from_deg: float | None
    speed_ms: float
    height_m: float
    source: str
    swing_deg: float = 0.0
    visibility_m: float | None = None


def read_metars(text: str, near: datetime) -> tuple[WindRecord, ...]:
    """All METAR lines of a text that give a wind.

    A METAR names day and hour only; month and year are those that bring it nearest to `near`.
    """
    from metar.Metar import Metar, ParserError

    out: list[WindRecord] = []
    for raw in text.splitlines():
        line = raw.strip().rstrip("=")
        if not _METAR.match(line) or len(line) > 500:
            continue
        day = int(re.search(r" (\d{2})\d{4}Z", line)[1])  # type: ignore[index]
        month = _month_of(day, near)
        if month is None:
            continue
        try:
            told = Metar(line, month=month.month, year=month.year, strict=False)
        except (ParserError, ValueError):
            continue
        if told.time is None or told.wind_speed is None:
            continue
        swing = 0.0
        if told.wind_dir_from is not None and told.wind_dir_to is not None:
            swing = (told.wind_dir_to.value() - told.wind_dir_from.value()) % 360
        direction = told.wind_dir.value() % 360 if told.wind_dir is not None else None
        seen = told.vis.value("M") if told.vis is not None else None
        out.append(
            WindRecord(
                at=told.time.replace(tzinfo=UTC),
                from_deg=direction,
                speed_ms=round(float(told.wind_speed.value("MPS")), 2),
                height_m=10.0,
                source=f"METAR {told.station_id}",
                swing_deg=swing,
                visibility_m=None if seen is None else round(float(seen)),
            )
        )
    return tuple(out)


def _month_of(day: int, near: datetime) -> datetime | None:
    """The day of that number that lies nearest to an instant."""
    best: datetime | None = None
    for shift in range(-31, 32):
        one = near + timedelta(days=shift)
        closer = best is None or abs(one - near) < abs(best - near)
        if one.day == day and closer:
            best = one
    return best


def read_open_meteo(data: bytes) -> tuple[WindRecord, ...]:
    """The hourly winds of an Open-Meteo answer, at each height that it has.

    Raises:
        InputError: it is no such answer.
    """
    what = "Give the JSON of Open-Meteo with hourly wind_speed_… and wind_direction_…."
    if len(data) > MAX_BYTES:
        raise InputError("This weather file is larger than 64 MB.", "Cut it down.")
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError("This weather file is no JSON.", what) from error
    hourly = told.get("hourly") if isinstance(told, dict) else None
    if not isinstance(hourly, dict) or not isinstance(hourly.get("time"), list):
        raise InputError("This JSON is no answer of Open-Meteo.", what)
    units = told.get("hourly_units")
    offset = told.get("utc_offset_seconds", 0)
    if not isinstance(offset, int | float) or not math.isfinite(offset):
        raise InputError("This answer states no offset from UTC.", what)
    out: list[WindRecord] = []
    for name, speeds in hourly.items():
        found = re.fullmatch(r"wind_?speed_(\d+)m", name)
        if found is None or not isinstance(speeds, list):
            continue
        turned = name.replace("speed", "direction")
        directions = hourly.get(turned)
        factor = _factor(units.get(name) if isinstance(units, dict) else None)
        if isinstance(directions, list):
            rows = zip(hourly["time"], speeds, directions, strict=False)
            out.extend(_open_meteo_row(row, factor, float(found[1]), offset) for row in rows)
    kept = tuple(one for one in out if one is not None)
    if not kept or len(kept) > MAX_RECORDS:
        raise InputError("This answer of Open-Meteo holds no wind, or too much.", what)
    return kept


def _factor(unit: object) -> float:
    return {"m/s": 1.0, "ms": 1.0, "kn": 0.514444, "mp/h": 0.44704}.get(str(unit), 1 / 3.6)


def _open_meteo_row(
    row: tuple[Any, Any, Any], factor: float, height: float, offset: float
) -> WindRecord:
    time, speed, direction = row
    try:
        at = (
            datetime.fromtimestamp(time, UTC)
            if isinstance(time, int | float)
            else datetime.fromisoformat(str(time)).replace(tzinfo=UTC) - timedelta(seconds=offset)
        )
        speed_ms = float(speed) * factor if speed is not None else 0.0
        turned = None if direction is None else float(direction) % 360
    except (ValueError, TypeError, OverflowError, OSError) as error:
        raise InputError("An hour of this weather file cannot be read.", "Get it anew.") from error
    if not 0 <= speed_ms < 150:
        raise InputError("A wind of this weather file cannot be.", "Get it anew.")
    return WindRecord(at, turned, round(speed_ms, 3), height, "Open-Meteo")


def grib_wind(file: BinaryIO, args: dict[str, Any]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Winds of a GRIB file at the grid point nearest to a place; runs in the sandbox.

    Args:
        file: The open file.
        args: `latitude_deg`, `longitude_deg`.

    Raises:
        InputError: no GRIB, or no pair of wind components in it.
    """
    import eccodes

    parts: dict[tuple[str, int, str], dict[str, float]] = {}
    names = {"10u": "u", "10v": "v", "u": "u", "v": "v", "100u": "u", "100v": "v"}
    for _ in range(MAX_MESSAGES):
        try:
            message = eccodes.codes_grib_new_from_file(file)
        except eccodes.CodesInternalError as error:
            raise InputError("This GRIB file is broken.", "Get it anew.") from error
        if message is None:
            break
        try:
            name = eccodes.codes_get(message, "shortName")
            if name not in names:
                continue
            kind = eccodes.codes_get(message, "typeOfLevel")
            level = int(eccodes.codes_get(message, "level"))
            level = {"10u": 10, "10v": 10, "100u": 100, "100v": 100}.get(name, level)
            day = int(eccodes.codes_get(message, "validityDate"))
            clock = int(eccodes.codes_get(message, "validityTime"))
            near = eccodes.codes_grib_find_nearest(
                message, float(args["latitude_deg"]), float(args["longitude_deg"])
            )[0]
            if near.distance > MAX_FAR_KM:
                raise InputError(
                    "This file does not hold the place.",
                    "Cut it from ERA5 so that it covers the place.",
                )
            key = (kind, level, f"{day:08d}{clock:04d}")
            parts.setdefault(key, {})[names[name]] = float(near.value)
        except eccodes.CodesInternalError as error:
            raise InputError("This GRIB file is broken.", "Get it anew.") from error
        finally:
            eccodes.codes_release(message)
    winds = [
        {"kind": kind, "level": level, "at": at, **pair}
        for (kind, level, at), pair in sorted(parts.items())
        if pair.keys() == {"u", "v"}
    ]
    if not winds:
        raise InputError("This file holds no pair of wind components.", "Give u and v in GRIB.")
    return {"winds": winds}, {}


def records_of_fields(winds: list[dict[str, Any]]) -> tuple[WindRecord, ...]:
    """What was found in GRIB or NetCDF, as records; levels of unknown height are left out."""
    out: list[WindRecord] = []
    for one in winds:
        if one["kind"] == "isobaricInhPa":
            height = _PRESSURE_HEIGHT_M.get(one["level"])
        else:
            height = one["level"]
        if height is None:
            continue
        at = datetime.strptime(one["at"], "%Y%m%d%H%M").replace(tzinfo=UTC)
        u, v = one["u"], one["v"]
        out.append(
            WindRecord(
                at=at,
                from_deg=round(math.degrees(math.atan2(-u, -v)) % 360, 2),
                speed_ms=round(math.hypot(u, v), 3),
                height_m=float(height),
                source="fields",
            )
        )
    return tuple(out)
