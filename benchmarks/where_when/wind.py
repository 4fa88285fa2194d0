"""Smoke's drift against recorded wind: error rates and what a fit weighs, on real hourly winds.

    python benchmarks/where_when/wind.py

Winds are a year of hourly reports at two airports (TMY3 files in pvlib's package: Sand Point,
Alaska, and Greensboro, North Carolina), so how wind wanders from hour to hour and how common each
direction is are real. In half of the cases the hour itself is left out of what the check is given.
Not real are the smoke's height and the wind's turn up to it: -10 to 40 degrees a kilometre, evenly,
which is another law than the check assumes; and within the hour 10 degrees of wandering. In a calm
hour the smoke goes anywhere.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pvlib
from pvlib.iotools import read_tmy3

from firsthand.checks.registry import run
from firsthand.checks.wind import wind
from firsthand.evidence.weather import WindRecord
from firsthand.records import Angle, Place, Window

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.cllr import Scored, graded, measure, plot, table
from benchmarks.report import ACCURACY, write_section
from benchmarks.where_when.truths import interval

SEED = 310
STATIONS = {"703165TY.csv": "Sand Point, test", "723170TYA.CSV": "Greensboro, tuning"}
"""How far wind wanders in an hour was fitted to the second; nothing was to the first."""

EACH = 500
AROUND = 720
CALM_MS = 2.0


def station(name: str) -> tuple[Place, list[tuple[datetime, float, float]]]:
    """A place with its year: instant, where the wind came from, speed. Months of several years are
    set into one, as such files mean it."""
    data, about = read_tmy3(
        Path(pvlib.__file__).parent / "data" / name, coerce_year=2021, map_variables=False
    )
    place = Place(
        latitude_deg=float(about["latitude"]),
        longitude_deg=float(about["longitude"]),
        radius_m=2000,
    )
    hours = [
        (at.to_pydatetime().astimezone(UTC), float(turned), float(speed))
        for at, turned, speed in zip(
            data.index, data["Wdir (degrees)"], data["Wspd (m/s)"], strict=True
        )
    ]
    return place, sorted(hours)


def records(
    hours: list[tuple[datetime, float, float]], at: int, rng: np.random.Generator
) -> tuple[WindRecord, ...]:
    """The hours round about; in half of the cases without the one asked for."""
    left_out = at if rng.random() < 0.5 else -1
    return tuple(
        WindRecord(when, turned % 360 if speed > 0 else None, speed, 10.0, "METAR")
        for n, (when, turned, speed) in enumerate(hours)
        if abs(n - at) <= AROUND and n != left_out
    )


def smoke_goes(hour: tuple[datetime, float, float], rng: np.random.Generator) -> float:
    """Towards where, degrees from north."""
    _, turned, speed = hour
    if speed < CALM_MS:
        return float(rng.uniform(0, 360))
    height = rng.uniform(50, 600)
    turned += rng.uniform(-10, 40) * height / 1000 + rng.normal(0, 10)
    return float((turned + 180) % 360)


def main() -> str:
    rng = np.random.default_rng(SEED)
    scored: list[Scored] = []
    wrong = dict.fromkeys(STATIONS, 0)
    counted = {True: dict.fromkeys(KINDS, 0), False: dict.fromkeys(KINDS, 0)}
    told: list[tuple[float, bool]] = []
    for name in STATIONS:
        place, hours = station(name)
        for _ in range(EACH):
            at = int(rng.integers(len(hours)))
            given = records(hours, at, rng)
            when = hours[at][0] + timedelta(minutes=float(rng.uniform(-25, 25)))
            slack = timedelta(minutes=30)
            for is_true in (True, False):
                low, high = max(at - AROUND, 0), min(at + AROUND, len(hours) - 1)
                filmed = at if is_true else int(rng.integers(low, high + 1))
                heading = float(rng.uniform(0, 360))
                heading_sd, drift_sd = float(rng.choice([3, 10])), float(rng.choice([10, 20, 40]))
                drift = smoke_goes(hours[filmed], rng) - heading + rng.normal(0, drift_sd)
                found = run(
                    wind,
                    {
                        "place": place,
                        "window": Window(start=when - slack, end=when + slack),
                        "heading": Angle(
                            value_deg=(heading + rng.normal(0, heading_sd)) % 360, sd_deg=heading_sd
                        ),
                        "drift_angle": Angle(value_deg=drift % 360, sd_deg=drift_sd),
                        "weather": given,
                    },
                )
                kind = found.outcome.kind
                counted[is_true][kind] += 1
                wrong[name] += is_true and kind == "inconsistent"
                scored.append(Scored(graded(found.lr), is_true, f"{name} {hours[at][0].date()}"))
                share = [one.quantity.value for one in found.measurements if one.name == SHARE]
                if not is_true and kind in KINDS[:2] and share:
                    told.append((share[0], kind == "consistent"))
    shares = np.array([one[0] for one in told])
    fits = np.array([one[1] for one in told])
    picture = plot(scored, "Wind: stated against observed likelihood ratios")
    (ACCURACY.parent / "accuracy").mkdir(exist_ok=True)
    (ACCURACY.parent / "accuracy" / "wind.svg").write_bytes(picture)
    n = EACH * len(STATIONS)
    spoke = {which: sum(counted[which][kind] for kind in KINDS[:2]) for which in (True, False)}
    return "\n".join(
        [
            "### Smoke's drift against recorded wind",
            "",
            f"Seed {SEED}; {n} true claims and as many whose smoke is of another hour within 30 "
            "days, on a year of real hourly reports at two airports; the smoke's height, the "
            "wind's turn up to it and the wandering within the hour are simulated.",
            "",
            "- true claims called inconsistent (at most 1 % wanted): "
            f"{interval(counted[True]['inconsistent'], n)}; "
            + "; ".join(f"{STATIONS[name]}: {interval(k, EACH)}" for name, k in wrong.items()),
            f"- false claims called inconsistent: {interval(counted[False]['inconsistent'], n)}",
            f"- told at all: {interval(spoke[True], n)} of true ones, {interval(spoke[False], n)} "
            "of false ones",
            f"- false claims that fit, of those told: {interval(int(fits.sum()), fits.size)}; "
            f"stated on average (share of hours that fit): {100 * shares.mean():.1f} %",
            "",
            table(measure(scored, seed=SEED)),
            "![Stated against observed likelihood ratios](accuracy/wind.svg)",
        ]
    )


SHARE = "share of hours that fit"
KINDS = ("consistent", "inconsistent", "inconclusive")

if __name__ == "__main__":
    section = main()
    print(section)
    write_section("where_when.wind", section)
