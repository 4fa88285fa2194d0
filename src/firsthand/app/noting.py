"""The verification note: drawn from the log up to a line, and kept beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, get_args

from firsthand.app.checking import stale_findings
from firsthand.app.examined import Examined, contact_sheet, examined
from firsthand.app.file_facts import file_facts
from firsthand.app.gather import live
from firsthand.app.kept_evidence import INCIDENTS_READ
from firsthand.app.kept_notes import (
    LANGUAGE,
    kept_model,
    note_before,
    note_folder,
    note_paths,
    pictures_of,
    read_kept_note,
)
from firsthand.app.store import open_case, writing
from firsthand.app.weighing import settle_state, weigh_state
from firsthand.case import Case, CaseState
from firsthand.errors import InputError
from firsthand.evidence.incidents import IncidentList
from firsthand.note import Figure, LogPoint, NoteInput, build_note, render
from firsthand.note.catalogue import LANGUAGES
from firsthand.note.given import FigureType
from firsthand.note.pdf import draw_pdf
from firsthand.origins import by_name, origin_groups
from firsthand.records import Finding, Incident, Item, say

__all__ = ["note_files", "note_input", "write_note"]

PDF: Final = "note.pdf"


def write_note(
    directory: Path, *, language: str = LANGUAGE, pdf: bool = False, actor: str = ""
) -> dict[str, Any]:
    """Write the note of the case as it is; where nothing has changed, the one that stands.

    Raises:
        InputError: the note is not to be had in this language.
        CouldNot: a PDF is asked for, and what draws it is not here.
        CaseBusy, CaseDamaged, DiskError: as for any act of writing.
    """
    if language not in LANGUAGES:
        raise InputError(
            f"A note is not to be had in {language!r:.20}.", f"One of: {', '.join(LANGUAGES)}."
        )
    case = open_case(directory)
    state = case.state()
    number = state.note_number(state.substance)
    wanted = {LANGUAGE: {"index.html", "note.json"}}
    wanted.setdefault(language, {"index.html"})
    if pdf:
        wanted[language].add(PDF)
    missing = {one: names - note_paths(state, number, one) for one, names in wanted.items()}
    if not any(missing.values()):
        return _told(case, number, language, pdf=pdf, new=False)
    new = not note_paths(state, number)
    with writing(directory, actor) as desk:
        upto = desk.writer.state.substance
        number = desk.writer.state.note_number(upto)
        if new:
            made = note_files(desk.case, number, upto)
            desk.writer.write_note(number, LANGUAGE, made, upto=upto)
        state = desk.writer.state
        if "index.html" not in note_paths(state, number, language):
            model = kept_model(desk.case, state, number)
            pages = render(model, pictures_of(desk.case, state, model), language)
            page = {"index.html": pages[f"{language}/index.html"]}
            desk.writer.write_note(number, language, page, upto=upto)
        if pdf:
            state = desk.writer.state
            html = read_kept_note(desk.case, state, number, "index.html", language)
            drawn = {PDF: draw_pdf(html, at=state.events[upto - 1].at)}
            desk.writer.write_note(number, language, drawn, upto=upto)
    return _told(case, number, language, pdf=pdf, new=new)


def _told(case: Case, number: int, language: str, *, pdf: bool, new: bool) -> dict[str, Any]:
    folder = note_folder(case, number, language)
    return {
        "note": number,
        "new": new,
        "path": str(folder / "index.html"),
        "json": str(note_folder(case, number) / "note.json"),
    } | ({"pdf": str(folder / PDF)} if pdf else {})


def note_files(case: Case, number: int, upto: int) -> dict[str, bytes]:
    """The bytes of a note, by path: a function of the log up to line `upto` alone."""
    state = case.state(upto)
    view, pictures = note_input(case, state, number)
    rendered = render(build_note(view), pictures)
    return {path.removeprefix(f"{LANGUAGE}/"): data for path, data in rendered.items()}


def note_input(
    case: Case, state: CaseState, number: int
) -> tuple[NoteInput, Mapping[str, tuple[str, bytes]]]:
    """Everything that the note says, and the pictures it shows; a function of the state alone."""
    found = {
        item.id: one
        for item in state.items.values()
        if item.kind == "media" and (one := examined(case, state, item.id)) is not None
    }
    stale = stale_findings(case, state)
    figures = [
        *(
            _sheet(sheet, item, found[item])
            for item in found
            if (sheet := contact_sheet(state, item)) is not None
        ),
        *_finding_figures(state),
    ]
    pictures: dict[str, tuple[str, bytes]] = {
        figure.id: (figure.media_type, case.read_item(state.items[figure.id])) for figure in figures
    }
    groups = origin_groups(*by_name(state.sources.values(), live(state, state.edges)))
    view = NoteInput(
        number=number,
        log=LogPoint(line=state.last_seq, head=state.head, at=state.events[-1].at),
        events=state.events,
        items=tuple(state.items.values()),
        reports=tuple(state.reports.values()),
        claims=tuple(state.claims.values()),
        sources=tuple(state.sources.values()),
        edges=live(state, state.edges),
        incidents=live(state, state.incidents),
        listed=_listed(case, state),
        settings=tuple(state.settings.values()),
        marks=tuple(state.marks.values()),
        media=tuple(one.media for one in found.values()),
        file_facts=tuple(
            fact for item, one in found.items() for fact in file_facts(item, one.metadata)
        ),
        findings=tuple(state.findings.values()),
        propositions=weigh_state(state, stale).propositions,
        settles=settle_state(case, state, stale),
        figures=tuple(figures),
        origins=tuple(group.members for group in groups),
        stale=stale,
        runs=_runs(state),
        state=state.workflow or "open",
        before=note_before(case, state, number),
        sensitivity=dict(state.sensitivity),
        actors={actor.id: actor.name for actor in state.actors.values()},
    )
    return view, pictures


def _listed(case: Case, state: CaseState) -> dict[str, tuple[Incident, ...]]:
    """Events of the lists that others keep, by the item that a list was read from.

    An event is named by its place in the list: ids of their own may stand twice.
    """
    return {
        item.id: tuple(
            one.model_copy(update={"id": f"{item.id}.{row}"})
            for row, one in enumerate(IncidentList.parse(case.read_item(item)).incidents, start=1)
        )
        for item in state.items.values()
        if item.label == INCIDENTS_READ
    }


def _sheet(sheet: Item, item: str, found: Examined) -> Figure:
    shown = found.findings.contact_sheet
    return Figure(
        id=sheet.id,
        item=item,
        media_type="image/jpeg",
        purpose="contact_sheet",
        alt=say("Frames of {item}, each with its time stamp.", item=item),
        t_s=shown.t_s if shown else (),
        width_px=shown.width_px if shown else None,
        height_px=shown.height_px if shown else None,
    )


def _finding_figures(state: CaseState) -> list[Figure]:
    """The figures of the findings that stand."""
    shown: dict[str, FigureType] = {kind: kind for kind in get_args(FigureType)}

    def one(finding: Finding, item: Item) -> Figure:
        return Figure(
            id=item.id,
            item=item.id,
            media_type=shown[item.media_type],
            purpose="finding",
            alt=say("{label}", label=item.label),
            finding=finding.id,
        )

    return [
        one(finding, state.items[figure])
        for finding in state.findings.values()
        for figure in finding.figures
        if state.items[figure].media_type in shown
    ]


def _runs(state: CaseState) -> dict[str, int]:
    """How often each finding's question was asked: reruns with other marks are shown."""
    return {every[-1].id: len(every) for every in state.finding_history.values()}
