"""Page one says what the records say, in the order and the tone that bind."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType

import pytest
from lxml import html

from firsthand.findings import Proposition
from firsthand.note import NoteInput, NoteModel, build_note, render
from firsthand.note.model import Sentence
from firsthand.records import Seen, Window, say


def words(*sentences: Sentence) -> str:
    return " ".join(
        " ".join([str(one.message), *(str(part) for part in one.parts)]) for one in sentences
    )


@pytest.fixture
def view(cases: ModuleType) -> NoteInput:
    return cases.sample().view


@pytest.fixture
def model(view: NoteInput) -> NoteModel:
    return build_note(view)


def test_title_and_time_come_from_the_records(model: NoteModel, view: NoteInput) -> None:
    assert str(model.title) == "Smoke said to be at Qasr depot, near Harbour Airport"
    assert model.written_at == view.events[-1].at
    assert model.state == "open"
    assert "second reader: none" in str(model.standing)


def test_sections_stand_in_the_order_that_binds(cases: ModuleType, model: NoteModel) -> None:
    page = html.fromstring(render(model, cases.sample().figures)["en/index.html"].decode())
    heads = page.xpath('//div[@class="page-one"]//h2/text()')
    assert heads == [
        "Use",
        "Claim",
        "The clip shows",
        "We cannot tell",
        "Sources",
        "Done",
        "Not done",
        "Would settle most, in order",
        "Background",
        "Handling",
    ]


def test_use_says_how_and_in_which_words(model: NoteModel) -> None:
    assert words(*model.use.rules) == (
        "Unverified. Attribute. Do not state place, date or “attack” as fact."
    )
    assert words(*model.use.wording) == (
        "Coast Wire reports that a Bahr TV cameraman filmed smoke rising from Qasr depot. "
        "We have not established where or when it was filmed, or what was burning."
    )


def test_without_an_attack_in_the_background_nobody_says_attack(view: NoteInput) -> None:
    calm = replace(view, incidents=())
    assert "attack" not in words(*build_note(calm).use.rules)


def test_claim_is_in_its_own_words_with_its_hedges(model: NoteModel) -> None:
    assert model.claim.publisher == "Coast Wire"
    assert model.claim.published == "2 June 2024"
    quoted = words(*model.claim.quotes)
    for passage in ("A cameraman from Bahr TV filmed", "hundreds of metres", "دخانا أسود"):
        assert passage in quoted
    assert words(*model.claim.hedges) == (
        "Headline: “reportedly seen over fuel depot” "
        "Caption: “apparently filmed at the Qasr depot” "
        "Coast Wire itself: “cannot confirm when the video was made”"
    )
    assert words(*model.claim.missing) == (
        "No filming time and no cause are given. "
        "Filmed no later than 2 June 2024, when the report came out; how much earlier is not said."
    )


def test_nothing_accepted_stands_on_top(
    cases: ModuleType, view: NoteInput, model: NoteModel
) -> None:
    assert words(*model.warnings).startswith("Rests on unaccepted readings: the tool read 11")
    partly = build_note(cases.accepted(view, only=4))
    assert words(*partly.warnings) == (
        "Rests partly on unaccepted readings: of 11 statements read, "
        "7 have been accepted by nobody."
    )
    assert build_note(cases.accepted(view)).warnings == ()


def test_a_rejected_claim_is_not_told_on_page_one(cases: ModuleType, view: NoteInput) -> None:
    reviewed = cases.accepted(view)
    gone = reviewed.claims[7].model_copy(
        update={
            "review": reviewed.claims[7].review.model_copy(update={"state": "rejected"}),
        }
    )
    changed = replace(reviewed, claims=(*reviewed.claims[:7], gone, *reviewed.claims[8:]))
    made = build_note(changed)
    assert "دخانا أسود" not in words(*made.claim.quotes)
    assert made.claims[-1].id == "c8"
    assert made.claims[-1].rejected


def test_cannot_tell_gives_what_why_and_what_would_settle(model: NoteModel) -> None:
    told = {str(one.what): words(one.why) for one in model.cannot_tell}
    assert told == {
        "where": "a camera position has been put in by Noor Haddad; nothing else places it",
        "when": "no time is stated; the file says 2024-05-30 11:02, which proves nothing alone",
        "whether the smoke rises inside Qasr depot, outside it or beyond it": (
            "one bearing cannot say"
        ),
        "what burns, attack or accident": "no cause is given, and colour doesn't say",
        "whether it is “steam from hoses”": "the report itself only says “may be”",
        "whether “hundreds of metres” holds": (
            "no angle and no distance has been measured; the words alone are good to a factor of "
            "three"
        ),
    }
    acts = {one.number for one in model.would_settle}
    assert all(one.settled_by and set(one.settled_by) <= acts for one in model.cannot_tell)


def test_without_settings_nothing_is_matched_to_a_map(view: NoteInput) -> None:
    bare = build_note(replace(view, settings=(), file_facts=(), marks=()))
    told = {str(one.what): words(one.why) for one in bare.cannot_tell}
    assert told["where"] == "nothing has been matched to a map"
    assert told["when"] == "no time is stated, and the file carries none"
    assert "Nobody has yet written down what is to be seen in it." in words(*bare.shows.seen)
    assert [one.act for one in bare.would_settle] == [
        "original",
        "landmarks",
        "view",
        "statements",
        "satellite",
        "inputs-F-light-window",
    ]


def test_a_window_that_a_person_put_in_is_told_as_theirs(view: NoteInput) -> None:
    window = view.settings[0].model_copy(
        update={
            "id": "s9",
            "name": "window",
            "value": Window(
                start=datetime(2024, 6, 1, 4, tzinfo=UTC), end=datetime(2024, 6, 1, 6, tzinfo=UTC)
            ),
        }
    )
    made = build_note(replace(view, settings=(*view.settings, window)))
    why = next(words(one.why) for one in made.cannot_tell if str(one.what) == "when")
    assert why.startswith("Noor Haddad put in 1 June 2024, 04:00 UTC to 1 June 2024, 06:00 UTC")


def test_sources_count_one_origin(model: NoteModel) -> None:
    assert words(*model.sources.sentences) == (
        "One named filmer: Bahr TV cameraman. "
        "The picture is credited to Coast Daily/social media; where they had it is not stated. "
        "Count one origin until shown otherwise."
    )


def test_not_done_is_what_the_log_does_not_hold(cases: ModuleType, view: NoteInput) -> None:
    listed = words(*build_note(view).not_done)
    for act in ("web reverse search", "earliest upload", "calls", "satellite images"):
        assert act in listed
    assert "Waiting for input: daylight" in listed
    assert "Broke, and says nothing either way (provenance):" in listed
    ran = build_note(cases.supported(view))
    assert "daylight" not in words(*ran.not_done)
    assert "The sun was up." in words(*ran.done)


def test_what_would_settle_ends_with_what_was_computed(model: NoteModel, view: NoteInput) -> None:
    last = model.would_settle[-1].sentence
    assert words(last) == (
        "For the checks here to tell whether this footage shows it, together: "
        "the light as a person sees it the time"
    )
    (row,) = [one for one in model.propositions if one.id == "F"]
    assert [one.could_become for one in row.settles] == [("consistent", "inconsistent")]
    without = build_note(replace(view, settles={}))
    assert len(without.would_settle) == len(model.would_settle) - 1


def test_background_is_the_reports_own_and_says_nothing(model: NoteModel) -> None:
    assert words(*model.background.sentences) == (
        "An attack at Qasr depot: March 2024. A fire at Qasr depot: May 2024. "
        "It says nothing about this smoke."
    )


def test_handling_withholds_the_camera(model: NoteModel) -> None:
    assert words(*model.handling) == ("Publish no camera position. Reference of the footage: m2.")
    values = {row.name: row.value for row in model.settings}
    assert values["camera_position"] is None
    assert values["heading"] is None
    assert values["light"] is not None


def test_a_contradiction_changes_use_and_doubts(cases: ModuleType, view: NoteInput) -> None:
    made = build_note(cases.contradicted(view))
    assert words(made.use.rules[0]).startswith("Do not use as what it is said to be.")
    assert words(*made.use.wording).endswith("speaks against the place and time that were given.")
    where = next(one for one in made.cannot_tell if str(one.what) == "where")
    assert words(where.why) == "the claimed place and time do not hold together"


def test_a_fit_is_not_more_than_a_fit(cases: ModuleType, view: NoteInput) -> None:
    made = build_note(cases.supported(view))
    assert words(made.use.rules[0]) == (
        "Unverified. Attribute. What was checked fits the claim, "
        "and would fit other explanations too."
    )


def test_stale_findings_are_said_to_count_for_nothing(view: NoteInput) -> None:
    made = build_note(replace(view, stale=frozenset({"f2"})))
    assert "One finding rests on inputs that have changed since" in words(*made.warnings)
    assert "Count one origin." not in words(*made.done)


def test_an_empty_case_is_told_as_empty(view: NoteInput) -> None:
    empty = NoteInput(number=1, log=view.log, events=view.events[:1])
    made = build_note(empty)
    assert str(made.title) == "Footage, place not stated"
    assert "There is no report in this case" in words(*made.warnings)
    assert "There is no footage in this case yet." in words(*made.warnings)
    assert render(made, {})["en/index.html"]


def test_footage_without_a_report(view: NoteInput) -> None:
    alone = NoteInput(
        number=1, log=view.log, events=view.events, items=view.items[1:], media=view.media
    )
    made = build_note(alone)
    assert "No report describes it." in words(*made.shows.got)
    assert words(*made.use.wording).startswith("We hold footage whose place")


def test_graphic_footage_is_hidden_until_asked_for(cases: ModuleType, view: NoteInput) -> None:
    marked = replace(view, sensitivity={"m2": "Graphic Violence"})
    page = html.fromstring(
        render(build_note(marked), cases.sample().figures)["en/index.html"].decode()
    )
    (hidden,) = page.xpath('//details[@class="graphic"]')
    assert "open" not in hidden.attrib
    assert hidden.xpath(".//img")
    assert not page.xpath("//img[not(ancestor::details[@class='graphic'])]")


RESULTS = re.compile(r"\b(confirmed|verified|debunked|authentic|genuine|fake|proven)\b", re.I)


@pytest.mark.parametrize("variant", ["sample", "contradicted", "supported", "unlikely"])
def test_no_verdict_is_ever_given(cases: ModuleType, view: NoteInput, variant: str) -> None:
    shown = view
    if variant in {"contradicted", "supported"}:
        shown = getattr(cases, variant)(view)
    if variant == "unlikely":
        status = "consistent_and_unlikely_if_false"
        shown = replace(
            view, propositions=tuple(Proposition(id=one, shot=None, status=status) for one in "EFC")
        )
    quiet = replace(shown, settings=(), file_facts=())
    page = html.fromstring(
        render(build_note(quiet), cases.sample("x.mp4").figures)["en/index.html"].decode()
    )
    for style in page.xpath("//style"):
        style.drop_tree()
    for quote in page.xpath("//bdi"):
        quote.drop_tree()
    assert not RESULTS.findall(page.text_content())


def test_what_an_analyst_saw_is_told_as_theirs(view: NoteInput) -> None:
    assert "As Noor Haddad saw it: dark smoke, white patches low down" in words(
        *build_note(view).shows.seen
    )
    seen = view.settings[0].model_copy(update={"value": Seen(words="nothing but fog.")})
    changed = replace(view, settings=(seen,))
    assert "saw it: nothing but fog." in words(*build_note(changed).shows.seen)


def test_a_tie_to_the_report_is_told_with_its_basis(view: NoteInput) -> None:
    edge = view.edges[2].model_copy(
        update={"later": "m2", "why": say("It was downloaded from the report's page.")}
    )
    made = build_note(replace(view, edges=(*view.edges[:2], edge)))
    assert "is inferred: It was downloaded" in words(*made.shows.got)


def test_a_second_report_speaks_under_its_own_name(cases: ModuleType, view: NoteInput) -> None:
    other = view.reports[0].model_copy(update={"id": "r2", "publisher": "Harbour Post"})
    claim = view.claims[0].model_copy(update={"id": "r2.c1", "report": "r2", "hedges": ()})
    made = build_note(replace(view, reports=(*view.reports, other), claims=(*view.claims, claim)))
    assert words(*made.claim.others) == (
        "Harbour Post, without a hedge: “Smoke reportedly seen over fuel depot near Harbour "
        "Airport - video”."
    )
    assert words(*made.claim.quotes) == words(*build_note(view).claim.quotes)


@pytest.mark.parametrize(
    ("proposition", "given"),
    [
        ("the steam comes from hoses", False),
        ("the smoke comes from a burning tank", True),
        ("the smoke was caused by a rocket", True),
        ("a rocket set the depot alight", True),
    ],
)
def test_a_cause_of_a_detail_is_no_cause_of_the_smoke(
    cases: ModuleType, view: NoteInput, proposition: str, given: bool
) -> None:
    passage = cases.span("steam from hoses")
    cause = cases.claim(20, "cause", proposition, passage)
    made = build_note(replace(view, claims=(*view.claims, cause)))
    assert ("no cause" not in words(*made.claim.missing)) is given


def test_the_narrowest_reading_of_a_cause_counts(cases: ModuleType, view: NoteInput) -> None:
    narrow = cases.claim(20, "cause", "the steam comes from hoses", cases.span("steam from hoses"))
    wide = cases.claim(21, "cause", "the column, the steam, from hoses", cases.line_span(5))
    made = build_note(replace(view, claims=(*view.claims, narrow, wide)))
    assert "no cause" in words(*made.claim.missing)


def test_a_plain_hash_among_inputs_becomes_a_commitment(cases: ModuleType, view: NoteInput) -> None:
    plain = view.items[1].sha256
    finding = view.findings[1]
    inputs = finding.inputs.model_copy(update={"values": {"report": plain, "edges": "a" * 64}})
    changed = replace(
        view, findings=(view.findings[0], finding.model_copy(update={"inputs": inputs}))
    )
    made = build_note(changed)
    assert dict(made.findings[1].values) == {
        "edges": "a" * 64,
        "report": cases.digest("commitment m2"),
    }
    assert plain.encode() not in b"".join(render(made, {}).values())


def test_what_the_publisher_cannot_do_is_told_wherever_it_was_read(view: NoteInput) -> None:
    elsewhere = view.claims[8].model_copy(update={"footage": False, "type": "context"})
    made = build_note(replace(view, claims=(*view.claims[:8], elsewhere, *view.claims[9:])))
    assert "Coast Wire itself: “cannot confirm when the video was made”" in words(
        *made.claim.hedges
    )
