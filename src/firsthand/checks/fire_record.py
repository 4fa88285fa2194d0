"""What satellites recorded at a place, held against a claimed fire there: presence and absence.

Presence is weighed against how often fires are seen there anyway: a gas flare that burns all year
proves nothing by burning once more. Absence is weighed over all sweeps jointly, and only of
satellites whose passes are known and whose record covers the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

from firsthand.evidence.firms import FireFile, FirePoint
from firsthand.measure.base_rate import share_of_windows
from firsthand.measure.earth import distance
from firsthand.measure.fire_absence import Absence, Fire, Sweep, missed_by_all
from firsthand.records import LikelihoodRatio, Place, Quantity, Window

__all__ = ["ASSUMED", "CEILING", "STUDY", "FireRecord", "Watch", "fire_record"]

STUDY: Final = "docs/accuracy.md#where_when.fires"
CEILING: Final = 100.0
"""No ratio beyond it: the study simulated some thousand fires, not millions."""

ASSUMED: Final = Fire(
    start=(0.0, 0.0),
    lasts_s=(20 * 60.0, 12 * 3600.0),
    area_m2=(20.0, 3000.0),
    kelvin=(700.0, 1200.0),
    cloud=(0.1, 0.5),
)
"""A fire with a column of smoke, of unknown kind: a burning lorry to a tank farm."""

LOCATION_KM: Final = 0.5
"""Added to half a pixel: geolocation, and that a pixel's centre is not its fire."""

_DEFAULT_PIXEL_KM: Final = {"MODIS": 1.5, "VIIRS": 0.5}


@dataclass(frozen=True)
class Watch:
    """The sweeps of the place over a span, and satellites nothing is known of."""

    sweeps: tuple[Sweep, ...]
    names: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class FireRecord:
    """What the record says. `why_no_absence` names what keeps absence from being weighed."""

    here: tuple[FirePoint, ...]
    in_window: tuple[FirePoint, ...]
    base_rate: Quantity | None
    presence: LikelihoodRatio | None
    absence: Absence | None
    why_no_absence: str
    recurrent: bool
    satellites: tuple[str, ...]
    first: date | None
    last: date | None

    @property
    def says(self) -> Literal["seen", "not_seen", "nothing"]:
        """Whether a fire was seen there then, could have been and was not, or neither."""
        if self.in_window:
            return "seen"
        return "not_seen" if self.absence is not None else "nothing"


def _is_here(point: FirePoint, place: Place) -> bool:
    pixel = max(point.scan_km or 0, point.track_km or 0) or _DEFAULT_PIXEL_KM.get(point.sensor, 1.5)
    if abs(point.latitude_deg - place.latitude_deg) > (place.radius_m / 1000 + pixel + 1) / 100:
        return False
    away = distance(
        point.latitude_deg, point.longitude_deg, place.latitude_deg, place.longitude_deg
    )
    return away.low <= place.radius_m + 1000 * (pixel / 2 + LOCATION_KM)


def fire_record(
    files: Sequence[FireFile],
    place: Place,
    window: Window,
    *,
    watch: Watch | None = None,
    fire: Fire = ASSUMED,
    covers: tuple[date, date] | None = None,
) -> FireRecord:
    """Presence and absence for one place and window.

    `covers` says for which days the files were asked; without it they cover from their first
    detection to their last, anywhere in them.
    """
    here = tuple(point for file in files for point in file.points if _is_here(point, place))
    slack = timedelta(minutes=2)
    inside = tuple(
        point for point in here if window.start - slack <= point.at <= window.end + slack
    )
    span = covers or _span(files)
    base = _base_rate(here, window, span)
    absence, why = _absence(files, window, span, watch, fire)
    presence = None
    if inside and base is not None:
        presence = _presence(base, absence)
    days = {point.at.date() for point in here if not window.start <= point.at <= window.end}
    return FireRecord(
        here=here,
        in_window=inside,
        base_rate=base,
        presence=presence,
        absence=None if inside else absence,
        why_no_absence="" if inside else why,
        recurrent=len(days) >= 3,
        satellites=tuple(sorted({name for file in files for name in file.satellites})),
        first=span[0] if span else None,
        last=span[1] if span else None,
    )


def _span(files: Sequence[FireFile]) -> tuple[date, date] | None:
    firsts = [file.first for file in files if file.first]
    lasts = [file.last for file in files if file.last]
    return (min(firsts), max(lasts)) if firsts and lasts else None


def _base_rate(
    here: Sequence[FirePoint], window: Window, span: tuple[date, date] | None
) -> Quantity | None:
    if span is None:
        return None
    start, end = window.start.date().toordinal(), window.end.date().toordinal()
    return share_of_windows(
        (point.at.date().toordinal() for point in here),
        span[0].toordinal(),
        span[1].toordinal(),
        end - start + 1,
        (start - 1, end + 1),
    )


def _presence(base: Quantity, absence: Absence | None) -> LikelihoodRatio:
    """Detection if the claim holds, over detection anyway; bounded by what the study supports.

    Under the claim a detection is likelier still by whatever burns there anyway, so the ratio is
    never below one.
    """
    seen_low = 1 - absence.missed.high if absence else 0.05
    seen_high = 1 - absence.missed.low if absence else 1.0
    least, most = max(base.low, 1 / CEILING), max(base.high, 1 / CEILING)

    def ratio(seen: float, rate: float) -> float:
        return min(max((seen + (1 - seen) * rate) / rate, 1.0), CEILING)

    return LikelihoodRatio(
        low=ratio(seen_low, most), high=ratio(seen_high, least), study=STUDY, ceiling=CEILING
    )


def _absence(
    files: Sequence[FireFile],
    window: Window,
    span: tuple[date, date] | None,
    watch: Watch | None,
    fire: Fire,
) -> tuple[Absence | None, str]:
    if watch is None:
        return None, "no element sets were given, so it is not known which satellite passed when"
    if span is None:
        return None, "the fire files hold no detection at all, so it is not known what they cover"
    if not span[0] <= window.start.date() <= window.end.date() <= span[1]:
        return None, f"the fire files run from {span[0]} to {span[1]} and do not cover the window"
    asked_for = {name for file in files for name in file.satellites}
    usable = [
        sweep for sweep, name in zip(watch.sweeps, watch.names, strict=True) if name in asked_for
    ]
    if not usable:
        return None, "no satellite whose fires are in the files swept the place while it may burn"
    start = (window.start.timestamp(), window.end.timestamp())
    asked = Fire(start, fire.lasts_s, fire.area_m2, fire.kelvin, fire.cloud)
    return missed_by_all(asked, usable), ""


def watched_until(window: Window, fire: Fire = ASSUMED) -> datetime:
    """Until when a sweep may still see what began in the window."""
    return (window.end + timedelta(seconds=fire.lasts_s[1])).astimezone(UTC)
