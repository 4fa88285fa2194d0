"""What an examination gives: records for the log, and bytes beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from firsthand.media.metadata import FileMetadata
from firsthand.records import BigInt, Media, Part, Sha256

__all__ = ["ContactSheet", "Decoded", "Examination", "Findings", "Frame", "Luma"]

TimeBase = str
"""A rational number of seconds, `numerator/denominator`."""


class Frame(Part):
    """One frame, upright. Its exact time is `pts` x `time_base`; `t_s` is that, to the microsecond.

    `index` counts decoded frames in the order shown. `sha256` is of the PNG, which lies beside the
    record under `blob`.
    """

    index: int = Field(ge=0)
    pts: BigInt
    time_base: TimeBase
    t_s: float
    why: Literal["spread", "cut", "last", "still"]
    key: bool
    width_px: int
    height_px: int
    sha256: Sha256

    @property
    def blob(self) -> str:
        """The name of its PNG."""
        return f"frame-{self.index:06d}.png"


class ContactSheet(Part):
    """Up to 12 small pictures with their time stamps burnt in (JPEG, `contact-sheet.jpg`)."""

    sha256: Sha256
    width_px: int
    height_px: int
    t_s: tuple[float, ...]
    blob: Literal["contact-sheet.jpg"] = "contact-sheet.jpg"


class Luma(Part):
    """Mean luma (0 black, 1 white; as coded, with gamma) of the upright picture, over time.

    `upper` is the upper third alone, where the sky is if there is any. Up to 600 samples, evenly
    spread; times are `pts` x `time_base`.
    """

    time_base: TimeBase
    pts: tuple[BigInt, ...]
    overall: tuple[float, ...]
    upper: tuple[float, ...]


class Decoded(Part):
    """How much was decoded; `complete` is False where it was bounded."""

    frames: int
    first_pts: BigInt
    last_pts: BigInt
    complete: bool


class Findings(Part):
    """The part of an examination that goes into records: plain data, no bytes."""

    media: Media
    metadata: FileMetadata
    frames: tuple[Frame, ...]
    contact_sheet: ContactSheet | None
    luma: Luma | None
    decoded: Decoded | None
    sample_aspect: str
    media_type: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examination:
    """A record, and the bytes that it names (`frame-NNNNNN.png`, `contact-sheet.jpg`)."""

    record: Findings
    blobs: Mapping[str, bytes]

    @property
    def media(self) -> Media:
        """The media record."""
        return self.record.media

    @property
    def metadata(self) -> FileMetadata:
        """The file's own statements."""
        return self.record.metadata

    @property
    def frames(self) -> tuple[Frame, ...]:
        """Key frames, in the order shown."""
        return self.record.frames

    @property
    def luma(self) -> Luma | None:
        """Light over time; None for sound."""
        return self.record.luma

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know before trusting the rest."""
        return self.record.warnings

    @property
    def contact_sheet(self) -> bytes | None:
        """The contact sheet's bytes."""
        return self.blobs.get("contact-sheet.jpg")

    def png(self, frame: Frame) -> bytes:
        """A frame's PNG bytes."""
        return self.blobs[frame.blob]
