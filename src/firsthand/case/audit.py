"""The audit: is everything that is here accounted for, and everything that is accounted for here?

It goes on to the end and names each failure. It holds what it reads to fixed bounds, follows no
link, and believes no name.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from firsthand.case.audit_bag import audit_around, is_bag
from firsthand.case.audit_files import Walk
from firsthand.case.audit_log import Ledger, read_ledger
from firsthand.case.audit_report import Problem, Problems
from firsthand.case.audit_seals import SealSeen, audit_seals
from firsthand.case.bag import DATA
from firsthand.case.folder import Root
from firsthand.case.head import Checkpoint, read_head
from firsthand.case.layout import HEAD, LOG
from firsthand.case.lock import is_held
from firsthand.case.trust import Trust
from firsthand.errors import NoSuchThing
from firsthand.records import GENESIS

__all__ = ["AuditReport", "Checkpoint", "Problem", "audit"]


@dataclass(frozen=True)
class AuditReport:
    """What the audit found.

    `lines` and `head` say where the log stands: keep them elsewhere, because only that shows a
    log that was rolled back whole. `stray` names what a file manager left; `withheld` the
    payloads that this copy does not hold and says so; `in_progress` what another process is just
    writing. `unsealed` counts the lines after the last seal that holds; `limits` says in
    sentences what this audit could not have seen.
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
    seals: tuple[SealSeen, ...]
    unsealed: int
    limits: tuple[str, ...]

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
            "seals": [seal.plain() for seal in self.seals],
            "unsealed": self.unsealed,
            "limits": list(self.limits),
        }


def audit(
    path: Path, *, checkpoint: Checkpoint | None = None, trust: Trust | None = None
) -> AuditReport:
    """Audit a case folder, against what the reader holds from elsewhere, if anything.

    `checkpoint` shows a log that was rolled back or made anew; `trust` shows a key that is not
    the one that should have sealed it, and an authority that nobody believes.

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
        if not is_bag(root):
            return _audit(root, None, checkpoint, trust or Trust())
        try:
            inner = Root(path / DATA)
        except OSError as error:
            raise NoSuchThing(
                f"{path} is a bag without its case: {error.strerror}.", "Get it anew."
            ) from error
        try:
            return _audit(inner, root, checkpoint, trust or Trust())
        finally:
            inner.close()
    finally:
        root.close()


def _audit(
    root: Root, bag: Root | None, checkpoint: Checkpoint | None, trust: Trust
) -> AuditReport:
    busy = is_held(root)
    length = _log_length(root)
    problems = Problems()
    ledger = read_ledger(root, problems)
    walk = Walk(root, ledger, problems)
    walk.everything()
    if bag is not None:
        audit_around(bag, ledger, problems)
    _check_head(root, ledger, problems)
    if checkpoint is not None:
        _hold_against(ledger, checkpoint, "The checkpoint", problems)
    seals = audit_seals(root, ledger, problems, trust, checkpoint)
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
        withheld=ledger.withheld,
        in_progress=tuple(problem.where for problem in unfinished) if busy else (),
        seals=seals,
        unsealed=ledger.lines - max((seal.lines for seal in seals if seal.holds), default=0),
        limits=_limits(seals, checkpoint, trust),
    )


def _limits(
    seals: tuple[SealSeen, ...], checkpoint: Checkpoint | None, trust: Trust
) -> tuple[str, ...]:
    said: list[str] = []
    if checkpoint is None:
        said.append(
            "No checkpoint from elsewhere was given: a log that was rolled back or written anew"
            " as a whole would not show."
        )
    if seals and not trust.fingerprints and (checkpoint is None or checkpoint.key is None):
        said.append(
            "No fingerprint from elsewhere was given: a case that was sealed anew with somebody"
            " else's key would not show."
        )
    if any(seal.stamps for seal in seals):
        said.append("A stamp proves that its checkpoint existed before, never when it was filmed.")
        if not trust.roots_pem:
            said.append("The stamps were held against the roots that the case itself brings.")
    return tuple(said)


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
    elif held.case_id not in {None, ledger.case_id}:
        problems.add("other_history", LOG, f"{who} is of another case.")
    elif ledger.head_at.get(held.lines, GENESIS) != held.head:
        message = f"Line {held.lines} is not the one that {who} speaks of."
        problems.add("other_history", LOG, message)
