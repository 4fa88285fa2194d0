"""The note in Arabic: page one whole, plurals by rule, figures and names kept apart."""

from __future__ import annotations

import importlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from string import Formatter
from types import ModuleType

import pytest
from lxml import html

from firsthand.note import NoteInput, NoteModel, build_note, render
from firsthand.note import phrases as p
from firsthand.note.catalogue import ENGLISH, LANGUAGES, PLURALS, catalogue
from firsthand.records import Message, say

ARABIC = catalogue("ar")


@pytest.fixture(scope="module")
def model(cases: ModuleType) -> NoteModel:
    return build_note(cases.sample().view)


@pytest.fixture(scope="module")
def page(cases: ModuleType, model: NoteModel) -> html.HtmlElement:
    text = render(model, cases.sample().figures, "ar")["ar/index.html"].decode()
    read: html.HtmlElement = html.fromstring(text)
    return read


def _letters(text: str) -> bool:
    return any(char.isalpha() for char in re.sub(r"{\w*}", "", text))


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Message):
        return [value.text]
    if isinstance(value, dict):
        return [text for one in value.values() for text in _strings(one)]
    if isinstance(value, tuple):
        return [text for one in value for text in _strings(one)]
    return []


@pytest.mark.parametrize("module", ["phrases", "standing", "page"])
def test_every_sentence_of_page_one_is_translated(module: str) -> None:
    """Of the lists that page one is made of nothing is left in English: 100 %."""
    held = vars(importlib.import_module(f"firsthand.note.{module}"))
    said = {
        text
        for name, value in held.items()
        if name.isupper() and name not in {"SUBJECT_WORDS", "SUBJECT_ORDER"}
        for text in _strings(value)
        if _letters(text)
    }
    missing = sorted(text for text in said if not ARABIC.has(text))
    assert missing == [], (
        f"{len(missing)} of {len(said)} are not in locale/ar.po; "
        "run scripts/write_catalogue.py, then translate them"
    )


def test_page_one_holds_no_english_sentence_of_ours(page: html.HtmlElement) -> None:
    """What is left in English on it is what checks say, which this invented case makes up."""
    (one,) = page.xpath("//div[@class='page-one']")
    left = [span.text_content() for span in one.xpath(".//span[@lang='en']")]
    assert left == []


def test_it_is_laid_out_from_the_right(page: html.HtmlElement) -> None:
    root = page.getroottree().getroot()
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")


def test_every_value_is_kept_apart_in_direction(model: NoteModel, cases: ModuleType) -> None:
    text = render(model, cases.sample().figures, "ar")["ar/index.html"].decode()
    assert "<bdi>Qasr depot" in text
    assert "<bdi>4 مارس 2025، 09:32 UTC</bdi>" in text or "4 مارس 2025، 09:32 UTC" in text
    assert "<bdi>2 يونيو 2024</bdi>" in text


def test_what_is_not_translated_stays_english_and_says_so() -> None:
    told = ARABIC.tell(say("Nobody says this in {place}.", place="Paris"))
    assert (told.text, told.own) == ("Nobody says this in {place}.", False)
    assert not ARABIC.has("Nobody says this in {place}.")


def test_the_data_are_the_same_in_each_language(model: NoteModel, cases: ModuleType) -> None:
    figures = cases.sample().figures
    assert {render(model, figures, one)["note.json"] for one in LANGUAGES} == {
        model.canonical() + b"\n"
    }


@pytest.mark.parametrize(
    ("count", "start"),
    [
        ("0", "لا نتيجة"),
        ("1", "نتيجة واحدة"),
        ("2", "نتيجتان"),
        ("3", "{count} نتائج"),
        ("10", "{count} نتائج"),
        ("11", "{count} نتيجة"),
        ("100", "{count} نتيجة"),
        ("103", "{count} نتائج"),
    ],
)
def test_arabic_has_six_plurals(count: str, start: str) -> None:
    assert ARABIC.tell(say(p.STALE, count=count)).text.startswith(start)


def test_english_has_two() -> None:
    many = p.DONE_READ_NONE
    assert ENGLISH.tell(say(many, count="2")).text == many
    assert "one statement" in ENGLISH.tell(say(many, count="1")).text


def test_each_singular_takes_no_value_that_its_plural_lacks() -> None:
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    for one, many in PLURALS.items():
        assert names(one) <= names(many) - {"count"}


def test_a_translation_has_the_same_values() -> None:
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    for english, forms in ARABIC.forms.items():
        for form in forms:
            assert names(form) <= names(english) | names(PLURALS.get(english, "")), english
        if len(forms) == 1:
            assert names(forms[0]) == names(english)


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("2 June 2024", "2 يونيو 2024"),
        ("4 March 2025, 09:32 UTC", "4 مارس 2025، 09:32 UTC"),
        ("April 2021", "أبريل 2021"),
        ("April, May and June 2021", "أبريل ومايو ويونيو 2021"),
        ("10 to 1,000", "من 10 إلى 1,000"),
        ("2024-05-30 11:02", "2024-05-30 11:02"),
        ("a day in June 2024", "a day in June 2024"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(english: str, arabic: str) -> None:
    assert ARABIC.dated(english).replace("\u200f", "") == arabic


def test_an_instant_says_that_it_is_utc() -> None:
    at = datetime(2026, 11, 24, 10, 3, tzinfo=UTC)
    assert ENGLISH.moment(at) == "24 November 2026, 10:03 UTC"
    assert ARABIC.moment(at) == "24 نوفمبر 2026، 10:03 UTC"


def test_a_quote_is_never_translated(cases: ModuleType) -> None:
    """ "attack" is a word of ours after "do not state", and the report's inside its quotes."""
    view: NoteInput = cases.sample().view
    told = ARABIC.tell(say(p.QUOTE["body"], quote="attack"))
    assert told.values["quote"] == "attack"
    rules = build_note(replace(view, number=1)).use.rules
    assert any("هجوم" in ARABIC.flat(one.message) for one in rules)
