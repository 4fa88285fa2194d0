"""Whatever a case holds or lacks, its note can be drawn, and every reference leads somewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.note import NoteInput, build_note, render

PARTS = (
    "items",
    "reports",
    "claims",
    "sources",
    "edges",
    "incidents",
    "settings",
    "marks",
    "media",
    "file_facts",
    "findings",
    "propositions",
    "figures",
)
KINDS = ("smoke", "fire", "explosion", "cargo")


def _holds(view: NoteInput, figures: dict[str, tuple[str, bytes]]) -> None:
    model = build_note(view)
    page = render(model, figures)["en/index.html"].decode()
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    for reference in model.references:
        assert f'href="#r{reference.number}"' in page
        assert reference.used_by


@settings(max_examples=25)
@given(data=st.data())
def test_any_part_may_be_missing(cases: ModuleType, data: st.DataObject) -> None:
    made = cases.sample()
    kept: dict[str, Any] = {}
    for name in PARTS:
        every = getattr(made.view, name)
        mask = data.draw(st.lists(st.booleans(), min_size=len(every), max_size=len(every)), name)
        kept[name] = tuple(one for one, keep in zip(every, mask, strict=True) if keep)
    _holds(replace(made.view, **kept), made.figures)


@pytest.mark.parametrize(
    ("kind", "placed", "named"), [*product(KINDS, (True, False), (True, False))]
)
def test_every_subject_has_its_sentences(
    cases: ModuleType, kind: str, placed: bool, named: bool
) -> None:
    made = cases.sample()
    claims = tuple(
        one.model_copy(
            update={
                "proposition": f"{kind} was seen",
                "spans": tuple(span.model_copy(update={"exact": kind}) for span in one.spans),
                "where": one.where if placed else None,
                "holders": one.holders if named else one.holders[-1:],
            }
        )
        for one in made.view.claims
    )
    view = replace(made.view, claims=claims)
    _holds(view, made.figures)
    title = str(build_note(view).title)
    assert ("Qasr depot" in title) is placed
    said = str(build_note(view).use.wording[0].message)
    assert ("Bahr TV cameraman" in said) is named
    assert (kind in said) is (kind != "cargo")


def test_claims_without_a_passage_or_a_report(cases: ModuleType) -> None:
    made = cases.sample()
    bare = tuple(one.model_copy(update={"spans": ()}) for one in made.view.claims)
    _holds(replace(made.view, claims=bare), made.figures)
    lost = tuple(one.model_copy(update={"report": "gone"}) for one in made.view.claims)
    _holds(replace(made.view, claims=lost), made.figures)
