"""What we keep: originals, the hash-chained log, and the audit that proves both."""

from firsthand.case.audit import AuditReport, Problem, audit
from firsthand.case.audit_seals import SealSeen, StampSeen
from firsthand.case.checkpoint import (
    SignedCheckpoint,
    checkpoint_qr,
    checkpoint_text,
    read_checkpoint,
)
from firsthand.case.context import Actor, Context
from firsthand.case.head import Checkpoint
from firsthand.case.kept import KeptFile
from firsthand.case.keys import KeyRing, SigningKey, grouped
from firsthand.case.payload import Withheld
from firsthand.case.recover import Recovery
from firsthand.case.seal import SealResult, StampResult, seal_case
from firsthand.case.state import CaseState, NoteEntry, SignedOff, WithheldPayload
from firsthand.case.store import Case
from firsthand.case.trust import Trust, read_trust
from firsthand.case.tsa import Authority, NoReply, Send, http_send
from firsthand.case.writer import Writer

__all__ = [
    "Actor",
    "AuditReport",
    "Authority",
    "Case",
    "CaseState",
    "Checkpoint",
    "Context",
    "KeptFile",
    "KeyRing",
    "NoReply",
    "NoteEntry",
    "Problem",
    "Recovery",
    "SealResult",
    "SealSeen",
    "Send",
    "SignedCheckpoint",
    "SignedOff",
    "SigningKey",
    "StampResult",
    "StampSeen",
    "Trust",
    "Withheld",
    "WithheldPayload",
    "Writer",
    "audit",
    "checkpoint_qr",
    "checkpoint_text",
    "grouped",
    "http_send",
    "read_checkpoint",
    "read_trust",
    "seal_case",
]
