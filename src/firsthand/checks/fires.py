"""Did a satellite see a fire at the claimed place and time, or could it have?

It speaks of the event and never of the footage: recycled clips get attached to real fires. The
reasoning: docs/explanation/where-and-when.md.
"""

from __future__ import annotations

from typing import Final

from firsthand.checks.base import CheckResult, check
from firsthand.checks.fire_figure import fire_figure
from firsthand.checks.fire_record import FireRecord, Watch, fire_record
from firsthand.checks.where_claims import place_and_time
from firsthand.evidence.firms import FireFile
from firsthand.records import (
    Claim,
    ClaimRef,
    Consistent,
    Inconclusive,
    Inconsistent,
    Measurement,
    Message,
    Place,
    Window,
    quantity,
    say,
)

__all__ = ["P_INCONSISTENT", "fires"]

P_INCONSISTENT: Final = 0.01


@check(
    name="fires",
    question="Did a satellite see a fire at the claimed place and time, or could it have?",
    proposition="E",
    version="3",
    scope="case",
    alternative="did_not_happen",
)
def fires(
    place: Place,
    window: Window,
    fire_files: tuple[FireFile, ...],
    fire_watch: Watch | None = None,
    claims: tuple[Claim, ...] = (),
) -> CheckResult:
    """Presence against the place's own base rate; absence jointly over all sweeps."""
    record = fire_record(fire_files, place, window, watch=fire_watch)
    tests = place_and_time(claims)
    figures = (fire_figure(record, window, fire_watch),)
    if record.says == "seen":
        result = _seen(record, tests)
    elif record.says == "not_seen":
        result = _not_seen(record, tests)
    else:
        result = CheckResult(
            outcome=Inconclusive(
                why=say("Absence cannot be weighed: {why}.", why=record.why_no_absence)
            ),
            statement=say(
                "No satellite fire is recorded within {km} km in the claimed window, which weighs "
                "nothing here.",
                km=f"{place.radius_m / 1000:g}",
            ),
            tests=tests,
            limits=_limits(fire_watch),
        )
    return CheckResult(
        outcome=result.outcome,
        statement=result.statement,
        tests=tests,
        measurements=result.measurements,
        nuisances=("cloud",),
        toward=result.toward,
        power=result.power,
        limits=(*result.limits, _UNCALIBRATED, *_limits(fire_watch)),
        figures=figures,
    )


_UNCALIBRATED: Final = say(
    "A direction alone: detection was studied on simulated fires, but how large such fires are and "
    "how long clouds last is assumed, so no figure of strength is given."
)


def _limits(watch: Watch | None) -> tuple[Message, ...]:
    if watch is None or not watch.unknown:
        return (_EVENT_ALONE,)
    return (
        _EVENT_ALONE,
        say(
            "For want of usable element sets nothing is known of the passes of: {names}.",
            names=", ".join(watch.unknown),
        ),
    )


_EVENT_ALONE: Final = say(
    "This speaks of whether something burned there, not of whether this footage shows it."
)


def _seen(record: FireRecord, tests: tuple[ClaimRef, ...]) -> CheckResult:
    count = str(len(record.in_window))
    base = record.base_rate
    if base is None or record.presence is None:
        return CheckResult(
            outcome=Inconclusive(
                why=say("The record is too short to say how often fires are seen there anyway.")
            ),
            statement=say(
                "{count} fire pixels lie at the claimed place in the window.", count=count
            ),
            tests=tests,
        )
    measurements = (Measurement(name="share of windows with a fire there", quantity=base),)
    statement = say(
        "{count} fire pixels lie at the claimed place in the window; fires are seen there in "
        "{share} % of such windows anyway.",
        count=count,
        share=f"{100 * base.value:.1f}",
    )
    limits = (_RECURRENT,) if record.recurrent else ()
    return CheckResult(
        outcome=Consistent(),
        statement=statement,
        tests=tests,
        measurements=measurements,
        toward="for",
        power=quantity(
            1 - base.value,
            1 - base.high,
            1 - base.low,
            "1",
            "share of windows without a fire there",
        ),
        limits=limits,
    )


_RECURRENT: Final = say(
    "Something burns or glows at this place again and again (a flare, a plant, bare hot ground): "
    "one more detection says little."
)


def _not_seen(record: FireRecord, tests: tuple[ClaimRef, ...]) -> CheckResult:
    absence = record.absence
    if absence is None:
        raise ValueError("absence that was not weighed")
    missed = absence.missed
    measurements = (Measurement(name="chance that all sweeps miss such a fire", quantity=missed),)
    words = {"count": str(len(absence.each)), "share": f"{100 * missed.value:.0f}"}
    if missed.high <= P_INCONSISTENT:
        return CheckResult(
            outcome=Inconsistent(),
            statement=say(
                "No fire is recorded there, although {count} sweeps would have missed such a fire "
                "together in only {share} % of cases.",
                **words,
            ),
            tests=tests,
            measurements=measurements,
            toward="against",
            limits=(_SIZE_ASSUMED,),
        )
    return CheckResult(
        outcome=Inconclusive(
            why=say(
                "{count} sweeps together miss such a fire in {share} % of cases, so that none is "
                "recorded does not tell.",
                **words,
            )
        ),
        statement=say(
            "No fire is recorded at the claimed place in the window; {share} % of such fires would "
            "be missed by all {count} sweeps.",
            **words,
        ),
        tests=tests,
        measurements=measurements,
        limits=(_SIZE_ASSUMED,),
    )


_SIZE_ASSUMED: Final = say(
    "How large, hot and lasting the fire was is not known: from a burning lorry to a tank farm was "
    "assumed. Smoke without flame, or flame under a roof, is seen by none of these satellites."
)
