"""The audit's second half: what lies in the folder, against what the log accounts for."""

from __future__ import annotations

import os

from firsthand.case.audit_log import Expected, Ledger
from firsthand.case.audit_report import Problem, Problems
from firsthand.case.folder import Entry, Root
from firsthand.case.ingest import pour
from firsthand.case.layout import (
    CASE_FILE,
    CASE_SCHEMA,
    COPIES,
    DERIVED,
    ENCRYPTED,
    HEAD,
    INCOMING,
    LOCK,
    LOG,
    NOTES,
    ORIGINALS,
    PAYLOADS,
    SEALS,
    Parts,
    is_stray,
)
from firsthand.case.lock import MAX_LOCK, read_holder
from firsthand.errors import DiskError
from firsthand.records import canonical

__all__ = ["Walk"]

_FOLDERS = (PAYLOADS, ORIGINALS, DERIVED, NOTES, SEALS, ENCRYPTED, COPIES)
_FILES = {CASE_FILE, LOG, HEAD, LOCK}
_OWN = {*_FILES, *_FOLDERS, INCOMING}
MAX_DEPTH = 16


class Walk:
    """One walk over a case folder.

    `unfinished` holds what a crash leaves, or a writer that is at work right now.
    """

    def __init__(self, root: Root, ledger: Ledger, problems: Problems) -> None:
        self.root = root
        self.ledger = ledger
        self.problems = problems
        self.stray: list[str] = []
        self.unfinished: list[Problem] = []
        self._met: set[Parts] = set()
        self._folders = {parts[:depth] for parts in ledger.files for depth in range(1, len(parts))}
        self._known = self.ledger.payloads | set(self.ledger.files)

    def everything(self) -> None:
        """Walk the folder, then name what was not met."""
        for entry in self._entries(()):
            if entry.is_folder and entry.name in (*_FOLDERS, INCOMING):
                continue
            if entry.is_file and entry.name in _FILES:
                self._linked_once(entry, (entry.name,))
                continue
            if entry.is_file and (entry.name,) in self.ledger.files:
                self._known_file(entry, (entry.name,))
                continue
            self._extra(entry, (entry.name,))
        self._case_file()
        self._lock_file()
        for name in _FOLDERS:
            if self.root.stat((name,)) is not None:
                self._folder((name,))
        self._incoming()
        for parts, expected in self.ledger.files.items():
            if parts not in self._met:
                owners = ", ".join(one.owner for one in expected)
                where = "/".join(parts)
                self.problems.add("missing_file", where, f"The log accounts for it ({owners}).")

    def _entries(self, parts: Parts) -> list[Entry]:
        try:
            return self.root.entries(parts)
        except OSError as error:
            where = "/".join(parts) or "."
            self.problems.add("strange", where, f"The folder cannot be read: {error.strerror}.")
            return []

    def _folder(self, parts: Parts) -> None:
        for entry in self._entries(parts):
            here = (*parts, entry.name)
            if entry.is_folder and here in self._folders and len(here) < MAX_DEPTH:
                self._folder(here)
            elif here in self._known and entry.is_file:
                self._known_file(entry, here)
            else:
                self._extra(entry, here)

    def _known_file(self, entry: Entry, here: Parts) -> None:
        self._linked_once(entry, here)
        if here in self.ledger.files:
            self._met.add(here)
            self._content(entry, here, self.ledger.files[here])

    def _extra(self, entry: Entry, parts: Parts) -> None:
        where = "/".join(parts)
        if is_stray(entry.name) and entry.is_file:
            self.stray.append(where)
        elif parts in self._known or (len(parts) == 1 and entry.name in _OWN):
            self.problems.add("strange", where, f"A {entry.nature} stands where a file belongs.")
        elif entry.is_file or entry.is_folder:
            message = f"The log does not account for this {entry.nature}."
            self.unfinished.append(Problem("unlogged", where, message))
        else:
            self.problems.add("unlogged", where, f"A {entry.nature} has no business in a case.")

    def _linked_once(self, entry: Entry, parts: Parts) -> None:
        if entry.stat.st_nlink > 1:
            where = "/".join(parts)
            message = "It has a second name elsewhere, by which it can be changed."
            self.unfinished.append(Problem("hard_link", where, message))

    def _content(self, entry: Entry, parts: Parts, expected: list[Expected]) -> None:
        where = "/".join(parts)
        size = entry.stat.st_size
        if any(one.size != size for one in expected):
            self.problems.add(
                "changed_file", where, f"It is {size} bytes long, not {expected[0].size}."
            )
            return
        try:
            with os.fdopen(self.root.open(parts), "rb", buffering=0) as file:
                digest = pour(file, None, name=where)
        except (OSError, DiskError) as error:
            self.problems.add("strange", where, f"It cannot be read: {error}.")
            return
        for one in expected:
            if one.sha256 != digest.sha256 or one.sha512 not in {None, digest.sha512}:
                self.problems.add("changed_file", where, f"It is not what was kept ({one.owner}).")

    def _case_file(self) -> None:
        try:
            data = self.root.read((CASE_FILE,), MAX_LOCK)
        except OSError as error:
            self.problems.add("missing_file", CASE_FILE, f"It cannot be read: {error.strerror}.")
            return
        if self.ledger.case_id is None:
            return
        if data != canonical({"id": self.ledger.case_id, "schema": CASE_SCHEMA}) + b"\n":
            self.problems.add("changed_file", CASE_FILE, "It is not what the first line says.")

    def _lock_file(self) -> None:
        found = self.root.stat((LOCK,))
        if found is None or not found.is_file or not found.stat.st_size:
            return
        if read_holder(self.root) is None:
            self.problems.add("unlogged", LOCK, "It holds something else than who writes.")

    def _incoming(self) -> None:
        if self.root.stat((INCOMING,)) is None:
            return
        for entry in self._entries((INCOMING,)):
            where = f"{INCOMING}/{entry.name}"
            if is_stray(entry.name) and entry.is_file:
                self.stray.append(where)
            else:
                self.unfinished.append(
                    Problem("unfinished", where, "A writer stopped in the middle of an act.")
                )
