"""What is drawn in the page: the same from the same, told in words, safe whatever it is told."""

from __future__ import annotations

import re
from dataclasses import replace
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from firsthand.note import NoteInput, build_note, render
from firsthand.note.lineage_svg import draw_graph
from firsthand.note.map_svg import draw_map
from firsthand.note.past_svg import draw_past
from firsthand.note.pictured import (
    Graph,
    GraphEdge,
    GraphNode,
    MapPart,
    MapPlace,
    Past,
    PastRow,
)
from firsthand.records import say

SVG = {"svg": "http://www.w3.org/2000/svg"}
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60)
KINDS = ("attack", "fire", "smoke", "other", "agreement")
DATES = ("2021", "2021-06", "2021-06-03", "2021-22", "202X", "not a date", None)


def _read(drawing: object) -> etree._Element:
    text = str(drawing).replace("<svg ", f'<svg xmlns="{SVG["svg"]}" ', 1)
    root = etree.fromstring(text)
    (title,) = root.xpath("/svg:svg/svg:title/text()", namespaces=SVG)
    (told,) = root.xpath("/svg:svg/svg:desc", namespaces=SVG)
    assert title
    ids = root.get("aria-labelledby").split()
    assert ids == root.xpath("//@id")
    assert root.get("role") == "img"
    assert not root.xpath("//svg:script | //svg:image | //svg:use | //@href", namespaces=SVG)
    assert told is not None
    names = {etree.QName(one).localname for one in root.iter()}
    assert names <= {"svg", "title", "desc", "g", "path", "line", "rect", "circle", "text"}
    for shape in root.iter():
        assert set(shape.attrib) & {"style", "class", "onload"} <= {"class"}
        for value in shape.attrib.values():
            assert "nan" not in value
            assert "inf" not in value
    return root


def _graph(names: list[str], pairs: list[tuple[int, int, bool]]) -> Graph:
    return Graph(
        lineage="footage",
        nodes=tuple(
            GraphNode(id=f"s{n}", name=name, origin=n % 2 == 0) for n, name in enumerate(names)
        ),
        edges=tuple(
            GraphEdge(
                id=f"e{n}",
                earlier=f"s{one}",
                later=f"s{other}",
                relation="republished",
                basis="stated" if stated else "inferred",
            )
            for n, (one, other, stated) in enumerate(pairs)
        ),
    )


@settings(max_examples=40)
@given(data=st.data(), names=st.lists(NAMES, min_size=1, max_size=7))
def test_any_graph_can_be_drawn_rings_and_all(data: st.DataObject, names: list[str]) -> None:
    place = st.integers(0, len(names) - 1)
    pairs = data.draw(st.lists(st.tuples(place, place, st.booleans()), max_size=9))
    pairs = [pair for pair in pairs if pair[0] != pair[1]]
    graph = _graph(names, pairs)
    root = _read(draw_graph(graph))
    assert str(draw_graph(graph)) == str(draw_graph(graph))
    assert len(root.xpath("//svg:rect", namespaces=SVG)) == len(names)
    dashed = root.xpath("//svg:path[@stroke-dasharray]", namespaces=SVG)
    assert len(dashed) == sum(not stated for _, _, stated in pairs)


def test_boxes_of_a_layer_do_not_cover_each_other() -> None:
    names = [f"a source with quite a long name, number {n}" for n in range(6)]
    root = _read(
        draw_graph(_graph(names, [(0, 1, True), (0, 2, True), (1, 3, False), (4, 5, True)]))
    )
    boxes = [
        tuple(float(one.get(name)) for name in ("x", "y", "width", "height"))
        for one in root.xpath("//svg:rect", namespaces=SVG)
    ]
    for n, (x, y, _, height) in enumerate(boxes):
        for other_x, other_y, _, other_height in boxes[n + 1 :]:
            if x == other_x:
                assert y + height <= other_y or other_y + other_height <= y


