"""What one finding may do to a proposition: support it, object to it, or neither.

Each rule keeps to one law: more doubt in a finding never makes a proposition's status stronger.
So support is read off the interval's end nearer to 1, and an objection does not go away when its
interval grows.
"""

from __future__ import annotations

from typing import Final

from firsthand.findings.strength import SCALE, bounds
from firsthand.records import Finding

__all__ = [
    "NOTICEABLE_POWER",
    "OBJECTION_LR",
    "SUPPORT_LR",
    "UNLIKELY_IF_FALSE_LR",
    "leans",
    "objects",
    "support",
]

SUPPORT_LR: Final = SCALE[1].low
"""ENFSI's first step that is support at all, 2: less is "no support for either" in words, and so it
is in the status. The whole interval reaches it."""

UNLIKELY_IF_FALSE_LR: Final = 10.0
"""Moderate support in ENFSI's words: from here a proposition is `consistent_and_unlikely_if_false`.

The whole interval lies above it.
"""

OBJECTION_LR: Final = 1 / 10
"""An interval that reaches down to this may be moderate support for the alternative."""

NOTICEABLE_POWER: Final = 0.5
"""A check without a likelihood ratio supports only if it would have noticed the alternative at
least this often, by the low end of its power. Passing a test that hardly anything fails is no
support."""


def objects(finding: Finding) -> bool:
    """It speaks against, or may: inconsistent, or a likelihood ratio that reaches 1/10."""
    if finding.outcome.kind == "inconsistent":
        return True
    told = finding.outcome.kind == "consistent" and finding.lr is not None
    return told and finding.lr is not None and bounds(finding.lr)[0] <= OBJECTION_LR


def support(finding: Finding) -> float:
    """How much likelier at least under the claim: 0 for no support, 1 for a mere direction.

    A ratio that a study gave is held to the study, whatever the check's power.
    """
    if finding.outcome.kind != "consistent":
        return 0.0
    if finding.lr is not None:
        low = bounds(finding.lr)[0]
        return low if low >= SUPPORT_LR else 0.0
    noticed = finding.power is not None and finding.power.low >= NOTICEABLE_POWER
    return 1.0 if finding.toward == "for" and noticed else 0.0


def leans(finding: Finding) -> bool:
    """It agrees with the claim, enough to carry anything or not."""
    if finding.outcome.kind != "consistent":
        return False
    above = finding.lr is not None and bounds(finding.lr)[0] > 1
    return above or finding.toward == "for" or support(finding) > 0
