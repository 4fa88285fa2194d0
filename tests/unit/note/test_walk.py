"""From each reference on the page to the thing itself in the case, by what lies on the disk."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from tests.app_fixtures import clip, report

from firsthand.app.checking import check_case
from firsthand.app.intake import new_case
from firsthand.app.noting import write_note
from firsthand.app.setting import Asked, set_in_case
from firsthand.app.store import open_case
from firsthand.case import Case, CaseState
from firsthand.note import NoteModel
from firsthand.note.parts import Reference
from firsthand.records import Span

__all__ = ["clip", "report"]


@pytest.fixture(scope="module")
def written(
    tmp_path_factory: pytest.TempPathFactory, report: Path, clip: Path
) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("walk") / "case"
    new_case(folder, reports=[report], media=[clip], actor="tester")
    set_in_case(folder, Asked(seen="dark smoke"), why="looked", actor="tester")
    check_case(folder, actor="tester")
    return folder, write_note(folder, actor="tester")


@pytest.fixture(scope="module")
def case(written: tuple[Path, dict[str, Any]]) -> Case:
    return open_case(written[0])


@pytest.fixture(scope="module")
def page(written: tuple[Path, dict[str, Any]]) -> html.HtmlElement:
    return html.fromstring(Path(written[1]["path"]).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def model(written: tuple[Path, dict[str, Any]]) -> NoteModel:
    return NoteModel.parse(Path(written[1]["json"]).read_bytes())


def test_each_reference_on_the_page_leads_into_the_case(
    case: Case, page: html.HtmlElement, model: NoteModel
) -> None:
    state = case.state(model.log.line)
    cited = {int(href[2:]) for href in page.xpath("//a/@href") if re.fullmatch(r"#r\d+", href)}
    entries = {int(one[1:]) for one in page.xpath('//ol[@class="refs"]/li/@id')}
    assert cited == entries == {reference.number for reference in model.references}
    kinds = set()
    for reference in model.references:
        (entry,) = page.xpath(f'//li[@id="r{reference.number}"]')
        _walk(case, state, reference, " ".join(entry.text_content().split()))
        kinds.add(reference.kind)
    assert {"span", "report", "item", "frame", "finding", "log", "setting", "weighing"} <= kinds


def _walk(case: Case, state: CaseState, reference: Reference, printed: str) -> None:
    match reference.kind:
        case "span":
            _quote(case, state, reference, printed)
        case "report":
            assert reference.target in state.reports
        case "item" | "frame":
            assert reference.target is not None
            assert f"{reference.target}" in printed
            assert reference.commitment is not None
            assert reference.commitment in printed
            assert _committed(case, state, reference.target) == reference.commitment
            if reference.kind == "frame":
                length = state.media[reference.target].duration_s
                assert length is not None
                assert reference.t_s is not None
                assert 0 <= reference.t_s <= length
        case "finding":
            assert reference.target in {one.id for one in state.findings.values()}
        case "setting":
            assert reference.target in {one.id for one in state.settings.values()}
        case "record":
            assert reference.target in {*state.edges, *state.incidents, *state.claims}
        case "log" | "weighing":
            assert reference.line is not None
            assert reference.line <= state.last_seq
        case _:
            raise AssertionError(reference.kind)


def _quote(case: Case, state: CaseState, reference: Reference, printed: str) -> None:
    """The words stand in the kept report, in a line of it, where the reference says."""
    assert reference.target is not None
    assert reference.quote is not None
    report = state.reports[reference.target]
    item = next(one for one in state.items.values() if one.sha256 == report.sha256)
    kept = case.read_item(item).decode("utf-8")
    assert reference.quote in kept
    assert " ".join(reference.quote.split()) in printed
    spans: list[Span] = [line.span for line in report.lines]
    line = next(one for one in spans if one.start <= (reference.start or 0) < one.end)
    at = (reference.start or 0) - line.start
    assert line.exact[at : at + len(reference.quote)] == reference.quote


def _committed(case: Case, state: CaseState, name: str) -> str:
    """The commitment made anew from the salt on the disk and the bytes of the item."""
    line = next(
        one.seq
        for one in state.events
        if one.kind in {"item.added", "derivative.added"} and name in one.subject
    )
    payload = json.loads((case.path / "payloads" / f"{line:06d}.sensitive.json").read_bytes())
    digest = hashlib.sha256(case.read_item(state.items[name])).hexdigest()
    return hashlib.sha256(f"{payload['salt']}{digest}".encode("ascii")).hexdigest()


def test_no_plain_hash_of_an_item_stands_in_the_note(
    case: Case, written: tuple[Path, dict[str, Any]]
) -> None:
    said = Path(written[1]["path"]).read_text() + Path(written[1]["json"]).read_text()
    for item in case.state().items.values():
        assert item.sha256 not in said
        assert item.sha512 not in said


def test_the_printed_commands_print_what_they_say(
    case: Case, model: NoteModel, clip: Path, tmp_path: Path
) -> None:
    shown = 0
    for one in model.custody.commands:
        if one.prints is None:
            continue
        command = one.command.replace("CASE/", f"{case.path}/").replace("< FILE", f"< {clip}")
        done = subprocess.run(
            ["sh", "-c", command], capture_output=True, text=True, check=True, cwd=tmp_path
        )
        assert done.stdout.split()[0] == one.prints
        shown += 1
    assert shown == 2
