"""Several reports: who had it from whom, cut and added by a person; their tables."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from firsthand.app.archive_search import SEARCH
from firsthand.app.auditing import audit_case
from firsthand.app.checking import check_case
from firsthand.app.intake import add_to_case, new_case
from firsthand.app.lineage import add_edge, propose_edges, review_edge, show_edges
from firsthand.app.reading import read_files
from firsthand.app.store import open_case, writing
from firsthand.archive.match import Held, Match, Search, statement
from firsthand.archive.seen import Mechanism, SeenAt
from firsthand.errors import InputError, NoSuchThing
from firsthand.records import Item, Made

WIRE = """Smoke Reportedly Seen Over Fort Amber
Published: 4 May 2021
WESTPORT, May 4 (Example Wire) - A tall plume of black smoke was apparently seen over the Fort Amber
depot outside Westport on Tuesday, and fire crews from three neighbouring districts were called.
In April 2021, rockets hit the depot. Nobody was hurt, the fire service said.
"""
COPY = """Smoke Seen Over Fort Amber
Published: 5 May 2021
A tall plume of black smoke was seen over the Fort Amber depot outside Westport on Tuesday, and fire
crews from three neighbouring districts were called. Example Wire reported that the depot burned.
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("reports")
    paths = [folder / "wire.txt", folder / "copy.txt"]
    for path, text in zip(paths, (WIRE, COPY), strict=True):
        path.write_text(text)
    return paths


def test_several_reports_in_one_document_and_its_tables(
    reports: list[Path], tmp_path: Path
) -> None:
    document = read_files(reports, out=tmp_path / "out")
    relations = {edge["id"]: (edge["lineage"], edge["basis"]) for edge in document["edges"]}
    assert relations == {
        "r1-r2.same_text": ("claim", "inferred"),
        "r1-r2.quoted": ("claim", "inferred"),
    }
    (pair,) = document["shared_text"]
    assert pair["containment"] > 0.5
    lost = [one for one in document["drift"] if one["change"] == "firmer"]
    hedges = [[row["hedges"] for row in one["rows"]] for one in lost]
    assert [["Reportedly"], []] in hedges
    assert [["apparently"], []] in hedges
    assert [g["members"] for g in document["origins"]["claim"]] == [["r1.s1", "r2.s1"]]
    assert [g["members"] for g in document["origins"]["footage"]] == [["r1.s1"], ["r2.s1"]]
    assert document["chronology"][0]["kind"] == "attack"
    assert document["date_conflicts"] == []

    tables = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert sorted(tables) == ["chronology.csv", "chronology.svg", "drift.csv"]
    rows = list(csv.DictReader(io.StringIO(tables["drift.csv"].decode())))
    assert {row["change"] for row in rows} >= {"firmer"}
    ElementTree.fromstring(tables["chronology.svg"])  # noqa: S314  (we drew it)
    with pytest.raises(InputError, match="in use"):
        read_files(reports[:1], out=tmp_path / "out")


def test_a_person_cuts_keeps_and_adds_edges(reports: list[Path], tmp_path: Path) -> None:
    case = tmp_path / "case"
    new_case(case, reports=reports[:1], media=[])
    add_to_case(case, reports=reports[1:], media=[])
    assert {edge["id"] for edge in show_edges(case)["edges"]} == {
        "r1-r2.same_text",
        "r1-r2.quoted",
    }
    head = open_case(case).state().head
    add_to_case(case, reports=reports[1:], media=[])
    assert open_case(case).state().head == head

    def copies() -> float:
        (finding,) = check_case(case, only=["origins"])["findings"]
        counted = {one["name"]: one["quantity"]["value"] for one in finding["measurements"]}
        return counted["reports that are a text with another"]

    assert copies() == 2
    done = review_edge(case, "r1-r2.same_text", cut=True, why="both cite a statement", actor="x")
    (cut,) = [edge for edge in done["edges"] if edge["id"] == "r1-r2.same_text"]
    assert (cut["review"]["state"], cut["review"]["why"]) == ("rejected", "both cite a statement")
    assert copies() == 0
    lines = len(open_case(case).state().events)
    review_edge(case, "r1-r2.same_text", cut=True, why="again", actor="x")
    assert len(open_case(case).state().events) == lines
    review_edge(case, "r1-r2.same_text", cut=False, why="no: word for word", actor="x")
    assert copies() == 2

    added = add_edge(
        case,
        earlier="Sara Ali",
        later="r1.s1",
        relation="filmed",
        lineage="footage",
        kind="person",
        stated=True,
        why="she told us on 6 May",
        actor="x",
    )
    assert (added["added"], added["new"]) == ("p.e1", True)
    names = {one["id"]: one["name"] for one in added["sources"]}
    assert names["p.s1"] == "Sara Ali"
    assert ["r1.s1", "p.s1"] in [group["members"] for group in added["origins"]["footage"]]
    assert audit_case(case)["ok"]
    for wrong in ({"relation": "stole"}, {"why": " "}, {"later": "sara ali "}, {"kind": "ghost"}):
        with pytest.raises(InputError):
            add_edge(
                case,
                **{
                    "earlier": "Sara Ali",
                    "later": "r1.s1",
                    "relation": "filmed",
                    "lineage": "footage",
                    "kind": "person",
                    "stated": True,
                    "why": "x",
                    "actor": "x",
                }
                | wrong,  # type: ignore[arg-type]
            )
    with pytest.raises(NoSuchThing):
        review_edge(case, "r9.e9", cut=True, why="x", actor="x")


