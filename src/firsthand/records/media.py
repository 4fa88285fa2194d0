"""What was filmed, as it is kept: items and media."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from firsthand.records.base import BigInt, Instant, Part, Record, Sha256, Sha512

__all__ = ["Acquisition", "Item", "ItemKind", "Made", "Media", "Shot", "Stream"]

ItemKind = Literal["report", "media", "evidence", "derivative"]


class Acquisition(Part):
    """How, when and by whom an item came into the case; the original name is data only."""

    how: str
    at: Instant
    by: str
    original_name: str
    time_source: str


class Made(Part):
    """How a derivative was made: enough to make it again."""

    tool: str
    version: str
    arguments: dict[str, str] = Field(default_factory=dict)
    inputs: tuple[str, ...]
    input_sha256: tuple[Sha256, ...]


class Item(Record):
    """Anything kept, by content."""

    schema_: Literal["firsthand/item/1"] = Field("firsthand/item/1", alias="schema")
    id: str
    kind: ItemKind
    media_type: str
    sha256: Sha256
    sha512: Sha512
    size: BigInt = Field(ge=0)
    acquired: Acquisition | None = None
    made: Made | None = None
    label: str = ""


class Stream(Part):
    """One stream of a media file, as the decoder reports it."""

    index: int
    kind: Literal["video", "audio", "subtitle", "data", "image"]
    codec: str
    width_px: int | None = None
    height_px: int | None = None
    frames: int | None = None
    duration_s: float | None = None
    mean_rate_hz: float | None = None
    sample_rate_hz: int | None = None


class Media(Record):
    """A media item as examined in the sandbox. Sizes are of the upright picture."""

    schema_: Literal["firsthand/media/1"] = Field("firsthand/media/1", alias="schema")
    item: str
    sha256: Sha256
    container: str
    kind: Literal["video", "image", "audio"]
    streams: tuple[Stream, ...]
    rotation_deg: int = 0
    mirrored: bool = False
    duration_s: float | None = None
    decoder: str
    decoder_version: str
    sandbox: str
    warnings: tuple[str, ...] = ()


class Shot(Part):
    """A stretch of one recording between cuts; a whole clip until cuts are known."""

    id: str
    item: str
    start_s: float
    end_s: float | None = None
