"""Findings that stand or fall together: one group for each set joined by shared nuisances.

A nuisance is anything, other than the claim, that can make two findings err together: one heading,
one lens, one set of marks, one file clock, one analyst's eye, one origin. Groups that share any
are one group. Two answers to the same question are always in one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from firsthand.records import Finding

__all__ = ["Group", "merge"]


@dataclass(frozen=True)
class Group:
    """Findings in order of their ids, and the nuisances that join them."""

    findings: tuple[Finding, ...]
    nuisances: frozenset[str]


def merge(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Groups of findings that share a nuisance or a question, directly or through others.

    The order of the input does not matter: groups come by their first finding's id.
    """
    groups: list[tuple[list[Finding], set[str]]] = []
    for finding in findings:
        ties = {f"nuisance:{name}" for name in finding.nuisances} | {f"check:{finding.check}"}
        joined = [group for group in groups if group[1] & ties]
        members = [finding, *(one for group in joined for one in group[0])]
        shared = ties.union(*(group[1] for group in joined))
        groups = [group for group in groups if not any(group is one for one in joined)]
        groups.append((members, shared))
    out = [
        Group(
            tuple(sorted(members, key=lambda one: one.id)),
            frozenset(tie.removeprefix("nuisance:") for tie in ties if tie.startswith("nuisance:")),
        )
        for members, ties in groups
    ]
    return tuple(sorted(out, key=lambda group: group.findings[0].id))
