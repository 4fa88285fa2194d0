"""The simulated world gives the same cases again, asks real checks, and knows what it is."""

from __future__ import annotations

from benchmarks.weighing.run import Tally, section, tally
from benchmarks.weighing.world import WORLDS, World, cases, weighed


def test_the_same_seed_gives_the_same_cases() -> None:
    one, again = (list(cases("old footage of the place", 2, 5)) for _ in range(2))
    assert one == again
    assert one != list(cases("old footage of the place", 2, 6))


def test_every_world_can_be_weighed_and_told() -> None:
    tallies: dict[World, Tally] = {world: tally((world, 2, 7)) for world in WORLDS}
    for one in tallies.values():
        assert {what: sum(of.values()) for what, of in one.statuses.items()} == dict.fromkeys(
            "EFC", 2
        )
        assert one.one_origin_unlikely == 0
        assert set(one.statuses["C"]) == {"not_established"}
    text = section(tallies)
    assert "**A simulated world is no validation.**" in text
    for world in WORLDS:
        assert f"| {world} | 2 |" in text


def test_dependent_sources_add_nothing_to_the_event() -> None:
    """Twenty outlets and no fire seen: not established, as with one."""
    for case in cases("true, twenty outlets", 6, 3):
        fires = next(one for one in case.findings if one.check == "fires")
        if fires.outcome.kind != "consistent":
            event = weighed(case).propositions[0]
            assert event.status == "not_established"