FOOTAGE = """Video Shows Smoke Over Fort Amber
Published: 4 May 2021
A video filmed by Sara Ali shows a plume of black smoke over the Fort Amber depot outside Westport.
"""


def search(item: Item, *dates: SeenAt) -> tuple[Search, Made]:
    """An archive that holds a copy of an item, known from the dates given, and another take."""
    held = Held(videos=2, images=0, seconds=9.0, generation="g1")
    matches = tuple(
        Match(
            path=f"old/{name}.mp4",
            paths=(f"old/{name}.mp4",),
            sha256=mark * 64,
            verdict=verdict,
            reason="Aligned over 9 s.",
            score=1.0,
            false_alarms=0.0,
            query_s=(0.0, 9.0),
            reference_s=(0.0, 9.0),
            speed=1.0,
            flipped=False,
            crop=(0.0, 0.0, 1.0, 1.0),
            cells=9,
            seen_at=dates,
        )
        for name, mark, verdict in (
            ("copy", "a", "same_recording"),
            ("take", "b", "different_take"),
        )
    )
    found = Search(
        query_sha256="c" * 64,
        query_seconds=9.0,
        held=held,
        matches=matches,
        statement=statement(held, matches),
    )
    return found, Made(tool="t", version="1", inputs=(item.id,), input_sha256=(item.sha256,))


def seen(day: int, mechanism: Mechanism, off_by_s: float | None) -> SeenAt:
    at = datetime(2021, 5, day, 12, tzinfo=UTC)
    return SeenAt(at=at, mechanism=mechanism, off_by_s=off_by_s)


@pytest.mark.parametrize(
    ("known", "first_seen", "publisher_is_earlier"),
    [
        (seen(1, "archive_capture", 3600.0), "2021-05-01", False),
        # Perhaps of the report's own day.
        (seen(1, "archive_capture", 3 * 86400.0), "2021-05-04", True),
        (seen(1, "archive_capture", None), None, True),
        (seen(1, "persons_word", 3600.0), None, True),
        (seen(9, "rfc3161", 1.0), "2021-05-09", True),
    ],
)
def test_the_same_recording_in_an_archive_is_an_edge(
    clip: Path, tmp_path: Path, known: SeenAt, first_seen: str | None, publisher_is_earlier: bool
) -> None:
    case, report = tmp_path / "case", tmp_path / "report.txt"
    report.write_text(FOOTAGE)
    new_case(case, reports=[report], media=[clip])
    footage = next(i for i in open_case(case).state().items.values() if i.kind == "media")
    word = SeenAt(at=datetime(2019, 1, 1, tzinfo=UTC), mechanism="persons_word", off_by_s=0.0)
    found, made = search(footage, word, known)
    with writing(case, "x") as desk:
        desk.writer.add_derivative(
            found.canonical(), media_type="application/json", made=made, label=SEARCH
        )
        assert propose_edges(desk) == 2
        assert propose_edges(desk) == 0
    document = show_edges(case)
    edges = {edge["relation"]: edge for edge in document["edges"]}
    names = {one["id"]: one for one in document["sources"]}
    same, shown = edges["same_recording"], edges["republished"]
    copy = names[same["earlier"]]
    assert copy["first_seen"] == first_seen
    assert copy["name"] == "a copy in the archive (copy.mp4)"
    assert (same["later"], same["lineage"], same["basis"]) == (footage.id, "footage", "inferred")
    assert (shown["later"] == footage.id) == publisher_is_earlier
    (group,) = [one for one in document["origins"]["footage"] if copy["id"] in one["members"]]
    assert {footage.id, shown["earlier"], shown["later"]} <= set(group["members"])
    assert (copy["id"] in group["origins"]) == (not publisher_is_earlier)
