"""What changed since the note before: each change once, with the line that caused it."""

from __future__ import annotations

import json
from dataclasses import replace
from types import ModuleType

import pytest

from firsthand.errors import InvalidRecord
from firsthand.note import NoteInput, build_note, render
from firsthand.note.before import read_before
from firsthand.note.front import Changes
from firsthand.records import Consistent, Event, Setting, SettingRef, say


def _with_event(view: NoteInput, kind: str, *subject: str) -> NoteInput:
    last = view.events[-1]
    event = last.model_copy(update={"seq": last.seq + 1, "kind": kind, "subject": subject})
    log = view.log.model_copy(update={"line": event.seq, "at": event.at})
    return replace(view, events=(*view.events, Event.parse(event.canonical())), log=log)


def _after(view: NoteInput, before: NoteInput, *, signed: bool = False) -> Changes:
    said = read_before(build_note(before).canonical(), signed=signed)
    found = build_note(replace(view, number=2, before=said)).changes
    assert found is not None
    return found


def _words(found: Changes) -> list[str]:
    return [str(row.what.message) for row in found.rows]


@pytest.fixture
def view(cases: ModuleType) -> NoteInput:
    sample: NoteInput = cases.sample().view
    return sample


def test_a_first_note_has_nothing_before_it(view: NoteInput) -> None:
    assert build_note(view).changes is None


def test_nothing_changed_is_said(view: NoteInput) -> None:
    found = _after(view, view)
    assert found.rows == ()
    assert "Nothing that a note says has changed." in [str(one.message) for one in found.lead]


def test_a_new_finding_comes_with_its_line(view: NoteInput) -> None:
    before = replace(view, findings=view.findings[1:])
    now = _with_event(view, "finding.made", view.findings[0].id)
    (row,) = _after(now, before).rows
    assert "was asked for the first time" in str(row.what.message)
    assert row.why.message.values["line"] == str(now.log.line)
    assert row.why.message.values["by"] == "Noor Haddad"


def test_an_answer_that_changed_names_the_setting_that_changed_it(view: NoteInput) -> None:
    old = view.findings[0]
    window: Setting = view.settings[1].model_copy(update={"id": "s9"})
    ref = SettingRef(id="s9", revision=1)
    new = old.model_copy(
        update={
            "id": "f9",
            "outcome": Consistent(),
            "statement": say("The sun was up."),
            "inputs": old.inputs.model_copy(update={"settings": (*old.inputs.settings, ref)}),
        }
    )
    now = replace(view, findings=(new, *view.findings[1:]), settings=(*view.settings, window))
    now = _with_event(now, "setting.set", "s9")
    line = now.log.line
    now = _with_event(now, "finding.made", "f9")
    rows = _after(now, view).rows
    answered = next(row for row in rows if "asked anew" in str(row.what.message))
    assert answered.what.message.values["before"] == "Not run: input is missing"
    assert answered.what.message.values["outcome"] == "Consistent with the claim"
    assert answered.why.message.values["line"] == str(line)
    assert any("Put in:" in words for words in _words(_after(now, view)))


def test_a_finding_that_became_stale_is_said_with_the_edit(view: NoteInput) -> None:
    edited = view.claims[0].model_copy(update={"revision": 2, "proposition": "Smoke, nothing more"})
    now = replace(view, claims=(edited, *view.claims[1:]), stale=frozenset({"f1"}))
    now = _with_event(now, "claim.reviewed", "c1")
    rows = _after(now, view).rows
    stale, claim = rows
    assert "has become stale" in str(stale.what.message)
    assert stale.why.message.values["line"] == claim.why.message.values["line"] == str(now.log.line)
    assert claim.what.message.values["now"] == "Smoke, nothing more"


def test_a_status_that_moved_names_what_carries_it(cases: ModuleType, view: NoteInput) -> None:
    found = _after(_with_event(cases.contradicted(view), "finding.made", "f1"), view)
    first = found.rows[0]
    assert first.what.message.values["now"] == "inconsistent with what was checked"
    assert str(first.why.message) == "Carried now by f1; before by nothing."


def test_a_check_that_is_gone_is_named(view: NoteInput) -> None:
    words = _words(_after(replace(view, findings=view.findings[1:]), view))
    assert words == ["The finding f1 of the check daylight no longer stands here."]


def test_a_sign_off_ends_with_the_next_note(view: NoteInput) -> None:
    lead = [str(one.message) for one in _after(view, view, signed=True).lead]
    assert "Note 1 was signed off; with this note that sign-off ends." in lead


def test_the_page_shows_them(cases: ModuleType, view: NoteInput) -> None:
    said = read_before(build_note(replace(view, findings=())).canonical())
    model = build_note(replace(view, number=2, before=said))
    page = render(model, cases.sample().figures)["en/index.html"].decode()
    assert '<a href="#changes">' in page
    assert page.count("was asked for the first time") == 3


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"[" * 9_000, b'{"number": "x"}'])
def test_what_is_no_note_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidRecord):
        read_before(data)


def test_a_note_of_another_version_still_counts(view: NoteInput) -> None:
    plain = json.loads(build_note(view).canonical())
    plain["schema"] = "firsthand/note/0"
    del plain["references"]
    assert read_before(json.dumps(plain).encode()).line == view.log.line
