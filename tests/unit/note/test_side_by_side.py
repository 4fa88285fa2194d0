"""Explanations, the past of a place, who had it from whom, a map: what stands there, what not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType

import pytest

from firsthand.note import NoteInput, NoteModel, build_note
from firsthand.records import (
    Consistent,
    Edge,
    Finding,
    Hedge,
    Incident,
    Inconsistent,
    LikelihoodRatio,
    Place,
    Setting,
    Source,
    When,
    Where,
    say,
)

AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def view(cases: ModuleType) -> NoteInput:
    made: NoteInput = cases.sample().view
    return made


@pytest.fixture(scope="module")
def model(view: NoteInput) -> NoteModel:
    return build_note(view)


def _told(finding: Finding, **changes: object) -> Finding:
    return finding.model_copy(update={"statement": say("It told."), **changes})


def _says(view: NoteInput, finding: Finding) -> dict[tuple[str, str | None], str]:
    made = build_note(replace(view, findings=(finding,), propositions=()))
    return {
        (row.proposition, row.alternative): cell.says
        for one in made.matrices
        for row in one.rows
        for cell in row.cells
    }


def test_every_finding_is_a_column_and_every_explanation_a_row(
    view: NoteInput, model: NoteModel
) -> None:
    columns = [column.finding for one in model.matrices for column in one.columns]
    assert sorted(columns) == sorted(finding.id for finding in view.findings)
    rows = {row.alternative for one in model.matrices for row in one.rows}
    assert {"did_not_happen", "same_place_other_time", "other_place", "other_cause",
            "staged_edited_or_synthetic"} <= rows  # fmt: skip
    for one in model.matrices:
        for row in one.rows:
            assert len(row.cells) == len(one.columns)


def test_what_did_not_tell_is_there_and_says_so(model: NoteModel) -> None:
    said = {cell.says for one in model.matrices for row in one.rows for cell in row.cells}
    assert {"silent", "waits", "broke", "unasked"} <= said
    assert not {"for", "against"} & said


def test_directions_and_figures_reach_the_row_of_their_explanation(view: NoteInput) -> None:
    base = view.findings[0]
    row = ("F", "same_place_other_time")
    named = {"proposition": "F", "alternative": "same_place_other_time"}
    lr = LikelihoodRatio(low=3, high=8, study="a study", ceiling=40)
    against = _told(base, outcome=Consistent(), lr=lr, toward=None, **named)
    assert _says(view, against)[row] == "against"
    bare = _told(base, outcome=Consistent(), toward="for", **named)
    assert _says(view, bare)[row] == "against"
    assert _says(view, _told(base, outcome=Consistent(), **named))[row] == "fits"
    assert _says(view, _told(base, outcome=Inconsistent(), **named))[row] == "for"
    low = LikelihoodRatio(low=1 / 30, high=1 / 3, study="a study", ceiling=40)
    assert _says(view, _told(base, outcome=Consistent(), lr=low, **named))[row] == "for"
    other = {one: said for one, said in _says(view, against).items() if one != row}
    assert set(other.values()) == {"unasked"}


def test_a_stale_finding_speaks_for_nothing(view: NoteInput) -> None:
    base = view.findings[0]
    told = _told(base, outcome=Consistent(), toward="for", alternative="other_place")
    made = build_note(replace(view, findings=(told,), stale=frozenset({told.id})))
    said = {cell.says for one in made.matrices for row in one.rows for cell in row.cells}
    assert said == {"stale", "unasked"}


def _listed(name: str, kind: str, when: str | None, where: str) -> Incident:
    return Incident(
        id=name,
        kind=kind,  # type: ignore[arg-type]
        summary=f"{kind} told of",
        when=When(earliest=when, latest=when, grain="month") if when else None,
        where=Where(text=where),
        source="A list: x",
    )


def test_where_nobody_tells_of_an_innocent_fire_the_note_says_what_that_is_worth(
    view: NoteInput,
) -> None:
    attacks = tuple(one for one in view.incidents if one.kind == "attack")
    made = build_note(replace(view, incidents=attacks)).past
    assert made is not None
    assert any("says nothing about how many there were" in str(one.message)
               for one in made.sentences)  # fmt: skip


def test_lists_of_others_stand_beside_the_report(view: NoteInput) -> None:
    item = view.items[0].id
    listed = (
        _listed(f"{item}.1", "fire", "2024-02", "Qasr depot"),
        _listed(f"{item}.2", "smoke", None, "Elsewhere"),
    )
    made = build_note(replace(view, listed={item: listed}))
    assert made.past is not None
    rows = {row.id: row for row in made.past.rows}
    assert rows[f"{item}.1"].there
    assert not rows[f"{item}.2"].there
    assert rows[f"{item}.2"].told_by == ("A list: x",)
    assert [row.number for row in made.past.rows] == list(range(1, len(rows) + 1))
    assert made.past.rows[-1].id == f"{item}.2", "the undated come last"
    said = " ".join(str(one.message) for one in made.background.sentences)
    assert "of attacks: 0; of fires, smoke or blasts of another or no stated cause: 1" in said
    for one in made.past.rows:
        assert one.ref


def test_lineages_stay_apart(view: NoteInput) -> None:
    sources = (
        Source(id="s1", name="A", kind="outlet"),
        Source(id="s2", name="B", kind="outlet"),
        Source(id="s3", name="C", kind="person"),
    )
    edges = (
        Edge(id="e1", lineage="footage", earlier="s3", later="s1", relation="filmed",
             basis="stated", why=say("It says so.")),
        Edge(id="e2", lineage="claim", earlier="s1", later="s2", relation="quoted",
             basis="inferred", why=say("We conclude so.")),
    )  # fmt: skip
    footage, claim = build_note(replace(view, sources=sources, edges=edges, origins=())).graphs
    assert (footage.lineage, claim.lineage) == ("footage", "claim")
    assert {node.id for node in footage.nodes} == {"s1", "s3"}
    assert {node.id for node in claim.nodes} == {"s1", "s2"}
    assert [node.id for node in claim.nodes if node.origin] == ["s1"]
    assert [edge.basis for edge in claim.edges] == ["inferred"]


def test_caution_that_falls_away_is_shown_copy_by_copy(cases: ModuleType, view: NoteInput) -> None:
    claim = next(one for one in view.claims if one.hedges and one.footage)
    later = view.reports[0].model_copy(update={"id": "r2", "publisher": "Harbour Post"})
    copy = claim.model_copy(update={"id": "r2.c1", "report": "r2", "hedges": (), "factuality": 3})
    reports, claims = (*view.reports, later), (*view.claims, copy)
    (drift,) = [
        one
        for one in build_note(replace(view, reports=reports, claims=claims)).drifts
        if one.steps[-1].claim == "r2.c1"
    ]
    hedges: tuple[Hedge, ...] = claim.hedges
    assert drift.steps[0].hedges == tuple(hedge.cue for hedge in hedges)
    assert drift.steps[-1].hedges == ()
    assert drift.steps[-1].publisher == "Harbour Post"
    assert build_note(view).drifts == ()


def _place(precision: str, radius: float) -> Setting:
    return Setting(
        id="sp", revision=1, name="place", why="a map", by="p1", at=AT,
        value=Place(name="Depot", latitude_deg=12.345678, longitude_deg=45.678912,
                    radius_m=radius, precision=precision),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("precision", "at", "radius"),
    [("exact", 12.3457, 10.0), ("vicinity", 12.346, 100.0), ("locality", 12.35, 1000.0)],
)
def test_a_place_is_as_coarse_as_its_class(
    view: NoteInput, precision: str, at: float, radius: float
) -> None:
    settings = (
        *(one for one in view.settings if one.name != "place"),
        _place(precision, 5.0),
    )
    made = build_note(replace(view, settings=settings)).map
    assert made is not None
    (place,) = made.places
    assert place.latitude_deg == at
    assert place.radius_m == radius
    assert place.role == "claimed"


def test_no_camera_stands_on_the_map(view: NoteInput) -> None:
    assert any(one.name == "camera_position" for one in view.settings)
    made = build_note(view).map
    assert made is not None
    camera = next(one.value for one in view.settings if one.name == "camera_position")
    assert isinstance(camera, Place)
    for place in made.places:
        assert abs(place.latitude_deg - camera.latitude_deg) > 1e-4
    assert any("It is not drawn" in str(one.message) for one in made.sentences)


def test_methods_name_every_check_with_its_version(view: NoteInput, model: NoteModel) -> None:
    rows = {(row.name, row.version) for row in model.methods}
    for finding in view.findings:
        assert (finding.method.check, finding.method.version) in rows
    for media in view.media:
        assert (media.decoder, media.decoder_version) in rows
    rerun = build_note(replace(view, runs={view.findings[0].id: 7})).methods
    row = next(one for one in rerun if view.findings[0].id in one.used_for)
    assert row.runs == 7
