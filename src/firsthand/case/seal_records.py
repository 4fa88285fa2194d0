"""What the lines about seals say openly; each brings its files into `seals/`."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from firsthand.case.kept import Manifest
from firsthand.case.layout import SEALS, Parts
from firsthand.case.stamp import StampCheck
from firsthand.records import Instant, Sha256

__all__ = [
    "CHECKPOINT_FILE",
    "KEY_FILE",
    "SIGNATURE_FILE",
    "CheckpointSealed",
    "KeyPinned",
    "StampReceived",
    "StampRequested",
    "stamp_file",
]

CHECKPOINT_FILE: Final = "checkpoint.json"
SIGNATURE_FILE: Final = "checkpoint.sig"
KEY_FILE: Final = "key.pem"


def stamp_file(stamp: int, kind: str) -> str:
    """The name of a stamp's request (`tsq`), reply (`tsr`) or roots (`pem`)."""
    return f"stamp-{stamp:02d}.{kind}"


class KeyPinned(Manifest):
    """From here on this key seals the case. Brings `key.pem`."""

    number: int = Field(ge=1)
    fingerprint: Sha256

    def folder(self) -> Parts:
        """`seals/key-01`."""
        return (SEALS, f"key-{self.number:02d}")


class _OfSeal(Manifest):
    seal: int = Field(ge=1)

    def folder(self) -> Parts:
        """`seals/0001`."""
        return (SEALS, f"{self.seal:04d}")


class CheckpointSealed(_OfSeal):
    """The first `lines` lines were sealed. Brings `checkpoint.json` and `checkpoint.sig`."""

    lines: int = Field(ge=1)
    head: Sha256
    key: Sha256


class StampRequested(_OfSeal):
    """A stamp was asked for. Brings the request and the roots that will be believed."""

    stamp: int = Field(ge=1)
    authority: str
    url: str
    nonce: str = Field(pattern=r"^[1-9][0-9]{0,60}$")
    at: Instant


class StampReceived(_OfSeal):
    """A stamp came and was looked at twice. Brings the raw reply."""

    stamp: int = Field(ge=1)
    check: StampCheck
