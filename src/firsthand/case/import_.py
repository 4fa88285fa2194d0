"""Take a bag in: audited first, refused if anything in it does not hold."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from firsthand.case.audit import audit
from firsthand.case.bag import DATA
from firsthand.case.context import Context
from firsthand.case.disk import disk_error, disk_errors, sync
from firsthand.case.folder import Root
from firsthand.case.head import Checkpoint
from firsthand.case.ingest import pour
from firsthand.case.layout import DERIVED, INCOMING, NOTES, ORIGINALS, PAYLOADS, REDACTION, Parts
from firsthand.case.source import plain_name
from firsthand.case.store import Case
from firsthand.case.trust import Trust
from firsthand.errors import InputError, IntegrityError, NoSuchThing
from firsthand.records import sha256_hex

__all__ = ["import_bag"]


def import_bag(
    bag: Path,
    into: Path,
    context: Context,
    *,
    checkpoint: Checkpoint | None = None,
    trust: Trust | None = None,
    on_bytes: Callable[[int], None] | None = None,
) -> Case:
    """Make a case of an exported bag, whole or redacted; the bag is not changed.

    The new case is written beside its place and audited again there, before it takes its name;
    then `import.received` says in its log where it comes from.

    Raises:
        NoSuchThing: there is no bag.
        IntegrityError: something in it does not hold; nothing was taken in.
        InputError: `into` exists.
        DiskError: it could not be written; nothing is left of it.
    """
    if os.path.lexists(into):
        raise InputError(f"{into} exists already.", "Give the name of a new folder.")
    if not (bag / DATA).is_dir():
        raise NoSuchThing(f"{bag} is no bag: it has no folder {DATA}.", "Give an exported bag.")
    before = audit(bag, checkpoint=checkpoint, trust=trust)
    if not before.ok:
        first = before.problems[0]
        raise IntegrityError(
            f"The bag does not hold: {first.where}: {first.message}"
            f" ({len(before.problems) + before.more_problems} problems in all.)",
            "Nothing was taken in. `firsthand case audit` names them all; ask for it anew.",
        )
    waiting = into.with_name(f".{into.name}.{context.entropy(4).hex()}.part")
    try:
        with disk_errors(f"make the case {into}"):
            waiting.mkdir(mode=0o700, parents=True)
            _copy(Root(bag / DATA), Root(waiting), on_bytes)
        after = audit(waiting)
        if not after.ok or (after.lines, after.head) != (before.lines, before.head):
            raise IntegrityError(
                "The bag changed while it was being taken in.", "Copy it to a disk of yours first."
            )
        _receive(waiting, before.lines, before.head, context, bag.name)
        if os.path.lexists(into):
            raise InputError(f"{into} has come to exist meanwhile.", "Give another name.")
        try:
            waiting.rename(into)
        except OSError as error:
            raise disk_error(f"make the case {into}", error) from error
    finally:
        if waiting.exists():
            shutil.rmtree(waiting, ignore_errors=True)
    _sync(into.parent)
    return Case.open(into)


def _copy(source: Root, target: Root, on_bytes: Callable[[int], None] | None) -> None:
    folders: list[Parts] = [()]
    for name in (PAYLOADS, ORIGINALS, DERIVED, NOTES, INCOMING):
        target.make_folders((name,), folders)
    _copy_folder(source, target, (), folders, on_bytes)
    for folder in reversed(folders):
        target.sync_folder(folder)


def _copy_folder(
    source: Root,
    target: Root,
    folder: Parts,
    folders: list[Parts],
    on_bytes: Callable[[int], None] | None,
) -> None:
    for entry in source.entries(folder):
        here = (*folder, entry.name)
        if entry.is_folder:
            target.make_folders(here, folders)
            _copy_folder(source, target, here, folders, on_bytes)
            continue
        with os.fdopen(source.open(here), "rb", buffering=0) as file:
            sink = target.create(here)
            try:
                pour(file, sink, name="/".join(here), on_bytes=on_bytes)
                if len(here) > 1:  # the log and its head go on growing
                    os.fchmod(sink, 0o444)
            finally:
                os.close(sink)


def _receive(place: Path, lines: int, head: str, context: Context, name: str) -> None:
    case = Case.open(place)
    redaction = place / REDACTION
    told = {
        "lines": lines,
        "head": head,
        "redaction": sha256_hex(redaction.read_bytes()) if redaction.exists() else None,
    }
    with case.writer(context) as writer:
        writer.append("import.received", open=told, sensitive={"bag": plain_name(name)})
    case.close()


def _sync(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        sync(fd)
    finally:
        os.close(fd)
