"""The PDF: the page's sentences in tags, and nothing that a reader could be made to open."""

from __future__ import annotations

import io
import re
import sys
from types import ModuleType

import pypdf
import pytest
from tests.needs import needs_pango

from firsthand.errors import CouldNot
from firsthand.note import NoteModel, build_note, render
from firsthand.note.pdf import draw_pdf
from firsthand.note.text import shown

pytestmark = needs_pango


@pytest.fixture(scope="module")
def model(cases: ModuleType) -> NoteModel:
    return build_note(cases.sample().view)


@pytest.fixture(scope="module")
def page(cases: ModuleType, model: NoteModel) -> bytes:
    return render(model, cases.sample().figures)["en/index.html"]


@pytest.fixture(scope="module")
def pdf(page: bytes, model: NoteModel) -> bytes:
    return draw_pdf(page, at=model.written_at)


@pytest.fixture(scope="module")
def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def _letters(text: str) -> str:
    """What is left when spaces, breaks and the order of lines' ends no longer matter."""
    return re.sub(r"[^0-9A-Za-z]", "", text)


def test_title_language_date_and_tags(read: pypdf.PdfReader, model: NoteModel) -> None:
    root = read.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata is not None
    assert str(model.title) in str(read.metadata.title)
    assert read.metadata.creation_date == model.written_at
    told = root["/Metadata"].get_data().decode()
    assert re.search(r'pdfuaid:part(="1"|>1<)', told)


def test_every_picture_has_words(read: pypdf.PdfReader, model: NoteModel) -> None:
    found: list[str] = []
    tags: set[str] = set()

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            tags.add(str(node.get("/S", "")))
            if node.get("/S") == "/Figure":
                found.append(str(node.get("/Alt", "")))
            if "/K" in node:
                walk(node["/K"])

    walk(read.trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/L", "/Figure"} <= tags
    drawn = ["Events told of, on a line of time", "Who had the footage from whom"]
    assert [*(shown(str(one.alt)) for one in model.shows.figures), *drawn] == found


def test_every_header_says_what_it_heads(read: pypdf.PdfReader) -> None:
    scopes: list[str] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if node.get("/S") == "/TH":
                scopes.append(str(node["/A"].get("/Scope")))
            if "/K" in node:
                walk(node["/K"])

    walk(read.trailer["/Root"]["/StructTreeRoot"])
    assert set(scopes) == {"/Column", "/Row"}


def test_in_arabic_it_is_the_same_note_from_the_right(cases: ModuleType, model: NoteModel) -> None:
    page = render(model, cases.sample().figures, "ar")["ar/index.html"]
    read = pypdf.PdfReader(io.BytesIO(draw_pdf(page, at=model.written_at)))
    assert read.trailer["/Root"]["/Lang"] == "ar"
    first = read.pages[0]
    where: dict[str, float] = {}

    def visit(text: str, _cm: object, matrix: list[float], *_: object) -> None:
        if "Coast Wire" in text:
            where.setdefault("claim", matrix[4])

    first.extract_text(visitor_text=visit)
    assert "Qasr depot" in first.extract_text()
    assert where["claim"] > float(first.mediabox.width) / 2  # its heading stands at the right


def test_page_one_is_one_page_with_the_same_sentences(
    read: pypdf.PdfReader, model: NoteModel
) -> None:
    first = _letters(read.pages[0].extract_text())
    for one in (
        *model.use.rules,
        *model.use.wording,
        *(doubt.why for doubt in model.cannot_tell),
        *model.sources.sentences,
        *(one.sentence for one in model.would_settle),
        *model.handling,
    ):
        assert _letters(str(one.message)) in first, str(one.message)
    assert _letters("What it comes to") not in first


def test_nothing_in_it_runs_or_leads_outside(pdf: bytes, read: pypdf.PdfReader) -> None:
    root = read.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert "/EmbeddedFiles" not in root.get("/Names", {})
    kinds = {
        str(one.get_object().get("/A", {}).get("/S", "/GoTo"))
        for sheet in read.pages
        for one in sheet.get("/Annots", [])
    }
    assert kinds <= {"/GoTo"}
    assert b"/JavaScript" not in pdf
    assert b"/Launch" not in pdf


def test_no_hash_of_an_item_is_in_it(cases: ModuleType, read: pypdf.PdfReader) -> None:
    text = re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in read.pages))
    for item in cases.sample().view.items:
        assert item.sha256[:12] not in text
        assert item.sha512[:12] not in text


def test_the_same_page_gives_the_same_bytes(page: bytes, pdf: bytes, model: NoteModel) -> None:
    assert draw_pdf(page, at=model.written_at) == pdf


@pytest.mark.parametrize("address", ["http://beacon.invalid/x.png", "file:///etc/passwd"])
def test_a_page_that_asks_for_something_is_refused(address: str, model: NoteModel) -> None:
    asks = f'<!doctype html><title>x</title><img alt="" src="{address}">'.encode()
    with pytest.raises(CouldNot, match="outside itself"):
        draw_pdf(asks, at=model.written_at)


def test_without_weasyprint_it_says_what_to_do(
    model: NoteModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(CouldNot, match="not installed here") as caught:
        draw_pdf(b"<!doctype html>", at=model.written_at)
    assert "firsthand[pdf]" in caught.value.next_step
    assert caught.value.exit_code == 3
