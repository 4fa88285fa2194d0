"""The end result of weighing in the simulated world, written into docs/accuracy.md.

    python -m benchmarks.weighing.run [CASES_A_WORLD [TRUE_CASES]]

A simulated world is no validation: it shows that the kernel does with these inputs what it says,
and nothing of how often real cases are like them.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from benchmarks.cllr import Scored, graded, measure, plot, table
from benchmarks.report import ACCURACY, write_section
from benchmarks.weighing.world import WORLDS, World, cases, weighed
from scipy.stats import beta

SEED: Final = 20260
SHORT: Final = {
    "not_established": "not established",
    "consistent": "consistent",
    "consistent_and_unlikely_if_false": "… and unlikely if false",
    "inconsistent": "inconsistent",
}
TRUE: Final = ("true", "true, twenty outlets", "wrong cause")
"""Worlds in which E and F hold and errors are as stated. Nothing here tests a cause."""


@dataclass
class Tally:
    """Statuses of each proposition, the graded sun, and F's conflicts, over one world's cases."""

    statuses: dict[str, Counter[str]] = field(
        default_factory=lambda: {one: Counter() for one in "EFC"}
    )
    sun: list[float] = field(default_factory=list)
    in_conflict: int = 0
    one_origin_unlikely: int = 0

    @property
    def n(self) -> int:
        return self.statuses["F"].total()


def tally(asked: tuple[World, int, int]) -> Tally:
    """Weigh a world's cases."""
    world, n, seed = asked
    out = Tally()
    for case in cases(world, n, seed):
        weighing = weighed(case)
        for one in weighing.propositions:
            out.statuses[one.id][one.status] += 1
            out.in_conflict += one.id == "F" and bool(one.conflicts)
        asked_sun = next(one for one in case.findings if one.check == "sun")
        if asked_sun.outcome.kind != "needs_input":
            out.sun.append(graded(asked_sun.lr))
        event = weighing.propositions[0]
        out.one_origin_unlikely += (
            case.one_origin and event.status == "consistent_and_unlikely_if_false"
        )
    return out


def bound(hits: int, n: int) -> str:
    """The share with its Clopper-Pearson interval."""
    low = beta.ppf(0.025, hits, n - hits + 1) if hits else 0.0
    high = beta.ppf(0.975, hits + 1, n - hits) if hits < n else 1.0
    return f"{hits} of {n}: {100 * hits / n:.2f} % ({100 * low:.2f} to {100 * high:.2f})"


def section(tallies: dict[World, Tally]) -> str:
    """The Markdown of docs/accuracy.md."""
    wrong = sum(tallies[one].statuses["F"]["inconsistent"] for one in TRUE)
    wrong += sum(tallies[one].statuses["E"]["inconsistent"] for one in TRUE)
    count = sum(tallies[one].n for one in TRUE)
    misjudged = tallies["true, heading misjudged"]
    lines = [
        "## Weighing",
        "",
        "**A simulated world is no validation.** It shows that the checks and the kernel together "
        "do with such inputs what they say; how often real cases are like these, nobody here "
        f"knows. Written by `python -m benchmarks.weighing.run`, seed {SEED}; each input beside "
        "place and time is missing in three cases of ten; shadows and drift share one heading.",
        "",
        "True claims of which E or F was called inconsistent (at most 1 % wanted), errors as "
        f"stated: {bound(wrong, count)}. With a heading misjudged by 20 to 60 degrees where 5 "
        "were stated: "
        f"{bound(misjudged.statuses['F']['inconsistent'], misjudged.n)}; what the error is held "
        "to is only as good as the errors that people state.",
        "",
    ]
    for proposition, what in (("F", "this shot shows it"), ("E", "the event happened")):
        lines += [
            f"{proposition}, {what}; shares of the cases in per cent:",
            "",
            "| world | cases | " + " | ".join(SHORT.values()) + " |",
            "|---|---|" + "---|" * len(SHORT),
        ]
        for world in WORLDS:
            of = tallies[world].statuses[proposition]
            cells = " | ".join(f"{100 * of[one] / of.total():.1f}" for one in SHORT)
            lines.append(f"| {world} | {of.total()} | {cells} |")
        lines.append("")
    causes = sum((tallies[one].statuses["C"] for one in WORLDS), Counter[str]())
    capped = sum(one.one_origin_unlikely for one in tallies.values())
    shown = ", ".join(
        f"{world} {100 * tallies[world].in_conflict / tallies[world].n:.0f} %" for world in WORLDS
    )
    lines += [
        f"C: {causes['not_established']} of {causes.total()} not established, as no check here "
        f"tests a cause. E beyond `consistent` with one origin: {capped}. F with a conflict shown: "
        f"{shown}.",
        "",
        "What a clip was altered in that nobody measures is not found, and old footage or another "
        "place is found where a shadow was measured: an older copy in the archive objects, and "
        "decides only with an error rate small enough for the questions asked.",
        "",
        "The sun's likelihood ratios in these cases, claims that hold against old footage of the "
        "same place, contradictions with them:",
        "",
        table(measure(scored(tallies), seed=1, draws=500)),
        "![Stated against observed likelihood ratios](accuracy/weighing-sun.svg)",
    ]
    return "\n".join(lines)


def scored(tallies: dict[World, Tally]) -> list[Scored]:
    """The sun as asked where the claim holds, and where the footage is older."""
    return [
        Scored(value, claim, f"{world} {n}")
        for world, claim in (("true", True), ("old footage of the place", False))
        for n, value in enumerate(tallies[world].sun)  # type: ignore[index]
    ]


def main(n: int, of_true: int) -> None:
    counts = [(world, of_true if world in TRUE else n, SEED) for world in WORLDS]
    tallies = {one[0]: tally(one) for one in counts}
    write_section("weighing", section(tallies))
    picture = ACCURACY.parent / "accuracy" / "weighing-sun.svg"
    picture.parent.mkdir(exist_ok=True)
    picture.write_bytes(plot(scored(tallies), "Sun in simulated cases"))


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:]]
    main(*(asked or [600]), *([2000] if len(asked) < 2 else []))
