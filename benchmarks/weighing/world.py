"""A simulated world of whole cases: what is so, what is claimed, and what a desk would get to see.

Inputs are drawn, and the checks themselves answer: nothing here draws a finding. True suns are
pvlib's rendering of NREL's algorithm, so that the code under test does not grade itself. Winds,
fires, archives and analysts are as simple as this page says they are; the world is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal, get_args

import numpy as np
from pvlib import spa

from firsthand.archive.match import Held, Match, Search, statement
from firsthand.archive.seen import SeenAt
from firsthand.checks.base import Check
from firsthand.checks.daylight import daylight
from firsthand.checks.earlier_copy import earlier_copy
from firsthand.checks.finding import to_finding
from firsthand.checks.fires import fires
from firsthand.checks.origins import origins, shown_origins
from firsthand.checks.run import run
from firsthand.checks.sun import sun
from firsthand.checks.wind import wind
from firsthand.evidence.firms import FireFile, FirePoint
from firsthand.evidence.weather import WindRecord
from firsthand.findings import Weighing, weigh
from firsthand.records import Angle, Edge, Finding, Inputs, Light, Place, Source, Window, say

__all__ = ["WORLDS", "Case", "World", "cases", "weighed"]

World = Literal[
    "true",
    "true, twenty outlets",
    "true, heading misjudged",
    "wrong cause",
    "old footage of the place",
    "wrong place",
    "recycled clip, real fire",
    "mirrored",
    "altered unseen",
]
WORLDS: Final[tuple[World, ...]] = get_args(World)

FILMED_THERE_AND_THEN: Final = {
    "true", "true, twenty outlets", "true, heading misjudged", "wrong cause", "mirrored",
    "altered unseen",
}  # fmt: skip
FIRE_THERE_AND_THEN: Final = FILMED_THERE_AND_THEN | {"recycled clip, real fire"}

MISSING: Final = 0.3
"""The chance that a desk lacks any one input."""
HEADING_SD, SHADOW_SD, DRIFT_SD = 5.0, 2.0, 15.0
LOOKS_WRONG: Final = 0.01
"""Analysts who take day for twilight, or the like."""
FLARES: Final = 0.1
"""Places where something burns on most days."""
SATELLITE_SEES: Final = 0.6
IN_ARCHIVE, CALLED_SAME, DATED = 0.6, 0.63, 0.5
"""Old footage that the archive holds; copies called the same (as measured); dates that count."""
OTHER_TAKE_CALLED_SAME: Final = 0.002
"""Of the other takes that an archive may hold; the study saw none of 800."""

_SHOT: Final = "clip.s1"
_FIRST, _LAST = datetime(2012, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """Which world it is of, the findings of every check asked, and whether origins are one."""

    world: World
    findings: tuple[Finding, ...]
    one_origin: bool


def cases(world: World, n: int, seed: int) -> Iterator[Case]:
    """`n` cases of a world; the same seed gives the same ones."""
    for number in range(n):
        yield _case(world, np.random.default_rng([seed, WORLDS.index(world), number]))


def weighed(case: Case) -> Weighing:
    """What the kernel makes of it."""
    return weigh(case.findings, (_SHOT,), one_origin=case.one_origin)


@dataclass(frozen=True)
class _Spot:
    latitude_deg: float
    longitude_deg: float
    at: datetime
    azimuth_deg: float
    elevation_deg: float


def _spot(rng: np.random.Generator, like: _Spot | None = None, *, same_time: bool = False) -> _Spot:
    """A place and a time with the sun up; at the place of another, or at its time."""
    while True:
        latitude = float(np.degrees(np.arcsin(rng.uniform(-0.87, 0.87))))
        longitude = float(rng.uniform(-180, 180))
        unix_s = rng.uniform(_FIRST.timestamp(), _LAST.timestamp())
        if like is not None and same_time:
            unix_s = like.at.timestamp()
        elif like is not None:
            latitude, longitude = like.latitude_deg, like.longitude_deg
            unix_s = like.at.timestamp() - rng.uniform(2, 4 * 365) * 86_400
        found = spa.solar_position_numpy(
            np.array([unix_s]), latitude, longitude, 0.0, 1013.25, 12.0, 68.0, 0.5667, numthreads=1
        )
        if found[2][0] > 8:
            at = datetime.fromtimestamp(float(unix_s), UTC)
            return _Spot(latitude, longitude, at, float(found[4][0]), float(found[2][0]))


def _case(world: World, rng: np.random.Generator) -> Case:
    claimed = _spot(rng)
    if world in FILMED_THERE_AND_THEN:
        filmed = claimed
    elif world == "old footage of the place":
        filmed = _spot(rng, claimed)
    elif world == "wrong place":
        filmed = _spot(rng, claimed, same_time=True)
    else:
        filmed = _spot(rng, _spot(rng))
    slack = timedelta(minutes=float(rng.choice([10, 30, 120, 720])))
    off = rng.uniform(-1, 1) * slack
    radius = float(rng.choice([200, 2000, 10_000]))
    given: dict[str, Any] = {
        "place": Place(
            latitude_deg=claimed.latitude_deg, longitude_deg=claimed.longitude_deg, radius_m=radius
        ),
        "window": Window(start=claimed.at + off - slack, end=claimed.at + off + slack),
        **_seen(world, filmed, claimed, rng),
        "fire_files": _fire_files(world, claimed, rng),
        "archive_search": _search(world, filmed, claimed, rng),
    }
    known = {
        name: value
        for name, value in given.items()
        if name in {"place", "window"} or rng.uniform() > MISSING
    }
    known |= _lineage(world, rng)
    findings = tuple(
        _answer(check, known) for check in (sun, daylight, wind, fires, earlier_copy, origins)
    )
    recorded = any(one.check == "fires" and one.outcome.kind == "consistent" for one in findings)
    filmers = shown_origins(known["sources"], known["edges"])
    return Case(world, findings, one_origin=max(1, len(filmers)) + recorded <= 1)


def _answer(check: Check, known: dict[str, Any]) -> Finding:
    given = {name: known[name] for name in check.inputs if name in known}
    return to_finding(
        check,
        run(check, given, guarded=False),
        id=check.name,
        inputs=Inputs(),
        shot=_SHOT if check.scope == "shot" else None,
        given=given,
    )


def _seen(world: World, filmed: _Spot, claimed: _Spot, rng: np.random.Generator) -> dict[str, Any]:
    """What is measured in the picture, with errors as stated; all angles share the heading's."""
    heading = rng.uniform(0, 360)
    misjudged = rng.normal(0, HEADING_SD)
    if world == "true, heading misjudged":
        misjudged += rng.choice([-1, 1]) * rng.uniform(20, 60)
    sign = -1 if world == "mirrored" else 1
    points = sign * ((filmed.azimuth_deg + 180 - heading + 180) % 360 - 180)
    shadow = heading + misjudged + points + rng.normal(0, SHADOW_SD)
    records, there = _winds(claimed, rng)
    from_deg = there if filmed is claimed else float(rng.choice([one.from_deg for one in records]))
    drift = sign * (from_deg + 180 - heading) + rng.normal(0, DRIFT_SD)
    height = filmed.elevation_deg
    light = "day" if rng.uniform() > LOOKS_WRONG else "twilight"
    return {
        "shadow_azimuth": Angle(
            value_deg=shadow % 360, sd_deg=float(np.hypot(HEADING_SD, SHADOW_SD))
        ),
        "sun_elevation": Angle(value_deg=height + rng.normal(0, 2.0), sd_deg=2.0),
        "heading": Angle(value_deg=(heading + misjudged) % 360, sd_deg=HEADING_SD),
        "drift_angle": Angle(value_deg=float(drift % 360), sd_deg=DRIFT_SD),
        "light": Light(seen=light),  # type: ignore[arg-type]
        "weather": records,
    }


