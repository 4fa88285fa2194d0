"""Arabic letters in the form that they have where they stand, in the order in which they show."""

from __future__ import annotations

import unicodedata

import pytest

from firsthand.note.shaping import shape_drawings, shaped


def _names(text: str) -> list[str]:
    return [unicodedata.name(char) for char in text]


def test_a_word_is_joined_and_turned_round() -> None:
    assert _names(shaped("هجوم")) == [
        "ARABIC LETTER MEEM ISOLATED FORM",
        "ARABIC LETTER WAW FINAL FORM",
        "ARABIC LETTER JEEM MEDIAL FORM",
        "ARABIC LETTER HEH INITIAL FORM",
    ]


def test_words_do_not_join_across_a_space() -> None:
    assert [name.rsplit(" ", 2)[1] for name in _names(shaped("من"))] == ["FINAL", "INITIAL"]
    middle = shaped("من من")
    assert middle == f"{shaped('من')} {shaped('من')}"


def test_marks_are_left_out() -> None:
    assert shaped("نُسب") == shaped("نسب")


@pytest.mark.parametrize("text", ["Coast Wire", "2024-06", "", "מקור"])
def test_other_text_stays(text: str) -> None:
    assert shaped(text) == text


def test_figures_in_an_arabic_label_keep_their_order() -> None:
    told = shaped("هجوم 2024")
    assert told == f"2024 {shaped('هجوم')}" or told == f" 2024{shaped('هجوم')}"
    assert "2024" in told


def test_only_drawings_are_touched() -> None:
    page = "<p>هجوم</p><svg><title>t</title><text x='0'>هجوم</text></svg><p>هجوم</p>"
    told = shape_drawings(page)
    assert told.count("<p>هجوم</p>") == 2
    assert f"<text x='0'>{shaped('هجوم')}</text>" in told
