"""What a case comes to: worked cases, what carries them, and what would settle them."""

from __future__ import annotations

from tests.property.findings.findings_made import made, power, ratio

from firsthand.findings import Proposition, merge, weigh
from firsthand.records import Finding, Inconclusive, NeedsInput, NotApplicable, say

WHY = say("Because.")


def needs(id: str, *missing: str, **fields: object) -> Finding:
    return made(id, NeedsInput(missing=missing, why=WHY), **fields)


def shot(*findings: Finding, one_origin: bool = True) -> Proposition:
    return weigh(findings, ("s1",), one_origin=one_origin).propositions[1]


def test_an_empty_case_establishes_nothing() -> None:
    weighing = weigh((), ("s1", "s2"), one_origin=True)
    assert [(one.id, one.shot, one.status) for one in weighing.propositions] == [
        ("E", None, "not_established"),
        ("F", "s1", "not_established"),
        ("F", "s2", "not_established"),
        ("C", None, "not_established"),
    ]
    assert weigh((), (), one_origin=True).propositions[1].shot is None


def test_a_fire_that_a_satellite_saw_says_nothing_of_the_shot() -> None:
    fire = made("f1", "consistent", check="fires", proposition="E", lr=ratio(40, 90))
    event, footage, cause = weigh((fire,), ("s1",), one_origin=False).propositions
    assert event.status == "consistent_and_unlikely_if_false"
    assert (footage.status, cause.status) == ("not_established", "not_established")


def test_one_shot_says_nothing_of_another() -> None:
    sun = made("f1", "inconsistent", check="sun", shot="s2", p_value=0.0001)
    _, first, second, _ = weigh((sun,), ("s1", "s2"), one_origin=True).propositions
    assert (first.status, second.status) == ("not_established", "inconsistent")


def test_daylight_that_hardly_anything_fails_carries_nothing() -> None:
    day = made("f1", "consistent", check="daylight", toward="for", power=power(0.0, 0.43))
    found = shot(day)
    assert found.status == "not_established"
    assert found.agrees == ("f1",)
    assert found.carried_by == ()


def test_a_direction_with_power_behind_it_is_consistent_and_no_more() -> None:
    found = shot(made("f1", "consistent", toward="for", power=power(0.6)))
    assert (found.status, found.carried_by) == ("consistent", ("f1",))
    assert "no study" in str(found.strength)


def test_an_inconsistency_without_an_error_rate_is_shown_and_decides_nothing() -> None:
    day = made("f1", "inconsistent", check="daylight", toward="against")
    wind = made("f2", "consistent", check="wind", lr=ratio(20, 90))
    found = shot(day, wind)
    assert found.status == "not_established"
    assert found.conflicts == ("f1",)
    assert found.agrees == ("f2",)


def test_in_a_group_only_the_strongest_carries() -> None:
    findings = (
        made("f1", "consistent", check="sun", nuisances=("heading",), lr=ratio(12, 90)),
        made("f2", "consistent", check="wind", nuisances=("heading", "lens"), lr=ratio(30, 90)),
        made("f3", "consistent", check="plume", nuisances=("lens",), lr=ratio(3, 90)),
        made("f4", "consistent", check="sightline", nuisances=("map",), lr=ratio(2, 90)),
    )
    assert [group.nuisances for group in merge(findings)] == [{"heading", "lens"}, {"map"}]
    found = shot(*findings)
    assert found.carried_by == ("f2", "f4")
    assert "likelihood ratio 30 to 90" in str(found.strength)


def test_what_rests_on_an_unaccepted_reading_says_so() -> None:
    one = made("f1", "consistent", lr=ratio(20, 90), rests_on_unaccepted=True)
    assert shot(one).rests_on_unaccepted
    assert not shot(one.model_copy(update={"rests_on_unaccepted": False})).rests_on_unaccepted


def test_what_would_settle_comes_cheapest_first_and_once() -> None:
    found = shot(
        needs("f1", "window", "light", check="daylight"),
        needs("f2", "window", "place", check="sun"),
        needs("f3", "something_of_theirs", check="wind"),
        needs("f4", "metadata", check="provenance"),
        made("f5", NotApplicable(why=WHY), check="plume"),
        made("f6", Inconclusive(why=WHY), check="structure"),
    )
    asked = [str(message) for message in found.would_settle]
    assert [ask.split()[0] for ask in asked] == ["Day,", "The", "When", "The", "The"]
    assert "input “something_of_theirs”" in asked[-1]
    assert len(asked) == 5


def test_what_waits_elsewhere_or_is_stale_settles_nothing_here() -> None:
    other = needs("f1", "window", check="sun", shot="s2")
    old = needs("f2", "place", check="sun", shot="s1")
    weighing = weigh((other, old), ("s1",), one_origin=True, stale=frozenset({"f2"}))
    by_shot = {one.shot: one for one in weighing.propositions if one.id == "F"}
    assert by_shot["s1"].would_settle == ()
    assert len(by_shot["s2"].would_settle) == 1


def test_the_sentence_of_a_contradiction_tells_its_error() -> None:
    sun = made("f1", "inconsistent", check="sun", shot="s1", p_value=0.0004)
    others = [needs(f"f{n}", "window", check=f"c{n}", shot="s1") for n in range(2, 8)]
    found = shot(sun, *others)
    assert found.status == "inconsistent"
    assert found.would_settle == ()
    assert str(found.strength) == (
        "p = 0.0004: a true claim is called inconsistent in at most 1 % of cases, over all 7 "
        "questions asked."
    )
