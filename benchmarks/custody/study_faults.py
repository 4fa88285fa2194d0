"""A disk that fails at each call in turn: full, failing, or writing half."""

from __future__ import annotations

import errno
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.custody.desk import desk
from benchmarks.custody.export_act import bag_holds, export_once
from benchmarks.custody.faults import SHORT, fault

from firsthand.case import Case, KeyRing, Writer, audit, seal_case
from firsthand.errors import DiskError
from firsthand.records import Made

KINDS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "half a write, then full": SHORT}
MEMORY = Path("/dev/shm")  # noqa: S108


@dataclass
class Outcome:
    """What came of one kind of fault, at every call."""

    faults: int = 0
    refused: int = 0
    lost: int = 0
    not_whole: int = 0
    half_bags: int = 0


def acts(case: Case, keys: Path, acknowledged: set[str]) -> None:
    """Ingest, derive, note and seal."""
    with case.writer(desk()) as writer:
        _write(writer, acknowledged)
    ring = KeyRing(keys, desk(seed="keys").entropy)
    seal_case(case, desk(seed="seal"), ring)
    acknowledged.add("seal")
    acknowledged.add(export_once(case, ring, 1))


def _write(writer: Writer, acknowledged: set[str]) -> None:
    clip = writer.add_file(io.BytesIO(b"clip" * 50), kind="media", media_type="x/y", how="h")
    acknowledged.add(clip.id)
    made = Made(tool="t", version="1", inputs=(clip.id,), input_sha256=(clip.sha256,))
    acknowledged.add(writer.add_derivative(b"sheet", media_type="x/y", made=made).id)
    writer.write_note(1, "en", {"index.html": b"note", "data/a.json": b"{}"}, upto=1)
    acknowledged.add("note")


def one_fault(base: Path, nth: int, error: int, *, lasting: bool, outcome: Outcome) -> None:
    """Fail one call, then look."""
    case = Case.create(base / "case", desk())
    acknowledged: set[str] = set()
    with fault(nth, error, lasting=lasting) as counter:
        try:
            acts(case, base / "keys", acknowledged)
        except DiskError:
            outcome.refused += 1
    outcome.faults += bool(counter.failed)
    with case.writer(desk(seed="next")):
        pass
    outcome.not_whole += not audit(case.path).ok
    state = case.state()
    kept = {*state.items, *("note" for _ in state.notes), *("seal" for _ in state.seals)}
    kept |= {str(bag) for bag in base.glob("bag-*") if bag_holds(bag)}
    outcome.half_bags += sum(not bag_holds(bag) for bag in base.glob("bag-*"))
    outcome.lost += len(acknowledged - kept)


def study_faults() -> str:
    """Every kind at every call; the section's text."""
    rows: list[str] = []
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        base = Path(folder)
        counted = Case.create(base / "counted", desk())
        with fault(None) as counter:
            acts(counted, base / "counted-keys", set())
        for name, error in KINDS.items():
            for lasting in (False, True):
                outcome = Outcome()
                for nth in range(1, counter.seen + 1):
                    with tempfile.TemporaryDirectory(dir=base) as place:
                        one_fault(Path(place), nth, error, lasting=lasting, outcome=outcome)
                rows.append(
                    f"| {name} | {'from then on' if lasting else 'once'} | {outcome.faults} |"
                    f" {outcome.refused} | {outcome.lost} | {outcome.not_whole} |"
                    f" {outcome.half_bags} |"
                )
    return "\n".join(
        [
            "## Custody: a disk that fails",
            "",
            "Ingest, derivative, note, seal and export, with one fault injected at each write,"
            f" fsync, link, rename, mkdir, ftruncate and unlink in turn ({counter.seen} calls).",
            "",
            "| fault | how long | faults | acts refused with an error | acknowledged and lost |"
            " cases not whole when opened again | half bags under their name |",
            "|---|---|---|---|---|---|---|",
            *rows,
            "",
            "A fault that is not refused fell on a call whose failure does no harm (removing a"
            " temporary name, clearing the lock file).",
        ]
    )
