"""What it comes to: groups of dependent findings, propositions, status, what would settle it.

Pure functions over records; the rules and the reasons stand in docs/design/findings.md. There is
no posterior here, no probability of truth, and no prior: those are the reader's.
"""

from firsthand.findings.groups import Group, merge
from firsthand.findings.holm import CASE_ERROR, holm
from firsthand.findings.strength import SCALE, Grade, grade, in_words
from firsthand.findings.weigh import Proposition, Status, Weighing, weigh

__all__ = [
    "CASE_ERROR",
    "SCALE",
    "Grade",
    "Group",
    "Proposition",
    "Status",
    "Weighing",
    "grade",
    "holm",
    "in_words",
    "merge",
    "weigh",
]
