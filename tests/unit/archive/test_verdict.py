"""The rules of the verdict, one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from firsthand.archive.evidence import Evidence
from firsthand.archive.verdict import verdict_on

MOVES = Evidence(
    motion=0.8, null=0.1, self_=0.2, active=20, lively=20, noise=1.0, noise_wide=1.0, still=900,
    agreeing=0.5, alike=0.9, restless=0.5, residual=0.1,
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, "likely_same"),
        ({"noise": 5.5}, "same_recording"),
        ({"noise_wide": 8.5}, "same_recording"),
        ({"noise": 14.0, "noise_wide": 9.0, "pooled": 80.0, "residual": 0.005}, "likely_same"),
        ({"still": 10, "agreeing": 0.9, "restless": 2.5}, "same_recording"),
        ({"still": 0, "agreeing": 0.9, "breadth": 0.8}, "likely_same"),
        ({"still": 0, "agreeing": 0.9, "breadth": 1.0}, "same_recording"),
        ({"still": 100, "agreeing": 0.9, "breadth": 1.0}, "likely_same"),
        ({"still": 100, "agreeing": 0.9, "restless": 2.5}, "same_recording"),
        ({"pooled": 5.0}, "same_recording"),
        ({"pooled": 4.0}, "likely_same"),
        ({"pooled": 5.0, "motion": 0.4}, "cannot_tell"),
        ({"still": 10, "agreeing": 0.7, "restless": 2.5}, "likely_same"),
        ({"motion": 0.2, "noise": 7.5, "null": 0.0}, "same_recording"),
        ({"motion": 0.1, "noise": 7.5}, "cannot_tell"),
        ({"motion": 0.2, "noise": 7.5, "null": 0.0, "residual": 0.005}, "cannot_tell"),
        ({"self_": 0.6}, "cannot_tell"),
        ({"null": 0.6, "noise": 5.5}, "cannot_tell"),
        ({"active": 3}, "cannot_tell"),
        ({"motion": 0.3}, "different_take"),
        ({"motion": 0.3, "lively": 5}, "cannot_tell"),
        ({"motion": 0.3, "still": 200}, "cannot_tell"),
        ({"motion": 0.3, "noise": 3.5}, "cannot_tell"),
    ],
)
def test_rule(change: dict[str, float], verdict: str) -> None:
    assert verdict_on(replace(MOVES, **change), registered=True)[0] == verdict  # type: ignore[arg-type]


def test_without_registration_or_common_time_nothing_is_told() -> None:
    assert verdict_on(replace(MOVES, noise=9.0), registered=False)[0] == "cannot_tell"
    assert verdict_on(None, registered=True)[0] == "cannot_tell"
