"""Hand a case over: a bag that a stranger can check with sh, sed and openssl.

The bag is written beside its place under another name, and takes its name last of all, when
everything is on the disk: it is whole or absent. Just before, the line `export.written` goes into
the case's log; it commits to whatever stands in the bag beside the case, and to what a redacted
copy leaves out. It is the last line of the log in the bag.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from firsthand import __version__
from firsthand.case.audit_log import Expected, Ledger, read_ledger
from firsthand.case.audit_report import Problems
from firsthand.case.bag import BAGIT, BagWriter
from firsthand.case.bag_pages import bag_info, index_html, readme
from firsthand.case.context import Context
from firsthand.case.disk import disk_error, disk_errors, sync
from firsthand.case.folder import Root
from firsthand.case.head import Checkpoint, encode_head
from firsthand.case.layout import (
    CASE_FILE,
    COPIES,
    HEAD,
    LOG,
    REDACTION,
    SEALS,
    Parts,
    area_of,
    object_parts,
    payload_parts,
)
from firsthand.case.leaks import refuse_leaks
from firsthand.case.reading import damaged
from firsthand.case.redact import Plan, plan_redaction
from firsthand.case.state import CaseState
from firsthand.case.store import Case
from firsthand.case.verify_sh import verify_sh
from firsthand.case.withheld import Copy, Redaction, payload_id
from firsthand.case.writer import Writer
from firsthand.errors import FirsthandError, InputError
from firsthand.records import Item, sha256_hex

__all__ = ["ExportReport", "export_case"]

Redraw = Callable[[Path, Item], bytes]
"""Draws a picture anew as PNG: decodes strange bytes, so it is the sandbox's work."""


@dataclass(frozen=True)
class ExportReport:
    """A bag as it was handed over. `head` is of the log in it: tell it by another way."""

    path: Path
    kind: Literal["whole", "redacted"]
    case: str
    lines: int
    head: str
    files: int
    size: int
    withheld: tuple[str, ...]
    verify_sha256: str

    def plain(self) -> dict[str, Any]:
        """For `--json`."""
        return {**vars(self), "path": str(self.path), "withheld": list(self.withheld)}


def export_case(
    case: Case,
    out: Path,
    context: Context,
    *,
    redacted: bool = False,
    redraw: Redraw | None = None,
    on_bytes: Callable[[int], None] | None = None,
) -> ExportReport:
    """Write a case as a bag to `out`, which must not exist.

    `redraw` draws a picture anew; a redacted export of a case with pictures to be let out as
    copies needs it. `on_bytes` is called with the number of bytes just done.

    Raises:
        InputError: `out` exists, or a name or picture cannot be handed over.
        CaseDamaged: something in the case does not hold; nothing was handed over.
        CaseBusy, DiskError: as for any act of writing.
    """
    if os.path.lexists(out):
        raise InputError(f"{out} exists already.", "Give the name of a new folder.")
    if out.resolve().is_relative_to(case.path.resolve()):
        raise InputError(f"{out} lies in the case itself.", "Choose a folder outside it.")
    with case.writer(context) as writer, _beside(out, context) as root:
        job = _Export(case, writer, context, BagWriter(root, on_bytes))
        report = job.redacted(redraw) if redacted else job.whole()
        with disk_errors(f"name the bag {out}"):
            _take_name(root.path, out)
        return ExportReport(path=out, **report)


@contextmanager
def _beside(out: Path, context: Context) -> Iterator[Root]:
    """A new folder beside `out`, gone at the end if it has not become `out`."""
    waiting = out.with_name(f".{out.name}.{context.entropy(4).hex()}.part")
    with disk_errors(f"write the bag {out}"):
        waiting.mkdir(mode=0o700, parents=True)
    root = Root(waiting)
    try:
        yield root
    except OSError as error:
        raise disk_error(f"write the bag {out}", error) from error
    finally:
        root.close()
        if waiting.exists():
            shutil.rmtree(waiting, ignore_errors=True)


