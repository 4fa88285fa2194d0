"""Ten classic cases, and the statuses that an expert would sign.

The reasons stand in docs/explanation/ten-cases.md, case by case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.ten_cases_made import (
    CLAIMED,
    DRIFT_RIGHT,
    LAST_YEAR,
    Facts,
    Workshop,
    fires_csv,
    metars,
    shadow,
)

from firsthand.app.checking import check_case, stale_findings
from firsthand.app.reviewing import review
from firsthand.app.store import open_case
from firsthand.app.weighing import one_origin, weigh_case, weigh_state
from firsthand.findings import Proposition
from firsthand.records import Finding

FITTING = Facts(shadow_azimuth=shadow(CLAIMED), drift=DRIFT_RIGHT)
FIRE = {"fires.csv": fires_csv(CLAIMED)}
WIND = {"metar.txt": metars(310)}


@dataclass(frozen=True)
class Weighed:
    """A case as weighed: E, F and C of its one shot, and the findings by check."""

    path: Path
    event: Proposition
    footage: Proposition
    cause: Proposition
    findings: dict[str, Finding]
    one_origin: bool

    @property
    def statuses(self) -> tuple[str, str, str]:
        return self.event.status, self.footage.status, self.cause.status

    def named(self, ids: tuple[str, ...]) -> set[str]:
        """The checks behind these ids."""
        return {name for name, one in self.findings.items() if one.id in ids}

    def outcome(self, check: str) -> str:
        return self.findings[check].outcome.kind


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("ten"))


@pytest.fixture(scope="module")
def weighed(workshop: Workshop) -> Callable[..., Weighed]:
    @cache
    def of(path: Path) -> Weighed:
        case = open_case(path)
        state = case.state()
        event, footage, cause = weigh_state(state, stale_findings(case, state)).propositions
        findings = {check: one for (check, _), one in state.findings.items()}
        one = one_origin(state, findings.values())
        return Weighed(path, event, footage, cause, findings, one)

    return lambda *words, **more: of(workshop.case(*words, **more))


def test_old_footage_with_a_new_caption(
    workshop: Workshop, weighed: Callable[..., Weighed]
) -> None:
    """The very file that an archive has held for two years."""
    old = workshop.archive("of old", "original", CLAIMED - timedelta(days=800))
    case = weighed("old footage", clip="original", facts=Facts(), archive=old)
    assert case.statuses == ("not_established", "inconsistent", "not_established")
    assert case.named(case.footage.carried_by) == {"earlier_copy"}


def test_old_footage_encoded_anew(workshop: Workshop, weighed: Callable[..., Weighed]) -> None:
    """The same recording by measurement: it objects, and no study is large enough to decide."""
    old = workshop.archive("of old", "original", CLAIMED - timedelta(days=800))
    case = weighed("old footage anew", facts=Facts(), archive=old)
    assert case.outcome("earlier_copy") == "inconsistent"
    assert case.statuses == ("not_established", "not_established", "not_established")
    assert case.named(case.footage.conflicts) == {"earlier_copy"}


def test_right_place_wrong_year(weighed: Callable[..., Weighed]) -> None:
    """The sun stands as it did a year before; the wind of the claimed day does not blow so."""
    case = weighed(
        "wrong year",
        facts=Facts(shadow_azimuth=shadow(LAST_YEAR), drift=DRIFT_RIGHT),
        evidence={"fires.csv": fires_csv(LAST_YEAR), "metar.txt": metars(130)},
    )
    assert case.statuses == ("not_established", "not_established", "not_established")
    assert case.outcome("sun") == "consistent"
    assert case.outcome("fires") == "inconclusive"
    assert case.outcome("wind") == "inconsistent"
    assert not case.footage.carried_by
    # Both stand on one heading: that they point two ways is shown, and not averaged.
    assert case.named(case.footage.conflicts) >= {"sun", "wind"}


def test_a_real_fire_with_a_recycled_clip(weighed: Callable[..., Weighed]) -> None:
    case = weighed(
        "recycled",
        facts=Facts(shadow_azimuth=shadow(CLAIMED + timedelta(hours=4))),
        evidence=FIRE,
    )
    assert case.statuses == ("consistent", "inconsistent", "not_established")
    assert case.named(case.event.carried_by) == {"fires"}
    assert case.named(case.footage.carried_by) == {"sun"}


def test_a_clip_from_a_game(workshop: Workshop, weighed: Callable[..., Weighed]) -> None:
    """Nothing here tells a game from footage, so nothing is told; not finding it weighs nothing."""
    others = workshop.archive("of others", "other take", CLAIMED - timedelta(days=800))
    case = weighed("game", clip="game", facts=Facts(), archive=others)
    assert case.statuses == ("not_established", "not_established", "not_established")
    assert case.outcome("earlier_copy") == "inconclusive"
    assert not case.footage.carried_by
    assert not case.footage.conflicts
    assert [row.carried_by for row in case.footage.against] == [None, None, None]


def test_a_flipped_video(workshop: Workshop, weighed: Callable[..., Weighed]) -> None:
    """Shadows fall on the wrong side; the archive holds the unmirrored one, which is a source."""
    same_day = workshop.archive("of the day", "original", CLAIMED + timedelta(hours=3))
    case = weighed(
        "flipped",
        clip="flipped",
        facts=Facts(shadow_azimuth=shadow(CLAIMED, mirrored=True)),
        archive=same_day,
    )
    assert case.statuses == ("not_established", "inconsistent", "not_established")
    assert case.named(case.footage.carried_by) == {"sun"}
    assert case.outcome("earlier_copy") == "inconclusive"


def test_one_origin_in_twenty_outlets(weighed: Callable[..., Weighed]) -> None:
    case = weighed("one origin", facts=FITTING, evidence=WIND, outlets=20)
    assert case.statuses == ("not_established", "consistent", "not_established")
    counted = {one.name: one.quantity.value for one in case.findings["origins"].measurements}
    assert counted["sources named"] >= 21
    assert counted["origins shown"] == 1
    assert case.one_origin


def test_a_true_story(weighed: Callable[..., Weighed]) -> None:
    case = weighed("true", facts=FITTING, evidence=FIRE | WIND)
    assert case.statuses == ("consistent", "consistent", "not_established")
    assert case.named(case.event.carried_by) == {"fires"}
    assert {"sun"} <= case.named(case.footage.carried_by + case.footage.agrees)
    assert not case.footage.conflicts
    assert not case.one_origin, "what a satellite recorded is an origin of its own"
    # Nobody here can tell a staged scene, and the weighing says so.
    assert case.footage.against[-1].carried_by is None


def test_a_true_story_with_a_wrong_cause(weighed: Callable[..., Weighed]) -> None:
    """A fire that was there, filmed there and then, says nothing of who or what lit it."""
    case = weighed("wrong cause", facts=FITTING, evidence=FIRE | WIND)
    assert case.cause.status == "not_established"
    assert not case.cause.carried_by + case.cause.agrees
    assert {one.proposition for one in case.findings.values()} >= {"E", "F"}


def test_two_takes_of_one_place(workshop: Workshop, weighed: Callable[..., Weighed]) -> None:
    """An older take of the same place is not an older copy of this footage."""
    others = workshop.archive("of others", "other take", CLAIMED - timedelta(days=800))
    case = weighed("two takes", facts=FITTING, archive=others)
    assert case.outcome("earlier_copy") == "inconclusive"
    assert case.statuses == ("not_established", "consistent", "not_established")
    assert not case.footage.conflicts


def test_nothing_known(weighed: Callable[..., Weighed]) -> None:
    case = weighed("nothing")
    assert case.statuses == ("not_established", "not_established", "not_established")
    told = weigh_case(case.path)
    assert not any(word in str(told).lower() for word in ("posterior", "probability", "prior"))
    rows: list[dict[str, Any]] = told["propositions"]
    footage = next(row for row in rows if row["id"] == "F")
    costs = [need["cost"] for need in footage["would_settle"]]
    assert costs
    assert costs == sorted(costs)
    assert any("shadow_azimuth" in need["inputs"] for need in footage["would_settle"])
    assert all(need["could_become"] for need in footage["would_settle"])


def test_an_edited_reading_makes_findings_stale_and_they_count_for_nothing_until_rerun(
    workshop: Workshop, weighed: Callable[..., Weighed]
) -> None:
    path = workshop.case("edited", facts=FITTING, evidence=FIRE)

    def footage() -> tuple[str, bool]:
        case = open_case(path)
        state = case.state()
        stale = stale_findings(case, state)
        names = {one.check for one in state.findings.values() if one.id in stale}
        return weigh_state(state, stale).propositions[1].status, "sun" in names

    assert footage() == ("consistent", False)
    edit = ["r1.c1:factuality=1"]
    review(path, accept=[], reject=[], edit=edit, why="read again", actor="Test Analyst")
    assert footage() == ("not_established", True)
    check_case(path, actor="Test Analyst")
    assert footage() == ("consistent", False)
