"""Payloads that are not there: withheld, encrypted or destroyed, told apart from missing."""

from __future__ import annotations

from typing import Any

from firsthand.case.audit_report import Problem, Problems
from firsthand.case.coarse import CELL_M, middle_of_cell
from firsthand.case.encrypted import encrypted_parts
from firsthand.case.folder import Root
from firsthand.case.layout import LOG, REDACTION, payload_parts
from firsthand.case.withheld import CoarsePlace, Redaction, payload_id, read_redaction
from firsthand.errors import InvalidRecord
from firsthand.records import Event, PayloadName, sha256_hex

__all__ = ["Absences"]


class Absences:
    """Gathers what is absent, line by line, and says at the end whether each had a reason.

    A redaction counts only if the line `export.written` that ends the log commits to it, or one
    that `import.received` follows at once and repeats: otherwise whoever holds a whole case could
    take payloads out of it with an old list.
    """

    def __init__(self, root: Root, problems: Problems) -> None:
        self._root = root
        self._problems = problems
        self.redaction: Redaction | None = None
        try:
            self.redaction = read_redaction(root)
        except (OSError, InvalidRecord) as error:
            problems.add("bad_redaction", REDACTION, f"It is not what belongs there: {error}")
        self._listed = frozenset(self.redaction.payloads) if self.redaction else frozenset()
        self._left_out: list[str] = []
        self._present: list[str] = []
        self._places: set[int] = set()
        self._closed: list[str] = []
        self._encrypted: set[str] = set()
        self._destroyed: set[str] = set()
        self._last: tuple[str, str | None] = ("", None)
        self._honoured: set[str] = set()
        self.unfinished: list[Problem] = []

    @property
    def redaction_sha256(self) -> str | None:
        """The hash of `redaction.json`."""
        return None if self.redaction is None else sha256_hex(self.redaction.file())

    def explains(self, event: Event, name: PayloadName) -> bool:
        """Whether a payload that is not in its place has a reason; checked at the end."""
        known = payload_id(event.seq, name)
        if known in self._listed:
            self._left_out.append(known)
            if event.kind == "setting.set":
                self._places.add(event.seq)
            return True
        if self._root.stat(encrypted_parts(event.seq, name)) is not None:
            self._closed.append(known)
            return True
        return False

    def present(self, event: Event, name: PayloadName) -> None:
        """A payload is in its place."""
        if payload_id(event.seq, name) in self._listed:
            self._present.append(payload_id(event.seq, name))

    def line(self, event: Event, told: dict[str, Any] | None) -> None:
        """One more line; `told` is its open payload, if it is here."""
        redaction = told.get("redaction") if told is not None else None
        if event.kind == "import.received" and self._last == ("export.written", redaction):
            self._honoured.add(str(redaction))
        if event.kind != "actor.introduced":  # who takes a copy in may be new to the case
            self._last = (event.kind, redaction)
        subject = event.subject[0] if event.subject else ""
        if event.kind == "payload.encrypted":
            self._encrypted.add(subject)
            seq, _, name = subject.partition(".")
            if name == "sensitive" and seq.isdecimal():
                plain = payload_parts(int(seq), "sensitive")
                if self._root.stat(plain) is not None:
                    message = "It is encrypted, and readable too."
                    self.unfinished.append(Problem("unfinished", "/".join(plain), message))
        elif event.kind == "payload.destroyed":
            if subject not in self._encrypted:
                self._problems.add(
                    "bad_record", f"line {event.seq}", "It destroys what was not encrypted."
                )
            self._destroyed.add(subject)

    def finish(self) -> tuple[str, ...]:
        """Name what was without reason; returns what is withheld, each with why."""
        add = self._problems.add
        for known in self._closed:
            if known not in self._encrypted:
                add("missing_payload", f"payloads/{known}.json", "No line says it was encrypted.")
        for known in self._present:
            add("bad_redaction", REDACTION, f"It leaves out {known}, which is here.")
        if self.redaction is not None:
            self._finish_redaction(self.redaction)
        why = {
            known: "destroyed" if known in self._destroyed else "encrypted"
            for known in self._closed
        }
        why |= dict.fromkeys(self._left_out, "left out of this copy")
        return tuple(f"payloads/{known}.json: {why[known]}" for known in sorted(why))

    def _finish_redaction(self, redaction: Redaction) -> None:
        add = self._problems.add
        if tuple(self._left_out) != redaction.payloads and not self._present:
            add("bad_redaction", REDACTION, "It names payloads that no line commits to.")
        digest = self.redaction_sha256
        if digest not in self._honoured and self._last != ("export.written", digest):
            add("bad_redaction", LOG, f"The log does not end with a line that {REDACTION} is of.")
        for place in redaction.places:
            if place.line not in self._places:
                add("bad_redaction", REDACTION, f"Line {place.line} sets no place.")
            elif not _is_coarse(place):
                add("bad_redaction", REDACTION, f"The place of line {place.line} is not coarse.")


def _is_coarse(place: CoarsePlace) -> bool:
    told = place.latitude_deg, place.longitude_deg
    return middle_of_cell(*told, CELL_M[place.precision]) == told
