"""What needs no decoding of the whole file: kind, outline, credentials, thumbnail."""

from __future__ import annotations

import io
from typing import Any, BinaryIO

from PIL import Image

from firsthand.media.boxed.credentials import read_credentials
from firsthand.media.boxed.identify import identify
from firsthand.media.boxed.resaving import earlier_saving
from firsthand.media.boxed.thumbnail import compare_thumbnail
from firsthand.media.kinds import HEAD, Kind, sniff
from firsthand.media.outline import outline_of

__all__ = ["provenance", "warm_up"]

SMALL_PICTURE = (192, 192)
CHUNK = 1 << 17
MARKS = (b"c2pa", b"provenance")
"""A file with credentials has the first in the label of its JUMBF box (C2PA 2.2, 11.1.4), and one
that points to them elsewhere has the second in its XMP (`dcterms:provenance`, 11.5). Starting the
library costs more than all the rest of a photo's inspection, so it starts only where there is one.
"""
PACKED = frozenset({"PNG", "pdf", "svg", "tiff", "jxl"})
"""Kinds that may hold XMP packed or in another encoding: there the marks tell nothing."""
SEARCHED_BYTES = 64 << 20
SIGNED_KINDS = frozenset({"pdf", "svg", "tiff", "jxl"})
"""Kinds that are not opened as footage and yet can carry credentials."""
READER_TYPES = {"mov": "video/mp4", "JPEG": "image/jpeg", "matroska": "", "ogg": "", "mpegts": ""}
"""What to tell the credentials' reader; empty: it does not know the kind."""


def provenance(file: BinaryIO, args: dict[str, Any]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """`args["parts"]` lists which of structure, c2pa, resaving and thumbnail to give.

    `args["trust"]` is optional.

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
        data["c2pa"] = _credentials(file, kind, args.get("trust"))
    if "resaving" in parts:
        file.seek(0)
        data["resaving"] = earlier_saving(file, kind)
    if "thumbnail" in parts:
        file.seek(0)
        data["thumbnail"] = compare_thumbnail(file, kind)
    return data, {}


def _credentials(file: BinaryIO, kind: Kind, trust: dict[str, str] | None) -> dict[str, Any]:
    media_type = READER_TYPES.get(kind.name, kind.media_type)
    if not media_type:
        return {"error": "NotSupported", "said": kind.label}
    if kind.name not in PACKED and _small(file) and not mentions(file, MARKS):
        return {"error": "ManifestNotFound", "said": "no mark of credentials in the file"}
    return read_credentials(file, media_type, trust)


def _small(file: BinaryIO) -> bool:
    return file.seek(0, io.SEEK_END) <= SEARCHED_BYTES


def mentions(file: BinaryIO, marks: tuple[bytes, ...]) -> bool:
    """One of the byte strings stands somewhere in the file."""
    overlap = max(map(len, marks)) - 1
    file.seek(0)
    data = bytearray(
        overlap + CHUNK
    )  # filled again and again: fresh memory costs more than reading
    fresh = memoryview(data)[overlap:]
    while count := file.readinto(fresh):  # type: ignore[attr-defined]
        if any(data.find(mark, 0, overlap + count) >= 0 for mark in marks):
            return True
        data[:overlap] = data[count : overlap + count]
    return False


def warm_up() -> None:
    """Read a small picture made here, all but its credentials: that library starts a thread."""
    out = io.BytesIO()
    Image.new("RGB", SMALL_PICTURE, "grey").save(out, "JPEG")
    provenance(out, {"parts": ("structure", "resaving", "thumbnail")})


def _kind(file: BinaryIO, suffix: str) -> Kind:
    file.seek(0)
    kind = sniff(file.read(HEAD))
    file.seek(0)
    if kind.name in SIGNED_KINDS:
        return kind
    try:
        return identify(file, suffix)
    finally:
        file.seek(0)
