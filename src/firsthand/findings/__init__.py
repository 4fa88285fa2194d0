"""What it comes to: groups of dependent findings, propositions, status, what would settle it.

Pure functions over records; the rules and the reasons stand in docs/design/findings.md. There is
no posterior here, no probability of truth, and no prior: those are the reader's.
"""

from firsthand.findings.alternatives import ALTERNATIVES, Against
from firsthand.findings.groups import Group, merge
from firsthand.findings.holm import CASE_ERROR, holm
from firsthand.findings.settle import Settles, Supply, would_settle
from firsthand.findings.strength import SCALE, Grade, grade, in_words
from firsthand.findings.weigh import PROPOSITIONS, Proposition, Status, Weighing, weigh

__all__ = [
    "ALTERNATIVES",
    "CASE_ERROR",
    "PROPOSITIONS",
    "SCALE",
    "Against",
    "Grade",
    "Group",
    "Proposition",
    "Settles",
    "Status",
    "Supply",
    "Weighing",
    "grade",
    "holm",
    "in_words",
    "merge",
    "weigh",
    "would_settle",
]
