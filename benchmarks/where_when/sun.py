"""A measured sun against simulated claims: error rates, power, what a fit weighs; clock spans.

    python benchmarks/where_when/sun.py

The claims' places and times are off by what their radius and slack allow; half of the suns are
measured as a height, half as a shadow's ratio, all with an azimuth.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np

from firsthand.checks.registry import run
from firsthand.checks.sun import sun
from firsthand.measure.sun_claim import ALPHA, SunSeen, allowed_spans, claim_p
from firsthand.records import Angle, Place, Window

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.cllr import Scored, graded, measure, plot, table
from benchmarks.report import ACCURACY, write_section
from benchmarks.where_when.truths import Truth, interval, true_sun, truths

SEED = 2021
CLAIMS = 1000
WEIGHED = 500
YEAR_S = 365.25 * 86400
BINS = (0.0, 0.02, 0.1, 0.5, 1.0)


def measured(rng: np.random.Generator, azimuth: float, height: float, sd: float) -> SunSeen:
    seen = ((azimuth + rng.normal(0, sd)) % 360, sd)
    if rng.random() < 0.5:
        return SunSeen(azimuth=seen, elevation=(height + rng.normal(0, sd), sd))
    ratio = 1 / np.tan(np.radians(height))
    wide = np.radians(sd) / np.sin(np.radians(height)) ** 2
    # A ratio cannot come out below nought; such a draw is drawn again.
    while (value := ratio + rng.normal(0, wide)) <= 0.01:
        pass
    return SunSeen(azimuth=seen, ratio=(float(value), float(wide)))


def claimed(
    rng: np.random.Generator, truth: Truth, radius: float, slack: timedelta
) -> tuple[Place, datetime]:
    """A claim whose place and time are off by no more than it allows."""
    off, turn = rng.uniform(0, radius / 111_195), rng.uniform(0, 2 * np.pi)
    east = off * np.sin(turn) / np.cos(np.radians(truth.lat))
    place = Place(
        latitude_deg=float(np.clip(truth.lat + off * np.cos(turn), -89, 89)),
        longitude_deg=float((truth.lon + east + 180) % 360 - 180),
        radius_m=radius,
    )
    return place, datetime.fromtimestamp(truth.unix_s, UTC) + rng.uniform(-1, 1) * slack


def errors(rng: np.random.Generator) -> list[str]:
    """True claims, claims two hours off, and the clock spans of a day."""
    wrong = caught = offs = spans = 0
    by_sd: dict[float, list[int]] = {0.5: [0, 0], 1.0: [0, 0], 2.0: [0, 0]}
    for truth in truths(rng, CLAIMS, 8.0):
        sd = float(rng.choice([0.5, 1.0, 2.0]))
        seen = measured(rng, truth.azimuth, truth.height, sd)
        slack = timedelta(minutes=float(rng.choice([1, 10, 30])))
        place, at = claimed(rng, truth, float(rng.choice([50, 2000, 20000])), slack)
        wrong += claim_p(seen, place, Window(start=at - slack, end=at + slack)) <= ALPHA
        late = at + rng.choice([-1, 1]) * timedelta(hours=2)
        if abs(late.timestamp() - truth.unix_s) >= 2 * 3600 - slack.total_seconds():
            off = claim_p(seen, place, Window(start=late - slack, end=late + slack)) <= ALPHA
            offs += 1
            caught += off
            by_sd[sd][0] += 1
            by_sd[sd][1] += off
        known = Place(latitude_deg=truth.lat, longitude_deg=truth.lon, radius_m=50)
        start = datetime.fromtimestamp(truth.unix_s, UTC) - timedelta(hours=12)
        alone = SunSeen(elevation=seen.elevation, ratio=seen.ratio)
        day = Window(start=start, end=start + timedelta(days=1))
        spans += any(
            one.start_unix_s <= truth.unix_s <= one.end_unix_s
            for one in allowed_spans(alone, known, day)
        )
    return [
        f"- true claims called inconsistent (at most 1 % wanted): {interval(wrong, CLAIMS)}",
        "- claims two hours off called inconsistent (at least 95 % wanted): "
        f"{interval(caught, offs)}; "
        + "; ".join(f"sd {sd:g} deg: {interval(n[1], n[0])}" for sd, n in by_sd.items()),
        f"- clock spans of a day that hold the true time (95 %): {interval(spans, CLAIMS)}",
    ]


def another_time(rng: np.random.Generator, truth: Truth) -> tuple[float, float]:
    """The sun at the same place at another daylit time of the year before."""
    while True:
        when = truth.unix_s - rng.uniform(0, YEAR_S, 64)
        azimuth, height = true_sun(when, np.full(64, truth.lat), np.full(64, truth.lon))
        lit = np.flatnonzero(height > 2.0)
        if lit.size:
            return float(azimuth[lit[0]]), float(height[lit[0]])


def weight(rng: np.random.Generator) -> list[str]:
    """Through the check: what it states of a fit, against how often false claims fit."""
    scored: list[Scored] = []
    told: list[tuple[float, bool]] = []
    for truth in truths(rng, WEIGHED, 8.0):
        for is_true in (True, False):
            sd = float(rng.choice([0.5, 1.0, 2.0, 5.0]))
            sun_there = (truth.azimuth, truth.height) if is_true else another_time(rng, truth)
            slack = timedelta(minutes=float(rng.choice([10, 30, 120])))
            place, at = claimed(rng, truth, 2000.0, slack)
            pointing = (sun_there[0] + 180 + rng.normal(0, sd)) % 360
            height = min(max(sun_there[1] + rng.normal(0, sd), 0.1), 90.0)
            inputs = {
                "place": place,
                "window": Window(start=at - slack, end=at + slack),
                "shadow_azimuth": Angle(value_deg=pointing, sd_deg=sd),
                "sun_elevation": Angle(value_deg=height, sd_deg=sd),
            }
            if rng.random() < 0.5:
                inputs.pop("shadow_azimuth")
            found = run(sun, inputs)
            power = found.power
            source = f"{truth.unix_s:.0f}"
            scored.append(Scored(graded(found.lr), claim_holds=is_true, source=source))
            if not is_true and power is not None:
                told.append((1 - power.value, found.outcome.kind != "inconsistent"))
    stated, fitted = np.array([one[0] for one in told]), np.array([one[1] for one in told])
    cost = measure(scored, seed=SEED)
    (ACCURACY.parent / "accuracy").mkdir(exist_ok=True)
    picture = plot(scored, "Sun: stated against observed likelihood ratios")
    (ACCURACY.parent / "accuracy" / "sun.svg").write_bytes(picture)
    lines = [
        "",
        f"Through the check, {WEIGHED} true claims and as many of another time of the year before "
        "at the same place (half of them with a height alone):",
        "",
        table(cost),
        "![Stated against observed likelihood ratios](accuracy/sun.svg)",
        "",
        "- how often false claims fit, where the check states that they would (power), fits that "
        "weigh nothing left out:",
    ]
    for low, high in pairwise(BINS):
        these = (stated >= low) & (stated < high)
        if these.any():
            lines.append(
                f"  stated {100 * low:g} to {100 * high:g} % (mean {100 * stated[these].mean():.1f}"
                f" %): {interval(int(fitted[these].sum()), int(these.sum()))}"
            )
    return lines


def main() -> str:
    rng = np.random.default_rng(SEED)
    head = ["### A measured sun against claims", "", f"Seed {SEED}; true suns by pvlib.", ""]
    return "\n".join([*head, *errors(rng), *weight(rng)])


if __name__ == "__main__":
    section = main()
    print(section)
    write_section("where_when.sun", section)
