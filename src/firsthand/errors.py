"""One exception tree; every error says what to do next.

FirsthandError
├── InputError                 exit 2   bad usage, or input that cannot be used
│   ├── UnreadableReport                a text that is no report, or not text at all
│   ├── UnreadableMedia                 refused or broken footage
│   ├── InvalidRecord                   a record that breaks its schema
│   ├── InvalidPlace                    a coordinate or place that cannot be
│   ├── InvalidTime                     a date or time that cannot be
│   └── NoSuchThing                     an id or a file that is not there
├── IntegrityError             exit 1   what is kept does not hold (audit, tampered file)
└── CouldNot                   exit 3   the machine, not the input, stood in the way
    ├── CaseBusy                        another process holds the case
    ├── CaseDamaged                     the case cannot be read as it is
    ├── DiskError                       full, read-only, or failing
    ├── SandboxUnavailable              nothing here can box a decoder in
    └── DecoderFailed                   the boxed child died, hung or grew too large
"""

from __future__ import annotations

__all__ = [
    "CaseBusy",
    "CaseDamaged",
    "CouldNot",
    "DecoderFailed",
    "DiskError",
    "FirsthandError",
    "InputError",
    "IntegrityError",
    "InvalidPlace",
    "InvalidRecord",
    "InvalidTime",
    "NoSuchThing",
    "SandboxUnavailable",
    "UnreadableMedia",
    "UnreadableReport",
]


class FirsthandError(Exception):
    """Something a person has to know of.

    `message` says what is wrong in one sentence; `next_step` says what to do about it;
    `details` carries diagnostics for `--json` and never reaches a shell or HTML unescaped.
    """

    exit_code: int = 3

    def __init__(
        self, message: str, next_step: str = "", *, details: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step
        self.details = dict(details or {})

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class InputError(FirsthandError):
    """Bad usage, or input that cannot be used."""

    exit_code = 2


class UnreadableReport(InputError):
    """A text that is no report, or not text at all."""


class UnreadableMedia(InputError):
    """Footage that was refused or is broken."""


class InvalidRecord(InputError):
    """A record that breaks its schema."""


class InvalidPlace(InputError):
    """A coordinate or place that cannot be."""


class InvalidTime(InputError):
    """A date or time that cannot be."""


class NoSuchThing(InputError):
    """An id or a file that is not there."""


class IntegrityError(FirsthandError):
    """What is kept does not hold: a changed, missing or added byte."""

    exit_code = 1


class CouldNot(FirsthandError):
    """The machine, not the input, stood in the way."""


class CaseBusy(CouldNot):
    """Another process holds the case."""


class CaseDamaged(CouldNot):
    """The case cannot be read as it is."""


class DiskError(CouldNot):
    """The disk is full, read-only, or failing."""


class SandboxUnavailable(CouldNot):
    """Nothing on this machine can box a decoder in."""


class DecoderFailed(CouldNot):
    """The boxed child died, hung or grew too large; the parent and the case are whole."""
