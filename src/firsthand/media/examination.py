"""Examine one file: everything in the box, everything that comes out of it checked."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from firsthand.errors import CouldNot, DecoderFailed, InputError
from firsthand.media.metadata import FileMetadata, normalise
from firsthand.media.parts import ContactSheet, Decoded, Examination, Findings, Frame, Luma
from firsthand.records import Media, Stream
from firsthand.sandbox import Box, BoxResult
from firsthand.sandbox.box import sanitised
from firsthand.sandbox.perl import exiftool_here

__all__ = ["examine", "read_metadata", "suffix_of"]

KEY_FRAMES = 8
LONGEST_WARNINGS = 40


def suffix_of(path: Path) -> str:
    """The name's ending, if it is a plain one; the box never learns more of a name."""
    suffix = path.suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ""


def examine(path: Path, box: Box, *, item: str = "", key_frames: int = KEY_FRAMES) -> Examination:
    """Look at footage: frames upright with exact time stamps, metadata, light, warnings.

    Args:
        path: the file; it is opened to read and only its bytes enter the box.
        box: where decoders run.
        item: the id that the Media record shall carry.
        key_frames: how many frames come back as PNG at most.

    Raises:
        NoSuchThing: there is no such file.
        UnreadableMedia: refused or broken; one sentence says what it is.
        DecoderFailed: a decoder died, hung or grew too large on it.
        SandboxUnavailable: the box did not start.
    """
    suffix = suffix_of(path)
    arguments = {"suffix": suffix, "key_frames": key_frames}
    looked = box.call("firsthand.media.boxed.look:look", path, arguments)
    metadata, remarks = read_metadata(path, box)
    try:
        record = _record(looked, metadata, remarks, item)
        _check(record, looked.blobs)
    except (ValidationError, KeyError, TypeError, ValueError) as error:
        raise DecoderFailed(
            "The decoder gave an answer that cannot be: the file may have taken it over.",
            "Treat the file as hostile: keep it, and do not open it outside a sandbox.",
            details={"said": sanitised(error)},
        ) from error
    return Examination(record, dict(looked.blobs))


def read_metadata(path: Path, box: Box) -> tuple[FileMetadata, list[str]]:
    """The file's own statements, by ExifTool where it is and by Pillow and FFmpeg elsewhere."""
    remarks: list[str] = []
    if exiftool_here():
        try:
            told = box.call("exiftool", path, hash_input=False)
        except CouldNot as error:
            remarks.append(
                f"ExifTool failed on this file ({error.details.get('reason', 'error')})."
            )
        else:
            version = sanitised(told.data.get("version", ""))
            rows = told.data.get("tags")
            return normalise(rows, reader=f"ExifTool {version}", exiftool="present"), remarks
    absent = "failed" if remarks else "absent"
    if not remarks:
        remarks.append("ExifTool is not installed: metadata is what Pillow and FFmpeg can read.")
    try:
        told = box.call(
            "firsthand.media.boxed.plain_tags:read",
            path,
            {"suffix": suffix_of(path)},
            hash_input=False,
        )
        rows = told.data.get("rows")
    except (CouldNot, InputError):
        rows = []
        remarks.append("No metadata could be read.")
    return normalise(rows, reader="Pillow, FFmpeg", exiftool=absent), remarks  # type: ignore[arg-type]


def _record(looked: BoxResult, metadata: FileMetadata, remarks: list[str], item: str) -> Findings:
    data = looked.data
    told = [sanitised(note) for note in data["warnings"][:LONGEST_WARNINGS]]
    warnings = tuple(dict.fromkeys(told + remarks))
    media = Media(
        item=item,
        sha256=looked.sha256,
        container=data["container"],
        kind=data["media_kind"],
        streams=tuple(Stream(**stream) for stream in data["streams"]),
        rotation_deg=data["rotation_deg"],
        mirrored=data["mirrored"],
        duration_s=data["duration_s"],
        decoder=data["decoder"],
        decoder_version=sanitised(data["decoder_version"]),
        sandbox=looked.sandbox,
        warnings=warnings,
    )
    sheet, luma, decoded = data["contact_sheet"], data["luma"], data["decoded"]
    return Findings(
        media=media,
        metadata=metadata,
        frames=tuple(Frame(**frame) for frame in data["frames"]),
        contact_sheet=ContactSheet(**{**sheet, "t_s": tuple(sheet["t_s"])}) if sheet else None,
        luma=Luma(
            time_base=luma["time_base"],
            pts=tuple(luma["pts"]),
            overall=tuple(luma["overall"]),
            upper=tuple(luma["upper"]),
        )
        if luma
        else None,
        decoded=Decoded(**decoded) if decoded else None,
        sample_aspect=data["sample_aspect"],
        media_type=data["media_type"],
        warnings=warnings,
    )


def _check(record: Findings, blobs: Any) -> None:
    """Every blob is named by the record, is what the record says, and the other way round."""
    named = {frame.blob: frame.sha256 for frame in record.frames}
    if record.contact_sheet is not None:
        named[record.contact_sheet.blob] = record.contact_sheet.sha256
    if named.keys() != blobs.keys():
        raise ValueError("blobs that the record does not name")
    for name, digest in named.items():
        if hashlib.sha256(blobs[name]).hexdigest() != digest:
            raise ValueError("a blob that is not what the record says")