def test_stated_and_inferred_are_told_apart_by_line_and_by_word() -> None:
    graph = _graph(["A", "B", "C"], [(0, 1, True), (1, 2, False)])
    root = _read(draw_graph(graph))
    words = root.xpath("//svg:text/text()", namespaces=SVG)
    assert "republished, stated" in words
    assert "republished, inferred" in words
    (told,) = root.xpath("//svg:desc/text()", namespaces=SVG)
    assert "A to B: republished, stated." in told


def _event(
    number: int, kind: str, earliest: str | None, latest: str | None, there: bool
) -> PastRow:
    return PastRow(
        number=number, id=f"i{number}", kind=kind, when=say("then"), earliest=earliest,
        latest=latest, summary="told", where=say("there"), there=there, by=say("x"),
        casualties="", told_by=("r1",), ref=(1,),
    )  # fmt: skip


@settings(max_examples=60)
@given(
    told=st.lists(
        st.tuples(
            st.sampled_from(KINDS),
            st.sampled_from(DATES),
            st.sampled_from(DATES),
            st.booleans(),
        ),
        max_size=12,
    ),
    published=st.lists(st.sampled_from(["2021-09-28", "2021", "x"]), max_size=2),
    windowed=st.booleans(),
)
def test_any_past_can_be_drawn(
    told: list[tuple[str, str | None, str | None, bool]], published: list[str], windowed: bool
) -> None:
    window = ("2021-09-27T10:00:00Z", "2021-09-27T12:00:00Z") if windowed else None
    rows = tuple(_event(n, *one) for n, one in enumerate(told, start=1))
    drawn = draw_past(Past(rows=rows, published=tuple(published), window=window, sentences=()))
    if drawn is None:
        return
    root = _read(drawn)
    words = root.xpath("//svg:text/text()", namespaces=SVG)
    for lane in ("Attack", "Fire", "Smoke"):
        assert lane in words
    numbers = {piece for one in words for piece in one.split(", ")}
    assert {str(row.number) for row in rows if row.kind in KINDS[:4]} <= numbers


def test_a_lane_without_events_says_so() -> None:
    row = _event(1, "attack", "2021-06", "2021-06", True)
    drawn = draw_past(Past(rows=(row,), published=("2021-09-28",), window=None, sentences=()))
    assert re.findall("none told of", str(drawn)) == ["none told of"] * 2


@settings(max_examples=25, deadline=None)
@given(
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    radius=st.floats(10, 3e6),
    name=NAMES,
)
def test_any_place_can_be_drawn(
    latitude: float, longitude: float, radius: float, name: str
) -> None:
    place = MapPlace(
        name=name,
        role="claimed",
        latitude_deg=latitude,
        longitude_deg=longitude,
        radius_m=radius,
        ref=1,
    )
    root = _read(draw_map(MapPart(places=(place,), sentences=())))
    _, _, width, height = map(float, root.get("viewBox").split())
    for one in root.xpath("//svg:path/@d", namespaces=SVG):
        points = [float(figure) for figure in re.findall(r"-?\d+\.?\d*", one)]
        assert all(-1 <= x <= width + 1 for x in points[::2])
        assert all(-1 <= y <= height + 1 for y in points[1::2])


def test_a_coast_is_drawn_where_there_is_one() -> None:
    place = MapPlace(
        name="Basra", role="claimed", latitude_deg=30.5, longitude_deg=47.8, radius_m=500, ref=1
    )
    root = _read(draw_map(MapPart(places=(place,), sentences=())))
    assert len(root.xpath("//svg:path/@d", namespaces=SVG)[0]) > 500


@pytest.mark.parametrize(
    "name", ["</text><script>x</script>", 'a" onload="x', "\u202eevil", "a\nb"]
)
def test_names_from_outside_stay_words(cases: ModuleType, name: str) -> None:
    view: NoteInput = cases.sample().view
    sources = tuple(one.model_copy(update={"name": name}) for one in view.sources)
    page = render(build_note(replace(view, sources=sources)), {})["en/index.html"].decode()
    drawn = page[page.index("<svg") : page.index("</svg>")]
    assert "<script" not in page
    assert "onload=" not in re.sub(r">[^<]*<", "><", page)
    assert "\u202e" not in drawn
