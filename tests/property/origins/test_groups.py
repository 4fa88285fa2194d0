"""Laws of origin groups."""

from hypothesis import given
from hypothesis import strategies as st

from firsthand.origins import origin_groups
from firsthand.records import Edge, Source, say

NAMES = [f"s{n}" for n in range(6)]
SOURCES = [Source(id=name, name=name, kind="outlet") for name in NAMES]
edges = st.lists(
    st.builds(
        lambda a, b, basis, relation: (a, b, basis, relation),
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
        st.sampled_from(["stated", "inferred"]),
        st.sampled_from(["credited", "same_text"]),
    ),
    max_size=10,
).map(
    lambda rows: [
        Edge(
            id=f"e{n}",
            lineage="footage",
            earlier=a,
            later=b,
            basis=basis,
            relation=relation,
            why=say("x"),
        )
        for n, (a, b, basis, relation) in enumerate(rows)
        if a != b
    ]
)


@given(edges)
def test_everybody_has_an_origin(rows):
    groups = origin_groups(SOURCES, rows)
    assert {m for g in groups for m in g.members} == set(NAMES)
    assert all(set(g.origins) <= set(g.members) and g.origins for g in groups)


@given(edges)
def test_nobody_is_the_origin_of_two_groups(rows):
    origins = [o for g in origin_groups(SOURCES, rows) for o in g.origins]
    assert len(origins) == len(set(origins))


@given(edges, st.randoms())
def test_the_order_of_edges_changes_no_members(rows, random):
    mixed = list(rows)
    random.shuffle(mixed)
    one = [(g.members, g.origins, g.basis) for g in origin_groups(SOURCES, rows)]
    two = [(g.members, g.origins, g.basis) for g in origin_groups(SOURCES, mixed)]
    assert one == two


@given(edges)
def test_one_more_edge_into_a_parentless_source_never_adds_an_origin(rows):
    before = len(origin_groups(SOURCES, rows))
    extra = Edge(
        id="new",
        lineage="footage",
        earlier="s0",
        later="s5",
        relation="credited",
        basis="stated",
        why=say("x"),
    )
    assert len(origin_groups(SOURCES, [*rows, extra])) <= before
