"""Which missing input could move a status, cheapest first.

The costs stand beside the inputs, in `firsthand.checks.inputs`: 1 is in the case already and
needs a person's eye, 2 needs a map or a look into the report, 3 needs somebody outside. Inputs of
one cost go by how many questions wait for them, then by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from firsthand.checks.inputs import describe
from firsthand.records import Finding, Message

__all__ = ["would_settle"]


def would_settle(findings: Iterable[Finding]) -> tuple[Message, ...]:
    """One sentence for each input that these findings wait for."""
    waiting: Counter[str] = Counter()
    asked: set[tuple[str, str, str]] = set()
    for one in findings:
        if one.outcome.kind == "needs_input":
            for name in one.outcome.missing:
                entry = (name, one.check, one.shot or "")
                if entry not in asked:
                    asked.add(entry)
                    waiting[name] += 1
    names = sorted(waiting, key=lambda name: (describe(name).cost, -waiting[name], name))
    return tuple(describe(name).ask for name in names)