def _winds(claimed: _Spot, rng: np.random.Generator) -> tuple[tuple[WindRecord, ...], float]:
    """Ten days of hourly surface winds that wander round a prevailing one; and the smoke's own."""
    steps = rng.normal(0, 25, 240)
    direction = rng.uniform(0, 360) + np.cumsum(steps) * 0.5 + rng.normal(0, 15, 240)
    first = claimed.at.replace(minute=0, second=0, microsecond=0) - timedelta(hours=200)
    records = tuple(
        WindRecord(
            at=first + timedelta(hours=n),
            from_deg=float(round(deg % 360, -1) % 360),
            speed_ms=float(rng.uniform(3, 9)),
            height_m=10.0,
            source="simulated",
        )
        for n, deg in enumerate(direction)
    )
    turned = (10 if claimed.latitude_deg > 0 else -10) + rng.normal(0, 10)
    return records, float((direction[200] + turned) % 360)


def _fire_files(world: World, claimed: _Spot, rng: np.random.Generator) -> tuple[FireFile, ...]:
    """Six years of detections round the place; a flare burns on, other places seldom do."""
    share = rng.uniform(0.3, 0.9) if rng.uniform() < FLARES else rng.uniform(0, 0.03)
    days = np.flatnonzero(rng.uniform(size=2000) < share) - 1990
    here = [claimed.at + timedelta(days=int(day)) for day in days if day not in {-1, 0, 1}]
    burns = world in FIRE_THERE_AND_THEN and rng.uniform() < SATELLITE_SEES
    if burns or rng.uniform() < share:
        here.append(claimed.at)
    frame = [claimed.at + timedelta(days=day) for day in (-2000, 20)]
    points = tuple(
        FirePoint(
            latitude_deg=claimed.latitude_deg + (0 if n < len(here) else 3),
            longitude_deg=claimed.longitude_deg,
            at=at,
            satellite="Suomi NPP",
            sensor="VIIRS",
            scan_km=0.4,
            track_km=0.4,
            confidence="nominal",
            frp_mw=10.0,
            kind=None,
        )
        for n, at in enumerate([*here, *frame])
    )
    return (FireFile(points=points, refused=(), satellites=("Suomi NPP",)),)


