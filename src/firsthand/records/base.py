"""What every record is made of: frozen, strict, closed, canonical.

Canonical bytes are RFC 8785 (https://www.rfc-editor.org/rfc/rfc8785). Integers beyond 2^53
do not survive JSON readers that use doubles, so they leave as strings.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Annotated, Any, Self

import rfc8785
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    ValidationError,
)

from firsthand.errors import InvalidRecord

__all__ = [
    "BigInt",
    "Instant",
    "Part",
    "Record",
    "Sha256",
    "Sha512",
    "canonical",
    "format_instant",
    "sha256_hex",
]

MAX_SAFE_INTEGER = 2**53 - 1
"""RFC 8259 section 6: the largest integer that every JSON reader keeps exactly."""


def format_instant(value: datetime) -> str:
    """UTC with a final Z; microseconds only where there are any."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone; write UTC with a final Z")
    return value.astimezone(UTC)


def _big_in(value: Any) -> Any:
    if isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    return value


def _big_out(value: int) -> int | str:
    return value if abs(value) <= MAX_SAFE_INTEGER else str(value)


Instant = Annotated[
    datetime, AfterValidator(_aware), PlainSerializer(format_instant, return_type=str)
]
BigInt = Annotated[int, BeforeValidator(_big_in), PlainSerializer(_big_out)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Sha512 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]


def canonical(value: Any) -> bytes:
    """RFC 8785 bytes of plain JSON data (no trailing newline)."""
    return rfc8785.dumps(value)


def sha256_hex(data: bytes) -> str:
    """Lower-case hex SHA-256 (FIPS 180-4)."""
    return hashlib.sha256(data).hexdigest()


class Part(BaseModel):
    """A piece of a record: no schema of its own."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, populate_by_name=True
    )

    def plain(self) -> dict[str, Any]:
        """JSON-ready data: aliases, strings for instants, lists for tuples."""
        return self.model_dump(mode="json", by_alias=True)

    def canonical(self) -> bytes:
        """RFC 8785 bytes; equal records give equal bytes."""
        return canonical(self.plain())

    def digest(self) -> str:
        """SHA-256 of the canonical bytes."""
        return sha256_hex(self.canonical())

    @classmethod
    def parse(cls, data: bytes | str) -> Self:
        """Read one record from JSON text.

        Raises:
            InvalidRecord: the text is not JSON or breaks the schema.
        """
        try:
            return cls.model_validate_json(data)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(step) for step in first["loc"]) or "the whole record"
            raise InvalidRecord(
                f"This is no valid {cls.__name__} record: {where}: {first['msg']}.",
                "Mend the record, or take it from the tool that wrote it again.",
            ) from error


class Record(Part):
    """A record of its own: subclasses add `schema_: Literal[...] = Field(alias="schema")`."""
