"""What a redacted copy says of what it leaves out: `redaction.json`.

The line `export.written` commits to this file, so nobody can leave out more and call it redacted:
what is *withheld* stands here, and whatever else is not there is *missing*.
"""

from __future__ import annotations

from typing import Final, Literal
from weakref import WeakKeyDictionary

from pydantic import Field

from firsthand.case.folder import Root
from firsthand.case.layout import REDACTION
from firsthand.errors import InvalidRecord
from firsthand.records import PayloadName, Record, Sha256
from firsthand.records.base import BigInt, Part

__all__ = ["CoarsePlace", "Copy", "Redaction", "payload_id", "read_redaction"]

MAX_REDACTION: Final = 32 * 1024 * 1024


class Copy(Part):
    """A picture as it was drawn anew for this copy: no bytes of the file it was made from."""

    item: str
    path: str = Field(pattern=r"^copies/item-[0-9]{4,12}\.png$")
    media_type: Literal["image/png"] = "image/png"
    sha256: Sha256
    size: BigInt = Field(ge=0)


class CoarsePlace(Part):
    """What is told of the place that line `line` sets: the middle of a cell, and no name."""

    line: int = Field(ge=1)
    latitude_deg: float = Field(ge=-90, le=90)
    longitude_deg: float = Field(ge=-180, le=180)
    radius_m: float = Field(gt=0)
    precision: Literal["exact", "vicinity", "locality"]


class Redaction(Record):
    """`payloads` are those left out, in the order of the log: `000003.sensitive`."""

    schema_: Literal["firsthand/redaction/1"] = Field("firsthand/redaction/1", alias="schema")
    payloads: tuple[str, ...]
    copies: tuple[Copy, ...] = ()
    places: tuple[CoarsePlace, ...] = ()

    def file(self) -> bytes:
        """The bytes of `redaction.json`."""
        return self.canonical() + b"\n"


def payload_id(seq: int, name: PayloadName) -> str:
    """How a payload is called: `000003.sensitive`."""
    return f"{seq:06d}.{name}"


_READ: WeakKeyDictionary[Root, Redaction | None] = WeakKeyDictionary()


def read_redaction(root: Root) -> Redaction | None:
    """What this folder leaves out, if it is a redacted copy; read once, for it never changes.

    Raises:
        InvalidRecord: the file is not what belongs there.
        OSError: it cannot be read.
    """
    if root not in _READ:
        try:
            data = root.read((REDACTION,), MAX_REDACTION)
        except FileNotFoundError:
            return None
        redaction = Redaction.parse(data)
        if redaction.file() != data:
            raise InvalidRecord(f"{REDACTION} is not canonical.", "Run `firsthand case audit`.")
        _READ[root] = redaction
    return _READ[root]
