"""Plausible values of an input that a case lacks, to find out whether having it would matter.

They are spread over what the input can be, not drawn by how likely they are: that would be a
prior. An input that is not here cannot be supposed, and is not said to settle anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import cos, radians, sin
from typing import Final

from firsthand.archive.match import Held, Match, Search, statement
from firsthand.archive.seen import SeenAt
from firsthand.checks.claimed import claimed_time
from firsthand.checks.fire_record import Watch
from firsthand.evidence.firms import FireFile, FirePoint
from firsthand.evidence.weather import WindRecord
from firsthand.measure.fire_absence import Sweep
from firsthand.records import Angle, Claim, Length, Light, Place, Window

__all__ = ["CAN_BE_SUPPOSED", "is_wide", "plausible"]

Known = Mapping[str, object]
"""The inputs that a check has, those supposed included."""

WIDE: Final = timedelta(hours=2)
"""A time known better than this is hardly worth a telephone call to narrow."""


def plausible(name: str, known: Known) -> tuple[object, ...]:
    """Values that the input could have, given the others; none for one that cannot be supposed."""
    make = _MAKERS.get(name)
    return tuple(make(known)) if make else ()


def is_wide(window: object) -> bool:
    """Whether a narrower time could be had by asking: an upload time, a call to who filmed."""
    return isinstance(window, Window) and window.end - window.start > WIDE


def _windows(known: Known) -> Sequence[Window]:
    """An hour each: eight inside a wide window, or the hours and seasons of the claimed year."""
    within = known.get("window")
    hour = timedelta(hours=1)
    if isinstance(within, Window):
        step = (within.end - within.start) / 8
        starts = [within.start + step * n + (step - hour) / 2 for n in range(8)]
        return [Window(start=one, end=one + hour) for one in starts]
    year = _year(known)
    return [
        Window(start=start, end=start + hour)
        for month in (1, 4, 7, 10)
        for clock in (1, 7, 13, 19)
        for start in [datetime(year, month, 15, clock, tzinfo=UTC)]
    ]


def _year(known: Known) -> int:
    claims = known.get("claims")
    if isinstance(claims, tuple):
        claimed = claimed_time(one for one in claims if isinstance(one, Claim))
        at = claimed.earliest or claimed.latest
        if at is not None:
            return at.year
    return 2020


def _places(known: Known) -> Sequence[Place]:
    """The gazetteer's candidates of the claims, else one a climate."""
    claims = known.get("claims")
    found = [
        Place(
            name=candidate.name,
            latitude_deg=candidate.latitude_deg,
            longitude_deg=candidate.longitude_deg,
            radius_m=1_000.0,
        )
        for claim in (claims if isinstance(claims, tuple) else ())
        if isinstance(claim, Claim) and claim.where is not None
        for candidate in claim.where.candidates[:3]
    ]
    if found:
        return found[:6]
    return [
        Place(latitude_deg=latitude, longitude_deg=30.0, radius_m=1_000.0)
        for latitude in (-30.0, 0.0, 30.0, 55.0)
    ]


def _angles(step: int, sd: float) -> Callable[[Known], Sequence[Angle]]:
    return lambda _known: [
        Angle(value_deg=float(value), sd_deg=sd) for value in range(0, 360, step)
    ]


def _positions(known: Known) -> Sequence[Place]:
    """On four sides of the place, near, a few kilometres off, and beyond the horizon."""
    place = known.get("place")
    if not isinstance(place, Place):
        return ()
    per_deg = 111_195.0
    return [
        Place(
            latitude_deg=max(min(place.latitude_deg + away * cos(turn) / per_deg, 89.0), -89.0),
            longitude_deg=(
                place.longitude_deg
                + away * sin(turn) / per_deg / max(cos(radians(place.latitude_deg)), 0.02)
                + 180
            )
            % 360
            - 180,
            radius_m=50.0,
        )
        for away in (500.0, 5_000.0, 60_000.0)
        for turn in map(radians, (0, 90, 180, 270))
    ]


def _middle(known: Known) -> datetime | None:
    window = known.get("window")
    if not isinstance(window, Window):
        return None
    return window.start + (window.end - window.start) / 2


