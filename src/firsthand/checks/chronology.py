"""Which earlier smoke, fire or attack at the place could the footage show? Do the dates agree?

A list of attacks alone primes "attack": what nobody listed has happened all the same. So innocent
kinds are asked for by name, and where none is on the list the answer says so. It never decides by
itself. The reasoning: docs/explanation/reading.md.
"""

from __future__ import annotations

from typing import Final

from firsthand.checks.base import CheckResult, Figure, check
from firsthand.checks.earlier_events import Earlier, earlier_events
from firsthand.checks.where_claims import place_and_time
from firsthand.evidence.firms import FireFile
from firsthand.evidence.incidents import IncidentList
from firsthand.origins import (
    MAX_ROWS,
    ChronologyRow,
    date_conflicts,
    dates_in_words,
    perhaps_one,
    timeline,
    timeline_alt,
)
from firsthand.records import (
    Claim,
    ClaimRef,
    Incident,
    Inconclusive,
    Measurement,
    Message,
    NeedsInput,
    Place,
    Report,
    Window,
    quantity,
    say,
)

__all__ = ["chronology_check"]

_NAMED: Final = 8
"""Events told in the answer itself; all of them are in its picture."""
_LONGEST: Final = 110


@check(
    name="chronology",
    question="Which earlier smoke, fire or attack there could this show, and do the dates agree?",
    proposition="F",
    version="2",
    scope="case",
    alternative="same_place_other_time",
)
def chronology_check(
    reports: tuple[Report, ...],
    incidents: tuple[Incident, ...] = (),
    *,
    incident_lists: tuple[IncidentList, ...] = (),
    fire_files: tuple[FireFile, ...] = (),
    place: Place | None = None,
    window: Window | None = None,
    claims: tuple[Claim, ...] = (),
) -> CheckResult:
    """Lay out what is told of the place's past, and hold each report's dates against each other."""
    listed = tuple(one for each in incident_lists for one in each.incidents)
    tests = place_and_time(claims)
    found = earlier_events(
        (*incidents, *listed),
        fire_files,
        reports=reports,
        place=place,
        window=window,
        claims=claims,
    )
    figures = (_figure(reports, found, window),) if found.rows else ()
    missing = _missing(incident_lists, fire_files, place)
    conflicts = tuple(
        conflict
        for report in reports
        for conflict in date_conflicts(
            report, [one for one in incidents if one.source == report.id]
        )
    )
    limits = (*_limits(found, incident_lists), *perhaps_one(found.there)[:_NAMED], *missing)
    if (found.there or found.fire_days) and window is None:
        limits = (*limits, _NO_WINDOW)
    if conflicts:
        return CheckResult(
            outcome=Inconclusive(why=_NO_PROOF),
            statement=conflicts[0],
            tests=tests,
            measurements=_counts(found),
            limits=(*conflicts[1:], *limits),
            figures=figures,
        )
    if not found.rows and not fire_files:
        return _nothing_given(place)
    return _inconclusive(found, tests, limits, figures)


def _inconclusive(
    found: Earlier,
    tests: tuple[ClaimRef, ...],
    limits: tuple[Message, ...],
    figures: tuple[Figure, ...],
) -> CheckResult:
    told = found.there
    if told:
        why = say("What it shows has yet to be told apart from each of these.")
        statement = say(
            "Earlier events told of at the place, any of which the footage could show: attacks: "
            "{attacks}; fires, smoke or blasts of another or no stated cause: {other}. They are: "
            "{events}.",
            attacks=str(found.attacks),
            other=str(found.other),
            events=_named(found.there),
        )
    else:
        why = say("That nothing is listed says nothing of what happened.")
        statement = say(
            "No earlier smoke, fire or attack at the place is told of by what is in this case; "
            "events told without a place: {unplaced}.",
            unplaced=str(len(found.unplaced)),
        )
    return CheckResult(
        outcome=Inconclusive(why=why),
        statement=statement,
        tests=tests,
        measurements=_counts(found),
        limits=limits,
        figures=figures,
    )


def _nothing_given(place: Place | None) -> CheckResult:
    missing = ("incident_lists", "fire_files", *(() if place else ("place",)))
    return CheckResult(
        outcome=NeedsInput(missing=missing, why=_ASK),
        statement=say(
            "The reports tell of no dated event, and no list of incidents or fires is in the case: "
            "what the place saw before is not known here."
        ),
    )