def _take_name(waiting: Path, out: Path) -> None:
    if os.path.lexists(out):
        raise InputError(f"{out} has come to exist meanwhile.", "Give another name.")
    waiting.rename(out)
    fd = os.open(out.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        sync(fd)
    finally:
        os.close(fd)


class _Export:
    def __init__(self, case: Case, writer: Writer, context: Context, bag: BagWriter) -> None:
        self.case = case
        self.writer = writer
        self.context = context
        self.bag = bag
        self.root = Root(case.path)
        problems = Problems()
        self.ledger: Ledger = read_ledger(self.root, problems)
        if problems.count:
            raise damaged(f"It does not hold: {problems.kept[0].message}")

    def whole(self) -> dict[str, Any]:
        """The whole case."""
        self.writer.introduce()
        state = self.writer.state
        self.bag.copy(self.root, (CASE_FILE,))
        for parts, expected in sorted(self.ledger.files.items()):
            self.bag.copy(self.root, parts, expected)
        self._payloads(state, frozenset())
        return self._hand_over(state, "whole", None)

    def redacted(self, redraw: Redraw | None) -> dict[str, Any]:
        """What may leave."""
        self.writer.introduce()
        state = self.writer.state
        plan = plan_redaction(state, self.case.payload)
        copies = tuple(self._draw(item, redraw) for item in plan.copies)
        self.bag.copy(self.root, (CASE_FILE,))
        for parts, expected in self._files(state, plan):
            self.bag.copy(self.root, parts, expected)
        withheld = self._payloads(state, frozenset(plan.withheld))
        redaction = Redaction(payloads=withheld, copies=copies, places=plan.places)
        self.bag.put((REDACTION,), redaction.file())
        refuse_leaks(self.bag.root, state, plan.public)
        return self._hand_over(state, "redacted", redaction)

    def _payloads(self, state: CaseState, left_out: frozenset[str]) -> tuple[str, ...]:
        """Copy every payload that is here and leaves; returns those that are not in the bag."""
        absent: list[str] = []
        for event in state.events:
            for name in sorted(event.payloads):
                parts = payload_parts(event.seq, name)
                found = self.root.stat(parts)
                if found is None or payload_id(event.seq, name) in left_out:
                    absent.append(payload_id(event.seq, name))
                    continue
                owner = f"line {event.seq}"
                expected = Expected(owner, event.payloads[name], found.stat.st_size)
                self.bag.copy(self.root, parts, (expected,))
        return tuple(absent)

    def _files(self, state: CaseState, plan: Plan) -> Iterator[tuple[Parts, list[Expected]]]:
        """The files of the case that leave: seals, public items, notes that were let out."""
        leaving = {
            object_parts(area_of(item.kind), item.sha256)
            for item in state.items.values()
            if item.id in plan.public
        }
        for note in state.notes:
            if note.number in plan.notes:
                leaving.update(note.places)
        for parts, expected in sorted(self.ledger.files.items()):
            if parts in leaving or parts[0] == SEALS:
                yield parts, expected

    def _draw(self, item: Item, redraw: Redraw | None) -> Copy:
        if redraw is None:
            raise InputError(
                f"{item.id} is to leave as a picture drawn anew, and nothing here can draw.",
                "Say that it stays: `firsthand case hide`.",
            )
        data = redraw(self.case.item_path(item), item)
        place = (COPIES, f"{item.id}.png")
        self.bag.put(place, data)
        return Copy(item=item.id, path="/".join(place), sha256=sha256_hex(data), size=len(data))

    def _hand_over(
        self,
        state: CaseState,
        kind: Literal["whole", "redacted"],
        redaction: Redaction | None,
    ) -> dict[str, Any]:
        """Write the line, then what follows from it, and have all of it on the disk."""
        tags = {
            "README.txt": readme(state.case_id, kind),
            "bag-info.txt": bag_info(state.case_id, kind, self.context.now()),
            "bagit.txt": BAGIT,
            "index.html": index_html(state.case_id, kind),
            "verify.sh": verify_sh(),
        }
        told = {
            "bag": kind,
            "files": {name: sha256_hex(data) for name, data in tags.items()},
            "redaction": None if redaction is None else sha256_hex(redaction.file()),
            "version": __version__,
        }
        event = self.writer.append("export.written", open=told)
        try:
            self.bag.copy(self.root, payload_parts(event.seq, "open"))
            self.bag.copy(self.root, (LOG,))
            head = Checkpoint(event.seq, self.writer.state.head)
            self.bag.put((HEAD,), encode_head(head))
            self.bag.finish(tags)
        except BaseException:
            with suppress(FirsthandError):
                self.writer.append("failed", open={"act": "export", "line": event.seq})
            raise
        return {
            "kind": kind,
            "case": state.case_id,
            "lines": event.seq,
            "head": head.head,
            "files": self.bag.files,
            "size": self.bag.size,
            "withheld": () if redaction is None else redaction.payloads,
            "verify_sha256": sha256_hex(tags["verify.sh"]),
        }
