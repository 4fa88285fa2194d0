"""Every sentence rests on something, and every reference leads somewhere and back."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any

import pytest
from lxml import html

from firsthand.note import NoteModel, build_note, render


@pytest.fixture(scope="module")
def model(cases: ModuleType) -> NoteModel:
    return build_note(cases.sample().view)


@pytest.fixture(scope="module")
def page(cases: ModuleType, model: NoteModel) -> html.HtmlElement:
    files = render(model, cases.sample().figures)
    return html.fromstring(files["en/index.html"].decode())


def _sentences(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        own = [value] if {"id", "message", "refs"} <= set(value) else []
        return own + [one for part in value.values() for one in _sentences(part)]
    if isinstance(value, list):
        return [one for part in value for one in _sentences(part)]
    return []


def test_every_sentence_cites(model: NoteModel) -> None:
    sentences = _sentences(model.plain())
    assert len(sentences) > 40
    numbers = {reference.number for reference in model.references}
    for sentence in sentences:
        assert sentence["refs"], sentence
        assert set(sentence["refs"]) <= numbers


def test_sentence_ids_are_unique(model: NoteModel) -> None:
    ids = [sentence["id"] for sentence in _sentences(model.plain())]
    assert len(ids) == len(set(ids))


def test_every_reference_is_used_and_knows_by_whom(model: NoteModel) -> None:
    cited: dict[int, list[str]] = {}
    for sentence in _sentences(model.plain()):
        for number in sentence["refs"]:
            cited.setdefault(number, []).append(sentence["id"])
    for reference in model.references:
        assert reference.used_by
        assert set(cited.get(reference.number, [])) <= set(reference.used_by)


def test_numbers_count_up_the_page(model: NoteModel) -> None:
    first_seen: list[int] = []
    for name in ("warnings", "use", "claim", "shows", "cannot_tell", "sources", "done"):
        for sentence in _sentences(model.plain()[name]):
            first_seen += [ref for ref in sentence["refs"] if ref not in first_seen]
    assert first_seen == sorted(first_seen)


def test_spans_are_quoted_exactly(cases: ModuleType, model: NoteModel) -> None:
    spans = [reference for reference in model.references if reference.kind == "span"]
    assert len(spans) > 8
    for reference in spans:
        assert reference.quote == cases.TEXT[reference.start : reference.end]
        assert cases.TEXT[: reference.start].endswith(reference.prefix)


def test_references_resolve_to_the_case(cases: ModuleType, model: NoteModel) -> None:
    view = cases.sample().view
    known = {
        "item": {item.id for item in view.items} | {report.id for report in view.reports},
        "frame": {item.id for item in view.items},
        "mark": {item.id for item in view.items},
        "finding": {finding.id for finding in view.findings},
        "setting": {setting.id for setting in view.settings},
        "span": {report.id for report in view.reports},
        "record": {one.id for one in (*view.edges, *view.incidents, *view.claims)},
    }
    for reference in model.references:
        if reference.kind in known:
            assert reference.target in known[reference.kind], reference.key
        else:
            assert reference.line is not None
            assert 1 <= reference.line <= view.log.line


def test_links_lead_to_places_on_the_page(page: html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), sorted({one for one in ids if ids.count(one) > 1})
    hrefs = page.xpath("//a/@href")
    assert all(href.startswith("#") for href in hrefs)
    assert {href[1:] for href in hrefs} <= set(ids)


def test_every_reference_is_linked_and_links_back(page: html.HtmlElement, model: NoteModel) -> None:
    hrefs = set(page.xpath("//a/@href"))
    for reference in model.references:
        assert f"#r{reference.number}" in hrefs
        (entry,) = page.xpath(f'//li[@id="r{reference.number}"]')
        back = set(entry.xpath('.//span[@class="back"]/a/@href'))
        assert back == {f"#{anchor}" for anchor in reference.used_by}


def test_no_plain_hash_position_or_serial_leaves(cases: ModuleType, model: NoteModel) -> None:
    made = cases.sample()
    files = render(model, made.figures)
    text = b"\n".join(files.values()).decode()
    for item in made.view.items:
        assert item.sha256 not in text
        assert item.sha512 not in text
    for secret in ("12.345678", "45.678901", "12.3457", "311.25", "12.3456 45.6789", "SN-77-1234"):
        assert secret not in text
    assert cases.digest("commitment m2") in text


def test_nothing_is_loaded_from_anywhere(page: html.HtmlElement) -> None:
    assert not page.xpath("//script | //link | //iframe | //object | //embed | //base | //form")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert not page.xpath("//@style")
    for source in page.xpath("//@src | //@srcset | //@data | //@poster"):
        assert source.startswith("data:image/")
    style = "".join(page.xpath("//style/text()"))
    assert not re.search(r"url\(|@import|https?:", style)
    (policy,) = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    assert policy == "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'"


def test_the_json_reads_back_as_the_same_note(cases: ModuleType, model: NoteModel) -> None:
    files = render(model, cases.sample().figures)
    assert NoteModel.parse(files["note.json"]) == model
    assert files["note.json"] == model.canonical() + b"\n"
