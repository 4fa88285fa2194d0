"""What needs no decoding of the whole file: kind, outline, credentials, thumbnail."""

from __future__ import annotations

from typing import Any, BinaryIO

from firsthand.media.boxed.credentials import read_credentials
from firsthand.media.boxed.look import identify
from firsthand.media.boxed.thumbnail import compare_thumbnail
from firsthand.media.kinds import HEAD, Kind, sniff
from firsthand.media.outline import outline_of

__all__ = ["provenance"]

SIGNED_KINDS = frozenset({"pdf", "svg", "tiff", "jxl"})
"""Kinds that are not opened as footage and yet can carry credentials."""
READER_TYPES = {"mov": "video/mp4", "JPEG": "image/jpeg", "matroska": "", "ogg": "", "mpegts": ""}
"""What to tell the credentials' reader; empty: it does not know the kind."""


def provenance(file: BinaryIO, args: dict[str, Any]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """`args["parts"]` lists which of structure, c2pa and thumbnail to give; `trust` is optional.

    Raises:
        UnreadableMedia: refused, or no media at all.
    """
    kind = _kind(file, str(args.get("suffix", "")))
    parts = args["parts"]
    data: dict[str, Any] = {
        "kind": kind.name,
        "label": kind.label,
        "media_type": kind.media_type,
        "decodes": kind.opens == "ffmpeg",
        "suffixes": list(kind.suffixes),
    }
    if "structure" in parts:
        outline = outline_of(kind.name, file)
        data["structure"] = outline.plain() if outline else None
    if "c2pa" in parts:
        media_type = READER_TYPES.get(kind.name, kind.media_type)
        data["c2pa"] = (
            read_credentials(file, media_type, args.get("trust"))
            if media_type
            else {"error": "NotSupported", "said": kind.label}
        )
    if "thumbnail" in parts:
        file.seek(0)
        data["thumbnail"] = compare_thumbnail(file, kind)
    return data, {}


def _kind(file: BinaryIO, suffix: str) -> Kind:
    kind = sniff(file.read(HEAD))
    file.seek(0)
    if kind.name in SIGNED_KINDS:
        return kind
    try:
        return identify(file, suffix)
    finally:
        file.seek(0)
