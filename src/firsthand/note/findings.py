"""Every finding in full, and where the three propositions stand."""

from __future__ import annotations

from firsthand.findings import in_words
from firsthand.note import labels as lb
from firsthand.note.behind import AgainstRow, SettlesRow
from firsthand.note.english import data
from firsthand.note.given import NoteInput
from firsthand.note.model import FindingPart, MeasurementRow, PropositionRow
from firsthand.note.refs import RefBook
from firsthand.note.shows import figure_part
from firsthand.note.text import anchor, number
from firsthand.records import Finding, Measurement, Message, say

__all__ = ["findings", "propositions"]

FEW = 4
"""More other readings than these are cited as the report that they were read from."""
UNITS = {"deg": "°", "m": "m", "s": "s", "km": "km", "deg/s": "°/s", "1": "", "": ""}


def propositions(given: NoteInput, book: RefBook) -> tuple[PropositionRow, ...]:
    """E, F and C, each for the case or for one shot, with what carries it."""
    found = {finding.id: finding for finding in given.findings}
    rows: list[PropositionRow] = []
    for one in given.propositions:
        refs = [book.finding(found[name]) for name in one.carried_by if name in found]
        parts = (one.strength,) if one.strength is not None else ()
        rows.append(
            PropositionRow(
                id=one.id,
                shot=one.shot,
                status=one.status,
                sentence=book.sentence(
                    say(lb.STATUS[one.status]), *(refs or [book.weighing()]), parts=parts
                ),
                carried_by=_known(one.carried_by, found),
                agrees=_known(one.agrees, found),
                conflicts=_known(one.conflicts, found),
                rests_on_unaccepted=one.rests_on_unaccepted,
                against=tuple(
                    AgainstRow(
                        alternative=row.alternative,
                        carried_by=row.carried_by if row.carried_by in found else None,
                        strength=row.strength,
                    )
                    for row in one.against
                ),
                settles=tuple(
                    SettlesRow(asks=row.asks, could_become=row.could_become)
                    for row in given.settles.get((one.id, one.shot), ())
                ),
            )
        )
    return tuple(rows)


def _known(ids: tuple[str, ...], found: dict[str, Finding]) -> tuple[str, ...]:
    return tuple(one for one in ids if one in found)


def findings(given: NoteInput, book: RefBook) -> tuple[FindingPart, ...]:
    """In the order in which the case holds them; nothing that ran is left out."""
    return tuple(_part(given, finding, book) for finding in given.findings)


def _part(given: NoteInput, finding: Finding, book: RefBook) -> FindingPart:
    outcome = finding.outcome
    why: Message | None = None
    missing: tuple[str, ...] = ()
    if outcome.kind in {"inconclusive", "needs_input", "not_applicable"}:
        why = outcome.why
    if outcome.kind == "needs_input":
        missing = outcome.missing
    if outcome.kind == "could_not_run":
        why = data(outcome.error)
    claims = {claim.id: claim for claim in given.claims}
    power = finding.power
    inputs = _inputs(given, finding, book)
    return FindingPart(
        id=finding.id,
        check=finding.check,
        question=finding.question,
        proposition=finding.proposition,
        shot=finding.shot,
        outcome=outcome.kind,
        statement=book.sentence(finding.statement, book.finding(finding)),
        why=why,
        missing=missing,
        tests=tuple(claims[ref.id].proposition for ref in finding.tests if ref.id in claims),
        alternative=say(lb.ALTERNATIVE[finding.alternative]) if finding.alternative else None,
        strength=in_words(finding.lr) if finding.lr else None,
        toward=finding.toward,
        p_value=number(finding.p_value) if finding.p_value is not None else None,
        power=(
            say(
                lb.POWER,
                value=number(power.value),
                low=number(power.low),
                high=number(power.high),
            )
            if power
            else None
        ),
        rests_on_unaccepted=finding.rests_on_unaccepted,
        stale=finding.id in given.stale,
        runs=given.runs.get(finding.id, 1),
        measurements=tuple(_measurement(one) for one in finding.measurements),
        inputs=inputs,
        claims=tuple(f"{ref.id}@{ref.revision}" for ref in finding.inputs.claims),
        values=_values(given, finding, book),
        method=say(
            lb.METHOD,
            check=finding.method.check,
            version=finding.method.version,
            source=finding.method.source,
        ),
        tools=tuple(sorted(finding.method.tools.items())),
        limits=finding.limits,
        figures=tuple(
            figure_part(given, figure) for figure in given.figures if figure.finding == finding.id
        ),
    )


def _inputs(given: NoteInput, finding: Finding, book: RefBook) -> tuple[int, ...]:
    """References to what it stood on: claims by their words, settings, frames, items."""
    reports = {report.id: report for report in given.reports}
    claims = {(claim.id, claim.revision): claim for claim in given.claims}
    settings = {(setting.id, setting.revision): setting for setting in given.settings}
    marks = {(mark.id, mark.revision): mark for mark in given.marks}
    refs: list[int] = []
    tested = [ref for ref in finding.inputs.claims if ref in finding.tests]
    others = [ref for ref in finding.inputs.claims if ref not in finding.tests]
    for claim_ref in (*tested, *(others if len(others) <= FEW else ())):
        claim = claims.get((claim_ref.id, claim_ref.revision))
        report = reports.get(claim.report) if claim else None
        if claim is not None and report is not None and claim.spans:
            refs.append(book.span(report, claim.spans[0]))
    if len(others) > FEW:
        refs += [book.reading(report) for report in given.reports]
    for setting_ref in finding.inputs.settings:
        key = (setting_ref.id, setting_ref.revision)
        if key in settings:
            refs.append(book.setting(settings[key]))
        elif key in marks:
            refs.append(book.mark(marks[key]))
    for item in finding.inputs.items:
        frames = [book.frame(item.id, t_s) for t_s in item.t_s[:2]]
        refs += frames or [book.item(item.id)]
    return book.use(anchor("fi", finding.id), *refs)


def _values(given: NoteInput, finding: Finding, book: RefBook) -> tuple[tuple[str, str], ...]:
    """Other inputs by name; where one is the plain hash of an item, its commitment instead."""
    plain = {
        **{item.sha256: item.id for item in given.items},
        **{item.sha512: item.id for item in given.items},
    }
    return tuple(
        (name, (book.commitment(plain[value]) or "") if value in plain else value)
        for name, value in sorted(finding.inputs.values.items())
    )


def _measurement(one: Measurement) -> MeasurementRow:
    figure = one.quantity
    return MeasurementRow(
        name=one.name.replace("_", " "),
        value=figure.value,
        low=figure.low,
        high=figure.high,
        unit=UNITS.get(figure.unit, figure.unit),
        how=figure.how,
    )
