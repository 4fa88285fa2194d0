"""Text from outside can hide nothing, reorder nothing and run nothing, wherever it stands."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from types import ModuleType

import pytest
from lxml import html

from firsthand.note import NoteInput, build_note, render
from firsthand.note.text import anchor, clip, pieces, shown
from firsthand.records import Seen

HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "{{ 7*7 }}",
    "{% raw %}",
    "{text}",
    "{0.__class__}",
    "{",
    "}}{{",
    "%s%n%x",
    '=HYPERLINK("http://evil.example","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1-1",
    "clip\u202e4pm.exe",
    "\u2066isolate\u2069 \u2067rtl",
    "a\u200bb\u2060c\ufeffd",
    "soft\u00adhyphen",
    "line\nbreak\r\nand\ttab",
    "\u2028line separator\u2029",
    "bell\x07 escape\x1b[31m delete\x7f",
    "../../etc/passwd",
    "..\\..\\windows\\system32",
    "CON.mp4",
    "é\u0301" * 20,
    "\U000e0041\U000e0042 tags",
    "\ue000 private",
    "x" * 4000,
    "<!-- --><![CDATA[ ]]>",
    "&lt;script&gt; &amp; &#x202e;",
    "دخان أسود <b>قرب</b> المطار",
    "http://evil.example/beacon.png",
]


def _everywhere(view: NoteInput, text: str) -> NoteInput:
    """The text as a name, a publisher, a hedge, a reason, a setting, an error and an actor."""
    item = view.items[1]
    acquired = item.acquired
    assert acquired is not None
    evil = item.model_copy(
        update={
            "acquired": acquired.model_copy(update={"original_name": text, "how": text}),
            "label": text,
        }
    )
    claims = tuple(
        one.model_copy(
            update={
                "proposition": text,
                "holders": tuple(h.model_copy(update={"name": text}) for h in one.holders),
                "where": one.where.model_copy(update={"text": text}) if one.where else None,
            }
        )
        for one in view.claims
    )
    report = view.reports[0].model_copy(update={"publisher": text})
    seen = view.settings[0].model_copy(update={"value": Seen(words=text), "why": text})
    finding = view.findings[0].model_copy(update={"question": text})
    return replace(
        view,
        items=(view.items[0], evil, *view.items[2:]),
        claims=claims,
        reports=(report,),
        settings=(seen, *view.settings[1:]),
        findings=(finding, *view.findings[1:]),
        sources=tuple(one.model_copy(update={"name": text}) for one in view.sources),
        incidents=tuple(one.model_copy(update={"summary": text}) for one in view.incidents),
        file_facts=tuple(replace(fact, value=text) for fact in view.file_facts),
        actors={"p1": text},
        sensitivity={"m2": text},
    )


@pytest.fixture(scope="module")
def tags(cases: ModuleType) -> set[str]:
    """The tags and attributes of the page without anything hostile in it."""
    made = cases.sample("clip.mp4")
    page = html.fromstring(render(build_note(made.view), made.figures)["en/index.html"].decode())
    return {str(one.tag) for one in page.iter()} | {
        f"@{name}" for one in page.iter() for name in one.attrib
    }


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(cases: ModuleType, tags: set[str], text: str) -> None:
    made = cases.sample()
    files = render(build_note(_everywhere(made.view, text)), made.figures)
    source = files["en/index.html"].decode()
    page = html.fromstring(source)
    found = {str(one.tag) for one in page.iter()} | {
        f"@{name}" for one in page.iter() for name in one.attrib
    }
    assert found <= tags | {"@title", "small"}
    assert not page.xpath("//comment()")
    hidden = [
        char
        for char in source
        if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} and char != "\n"
    ]
    assert not hidden
    assert json.loads(files["note.json"])["custody"]["items"][1]["name"] == text


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_pieces_lose_nothing_that_can_be_seen(text: str) -> None:
    kept = "".join(piece.text for piece in pieces(text) if not piece.name)
    odd = sum(1 for piece in pieces(text) if piece.name)
    assert len(kept) + odd == len(text)
    assert shown(text) == "".join(piece.text for piece in pieces(text))


def test_an_override_is_shown_by_name() -> None:
    assert shown("clip\u202e4pm.exe") == "clip[RLO]4pm.exe"


def test_joiners_are_spelling_in_persian_and_a_trick_in_ascii() -> None:
    assert shown("می\u200cخواهم") == "می\u200cخواهم"
    assert shown("pay\u200cpal") == "pay[ZWNJ]pal"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_anchors_are_plain_and_distinct(text: str) -> None:
    made = anchor("i", text)
    assert made.isascii()
    assert made.replace("-", "").isalnum()
    assert anchor("i", "a b") != anchor("i", "a_b")


def test_clip_cuts_between_words_and_says_so() -> None:
    assert clip("one two three four", 12) == "one two …"
    assert clip("short", 12) == "short"
