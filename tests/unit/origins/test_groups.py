"""Origins: one until shown otherwise, and two filmers are never one through their publisher."""

import pytest

from firsthand.origins import origin_groups
from firsthand.records import Edge, Source, say
from firsthand.report import read_report


def source(name):
    return Source(id=name, name=name, kind="outlet")


def edge(n, earlier, later, *, basis="stated", relation="credited", lineage="footage"):
    return Edge(
        id=f"e{n}",
        lineage=lineage,
        earlier=earlier,
        later=later,
        relation=relation,
        basis=basis,
        why=say("because"),
    )


def groups(names, edges, lineage="footage"):
    found = origin_groups([source(n) for n in names], edges, lineage)
    return [(g.members, g.basis) for g in found]


def test_sources_without_edges_stand_alone():
    assert groups("ab", []) == [(("a",), "alone"), (("b",), "alone")]


def test_a_chain_is_one_origin():
    assert groups("abc", [edge(1, "a", "b"), edge(2, "b", "c")]) == [(("a", "b", "c"), "stated")]


def test_a_group_that_needs_an_inference_says_so():
    got = groups("abc", [edge(1, "a", "b"), edge(2, "a", "c", basis="inferred")])
    assert got == [(("a", "b", "c"), "inferred")]


def test_a_publisher_of_two_joins_them_in_none():
    got = groups("pab", [edge(1, "a", "p"), edge(2, "b", "p")])
    assert got == [(("p", "a"), "stated"), (("p", "b"), "stated")]


def test_cutting_the_inferred_edge_gives_two():
    edges = [edge(1, "f", "p"), edge(2, "t", "p"), edge(3, "f", "t", basis="inferred")]
    assert len(groups("pft", edges)) == 1
    assert len(groups("pft", edges[:2])) == 2


def test_lineages_are_kept_apart():
    assert len(groups("ab", [edge(1, "a", "b", lineage="claim")])) == 2
    assert len(groups("ab", [edge(1, "a", "b", lineage="claim")], "claim")) == 1


def test_a_ring_is_one_origin():
    got = origin_groups([source(n) for n in "ab"], [edge(1, "a", "b"), edge(2, "b", "a")])
    assert [g.origins for g in got] == [("a", "b")]


def test_same_text_has_no_direction():
    got = groups("ab", [edge(1, "b", "a", relation="same_text", basis="inferred")])
    assert got == [(("a", "b"), "inferred")]


def test_an_edge_to_nobody_is_left_out():
    assert groups("a", [edge(1, "a", "zz")]) == [(("a",), "alone")]


@pytest.mark.shared
def test_three_names_one_origin(shared):
    reading = read_report(next((shared / "report").glob("*.txt")).read_bytes())
    found = origin_groups(reading.sources, reading.edges)
    assert len(found) == 1
    assert len(found[0].members) == 3
    assert found[0].basis == "inferred"
    names = {s.id: s.name for s in reading.sources}
    assert [names[o] for o in found[0].origins] == ["Al Mayadeen correspondent"]
