"""The whole job, through the real command: in one go, step by step, and again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import html

Document = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def case(
    tmp_path_factory: pytest.TempPathFactory, document: Document, clip: Path, report: Path
) -> Path:
    directory = tmp_path_factory.mktemp("whole") / "case"
    done = document("examine", report, clip, "--case", directory)
    assert done["new"]
    assert Path(done["path"]) == directory / "note" / "0001" / "en" / "index.html"
    return directory


def lines(case: Path) -> int:
    return (case / "log.jsonl").read_bytes().count(b"\n")


def test_the_case_audits_whole(case: Path, document: Document) -> None:
    done = document("case", "audit", case)
    assert done["ok"]
    assert done["lines"] == lines(case)


def test_the_note_fits_its_published_schema(case: Path, repository: Path) -> None:
    schema = json.loads((repository / "docs/reference/schema/note-1.json").read_bytes())
    jsonschema.validate(json.loads((case / "note/0001/en/note.json").read_bytes()), schema)


def test_no_plain_hash_of_an_item_leaves_with_the_note(case: Path, document: Document) -> None:
    """Whoever finds a file on a telephone must not be able to match it to a note."""
    said = "".join(path.read_text() for path in sorted((case / "note/0001").rglob("*.*")))
    items = document("case", "show", case)["items"]
    assert items
    for item in items:
        for plain in (item["sha256"], item["sha512"]):
            assert plain[:12] not in said, item["id"]


def test_the_note_comes_out_the_same_when_every_check_is_run_again(
    case: Path, document: Document
) -> None:
    done = document("case", "reproduce", case / "note/0001/en/note.json", case)
    assert done["reproduced"] and done["as_kept"]
    assert len(done["checks"]) >= 10
    assert [one for check in done["checks"] for one in check["differences"]] == []


def test_page_one_in_arabic_is_whole(case: Path, document: Document) -> None:
    """With what every check says of a real case: 100 % of page one."""
    done = document("case", "note", case, "--language", "ar")
    assert done["new"] is False
    page = html.fromstring(Path(done["path"]).read_bytes())
    (one,) = page.xpath("//div[@class='page-one']")
    told = len(one.xpath(".//span[starts-with(@id, 's')]"))
    left = [span.text_content() for span in one.xpath(".//span[@lang='en']")]
    assert told > 20
    assert left == [], f"{len(left)} of {told} sentences are not in locale/ar.po"
    assert document("case", "audit", case)["ok"]


@pytest.mark.parametrize(
    "step",
    [
        ("examine", "{report}", "{clip}", "--case", "{case}"),
        ("case", "add", "{case}", "--report", "{report}", "--media", "{clip}"),
        ("case", "check", "{case}"),
        ("case", "weigh", "{case}"),
        ("case", "note", "{case}"),
        ("case", "show", "{case}"),
        ("case", "accept", "{case}"),
    ],
    ids=lambda step: step[1] if step[0] == "case" else step[0],
)
def test_a_second_run_with_nothing_changed_changes_nothing(
    step: tuple[str, ...], case: Path, clip: Path, report: Path, document: Document
) -> None:
    before = (case / "log.jsonl").read_bytes()
    notes = sorted((case / "note").rglob("*"))
    document(*(word.format(case=case, clip=clip, report=report) for word in step))
    assert (case / "log.jsonl").read_bytes() == before
    assert sorted((case / "note").rglob("*")) == notes


def test_the_note_is_a_pure_function_of_the_log(case: Path) -> None:
    stored = {path.name: path.read_bytes() for path in (case / "note" / "0001" / "en").iterdir()}
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from firsthand.app.noting import note_files\nfrom firsthand.case import Case\n"
        "case = Case.open(Path(sys.argv[1]))\n"
        "note = case.state().notes[0]\n"
        "for name, data in note_files(case, note.number, note.upto).items():\n"
        "    Path(sys.argv[2], name).write_bytes(data)\n"
    )
    for seed in ("1", "2"):
        out = case.parent / f"again-{seed}"
        out.mkdir()
        subprocess.run(
            [sys.executable, "-c", code, str(case), str(out)],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Kathmandu", "LC_ALL": "C"},
            check=True,
        )
        assert {path.name: path.read_bytes() for path in out.iterdir()} == stored


def test_nobody_accepted_anything_and_the_note_says_so(case: Path) -> None:
    page = (case / "note" / "0001" / "en" / "index.html").read_text(encoding="utf-8")
    assert "unaccepted" in page


def test_step_by_step(tmp_path: Path, document: Document, clip: Path, report: Path) -> None:
    case = tmp_path / "case"
    taken = document("case", "new", case, "--report", report, "--media", clip)
    media = next(item["id"] for item in taken["items"] if item["kind"] == "media")
    claims = document("case", "accept", case)["open"]
    assert claims
    first, second, third = (claim["id"] for claim in claims[:3])

    document("case", "accept", case, first, "--why", "as the report has it")
    document("case", "accept", case, "--reject", second)
    document("case", "accept", case, "--edit", f"{third}:factuality=0")
    states = {claim["id"]: claim for claim in document("case", "show", case)["claims"]}
    assert states[first]["review"]["state"] == "accepted"
    assert states[first]["review"]["why"] == "as the report has it"
    assert states[second]["review"]["state"] == "rejected"
    assert states[third]["review"]["state"] == "edited"
    assert states[third]["factuality"] == 0
    before = lines(case)
    document("case", "accept", case, first)
    assert lines(case) == before

    day = "2021-09-28T08:00:00Z/2021-09-28T10:00:00Z"
    place = ("--place", "33.2625,44.2346,35", "--radius-m", "3000", "--name", "the base")
    why = ("--why", "an example")
    document("case", "set", case, *place, "--window", day, *why)
    document("case", "set", case, "--light", "day", "--scope", media, *why)
    assert len(document("case", "set", case, *place, *why)["unchanged"]) == 1

    found = {one["check"]: one for one in document("case", "check", case)["findings"]}
    assert set(found) >= {"daylight", "origins", "provenance"}
    assert found["daylight"]["outcome"]["kind"] == "consistent"
    assert found["daylight"]["lr"] is None
    document("case", "note", case)

    document("case", "set", case, "--window", "2021-09-28T19:00:00Z/2021-09-28T23:00:00Z", *why)
    stale = [one for one in document("case", "show", case)["findings"] if one["stale"]]
    assert "daylight" in {one["check"] for one in stale}
    weighed = document("case", "weigh", case)
    assert found["daylight"]["id"] in weighed["stale"]
    again = {one["check"]: one for one in document("case", "check", case)["findings"]}
    assert again["daylight"]["outcome"]["kind"] == "inconsistent"
    status = {one["id"]: one["status"] for one in document("case", "weigh", case)["propositions"]}
    assert status["F"] == "not_established", "an uncalibrated check never decides"
    assert document("case", "note", case)["note"] == 2
    assert document("case", "audit", case)["ok"]


def test_another_report_renames_nothing(tmp_path: Path, document: Document, report: Path) -> None:
    case = tmp_path / "case"
    document("case", "new", case, "--report", report)
    before = [claim["id"] for claim in document("case", "show", case)["claims"]]
    document("case", "add", case, "--report", report.with_suffix(".html"))
    after = [claim["id"] for claim in document("case", "show", case)["claims"]]
    assert after[: len(before)] == before
    assert {name.split(".")[0] for name in after} == {"r1", "r2"}


def test_a_case_brings_its_own_places(tmp_path: Path, document: Document, report: Path) -> None:
    own = tmp_path / "places.geojson"
    point = {"type": "Point", "coordinates": [44.25, 33.27]}
    feature = {"type": "Feature", "properties": {"name": "Camp Victory"}, "geometry": point}
    own.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    case = tmp_path / "case"
    document("case", "new", case)
    document("case", "add", case, "--gazetteer", own, "--report", report)
    places = [
        candidate["name"]
        for claim in document("case", "show", case)["claims"]
        if claim["where"]
        for candidate in claim["where"]["candidates"]
    ]
    assert "Camp Victory" in places


def test_the_sun_without_a_case(document: Document) -> None:
    sun = document("sun", "--at", "39.742476,-105.1786,1830.14", "--time", "2003-10-17T19:30:30Z")
    assert sun["azimuth_deg"] == pytest.approx(194.340, abs=0.003)
    assert sun["apparent_elevation_deg"] == pytest.approx(90 - 50.1116, abs=0.01)