_ASK: Final = say("A list of incidents at the place, fires and smoke without an attacker too.")
_NO_PROOF: Final = say(
    "A slip in a date is no proof against footage: this is shown, and never decides."
)
_NO_WINDOW: Final = say(
    "When it was filmed is not set, so the event that it is said to show may be among these."
)
_BACKGROUND: Final = say(
    "What a report or a list tells of the past is a claim too, and nobody here has tested it."
)
_PRIMES: Final = say(
    "The list holds attacks alone. Such a list primes “attack”: burning refuse, a kitchen fire, an "
    "exercise or a crash smoke as well, and that none is listed says what was looked for, not what "
    "happened."
)


def _limits(found: Earlier, lists: tuple[IncidentList, ...]) -> tuple[Message, ...]:
    out = [_BACKGROUND]
    if found.attacks and not found.other and all(row.sight == "attack" for row in found.perhaps):
        out.append(_PRIMES)
    if found.perhaps:
        out.append(
            say(
                "Events told of at the place whose date overlaps the claimed time, or that have no "
                "date: {count}. Each may be the claimed event itself and is not counted as "
                "earlier. They are: {events}.",
                count=str(len(found.perhaps)),
                events=_named(found.perhaps),
            )
        )
    if found.unplaced:
        out.append(
            say(
                "Events told without a place, which may have been there: {count}.",
                count=str(len(found.unplaced)),
            )
        )
    if found.fire_days:
        out.append(
            say(
                "Satellites recorded fires there on {days} days before, from {first} to {last}; "
                "what burned is not in their record.",
                days=str(len(found.fire_days)),
                first=found.fire_days[0].isoformat(),
                last=found.fire_days[-1].isoformat(),
            )
        )
    if found.perhaps_days:
        out.append(
            say(
                "Days in or beside the claimed time on which satellites recorded fires there: "
                "{days}. They may be of the claimed event itself and are not counted as earlier.",
                days=str(len(found.perhaps_days)),
            )
        )
    faults = sum(len(one.warnings) for one in lists)
    if faults:
        out.append(
            say(
                "Things in the lists of others that could not be taken as they stand (dates that "
                "may be read two ways, hidden sources or positions, ids used twice): {count}.",
                count=str(faults),
            )
        )
    return tuple(out)


def _missing(
    lists: tuple[IncidentList, ...], fires: tuple[FireFile, ...], place: Place | None
) -> tuple[Message, ...]:
    out: list[Message] = []
    if not lists:
        out.append(
            say(
                "No list of incidents by others is in the case, so only what the reports tell is "
                "laid out; the command `case incidents` takes one in."
            )
        )
    if not fires:
        out.append(say("No record of fires seen by satellites is in the case."))
    if place is None:
        out.append(
            say(
                "The claimed place has no coordinates yet, so events are taken to be there by its "
                "name alone."
            )
        )
    return tuple(out)


def _named(rows: tuple[ChronologyRow, ...]) -> str:
    words: list[str] = []
    for row in rows[:_NAMED]:
        summary = row.summary
        if len(summary) > _LONGEST:
            summary = summary[: _LONGEST - 1].rstrip() + "…"
        words.append(f"{dates_in_words(row)}, {row.kind}: {summary}")
    more = len(rows) - _NAMED
    return "; ".join([*words, *([f"and {more} more"] if more > 0 else [])])


def _counts(found: Earlier) -> tuple[Measurement, ...]:
    how = "events told of by the reports and lists in the case, and days with satellite fires"
    counted = (
        ("earlier attacks there", found.attacks),
        ("earlier fires, smoke or blasts there", found.other),
        ("events without a place", len(found.unplaced)),
        ("earlier days with a satellite fire there", len(found.fire_days)),
        ("events there that may be the claimed one", len(found.perhaps)),
        (
            "days with a satellite fire there that may be of the claimed one",
            len(found.perhaps_days),
        ),
    )
    return tuple(
        Measurement(name=name, quantity=quantity(float(n), float(n), float(n), "1", how))
        for name, n in counted
    )


def _figure(reports: tuple[Report, ...], found: Earlier, window: Window | None) -> Figure:
    rows = found.rows
    if len(rows) > MAX_ROWS:  # those that matter, the latest of them
        rows = (found.there or found.perhaps or rows)[-MAX_ROWS:]
    data = timeline(
        rows,
        published=[one.published.date for one in reports if one.published],
        window=(window.start.date(), window.end.date()) if window else None,
    )
    return Figure("chronology", "image/svg+xml", data, timeline_alt(rows))
