# ruff: noqa: E501  (a report has one line a paragraph)
"""What people see of several reports, of edges and of lists: nothing in it drives a terminal."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from firsthand.app.intake import new_case
from firsthand.app.inventory import cell
from firsthand.app.naming import within_report
from firsthand.app.together import together, write_tables
from firsthand.cli.main import app
from firsthand.cli.report_text import report_text
from firsthand.report import Reading, read_report

FIRST = """Smoke Reportedly Seen Over Fort Amber
Published: 4 May 2021
A plume of black smoke was apparently seen over the Fort Amber depot. In April 2021, rockets hit the depot. Nobody was killed in the rocket attack on the depot. A resident filmed black smoke over the depot.
"""
SECOND = """Smoke Seen Over Fort Amber
Published: 5 May 2021
A plume of black smoke was seen over the Fort Amber depot. Three people were killed in the rocket attack on the depot. In June 2021, =HYPERLINK drones attacked the depot.
"""


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [
        within_report(read_report(text.encode(), report_id=f"r{number}"))
        for number, text in enumerate((FIRST, SECOND), 1)
    ]


def test_the_text_for_people(readings: list[Reading]) -> None:
    text = report_text(together(readings))
    for part in (
        "Chronology, as it is told",
        "2021-04              attack: In April 2021, rockets hit the depot",
        "such a list primes “attack”",
        "dates clash: ",
        "is dated 2021-06, after the report itself (2021-05-05)",
        "Hedges from copy to copy",
        "(grew firmer)",
        '"apparently"',
        "filmed, stated",
        "Lineage of the footage",
    ):
        assert part in text, part


@pytest.mark.parametrize("text", ["=1+1", " =1+1", "＝1+1", "|cmd", "'=x", "a;=1+1", "-3+1"])
def test_no_cell_is_run_by_a_spreadsheet(
    readings: list[Reading], tmp_path: Path, text: str
) -> None:
    evil = readings[1].incidents[0].model_copy(update={"summary": text, "id": "r2.i9"})
    write_tables(tmp_path / "out", [readings[1].model_copy(update={"incidents": (evil,)})])
    table = (tmp_path / "out" / "chronology.csv").read_text()
    assert [row["what"] for row in csv.DictReader(io.StringIO(table))] == [cell(text)]
    assert f'"{cell(text)}"' in table  # quoted: a reader that splits at semicolons splits nothing
    assert (tmp_path / "out" / "drift.csv").read_bytes() == b""


def test_edges_and_lists_by_command(tmp_path: Path) -> None:
    reports = [tmp_path / "first.txt", tmp_path / "second.txt"]
    for path, text in zip(reports, (FIRST, SECOND), strict=True):
        path.write_text(text)
    case = tmp_path / "case"
    new_case(case, reports=reports, media=[])
    runner = CliRunner(env={"FIRSTHAND_ACTOR": "tester"})

    def typed(*words: str | Path) -> str:
        done = runner.invoke(app, ["case", *map(str, words)])
        assert done.exit_code == 0, done.output
        return done.stdout

    listed = typed("edge", "list", case)
    assert "resident: filmed, stated" in listed
    edge = json.loads(typed("edge", "list", case, "--json"))["edges"][0]["id"]
    assert "[cut]" in typed("edge", "cut", case, edge, "--why", "it was another clip")
    assert "[cut]" not in typed("edge", "keep", case, edge, "--why", "no, the same")
    added = typed("edge", "add", case, "An \x1b[31maccount", "r1.s1", "--why", "seen there")
    assert "republished, inferred" in added
    assert "\x1b" not in added
    assert "An \\u{1b}[31maccount" in added

    table, mapping = tmp_path / "list.csv", tmp_path / "mapping.json"
    table.write_text("id,date,kind\nA,2021-04-02,attack\nA,2021-04-03,attack\n")
    mapping.write_text('{"id": "id", "date": "date", "kind": "kind"}')
    shown = typed("incidents", case, table, "--mapping", mapping)
    assert "1 incidents read (1 attack), 1 notes." in shown
    assert "primes “attack”" in shown
    assert "nothing was added" in typed("incidents", case, table, "--mapping", mapping)