def _winds(known: Known) -> Sequence[tuple[WindRecord, ...]]:
    """Each of eight winds at the time, in a place where every wind is as frequent."""
    at = _middle(known)
    if at is None:
        return ()

    def record(when: datetime, from_deg: float) -> WindRecord:
        return WindRecord(when, from_deg, speed_ms=6.0, height_m=10.0, source="supposed")

    climate = [record(at - timedelta(days=30, hours=n), n * 22.5 % 360) for n in range(480)]
    return [(record(at, float(deg)), *climate) for deg in range(0, 360, 45)]


def _fires(known: Known) -> Sequence[tuple[FireFile, ...]]:
    """Seen where it seldom burns; seen where it burns all the time; looked for and not seen."""
    place, at = known.get("place"), _middle(known)
    if not isinstance(place, Place) or at is None:
        return ()

    def point(days: float, *, here: bool) -> FirePoint:
        latitude = place.latitude_deg if here else -place.latitude_deg - 1
        return FirePoint(
            latitude_deg=latitude,
            longitude_deg=place.longitude_deg,
            at=at + timedelta(days=days),
            satellite="Suomi NPP",
            sensor="VIIRS",
            scan_km=0.4,
            track_km=0.4,
            confidence="nominal",
            frp_mw=10.0,
            kind=None,
        )

    frame = (point(-1500, here=False), point(30, here=False))
    flare = tuple(point(-float(day), here=True) for day in range(3, 1500, 3))
    now = point(0, here=True)
    return [
        (FireFile(points=points, refused=(), satellites=("Suomi NPP",)),)
        for points in ((*frame, now), (*frame, *flare, now), frame)
    ]


def _watches(known: Known) -> Sequence[Watch]:
    """A place swept a dozen times while it may burn, and one that nothing passed."""
    at, files = _middle(known), known.get("fire_files")
    names = sorted(
        {
            name
            for file in (files if isinstance(files, tuple) else ())
            if isinstance(file, FireFile)
            for name in file.satellites
        }
    )
    if at is None or not names:
        return ()
    sweeps = tuple(
        Sweep(t_unix_s=at.timestamp() + 3600.0 * n, sensor="VIIRS", light="night", pixel_m2=1.6e5)
        for n in range(1, 13)
    )
    return [
        Watch(sweeps=sweeps, names=(names[0],) * len(sweeps), unknown=()),
        Watch(sweeps=(), names=(), unknown=()),
    ]


def _searches(known: Known) -> Sequence[Search]:
    """The same recording a month before the claimed time, by a web archive; and nothing at all."""
    window, claims = known.get("window"), known.get("claims")
    start = window.start if isinstance(window, Window) else None
    if start is None and isinstance(claims, tuple):
        start = claimed_time(one for one in claims if isinstance(one, Claim)).earliest
    if start is None:
        return ()
    held = Held(videos=1, images=0, seconds=60.0, generation="supposed")
    seen = SeenAt(at=start - timedelta(days=30), mechanism="archive_capture", off_by_s=3600.0)
    match = Match(
        path="supposed",
        paths=("supposed",),
        sha256="0" * 64,
        verdict="same_recording",
        reason="supposed",
        score=1.0,
        false_alarms=0.0,
        query_s=(0.0, 5.0),
        reference_s=(0.0, 5.0),
        speed=1.0,
        flipped=False,
        crop=(0.0, 0.0, 1.0, 1.0),
        cells=20,
        seen_at=(seen,),
    )
    return [
        Search(
            query_sha256="0" * 64,
            query_seconds=5.0,
            held=held,
            matches=matches,
            statement=statement(held, matches),
        )
        for matches in ((match,), ())
    ]


_MAKERS: Final[dict[str, Callable[[Known], Sequence[object]]]] = {
    "place": _places,
    "window": _windows,
    "light": lambda _known: [Light(seen="day"), Light(seen="twilight"), Light(seen="night")],
    "shadow_azimuth": _angles(30, 3.0),
    "sun_elevation": lambda _known: [
        Angle(value_deg=value, sd_deg=2.0) for value in (8.0, 20.0, 35.0, 50.0, 65.0, 80.0)
    ],
    "heading": _angles(30, 5.0),
    "drift_angle": _angles(45, 15.0),
    "top_height": lambda _known: [
        Length(value_m=value, sd_m=value / 10) for value in (20.0, 100.0, 400.0)
    ],
    "camera_position": _positions,
    "weather": _winds,
    "fire_files": _fires,
    "fire_watch": _watches,
    "archive_search": _searches,
}

CAN_BE_SUPPOSED: Final = frozenset(_MAKERS)
"""The inputs of which values can be supposed."""
