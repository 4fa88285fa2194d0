"""What a person typed, read into numbers and instants: one clear error each."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime

from firsthand.errors import InputError, InvalidPlace, InvalidTime

__all__ = ["read_angle", "read_instant", "read_length", "read_numbers", "read_place"]

_WITH_SD = re.compile(r"^\s*([-+]?[0-9.]+)\s*(?::\s*([0-9.]+))?\s*$")


def read_place(text: str) -> tuple[float, float, float]:
    """`LAT,LON[,ELEV_M]` in WGS 84 degrees and metres.

    Raises:
        InvalidPlace: not two or three numbers, or out of range.
    """
    example = "Write it like 33.2625,44.2346 or 33.2625,44.2346,35."
    try:
        parts = [float(part) for part in text.split(",")]
    except ValueError:
        raise InvalidPlace(f"{text!r} is no position.", example) from None
    if len(parts) not in {2, 3} or not all(map(math.isfinite, parts)):
        raise InvalidPlace(f"{text!r} is no position.", example)
    latitude, longitude = parts[:2]
    if not -90 <= latitude <= 90:
        raise InvalidPlace(
            f"A latitude of {latitude:g} cannot be.", "Latitude comes first, -90 to 90 degrees."
        )
    if not -180 <= longitude <= 180:
        raise InvalidPlace(
            f"A longitude of {longitude:g} cannot be.",
            "Longitude comes second, -180 to 180 degrees.",
        )
    elevation = parts[2] if len(parts) == 3 else 0.0
    if not -500 <= elevation <= 9000:
        raise InvalidPlace(f"An elevation of {elevation:g} m is not on this earth.", example)
    return latitude, longitude, elevation


def read_instant(text: str) -> datetime:
    """An ISO 8601 instant with its zone, as UTC.

    Raises:
        InvalidTime: no such time, or no zone (a time without one is no instant).
    """
    example = "Write it like 2021-09-28T09:30:00Z or 2021-09-28T12:30:00+03:00."
    try:
        value = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InvalidTime(f"{text!r} is no time that ever was.", example) from None
    if value.tzinfo is None:
        raise InvalidTime(f"{text!r} names no zone, so it is no instant.", example)
    return value.astimezone(UTC)


def _with_sd(text: str, what: str, default_sd: float | None) -> tuple[float, float]:
    found = _WITH_SD.match(text)
    if found is None:
        raise InputError(f"{text!r} is no {what}.", "Write VALUE:SD, like 310:5.")
    try:
        value = float(found[1])
        sd = float(found[2]) if found[2] else default_sd
    except ValueError:
        raise InputError(f"{text!r} is no {what}.", "Write VALUE:SD, like 310:5.") from None
    if sd is None or not sd > 0:
        raise InputError(
            f"{text!r} says nothing of how sure it is.",
            "Add the standard deviation after a colon, like 310:5.",
        )
    return value, sd


def read_angle(text: str) -> tuple[float, float]:
    """`DEG:SD` in degrees; the standard deviation must be given."""
    value, sd = _with_sd(text, "angle", None)
    if not -360 <= value <= 360:
        raise InputError(f"An angle of {value:g} degrees cannot be.", "Give -360 to 360.")
    return value, sd


def read_length(text: str) -> tuple[float, float]:
    """`METRES:SD`; the standard deviation must be given."""
    value, sd = _with_sd(text, "length in metres", None)
    if not 0 < value < 1e7:
        raise InputError(f"A length of {value:g} m cannot be.", "Give metres above 0.")
    return value, sd


def read_numbers(text: str, count: int, what: str, example: str) -> tuple[float, ...]:
    """So many finite numbers with commas between; `example` is shown where they are not that.

    Raises:
        InputError: another count, or no numbers.
    """
    try:
        values = tuple(float(part) for part in text.split(","))
    except ValueError:
        values = ()
    if len(values) != count or not all(map(math.isfinite, values)):
        raise InputError(f"{text!r} is no {what}.", f"Write {count} numbers, like {example}.")
    return values
