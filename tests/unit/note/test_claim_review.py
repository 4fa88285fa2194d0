"""ClaimReview: the fields that schema.org asks for, words for a rating, and nothing unearned."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest

from firsthand.errors import InputError
from firsthand.note import NoteInput, NoteModel, build_note
from firsthand.note.claim_review import claim_review, claimed_in, media_review

AT = datetime(2025, 3, 5, 8, 0, tzinfo=UTC)
URL = "https://desk.example/notes/1"


@pytest.fixture
def view(cases: ModuleType) -> NoteInput:
    sample: NoteInput = cases.sample().view
    return sample


def _review(model: NoteModel, claimed_on: str | None = "2024-06-02") -> dict[str, Any]:
    read: dict[str, Any] = json.loads(
        claim_review(model, url=URL, desk="Example Desk", at=AT, claimed_on=claimed_on)
    )
    return read


def _schema(repository: Path, name: str) -> dict[str, Any]:
    text = (repository / "docs" / "reference" / "schema" / name).read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


def test_it_fits_the_schema(view: NoteInput, repository: Path, cases: ModuleType) -> None:
    schema = _schema(repository, "claim-review.json")
    for one in (view, cases.contradicted(view), cases.supported(view)):
        jsonschema.validate(_review(build_note(one)), schema)


def test_the_claim_is_in_its_own_words(view: NoteInput) -> None:
    review = _review(build_note(view))
    assert review["claimReviewed"] in "\n".join(line.span.exact for line in view.reports[0].lines)
    assert review["itemReviewed"] == {
        "@type": "Claim",
        "author": {"@type": "Organization", "name": "Coast Wire"},
        "datePublished": "2024-06-02",
    }
    assert claimed_in(build_note(view)) == "r1"


def test_the_rating_is_words_and_never_a_number(
    view: NoteInput, repository: Path, cases: ModuleType
) -> None:
    schema = _schema(repository, "claim-review.json")
    review = _review(build_note(cases.contradicted(view)))
    assert review["reviewRating"]["alternateName"] == "Inconsistent with what was checked"
    for more in ({"ratingValue": 1}, {"bestRating": 5}, {"worstRating": 1}):
        with pytest.raises(jsonschema.ValidationError):
            rated = review["reviewRating"] | more
            jsonschema.validate(review | {"reviewRating": rated}, schema)


@pytest.mark.parametrize("missing", ["url", "claimReviewed", "reviewRating", "itemReviewed"])
def test_a_review_without_a_required_field_would_be_refused(
    view: NoteInput, repository: Path, missing: str
) -> None:
    review = _review(build_note(view))
    del review[missing]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(review, _schema(repository, "claim-review.json"))


@pytest.mark.parametrize("date", [None, "2024-06?", "2024-06-02/2024-06-04"])
def test_an_uncertain_date_is_left_out(view: NoteInput, date: str | None) -> None:
    assert "datePublished" not in _review(build_note(view), date)["itemReviewed"]


def test_without_a_claim_there_is_nothing_to_review(view: NoteInput) -> None:
    with pytest.raises(InputError, match="none to review"):
        _review(build_note(replace(view, claims=())))


@pytest.mark.parametrize("url", ["", "desk.example", "javascript:alert(1)", "file:///x"])
def test_only_a_web_address_will_do(view: NoteInput, url: str) -> None:
    with pytest.raises(InputError, match="no web address"):
        claim_review(build_note(view), url=url, desk="D", at=AT, claimed_on=None)


def test_a_media_review_has_to_be_earned(
    view: NoteInput, cases: ModuleType, repository: Path
) -> None:
    def media(one: NoteInput) -> bytes | None:
        return media_review(build_note(one), url=URL, desk="Example Desk", at=AT)

    contradicted: NoteInput = cases.contradicted(view)
    assert media(view) is None
    assert media(cases.supported(view)) is None
    assert media(contradicted) is None  # the sun speaks of a time, not of the file's past
    first = contradicted.findings[0]
    method = first.method.model_copy(update={"check": "earlier_copy"})
    copy = first.model_copy(update={"check": "earlier_copy", "method": method})
    earned = replace(contradicted, findings=(copy, *contradicted.findings[1:]))
    made = media(earned)
    assert made is not None
    jsonschema.validate(json.loads(made), _schema(repository, "media-review.json"))
    assert media(replace(earned, stale=frozenset({copy.id}))) is None
    idle = tuple(replace(one, carried_by=()) for one in earned.propositions)
    assert media(replace(earned, propositions=idle)) is None


def test_no_hash_of_an_item_is_in_it(view: NoteInput) -> None:
    text = json.dumps(_review(build_note(view)))
    assert not any(item.sha256[:12] in text for item in view.items)


def test_it_may_stand_in_a_script_element(view: NoteInput) -> None:
    data = claim_review(
        build_note(view), url=URL, desk="</script><b>&", at=AT, claimed_on="2024-06-02"
    )
    assert not set(b"<>&") & set(data)
    assert json.loads(data)["author"]["name"] == "</script><b>&"
