# ruff: noqa: E501  (texts are read whole)
"""A shortened copy lies within its original; a shared misspelling tells."""

from firsthand.origins import origin_groups, same_text_edges, shared_mistakes, shared_text
from firsthand.records import Source

LONG = (
    "A fire broke out in the old grain store beside the northern canal shortly before dawn. "
    "Crews from three villages pumped water from the canal while neighbours carried sacks of barley "
    "out of the yard. The owner, Petra Lindqvist, said that the roof had been repaired only in May. "
    "By noon the walls were standing but the roof had fallen in, and the smell of burnt barley hung "
    "over the whole valley until the wind turned in the evening. Nobody could say how it began. "
    "Insurers will look at the wiring next week, and the council has closed the towpath until then."
)
SHORT = (
    "Crews from three villages pumped water from the canal while neighbours carried sacks of barley "
    "out of the yard. The owner, Petra Lindqvist, said that the roof had been repaired only in May."
)
OTHER = (
    "Flames destroyed a barn by the canal on Monday morning. Firefighters came from all around, and "
    "the farmer's neighbours saved some of the grain. No cause is known yet, the council told us."
)


def test_a_shortened_copy_is_contained_though_its_jaccard_is_small():
    pair = shared_text({"long": LONG, "short": SHORT})[0]
    assert pair.containment > 0.95
    assert pair.second_in_first == pair.containment
    assert pair.jaccard < 0.4


def test_the_same_event_in_other_words_shares_nothing():
    edges = same_text_edges({"long": LONG, "other": OTHER}, {})
    assert edges == ()


def test_the_earlier_comes_first_and_the_edge_is_inferred():
    edges = same_text_edges(
        {"long": LONG, "short": SHORT}, {"long": "2021-05-02", "short": "2021-05-01"}
    )
    assert [(e.earlier, e.later, e.basis, e.lineage) for e in edges] == [
        ("short", "long", "inferred", "claim")
    ]
    assert "five-word runs" in str(edges[0].why)


def test_copies_are_one_origin_of_the_claim():
    texts = {"a": LONG, "b": SHORT, "c": OTHER}
    sources = [Source(id=name, name=name, kind="outlet") for name in texts]
    groups = origin_groups(sources, same_text_edges(texts, {}), "claim")
    assert [g.members for g in groups] == [("a", "b"), ("c",)]
    assert groups[0].basis == "inferred"


def test_what_everybody_writes_is_not_rare():
    phrase = "in a statement released on Tuesday evening the ministry said"
    texts = {name: f"{phrase} {name} word{name} more{name} end{name}." for name in "abcdef"}
    assert shared_text(texts) == ()


def test_shared_misspellings():
    texts = {
        "a": "General Solemani was in Baghdad.",
        "b": "They buried Solemani on Monday.",
        "c": "Soleimani had landed at night.",
        "d": "Crowds mourned Soleimani.",
    }
    assert shared_mistakes(texts, "a", "b") == ("Solemani",)
    assert shared_mistakes(texts, "a", "c") == ()
