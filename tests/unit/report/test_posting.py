"""Posting and republishing are relations of their own, never saying; and denied, they are none."""

import pytest

from firsthand.report import read_report
from firsthand.report.outward import plain_address, target_of
from firsthand.report.posting import find_posters
from firsthand.report.text import Text

PUBLISHED = "Published: 3 May 2021\n"


@pytest.mark.parametrize(
    ("sentence", "posters"),
    [
        (
            "An account called @north_watch posted a video of smoke over the depot on Telegram.",
            [("@north_watch", "account", "posted", "smoke over the depot")],
        ),
        (
            "The video was shared by the Qala Herald and republished by Example Wire.",
            [
                ("Qala Herald", "outlet", "posted", None),
                ("Example Wire", "outlet", "republished", None),
            ],
        ),
        (
            "The footage was posted on Twitter by Sara Ali.",
            [("Sara Ali", "person", "posted", None)],
        ),
        (
            "The clip, first published by Tasnim News Agency, shows a plume of black smoke.",
            [("Tasnim News Agency", "outlet", "posted", None)],
        ),
        (
            "Video posted on social media shows smoke rising over the port.",
            [("not named, on social media", "unnamed", "posted", None)],
        ),
        (
            "A Telegram channel close to the militias shared footage showing flames at the base.",
            [
                (
                    "Telegram channel close to the militias",
                    "account",
                    "posted",
                    "flames at the base",
                )
            ],
        ),
        (
            "The footage, which was later broadcast by Example TV, shows a blaze.",
            [("Example TV", "outlet", "republished", None)],
        ),
        ("The ministry published a report on the fire.", []),
        ("It shared the clip.", []),
        ("The footage was not posted by Sara Ali.", []),
        ("Sara Ali never posted the footage.", []),
        ("The video was shared.", []),
    ],
)
def test_who_posted(sentence, posters):
    text = Text(sentence, (0,))
    found = [
        (
            one.name,
            one.kind,
            one.relation,
            sentence[slice(*one.shown)] if one.shown else None,
        )
        for one in find_posters(text, 0, len(sentence))
    ]
    assert found == posters


def test_the_poster_holds_what_is_shown_as_posted_and_says_nothing():
    reading = read_report(
        (
            "Smoke over depot\n" + PUBLISHED + "An account called @north_watch posted a video of "
            "black smoke over the depot on Telegram on Sunday."
        ).encode()
    )
    shown = [c for c in reading.claims if c.holders[0].relation == "posted"]
    assert [c.proposition for c in shown] == ["black smoke over the depot"]
    assert shown[0].footage
    assert [c.type for c in reading.claims if "posted a video" in c.proposition] == ["authorship"]
    (edge,) = reading.edges
    assert (edge.relation, edge.basis, edge.lineage) == ("posted", "stated", "footage")
    assert edge.spans[0].exact.endswith("@north_watch posted")


def test_a_filmer_and_a_poster_are_joined_by_inference_alone():
    reading = read_report(
        (
            "Smoke over depot\n" + PUBLISHED + "A resident filmed black smoke over the depot. "
            "The footage was posted on Twitter by Sara Ali."
        ).encode()
    )
    names = {s.id: s.name for s in reading.sources}
    edges = {(names[e.earlier], e.relation, e.basis) for e in reading.edges}
    assert edges == {
        ("resident", "filmed", "stated"),
        ("Sara Ali", "posted", "stated"),
        ("resident", "republished", "inferred"),
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "Sara Ali denied that the footage was posted by Example Wire.",
        "It is not known whether the footage was posted by Sara Ali.",
    ],
)
def test_denied_or_left_open_there_is_no_edge(sentence):
    reading = read_report(("Smoke over depot\n" + PUBLISHED + sentence).encode())
    assert reading.edges == ()


@pytest.mark.parametrize(
    ("sentence", "ours"),
    [
        ("The army released photographs of a missile launcher in Westport in 2019.", False),
        ("In 2019, the army released a video of a fire in Westport.", False),
        ("The army released a video threatening the depot.", False),
        ("Sara Ali shared photos on Twitter.", False),
        ("Sara Ali posted a video of a parade on Twitter.", False),
        ("Sara Ali posted a video on Twitter.", True),
        ("Sara Ali posted a video showing smoke over the depot.", True),
        ("The footage of the incident was posted by Sara Ali.", True),
        ("The clip was posted on 2 May 2021 by Sara Ali.", True),
    ],
)
def test_who_posted_some_other_picture_passed_no_footage_on(sentence, ours):
    reading = read_report(
        (
            "Smoke over depot\n" + PUBLISHED + "A video shows smoke over the depot. " + sentence
        ).encode()
    )
    assert [edge.relation for edge in reading.edges] == ["posted"] * ours
    posts = [c for c in reading.claims if c.type == "authorship" and c.footage]
    assert bool(posts) == ours


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://x.com/someone/status/1?s=20", "@someone (x.com)"),
        ("//www.youtube.com/watch?v=abc&t=1", "youtube.com/watch?v=abc&t=1"),
        ("https://t.me/s/channel/12", "@channel (t.me)"),
        ("https://facebook.com/share/xyz", "facebook.com/share/xyz"),
        ("/relative", None),
        ("javascript:alert(1)", None),
        ("https://[bad", None),
        ("https://host:99999999/", None),
        ("mailto:a@b.example", None),
    ],
)
def test_targets(address, name):
    found = target_of(address)
    assert (found.name if found else None) == name


def test_an_address_without_what_tracks():
    assert plain_address("https://www.wire.example/a/?utm_source=x#top") == "wire.example/a"
    assert plain_address(None) == ""