def _search(world: World, filmed: _Spot, claimed: _Spot, rng: np.random.Generator) -> Search:
    """An archive that may hold an older copy, or an older take of the place, with or without date.

    A mirrored or altered clip is held, if at all, as it was before, from the day itself.
    """
    held = Held(videos=1000, images=0, seconds=20_000.0, generation="simulated")
    old = filmed.at < claimed.at
    there = rng.uniform() < IN_ARCHIVE
    same = there and old and rng.uniform() < CALLED_SAME
    taken = there and not old and rng.uniform() < OTHER_TAKE_CALLED_SAME
    if not same and not taken:
        return Search(
            query_sha256="0" * 64, query_seconds=8.0, held=held, matches=(),
            statement=statement(held, ()),
        )  # fmt: skip
    at = filmed.at if same else claimed.at - timedelta(days=float(rng.uniform(30, 1500)))
    dated = rng.uniform() < DATED
    match = Match(
        path="held", paths=("held",), sha256="1" * 64, verdict="same_recording", reason="simulated",
        score=5.0, false_alarms=0.001, query_s=(0.0, 8.0), reference_s=(0.0, 8.0), speed=1.0,
        flipped=False, crop=(0.0, 0.0, 1.0, 1.0), cells=50,
        seen_at=(
            SeenAt(
                at=at + timedelta(days=1),
                mechanism="archive_capture" if dated else "persons_word",
                off_by_s=3600.0,
            ),
        ),
    )  # fmt: skip
    return Search(
        query_sha256="0" * 64, query_seconds=8.0, held=held, matches=(match,),
        statement=statement(held, (match,)),
    )  # fmt: skip


def _lineage(world: World, rng: np.random.Generator) -> dict[str, Any]:
    """Who is named: mostly one who filmed and those who had it from there."""
    outlets = 20 if world == "true, twenty outlets" else int(rng.integers(1, 5))
    filmers = 2 if world in FIRE_THERE_AND_THEN and rng.uniform() < 0.2 else 1
    sources = [Source(id=f"f{n}", name=f"Filmer {n}", kind="person") for n in range(filmers)]
    sources += [Source(id=f"o{n}", name=f"Outlet {n}", kind="outlet") for n in range(outlets)]
    edges = tuple(
        Edge(
            id=f"e{n}",
            lineage="footage",
            earlier=f"f{n % filmers}",
            later=f"o{n}",
            relation="filmed" if n < filmers else "republished",
            basis="stated",
            why=say("Simulated."),
        )
        for n in range(outlets)
    )
    return {"sources": tuple(sources), "edges": edges}
