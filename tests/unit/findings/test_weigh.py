"""What a case comes to: worked cases, what carries them, and what would settle them."""

from __future__ import annotations

from tests.property.findings.findings_made import made, power, ratio

from firsthand.findings import Proposition, Weighing, merge, weigh
from firsthand.records import Finding, NeedsInput, say

WHY = say("Because.")


def needs(id: str, *missing: str, **fields: object) -> Finding:
    return made(id, NeedsInput(missing=missing, why=WHY), **fields)


def of(weighing: Weighing, id: str, shot: str | None = "s1") -> Proposition:
    found = weighing.of(id, shot)  # type: ignore[arg-type]
    assert found is not None
    return found


def shot(*findings: Finding, one_origin: bool = True) -> Proposition:
    return weigh(findings, ("s1",), one_origin=one_origin).propositions[1]


def test_an_empty_case_establishes_nothing() -> None:
    weighing = weigh((), ("s1", "s2"), one_origin=True)
    assert [(one.id, one.shot, one.status) for one in weighing.propositions] == [
        (proposition, shot, "not_established") for shot in ("s1", "s2") for proposition in "EFC"
    ]
    assert [(one.id, one.shot) for one in weigh((), (), one_origin=True).propositions] == [
        ("E", None),
        ("F", None),
        ("C", None),
    ]


def test_a_fire_that_a_satellite_saw_says_nothing_of_the_shot() -> None:
    fire = made(
        "f1",
        "consistent",
        check="fires",
        proposition="E",
        alternative="did_not_happen",
        lr=ratio(40, 90),
    )
    event, footage, cause = weigh((fire,), ("s1",), one_origin=False).propositions
    assert event.status == "consistent_and_unlikely_if_false"
    assert (footage.status, cause.status) == ("not_established", "not_established")


def test_one_shot_says_nothing_of_another() -> None:
    sun = made("f1", "inconsistent", check="sun", shot="s2", p_value=0.0001)
    weighing = weigh((sun,), ("s1", "s2"), one_origin=True)
    assert of(weighing, "F", "s1").status == "not_established"
    assert of(weighing, "F", "s2").status == "inconsistent"
    assert of(weighing, "E", "s2").status == "not_established"


def test_daylight_that_hardly_anything_fails_carries_nothing() -> None:
    day = made("f1", "consistent", check="daylight", toward="for", power=power(0.0, 0.43))
    found = shot(day)
    assert found.status == "not_established"
    assert found.agrees == ("f1",)
    assert found.carried_by == ()


def test_what_words_call_no_support_carries_nothing() -> None:
    little = shot(made("f1", "consistent", check="wind", lr=ratio(1.35, 90)))
    assert (little.status, little.carried_by, little.agrees) == ("not_established", (), ("f1",))
    enough = shot(made("f1", "consistent", check="wind", lr=ratio(2, 90)))
    assert (enough.status, enough.carried_by) == ("consistent", ("f1",))


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


def test_footage_is_unlikely_if_false_only_against_every_alternative() -> None:
    """Shadows that tell the hour say nothing of a staged scene."""
    time, place, staged = (
        made(f"f{n}", "consistent", check=f"c{n}", alternative=alternative, lr=ratio(20, 90))
        for n, alternative in enumerate(
            ("same_place_other_time", "other_place", "staged_edited_or_synthetic")
        )
    )
    two = shot(time, place)
    assert two.status == "consistent"
    assert [(row.alternative, row.carried_by) for row in two.against] == [
        ("same_place_other_time", "f0"),
        ("other_place", "f1"),
        ("staged_edited_or_synthetic", None),
    ]
    assert shot(time, place, staged).status == "consistent_and_unlikely_if_false"
    weak = staged.model_copy(update={"lr": ratio(3, 90)})
    assert shot(time, place, weak).status == "consistent"
    unnamed = staged.model_copy(update={"alternative": None})
    assert shot(time, place, unnamed).status == "consistent"


def test_what_objects_leaves_no_alternative_spoken_against() -> None:
    time = made("f1", "consistent", alternative="same_place_other_time", lr=ratio(20, 90))
    con = made("f2", "inconsistent", check="light", toward="against")
    assert [row.carried_by for row in shot(time, con).against] == [None, None, None]


def test_questions_that_can_never_decide_are_not_paid_for() -> None:
    """Twenty checks without a study put no true claim at risk; with one, asking costs."""
    sun = made("f0", "inconsistent", check="sun", shot="s1", p_value=0.004)
    free = [needs(f"f{n}", "window", check=f"c{n}", shot="s1") for n in range(1, 21)]
    assert shot(sun, *free).status == "inconsistent"
    paid = [one.model_copy(update={"study": "a study"}) for one in free]
    assert shot(sun, *paid).status == "not_established"
    assert weigh((sun, *paid), ("s1",), one_origin=True).in_play == 21


def test_the_sentence_of_a_contradiction_tells_its_error() -> None:
    sun = made("f1", "inconsistent", check="sun", shot="s1", p_value=0.0004)
    others = [needs(f"f{n}", "window", check=f"c{n}", shot="s1") for n in range(2, 8)]
    found = shot(sun, *(one.model_copy(update={"study": "a study"}) for one in others))
    assert found.status == "inconsistent"
    assert str(found.strength) == (
        "p = 0.0004: a true claim is called inconsistent in at most 1 % of cases, over all "
        "questions asked that could decide, here 7."
    )
