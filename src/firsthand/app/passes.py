"""Which satellites passed over a place, from element sets that the gate lets in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from firsthand.app.asked import read_instant, read_place
from firsthand.errors import InputError, InvalidTime, NoSuchThing
from firsthand.evidence.elements import MAX_AGE, ElementSet, Refused, admit, read_elements
from firsthand.evidence.satellites import SATELLITES
from firsthand.measure.orbit import Orbit
from firsthand.measure.passes import Pass, passes_over
from firsthand.measure.sensors import SENSORS
from firsthand.records import format_instant

__all__ = ["FIRE_SATELLITES", "Overpass", "Overpasses", "find_passes", "overpasses", "read_file"]

LONGEST: Final = timedelta(days=366)
MAX_FILE_BYTES: Final = 256 * 2**20

FIRE_SATELLITES: Final = tuple(
    each for each in SATELLITES.values() if SENSORS[each.sensor].sees_fire
)


@dataclass(frozen=True)
class Overpass:
    """A pass with whose it was."""

    satellite: str
    sensor: str
    sees_fire: bool
    seen: Pass
    elements_epoch: datetime

    @property
    def at(self) -> datetime:
        """The instant of greatest elevation."""
        return datetime.fromtimestamp(self.seen.t_unix_s.value, UTC)


@dataclass(frozen=True)
class Overpasses:
    """All passes in a span, what was refused, and the fire satellites nothing is known of."""

    passes: tuple[Overpass, ...]
    refused: tuple[Refused, ...]
    unknown: tuple[str, ...]


def read_file(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """A file of a person's own, whole.

    Raises:
        NoSuchThing: it is not there or cannot be opened.
        InputError: it is larger than anything of this kind.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise NoSuchThing(
            f"{path.name} cannot be opened: {(error.strerror or 'unknown').lower()}.",
            "Check its path and rights.",
        ) from error
    if len(data) > limit:
        raise InputError(f"{path.name} is larger than {limit // 2**20} MB.", "Cut it down.")
    return data


def overpasses(
    text: str, latitude_deg: float, longitude_deg: float, start: datetime, end: datetime
) -> Overpasses:
    """Passes over one place; for each instant the set with the nearest epoch speaks.

    Raises:
        InputError: no element set in the text.
        InvalidTime: the span is upside down or longer than a year.
    """
    if end < start:
        raise InvalidTime("The span ends before it starts.", "Swap --from and --to.")
    if end - start > LONGEST:
        raise InvalidTime("The span is longer than a year.", "Ask for a year or less at a time.")
    read, broken = read_elements(text)
    good, refused = admit(read, start, end)
    found: list[Overpass] = []
    for norad in sorted({one.norad for one in good}):
        mine = sorted((one for one in good if one.norad == norad), key=lambda one: one.epoch)
        found.extend(_of_one(mine, latitude_deg, longitude_deg, start, end))
    known = {one.norad for one in good}
    return Overpasses(
        passes=tuple(sorted(found, key=lambda one: one.at)),
        refused=(*broken, *refused),
        unknown=tuple(
            each.name
            for each in FIRE_SATELLITES
            if each.norad not in known and each.since <= end.date()
        ),
    )


def _of_one(
    sets: list[ElementSet],
    latitude_deg: float,
    longitude_deg: float,
    start: datetime,
    end: datetime,
) -> list[Overpass]:
    sets = [one for n, one in enumerate(sets) if n == 0 or one.epoch > sets[n - 1].epoch]
    out: list[Overpass] = []
    for n, one in enumerate(sets):
        satellite = one.satellite
        if satellite is None:
            continue
        before = sets[n - 1].epoch if n else None
        after = sets[n + 1].epoch if n + 1 < len(sets) else None
        first = max(start, one.epoch - (one.epoch - before) / 2 if before else start)
        last = min(end, one.epoch + (after - one.epoch) / 2 if after else end)
        first, last = max(first, one.epoch - MAX_AGE), min(last, one.epoch + MAX_AGE)
        if last < first:
            continue
        sensor = SENSORS[satellite.sensor]
        out.extend(
            Overpass(satellite.name, sensor.name, sensor.sees_fire, each, one.epoch)
            for each in passes_over(
                Orbit(one.line1, one.line2),
                sensor,
                latitude_deg,
                longitude_deg,
                start_unix_s=first.timestamp(),
                end_unix_s=last.timestamp(),
            )
        )
    return out


def _second(at: datetime) -> str:
    return format_instant((at + timedelta(microseconds=500_000)).replace(microsecond=0))


def _pass_json(one: Overpass, longitude_deg: float) -> dict[str, Any]:
    seen = one.seen
    solar = one.at + timedelta(hours=longitude_deg / 15)
    return {
        "satellite": one.satellite,
        "sensor": one.sensor,
        "t_max": _second(one.at),
        "t_error_s": round(seen.t_unix_s.width / 2),
        "max_elevation_deg": seen.max_elevation_deg,
        "scan_angle_deg": seen.scan_angle_deg,
        "in_swath": abs(seen.scan_angle_deg) <= SENSORS[one.sensor].half_swath_deg,
        "swath": seen.swath,
        "sees_fire": one.sees_fire,
        "scan_km": seen.scan_km or None,
        "track_km": seen.track_km or None,
        "local_time": f"{solar:%H:%M}",
        "elements_epoch": _second(one.elements_epoch),
    }


def _gaps(found: Overpasses, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """Spans in which no fire satellite that is known here swept the place."""
    swept = [
        one.at for one in found.passes if one.sees_fire and one.seen.swath in {"inside", "edge"}
    ]
    edges = [start, *swept, end]
    return [
        {"from": _second(a), "to": _second(b), "hours": round((b - a) / timedelta(hours=1), 2)}
        for a, b in pairwise(edges)
        if b > a
    ]


def find_passes(place: str, start: str, end: str, elements: Path) -> dict[str, Any]:
    """`firsthand passes`: passes, gaps between sweeps, and every refused set with its reason."""
    latitude, longitude, _ = read_place(place)
    first, last = read_instant(start), read_instant(end)
    text = read_file(elements, 20 * 2**20).decode("utf-8", "replace")
    found = overpasses(text, latitude, longitude, first, last)
    return {
        "latitude_deg": latitude,
        "longitude_deg": longitude,
        "from": format_instant(first),
        "to": format_instant(last),
        "passes": [_pass_json(one, longitude) for one in found.passes],
        "gaps": _gaps(found, first, last),
        "unknown": list(found.unknown),
        "rejected": [
            {
                "name": one.label,
                "norad": one.norad,
                "epoch": _second(one.epoch) if one.epoch else None,
                "reason": one.reason,
                "why": one.why,
            }
            for one in found.refused
        ],
        "local_time_is": "mean solar time at the place's longitude",
        "method": "SGP4 (Vallado et al. 2006, doi:10.2514/6.2006-6753)",
    }
