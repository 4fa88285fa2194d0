"""What we keep: originals, the hash-chained log, and the audit that proves both."""

from firsthand.case.audit import AuditReport, Problem, audit
from firsthand.case.context import Actor, Context
from firsthand.case.head import Checkpoint
from firsthand.case.kept import KeptFile
from firsthand.case.payload import Withheld
from firsthand.case.recover import Recovery
from firsthand.case.state import CaseState, NoteEntry, WithheldPayload
from firsthand.case.store import Case
from firsthand.case.writer import Writer

__all__ = [
    "Actor",
    "AuditReport",
    "Case",
    "CaseState",
    "Checkpoint",
    "Context",
    "KeptFile",
    "NoteEntry",
    "Problem",
    "Recovery",
    "Withheld",
    "WithheldPayload",
    "Writer",
    "audit",
]
