"""The page as a page: valid, navigable, and readable in both themes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from types import ModuleType

import pytest
from lxml import etree, html

from firsthand.note import build_note, render
from firsthand.note.english import day, listed, moment, months
from firsthand.note.model import MeasurementRow
from firsthand.note.render import figure, letter
from firsthand.note.text import number


@pytest.fixture(scope="module")
def source(cases: ModuleType) -> str:
    made = cases.sample()
    return render(build_note(made.view), made.figures)["en/index.html"].decode()


VOID = {"meta", "img", "br", "hr", "input", "link", "source", "wbr", "col"}


def test_markup_is_well_formed(source: str) -> None:
    """Every element is closed in order: the page parses as XML once void elements are closed."""
    assert source.startswith('<!doctype html>\n<html lang="en" dir="ltr">')
    body = source.removeprefix("<!doctype html>\n")
    closed = re.sub(rf"<({'|'.join(sorted(VOID))})\b([^>]*?)>", r"<\1\2/>", body)
    etree.fromstring(closed.encode())


def test_structure_for_a_screen_reader(source: str) -> None:
    page = html.fromstring(source)
    assert len(page.xpath("//main")) == len(page.xpath("//h1")) == 1
    assert page.xpath("//header") and page.xpath("//nav[@aria-label]") and page.xpath("//footer")
    assert page.xpath("//body/a[@class='skip']/@href") == ["#note"]
    levels = [int(one.tag[1]) for one in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    ids = set(page.xpath("//@id"))
    assert {one for each in page.xpath("//@aria-labelledby") for one in each.split()} <= ids
    assert all(alt.strip() for alt in page.xpath("//img/@alt"))
    assert len(page.xpath("//img")) == len(page.xpath("//img/@alt")) == 1
    assert page.xpath("//th[not(@scope)]") == []
    assert not page.xpath("//p//div | //p//ul | //p//p | //ul/*[not(self::li)]")


def test_text_from_outside_keeps_its_own_direction(source: str) -> None:
    page = html.fromstring(source)
    arabic = [one for one in page.iter() if one.text and re.search(r"[\u0600-\u06ff]", one.text)]
    assert arabic
    assert {one.tag for one in arabic} == {"bdi"}


def _luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    if len(colour) == 4:
        colour = "#" + "".join(char * 2 for char in colour[1:])
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_aa_in_every_theme(source: str) -> None:
    themes = [
        dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6})", block))
        for block in re.findall(r":root \{(.*?)\}", source, re.S)
    ]
    assert len(themes) == 3
    for theme in themes:
        for ground in ("paper", "raised"):
            for ink in ("ink", "soft", "accent", "link", "for", "against", "open"):
                assert _contrast(theme[ink], theme[ground]) >= 4.5, (ink, ground, theme)
        assert _contrast(theme["ink"], theme["mark"]) >= 4.5


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2021-09-28", "28 September 2021"),
        ("2021-04", "April 2021"),
        ("2021", "2021"),
        ("2021-22", "2021-22"),
        ("2021-13", "2021-13"),
        ("2021-04~", "2021-04~"),
        ("", ""),
        ("soon", "soon"),
    ],
)
def test_dates_in_words(edtf: str, said: str) -> None:
    assert day(edtf) == said


def test_lists_in_words() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert months(["2021-04", "2021-05", "2021-06"]) == "April, May and June 2021"
    assert months(["2020-12", "2021-01"]) == "December 2020 and January 2021"
    assert months(["2021-04-03", "2021-05"]) == "3 April 2021 and May 2021"


def test_moments_are_utc() -> None:
    at = datetime(2024, 1, 1, 2, 5, tzinfo=timezone(timedelta(hours=3)))
    assert moment(at) == "31 December 2023, 23:05 UTC"


def test_figures_are_written_as_people_write_them() -> None:
    assert [number(one) for one in (0.0, -2.0, 1.25, 200000.0, 1e-7, -0.5)] == [
        "0",
        "\u22122",
        "1.25",
        "200000",
        "1e-07",
        "\u22120.5",
    ]


def test_back_links_are_lettered() -> None:
    assert [letter(one) for one in (1, 2, 26, 27, 52, 53)] == ["a", "b", "z", "aa", "az", "ba"]


@pytest.mark.parametrize(
    ("value", "low", "high", "printed"),
    [
        (-59.12599, -59.13599, -59.11598, ("\u221259.126", "\u221259.136", "\u221259.115")),
        (0.4983, 0.4429, 0.5537, ("0.5", "0.44", "0.56")),
        (1834.2, 1200.0, 2600.0, ("1800", "1200", "2600")),
        (3.0, 3.0, 3.0, ("3", "3", "3")),
    ],
)
def test_measurements_show_two_digits_of_their_doubt(
    value: float, low: float, high: float, printed: tuple[str, str, str]
) -> None:
    row = MeasurementRow(name="x", value=value, low=low, high=high, unit="m", how="")
    shown = figure(row)
    assert tuple(shown) == printed
