"""The audit: is everything that is here accounted for, and everything that is accounted for here?

It goes on to the end and names each failure. It holds what it reads to fixed bounds, follows no
link, and believes no name.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from firsthand.case.audit_files import Walk
from firsthand.case.audit_log import Ledger, read_ledger
from firsthand.case.audit_report import Problem, Problems
from firsthand.case.folder import Root
from firsthand.case.head import Checkpoint, read_head
from firsthand.case.layout import HEAD, LOG
from firsthand.case.lock import is_held
from firsthand.errors import NoSuchThing
from firsthand.records import GENESIS

__all__ = ["AuditReport", "Checkpoint", "Problem", "audit"]


@dataclass(frozen=True)
class AuditReport:
    """What the audit found.

    `lines` and `head` say where the log stands: keep them elsewhere, because only that shows a
    log that was rolled back whole. `stray` names what a file manager left; `withheld` the
    payloads that this copy does not hold and says so; `in_progress` what another process is just
    writing.
    """

    ok: bool
    lines: int
    head: str
    items: int
    problems: tuple[Problem, ...]
    stray: tuple[str, ...]
    withheld: tuple[str, ...]
    in_progress: tuple[str, ...]
    more_problems: int

    def plain(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "ok": self.ok,
            "lines": self.lines,
            "head": self.head,
            "items": self.items,
            "problems": [vars(problem) for problem in self.problems],
            "more_problems": self.more_problems,
            "stray": list(self.stray),
            "withheld": list(self.withheld),
            "in_progress": list(self.in_progress),
        }


def audit(path: Path, *, checkpoint: Checkpoint | None = None) -> AuditReport:
    """Audit a case folder, against a checkpoint kept elsewhere if there is one.

    Raises:
        NoSuchThing: there is no such folder.
    """
    try:
        root = Root(path)
    except OSError as error:
        raise NoSuchThing(
            f"{path} is no folder that can be opened: {error.strerror}.",
            "Give the folder of a case or of an exported bag.",
        ) from error
    try:
        return _audit(root, checkpoint)
    finally:
        root.close()


def _audit(root: Root, checkpoint: Checkpoint | None) -> AuditReport:
    busy = is_held(root)
    length = _log_length(root)
    problems = Problems()
    ledger = read_ledger(root, problems)
    walk = Walk(root, ledger, problems)
    walk.everything()
    _check_head(root, ledger, problems)
    if checkpoint is not None:
        _hold_against(ledger, checkpoint, "The checkpoint", problems)
    busy = busy or is_held(root) or _log_length(root) != length
    unfinished = [*ledger.unfinished, *walk.unfinished]
    if not busy:
        for problem in unfinished:
            problems.add(problem.code, problem.where, problem.message)
    return AuditReport(
        ok=not problems.count,
        lines=ledger.lines,
        head=ledger.head,
        items=ledger.items,
        problems=tuple(problems.kept),
        more_problems=problems.count - len(problems.kept),
        stray=tuple(walk.stray),
        withheld=(),
        in_progress=tuple(problem.where for problem in unfinished) if busy else (),
    )


def _log_length(root: Root) -> int:
    try:
        fd = root.open((LOG,))
    except OSError:
        return -1
    try:
        return os.fstat(fd).st_size
    finally:
        os.close(fd)


def _check_head(root: Root, ledger: Ledger, problems: Problems) -> None:
    head = read_head(root)
    if head is None:
        problems.add("changed_file", HEAD, "It does not say where the log stands.")
    elif head.lines < ledger.lines:
        message = f"It speaks of {head.lines} lines; the log has {ledger.lines}."
        ledger.unfinished.append(Problem("head_behind", HEAD, message))
    else:
        _hold_against(ledger, head, HEAD, problems)


def _hold_against(ledger: Ledger, held: Checkpoint, who: str, problems: Problems) -> None:
    if ledger.lines < held.lines:
        message = f"{who} speaks of {held.lines} lines; the log has {ledger.lines}."
        problems.add("rolled_back", LOG, message)
    elif ledger.head_at.get(held.lines, GENESIS) != held.head:
        message = f"Line {held.lines} is not the one that {who} speaks of."
        problems.add("other_history", LOG, message)
